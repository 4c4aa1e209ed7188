"""Reports over HTTP: added as they are written or as RDF, and withdrawn."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import InputError, Refused
from kg.serve import media
from kg.serve.requests import body_of, check_may_write, media_type, of_address, text_of
from kg.serve.server import Server

_YAML = ("application/yaml", "text/yaml", "application/x-yaml")


async def endpoint(request: Request) -> Response:
    """Add what the body holds (POST), or withdraw the report that the address names (DELETE)."""
    server: Server = request.app.state.server
    check_may_write(request, server.settings)
    if request.method == "DELETE":
        report = of_address(request).one("report")
        if not report:
            raise InputError("name the report to withdraw: ?report=NAME")
        return server.written("remove", {"report": report}, b"")
    body = await body_of(request, server.settings)
    kind, given = media_type(request)
    syntax = "yaml" if kind in _YAML else next((name for name, kinds in media.GRAPHS.items() if kind in kinds), None)
    if syntax is None:
        known = ", ".join([_YAML[0], *(kinds[0] for kinds in media.GRAPHS.values())])
        raise Refused(415, f"a body of {kind or 'no type'} is no report; send one of {known}")
    return server.written("add", {"name": "the body", "syntax": syntax}, text_of(body, given))
