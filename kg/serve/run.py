"""The server process: listens, serves until it is told to stop, and then lets what has begun come to its end."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import uvicorn
from starlette.types import ASGIApp

import kg
from kg import shipped
from kg.errors import RemoteError
from kg.serve.app import application
from kg.serve.log import say_in_lines
from kg.serve.protocol import Limits, protocol
from kg.serve.server import Server
from kg.serve.settings import Settings

_IDLE_SECONDS = 15
_QUEUE = 512
"""Connections that the system keeps waiting until they are taken."""
_AT_A_TIME = 16
"""Connections that are taken at once, before those that are too many are closed again."""
_OTHER_FILES = 64
"""Files that are kept free for other things than connections, beside those of the workers."""
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""Of the data that ships (data/README.md)."""


def serve(settings: Settings, ready: Callable[[Settings], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the settings with the port that was given.

    KgError where the graph cannot be opened or the port is taken.
    """
    source = settings.source or str(shipped.path())
    kg.open(source, queries=settings.queries).close()  # says what is wrong with it before any worker meets it
    listener = listen(settings.host, settings.port)
    bound = replace(settings, port=listener.getsockname()[1])
    licence = settings.licence or (None if settings.source else _LICENCE)
    asyncio.run(_serve(replace(bound, source=source, licence=licence), listener, lambda: ready(bound)))


async def _serve(settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    server = Server(settings)
    await server.start()
    await run(application(server), settings, listener, ready)


async def run(app: ASGIApp, settings: Settings, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve an application until SIGINT or SIGTERM, and then what has begun; `ready` is told when it listens."""
    limits = Limits(
        settings.header_seconds, settings.stalled_seconds, 2 * settings.largest_address, _connections(settings)
    )
    say_in_lines()
    config = uvicorn.Config(
        app,
        http=protocol(limits),
        h11_max_incomplete_event_size=limits.largest_head,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        backlog=_AT_A_TIME,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=int(settings.drain_seconds),
    )
    listening = _Listening(config, ready)
    await listening.serve(sockets=[listener])


class _Listening(uvicorn.Server):
    """A server that ends with the exit code 0 when it is told to stop, rather than by the signal itself."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so: from now on, a signal stops it in good order."""
        await super().startup(sockets)
        for each in sockets or ():
            each.listen(_QUEUE)  # asyncio makes the queue as short as what it takes at a time
        self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop in good order on SIGINT and SIGTERM, at once on a second SIGINT."""
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _connections(settings: Settings) -> int:
    """How many connections there may be, by the settings and by how many files the system lets this process open."""
    if sys.platform == "win32":
        return settings.connections
    import resource

    others = _OTHER_FILES + 8 * settings.workers
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= soft < settings.connections + others:
        wanted = settings.connections + others
        soft = wanted if hard < 0 else min(wanted, hard)  # below zero it is without limit
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return settings.connections if soft < 0 else max(1, min(settings.connections, soft - others))


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; RemoteError where the address is taken or is not to be had."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        # With the protocol named, asyncio sends small answers at once (TCP_NODELAY); else each waits for 40 ms.
        listener = socket.socket(*found[:3])
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(found[4])
        listener.listen(_QUEUE)
    except OSError as error:
        reason = f"cannot listen on {host}:{port} ({error.strerror or error}); choose another with --port or --host"
        raise RemoteError(reason) from None
    return listener
