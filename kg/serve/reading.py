"""The addresses for reading: canned queries, the graph's own names, and what describes it all."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import InputError
from kg.serve import media
from kg.serve.replies import WorkerResponse
from kg.serve.requests import of_address
from kg.serve.server import Server
from kg.terms import LANGUAGES


async def ask(request: Request) -> Response:
    """The rows of a canned query; the ending of the address may name the format."""
    name, form = _with_ending(request.path_params["name"])
    server: Server = request.app.state.server
    arguments = {
        "name": name,
        "parameters": of_address(request).values,
        "format": form,
        "accept": request.headers.get("accept", ""),
        "address": server.address(request, request.url.path),
    }
    return WorkerResponse(server.readers, "ask", arguments, b"", server.settings.timeout)


def _with_ending(name: str) -> tuple[str, str | None]:
    """A name and the format that its ending stands for."""
    stem, dot, ending = name.rpartition(".")
    return (stem, media.ENDINGS[ending]) if dot and ending in media.ENDINGS else (name, None)


async def name(request: Request) -> Response:
    """A name of the graph (`/id/…`): see other, the document about what it names (httpRange-14)."""
    path = request.scope["raw_path"].decode("ascii", "replace").partition("/id/")[2]
    form = media.chosen(request.headers.get("accept", ""), media.PAGES)
    ending = "" if form == "html" else "." + media.ending(form)
    query = request.scope["query_string"].decode("ascii", "replace")
    address = f"/doc/{path}{ending}" + (f"?{query}" if query else "")
    return RedirectResponse(address, 303, headers=dict(media.VARY))


async def document(request: Request) -> Response:
    """What is known of one thing (`/doc/…`), as a page or in the syntax that the ending names."""
    server: Server = request.app.state.server
    path, form = _with_ending(request.path_params["path"])
    links = [f'</doc/{path}.{ending}>; rel="alternate"; type="{_type(ending)}"' for ending in ("ttl", "jsonld", "nt")]
    headers = {"Link": ", ".join([*links, '</.well-known/void>; rel="describedby"'])} if path.isascii() else {}
    if form is not None and form not in media.PAGES:
        form, path = None, request.path_params["path"]
    arguments = _arguments(request, {"path": path, "format": form, "lang": _language(request)})
    return WorkerResponse(server.readers, "thing", arguments, b"", server.settings.timeout, headers)


def _language(request: Request) -> str:
    language = of_address(request).one("lang")
    if language is None:
        return "en"
    if language not in LANGUAGES:
        raise InputError(f"there are no labels in {language[:20]!r}; use one of {' '.join(LANGUAGES)}")
    return language


def _type(ending: str) -> str:
    return media.GRAPHS[media.ENDINGS[ending]][0]


async def ontology(request: Request) -> Response:
    """The ontology, in the syntax that the ending of the address names or the request accepts."""
    form = _with_ending(request.url.path)[1]
    return _answered(request, "ontology", {"format": form if form in media.GRAPHS else None})


async def void(request: Request) -> Response:
    """The statistics of the graph (VoID)."""
    return _answered(request, "void", {})


async def examples(request: Request) -> Response:
    """The canned queries as examples."""
    return _answered(request, "examples", {})


async def openapi(request: Request) -> Response:
    """The description of every address (OpenAPI)."""
    return _answered(request, "openapi", {})


async def home(request: Request) -> Response:
    """The first page, and the list of canned queries."""
    return _answered(request, "home", {"lang": _language(request)})


def _answered(request: Request, job: str, more: dict[str, Any]) -> Response:
    server: Server = request.app.state.server
    return WorkerResponse(server.readers, job, _arguments(request, more), b"", server.settings.timeout)


def _arguments(request: Request, more: dict[str, Any]) -> dict[str, Any]:
    server: Server = request.app.state.server
    accept = request.headers.get("accept", "")
    return {"base": server.address(request, ""), "accept": accept, "write": server.settings.write, **more}
