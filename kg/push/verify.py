"""Whether what a store holds is what was sent: counts by graph, and where asked for the triples themselves."""

from __future__ import annotations

from collections.abc import Iterable

from kg.push.graphs import NamedGraph
from kg.push.store import RemoteStore
from kg.push.values import by_value


def differing(store: RemoteStore, graphs: Iterable[NamedGraph]) -> dict[str, str]:
    """Graphs whose number of triples is not the one that was sent, each with what is wrong."""
    every = {graph.iri: graph for graph in graphs}
    counts = store.counts(every)
    wrong: dict[str, str] = {}
    for iri, graph in every.items():
        # Some stores count wrongly over several graphs at once, so a count that differs is asked for again by itself.
        if counts[iri] not in expected(graph, store) and (count := store.count_of(iri)) not in expected(graph, store):
            wrong[iri] = f"{iri} holds {count} triples, not {len(graph.triples)}"
    return wrong


def expected(graph: NamedGraph, store: RemoteStore) -> set[int]:
    """How many triples a graph may hold: two literals of one value are one, on a store that rewrites them."""
    if not store.profile.rewrites_values:
        return {len(graph.triples)}
    return {len(graph.triples), len(set(map(by_value, graph.triples)))}


def differing_values(store: RemoteStore, graphs: Iterable[NamedGraph]) -> dict[str, str]:
    """Graphs that hold other triples than were sent, by value, each with one that is missing or too many."""
    wrong: dict[str, str] = {}
    for graph in graphs:
        found = {by_value(triple): triple for triple in store.triples(graph.iri)}
        sent = {by_value(triple): triple for triple in graph.triples}
        if found.keys() == sent.keys():
            continue
        count = store.count_of(graph.iri)
        if count in expected(graph, store) and len(found) < len(sent):
            wrong[graph.iri] = (
                f"{graph.iri} holds {count} triples, of which the store gives {len(found)}: raise its limit"
            )
            continue
        missing, more = sorted(sent.keys() - found.keys(), key=repr), sorted(found.keys() - sent.keys(), key=repr)
        what = f"lacks {' '.join(sent[missing[0]])}" if missing else f"has {' '.join(found[more[0]])} too"
        wrong[graph.iri] = f"{graph.iri} {what[:400]}"
    return wrong
