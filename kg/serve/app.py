"""The web application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.errors import KgError
from kg.serve import reading, reports, sparql, store
from kg.serve.door import Door
from kg.serve.problems import of_error, of_exception
from kg.serve.server import Server

_GET = ["GET"]
_ALL = ["GET", "POST", "PUT", "DELETE"]


def application(server: Server) -> Starlette:
    """The application of a server, which must have been started."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        yield
        await server.close()

    on_graphs = _ALL if server.settings.write else _GET
    app = Starlette(
        routes=[
            Route("/sparql", sparql.endpoint, methods=["GET", "POST"]),
            Route("/sparql/", sparql.endpoint, methods=["GET", "POST"]),
            Route("/store", store.endpoint, methods=on_graphs),
            Route("/store/{name:path}", store.endpoint, methods=on_graphs),
            Route("/", reading.home, methods=_GET),
            Route("/ask", reading.home, methods=_GET),
            Route("/ask/{name}", reading.ask, methods=_GET),
            Route("/id/{path:path}", reading.name, methods=_GET),
            Route("/doc/{path:path}", reading.document, methods=_GET),
            Route("/ontology", reading.ontology, methods=_GET),
            Route("/ontology.{ending}", reading.ontology, methods=_GET),
            Route("/.well-known/void", reading.void, methods=_GET),
            Route("/examples", reading.examples, methods=_GET),
            Route("/openapi.json", reading.openapi, methods=_GET),
            Route("/style.css", _style, methods=_GET),
            Route("/reports", reports.endpoint, methods=["POST", "DELETE"]),
            Route("/health", _health, methods=_GET),
        ],
        middleware=[Middleware(Door, settings=server.settings)],
        exception_handlers={KgError: _of_error, HTTPException: of_exception},
        lifespan=lifespan,
    )
    app.state.server = server
    return app


async def _of_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    return of_error(request.scope, error)


async def _style(request: Request) -> Response:
    from kg.serve.pages import STYLE

    return Response(STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def _health(request: Request) -> Response:
    server: Server = request.app.state.server
    async with server.readers.answer("state", {}, b"", server.settings.timeout) as answer:
        state = await answer.body()
    return JSONResponse({"status": "ok", "state": state.decode()})
