"""The W3C's tests of the SPARQL 1.1 Protocol and of service descriptions, against a server that writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from serve.conftest import Served, served
from serve.w3c import Answer, Case, Expected, Request, cases, listed, send

from kg import pipeline

HOST = "www.example"
COUNT = 34
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
TABULAR = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv; charset=utf-8",
    "text/tab-separated-values; charset=utf-8",
}
FORMS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": TABULAR,
    "RDF": {"text/turtle; charset=utf-8", "application/n-triples", "application/rdf+xml"},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that goes by the name in the manifests, on a store with no report."""
    store = tmp_path_factory.mktemp("w3c") / "news.kg"
    pipeline.add(store, [])
    with served("--store", store, "--write", "--allow-host", HOST) as running:
        yield running


@pytest.fixture(scope="module")
def suite(shared: Path) -> dict[str, Case]:
    manifest = shared / "w3c" / "sparql" / "sparql11" / "protocol" / "manifest.ttl"
    found = cases(manifest, "ProtocolTest")
    assert len(found) == COUNT
    assert set(found) == listed(manifest)
    return found


def load(server: Served, case: Case) -> None:
    """Begin with the graphs of a test and no others."""
    form = (("content-type", "application/sparql-update"),)
    assert send(server.port, HOST, Request("POST", "/sparql", form, b"CLEAR ALL", NOTHING), server.token).status == 200
    for graph, path in case.graphs.items():
        put = Request("PUT", f"/store?graph={graph}", (("content-type", "text/turtle"),), path.read_bytes(), NOTHING)
        assert send(server.port, HOST, put, server.token).status == 201


NOTHING = Expected((), None, None, None, {}, None)


def problem(answer: Answer, expected: Expected) -> str | None:
    """What is not as expected."""
    kind = answer.headers.get("content-type")
    if not any(answer.status in each for each in expected.statuses):
        return f"status {answer.status}: {answer.body!r}"
    if expected.form and kind not in FORMS[expected.form]:
        return f"content type {kind}"
    if expected.boolean is not None and json.loads(answer.body)["boolean"] != expected.boolean:
        return f"the answer {answer.body!r}"
    return None


def test_the_suite(server: Served, suite: dict[str, Case]) -> None:
    found = {}
    for name, case in suite.items():
        if case.graphs:
            load(server, case)
        for number, request in enumerate(case.requests):
            assert request.path.startswith("/sparql/")
            if wrong := problem(send(server.port, case.host, request, server.token), request.expected):
                found[f"{name}, request {number + 1}"] = wrong
    assert found == {}


@pytest.mark.parametrize("prefix", ["/sparql", "/sparql/"])
def test_the_path_is_answered_with_and_without_a_slash(server: Served, suite: dict[str, Case], prefix: str) -> None:
    case = suite["query_get"]
    (request,) = case.requests
    moved = Request("GET", prefix + request.path.removeprefix("/sparql/"), (), b"", request.expected)
    assert problem(send(server.port, case.host, moved, server.token), moved.expected) is None


# ---- service description --------------------------------------------------------------------------------


def test_the_description_of_the_service(server: Served, shared: Path) -> None:
    """`returns-rdf` and `has-endpoint-triple`; `conforms-to-schema` is in test_describe.py, for the same triples."""
    manifest = shared / "w3c" / "sparql" / "sparql11" / "service-description" / "manifest.ttl"
    assert listed(manifest) == {"has-endpoint-triple", "returns-rdf", "conforms-to-schema"}
    for path in ("/sparql", "/sparql/"):
        for kind in ("text/turtle; charset=utf-8", "application/n-triples", "application/rdf+xml"):
            accept = (("accept", kind.partition(";")[0]),)
            answer = send(server.port, HOST, Request("GET", path, accept, b"", NOTHING), server.token)
            assert (answer.status, answer.headers["content-type"]) == (200, kind)
            graph = rdflib.Graph().parse(answer.body, format=kind.partition(";")[0])
            endpoints = {str(endpoint) for endpoint in graph.objects(None, SD.endpoint)}
            assert endpoints == {f"http://{HOST}/sparql"}
            assert (None, SD.supportedLanguage, SD.SPARQL11Update) in graph


# ---- beside the suite -----------------------------------------------------------------------------------


def test_an_update_that_leaves_ill_formed_claims_is_refused(server: Served) -> None:
    def updated(text: str) -> Answer:
        form = (("content-type", "application/sparql-update"),)
        return send(server.port, HOST, Request("POST", "/sparql", form, text.encode(), NOTHING), server.token)

    refused = updated("INSERT DATA { GRAPH <x:g> { <x:a> <x:b> 2.50 } } ; INSERT DATA { <x:c> a kg:Investment }")
    assert (refused.status, refused.body) == (
        422,
        b"the update: <x:c> (Investment) has no report; nothing was changed\n",
    )
    wrong = updated("CLEAR ALL ;\nINSERT DATA { <x:a> <x:b> }")
    assert (wrong.status, wrong.body[:12]) == (400, b"update:2:27:")
    graph = Request("GET", "/store?graph=x:g", (), b"", NOTHING)
    assert send(server.port, HOST, graph, server.token).status == 404
