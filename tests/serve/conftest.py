"""Fixtures: servers that run while tests ask them; `serve.servers.served` starts one as a test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FIRST, store_of
from serve.servers import Served, served


@pytest.fixture(scope="session")
def reading() -> Iterator[Served]:
    """A server that reads, of the graph that ships."""
    with served() as server:
        yield server


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Served]:
    """A server that writes to a store with the first report, `tmp_path / "news.kg"`."""
    with served("--store", store_of(tmp_path / "news.kg", FIRST), "--write") as server:
        yield server
