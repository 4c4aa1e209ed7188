"""Only names and origins of the server's own get in, on every route by every method; nobody else changes anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import thorough
from serve.raw import Got, ask, exchange
from serve.servers import TOKEN, Served, served

pytestmark = thorough

ROUTES = (
    "/",
    "/ask/who-said-what",
    "/sparql",
    "/sparql?query=ASK%7B%7D",
    "/store?default",
    "/id/x",
    "/health",
    "/none",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
UPDATE = {"Content_Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
DROP = "DROP ALL"
FRIEND = "https://friend.example"


def foreign_hosts(port: int) -> list[str]:
    return [
        "evil.com", f"evil.com:{port}", f"localhost.evil.com:{port}", f"127.0.0.1.evil.com:{port}",
        f"127.0.0.1.nip.io:{port}", f"evil.localhost:{port}", f"localhost.:{port}", "localhost", "127.0.0.1",
        f"127.0.0.1:{port + 1}", f"127.0.0.1:{port}0", f"127.0.0.1:0{port}", f"127.1:{port}", f"0.0.0.0:{port}",
        f"2130706433:{port}", f"0x7f.1:{port}", f"[::ffff:127.0.0.1]:{port}", f"user@127.0.0.1:{port}",
        f"127.0.0.1:{port}@evil.com", f"127.0.0.1:{port}/", f"127.0.0.1:{port}#evil.com", f"127.0.0.1:{port},evil.com",
        f"xlocalhost:{port}", f"localhostx:{port}", f"http://127.0.0.1:{port}", "", ":", f":{port}", "null", "*",
    ]  # fmt: skip


def foreign_origins(port: int) -> list[str]:
    return [
        "null", "https://evil.com", f"http://evil.com:{port}", f"https://127.0.0.1:{port}",
        f"http://127.0.0.1:{port + 1}",
        "http://127.0.0.1", "http://localhost", f"http://localhost.evil.com:{port}", f"http://127.0.0.1:{port}.evil.com",
        f"http://127.0.0.1:{port}0", f"http://evil.com/http://127.0.0.1:{port}", f"http://user@127.0.0.1:{port}",
        f"http://127.0.0.1:{port}/", f"ws://127.0.0.1:{port}", "file://", f"127.0.0.1:{port}", "http://friend.example",
        "https://friend.example.evil.com", "https://notfriend.example", "https://friend.example:8443",
        "https://sub.friend.example", "https://friend.exampl", "chrome-extension://abc", "*", "",
        f"http://127.0.0.1:{port} https://evil.com",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def store(first_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("doors") / "news.kg"
    with sqlite3.connect(first_store) as there, sqlite3.connect(path) as here:
        there.backup(here)
    return path


@pytest.fixture(scope="module")
def guarded(store: Path) -> Iterator[Served]:
    """A server that writes, so that what is let in by mistake could do harm."""
    with served("--store", store, "--write", "--allow-origin", FRIEND, "--allow-host", "news.example:80") as server:
        yield server


def state(server: Served) -> bytes:
    return ask(server.port, "/health").body


def refused(got: Got, *statuses: int) -> None:
    assert got.status in (statuses or (400, 403, 421)), got
    assert "access-control-allow-origin" not in got.headers
    if got.body:
        assert got.detail


@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_host_gets_in_nowhere(guarded: Served, method: str) -> None:
    before = state(guarded)
    for number, host in enumerate(foreign_hosts(guarded.port)):
        route = ROUTES[number % len(ROUTES)]
        refused(ask(guarded.port, route, method, DROP if method == "POST" else None, Host=host, **UPDATE), 400, 421)
        refused(ask(guarded.port, "/sparql", method, DROP if method == "POST" else None, Host=host, **UPDATE), 400, 421)
    assert state(guarded) == before


@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_origin_gets_in_nowhere(guarded: Served, method: str) -> None:
    before = state(guarded)
    for number, origin in enumerate(foreign_origins(guarded.port)):
        for route in (ROUTES[number % len(ROUTES)], "/sparql"):
            for site in ({}, {"Sec_Fetch_Site": "same-origin"}):
                body = DROP if method == "POST" else None
                refused(ask(guarded.port, route, method, body, Origin=origin, **site, **UPDATE), 403)
    assert state(guarded) == before


@pytest.mark.parametrize("route", ROUTES)
def test_a_foreign_preflight_is_refused(guarded: Served, route: str) -> None:
    for origin in foreign_origins(guarded.port):
        for asked in ("GET", "POST", "PUT", "DELETE"):
            refused(ask(guarded.port, route, "OPTIONS", Origin=origin, Access_Control_Request_Method=asked), 403)


@pytest.mark.parametrize(
    "lines",
    [
        b"GET /health HTTP/1.1\r\n",
        b"GET /health HTTP/1.0\r\n",
        b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: 127.0.0.1:%d\r\n",
        b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nHost: evil.com\r\n",
        b"GET /health HTTP/1.1\r\nHost: evil.com\r\nX-Forwarded-Host: 127.0.0.1:%d\r\n",
        b"GET http://evil.com/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET http://127.0.0.1:%d/health HTTP/1.1\r\nHost: evil.com\r\n",
        b"GET http://user@127.0.0.1:%d/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET http://127.0.0.1:%d@evil.com/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET http:///health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET https://127.0.0.1:%d/health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET file:///etc/passwd HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"GET health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"CONNECT evil.com:443 HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
    ],
)
def test_a_request_line_for_another_server_is_refused(guarded: Served, lines: bytes) -> None:
    sent = lines.replace(b"%d", str(guarded.port).encode()) + b"Connection: close\r\n\r\n"
    got = exchange(guarded.port, sent)
    assert got is not None
    refused(got, 400, 421)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_elsewhere_neither_sends_forms_nor_embeds(guarded: Served, site: str) -> None:
    before = state(guarded)
    for route in ROUTES:
        for method in ("POST", "PUT", "DELETE"):
            refused(ask(guarded.port, route, method, DROP, Sec_Fetch_Site=site, **UPDATE), 403)
        refused(ask(guarded.port, route, Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors"), 403)
    assert state(guarded) == before
    assert ask(guarded.port, "/health", Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate").status == 200


def test_names_of_its_own_get_in(guarded: Served) -> None:
    port = guarded.port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LocalHost:{port}", f"[::1]:{port}", "news.example:80"):
        assert ask(port, "/health", Host=host).status == 200
    sent = f"GET HTTP://LOCALHOST:{port}/health?x=1 HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
    got = exchange(port, sent.encode())
    assert got is not None
    assert got.status == 200


def test_origins_of_its_own_and_friends_get_in_and_are_told_so(guarded: Served) -> None:
    for origin in (FRIEND, f"http://127.0.0.1:{guarded.port}", f"http://localhost:{guarded.port}"):
        got = ask(guarded.port, "/health", Origin=origin)
        assert (got.status, got.headers["access-control-allow-origin"]) == (200, origin)
        assert "Origin" in got.headers["vary"]
        assert "access-control-allow-credentials" not in got.headers
        got = ask(guarded.port, "/sparql", "POST", "DROP SILENT GRAPH <urn:x:none>", Origin=origin, **UPDATE)
        assert (got.status, got.headers["access-control-allow-origin"]) == (200, origin)
        got = ask(guarded.port, "/store", "OPTIONS", Origin=origin, Access_Control_Request_Method="PUT")
        assert (got.status, got.headers["access-control-allow-origin"]) == (204, origin)
        assert "PUT" in got.headers["access-control-allow-methods"]
        assert "Authorization" in got.headers["access-control-allow-headers"]


def test_a_star_lets_all_pages_read_and_none_write(store: Path, guarded: Served) -> None:
    before = state(guarded)
    with served("--store", store, "--write", "--allow-origin", "*") as server:
        for origin in ("https://evil.com", "null"):
            got = ask(server.port, "/sparql?query=ASK%7B%7D", Origin=origin)
            assert (got.status, got.headers["access-control-allow-origin"]) == (200, origin)
            for method in ("POST", "PUT", "DELETE"):
                refused(ask(server.port, "/sparql", method, DROP, Origin=origin, **UPDATE), 403)
                refused(ask(server.port, "/store", "OPTIONS", Origin=origin, Access_Control_Request_Method=method), 403)
            got = ask(server.port, "/sparql", "OPTIONS", Origin=origin, Access_Control_Request_Method="GET")
            assert (got.status, got.headers["access-control-allow-origin"]) == (204, origin)
    assert state(guarded) == before


def test_a_star_where_nothing_is_written_lets_all_pages_query_by_post(first_store: Path) -> None:
    with served("--store", first_store, "--allow-origin", "*", "--workers", 1) as server:
        kind = {"Content_Type": "application/sparql-query", "Origin": "https://evil.com"}
        got = ask(server.port, "/sparql", "POST", "ASK {}", **kind)
        assert (got.status, got.headers["access-control-allow-origin"]) == (200, "https://evil.com")
        refused(ask(server.port, "/store?default", "DELETE", Origin="https://evil.com"), 403)


# ---- reading and writing ---------------------------------------------------------------------------------

VERBS = ("POST", "PUT", "DELETE", "PATCH", "TRACE", "MKCOL", "PROPFIND", "LINK")
WRITES = [
    ("/sparql", "application/sparql-update", "DROP ALL"),
    ("/sparql", "application/x-www-form-urlencoded", "update=DROP%20ALL"),
    ("/sparql?update=DROP%20ALL", "application/x-www-form-urlencoded", ""),
    ("/store?default", "text/turtle", "<urn:x:a> <urn:x:b> <urn:x:c> ."),
    ("/store?graph=urn:x:g", "text/turtle", "<urn:x:a> <urn:x:b> <urn:x:c> ."),
    ("/store", "application/n-quads", "<urn:x:a> <urn:x:b> <urn:x:c> <urn:x:g> ."),
    ("/store/g", "text/turtle", "<urn:x:a> <urn:x:b> <urn:x:c> ."),
    ("/reports", "text/turtle", "<urn:x:a> <urn:x:b> <urn:x:c> ."),
    ("/reports?report=2021-12-07-hong-kong-beijing", "application/yaml", "report: x"),
    ("/health", "text/plain", "x"),
    ("/id/x", "text/turtle", "<urn:x:a> <urn:x:b> <urn:x:c> ."),
    ("/ask/who-said-what", "application/json", "{}"),
    ("/", "text/plain", "x"),
]


def test_reading_is_the_default(store: Path) -> None:
    before = store.read_bytes()
    with served("--store", store) as server:
        was = state(server)
        for route, kind, body in WRITES:
            for verb in VERBS:
                got = ask(server.port, route, verb, body, Content_Type=kind, Authorization=f"Bearer {TOKEN}")
                assert got.status in (400, 403, 404, 405, 415), (route, verb, got)
                assert got.detail
            ask(server.port, route, "GET")
            ask(server.port, route, "GET", X_HTTP_Method_Override="DELETE")
        assert ask(server.port, "/sparql?update=DROP%20ALL").status == 400
        assert state(server) == was
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    "shown",
    [
        None, "", "Bearer", "Bearer ", "Bearer x", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
        f"Bearer {TOKEN.upper()}", f"Token {TOKEN}", TOKEN, "Basic", "Basic !", "Basic Og==",
        "Basic eDp5", "Basic /////w==", "Bearer ä",
        f"Digest {TOKEN}", f"Bearer  {TOKEN} {TOKEN}",
    ],
)  # fmt: skip
def test_without_the_token_nothing_is_written(guarded: Served, shown: str | None) -> None:
    before = state(guarded)
    headers = {} if shown is None else {"Authorization": shown}
    for route, kind, body in WRITES[:9]:
        for method in ("DELETE",) if route.startswith("/reports?") else ("POST",):
            got = ask(guarded.port, route, method, body, Content_Type=kind, **headers)
            assert got.status == 401, (route, got)
            assert got.detail
            assert got.headers["www-authenticate"].startswith("Bearer")
    assert state(guarded) == before


def test_the_token_is_taken_as_a_bearer_or_as_a_password(guarded: Served) -> None:
    from base64 import b64encode

    basic = b64encode(f"anybody:{TOKEN}".encode()).decode()
    for shown in (f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Basic {basic}", f"basic {basic}"):
        got = ask(
            guarded.port, "/sparql", "POST", "DROP SILENT GRAPH <urn:x:none>", **(UPDATE | {"Authorization": shown})
        )
        assert got.status == 200, got


def test_an_empty_token_opens_nothing(first_store: Path) -> None:
    with served(settings={"source": str(first_store), "write": True, "token": "", "workers": 1}) as server:
        for shown in ("Bearer ", "Basic Og==", "Bearer"):
            got = ask(server.port, "/sparql", "POST", DROP, **(UPDATE | {"Authorization": shown}))
            assert got.status == 401
