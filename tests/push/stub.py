"""A store over HTTP that fails as it is told: Oxigraph's engine behind the real protocol, with faults by number.

The change requests are counted from 0; a fault strikes one of them, before or after the change is made.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

DEFAULT = ox.DefaultGraph()
STATUSES = {
    "413": 413, "500": 500, "502": 502, "504": 504, "400": 400, "401": 401, "403": 403, "404": 404, "507": 507,
    "405": 405, "409": 409,
}  # fmt: skip
KINDS = (
    *STATUSES, "reset", "silence", "cut answer", "endless answer", "web page", "429 seconds", "429 date",
    "503 seconds", "elsewhere", "cleared then 500", "half then 500",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """What goes wrong with a change request; `after` says that the change is made all the same."""

    kind: str
    after: bool = False


@dataclass
class Stub:
    """The store, what it is told to do wrong, and what it saw."""

    faults: Mapping[int, Fault] = field(default_factory=dict)
    union: bool = False
    most_bytes: int = 1 << 30
    poison: bytes | None = None
    store: ox.Store = field(default_factory=ox.Store)
    changes: int = 0
    address: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def graphs(self) -> dict[str, set[str]]:
        """Triples by graph; the default graph's name is empty."""
        found: dict[str, set[str]] = {}
        for quad in self.store:
            name = "" if quad.graph_name == DEFAULT else quad.graph_name.value
            found.setdefault(name, set()).add(str(quad.triple))
        return found


class Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that went away."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        pass


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Any

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.answer(200, b"a store", {"Server": "Stub"})

    def do_PUT(self) -> None:
        self.change()

    def do_DELETE(self) -> None:
        self.change()

    def do_POST(self) -> None:
        if urlsplit(self.path).path == "/query":
            return self.query(parse_qs(self.body().decode())["query"][0])
        return self.change()

    def body(self) -> bytes:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return gzip.decompress(content) if self.headers.get("Content-Encoding") == "gzip" else content

    def query(self, text: str) -> None:
        found = self.stub.store.query(text, use_default_graph_as_union=self.stub.union)
        if isinstance(found, ox.QueryTriples):
            return self.answer(200, found.serialize(format=ox.RdfFormat.N_TRIPLES), {"Content-Type": "text/turtle"})
        content = found.serialize(format=ox.QueryResultsFormat.JSON)
        return self.answer(200, content, {"Content-Type": "application/sparql-results+json"})

    @property
    def stub(self) -> Stub:
        return self.server.stub

    def change(self) -> None:
        body = self.body()
        with self.stub.lock:
            number = self.stub.changes
            self.stub.changes += 1
        fault = self.stub.faults.get(number)
        if fault is None:
            return self.answer(*self.applied(body))
        if fault.after:
            self.applied(body)
        elif fault.kind == "cleared then 500":
            self.clear()
        elif fault.kind == "half then 500":
            self.half(body)
        return self.fail(fault.kind)

    def applied(self, body: bytes) -> tuple[int, bytes]:
        """Make the change, and say how it went."""
        if len(body) > self.stub.most_bytes:
            return 413, b"too large"
        if self.stub.poison is not None and self.stub.poison in body:
            return 400, b"the engine does not like it"
        parts = urlsplit(self.path)
        graph = parse_qs(parts.query).get("graph")
        if self.command == "DELETE":
            self.clear()
        elif self.command == "PUT":
            assert graph is not None
            self.clear()
            name = ox.NamedNode(graph[0])
            self.stub.store.extend(
                ox.Quad(t.subject, t.predicate, t.object, name) for t in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)
            )
        elif parts.path == "/store":
            self.stub.store.extend(ox.parse(body, format=ox.RdfFormat.N_QUADS))
        else:
            self.stub.store.update(body.decode())
        return 204, b""

    def clear(self) -> None:
        graph = parse_qs(urlsplit(self.path).query).get("graph")
        if graph is not None:
            self.stub.store.clear_graph(ox.NamedNode(graph[0]))

    def half(self, body: bytes) -> None:
        """Make half of a change, as a store without transactions may."""
        lines = body.split(b"\n")
        if self.command == "PUT" or urlsplit(self.path).path == "/store":
            self.applied(b"\n".join(lines[: len(lines) // 2]))

    def fail(self, kind: str) -> None:
        if kind in STATUSES or kind.endswith("then 500"):
            said = f"as you, {self.headers.get('Authorization')}, should know".encode()
            more = {"WWW-Authenticate": "Basic realm=x"} if kind == "401" else {}
            return self.answer(STATUSES.get(kind, 500), said, more)
        if kind in ("429 seconds", "503 seconds"):
            return self.answer(int(kind[:3]), b"", {"Retry-After": "1"})
        if kind == "429 date":
            return self.answer(429, b"", {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=1))})
        if kind == "web page":
            return self.answer(200, b"<html>a form</html>", {"Content-Type": "text/html"})
        if kind == "elsewhere":
            return self.answer(307, b"", {"Location": "http://example.org:1/store"})
        return self.break_off(kind)

    def break_off(self, kind: str) -> None:
        self.close_connection = True
        if kind == "silence":
            self.server.stopped.wait(1.0)
        elif kind == "cut answer":
            self.wfile.write(b"HTTP/1.1 204 No Content\r\nServ")
            self.wfile.flush()
        elif kind == "endless answer":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n")
            with suppress(OSError):
                while True:
                    self.wfile.write(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
                    self.wfile.flush()

    def answer(self, status: int, content: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response_only(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()


@contextmanager
def running(stub: Stub) -> Iterator[Stub]:
    """The stub behind a free port."""
    with Quiet(("127.0.0.1", 0), Handler) as server:
        server.stub = stub  # type: ignore[attr-defined]
        server.stopped = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        stub.address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield stub
        finally:
            server.stopped.set()  # type: ignore[attr-defined]
            server.shutdown()
            thread.join()
