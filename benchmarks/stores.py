"""The same facts in a kabar store, in Oxigraph in memory and on disk, and in rdflib; each asked, each timed."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from benchmarks.cases import Case
from benchmarks.generate import reports
from kg import pipeline, schema
from kg.backends.base import bound_text
from kg.backends.store import StoreBackend
from kg.build import report_quads
from kg.index import Index
from kg.query import catalog
from kg.records import ReportRecord
from kg.solutions import Solution
from kg.store.change import Batch
from kg.store.write import Writer
from kg.terms import IRI, XSD, Literal, Term, line_of, token

if TYPE_CHECKING:
    import rdflib

BATCH = 500
"""Reports in one transaction."""

Plain = tuple[str | Decimal, ...]


class Engine(ABC):
    """A store that answers a lookup: as solutions, to be compared, and as plain values, to be timed."""

    name: str
    gives_terms = False

    @abstractmethod
    def solutions(self, text: str) -> Sequence[Solution]:
        """The solutions of a SPARQL query."""

    @abstractmethod
    def rows(self, text: str) -> list[Any]:
        """The solutions as tuples of plain values."""

    def run(self, text: str) -> Sequence[Any]:
        """What is timed: rows, or solutions where terms are wanted."""
        return self.solutions(text) if self.gives_terms else self.rows(text)


class Oxigraph(Engine):
    """The embedded engine, with the facts in its default graph: the layout it answers fastest."""

    def __init__(self, name: str, store: ox.Store) -> None:
        self.name, self.store = name, store

    def solutions(self, text: str) -> Sequence[Solution]:
        """The solutions of a SPARQL query."""
        return Index(self.store, merged=True).answer(text).solutions

    def rows(self, text: str) -> list[Any]:
        """The solutions as tuples of strings."""
        found = self.store.query(text)
        assert isinstance(found, ox.QuerySolutions)
        return [tuple(None if value is None else value.value for value in row) for row in found]


class Rdflib(Engine):
    """rdflib, with the facts in one graph."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.name, self.graph = "rdflib", graph

    def solutions(self, text: str) -> Sequence[Solution]:
        """The solutions of a SPARQL query."""
        from kg.backends.rdflib_graph import RdflibBackend

        return RdflibBackend(self.graph).sparql(text).solutions

    def rows(self, text: str) -> list[Any]:
        """The solutions as tuples of terms, which are strings."""
        return [tuple(row) for row in self.graph.query(text)]  # type: ignore[arg-type]


@dataclass(frozen=True)
class Kabar:
    """A store file, asked by the fast forms of the canned queries."""

    backend: StoreBackend

    def run(self, case: Case, value: Term) -> Sequence[Solution]:
        """The solutions of a lookup, as every caller gets them."""
        return self.backend.solutions(catalog_query(case.query), {case.parameter: [value]})


_QUERIES: dict[str, catalog.Query] = {}


def catalog_query(name: str) -> catalog.Query:
    """A canned query, read once."""
    if name not in _QUERIES:
        _QUERIES[name] = catalog.load(name)
    return _QUERIES[name]


def canned(case: Case, value: Term) -> str:
    """The canned SPARQL of a lookup as it stands, with its parameter bound."""
    return bound_text(catalog_query(case.query), {case.parameter: [value]})


def batch_of(report: ReportRecord) -> Batch:
    """What adding a report hands to the store."""
    name = token(report.iri)
    documents = ((name, "text", (report.text or "").encode()),)
    return Batch(list(report_quads(report, schema.load())), frozenset([name]), documents, report.iri)


def build(path: Path, count: int, seed: int = 0) -> float:
    """Make a store with the ontology, the shared places and so many made-up reports; the seconds that adding took."""
    pipeline.add(path, [])
    waiting, seconds = iter(reports(count, seed)), 0.0
    with Writer(path, schema.load()) as writer:
        while some := list(islice(waiting, BATCH)):
            start = time.perf_counter()
            writer.add(map(batch_of, some))
            seconds += time.perf_counter() - start
    return seconds


def write_facts(store: Path, target: Path) -> None:
    """All facts of a store as triples."""
    backend = StoreBackend(store)
    with target.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(line_of(quad[:3]) + "\n" for quad in backend.quads())
    backend.close()


def in_memory(facts: Path) -> Oxigraph:
    """Oxigraph in memory."""
    store = ox.Store()
    store.bulk_load(path=str(facts), format=ox.RdfFormat.N_TRIPLES)
    return Oxigraph("memory", store)


def load_disk(facts: Path, folder: Path) -> None:
    """Fill a folder of Oxigraph's in bulk, and optimize it."""
    store = ox.Store(str(folder))
    store.bulk_load(path=str(facts), format=ox.RdfFormat.N_TRIPLES)
    store.optimize()
    store.flush()


def on_disk(folder: Path) -> Oxigraph:
    """Oxigraph on disk, opened for reading only."""
    return Oxigraph("disk", ox.Store.read_only(str(folder)))


def in_rdflib(facts: Path) -> Rdflib:
    """An rdflib graph."""
    import rdflib

    graph = rdflib.Graph()
    graph.parse(str(facts), format="nt")
    return Rdflib(graph)


def plain(solutions: Iterable[Solution]) -> Counter[Plain]:
    """Solutions as a multiset whose members compare: numbers by value, all else by term."""
    return Counter(tuple(part for name in sorted(row) for part in (name, *_plain_term(row[name]))) for row in solutions)


def _plain_term(value: Term) -> Plain:
    if not isinstance(value, Literal):
        return ("", value)
    if value.datatype in (XSD + "decimal", XSD + "integer"):
        return (value.datatype, Decimal(value.value))
    return (value.datatype + "@" + (value.language or ""), value.value)


def values_of(backend: StoreBackend, case: Case, count: int) -> list[Term]:
    """Values to bind: from the one most spoken of down to the rarest, evenly over the logarithm of the rank."""
    table, column = case.values
    if case.parameter == "text":
        ranked: list[Term] = [Literal(word) for word in _words(backend, table, column)]
    else:
        where, column = (f"WHERE property = '{column}'", "value") if table == "link" else ("", column)
        rows = backend.connection.execute(
            f"SELECT term.iri FROM {table} JOIN term ON term.id = {table}.{column} {where}"
            " GROUP BY 1 ORDER BY count(*) DESC, 1"
        )
        ranked = [IRI(iri) for (iri,) in rows]
    ranks = {round(len(ranked) ** (place / max(1, count - 1))) - 1 for place in range(count)}
    return [ranked[rank] for rank in sorted(ranks)]


def _words(backend: StoreBackend, table: str, column: str) -> list[str]:
    """Words of texts or names, the most frequent first; of Chinese, stretches of two to four signs."""
    import re

    counted: Counter[str] = Counter()
    for (text,) in backend.connection.execute(f'SELECT "{column}" FROM {table} ORDER BY 1 LIMIT 20000'):
        counted.update(re.findall(r"[a-z]{3,}|[\u4e00-\u9fff]{2,4}", text.lower()))
    return [word for word, _ in sorted(counted.items(), key=lambda found: (-found[1], found[0]))]
