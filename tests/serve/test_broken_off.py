"""An answer that was cut is never taken for whole, and who goes away leaves no work behind."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from conftest import thorough
from serve.raw import answer, ask, by_get, query
from serve.servers import Served, served

pytestmark = thorough

ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SILENT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TRIPLES = "CONSTRUCT { ?a ?b ?f . ?d ?e ?c . ?g ?h ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ROWS = ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]
GRAPHS = ["application/n-triples", "text/turtle", "application/rdf+xml", "application/ld+json"]
CASES = [(ENDLESS, kind) for kind in ROWS] + [(TRIPLES, kind) for kind in GRAPHS]


@pytest.fixture(scope="module")
def server(first_store: Path) -> Iterator[Served]:
    with served("--store", first_store, "--timeout", 3, "--workers", 2) as running:
        yield running


def workers(server: Served) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children()


def busy(server: Served, seconds: float = 0.15) -> list[psutil.Process]:
    """The workers that use the processor, or write what nobody takes, after they have started."""
    before = {}
    for worker in workers(server):
        with suppress(psutil.NoSuchProcess):
            before[worker] = sum(worker.cpu_times()[:2])
    time.sleep(seconds)
    found = []
    for worker, used in before.items():
        with suppress(psutil.NoSuchProcess):
            if sum(worker.cpu_times()[:2]) - used > seconds / 5:
                found.append(worker)
    return found


def idle_within(server: Served, seconds: float) -> bool:
    """Whether none of the workers that are there now goes on for so many seconds."""
    there = set(workers(server))
    time.sleep(seconds)
    return not there & set(busy(server))


def sent(server: Served, text: str, kind: str = "*/*", version: str = "1.1") -> socket.socket:
    """A connection on which a query was sent."""
    wire = socket.create_connection(("127.0.0.1", server.port), 30)
    head = f"GET {by_get(text)} HTTP/{version}\r\nHost: 127.0.0.1:{server.port}\r\nAccept: {kind}\r\n\r\n"
    wire.sendall(head.encode())
    return wire


@pytest.mark.parametrize(("text", "kind", "version"), [*((*case, "1.1") for case in CASES), (*CASES[0], "1.0")])
def test_an_answer_whose_worker_dies_is_not_whole(server: Served, text: str, kind: str, version: str) -> None:
    before = set(workers(server))
    with sent(server, text, kind, version) as wire:
        assert wire.recv(15, socket.MSG_PEEK).startswith(b"HTTP/1.1 200")
        for worker in workers(server):
            with suppress(psutil.NoSuchProcess):
                worker.kill()
        got = None
        with suppress(ConnectionError):
            got = answer(wire)
        assert got is None or (got.status == 200 and not got.is_whole)
    assert before
    assert ask(server.port, "/health").status == 200
    assert query(server.port, "ASK {}").status == 200


@pytest.mark.parametrize(("text", "kind"), [CASES[0], CASES[2], CASES[4]])
def test_an_answer_that_the_deadline_cuts_is_not_whole(server: Served, text: str, kind: str) -> None:
    asked = time.monotonic()
    got = query(server.port, text, Accept=kind)
    assert (got.status, got.is_whole) == (200, False)
    assert time.monotonic() - asked < 5
    assert "an answer was broken off: the query took longer than 3 s" in server.said()


def test_a_slow_reader_gets_a_cut_answer_and_holds_no_worker(server: Served) -> None:
    with socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.connect(("127.0.0.1", server.port))
        wire.settimeout(20)
        wire.sendall(f"GET {by_get(ENDLESS)} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
        time.sleep(1)
        assert not busy(server), "a worker goes on for a reader that takes nothing"
        ends, got = time.monotonic() + 8, b""
        with suppress(ConnectionError):
            while time.monotonic() < ends and (piece := wire.recv(1000)):
                got += piece
                time.sleep(0.05)
        assert time.monotonic() < ends
        assert not got.endswith(b"0\r\n\r\n")


@pytest.mark.parametrize("text", [SILENT, ENDLESS])
@pytest.mark.parametrize("how", ["closed", "reset", "half"])
def test_who_goes_away_frees_the_worker_within_a_second(server: Served, text: str, how: str) -> None:
    wire = sent(server, text)
    time.sleep(0.3)
    if how == "reset":
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    if how == "half":
        wire.shutdown(socket.SHUT_WR)
    else:
        wire.close()
    assert idle_within(server, 1)
    wire.close()
    assert query(server.port, "ASK {}").status == 200


def test_who_goes_away_while_waiting_is_forgotten(first_store: Path) -> None:
    with served("--store", first_store, "--timeout", 8, "--workers", 1) as server:
        with sent(server, SILENT):
            wires = [sent(server, SILENT) for _ in range(30)]
            time.sleep(0.3)
            for wire in wires:
                wire.close()
        asked = time.monotonic()
        assert query(server.port, "ASK {}").status == 200
        assert time.monotonic() - asked < 5


def test_more_requests_than_can_wait_are_sent_away_at_once(first_store: Path) -> None:
    settings = {"source": str(first_store), "workers": 1, "waiting": 3, "timeout": 3}
    with served(settings=settings) as server:
        query(server.port, "ASK {}")
        got = []

        def late() -> None:
            asked = time.monotonic()
            got.append((query(server.port, SILENT), time.monotonic() - asked))

        threads = [threading.Thread(target=late) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert len(got) == 20, "a request hangs"
        assert {answer.status for answer, _ in got} == {503}
        assert all(int(answer.headers["retry-after"]) > 0 for answer, _ in got)
        at_once = [took for answer, took in got if "wait already" in answer.detail]
        assert len(at_once) == 16
        assert max(at_once) < 1


def test_workers_killed_at_random_cost_only_their_own_requests(first_store: Path) -> None:
    with served("--store", first_store, "--workers", 2) as server:
        stop, statuses, faults = threading.Event(), list[int](), list[str]()

        def read(number: int) -> None:
            while not stop.is_set():
                try:
                    got = query(server.port, f"SELECT * {{ ?s ?p ?o }} LIMIT {number * 10}")
                    statuses.append(got.status)
                except Exception as error:  # whatever it is, the test is to show it
                    faults.append(repr(error))

        readers = [threading.Thread(target=read, args=(number,)) for number in range(4)]
        for reader in readers:
            reader.start()
        for _ in range(8):
            time.sleep(0.3)
            for worker in workers(server)[:1]:
                with suppress(psutil.NoSuchProcess):
                    worker.kill()
        stop.set()
        for reader in readers:
            reader.join()
        assert not faults
        assert set(statuses) <= {200, 503}
        assert statuses.count(503) <= 8 * 2
        assert statuses.count(200) > 20
        assert server.process.poll() is None
