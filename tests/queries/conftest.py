"""Fixtures for the tests of queries: the graph that ships, and random ones, each on every engine.

rdflib takes a tenth of a second for a query, so graphs are small and what every engine is asked is chosen with care.
`KG_THOROUGH=1` asks every pair of parameters on many random graphs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from queries.engines import Everywhere
from queries.random_graphs import Graph

from kg import pipeline, schema, shipped
from kg.query import catalog
from kg.query.catalog import Query
from kg.store.write import Writer

FOLDER = Path(__file__).parents[2] / "queries"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `query` runs once for each that ships."""
    if "query" in metafunc.fixturenames:
        metafunc.parametrize("query", catalog.names(FOLDER), indirect=True)


@pytest.fixture(scope="session")
def folder() -> Path:
    """The folder of the queries that ship."""
    return FOLDER


@pytest.fixture
def query(request: pytest.FixtureRequest) -> Query:
    """A query that ships."""
    return catalog.load(request.param, FOLDER)


@pytest.fixture(scope="session")
def everywhere() -> Everywhere:
    """The graph that ships on every engine."""
    return Everywhere(shipped.path())


@pytest.fixture(scope="session")
def random_graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Everywhere]]:
    """A random graph by its seed, on every engine, over the ontology and the shared places."""
    where = tmp_path_factory.mktemp("random")
    pipeline.add(where / "empty.kg", [])

    @cache
    def make(seed: int) -> Everywhere:
        store = where / f"{seed}.kg"
        shutil.copy(where / "empty.kg", store)
        with Writer(store, schema.load()) as writer:
            writer.add(Graph(seed).batches())
        return Everywhere(store)

    return make
