"""What the graph's own names answer over HTTP: one thing, the ontology, the catalogue, and the service itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import kg
from kg import formats
from kg.answer import label_of
from kg.backends.base import bound_text
from kg.card import Card, card
from kg.errors import InputError, NotFound
from kg.graph import Graph
from kg.query.catalog import Query
from kg.query.params import bind
from kg.serve import describe, media, pages
from kg.serve.openapi import catalogue
from kg.serve.openapi import document as openapi_document
from kg.serve.state import State
from kg.serve.void import count
from kg.serve.void import void as statistics
from kg.terms import GRAPH_ONTOLOGY, ID, KG, Quad, Triple, iri
from kg.workers.frames import Reply

_RDF = media.GRAPHS
_COUNTED = [
    KG + name for name in ("Report", "Statement", "Investment", "Agreement", "Figure", "Person", "Company", "Place")
]
_FIRST_QUERY = "SELECT ?person ?name WHERE { ?person a kg:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 20"


def thing(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """What is known of one thing: as a page, or as triples about it and about the claims that speak of it."""
    graph = state.refreshed()
    name = str(iri(ID + asked["path"]))
    form = asked["format"] or media.chosen(asked["accept"], media.PAGES)
    if graph_quads := graph.backend.graph_quads(name):
        return media.rdf([(s, p, o, "") for s, p, o, _ in graph_quads], form if form in _RDF else "turtle")
    with graph.backend.reading():
        facts = graph.backend.facts(name)
        if not facts:
            raise NotFound(f"the graph says nothing of {name}; search for it: /ask/search?text=WORD")
        found = card(graph, name, asked["lang"])
        if form != "html":
            return media.rdf(_about(graph, facts, found), form)
    others = {each: f"/doc/{quote(asked['path'])}.{media.ending(each)}" for each in _RDF}
    return _page(pages.thing(found, others, asked["lang"]))


def _about(graph: Graph, facts: Iterable[Triple], found: Card) -> list[Quad]:
    claims = [row[name] for row in found.claims for name in ("claim", "judgement", "correction") if row.get(name)]
    triples = {*facts, *graph.backend.triples_about(claims)}
    return [(*triple, formats.DEFAULT_GRAPH) for triple in sorted(triples)]


def ontology(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The ontology: its terms are addresses within this document."""
    found = state.refreshed().backend.graph_quads(GRAPH_ONTOLOGY)
    if not found:
        raise NotFound(f"this graph does not hold the ontology {KG}; see what it holds at /.well-known/void")
    form = asked["format"] or media.chosen(asked["accept"], media.GRAPHS)
    return media.rdf([(s, p, o, "") for s, p, o, _ in found], form)


def service(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The description of the endpoint, with prefixes, statistics and examples."""
    form = media.chosen(asked["accept"], {**media.GRAPHS, "html": media.PAGES["html"]})
    if form == "html":
        return _page(pages.sparql_form(_FIRST_QUERY, list(_shown_queries(state))))
    base, write = asked["base"], asked["write"]
    triples = state.remembered(
        f"service {base}",
        lambda: describe.document(base, state.graph, _queries(state), write, _counted(state), state.licence),
    )
    return _described(triples, form)


def void(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The statistics of the graph."""
    form = media.chosen(asked["accept"], media.GRAPHS)
    return _described(statistics(asked["base"], _counted(state), state.licence), form)


def examples(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The canned queries as examples of SPARQL, their parameters bound."""
    form = media.chosen(asked["accept"], media.GRAPHS)
    graph = state.refreshed()
    return _described(describe.examples(_queries(state), asked["base"] + "/sparql", graph.backend.names()), form)


def openapi(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The description of every address, for programs."""
    made = openapi_document(_queries(state), asked["base"], asked["write"], kg.__version__)
    return Reply(json.dumps(made, ensure_ascii=False).encode(), "application/json")


def home(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The first page, or the list of canned queries for programs."""
    form = media.chosen(asked["accept"], {"json": ("application/json",), "html": media.PAGES["html"]})
    queries, language = _queries(state), asked["lang"]
    if form == "html":
        counted, labels = _counted(state).classes, state.graph.backend.labels(_COUNTED)
        counts = {label_of(kind, labels, language): counted[f"<{kind}>"] for kind in _COUNTED}
        return _page(pages.home(queries, counts, language))
    listed = json.dumps(catalogue(queries, asked["base"], language), ensure_ascii=False)
    return Reply(listed.encode(), "application/json", headers=media.VARY)


def _shown_queries(state: State) -> Iterable[tuple[str, str]]:
    """Canned queries as SPARQL to start from, with the parameters of their first example."""
    names = state.graph.backend.names()
    for query in _queries(state):
        if query.step is None:
            try:
                text = bound_text(query, bind(query, query.examples[0] if query.examples else {}, names))
            except InputError:  # what an example names need not be in this graph
                continue
            yield query.question["en"], "\n".join(line for line in text.split("\n") if not line.startswith("#+"))


def _queries(state: State) -> Sequence[Query]:
    graph = state.refreshed()
    return [graph.query(name) for name in graph.query_names()]


def _counted(state: State) -> Any:
    return state.remembered("counts", lambda: count(state.graph))


def _described(triples: Iterable[Triple], form: str) -> Reply:
    return media.rdf([(*triple, formats.DEFAULT_GRAPH) for triple in triples], form)


def _page(text: str) -> Reply:
    return Reply(text.encode(), "text/html; charset=utf-8", headers=media.VARY)
