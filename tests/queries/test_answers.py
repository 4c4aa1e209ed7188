"""Answers with labels, periods and sources are the same from a store, from Turtle and from an rdflib graph."""

from __future__ import annotations

from functools import cache

import pytest

import kg
from kg.backends.rdflib_graph import RdflibBackend
from kg.terms import LANGUAGES


@pytest.fixture(scope="module")
def graphs(everywhere, tmp_path_factory):
    """Some of what ships, opened in three ways."""
    turtle = tmp_path_factory.mktemp("turtle") / "graph.ttl"
    turtle.write_bytes(everywhere.turtle)
    with kg.open(everywhere.store.path) as store, kg.open(turtle) as plain, kg.open(everywhere.rdflib.graph) as rdflib:
        assert isinstance(rdflib.backend, RdflibBackend)
        # Sources and names are the same in every language; rdflib need not look for them three times.
        rdflib.backend.sparql = cache(rdflib.backend.sparql)
        yield store, plain, rdflib


def test_answers_are_the_same_wherever_the_graph_lives(graphs, query):
    for example in query.examples or [{}]:
        for language in LANGUAGES:
            first, *others = (graph.ask(query.name, lang=language, **example) for graph in graphs)
            assert first.columns[-1] == "sources"
            for other in others:
                assert other.to_dicts() == first.to_dicts()
                assert (other.columns, other.title, other.claims) == (first.columns, first.title, first.claims)


def test_every_row_carries_the_sentence_that_says_so(first, query, root):
    text = (root / "data" / "reports" / "2021-12-07-hong-kong-beijing.txt").read_text(encoding="utf-8")
    if query.name in ("search", "reports", "judgements"):
        return  # labels of ours, reports themselves and decisions are said by no sentence
    for row in first.ask(query.name).to_dicts():
        assert row["sources"]
        for source in row["sources"]:
            assert text[source["start"] : source["end"]] == source["sentence"]


def test_rows_on_random_graphs_are_the_same(random_graph, query, tmp_path):
    everywhere = random_graph(0)
    (tmp_path / "graph.ttl").write_bytes(everywhere.turtle)
    with kg.open(everywhere.store.path) as store, kg.open(tmp_path / "graph.ttl") as plain:
        for language in LANGUAGES:
            rows = store.ask(query.name, lang=language).to_dicts()
            assert plain.ask(query.name, lang=language).to_dicts() == rows
