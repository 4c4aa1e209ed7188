"""Fixtures, and the policy for them.

- Tests use the installed package as a user would; `shipped` is the graph that ships, `first` that of its first
  report; both are opened once and only read.
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
from kg import pipeline

ROOT = Path(__file__).parents[1]
FIRST = "2021-12-07-hong-kong-beijing"

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


def store_of(path: Path, *reports: str) -> Path:
    """A store at `path` with what ships, but of the reports only some, by the names of their files."""
    data = ROOT / "data"
    named = [data / "reports" / f"{name}.yaml" for name in reports]
    entities, judgements = (sorted((data / part).glob("*.yaml")) for part in ("entities", "judgements"))
    pipeline.add(path, [*entities, *named, *judgements])
    return path


@pytest.fixture(scope="session")
def first_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the first report alone: the one whose text we hold, so that every row can be told by heart."""
    return store_of(tmp_path_factory.mktemp("first") / "first.kg", FIRST)


@pytest.fixture(scope="session")
def first(first_store: Path) -> Iterator[kg.Graph]:
    """The graph of the first report, for reading only."""
    with kg.open(first_store) as graph:
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


thorough = pytest.mark.skipif(
    os.environ.get("KG_REQUIRE_ALL") != "1", reason="takes long; KG_REQUIRE_ALL=1 runs it, as CI does"
)
"""Marks what a newcomer's run leaves out: attacks, loads, and every client and store in full."""


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of official suites and hostile strings that lies beside the checkout in CI."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing("the folder ../shared with the official test suites")
    return folder
