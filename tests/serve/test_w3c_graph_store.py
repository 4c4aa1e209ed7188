"""The W3C's tests of the SPARQL 1.1 Graph Store Protocol, against a server that writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic
from serve.conftest import Served, served
from serve.w3c import Answer, Case, Expected, Request, cases, listed, send

from kg import pipeline

HOST = "www.example"
COUNTS = {"manifest-direct.ttl": 5, "manifest-indirect.ttl": 9}
UNLISTED = {"head_non_existing_direct"}
"""Defined in a manifest, but not in its list of entries; run here all the same."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("w3c") / "news.kg"
    pipeline.add(path, [])
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    """A server that goes by the name in the manifests, on a store with no report."""
    with served("--store", store, "--write", "--allow-host", HOST) as running:
        yield running


@pytest.fixture(scope="module")
def suite(shared: Path) -> dict[str, Case]:
    found: dict[str, Case] = {}
    folder = shared / "w3c" / "sparql" / "sparql11" / "graph-store-protocol"
    for manifest, count in COUNTS.items():
        these = cases(folder / manifest, "GraphStoreProtocolTest")
        assert len(these) == count
        assert set(these) - UNLISTED == listed(folder / manifest)
        found |= these
    assert len(found) == sum(COUNTS.values())
    assert set(found) >= UNLISTED
    return found


def put_in_place(request: Request, known: dict[str, str]) -> Request:
    """A request with our prefix in place of `/gsp`, and with what was learned from earlier answers."""
    path, body = request.path, request.body.decode()
    assert path.startswith("/gsp")
    path = "/store" + path.removeprefix("/gsp")
    for template, value in known.items():
        path, body = path.replace(template, value), body.replace(template, value)
    return Request(request.method, path, request.headers, body.encode(), request.expected)


def problem(answer: Answer, expected: Expected, method: str) -> str | None:
    """What is not as expected."""
    if not any(answer.status in each for each in expected.statuses):
        return f"status {answer.status}: {answer.body!r}"
    for name, value in expected.headers.items():
        if answer.headers.get(name) != value:
            return f"header {name}: {answer.headers.get(name)}"
    if method == "HEAD" and answer.body:
        return "a body after HEAD"
    if expected.body is not None:
        given, wanted = (rdflib.Graph().parse(data=text, format="turtle") for text in (answer.body, expected.body))
        if not isomorphic(given, wanted):
            return f"the graph {answer.body!r}"
    if expected.location is not None and not answer.headers.get("location"):
        return "no Location"
    return None


def failures(server: Served, case: Case) -> dict[str, str]:
    """What goes wrong in the requests of a test, sent in order to a store without other graphs."""
    form = (("content-type", "application/sparql-update"),)
    nothing = Expected((), None, None, None, {}, None)
    assert send(server.port, HOST, Request("POST", "/sparql", form, b"CLEAR ALL", nothing), server.token).status == 200
    found: dict[str, str] = {}
    known: dict[str, str] = {}
    for number, given in enumerate(case.requests):
        request = put_in_place(given, known)
        answer = send(server.port, case.host, request, server.token)
        if wrong := problem(answer, request.expected, request.method):
            found[f"{case.name}, request {number + 1}"] = wrong
        if request.expected.location:
            known[request.expected.location] = answer.headers.get("location", "")
    return found


def test_the_suite(server: Served, suite: dict[str, Case]) -> None:
    assert {wrong: why for case in suite.values() for wrong, why in failures(server, case).items()} == {}


def test_head_says_what_get_says(server: Served, suite: dict[str, Case]) -> None:
    assert failures(server, suite["head_existing_direct"]) == {}
    (request,) = (each for each in suite["head_existing_direct"].requests if each.method == "HEAD")
    head = put_in_place(request, {})
    get = Request("GET", head.path, head.headers, b"", head.expected)
    one, other = (send(server.port, HOST, each, server.token).headers for each in (head, get))
    assert {**one, "date": ""} == {**other, "date": ""}
    assert int(one["content-length"]) > 0
