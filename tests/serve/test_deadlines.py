"""Every query ends by its deadline with an answer or one clear line, and nobody else notices."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from conftest import thorough
from serve.raw import ask, query
from serve.servers import Served, served
from serve.slow_queries import REFUSED, all_slow

pytestmark = thorough

SECONDS = 1.0
GRACE = 2.0
"""What an answer may be late on a busy machine: ending a process, and passing on what it said."""

REFUSED_FILES = ("service-silent",)


@pytest.fixture(scope="module")
def slow_server(first_store: Path) -> Iterator[Served]:
    """A server with a short deadline and little memory."""
    with served("--store", first_store, "--timeout", SECONDS, "--memory", 256, "--workers", 2) as server:
        yield server


def front_end(server: Served) -> psutil.Process:
    return psutil.Process(server.process.pid)


def busy_seconds(server: Served, during: float = 0.5) -> float:
    """Processor time that the workers use while nobody asks anything."""

    def used() -> dict[int, float]:
        found = {}
        for worker in front_end(server).children():
            with suppress(psutil.NoSuchProcess):  # it was ended just now
                found[worker.pid] = sum(worker.cpu_times()[:2])
        return found

    before = used()
    time.sleep(during)
    after = used()
    return sum(after[pid] - before[pid] for pid in before.keys() & after.keys())


def settled(server: Served) -> None:
    """Wait until workers that were ended are replaced, and then see that none works."""
    ends = time.monotonic() + 15
    while time.monotonic() < ends:
        if busy_seconds(server, 0.2) <= 0.02:
            return
    raise AssertionError("a worker still works")


@pytest.mark.parametrize("name", all_slow())
def test_a_slow_query_ends_by_the_deadline(slow_server: Served, name: str) -> None:
    asked = time.monotonic()
    got = query(slow_server.port, all_slow()[name])
    took = time.monotonic() - asked
    assert took < SECONDS + GRACE
    assert got.status in (200, 400, 503)
    if got.status != 200:
        assert got.is_whole
        assert got.detail
        assert (got.status == 400) == (name in REFUSED_FILES)
    elif got.is_whole and "json" in got.headers["content-type"]:
        json.loads(got.body)
    assert ask(slow_server.port, "/health").status == 200


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_query_is_refused_in_one_line(slow_server: Served, name: str) -> None:
    got = query(slow_server.port, REFUSED[name])
    assert got.status == 400, "it was not refused before the deadline"
    assert len(got.detail) < 1000


def test_nobody_else_notices_and_nothing_goes_on_afterwards(slow_server: Served) -> None:
    process = slow_server.process.pid
    stop, answers, late = threading.Event(), list[int](), list[float]()

    def read(path: str) -> None:
        while not stop.is_set():
            asked = time.monotonic()
            answers.append(ask(slow_server.port, path).status)
            late.append(time.monotonic() - asked)

    readers = [threading.Thread(target=read, args=(path,)) for path in ("/health", "/store?graph=urn:x:none")]
    slow = [
        threading.Thread(target=query, args=(slow_server.port, all_slow()["cartesian-4-counted"])) for _ in range(6)
    ]
    for thread in (*readers, *slow):
        thread.start()
    for thread in slow:
        thread.join()
    stop.set()
    for thread in readers:
        thread.join()
    assert set(answers) == {200, 404}
    assert len(answers) > 20
    assert max(late) < SECONDS + GRACE
    assert slow_server.process.poll() is None
    assert slow_server.process.pid == process
    settled(slow_server)


def test_the_deadline_counts_what_a_request_waits(slow_server: Served) -> None:
    settled(slow_server)
    took = list[float]()

    def late() -> None:
        asked = time.monotonic()
        assert query(slow_server.port, all_slow()["cartesian-4-counted"]).status == 503
        took.append(time.monotonic() - asked)

    threads = [threading.Thread(target=late) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(took) == 8
    assert max(took) < SECONDS + GRACE
    settled(slow_server)


def test_the_cap_on_memory_holds_and_who_meets_it_is_told_so(first_store: Path) -> None:
    with served("--store", first_store, "--timeout", 60, "--memory", 128, "--workers", 1) as server:
        settled(server)
        most, stop = [0], threading.Event()
        base = max(worker.memory_info().rss for worker in front_end(server).children())

        def watch() -> None:
            while not stop.is_set():
                with suppress(psutil.NoSuchProcess):  # one was ended just now
                    most.extend(worker.memory_info().rss for worker in front_end(server).children())
                time.sleep(0.01)

        watcher = threading.Thread(target=watch)
        watcher.start()
        for name in ("concat-40", "ordered"):
            got = query(server.port, all_slow()[name], timeout=90)
            assert got.status == 503, got.text
            assert "memory" in got.detail
            assert got.headers["retry-after"]
        stop.set()
        watcher.join()
        assert max(most) < base + (128 + 32) * 1024 * 1024
        assert front_end(server).memory_info().rss < 200 * 1024 * 1024


def test_memory_is_capped_at_a_gibibyte_unless_given(reading: Served) -> None:
    settled(reading)
    limits = [worker.rlimit(psutil.RLIMIT_AS)[0] for worker in front_end(reading).children()]
    sizes = [worker.memory_info().vms for worker in front_end(reading).children()]
    assert limits
    for limit, size in zip(limits, sizes, strict=True):
        assert 0 <= limit - size <= 1024 * 1024 * 1024
        assert limit < 3 * 1024 * 1024 * 1024
