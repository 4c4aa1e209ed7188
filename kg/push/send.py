"""Getting graphs into a store, by the best way it takes: all as N-Quads, each by PUT, or in batches of INSERT DATA."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.errors import RemoteError
from kg.push.client import NOT_OFFERED, RefusedError, UnclearError
from kg.push.graphs import NamedGraph, batches
from kg.push.store import RemoteStore, emptied

_TOO_MUCH = (400, 413, 414, 500)
"""Answers after which less is sent: what is too large, and what stores answer for want of memory."""

_TRIES = 3


class Steps:
    """Who is told how far a push has come; a journal, a bar, or nobody."""

    def sent(self, *graphs: NamedGraph) -> None:
        """The request that carries graphs is about to go out."""

    def unclear(self, *graphs: NamedGraph) -> None:
        """The request ended without an answer."""

    def acked(self, *graphs: NamedGraph) -> None:
        """The store said that it has them."""


@dataclass
class Sender:
    """One way down the ladder: what a store refused once is not tried again."""

    store: RemoteStore
    steps: Steps
    used: Counter[str] = field(default_factory=Counter)
    """Requests by their kind."""

    def __post_init__(self) -> None:
        self.takes_put = self.store.at.graph_store is not None
        self.takes_quads = self.store.at.quads is not None

    def way(self, graphs: Sequence[NamedGraph], fresh: bool) -> str:
        """The way that graphs would go; `fresh` says that the store holds none of them yet."""
        if self.takes_quads and fresh and len(graphs) > 1 and _size(graphs) <= self.store.profile.body_bytes:
            return "N-Quads"
        return "PUT" if self.takes_put else "INSERT DATA"

    def replace_all(self, graphs: Sequence[NamedGraph], fresh: bool) -> None:
        """Replace each graph whole; RemoteError where the store fails or refuses a single triple."""
        if self.way(graphs, fresh) == "N-Quads" and self._as_quads(graphs):
            return
        for graph in graphs:
            self.steps.sent(graph)
            self.replace(graph, lambda graph=graph: self.steps.unclear(graph))  # type: ignore[misc]
            self.steps.acked(graph)

    def replace(self, graph: NamedGraph, unclear: Callable[[], None] = lambda: None) -> None:
        """Replace one graph whole: by PUT, or, where that is refused, in batches."""
        if self.takes_put and len(graph.body) <= self.store.profile.body_bytes:
            try:
                self.used["PUT"] += 1
                self.store.put(graph.iri, graph.body, unclear)
                return
            except RefusedError as refused:
                if refused.reply.status in NOT_OFFERED:
                    self.takes_put = False
                elif refused.reply.status not in (200, *_TOO_MUCH):
                    raise
                if self.store.at.update is None:
                    raise
        self._in_batches(graph, unclear)

    def _as_quads(self, graphs: Sequence[NamedGraph]) -> bool:
        """Add all graphs, none of which the store holds, in one request; whether that came to a good end."""
        body = b"".join(graph.quads for graph in graphs)
        self.steps.sent(*graphs)
        for _ in range(_TRIES):
            try:
                self.used["N-Quads"] += 1
                self.store.post_quads(body, lambda: self.steps.unclear(*graphs))
            except UnclearError:
                counts = self.store.counts(graph.iri for graph in graphs)
                if not any(counts.values()):
                    continue
                if any(counts[graph.iri] != len(graph.triples) for graph in graphs):
                    return False
            except RefusedError as refused:
                if refused.reply.status in (200, *NOT_OFFERED, *_TOO_MUCH):
                    self.takes_quads = False
                    return False
                raise
            self.steps.acked(*graphs)
            return True
        return False

    def _in_batches(self, graph: NamedGraph, unclear: Callable[[], None]) -> None:
        """Empty the graph and insert its triples; in one request where one batch holds them all."""
        profile = self.store.profile
        each = list(batches(graph.lines, profile.insert_triples, profile.insert_bytes))
        if len(each) == 1:
            try:
                self.used["INSERT DATA"] += 1
                self.store.update(f"{emptied(graph.iri)} ; {_insert(graph.iri, each[0])}", unclear)
                return
            except RefusedError as refused:
                if refused.reply.status not in _TOO_MUCH:
                    raise
        self.store.clear(graph.iri, unclear)
        for lines in each:
            self._insert(graph.iri, lines, unclear)

    def _insert(self, graph: str, lines: Sequence[bytes], unclear: Callable[[], None]) -> None:
        """Insert lines, half of them at a time where the store cannot take all; at last it names the one it refuses."""
        try:
            self.used["INSERT DATA"] += 1
            self.store.update(_insert(graph, lines), unclear)
        except RefusedError as refused:
            if refused.reply.status not in _TOO_MUCH:
                raise
            if len(lines) == 1:
                line = lines[0].decode().strip()
                raise RemoteError(f"{refused}; it refuses this one triple of {graph}: {line[:400]}") from None
            half = len(lines) // 2
            self._insert(graph, lines[:half], unclear)
            self._insert(graph, lines[half:], unclear)


def _insert(graph: str, lines: Sequence[bytes]) -> str:
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{b''.join(lines).decode()}}} }}"


def _size(graphs: Sequence[NamedGraph]) -> int:
    return sum(len(graph.body) + (len(graph.iri) + 3) * len(graph.triples) for graph in graphs)
