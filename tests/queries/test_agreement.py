"""Every query gives the same rows on rdflib, on the embedded engine and by its fast form, whatever is asked.

With every parameter and every pair of them; with values that are there, that are not, and lists; on the graph that
ships and on random ones; from plain Turtle, with named graphs, and with what is inferred added.
"""

from __future__ import annotations

import os
from itertools import combinations

import pytest
from conftest import thorough
from queries.parameters import Choices

from kg.query.params import bind

THOROUGH = os.environ.get("KG_THOROUGH") == "1"
SEEDS = range(40) if THOROUGH else range(3)


@thorough
def test_on_the_whole_graph_with_every_example(whole, query):
    for example in query.examples:
        assert whole.disagreements(query, bind(query, example, whole.store.names())) == []


@thorough
def test_on_shipped_reports_with_every_parameter(everywhere, query):
    choices = Choices(everywhere, query, seed=0)
    assert everywhere.disagreements(query, {}, [everywhere.rdflib, everywhere.rdflib_with_inferred]) == []
    for number, bound in enumerate(choices.singles() if not query.step else ()):
        slow = [everywhere.rdflib] if THOROUGH or number % 3 < 2 else []
        assert everywhere.disagreements(query, bound, slow) == []
    for name, choice in choices.of.items():
        assert choice.hits, f"nothing in these reports shows what --{name} does"
        if query.parameters[name].type != "date":
            assert not everywhere.fast(query, {name: choice.misses[-1:]}), "an unknown value never passes"


@thorough
def test_on_shipped_reports_with_every_pair_of_parameters(everywhere, query):
    if query.step:
        return  # parameters never reach an engine: what a step works out, it narrows itself
    choices = Choices(everywhere, query, seed=0)
    asked = set()
    for together, *others in choices.pairs():
        asked.add(frozenset(together))
        assert everywhere.disagreements(query, together, [everywhere.rdflib]) == []
        for bound in others:
            assert everywhere.disagreements(query, bound, [everywhere.rdflib] if THOROUGH else []) == []
    assert asked == set(map(frozenset, combinations(query.parameters, 2)))


@thorough
@pytest.mark.parametrize("seed", SEEDS)
def test_on_random_graphs(random_graph, query, seed):
    everywhere = random_graph(seed)
    choices = Choices(everywhere, query, seed)
    slow = [everywhere.rdflib, *[everywhere.rdflib_with_inferred] * (seed == 0)]
    assert everywhere.disagreements(query, {}, slow) == []
    if query.step:
        return
    singles = [[bound] for bound in choices.singles()]
    for number, cases in enumerate([*singles, *choices.pairs()]):
        turn, way = divmod(number, len(SEEDS))[::-1]
        for at, bound in enumerate(cases if THOROUGH or turn == seed else cases[:1]):
            is_chosen = turn == seed and at == way % len(cases)
            assert everywhere.disagreements(query, bound, slow[:1] if THOROUGH or is_chosen else []) == []


def test_random_graphs_hold_what_every_query_asks_for(random_graph, query):
    found = {name for seed in SEEDS for row in random_graph(seed).store.solutions(query, {}) for name in row}
    if query.step:
        assert found == {"claim", "kind", "report", "property", "value"}
        return
    assert found == {v for column in query.columns.values() for v in column.variables} | set(query.sources)
