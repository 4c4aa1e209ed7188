"""What a running server consists of: its settings, and the pools of workers that do its work."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.replies import WorkerResponse
from kg.serve.settings import Settings
from kg.workers.pool import Pool

_JOBS = "kg.serve.jobs"


class Server:
    """Pools of workers: `engine` runs SPARQL, `readers` answer all else that reads, `writer` writes, one at a time."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        size, waiting = settings.workers, settings.waiting
        self.engine = Pool(_JOBS, settings.of_worker(engine=True), size, waiting)
        self.readers = Pool(_JOBS, settings.of_worker(engine=False), size, waiting)
        self.writer = Pool(_JOBS, settings.of_worker(engine=False), 1, waiting) if settings.write else None

    def pools(self) -> list[Pool]:
        """All pools."""
        return [pool for pool in (self.engine, self.readers, self.writer) if pool is not None]

    async def start(self) -> None:
        """Start the workers; KgError where they cannot open the graph."""
        await asyncio.gather(*(pool.start() for pool in self.pools()))

    async def close(self) -> None:
        """End the workers."""
        await asyncio.gather(*(pool.close() for pool in self.pools()))

    def address(self, request: Request, path: str) -> str:
        """An address of this server as the client knows it."""
        return f"{request.url.scheme}://{request.headers['host']}{path}"

    def written(self, job: str, arguments: Mapping[str, Any], body: bytes) -> Response:
        """The answer to a request that changes the store."""
        assert self.writer is not None
        return WorkerResponse(self.writer, job, arguments, body, self.settings.write_timeout)

    def described(self, request: Request) -> Response:
        """The description of the service."""
        arguments = {"base": self.address(request, ""), "accept": request.headers.get("accept", ""),
                     "write": self.settings.write}  # fmt: skip
        return WorkerResponse(self.readers, "service", arguments, b"", self.settings.timeout)
