"""The W3C's tests of protocols, read from their manifests: requests as raw bytes, and what their answers must be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from socket import create_connection

import rdflib
from rdflib import RDF, RDFS
from rdflib.collection import Collection
from rdflib.term import Node

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
_CODES = {"OK": range(200, 201), "Created": range(201, 202), "NoContent": range(204, 205), "NotFound": range(404, 405)}
_CODES |= {f"StatusCode{n}xx": range(n * 100, n * 100 + 100) for n in (2, 3, 4)}


@dataclass(frozen=True)
class Expected:
    """What an answer must be: any of `statuses`, and all else where it is given."""

    statuses: tuple[range, ...]
    boolean: bool | None
    form: str | None
    location: str | None
    headers: Mapping[str, str]
    body: str | None


@dataclass(frozen=True)
class Request:
    """A request as the manifest has it, and what is expected of its answer."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    expected: Expected


@dataclass(frozen=True)
class Case:
    """A test: the host it names, the graphs that must be there, and its requests in order."""

    name: str
    host: str
    graphs: Mapping[str, Path]
    requests: tuple[Request, ...]


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def cases(manifest: Path, kind: str) -> dict[str, Case]:
    """The tests of that kind that a manifest defines, listed or not, by name."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    return {case.name: case for test in sorted(graph.subjects(RDF.type, MF[kind])) for case in [_case(graph, test)]}


def listed(manifest: Path) -> set[str]:
    """The names of the tests that a manifest lists."""
    graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    return {_name(test) for entries in graph.objects(None, MF.entries) for test in Collection(graph, entries)}


def _case(graph: rdflib.Graph, test: Node) -> Case:
    action = graph.value(test, MF.action)
    graphs = {
        str(graph.value(each, RDFS.label)): Path(str(graph.value(each, UT.graph)).removeprefix("file://"))
        for each in graph.objects(test, UT.graphData)
    }
    requests = tuple(_request(graph, each) for each in _list(graph, graph.value(action, HT.requests)))
    return Case(_name(test), str(graph.value(action, HT.connectionAuthority)), graphs, requests)


def _request(graph: rdflib.Graph, node: Node) -> Request:
    assert str(graph.value(node, HT.httpVersion)) == "1.1"
    method, path = (str(graph.value(node, name)) for name in (HT.methodName, HT.absolutePath))
    body, encoding = _body(graph, node)
    answer = graph.value(node, HT.resp)
    assert answer is not None
    boolean, form, location = (
        None if (found := graph.value(answer, name)) is None else found.toPython()  # type: ignore[attr-defined]
        for name in (MF.expectedBoolean, MF.expectedFormat, MF.expectedLocation)
    )
    statuses = tuple(_CODES[_name(code)] for code in graph.objects(answer, MF.expectedStatus))
    expected = Expected(statuses, boolean, form, location, dict(_headers(graph, answer)), _body(graph, answer)[0])
    return Request(method, path, tuple(_headers(graph, node)), (body or "").encode(encoding), expected)


def _headers(graph: rdflib.Graph, node: Node) -> Iterator[tuple[str, str]]:
    for each in _list(graph, graph.value(node, HT.headers)):
        yield str(graph.value(each, HT.fieldName)), str(graph.value(each, HT.fieldValue))


def _body(graph: rdflib.Graph, node: Node) -> tuple[str | None, str]:
    body = graph.value(node, HT.body)
    text, encoding = graph.value(body, CNT.chars), graph.value(body, CNT.characterEncoding)
    return (None, "utf-8") if body is None else (str(text), str(encoding))


def _list(graph: rdflib.Graph, node: Node | None) -> list[Node]:
    return [] if node is None else list(Collection(graph, node))


def _name(node: Node) -> str:
    return str(node).partition("#")[2]


def send(port: int, host: str, request: Request, token: str) -> Answer:
    """Send a request as it stands, with the token beside its own headers, over a connection of its own."""
    lines = [f"{request.method} {request.path} HTTP/1.1", f"Host: {host}"]
    lines += [f"{name}: {value}" for name, value in request.headers]
    lines += [f"Authorization: Bearer {token}", "Connection: close"]
    if request.body or request.method in ("POST", "PUT"):
        lines.append(f"Content-Length: {len(request.body)}")
    with create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + request.body)
        answer = HTTPResponse(connection, method=request.method)
        answer.begin()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
