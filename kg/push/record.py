"""The record in the store of what was pushed there: each graph with a hash, a count, and the sources it came from.

It is a named graph like any other, so that a push needs no memory of its own to skip what is unchanged and to
remove what was withdrawn. A graph without a hash is being changed, or was when a push was cut.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from kg.errors import CheckFailed
from kg.push.client import NOT_OFFERED, RefusedError
from kg.push.graphs import NamedGraph, batches, lines_of
from kg.push.store import RemoteStore
from kg.terms import ID, XSD, Literal, Triple

GRAPH = ID + "graph/push"
"""The graph that holds the record."""

DEFAULT = ID + "graph/push-default"
"""A copy of the triples that pushing put into the default graph, where that holds only what is put there."""

_SOURCE = "http://purl.org/dc/terms/source"
_HASH = "http://purl.org/dc/terms/identifier"
_COUNT = "http://rdfs.org/ns/void#triples"
_ROUNDS = 3
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one graph."""

    digest: str | None = None
    triples: int | None = None
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Record:
    """What was pushed to a store, by graph."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def of(self, source: str) -> set[str]:
        """The graphs that came from a source."""
        return {graph for graph, entry in self.entries.items() if source in entry.sources}

    def only_of(self, source: str) -> set[str]:
        """The graphs that came from a source and from no other."""
        return {graph for graph, entry in self.entries.items() if entry.sources == {source}}

    def changing(self, graphs: Mapping[str, NamedGraph], source: str) -> Record:
        """The record while `graphs` are sent: listed, without a hash."""
        entries = dict(self.entries)
        for graph in graphs:
            entries[graph] = Entry(sources=entries.get(graph, Entry()).sources | {source})
        return Record(entries)

    def done(self, graphs: Mapping[str, NamedGraph], source: str) -> Record:
        """The record once `graphs` are all that comes from the source."""
        entries: dict[str, Entry] = {}
        for graph, entry in self.entries.items():
            if graph not in graphs and entry.sources - {source}:
                entries[graph] = replace(entry, sources=entry.sources - {source})
        for graph, content in graphs.items():
            sources = self.entries.get(graph, Entry()).sources | {source}
            entries[graph] = Entry(content.digest, len(content.triples), sources)
        return Record(entries)

    def triples(self) -> set[Triple]:
        """The record as it stands in the store."""
        triples: list[Triple] = []
        for name, entry in self.entries.items():
            subject = f"<{name}>"
            triples += ((subject, f"<{_SOURCE}>", f"<{source}>") for source in entry.sources)
            if entry.digest is not None:
                triples.append((subject, f"<{_HASH}>", f'"sha256:{entry.digest}"'))
                triples.append((subject, f"<{_COUNT}>", f'"{entry.triples}"^^<{XSD}integer>'))
        return set(triples)


def source_iri(name: str) -> str:
    """The IRI that stands for the graph that is pushed: that which ships, a store, a file."""
    return f"{ID}push/{quote(name, safe='')}"


def listed(variable: str, source: str) -> str:
    """A pattern for the graphs that the record lists for a source."""
    return f"GRAPH <{GRAPH}> {{ {variable} <{_SOURCE}> <{source}> }}"


def listed_at_all(variable: str) -> str:
    """A pattern for the graphs that the record lists."""
    return f"GRAPH <{GRAPH}> {{ {variable} <{_SOURCE}> ?pushed }}"


def write(store: RemoteStore, wanted: Record) -> None:
    """Bring the record in the store in line, and see that it is: CheckFailed where the store does not keep it.

    What is new is added before anything is taken away, so that at no moment a graph is forgotten that was pushed.
    """
    for _ in range(_ROUNDS):
        found = read(store)
        if found == wanted:
            return
        add, remove = wanted.triples() - found.triples(), found.triples() - wanted.triples()
        try:
            for verb, triples in (("INSERT", add), ("DELETE", remove)):
                for lines in batches(lines_of(triples), store.profile.insert_triples, store.profile.insert_bytes):
                    store.update(f"{verb} DATA {{ GRAPH <{GRAPH}> {{\n{b''.join(lines).decode()}}} }}")
        except RefusedError as refused:
            if refused.reply.status not in NOT_OFFERED or store.at.graph_store is None:
                raise
            store.put(GRAPH, b"".join(lines_of(wanted.triples())))
    if read(store) != wanted:
        raise CheckFailed(f"{store.at.query}: the store takes changes and does not keep them")


def read(store: RemoteStore) -> Record:
    """The record that a store holds; empty where nothing was pushed there."""
    entries: dict[str, Entry] = {}
    rows = store.rows(f"SELECT ?g ?p ?o WHERE {{ GRAPH <{GRAPH}> {{ ?g ?p ?o }} }}")
    for row in rows:
        graph, value = str(row["g"]), row["o"]
        text = value.value if isinstance(value, Literal) else str(value)
        entry = entries.get(graph, Entry())
        match str(row["p"]):
            case p if p == _SOURCE:
                entry = replace(entry, sources=entry.sources | {text})
            case p if p == _HASH and (found := _DIGEST.fullmatch(text)):
                entry = replace(entry, digest=found[1])
            case p if p == _COUNT and text.isdigit():
                entry = replace(entry, triples=int(text))
        entries[graph] = entry
    return Record(entries)
