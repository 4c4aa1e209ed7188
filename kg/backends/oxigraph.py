"""A graph read from an RDF file, held in memory by the embedded engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg import formats
from kg.backends.base import Backend
from kg.solutions import Answer
from kg.terms import Quad

if TYPE_CHECKING:
    from kg.index import Index


class MemoryBackend(Backend):
    """Quads in memory, asked by the embedded engine, with what follows from them where that is wanted."""

    def __init__(self, quads: Iterable[Quad], with_inferred: bool = False) -> None:
        self.given: Sequence[Quad] = list(quads)
        self.with_inferred = with_inferred

    @cached_property
    def index(self) -> Index:
        """The engine, filled when first asked."""
        from kg.index import in_memory, inferred

        return in_memory([*self.given, *inferred(self.given)] if self.with_inferred else self.given)

    def sparql(self, query: str) -> Answer:
        """What any SPARQL query gives."""
        return self.index.answer(query)

    def quads(self) -> Iterable[Quad]:
        """The quads as they were given."""
        return self.given


def from_file(path: Path) -> MemoryBackend:
    """The graph of an RDF file; ParseError with line and column where it does not parse."""
    syntax = formats.format_of(path)
    return MemoryBackend(formats.parse(formats.read_bytes(path), syntax, str(path)), with_inferred=True)
