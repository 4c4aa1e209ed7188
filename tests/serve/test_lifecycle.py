"""Servers come and go, kindly or not: what was acknowledged is in the store, whole, and nothing is left running."""

from __future__ import annotations

import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil
import pytest
from conftest import FIRST, missing, store_of, thorough
from serve.raw import answer, ask, query, update
from serve.servers import TOKEN, Served, served

import kg
from kg.store import file
from kg.store.verify import problems

KILLS = 20
STOPS = 10
SILENT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

pytestmark = [thorough, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_of(tmp_path / "news.kg", FIRST)


def insert(number: int) -> str:
    """An update that brings twenty triples."""
    triples = " ".join(f"<urn:x:{number}> <urn:x:p{i}> {number} ." for i in range(20))
    return f"INSERT DATA {{ GRAPH <urn:x:g{number}> {{ {triples} }} }}"


class Writers:
    """Four who write to a server, number after number, and remember what was acknowledged."""

    def __init__(self, server: Served, start: int) -> None:
        self.acknowledged: set[int] = set()
        self.statuses: set[int] = set()
        self.sent = start
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(server,)) for _ in range(4)]
        for thread in self._threads:
            thread.start()

    def _write(self, server: Served) -> None:
        while not self._stop.is_set():
            with self._lock:
                self.sent += 1
                number = self.sent
            try:
                got = update(server.port, server.token, insert(number), timeout=30)
            except OSError:
                return  # the server has gone
            except Exception:
                if server.process.poll() is None:
                    raise
                return
            self.statuses.add(got.status)
            if got.status == 200 and got.is_whole:
                self.acknowledged.add(number)

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
            assert not thread.is_alive()


def held(path: Path) -> dict[int, int]:
    """How many triples of each number the store holds."""
    found: dict[int, int] = {}
    with kg.open(path) as graph:
        for *_, name in graph.backend.quads():
            if name.startswith("<urn:x:g"):
                number = int(name[8:-1])
                found[number] = found.get(number, 0) + 1
    return found


def sound(path: Path) -> None:
    connection = file.open_read(path)
    assert problems(connection) == []
    connection.close()


def gone(processes: list[psutil.Process], seconds: float = 3) -> bool:
    """Whether processes end within so many seconds."""
    _, alive = psutil.wait_procs(processes, seconds)
    return not alive


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_server_that_is_told_to_stop_under_load_keeps_what_it_acknowledged(store: Path, kind: signal.Signals) -> None:
    rng, start = random.Random(5), 0
    for _ in range(STOPS):
        with served("--store", store, "--write") as server:
            children = psutil.Process(server.process.pid).children()
            writers = Writers(server, start)
            while not writers.acknowledged:
                time.sleep(0.01)
            time.sleep(rng.random() * 0.5)
            asked = time.monotonic()
            server.process.send_signal(kind)
            assert server.process.wait(12) == 0
            assert time.monotonic() - asked < 11
            writers.stop()
            assert gone(children)
        found = held(store)
        assert writers.acknowledged <= found.keys()
        assert set(found.values()) == {20}
        assert writers.statuses <= {200, 503}
        start = writers.sent
    sound(store)


def test_a_request_in_flight_is_answered_before_the_server_stops(store: Path) -> None:
    with served("--store", store, "--timeout", 2) as server:
        got = []
        late = threading.Thread(target=lambda: got.append(query(server.port, SILENT)))
        late.start()
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        with pytest.raises(ConnectionError):
            ask(server.port, "/health", timeout=2)
        late.join()
        assert (got[0].status, "longer than 2 s" in got[0].detail) == (503, True)
        assert server.process.wait(10) == 0


def test_what_does_not_end_in_time_is_ended_when_the_server_stops(store: Path) -> None:
    settings = {"source": str(store), "timeout": 60, "drain_seconds": 1, "workers": 2}
    with served(settings=settings) as server:
        got = []
        late = threading.Thread(target=lambda: got.append(query(server.port, SILENT)))
        late.start()
        with socket.create_connection(("127.0.0.1", server.port)) as idle:
            idle.sendall(b"GET /")
            time.sleep(0.5)
            children = psutil.Process(server.process.pid).children()
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(6) == 0
            late.join()
            assert (got[0].status, "stops" in got[0].detail) == (503, True)
            assert gone(children)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends children with their parent")
def test_a_killed_server_takes_its_workers_along_and_loses_nothing(store: Path) -> None:
    rng, start = random.Random(3), 0
    for _ in range(KILLS):
        with served("--store", store, "--write", "--workers", 1, may_be_killed=True) as server:
            children = psutil.Process(server.process.pid).children()
            writers = Writers(server, start)
            while not writers.acknowledged:
                time.sleep(0.01)
            time.sleep(rng.random() * 0.3)
            server.process.kill()
            server.process.wait(5)
            writers.stop()
            assert gone(children)
        found = held(store)
        assert writers.acknowledged <= found.keys(), "an acknowledged update is lost"
        assert set(found.values()) == {20}, "an update is there in part"
        start = writers.sent
    sound(store)


def test_a_worker_killed_while_it_writes_leaves_the_store_whole(store: Path) -> None:
    with served("--store", store, "--write", "--workers", 1) as server:
        writers, stop = Writers(server, 0), threading.Event()
        rng, ends = random.Random(9), time.monotonic() + 20
        while time.monotonic() < ends:
            time.sleep(0.1 + rng.random() * 0.3)
            for worker in psutil.Process(server.process.pid).children():
                with suppress(psutil.NoSuchProcess):
                    if rng.random() < 0.4:
                        worker.kill()
        stop.set()
        writers.stop()
        assert writers.statuses <= {200, 503}
        assert ask(server.port, "/health").status == 200
    found = held(store)
    assert writers.acknowledged <= found.keys()
    assert len(writers.acknowledged) > 3
    assert set(found.values()) == {20}
    sound(store)


def test_a_taken_port_and_a_missing_store_are_told_in_a_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for arguments, said in (
            (["--port", str(taken.getsockname()[1])], "cannot listen on"),
            (["--store", str(tmp_path / "none.kg"), "--port", "0"], "no such"),
        ):
            ran = subprocess.run(
                [sys.executable, "-m", "kg", "serve", *arguments],
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            )
            assert ran.returncode in (2, 3)
            assert said in ran.stderr
            assert ran.stderr.count("\n") == 1, ran.stderr


def test_more_connections_than_files_that_may_be_open_are_sent_away(store: Path, tmp_path: Path) -> None:
    import resource

    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))

    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", "--workers", "1"]
    words = tmp_path / "said"
    with ExitStack() as stack, words.open("wb") as said:
        process = stack.enter_context(subprocess.Popen(command, stderr=said, preexec_fn=few))
        stack.callback(process.kill)
        ends = time.monotonic() + 30
        while not (found := re.findall(r":(\d+)/", words.read_text())):
            assert time.monotonic() < ends
            time.sleep(0.05)
        port = int(found[0])
        wires = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 5)) for _ in range(150)]
        last = answer(wires[-1])
        assert last is not None
        assert last.status == 503
        for wire in wires:
            wire.close()
        time.sleep(0.2)
        assert ask(port, "/health", timeout=5).status == 200
        process.terminate()
        assert process.wait(15) == 0
        assert words.read_text().count("\n") == 1, words.read_text()[:1000]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace is a program of Linux")
def test_every_acknowledged_update_was_forced_to_the_disk_before(store: Path, tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        missing("strace")
    log = tmp_path / "trace"
    with served("--store", store, "--write", "--workers", 1) as server:
        traced = "trace=fsync,fdatasync,sendto,sendmsg,write,writev"
        pids = [server.process.pid, *(child.pid for child in psutil.Process(server.process.pid).children())]
        attached = [argument for pid in pids for argument in ("-p", str(pid))]
        with subprocess.Popen(
            ["strace", "-f", "-s", "64", "-e", traced, "-o", log, *attached], stderr=subprocess.PIPE, text=True
        ) as tracer:
            assert tracer.stderr is not None
            for _ in pids:
                line = tracer.stderr.readline()
                if "attached" not in line:
                    missing(f"the permission to trace ({line.strip()})")
            for number in range(5):
                assert update(server.port, TOKEN, insert(number)).status == 200
            tracer.terminate()
            tracer.communicate()
    forced, acknowledged = False, 0
    for line in log.read_text().splitlines():
        forced |= "sync(" in line and line.endswith("= 0")
        forced |= "sync resumed" in line and line.endswith("= 0")
        if '"HTTP/1.1 200' in line:
            assert forced, f"{line} was not preceded by fsync"
            forced, acknowledged = False, acknowledged + 1
    assert acknowledged == 5
