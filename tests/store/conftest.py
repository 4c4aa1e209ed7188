"""Fixtures of the store's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store.stores import make


@pytest.fixture
def new(tmp_path: Path) -> Callable[..., Path]:
    """Makes a store in an empty folder with some of the reports in `files/`, each added by itself in that order."""
    return lambda *names, store="news.kg": make(tmp_path / store, *names)
