"""Fixtures of the tests that hold reports against one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from compare.planted import Planted, Report


@pytest.fixture(scope="session")
def field(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """A store without reports, in which tests plant theirs by turns."""
    return Planted(tmp_path_factory.mktemp("field"))


@pytest.fixture
def planted(field: Planted) -> Iterator[Callable[..., Planted]]:
    """Plants reports in a store that holds no other, and clears it when the test is over."""
    assert field.names == []

    def plant(*reports: Report) -> Planted:
        return field.add(*reports)

    yield plant
    field.clear()
