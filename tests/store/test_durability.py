"""What was acknowledged is on the disk, whole, whenever the process dies; many read while one writes."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import missing
from store.stores import FILES, quads, report, state

import kg
from kg import pipeline
from kg.errors import StoreError
from kg.store import file
from kg.store.verify import problems

New = Callable[..., Path]
KILLS = 20

WRITER = """
import sys
from pathlib import Path
from kg import pipeline
store, folder = Path(sys.argv[1]), Path(sys.argv[2])
for number in range(int(sys.argv[3]), 10**6):
    path = folder / f"{number}.nq"
    path.write_text("".join(f'<urn:x:{number}> <urn:x:p{i}> "{number}" <urn:x:g{number}> .\\n' for i in range(20)))
    pipeline.add(store, [path])
    print(number, flush=True)
"""
"""Adds file after file of twenty triples, and acknowledges each on its output."""


def held(path: Path) -> dict[int, int]:
    """How many triples of each numbered file the store holds."""
    found: dict[int, int] = {}
    for *_, graph in quads(path):
        if graph.startswith("<urn:x:g"):
            number = int(graph[8:-1])
            found[number] = found.get(number, 0) + 1
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_killed_writer_loses_nothing_it_acknowledged_and_leaves_nothing_half(new: New, tmp_path: Path) -> None:
    path, rng, acknowledged = new(), random.Random(7), -1
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path, tmp_path, str(acknowledged + 1)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            acknowledged = int(writer.stdout.readline())
            time.sleep(rng.random() * 0.15)
            writer.send_signal(signal.SIGKILL)
            acknowledged = max([acknowledged, *map(int, re.findall(r"^(\d+)\n", writer.stdout.read(), re.MULTILINE))])
        found = held(path)
        assert set(range(acknowledged + 1)) <= found.keys(), "an acknowledged file is lost"
        assert set(found.values()) == {20}, "a file is there in part"
        assert max(found) <= acknowledged + 1
        acknowledged = max(found)
    connection = file.open_read(path)
    assert problems(connection) == []
    connection.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_writer_killed_while_it_makes_the_store_leaves_a_store_or_none(tmp_path: Path) -> None:
    rng = random.Random(11)
    for number in range(6):
        path = tmp_path / f"{number}.kg"
        with subprocess.Popen([sys.executable, "-c", WRITER, path, tmp_path, "0"], stdout=subprocess.DEVNULL) as writer:
            while not path.exists():
                time.sleep(0.002)
            time.sleep(rng.random() * 0.3)
            writer.kill()
        pipeline.add(path, [FILES / "harbour.yaml"])
        state(path)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is a program of Linux")
def test_every_acknowledgement_comes_after_a_forced_write(new: New, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        missing("strace")
    path, log = new(), tmp_path / "trace"
    program = WRITER.replace("10**6", "5")
    command = ["strace", "-f", "-e", "trace=fsync,fdatasync,write", "-o", log, sys.executable, "-c", program]
    ran = subprocess.run([*command, path, tmp_path, "0"], capture_output=True, text=True, check=False)
    if "PTRACE" in ran.stderr or "ptrace" in ran.stderr:
        missing("the permission to trace")
    forced, acknowledged = False, 0
    for line in log.read_text().splitlines():
        forced |= "sync(" in line and line.endswith("= 0")
        if re.search(r'write\(1, "\d', line):
            assert forced, f"{line} was not preceded by fsync"
            forced, acknowledged = False, acknowledged + 1
    assert acknowledged == 5


def test_a_writer_asks_for_every_commit_to_be_forced_to_the_disk(new: New) -> None:
    opened = file.open_write(new())
    assert opened.connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert opened.connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    opened.connection.close()


def test_four_read_while_one_writes(new: New) -> None:
    path, errors, reads = new("harbour.yaml", "ferry.yaml"), list[str](), [0] * 4
    stop = threading.Event()

    def read(number: int) -> None:
        while not stop.is_set():
            try:
                with kg.open(path) as graph, file.snapshot(graph.backend.connection):  # type: ignore[attr-defined]
                    rows = graph.ask("who-invested-where", investor="Example Corp")
                    assert len(rows) in (2, 3)
                    assert all(row["sources"] for row in rows)
                reads[number] += 1
            except BaseException as error:  # whatever it is, the test is to show it
                errors.append(repr(error))

    readers = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for reader in readers:
        reader.start()
    ends, writes = time.monotonic() + 3, 0
    while time.monotonic() < ends:
        pipeline.add(path, [FILES / "rail.yaml"])
        pipeline.remove(path, report("rail"))
        writes += 2
    stop.set()
    for reader in readers:
        reader.join()
    assert not errors
    assert min(reads) > 3
    assert writes > 3


def test_a_second_writer_waits_for_the_first(new: New) -> None:
    path = new()
    first = file.open_write(path)
    first.connection.execute("BEGIN IMMEDIATE")
    done: list[float] = []

    def second() -> None:
        pipeline.add(path, [FILES / "harbour.yaml"])
        done.append(time.monotonic())

    writer = threading.Thread(target=second)
    writer.start()
    time.sleep(0.7)
    assert not done
    freed = time.monotonic()
    first.connection.execute("COMMIT")
    writer.join()
    assert done[0] >= freed
    first.connection.close()


def test_a_writer_that_waits_too_long_says_so(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new()
    first = file.open_write(path)
    first.connection.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.1)
    with pytest.raises(StoreError, match="another program is writing to it"):
        pipeline.add(path, [FILES / "harbour.yaml"])
    first.connection.execute("ROLLBACK")
    first.connection.close()


def test_eight_writers_at_once_make_one_store(tmp_path: Path) -> None:
    path, errors = tmp_path / "news.kg", list[str]()

    def write(number: int) -> None:
        each = tmp_path / f"{number}.nq"
        each.write_text(f"<urn:x:{number}> <urn:x:p> <urn:x:o> <urn:x:g{number}> .\n")
        try:
            pipeline.add(path, [each])
        except BaseException as error:  # whatever it is, the test is to show it
            errors.append(repr(error))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not errors
    assert held(path) == dict.fromkeys(range(8), 1)
    state(path)


def test_a_store_that_was_deleted_while_waiting_is_not_written_to(new: New) -> None:
    path = new()
    waiting = pipeline.Writer(path, pipeline.schema.load())
    path.unlink()
    with pytest.raises(StoreError, match="another program removed the store"):
        waiting.add([])
    waiting.connection.close()
    assert not path.exists()
