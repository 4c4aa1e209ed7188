"""Where calls are answered: the tools over one graph, and the workers that do their jobs within the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import kg
from kg import shipped
from kg.errors import KgError
from kg.mcp.tools import Tool, tools
from kg.query.catalog import Query
from kg.serve.settings import Settings
from kg.workers.pool import Pool

_JOBS = "kg.mcp.jobs"


class Desk:
    """The tools of a graph. Started, it answers calls until it is closed; it holds no graph itself."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.timeout
        self.queries = _queries(settings)
        self.tools: dict[str, Tool] = tools(list(self.queries.values()))
        waiting = settings.waiting
        self._readers = Pool(_JOBS, settings.of_worker(engine=False), settings.workers, waiting)
        self._engine = Pool(_JOBS, settings.of_worker(engine=True), max(1, settings.workers // 2), waiting)
        self._filling: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the workers; those with an engine go on filling it while others answer."""
        await self._readers.start()
        self._filling = asyncio.create_task(self._fill())

    async def _fill(self) -> None:
        with suppress(KgError):  # who asks for the engine is told
            await self._engine.start()

    async def close(self) -> None:
        """End the workers, whatever they are at."""
        if self._filling is not None:
            self._filling.cancel()
        await asyncio.gather(self._readers.close(), self._engine.close())

    async def call(self, tool: Tool, given: Mapping[str, Any]) -> str:
        """The answer to a call, as JSON; KgError where the arguments are wrong, or it takes too long."""
        return await self._done(self._engine if tool.runs else self._readers, tool.job, tool.arguments(given))

    async def schema(self) -> str:
        """The vocabulary in short, in Markdown."""
        return await self._done(self._readers, "schema", {})

    async def _done(self, pool: Pool, job: str, arguments: Mapping[str, Any]) -> str:
        async with pool.answer(job, arguments, b"", self._seconds) as answer:
            return (await answer.body()).decode()


def opened(settings: Settings) -> Settings:
    """The settings with the store named that is meant; KgError at once where it cannot be opened."""
    from dataclasses import replace

    source = settings.source or str(shipped.path())
    kg.open(source, queries=settings.queries).close()
    return replace(settings, source=source)


def _queries(settings: Settings) -> dict[str, Query]:
    """The canned queries by name: those that ship, and those of the user's own folder in their place or beside them."""
    from kg.query import catalog

    own = Path(settings.queries) if settings.queries else None
    found = {query.name: query for query in catalog.load_all()}
    found |= {query.name: query for query in (catalog.load_all(own) if own else ())}
    return dict(sorted(found.items()))
