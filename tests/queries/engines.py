"""One graph on every engine, and their solutions as rows that compare: what all the tests of queries go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import rdflib

from kg import compare, formats
from kg.backends.base import Backend, bound_text
from kg.backends.oxigraph import MemoryBackend
from kg.backends.rdflib_graph import RdflibBackend
from kg.backends.store import StoreBackend
from kg.identity import Identity
from kg.query.catalog import Query
from kg.reason import closure
from kg.solutions import Solution
from kg.terms import XSD, Literal, Quad, Term

NUMBERS = (XSD + "integer", XSD + "decimal")
Rows = Counter[frozenset[tuple[str, object]]]


class Everywhere:
    """The graph of a store file on every engine: as plain Turtle, with named graphs, with what is inferred."""

    def __init__(self, path: Path) -> None:
        self.store = StoreBackend(path)

    @cached_property
    def quads(self) -> list[Quad]:
        return list(self.store.quads())

    @cached_property
    def identity(self) -> Identity:
        return self.store.identity()

    @cached_property
    def turtle(self) -> bytes:
        return b"".join(formats.serialise(self.quads, formats.format_named("turtle")))

    @cached_property
    def inferred(self) -> list[Quad]:
        return [(*triple, "") for triple in closure(quad[:3] for quad in self.quads)]

    @cached_property
    def rdflib(self) -> RdflibBackend:
        return RdflibBackend(rdflib.Graph().parse(data=self.turtle, format="turtle"))

    @cached_property
    def rdflib_with_inferred(self) -> RdflibBackend:
        more = b"".join(formats.serialise(self.inferred, formats.format_named("ntriples")))
        return RdflibBackend(rdflib.Graph().parse(data=self.turtle, format="turtle").parse(data=more, format="nt"))

    @cached_property
    def quick(self) -> dict[str, Backend]:
        """The embedded engine, with the graph in all its forms."""
        flat = [(*quad[:3], "") for quad in self.quads]
        return {
            "the engine on plain Turtle": MemoryBackend(flat),
            "the engine on named graphs": MemoryBackend(self.quads),
            "the engine with what is inferred": MemoryBackend([*flat, *self.inferred]),
        }

    def fast(self, query: Query, bound: Mapping[str, Sequence[Term]]) -> Rows:
        """The rows of the fast form, or, of a query without one, of the SPARQL."""
        return self.stepped(query, bound, self.store.solutions(query, bound))

    def stepped(self, query: Query, bound: Mapping[str, Sequence[Term]], solutions: Iterable[Solution]) -> Rows:
        """The rows that solutions come to, by the query's step if it has one."""
        if query.step:
            solutions = compare.STEPS[query.step](solutions, bound, self.identity)
        return rows(solutions)

    def disagreements(
        self, query: Query, bound: Mapping[str, Sequence[Term]], slow: Iterable[Backend] = ()
    ) -> list[str]:
        """Which engines give other rows than the fast form, and which rows those are."""
        wanted, text = self.fast(query, bound), bound_text(query, bound)
        others: list[tuple[str, Backend]] = [*self.quick.items(), *((type(one).__name__, one) for one in slow)]
        found = ((name, self.stepped(query, bound, backend.sparql(text).solutions)) for name, backend in others)
        return [
            f"{query.name} {dict(bound)}: {name} has {list((given - wanted).items())[:2]}, "
            f"and not {list((wanted - given).items())[:2]}"
            for name, given in found
            if given != wanted
        ]


def rows(solutions: Iterable[Solution]) -> Rows:
    """Solutions as a multiset: numbers by value, all else by term."""
    return Counter(frozenset((name, comparable(term)) for name, term in row.items()) for row in solutions)


def comparable(term: Term) -> object:
    """A term as it compares: engines write 2.50 as 2.5, and nothing else in another way."""
    if isinstance(term, Literal):
        return Decimal(term.value) if term.datatype in NUMBERS else (term.value, term.datatype, term.language)
    return str(term)
