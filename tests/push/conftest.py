"""Fixtures for the tests of pushing: states of a graph, and `kg push` with its journal in a folder of the test."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import FIRST, store_of

from kg import pipeline
from kg.terms import ID, IRI

MORE = ("r02-2021-12-09-xinhua", "r35-2024-11-10-bisnis-com")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def push(run: Run, tmp_path: Path) -> Run:
    """`kg push` with arguments, the journal in the test's folder."""

    def call(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return run("push", *arguments, **{"XDG_STATE_HOME": str(tmp_path / "state")} | environment)

    return call


@pytest.fixture(scope="session")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three reports."""
    return store_of(tmp_path_factory.mktemp("three") / "news.kg", FIRST, *MORE)


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the same name, from which one of the three reports was withdrawn."""
    path = store_of(tmp_path_factory.mktemp("two") / "news.kg", FIRST, *MORE)
    pipeline.remove(path, IRI(ID + "report/" + MORE[1]))
    return path
