"""Lines of standard input that are no message: the library passes over them in silence, and clients would wait."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self

from mcp.shared._stream_protocols import ReadStream, WriteStream
from mcp.shared.message import SessionMessage
from mcp_types import PARSE_ERROR, ErrorData, JSONRPCError

_REASON = "the line is no message of JSON-RPC 2.0; send one request or notification a line, as JSON in UTF-8"


class Answering:
    """Messages as they come; a line that is none gets an error that bears no number (JSON-RPC 2.0, section 5)."""

    def __init__(self, reading: ReadStream[SessionMessage | Exception], writing: WriteStream[SessionMessage]) -> None:
        self._reading, self._writing = reading, writing

    @property
    def last_context(self) -> Any:
        """The context in which the last message was sent, for the library."""
        return getattr(self._reading, "last_context", None)

    async def receive(self) -> SessionMessage | Exception:
        """The next message."""
        while isinstance(item := await self._reading.receive(), Exception):
            error = JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=PARSE_ERROR, message=_REASON))
            await self._writing.send(SessionMessage(error))
        return item

    async def aclose(self) -> None:
        """Let go of what is read from."""
        await self._reading.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> SessionMessage | Exception:
        from anyio import EndOfStream

        try:
            return await self.receive()
        except EndOfStream:
            raise StopAsyncIteration from None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
