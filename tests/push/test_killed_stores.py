"""A real store killed in the middle of a push, started again on the same data: resuming makes it equal."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import thorough
from stores.servers import SERVERS, Server

import kg

pytestmark = thorough

POINTS = {"oxigraph": (0.1, 0.5, 0.9), "virtuoso": (0.1, 0.5, 0.9), "fuseki": (0.5,), "rdf4j": (0.5,)}
"""Parts of the journal after which the store is killed; those in Java take long to start again."""


def started(server: Server, store: Path, journal: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg", "push", server.address, "--store", str(store), "--journal", str(journal)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return subprocess.Popen(
        [*command, "--profile", server.name, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment | server.secrets,
    )


def killed_at(server: Server, journal: Path, lines: int, ended: threading.Event) -> None:
    """Kill the server once the journal has so many lines."""
    while not ended.is_set():
        if journal.is_file() and journal.read_bytes().count(b"\n") >= lines:
            server.kill()
            return
        time.sleep(0.001)


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_killed_store_is_filled_by_resuming(name, tmp_path, three, two):
    kills = 0
    with SERVERS[name](tmp_path) as server:
        for number, (point, store) in enumerate(zip(POINTS[name], (three, two, three), strict=False)):
            journal = tmp_path / f"{number}.jsonl"
            with kg.open(store) as graph:
                graphs = len({quad[3] for quad in graph.backend.quads()})
            ended = threading.Event()
            lines = 1 + graphs + int(2 * graphs * point)
            watcher = threading.Thread(target=killed_at, args=(server, journal, lines, ended))
            watcher.start()
            push = started(server, store, journal, "--timeout", "3")
            said = push.communicate(timeout=60)
            ended.set()
            watcher.join()
            if server.process is None:
                kills += 1
                assert push.returncode in (1, 3), said
                assert "--resume" in said[1]
                server.start()
                again = started(server, store, journal, "--resume", "--verify", "values")
                said = again.communicate(timeout=120)
                assert again.returncode == 0, said
            with kg.open(store) as graph, kg.open(server.query) as remote:
                assert remote.ask("reports").to_dicts() == graph.ask("reports").to_dicts()
                assert remote.ask("figures").to_dicts() == graph.ask("figures").to_dicts()
    assert kills, "the store was killed while it was filled"


def test_there_must_be_something_to_resume(tmp_path, three, two):
    with SERVERS["oxigraph"](tmp_path) as server:
        first = started(server, two, tmp_path / "first.jsonl")
        first.communicate(timeout=60)
        journal = tmp_path / "journal.jsonl"
        push = started(server, three, journal, "--profile", "virtuoso.toml")
        push.communicate(timeout=60)
        assert push.returncode == 2
        assert not journal.exists(), "nothing is written before it is known that the command is right"
        fresh = started(server, three, journal, "--resume")
        assert "there is no push to resume" in fresh.communicate(timeout=60)[1]
        assert fresh.returncode == 2
