"""What is pushed: named graphs with their triples in one order, a hash that names their content, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.errors import InputError
from kg.terms import GRAPH_OTHER, Quad, Triple, line_of


@dataclass(frozen=True)
class NamedGraph:
    """A graph to be sent whole."""

    iri: str
    triples: tuple[Triple, ...]
    """Sorted, each once."""

    @cached_property
    def lines(self) -> tuple[bytes, ...]:
        """The triples as lines of canonical N-Triples."""
        return lines_of(self.triples)

    @cached_property
    def body(self) -> bytes:
        """The graph as N-Triples."""
        return b"".join(self.lines)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the sorted content, in hexadecimal digits: the name of the batch."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def quads(self) -> bytes:
        """The graph as N-Quads."""
        name = f"<{self.iri}>"
        return b"".join(f"{line_of((*triple, name))}\n".encode() for triple in self.triples)


def lines_of(triples: Iterable[Triple]) -> tuple[bytes, ...]:
    """Triples as lines of canonical N-Triples, sorted."""
    return tuple(sorted(f"{line_of(triple)}\n".encode() for triple in triples))


def grouped(quads: Iterable[Quad]) -> list[NamedGraph]:
    """Quads by graph, in order; triples outside any graph come to one of their own.

    InputError for blank nodes, which no store keeps apart over several requests.
    """
    by_graph: dict[str, set[Triple]] = {}
    for subject, predicate, obj, graph in quads:
        if subject.startswith("_:") or obj.startswith("_:"):
            raise InputError(f"the blank node {subject} has no name to push it by; add the file to a store first")
        by_graph.setdefault(graph[1:-1] or GRAPH_OTHER, set()).add((subject, predicate, obj))
    return [NamedGraph(iri, tuple(sorted(by_graph[iri]))) for iri in sorted(by_graph)]


def batches(lines: Sequence[bytes], triples: int, size: int) -> Iterator[Sequence[bytes]]:
    """Lines in batches of at most so many triples and bytes; a line longer than that goes alone."""
    start, held = 0, 0
    for end, line in enumerate(lines):
        if end > start and (end - start >= triples or held + len(line) > size):
            yield lines[start:end]
            start, held = end, 0
        held += len(line)
    if start < len(lines):
        yield lines[start:]
