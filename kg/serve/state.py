"""What a worker of a server holds open: the graph as it is now, whatever becomes of the file behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import kg
from kg.backends.oxigraph import MemoryBackend
from kg.backends.store import StoreBackend
from kg.graph import Graph


@dataclass
class State:
    """What a worker holds open: a graph, and what tells whether the file behind it is still the same."""

    source: str | None
    queries: str | None
    graph: Graph
    file: tuple[int, int] | None = None
    licence: str | None = None
    indexed: str = ""
    kept: dict[str, tuple[str, Any]] = field(default_factory=dict)

    def refreshed(self) -> Graph:
        """The graph as it is now: opened anew where another file has taken the place of the store's."""
        now = _file_of(self.source)
        if now != self.file:
            fresh = kg.open(self.source, queries=self.queries)
            self.graph.close()
            self.graph, self.file, self.indexed = fresh, now, ""
        return self.graph

    def state(self) -> str:
        """What changes whenever the graph does."""
        backend = self.refreshed().backend
        return backend.state() if isinstance(backend, StoreBackend) else "fixed"

    def remembered(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, made anew only when the graph has changed."""
        state = self.state()
        if name not in self.kept or self.kept[name][0] != state:
            self.kept[name] = (state, make())
        return self.kept[name][1]

    def index(self) -> Any:
        """The engine's index of the graph as it is now."""
        backend = self.refreshed().backend
        assert isinstance(backend, StoreBackend | MemoryBackend)
        state = self.state()
        if state != self.indexed:
            backend.__dict__.pop("index", None)
            self.indexed = state
        return backend.index


def open_state(settings: Mapping[str, Any]) -> State:
    """Open what the jobs of a worker need; workers for the engine fill it at once."""
    source, queries = settings["source"], settings["queries"]
    state = State(source, queries, kg.open(source, queries=queries), _file_of(source), settings.get("licence"))
    if settings["engine"]:
        state.index()
    return state


def _file_of(source: str | None) -> tuple[int, int] | None:
    if source is None:
        return None
    try:
        found = os.stat(source)  # noqa: PTH116  # on the way of every request
    except OSError:
        return None
    return found.st_dev, found.st_ino
