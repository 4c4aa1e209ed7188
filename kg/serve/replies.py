"""A worker's answer as an HTTP response: passed on as it comes, broken off where the worker is late or lost."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from kg.errors import KgError
from kg.serve.problems import of_error
from kg.workers.pool import Head, Pool


class TornOff(Exception):  # noqa: N818  # it is what happened to the answer
    """An answer that had begun could not be finished: the connection is closed, so that nobody takes it for whole."""


class WorkerResponse(Response):
    """What a worker answers to a job, within so many seconds; ends the job when the client has gone."""

    def __init__(
        self,
        pool: Pool,
        job: str,
        arguments: Mapping[str, Any],
        body: bytes = b"",
        seconds: float = 10.0,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._work = (job, arguments, body, seconds)
        self._pool = pool
        self._extra = dict(headers or {})
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        work = asyncio.create_task(self._answer(scope, receive, send))
        gone = asyncio.create_task(_client_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                work.cancel()
            with suppress(asyncio.CancelledError):
                await work
        finally:
            gone.cancel()
            work.cancel()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the answer on, its last piece only when the worker has done: a client that has it all may go at once."""
        has_begun = False
        held: bytes | None = None
        try:
            job, arguments, body, seconds = self._work
            async with self._pool.answer(job, arguments, body, seconds) as answer:
                start = self._start(answer.head)
                async for chunk in answer.chunks():
                    if held is not None:
                        if not has_begun:
                            has_begun = True
                            await send(start)
                        await send({"type": "http.response.body", "body": held, "more_body": True})
                    held = chunk
            if not has_begun:
                await send(start)
            await send({"type": "http.response.body", "body": held or b"", "more_body": False})
        except KgError as error:
            if has_begun:
                if abort := scope.get("state", {}).get("abort"):
                    abort()
                raise TornOff(str(error)) from None
            await of_error(scope, error)(scope, receive, send)

    def _start(self, head: Head) -> Message:
        message: Message = {"type": "http.response.start", "status": head.status, "headers": []}
        headers = MutableHeaders(scope=message)
        headers.update(head.headers | self._extra)
        headers["Content-Type"] = head.media_type
        if head.length is not None:
            headers["Content-Length"] = str(head.length)
        return message


async def _client_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
