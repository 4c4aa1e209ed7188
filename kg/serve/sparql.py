"""The SPARQL 1.1 Protocol on one address: queries, updates, and the description of the service."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import InputError, Refused
from kg.serve.replies import WorkerResponse
from kg.serve.requests import (
    Parameters,
    body_of,
    check_may_write,
    may_write,
    media_type,
    of_address,
    parameters,
    text_of,
)
from kg.serve.server import Server

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_LARGEST_QUERY = 1024 * 1024
"""Bytes of a request that may not write: the longest query there may be, percent-encoded."""


async def endpoint(request: Request) -> Response:
    """Answer a request to `/sparql` (SPARQL 1.1 Protocol, sections 2.1 and 2.2)."""
    server: Server = request.app.state.server
    address = of_address(request)
    if request.method in ("GET", "HEAD"):
        return _read(request, server, address)
    kind, given = media_type(request)
    if kind == _UPDATE:
        check_may_write(request, server.settings)
    body = await body_of(request, server.settings, None if may_write(request, server.settings) else _LARGEST_QUERY)
    if kind == _FORM:
        return _form(request, server, address.joined(parameters(text_of(body, given))))
    if kind == _QUERY:
        if address.all("query") or address.all("update"):
            raise InputError("the request holds a query twice, in its address and in its body; send one")
        return _query(request, server, text_of(body, given), address)
    if kind == _UPDATE:
        if address.all("query") or address.all("update"):
            raise InputError("the request holds an update twice, in its address and in its body; send one")
        return _update(request, server, text_of(body, given), address)
    raise Refused(415, f"a body of {kind or 'no type'} is no query; send {_QUERY}, {_UPDATE} or {_FORM}")


def _read(request: Request, server: Server, asked: Parameters) -> Response:
    if asked.all("update"):
        raise InputError("an update must come by POST, not by GET")
    text = asked.one("query")
    if text is None:
        return server.described(request)
    return _query(request, server, text.encode(), asked)


def _form(request: Request, server: Server, asked: Parameters) -> Response:
    query, update = asked.one("query"), asked.one("update")
    if (query is None) == (update is None):
        raise InputError("the form must hold one query or one update")
    if query is not None:
        return _query(request, server, query.encode(), asked)
    assert update is not None
    return _update(request, server, update.encode(), asked)


def _query(request: Request, server: Server, text: bytes, asked: Parameters) -> Response:
    arguments = {
        "default": asked.all("default-graph-uri"),
        "named": asked.all("named-graph-uri"),
        "base": server.address(request, "/sparql"),
        "format": next(iter(asked.all("format")), None),
        "accept": request.headers.get("accept", ""),
    }
    return WorkerResponse(server.engine, "query", arguments, text, server.settings.timeout)


def _update(request: Request, server: Server, text: bytes, asked: Parameters) -> Response:
    check_may_write(request, server.settings)
    arguments = {
        "default": asked.all("using-graph-uri"),
        "named": asked.all("using-named-graph-uri"),
        "base": server.address(request, "/sparql"),
    }
    return server.written("update", arguments, text)
