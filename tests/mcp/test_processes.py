"""The server as a process: what it prints where, whom it lets in, and how it ends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import urlsplit

import psutil
import pytest
from conftest import thorough

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}

pytestmark = thorough

HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "raw", "version": "1"}}
HEAVY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'no such text') }"


def message(method, number=None, **params):
    """A message of the protocol: a request where it has a number."""
    known = {} if number is None else {"id": number}
    return {"jsonrpc": "2.0", "method": method, "params": params} | known


class Raw:
    """A server whose standard input and output the test holds itself."""

    def __init__(self, process):
        self.process = process
        self.answers = []

    def send(self, *given):
        lines = (each if isinstance(each, bytes) else json.dumps(each).encode() for each in given)
        self.process.stdin.write(b"".join(line + b"\n" for line in lines))
        self.process.stdin.flush()

    def until(self, number):
        """The answer of that number; every line before it is kept, and must be of the protocol."""
        while self.next().get("id") != number:
            pass
        return self.answers[-1]

    def next(self):
        """The next line, which must be an answer."""
        answer = json.loads(self.process.stdout.readline())
        assert answer["jsonrpc"] == "2.0"
        self.answers.append(answer)
        return answer

    def hello(self):
        self.send(message("initialize", 1, **HELLO))
        assert self.until(1)["result"]["serverInfo"]["name"] == "kabar"
        self.send(message("notifications/initialized"))


@contextmanager
def raw(tmp_path, *arguments):
    command = [sys.executable, "-m", "kg", "mcp", *map(str, arguments)]
    pipe, log = subprocess.PIPE, tmp_path / "errors"
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=errors, env=ENVIRONMENT)
        try:
            yield Raw(process)
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()
    assert "Traceback" not in log.read_text(encoding="utf-8")


def family(process):
    found = psutil.Process(process.pid)
    return [found, *found.children(recursive=True)]


def all_gone(processes):
    return not psutil.wait_procs(processes, timeout=10)[1]


def showing(number, name):
    """A call of the tool `show` with a name that is given as JSON."""
    call = (
        b'{"jsonrpc": "2.0", "id": %d, "method": "tools/call", "params": {"name": "show", "arguments": {"name": %s}}}'
    )
    return call % (number, name)


GARBAGE = [
    b"",
    b"{",
    b"not json",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"jsonrpc": "2.0", "id": 2}',
    b'{"jsonrpc": "1.0", "id": 2, "method": "ping"}',
    b'[{"jsonrpc": "2.0", "id": 2, "method": "ping"}]',
    b"[" * 100_000,
    b'{"jsonrpc": "2.0", "id": {"a": 1}, "method": "ping"}',
    showing(3, b'"\\ud800"'),
    showing(4, b"1" + b"0" * 9999),
    showing(5, b"NaN"),
    b'{"jsonrpc": "2.0", "id": 6, "method": "tools/call", "params": {"name": 5}}',
    b'{"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": []}',
    b'{"jsonrpc": "2.0", "id": 8, "method": "tools/call"}',
    b'{"jsonrpc": "2.0", "id": 9, "method": "nothing/of/that/name"}',
    b'{"jsonrpc": "2.0", "id": 10, "method": "resources/read", "params": {"uri": 5}}',
    b'{"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 99}}',
    showing(11, b'{"a":' * 150 + b"1" + b"}" * 150),
]  # fmt: skip

NOTIFICATIONS = 2
"""Of these, the one that takes a call back, and the one whose number is none: nothing is said to them."""


def test_standard_output_carries_the_protocol_only_whatever_comes_in(tmp_path):
    with raw(tmp_path) as server:
        server.hello()
        server.send(*GARBAGE, message("ping", 77))
        while len(server.answers) < len(GARBAGE) + 2 - NOTIFICATIONS:
            server.next()
        for answer in server.answers:
            assert ("result" in answer) != ("error" in answer)
            assert "Traceback" not in json.dumps(answer)
        failed = {answer["id"]: answer["error"]["code"] for answer in server.answers if "error" in answer}
        assert failed == {None: -32700, 6: -32602, 8: -32602, 9: -32601, 10: -32602}
        server.send(message("tools/call", 78, name="search", arguments={"text": "Lam"}))
        assert server.until(78)["result"]["structuredContent"]["total"] > 0
        server.process.stdin.close()
        assert server.process.wait(20) == 0
        rest = server.process.stdout.read()
        assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())


@pytest.mark.parametrize("how", ["end of input", signal.SIGTERM, signal.SIGINT, "closed output"])
def test_a_server_ends_well_in_the_middle_of_a_query_and_leaves_no_process(tmp_path, how):
    with raw(tmp_path, "--timeout", "60") as server:
        server.hello()
        server.send(message("tools/call", 2, name="sparql", arguments={"query": HEAVY}))
        server.send(message("tools/call", 3, name="search", arguments={"text": "Lam"}))
        server.until(3)
        processes = family(server.process)
        assert len(processes) >= 3
        start = time.monotonic()
        if how == "end of input":
            server.process.stdin.close()
        elif how == "closed output":
            server.process.stdout.close()
            server.send(message("ping", 4))
            server.process.stdin.close()
        else:
            server.process.send_signal(how)
        assert server.process.wait(20) == 0
        assert all_gone(processes)
        assert time.monotonic() - start < 15


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere workers end when they next read")
def test_a_killed_server_leaves_no_process(tmp_path):
    with raw(tmp_path, "--timeout", "60") as server:
        server.hello()
        server.send(message("tools/call", 2, name="sparql", arguments={"query": HEAVY}))
        server.send(message("tools/call", 3, name="search", arguments={"text": "Lam"}))
        server.until(3)
        processes = family(server.process)
        server.process.kill()
        assert all_gone(processes)


def test_a_call_that_is_taken_back_frees_its_worker(tmp_path):
    with raw(tmp_path, "--timeout", "60") as server:
        server.hello()
        server.send(message("tools/call", 2, name="sparql", arguments={"query": "ASK {}"}))
        server.until(2)
        server.send(message("tools/call", 3, name="sparql", arguments={"query": HEAVY}))
        time.sleep(0.5)
        start = time.monotonic()
        server.send(message("notifications/cancelled", requestId=3))
        server.send(message("tools/call", 4, name="sparql", arguments={"query": "ASK {}"}))
        assert server.until(4)["result"]["structuredContent"]["boolean"] is True
        assert time.monotonic() - start < 20
        assert 3 not in {answer.get("id") for answer in server.answers}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--store", "http://127.0.0.1/sparql"], "the tools reach no other address"),
        (["--store", "nothing.kg"], "nothing.kg"),
        (["--queries", "nothing"], "nothing"),
        (["--http", "--host", "256.0.0.1"], "cannot listen"),
    ],
)
def test_what_cannot_be_served_is_said_in_one_line(run, arguments, said):
    done = run("mcp", *arguments)
    assert done.returncode in (2, 3)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_without_the_library_the_command_says_what_to_install():
    without = (
        "import importlib.util as u; found = u.find_spec;"
        "u.find_spec = lambda name, *more: None if name.startswith('mcp') else found(name, *more);"
        "from kg.cli import main; raise SystemExit(main(['mcp']))"
    )
    done = subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "kg: this needs the library mcp, version 2.3 or later; install it with: pip install 'mcp>=2.3,<3'\n"
    )


def test_other_commands_do_not_load_the_library(run):
    code = "import sys; from kg.cli import main; main(['ask', 'topics']); print('mcp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.endswith("False\n")


# ---- over HTTP ----------------------------------------------------------------------------------------

LIST = json.dumps(message("tools/list", 1)).encode()
JSON = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def ask(address, method="POST", body=LIST, host=None, path="/mcp", **headers):
    """The status, the headers and the body of an answer to a request with these headers."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname, where.port, timeout=30)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in (
        JSON | {"Host": where.netloc if host is None else host, "Content-Length": str(len(body))} | named
    ).items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(body)
    with connection.getresponse() as response:
        found = response.status, response.headers, response.read().decode()
    connection.close()
    return found


def test_a_request_of_its_own_host_is_answered(web):
    port = urlsplit(web).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        for origin in (None, f"http://{host.lower()}"):
            status, _, body = ask(web, host=host, Origin=origin)
            assert status == 200
            assert json.loads(body)["result"]["tools"]


FOREIGN_HOSTS = [
    "attacker.example", "attacker.example:{port}", "localhost", "localhost:1", "localhost.attacker.example:{port}",
    "127.0.0.1.attacker.example:{port}", "localhost:{port}.attacker.example", "127.0.0.1:{port}0", "127.0.0.2:{port}",
    "0.0.0.0:{port}", "user@localhost:{port}", "localhost:{port}@attacker.example", "", "localhost:{port}, a",
]  # fmt: skip
FOREIGN_ORIGINS = [
    "null", "http://attacker.example", "https://localhost:{port}", "http://localhost", "http://localhost:1",
    "http://localhost:{port}.attacker.example", "http://localhost:{port}0", "http://127.0.0.1.attacker.example:{port}",
    "http://user@localhost:{port}", "http://localhost:{port}/", "file://", "",
]  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "GET", "DELETE", "OPTIONS"])
def test_foreign_hosts_and_origins_are_refused(web, method):
    port = urlsplit(web).port
    for host in FOREIGN_HOSTS:
        status, _, body = ask(web, method, host=host.format(port=port))
        assert status in (400, 421), host
        assert "tools" not in json.loads(body or "{}")
    for origin in FOREIGN_ORIGINS:
        status, headers, _ = ask(web, method, Origin=origin.format(port=port))
        assert status == 403, origin
        assert "Access-Control-Allow-Origin" not in headers
    assert ask(web, Sec_Fetch_Site="cross-site")[0] == 403


def test_hosts_and_origins_that_are_named_are_let_in(listening):
    with listening("--allow-host", "Tools.Example", "--allow-origin", "https://app.example") as (address, _):
        status, headers, _ = ask(address, host="tools.example", Origin="https://app.example")
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, "https://app.example")
        asked = {"Origin": "https://app.example", "Access_Control_Request_Method": "POST"}
        status, headers, _ = ask(address, "OPTIONS", b"", **asked)
        assert status == 204
        assert {"Content-Type", "Mcp-Protocol-Version"} <= set(headers["Access-Control-Allow-Headers"].split(", "))
        assert ask(address, host="tools.example:80")[0] == 421
        assert ask(address, Origin="https://app.example.attacker.example")[0] == 403


def test_what_is_no_message_is_refused_and_the_server_goes_on(web):
    assert ask(web, "GET", b"")[0] == 405
    assert ask(web, "DELETE", b"")[0] == 405
    assert ask(web, path="/")[0] == 404
    assert ask(web, path="/mcp/../sparql")[0] == 404
    assert ask(web, Content_Type="text/plain")[0] in (400, 415)
    assert ask(web, body=b" " * (4 * 1024 * 1024 + 1))[0] == 413
    for garbage in GARBAGE:
        status, _, body = ask(web, body=garbage)
        assert status in (200, 202, 400, 404), garbage[:100]
        assert "Traceback" not in body
        assert status == 202 or {"error", "result"} & json.loads(body).keys()
    assert ask(web)[0] == 200


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_server_over_http_ends_well_and_leaves_no_process(listening, how):
    with listening() as (address, process):
        assert ask(address)[0] == 200
        held = socket.create_connection((urlsplit(address).hostname, urlsplit(address).port))
        processes = family(process)
        assert len(processes) >= 3
        process.send_signal(how)
        assert process.wait(20) == 0
        assert all_gone(processes)
        held.close()


def test_two_servers_cannot_have_one_port(web, run):
    done = run("mcp", "--http", "--port", str(urlsplit(web).port))
    assert done.returncode == 3
    assert "cannot listen" in done.stderr


def test_calls_do_not_change_the_store(speaking, first_store):
    before = first_store.read_bytes()
    with speaking("--store", first_store) as client:
        for tool in client.tools:
            client.call(tool, name="Beijing", text="a", query="DROP ALL")
            client.call(tool)
        assert client.answer("who_said_what")["total"] == 4
    assert first_store.read_bytes() == before
    assert not os.path.exists(f"{first_store}-journal")  # noqa: PTH110
