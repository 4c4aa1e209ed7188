"""The server process of `kg mcp`: speaks over standard input and output, or over HTTP, until it is told to stop."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from kg.errors import KgError
from kg.mcp.desk import Desk, opened
from kg.mcp.lines import Answering
from kg.mcp.server import server
from kg.serve.door import Door
from kg.serve.log import say_in_lines
from kg.serve.problems import of_error, of_exception
from kg.serve.requests import body_of
from kg.serve.run import listen, run
from kg.serve.settings import Settings

LARGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes of one request over HTTP."""


def serve_stdio(settings: Settings) -> None:
    """Speak over standard input and output until the input ends, or SIGINT or SIGTERM; KgError where nothing opens."""
    say_in_lines()
    asyncio.run(_stdio(Desk(opened(settings))))


async def _stdio(desk: Desk) -> None:
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: loop.call_soon_threadsafe(told.set))
    await desk.start()
    speaking, ending = asyncio.create_task(_speak(server(desk))), asyncio.create_task(told.wait())
    try:
        await asyncio.wait({speaking, ending}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await desk.close()
    if not speaking.done():
        # A thread of the library's sits in a read of standard input that nothing but the other side can end.
        sys.stderr.flush()
        os._exit(0)
    ending.cancel()
    speaking.result()


async def _speak(spoken: Server[Any]) -> None:
    try:
        async with stdio_server() as (reading, writing):
            lines = Answering(reading, writing)
            await spoken.run(lines, writing, spoken.create_initialization_options())
    except* (BrokenPipeError, ConnectionError):
        pass  # the other side has gone, and there is nobody to tell


def serve_http(settings: Settings, ready: Callable[[Settings], None]) -> None:
    """Serve at /mcp until SIGINT or SIGTERM; `ready` is told the settings with the port that was given.

    KgError where the graph cannot be opened or the port is taken.
    """
    say_in_lines()
    desk = Desk(opened(settings))
    listener = listen(settings.host, settings.port)
    bound = replace(settings, port=listener.getsockname()[1], largest_body=LARGEST_MESSAGE)

    async def serve() -> None:
        await desk.start()
        await run(application(desk, bound), bound, listener, lambda: ready(bound))

    asyncio.run(serve())


def application(desk: Desk, settings: Settings) -> Starlette:
    """The web application: one address, each request complete in itself, behind the door of `kg serve`."""
    manager = StreamableHTTPSessionManager(server(desk), json_response=True, stateless=True)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        try:
            async with manager.run():
                yield
        finally:
            await desk.close()

    return Starlette(
        routes=[Route("/mcp", _Endpoint(manager, settings), methods=["POST"])],
        middleware=[Middleware(Door, settings=settings)],
        exception_handlers={KgError: _of_error, HTTPException: of_exception},
        lifespan=lifespan,
    )


class _Endpoint:
    """Takes a request whole, within the limits of size and time, and hands it on."""

    def __init__(self, manager: StreamableHTTPSessionManager, settings: Settings) -> None:
        self._manager, self._settings = manager, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body: bytes | None = await body_of(Request(scope, receive), self._settings)

        async def again() -> Message:
            nonlocal body
            if body is None:
                return await receive()
            whole, body = body, None
            return {"type": "http.request", "body": whole, "more_body": False}

        await self._manager.handle_request(scope, again, send)


async def _of_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, KgError)
    return of_error(request.scope, error)
