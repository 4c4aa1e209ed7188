"""Requests that are wrong, huge, slow or sly get one clear line; nothing is fetched, read or echoed for them."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import FIRST, store_of, thorough
from serve.raw import Got, answer, ask, by_get, exchange, query, update
from serve.servers import TOKEN, Served, served

pytestmark = thorough

SPARQL = {"Content_Type": "application/sparql-query"}
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = {"Content_Type": "text/turtle"} | BEARER
PARTS = {"Content_Type": "multipart/form-data; boundary=b"} | BEARER
YAML = {"Content_Type": "application/yaml"} | BEARER
MIB = 1024 * 1024
LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that writes, with short limits."""
    path = store_of(tmp_path_factory.mktemp("hostile") / "news.kg", FIRST)
    limits = {"header_seconds": 1, "body_seconds": 1, "stalled_seconds": 2, "largest_body": 2 * MIB, "connections": 700}
    with served(settings={"source": str(path), "write": True, "workers": 1, "timeout": 5} | limits) as server:
        yield server


@pytest.fixture(autouse=True)
def unharmed(impatient: Served) -> Iterator[None]:
    """The server goes on after every test, and has said nothing raw."""
    yield
    assert ask(impatient.port, "/health").status == 200
    said = impatient.said()
    assert "Traceback" not in said
    assert all(line.isprintable() for line in said.splitlines())


def refused(got: Got | None, *statuses: int) -> str:
    assert got is not None
    assert got.status in statuses, got
    return got.detail


# ---- what is no HTTP ---------------------------------------------------------------------------------------

HOST = b"Host: 127.0.0.1:%d\r\n"


NO_HTTP = [
    b"\r\n\r\n\x00\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100 + b"\r\n\r\n",
    b"GET\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"no colon here\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"Bad Name: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    b"GET /\x00 HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    b"GET / x HTTP/1.1\r\n" + HOST + b"\r\n",
    b"G\x1bT / HTTP/1.1\r\n" + HOST + b"\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 1x\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999999999999999999\r\n\r\nx",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\nabcd",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked, gzip\r\n\r\nabcd",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabcd\r\n0\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n5\r\nASK {abc",
    b"GET / HTTP/1.1\r\n" + HOST + b"X-" + b"x" * 300_000,
    b"GET / HTTP/1.1\r\n" + HOST + b"X-H: y\r\n" * 30_000,
]


@pytest.mark.parametrize("sent", NO_HTTP, ids=map(str, range(len(NO_HTTP))))
def test_what_is_no_http_is_refused_in_a_line_or_closed(impatient: Served, sent: bytes) -> None:
    asked = time.monotonic()
    got = exchange(impatient.port, sent.replace(b"%d", str(impatient.port).encode()), timeout=10)
    assert time.monotonic() - asked < 5
    if got is not None:
        refused(got, 400, 408, 413, 415, 431)


def test_garbage_after_an_answer_only_closes_the_connection(impatient: Served) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port), 10) as wire:
        head = f"POST /none HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\nTransfer-Encoding: chunked\r\n\r\n"
        wire.sendall(head.encode() + b"1\r\nx\r\n")
        got = answer(wire)
        assert got is not None
        assert got.status in (404, 405)
        with suppress(OSError):
            wire.sendall(b"zzzz\r\n\r\nGARBAGE\r\n\r\n")
            while wire.recv(65536):
                pass


def test_an_address_too_long_is_refused(impatient: Served) -> None:
    for length in (70_000, 200_000, 2_000_000):
        refused(ask(impatient.port, "/sparql?query=" + "a" * length), 414)
    assert ask(impatient.port, by_get("ASK {}" + " " * 20_000)).status == 200


def test_headers_without_end_are_refused(impatient: Served) -> None:
    head = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\n".encode()
    with socket.create_connection(("127.0.0.1", impatient.port), 10) as wire:
        wire.sendall(head)
        with suppress(ConnectionError):
            for _ in range(2000):
                wire.sendall(b"X-Filler: " + b"y" * 1000 + b"\r\n")
        got = answer(wire)
    assert got is None or got.status == 431


# ---- parameters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/sparql?query=ASK%7B%7D&query=ASK%7B%7D",
        "/sparql?query=%00",
        "/sparql?query=ASK%20%7B%7D%00",
        "/sparql?query=%FF%FE",
        "/sparql?query=%ED%A0%80",
        "/sparql?query=%",
        "/sparql?query=%zz",
        "/sparql?query=",
        "/sparql?query=ASK%7B%7D&default-graph-uri=relative",
        "/sparql?query=ASK%7B%7D&default-graph-uri=http://x/a%20b",
        "/sparql?query=ASK%7B%7D&default-graph-uri=http://x/%3E%20%3Cb",
        "/sparql?query=ASK%7B%7D&named-graph-uri=",
        "/sparql?query=ASK%7B%7D&" + "&".join(f"p{i}=1" for i in range(1100)),
        "/store?graph=urn:x:a&graph=urn:x:b",
        "/store?graph=urn:x:a&default",
        "/store?graph=relative",
        "/store?graph=",
        "/store?graph=http://x/%3E%3C",
        "/store?graph=%00:",
        "/store/a%20b%3E?default",
        "/ask/who-said-what?speaker=%00",
        "/ask/who-said-what?since=yesterday",
        "/ask/who-said-what?limit=-1",
        "/ask/who-said-what?limit=99999999999999999999999999",
        "/ask/who-said-what?nonsense=1",
        "/ask/who-said-what?lang=%1b%5B31m",
        "/ask/%1b%5B31m",
        "/doc/%1b%5D0;x%07",
        "/%1b%5B31m%0d%0aSet-Cookie:%20a=b",
        "/%00",
        "/%ff%fe",
        "/%E2%80%AEgnp.exe",
        "//evil.com/%2e%2e",
        "/sparql/../../etc/passwd",
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", ["*/*", "text/plain"])
def test_a_wrong_address_gets_one_line(impatient: Served, address: str, accept: str) -> None:
    got = ask(impatient.port, address, Accept=accept)
    assert refused(got, 400, 404, 406)
    assert "set-cookie" not in got.headers


BODIES = [
    ("/sparql", b"", SPARQL, (400,)),
    ("/sparql", b"\xff\xfe", SPARQL, (400,)),
    ("/sparql", b"\x00" * 1000, SPARQL, (400,)),
    ("/sparql", b"ASK {}", {}, (415,)),
    ("/sparql", b"ASK {}", {"Content_Type": "text/plain"}, (415,)),
    ("/sparql", b"ASK {}", {"Content_Type": ";;;=;"}, (415,)),
    ("/sparql", b"ASK {}", {"Content_Type": "application/sparql-query; charset=utf-16"}, (415,)),
    ("/sparql", b"ASK {}", {"Content_Type": "application/sparql-query; charset=\x1b[31m"}, (415,)),
    ("/sparql", b"query=ASK{}&update=CLEAR ALL", FORM, (400,)),
    ("/sparql", b"query=ASK{}&query=ASK{}", FORM, (400,)),
    ("/sparql", b"&" * 100_000, FORM, (400,)),
    ("/sparql", b"a=1&" * 5000, FORM, (400,)),
    ("/sparql", b"query=%ff", FORM, (400,)),
    ("/sparql?query=ASK{}", b"ASK {}", SPARQL, (400,)),
    ("/sparql", gzip.compress(b"ASK {}", mtime=0), SPARQL | {"Content_Encoding": "gzip"}, (415,)),
    ("/sparql", gzip.compress(b" " * 5 * MIB, mtime=0), SPARQL | {"Content_Encoding": "br"}, (415,)),
    ("/store?default", b"<a", TURTLE, (400, 422)),
    ("/store?default", b"\xff", TURTLE, (400,)),
    ("/store?default", b"[" * 200_000, TURTLE, (400, 422, 503)),
    ("/store?default", b"(" * 200_000, TURTLE, (400, 422, 503)),
    ("/store?default", b"<<( " * 200_000, TURTLE, (400, 422, 503)),
    ("/store?default", b'{"a":' * 100_000, {"Content_Type": "application/ld+json"} | BEARER, (400, 422, 503)),
    ("/store?default", b"x", {"Content_Type": "multipart/form-data"} | BEARER, (400,)),
    ("/store?default", b"x", {"Content_Type": "multipart/form-data; boundary="} | BEARER, (400,)),
    ("/store?default", b"x", {"Content_Type": "multipart/form-data; boundary=" + "b" * 5000} | BEARER, (400,)),
    ("/store?default", b"--b\r\n\r\n" * 50_000 + b"--b--", PARTS, (400,)),
    ("/store?default", b"--b\r\nContent-Type: text/turtle\r\n\r\n<a> <b> <c> .\r\n", PARTS, (400,)),
    ("/store?default", b"--b\r\nContent-Type: multipart/form-data; boundary=b\r\n\r\nx\r\n--b--", PARTS, (415,)),
    ("/reports", b"!!python/object/apply:os.system ['id']", YAML, (400, 422)),
    ("/reports", LAUGHS.encode(), YAML, (400, 422, 503)),
    ("/reports", b"[" * 100_000, YAML, (400, 422, 503)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "body", "headers", "statuses"), BODIES, ids=map(str, range(len(BODIES))))
def test_a_wrong_body_gets_one_line(
    impatient: Served, path: str, body: bytes, headers: dict[str, str], statuses: tuple[int, ...]
) -> None:
    before = ask(impatient.port, "/health").body
    assert len(refused(ask(impatient.port, path, "POST", body, **headers), *statuses)) < 2000
    assert ask(impatient.port, "/health").body == before


@pytest.mark.parametrize("value", ["*/*;q=x", ",,,,", "text/" + "x" * 10_000, "\x1b[31m", "a/b;q=0" * 2000, "*" * 5000])
def test_a_wrong_accept_header_does_no_harm(impatient: Served, value: str) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/health", "/none", "/ask/who-said-what", "/store?default"):
        assert ask(impatient.port, path, Accept=value).status in (200, 404, 406, 400)


# ---- size and time -----------------------------------------------------------------------------------------


def test_a_body_that_is_too_large_is_refused(impatient: Served) -> None:
    for path, headers in (
        ("/sparql", SPARQL),
        ("/sparql", FORM),
        ("/store?default", {"Content_Type": "text/turtle"} | BEARER),
    ):
        said = refused(ask(impatient.port, path, "POST", b" " * (2 * MIB + 1), **headers), 413)
        assert "MiB" in said
        chunks = b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b" " * 65536 + b"\r\n") * 40 + b"0\r\n\r\n"
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\n{lines}"
        got = exchange(impatient.port, head.encode() + chunks)
        assert got is None or refused(got, 413)


def test_a_body_sent_in_chunks_is_read(impatient: Served) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\nContent-Type: application/sparql-query\r\n"
    got = exchange(
        impatient.port, f"{head}Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3\r\n {{}}\r\n0\r\n\r\n".encode()
    )
    assert got is not None
    assert (got.status, b"true" in got.body) == (200, True)


def test_a_body_that_never_comes_is_given_up(impatient: Served) -> None:
    for announced in (
        "Content-Length: 100",
        "Transfer-Encoding: chunked",
        "Content-Length: 100\r\nExpect: 100-continue",
    ):
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\nContent-Type: application/sparql-query\r\n"
        )
        asked = time.monotonic()
        with socket.create_connection(("127.0.0.1", impatient.port), 10) as wire:
            wire.sendall(f"{head}{announced}\r\n\r\n".encode())
            refused(answer(wire), 408)
            assert time.monotonic() - asked < 4
            with suppress(ConnectionError):
                assert wire.recv(1) == b"", "the connection must be closed"


def test_many_who_never_finish_their_heads_are_shown_out_and_nobody_else_waits(impatient: Served) -> None:
    with ExitStack() as stack:
        asked = time.monotonic()
        wires = [stack.enter_context(socket.create_connection(("127.0.0.1", impatient.port), 10)) for _ in range(500)]
        for wire in wires:
            wire.sendall(b"GET /health HTTP/1.1\r\nX-Slow: ")
        before = time.monotonic()
        assert ask(impatient.port, "/health").status == 200
        assert time.monotonic() - before < 2
        closed = 0
        while closed < len(wires) and time.monotonic() - asked < 15:
            for wire in wires:
                with suppress(OSError):  # closed already
                    wire.send(b"x")
            closed = sum(_is_closed(wire) for wire in wires)
            time.sleep(0.2)
        assert closed == len(wires)


def _is_closed(wire: socket.socket) -> bool:
    wire.setblocking(False)
    try:
        return wire.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_one_connection_too_many_is_told_to_come_later(first_store: Path) -> None:
    with served(settings={"source": str(first_store), "connections": 20, "workers": 1}) as server, ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
        time.sleep(0.3)
        got = exchange(server.port, b"")
        assert refused(got, 503)
        assert got is not None
        assert got.headers["retry-after"]


def test_who_reads_nothing_is_cut_off(impatient: Served) -> None:
    with socket.socket() as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        wire.connect(("127.0.0.1", impatient.port))
        wire.settimeout(20)
        target = by_get("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
        wire.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{impatient.port}\r\n\r\n".encode())
        time.sleep(4)
        assert ask(impatient.port, by_get("ASK {}")).status == 200, "the worker is not free again"
        with pytest.raises(ConnectionError):
            _read_all(wire)


def _read_all(wire: socket.socket) -> None:
    while wire.recv(65536):
        pass


# ---- nothing is fetched, no file is read -------------------------------------------------------------------


@contextmanager
def canary() -> Iterator[tuple[int, list[object]]]:
    """A port that must not be connected to, and those who did."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                with suppress(TimeoutError):
                    wire, who = listener.accept()
                    came.append(who)
                    wire.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield listener.getsockname()[1], came
        finally:
            stop.set()
            thread.join()


BAIT = (Path(__file__).parent / "bait.txt").read_text()


def test_nothing_is_fetched_and_no_file_is_read(impatient: Served, tmp_path: Path) -> None:
    secret = "canary-8c1f0e7b"  # noqa: S105
    for name in ("secret.ttl", "secret.txt", "secret.json"):
        (tmp_path / name).write_text(f'<urn:x:s> <urn:x:p> "{secret}" .' if name.endswith("ttl") else secret)
    with canary() as (port, came):
        places = {"HTTP": f"http://127.0.0.1:{port}/x", "FILE": (tmp_path / "secret.ttl").as_uri(),
                  "TEXT": str(tmp_path / "secret.txt"),
                  "UP": "../" * 12 + str(tmp_path / "secret.txt")[1:]}  # fmt: skip
        for case in re.split(r"^----\n", BAIT, flags=re.MULTILINE):
            for name, place in places.items():
                case = case.replace(f"@{name}@", place).replace(f"@{name}:quoted@", quote(place, safe=""))
            head, _, body = case.partition("\n\n")
            request, *lines = head.strip().splitlines()
            method, path = request.split()
            given = dict(line.split(": ", 1) for line in lines)
            got = ask(impatient.port, path, method, body.strip().encode() if body else None, **(given | BEARER))
            assert got.status < 500 or got.status == 503, (case, got)
            assert secret not in got.text, case
        everything = ask(impatient.port, "/store", Accept="application/n-quads")
        assert everything.status == 200
        assert secret not in everything.text
        time.sleep(0.2)
        assert came == []
        assert secret not in impatient.said()


# ---- what is logged ------------------------------------------------------------------------------------------


def test_nothing_raw_reaches_the_log(impatient: Served) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J"
    update(impatient.port, TOKEN, f"INSERT DATA {{ GRAPH <urn:x:{hostile}> {{ <urn:x:a> <urn:x:b> '{hostile}' }} }}")
    query(impatient.port, f"SELECT * {{ ?s ?p '{hostile}' . {hostile} }}")
    ask(impatient.port, "/" + quote(hostile), Referer=hostile.replace("\x1b", "").replace("\x07", ""))
    said = impatient.said()
    assert "\x1b" not in said
    assert "\x07" not in said
