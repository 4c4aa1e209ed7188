"""The SPARQL 1.1 Graph Store Protocol: graphs read, replaced, merged into and deleted, each by its name."""

from __future__ import annotations

import uuid
from email.parser import BytesHeaderParser
from email.policy import HTTP
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import InputError, Refused
from kg.serve import media
from kg.serve.replies import WorkerResponse
from kg.serve.requests import body_of, check_may_write, media_type, of_address, text_of
from kg.serve.server import Server

_SYNTAXES = {kind: name for name, kinds in reversed(media.GRAPHS.items()) for kind in reversed(kinds)}
_SYNTAXES |= {"application/json": "jsonld", "application/xml": "rdfxml", "text/xml": "rdfxml"}
_DATASETS = ("nquads", "trig", "jsonld")
_MULTIPART = "multipart/form-data"
_MOST_PARTS = 1000


async def endpoint(request: Request) -> Response:
    """Answer a request to `/store` or to an address below it, which then is itself the name of a graph."""
    server: Server = request.app.state.server
    reads = request.method in ("GET", "HEAD")
    if not reads:
        check_may_write(request, server.settings)
    graph = _graph(request, server)
    if reads:
        asked = {"graph": graph, "accept": request.headers.get("accept", "")}
        return WorkerResponse(server.readers, "graph", asked, b"", server.settings.timeout)
    if request.method == "DELETE":
        return server.written("delete", {"graph": graph}, b"")
    parts = _parts(request, await body_of(request, server.settings))
    made = None
    if graph is None and any(part["syntax"] not in _DATASETS for part in parts):
        if request.method == "PUT":
            raise InputError(
                "name the graph to replace: ?graph=IRI or ?default; only N-Quads, TriG and JSON-LD replace all"
            )
        graph = made = server.address(request, f"/store/{uuid.uuid4()}")
    arguments = {
        "graph": graph,
        "parts": parts,
        "replace": request.method == "PUT",
        "base": graph or server.address(request, "/store"),
        "location": made,
    }
    return server.written("put", arguments, b"")


def _graph(request: Request, server: Server) -> str | None:
    """The graph a request names: an IRI, empty for the triples in no graph, None for the whole dataset."""
    asked = of_address(request)
    named, is_default = asked.one("graph"), asked.one("default") is not None
    below = request.scope["raw_path"].decode("ascii", "replace").partition("/store/")[2]
    if sum((named is not None, is_default, bool(below))) > 1:
        raise InputError("the request names its graph twice; use ?graph=IRI, ?default, or an address below /store")
    if below:
        return server.address(request, f"/store/{below}")
    if is_default and asked.one("default"):
        raise InputError("default takes no value; write ?default, or ?graph=IRI for a graph with a name")
    if named is not None and ":" not in named:
        raise InputError(f"the graph {named[:200]!r} is no absolute IRI; write it in full, percent-encoded")
    return named if named is not None else "" if is_default else None


def _parts(request: Request, body: bytes) -> list[dict[str, Any]]:
    """The RDF documents in a body, each with its syntax: one, or several in a form."""
    kind, given = media_type(request)
    if kind != _MULTIPART:
        return [{"syntax": _syntax(kind), "text": text_of(body, given).decode()}]
    boundary = given.get("boundary", "").encode("latin-1")
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary)[1:] if boundary else []
    if len(parts) < 2 or not parts.pop().startswith(b"--"):
        raise InputError("the form has no parts, or does not end with its boundary; check it")
    if len(parts) > _MOST_PARTS:
        raise InputError(f"the form has more than {_MOST_PARTS} parts; send several forms")
    return [_part(part) for part in parts]


def _part(part: bytes) -> dict[str, Any]:
    """One document of a form (RFC 7578, section 4)."""
    head, _, content = part.partition(b"\r\n\r\n")
    headers = BytesHeaderParser(policy=HTTP).parsebytes(head.lstrip())
    charset = {"charset": headers.get_content_charset() or "utf-8"}
    return {"syntax": _syntax(headers.get_content_type()), "text": text_of(content, charset).decode()}


def _syntax(kind: str) -> str:
    if kind not in _SYNTAXES:
        known = ", ".join(kinds[0] for kinds in media.GRAPHS.values())
        raise Refused(415, f"a body of {kind or 'no type'} is no RDF; send one of {known}")
    return _SYNTAXES[kind]
