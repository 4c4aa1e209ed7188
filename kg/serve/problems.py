"""What is wrong, said over HTTP: one line with its place, as text, as problem details (RFC 9457) or as a page."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from kg.errors import JobFailed, KgError, NotAcceptable, ParseError
from kg.result import clean
from kg.serve import media
from kg.serve.requests import READS_ONLY

_PROBLEM = "application/problem+json"
_TEXT = {"text": ("text/plain",), "json": (_PROBLEM, "application/json"), "html": ("text/html",)}
_JSON = {"json": _TEXT["json"], "text": _TEXT["text"], "html": _TEXT["html"]}
LINES = ("/sparql", "/store")
"""Addresses whose clients show what is wrong as it comes, and so get a line of text."""

_HEADERS = {408: {"Connection": "close"}, 503: {"Retry-After": "2"}, 401: {"WWW-Authenticate": 'Bearer realm="kabar"'}}
"""What answers of some statuses say beside: when to come again, and how to prove that one may."""


def problem(
    scope: Scope, status: int, title: str, detail: str, line: int | None = None, column: int | None = None
) -> Response:
    """An answer that says what is wrong, in the form that the request accepts."""
    offered = _TEXT if scope["path"].startswith(LINES) else _JSON
    try:
        form = media.chosen(Headers(scope=scope).get("accept", ""), offered)
    except NotAcceptable:
        form = next(iter(offered))
    headers = {"Vary": "Accept", **_HEADERS.get(status, {})}
    detail = clean(detail)
    if form == "text":
        return Response(f"{detail}\n", status, headers, "text/plain")
    if form == "html":
        from kg.serve import pages

        return Response(pages.error(status, title, detail), status, headers, "text/html")
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail, "line": line, "column": column}
    body = json.dumps({name: value for name, value in said.items() if value is not None}, ensure_ascii=False)
    return Response(body, status, headers, _PROBLEM)


def of_error(scope: Scope, error: KgError) -> Response:
    """The answer for an error of ours."""
    place = (error.line, error.column) if isinstance(error, ParseError | JobFailed) else (None, None)
    kind = error.kind if isinstance(error, JobFailed) else type(error).__name__
    return problem(scope, error.http_status, _words(kind), str(error), *place)


def of_exception(request: Request, error: Exception) -> Response:
    """The answer for what the framework refuses: an unknown address, a method that is not there."""
    assert isinstance(error, HTTPException)
    title = HTTPStatus(error.status_code).phrase
    changes_graph = request.method in ("PUT", "POST", "DELETE") and request.url.path.startswith("/store")
    known = {
        404: f"there is nothing at {request.url.path[:200]}; begin at /",
        405: READS_ONLY if changes_graph else f"{request.method} is not done here",
    }
    answer = problem(request.scope, error.status_code, title, known.get(error.status_code, error.detail))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _words(name: str) -> str:
    """`ParseError` as `Parse error`."""
    text = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return text[:1].upper() + text[1:]
