"""Connections that keep their time: deadlines for the head of a request and for a reader that takes no more."""

from __future__ import annotations

import asyncio
import socket
import struct
from contextlib import suppress
from typing import Any, NamedTuple

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_RESET = struct.pack("ii", 1, 0)
_HEADS = {
    400: b"Bad Request",
    414: b"URI Too Long",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
}


class Limits(NamedTuple):
    """What a connection may take, and how many there may be; beyond that, another one is told to come later.

    The head of a request must come within `head_seconds` and `largest_head` bytes; who takes nothing of an answer
    for `stalled_seconds` is cut off.
    """

    head_seconds: float
    stalled_seconds: float
    largest_head: int
    connections: int


class Punctual(H11Protocol):
    """The protocol with limits; what is no HTTP is told so in one line, then closed."""

    limits: Limits
    _head: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def __init__(self, config: Any, server_state: Any, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, {**app_state, "abort": self.abort}, _loop)

    def connection_made(self, transport: Any) -> None:
        """Begin with a connection, or refuse it."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            self._refuse(503, "too many connections are open; try again in a few seconds")
        else:
            self._expect()

    def data_received(self, data: bytes) -> None:
        """Take bytes of a request."""
        if self.transport.is_closing():
            return
        if self._head is None and (self.cycle is None or self.cycle.response_complete):
            self._expect()
        super().data_received(data)
        if self._head is not None and self.cycle is not None and not self.cycle.response_complete:
            self._head.cancel()
            self._head = None

    def connection_lost(self, exc: Exception | None) -> None:
        """End with a connection."""
        for timer in (self._head, self._stalled):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The reader takes less than is sent."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.limits.stalled_seconds, self.abort)

    def resume_writing(self) -> None:
        """The reader takes again."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with what came, unless an answer has begun; then close."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        came = self.conn.trailing_data[0]
        if len(came) <= self.limits.largest_head:
            self._refuse(400, "this is no HTTP request as it should be; see RFC 9112")
        elif b"\n" in came[: self.limits.largest_head // 2]:
            self._refuse(431, "the head of the request is too large; send fewer or shorter headers")
        else:
            self._refuse(414, "the address is too long; send the query by POST")

    def abort(self) -> None:
        """Break the connection off, so that nobody takes for whole what was sent of an answer."""
        with suppress(OSError, AttributeError):
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.transport.abort()

    def _refuse(self, status: int, reason: str) -> None:
        body = f"{reason}\n".encode()
        head = b"HTTP/1.1 %d %s\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: %d\r\n"
        rest = b"X-Content-Type-Options: nosniff\r\nConnection: close\r\n"
        rest += b"Retry-After: 2\r\n" if status == 503 else b""
        self.transport.write(head % (status, _HEADS[status], len(body)) + rest + b"\r\n" + body)
        self.transport.close()

    def _expect(self) -> None:
        self._head = self.loop.call_later(self.limits.head_seconds, self._give_up)

    def _give_up(self) -> None:
        self._head = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()


def protocol(limits: Limits) -> type[H11Protocol]:
    """The HTTP protocol of uvicorn within limits that it has none for."""
    return type("Limited", (Punctual,), {"limits": limits})
