"""Fixtures for the tests of queries: the graph that ships, and random ones, each on every engine.

rdflib takes a tenth of a second for a query, so graphs are small: the whole of what ships is asked once a query, and
what every engine is asked is chosen with care. `KG_THOROUGH=1` asks every pair of parameters on many random graphs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from conftest import FIRST, store_of
from queries.engines import Everywhere
from queries.random_graphs import Graph

from kg import pipeline, schema, shipped
from kg.query import catalog
from kg.query.catalog import Query
from kg.store.write import Writer

FOLDER = Path(__file__).parents[2] / "queries"
SOME = (
    *("r02-2021-12-09-xinhua", "r04-2021-12-06-china-news-service", "r07-2025-11-12-china-news-service"),
    *("r07b-2025-11-17-altered-copy", "r07d-2025-11-24-udn", "r35-2024-11-10-bisnis-com", "r36-2024-11-altered-copy"),
)
"""Reports beside the first: a conflict, a rounding, an altered copy, second currencies, investments, a sum of money."""


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
def whole() -> Everywhere:
    """The whole graph that ships on every engine; rdflib takes seconds for some queries on it."""
    return Everywhere(shipped.path())


@pytest.fixture(scope="session")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Everywhere:
    """Some of the reports that ship on every engine: those that show what every parameter of every query does."""
    return Everywhere(store_of(tmp_path_factory.mktemp("some") / "some.kg", FIRST, *SOME))


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
