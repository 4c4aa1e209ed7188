"""Fixtures, and the policy for them.

- Tests use the installed package as a user would; `shipped` is the graph that ships, opened once and only read.
- What a test writes goes to `tmp_path`. A store to write to is made with `kg.pipeline.add`, never copied.
- `run` is the door a user takes: the `kg` command in a process of its own.
- Data beside the checkout (`../shared`) is there in CI; elsewhere `shared` skips with a reason, and
  `KG_REQUIRE_ALL=1` fails instead.
- Cases are plain files beside the test that reads them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import kg

ROOT = Path(__file__).parents[1]

# No timed tests, and the same examples on every run: a failure can be run again.
settings.register_profile("kabar", deadline=None, derandomize=True)
settings.load_profile("kabar")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shipped() -> Iterator[kg.Graph]:
    """The graph that ships, for reading only."""
    with kg.open() as graph:
        yield graph


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run `kg` with arguments in an empty folder, and give what came of it."""

    def call(
        *arguments: str | Path, stdin: str = "", cwd: Path = tmp_path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        given = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            cwd=cwd,
            env=given | {"COLUMNS": "100"} | environment,
            timeout=120,
            check=False,
        )

    return call


def missing(what: str) -> None:
    """Skip because `what` is not here, or fail where everything must be."""
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} must be here, as KG_REQUIRE_ALL=1 says")
    pytest.skip(f"{what} is not here")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official suites and hostile strings that lies beside the checkout in CI."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing("the folder ../shared with the official test suites")
    return folder
