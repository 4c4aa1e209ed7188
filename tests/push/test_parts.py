"""Addresses, profiles, values and credentials by themselves; and what `kg push` says to what is not right."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path

import pytest
from conftest import thorough
from push.stub import Stub, running
from stores.servers import SERVERS, free_port

from kg.errors import InputError
from kg.push import profiles
from kg.push.address import addresses, checked
from kg.push.client import Client, Patience
from kg.push.credentials import Credentials
from kg.push.graphs import batches, grouped
from kg.push.values import by_value
from kg.terms import XSD

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("localhost:7878", "starts with http"),
        ("ftp://localhost", "starts with http"),
        ("http://", "starts with http"),
        ("http://localhost:port", "starts with http"),
        ("http://[::1", "starts with http"),
        ("http://localhost/x?token=abc", "without what follows"),
        ("http://ali:sesame@localhost", "KG_USER"),
    ],
)
def test_addresses_that_are_none_are_refused_without_their_secrets(text, what):
    with pytest.raises(InputError, match=what) as refused:
        checked(text)
    assert not any(secret in str(refused.value) for secret in ("abc", "sesame", "ali"))


@pytest.mark.parametrize("name", profiles.names())
def test_the_address_may_name_the_store_or_one_of_its_services(name):
    profile = profiles.named(name)
    base = "http://localhost:1/store/news"
    expected = addresses(base, profile)
    assert expected.query.startswith(base)
    for path in profile.paths.values():
        if path.startswith("/"):
            assert addresses(base + path.rstrip("/"), profile).query == expected.query


def test_the_page_and_the_profiles_say_the_same():
    page = (ROOT / "docs" / "stores.md").read_text(encoding="utf-8")
    rows = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in page.split("\n") if line.startswith("| `")]
    told = {row[0]: row[1:] for row in rows if row[0] in profiles.names()}
    assert tuple(told) == tuple(sorted(profiles.names(), key=list(told).index))
    for name in profiles.names():
        profile = profiles.named(name)
        title, _, sign_in, default, run = told[name]
        assert (title, sign_in, default) == (profile.title, profile.sign_in, profile.default_graph)
        assert (run == "yes") == profile.run_here == (name in SERVERS or name == profiles.ANY)
        if not profile.run_here:
            assert any(source.startswith("https://") for source in profile.sources.values())


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('title = "Oxigraph"', ""), "title"),
        (('sign_in = "none"', 'sign_in = "kerberos"'), "sign_in"),
        (("body_bytes = 67108864", "body_bytes = 0"), "body_bytes"),
        (('quads = "/store"', 'quids = "/store"'), "quids"),
        (('query = "/query"', ""), "query"),
        (("[paths]", "[paths"), "cannot be read"),
    ],
)
def test_a_profile_that_is_wrong_is_named_with_its_key(tmp_path, change, what):
    text = (profiles.FOLDER / "oxigraph.toml").read_text(encoding="utf-8")
    assert change[0] in text
    (tmp_path / "mine.toml").write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(InputError, match=f"mine.toml.*{what}"):
        profiles.named(str(tmp_path / "mine.toml"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f'"2.50"^^<{XSD}decimal>', f'"2.5"^^<{XSD}decimal>', True),
        (f'"true"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>', True),
        (f'"88"^^<{XSD}integer>', f'"88"^^<{XSD}decimal>', True),
        (f'"2021-12-07T08:00:00+08:00"^^<{XSD}dateTime>', f'"2021-12-07T00:00:00Z"^^<{XSD}dateTime>', True),
        ('"a"@zh-hant', '"a"@zh-Hant', True),
        ('"2.5"', f'"2.5"^^<{XSD}decimal>', False),
        ('"a"@en', '"a"', False),
        ('"a"', '"b"', False),
        ("<https://example.org/a>", "<https://example.org/b>", False),
        (f'"2021-12-07"^^<{XSD}date>', f'"2021-12-08"^^<{XSD}date>', False),
    ],
)
def test_values(one, other, same):
    assert (by_value(("<s>", "<p>", one)) == by_value(("<s>", "<p>", other))) is same


def test_blank_nodes_are_not_pushed():
    with pytest.raises(InputError, match="blank node"):
        grouped([("_:a", "<p>", "<o>", "")])


def test_batches_hold_all_lines_within_both_bounds():
    lines = [b"x" * size for size in (3, 3, 9, 1, 1, 1, 1, 20, 2)]
    made = list(batches(lines, 3, 10))
    assert [line for batch in made for line in batch] == lines
    assert all(len(batch) <= 3 and (sum(map(len, batch)) <= 10 or len(batch) == 1) for batch in made)


def test_secrets_are_taken_out_of_what_a_store_says():
    known = Credentials("ali", "ses&ame")
    text = known.cleaned("no ses&ame, ses%26ame or YWxpOnNlcyZhbWU=")
    assert text == "no ***, *** or ***"
    assert "ses" not in repr(known)


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Sends to another origin, and notes who comes."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append(self.headers.get("Authorization"))
        where = self.server.target
        self.send_response(307 if where else 204)
        if where:
            self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_nothing_follows_to_another_origin():
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) for _ in range(2)]
    here, there = servers
    for server in servers:
        server.came, server.target = [], ""
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    here.target = f"http://127.0.0.1:{there.server_port}/elsewhere"
    address = f"http://127.0.0.1:{here.server_port}"
    with Client(address, Credentials("ali", "sesame"), "basic", Patience(tries=1)) as client:
        reply = client.send("PUT", f"{address}/store", b"<a> <b> <c> .")
        assert (reply.status, len(here.came), there.came) == (307, 1, [])
        assert "is not followed" in str(client.refusal(address, reply))
    for server in servers:
        server.shutdown()
        server.server_close()


def test_retry_after_is_kept_to():
    waited: list[float] = []
    with running(Stub()) as stub:
        from push.stub import Fault

        stub.faults = {0: Fault("429 seconds"), 1: Fault("503 seconds"), 2: Fault("429 date")}
        with Client(stub.address, Credentials(), sleep=waited.append) as client:
            reply = client.send("POST", f"{stub.address}/update", b"INSERT DATA { <a:a> <a:b> <a:c> }")
    assert reply.status == 204
    assert waited[:2] == [1.0, 1.0]
    assert 0 <= waited[2] <= 1


@thorough
def test_errors_of_the_command_are_one_line(push, run, tmp_path):
    nobody = f"http://127.0.0.1:{free_port()}"
    done = push(nobody, "--timeout", "1")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "check the address and that the store runs" in done.stderr
    for arguments, what in [
        (("http://ali:sesame@localhost",), "KG_USER"),
        ((nobody, "--profile", "nothing"), "there is no profile 'nothing'"),
        ((nobody, "--store", "http://localhost/query"), "--store names the graph to push"),
    ]:
        done = push(*arguments)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert what in done.stderr
        assert "sesame" not in done.stderr
    with running(Stub()) as stub:
        done = push(f"{stub.address}/wrong", "--profile", "oxigraph")
        assert done.returncode == 3
        assert f"{stub.address}/wrong/query" in done.stderr
    assert "kg push http://localhost:7878 --dry-run" in run("push", "--help").stdout
