"""The server against the Oxigraph server on the same graph: small queries, many at once, and queries that harm.

Run `python -m benchmarks.serving`. Both get the same requests over HTTP and the same deadline; answers are compared
before anything is timed. For each harmful query it is told how it ended, after how long, whether the server was still
there, and how many of the small requests that were sent meanwhile failed. Linux only.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

import kg
from kg import export, formats
from kg.backends.base import bound_text
from kg.query.params import bind

DEADLINE = 2
PATIENCE = 20
"""Seconds after which a client gives a server up."""

SMALL = "SELECT ?name WHERE { ?firm a kg:Company ; rdfs:label ?name } ORDER BY ?name LIMIT 10"
PREFIX = "PREFIX kg: <https://w3id.org/kabar/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "

HARMFUL = {
    "count over 300^4": "SELECT (COUNT(*) AS ?n) WHERE { "
    + " ".join(f"{{ SELECT ?a{i} {{ ?a{i} ?p{i} ?o{i} }} LIMIT 300 }}" for i in range(4))
    + " }",
    "cartesian of four": "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "path of 400 steps": f"SELECT * WHERE {{ ?a {'/'.join(['<x:p>'] * 400)} ?b }}",
    "text doubled 40 times": 'SELECT ?x40 WHERE { BIND("aaaaaaaa" AS ?x0) '
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    + " }",
    "60 braces deep": "SELECT * WHERE " + "{ " * 60 + "?s ?p ?o" + " }" * 60,
    "4,000 braces deep": "SELECT * WHERE " + "{ " * 4000 + "?s ?p ?o" + " }" * 4000,
    "10,000 alternatives": "SELECT * WHERE { ?s ?p ?o FILTER(" + " || ".join(["?s = ?p"] * 10_000) + ") }",
    "sorting 27 million": "SELECT * WHERE { { SELECT ?a { ?a ?b ?c } LIMIT 300 } { SELECT ?d { ?d ?e ?f } LIMIT 300 } "
    "{ SELECT ?g { ?g ?h ?i } LIMIT 300 } } ORDER BY ?g ?d ?a",
}


def main() -> None:
    """Measure both and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=300)
    requests = parser.parse_args().requests
    with tempfile.TemporaryDirectory() as folder, _ours() as ours, _oxigraph(Path(folder)) as theirs:
        expected = _rows(ours, "/sparql", PREFIX + SMALL)
        assert _rows(theirs, "/query", PREFIX + SMALL) == expected, "the answers differ"
        print("requests a second, and the median of one in ms")
        canned = _canned()
        for name, ask in (
            ("kg serve, SPARQL", lambda: _rows(ours, "/sparql", PREFIX + SMALL)),
            ("Oxigraph, SPARQL", lambda: _rows(theirs, "/query", PREFIX + SMALL)),
            ("kg serve, /ask/who-said-what?speaker=Carrie+Lam", lambda: _get(ours, canned[0])),
            ("Oxigraph, the canned SPARQL of it", lambda: _rows(theirs, "/query", canned[1])),
        ):
            alone, rate = _timed(ask, requests)
            print(f"  {name:50} {rate:8.0f} {alone * 1000:8.2f}")
        print(f"\nharmful queries (deadline {DEADLINE} s, memory 1 GiB a query where it is bounded)")
        for name, query in HARMFUL.items():
            print(f"  {name:24} kg serve: {_harm(ours, '/sparql', query)}")
            print(f"  {'':24} Oxigraph: {_harm(theirs, '/query', query)}")
            if not _is_up(theirs):
                print("  the Oxigraph server is gone: it is started anew")
                theirs.start()


class Server:
    """A server process that can be started anew."""

    def __init__(self, command: Callable[[int], list[str]], limit_memory: bool = False) -> None:
        self._command, self._limit = command, limit_memory
        self.port = 0
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it on a free port, and wait until it answers."""
        self.stop()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = self._command(self.port)
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=_cap if self._limit else None)
        while not _is_up(self):
            time.sleep(0.05)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def _cap() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 * 1024**3, 4 * 1024**3))  # so that the machine survives it


@contextmanager
def _ours() -> Iterator[Server]:
    server = Server(lambda port: [sys.executable, "-m", "kg", "serve", "--port", str(port), "--timeout", str(DEADLINE)])
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def _oxigraph(folder: Path) -> Iterator[Server]:
    program = str(Path(sys.executable).with_name("oxigraph"))
    with kg.open() as graph:
        quads = {(s, p, o, "") for s, p, o, _ in export.with_inferred(graph.backend.quads())}
    file = folder / "graph.nt"
    file.write_bytes(b"".join(formats.serialise(quads, formats.FORMATS["ntriples"])))
    place = str(folder / "store")
    subprocess.run([program, "load", "-l", place, "-f", str(file)], check=True, stderr=subprocess.DEVNULL)
    serve = [program, "serve-read-only", "-l", place, "--timeout-s", str(DEADLINE), "--bind"]
    server = Server(lambda port: [*serve, f"127.0.0.1:{port}"], limit_memory=True)
    try:
        yield server
    finally:
        server.stop()


def _canned() -> tuple[str, str]:
    """The same question as an address of ours and as SPARQL."""
    with kg.open() as graph:
        query = graph.query("who-said-what")
        text = bound_text(query, bind(query, {"speaker": ["Carrie Lam"]}, graph.backend.names()))
    return "/ask/who-said-what?" + urlencode({"speaker": "Carrie Lam"}), text


def _timed(ask: Callable[[], object], requests: int) -> tuple[float, float]:
    """The median seconds of one request alone, and requests a second when eight ask at once."""
    ask()
    alone = statistics.median(_seconds(ask) for _ in range(requests // 3))
    begun = time.perf_counter()
    threads = [threading.Thread(target=lambda: [ask() for _ in range(requests // 8)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return alone, (requests // 8) * 8 / (time.perf_counter() - begun)


def _seconds(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def _harm(server: Server, path: str, query: str) -> str:
    """How a harmful query ended, and what became of small ones beside it."""
    done = threading.Event()
    failed = [0, 0]

    def small() -> None:
        while not done.is_set():
            failed[1] += 1
            try:
                _rows(server, path, PREFIX + SMALL)
            except (OSError, http.client.HTTPException, AssertionError):
                failed[0] += 1
                time.sleep(0.05)

    beside = threading.Thread(target=small)
    beside.start()
    begun = time.perf_counter()
    try:
        status, body = _post(server, path, query)
        ended = f"{status} {' '.join(body.decode('utf-8', 'replace').split())[:60]}"
    except (OSError, http.client.HTTPException) as error:
        ended = f"connection lost ({type(error).__name__})"
    took = time.perf_counter() - begun
    done.set()
    beside.join()
    state = "" if _is_up(server) else "; SERVER GONE"
    return f"{took:5.1f} s, {failed[0]} of {failed[1]} small ones failed{state}: {ended}"


def _is_up(server: Server) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=1):
        return True
    return False


def _rows(server: Server, path: str, query: str) -> bytes:
    status, body = _post(server, path, query)
    assert status == 200, body[:200]
    return b"\n".join(body.split())


def _post(server: Server, path: str, query: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    headers = {"Content-Type": "application/sparql-query", "Accept": "text/tab-separated-values"}
    try:
        connection.request("POST", path, query.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _get(server: Server, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, body[:200]
        return body
    finally:
        connection.close()


if __name__ == "__main__":
    main()
