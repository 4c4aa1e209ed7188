"""A crew of processes that take reports in, each under a deadline and a cap on memory, for whoever waits in order."""

from __future__ import annotations

import asyncio
import os
import pickle
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict
from types import TracebackType

from kg.claimed import Given
from kg.errors import DeadlineExceeded, InputError, JobFailed, KgError, WorkerLost
from kg.intake.take import Source, Taken
from kg.workers.pool import Pool

MEGABYTES = 1024
"""Memory that taking in one report may need, beside what the program itself does."""

SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 60.0, 30.0, 900.0
"""How long taking in one report may take, by the size of its file; far more than is usual."""


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """`size` processes, for use in a `with` statement; leaving it ends them at once."""

    def __init__(
        self,
        size: int,
        seconds: float = SECONDS,
        megabytes: int = MEGABYTES,
        seconds_a_megabyte: float = SECONDS_A_MEGABYTE,
    ) -> None:
        self._size, self._seconds, self._seconds_a_megabyte = size, seconds, seconds_a_megabyte
        self._pool = Pool("kg.intake.jobs", {"memory": megabytes}, size, waiting=size)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._places = asyncio.Semaphore(size)
        self._tasks: set[asyncio.Task[Taken | KgError]] = set()

    def __enter__(self) -> Crew:
        self._thread.start()
        try:
            asyncio.run_coroutine_threadsafe(self._pool.start(), self._loop).result()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def take(
        self, sources: Iterable[Source | KgError], given: Given, is_read: bool
    ) -> Iterator[tuple[Source | None, Taken | KgError]]:
        """Each report and what it came to, or the error it ended with, in order; a few are taken in ahead.

        An error among the sources stands in its place.
        """
        waiting: deque[tuple[Source | None, Future[Taken | KgError]]] = deque()
        for source in sources:
            waiting.append(self._begun(source, given, is_read))
            if len(waiting) > 2 * self._size:
                yield _ended(*waiting.popleft())
        while waiting:
            yield _ended(*waiting.popleft())

    def _begun(
        self, source: Source | KgError, given: Given, is_read: bool
    ) -> tuple[Source | None, Future[Taken | KgError]]:
        if isinstance(source, KgError):
            done: Future[Taken | KgError] = Future()
            done.set_result(source)
            return None, done
        return source, asyncio.run_coroutine_threadsafe(self._within(source, given, is_read), self._loop)

    async def _end(self) -> None:
        """End the processes, and let nobody wait for them."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()

    async def _within(self, source: Source, given: Given, is_read: bool) -> Taken | KgError:
        """Take one report in, as a task that leaving the crew can cancel."""
        task = asyncio.create_task(self._one(source, given, is_read))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return await task

    async def _one(self, source: Source, given: Given, is_read: bool) -> Taken | KgError:
        seconds = min(MOST_SECONDS, self._seconds + self._seconds_a_megabyte * len(source.content) / 2**20)
        arguments = {"name": source.name, "beside": source.beside, "given": asdict(given), "read": is_read}
        try:
            async with self._places, self._pool.answer("take", arguments, source.content, seconds) as answer:
                body = await answer.body()
        except DeadlineExceeded:
            return InputError(
                f"{source.name}: reading it takes longer than {seconds:.0f} s; split it, or save its text"
            )
        except WorkerLost:
            return InputError(f"{source.name}: reading it takes too much memory; split it, or save its text as .txt")
        except JobFailed as error:
            return _own(error, source.name)
        found: Taken = pickle.loads(body)  # noqa: S301  # from a process of our own, over its own pipe
        return found


def _ended(source: Source | None, future: Future[Taken | KgError]) -> tuple[Source | None, Taken | KgError]:
    return source, future.result()


def _own(error: JobFailed, name: str) -> KgError:
    """The error as it would be, had it come up in this process; its text names the file."""
    text = str(error)
    return error if text.startswith((name, "standard input", "this needs")) else InputError(f"{name}: {text}")
