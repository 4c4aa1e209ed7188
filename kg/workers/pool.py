"""A pool of worker processes: each job goes to an idle one, and a worker that is late or lost is replaced."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
import weakref
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, NamedTuple

from kg.errors import DeadlineExceeded, JobFailed, KgError, Overloaded, WorkerLost
from kg.workers import frames

_TRIES = 5
"""Workers that a job is offered to, where one after another ends before it takes it."""

_START_AGAIN = 1.0
"""Seconds between attempts to start a worker that does not start."""


class Head(NamedTuple):
    """What an answer begins with; `length` is the size of the body in bytes, where it is known."""

    status: int
    media_type: str
    headers: dict[str, str]
    length: int | None


class Answer:
    """The answer to a job: its head, and its body in chunks as they come."""

    def __init__(self, worker: _Worker, head: Head) -> None:
        self._worker = worker
        self.head = head

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body; WorkerLost where the worker ends before the body does."""
        while True:
            kind, payload = await self._worker.frame()
            if kind == frames.DATA:
                yield payload
            elif kind == frames.END:
                self._worker.is_clean = True
                return
            else:
                raise _error(payload)

    async def body(self) -> bytes:
        """The whole body."""
        return b"".join([chunk async for chunk in self.chunks()])


class Pool:
    """`size` workers that run the jobs of a module; `waiting` jobs at most wait for one."""

    def __init__(self, jobs: str, settings: Mapping[str, Any], size: int, waiting: int) -> None:
        self._command = [sys.executable, "-m", "kg.workers.process", jobs, json.dumps(dict(settings))]
        self._size, self._most_waiting = size, waiting
        self._waiting = 0
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._workers: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._starts: weakref.WeakSet[asyncio.Task[None]] = weakref.WeakSet()
        self._fault: KgError | None = None
        self._is_closed = False

    async def start(self) -> None:
        """Start all workers; KgError where they cannot open what they need."""
        for _ in range(self._size):
            self._replace()
        while self._idle.empty():
            await asyncio.sleep(0.01)
            if self._fault is not None:
                fault = self._fault
                await self.close()
                raise fault

    async def close(self) -> None:
        """End all workers."""
        self._is_closed = True
        for worker in list(self._workers):
            worker.kill()
        for task in self._starts:
            task.cancel()
        await asyncio.gather(*self._tasks, *(worker.end() for worker in self._workers), return_exceptions=True)
        self._workers.clear()

    @asynccontextmanager
    async def answer(
        self, job: str, arguments: Mapping[str, Any], body: bytes = b"", seconds: float = 10.0
    ) -> AsyncIterator[Answer]:
        """The answer to a job, for use in an `async with` statement, waiting and writing included, within `seconds`.

        Overloaded where too many wait, DeadlineExceeded where it takes too long, WorkerLost where it ends the
        process, JobFailed for what was wrong with the job itself. Leaving early ends the worker.
        """
        ends = time.monotonic() + seconds
        worker = await self._at_work(frames.job(job, arguments, body), ends, seconds)
        try:
            async with _deadline(ends, seconds):
                kind, payload = await worker.frame()
                if kind != frames.HEAD:
                    error = _error(payload)
                    worker.is_clean = error.kind not in frames.LAST_WORDS
                    raise error
                yield Answer(worker, Head(**json.loads(payload)))
        finally:
            self._release(worker)

    async def _at_work(self, work: bytes, ends: float, seconds: float) -> _Worker:
        """A worker that has taken a job; one that was lost before it did is passed over."""
        for _ in range(_TRIES):
            worker = await self._acquire(ends, seconds)
            try:
                async with _deadline(ends, seconds):
                    await worker.send(work)
                    await worker.frame()
                    return worker
            except WorkerLost:
                self._release(worker)
            except BaseException:
                self._release(worker)
                raise
        raise _lost()

    async def _acquire(self, ends: float, seconds: float) -> _Worker:
        if self._waiting >= self._most_waiting and self._idle.empty():
            raise Overloaded(f"{self._waiting} requests wait already; try again in a few seconds")
        if self._fault is not None and not self._workers:
            raise self._fault
        self._waiting += 1
        try:
            async with _deadline(ends, seconds):
                while True:
                    worker = await self._idle.get()
                    if worker.is_alive():
                        worker.is_clean = False
                        return worker
                    self._drop(worker)
        finally:
            self._waiting -= 1

    def _release(self, worker: _Worker) -> None:
        if worker.is_clean and worker.is_alive():
            self._idle.put_nowait(worker)
        else:
            self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        self._workers.discard(worker)
        self._begin(worker.end())
        self._replace()

    def _replace(self) -> None:
        if not self._is_closed:
            self._starts.add(self._begin(self._start_one()))

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _start_one(self) -> None:
        while True:
            try:
                worker = await _Worker.started(self._command)
            except OSError as error:
                self._fault = Overloaded(f"no worker can be started ({error.strerror or error}); try again later")
                await asyncio.sleep(_START_AGAIN)
                continue
            self._workers.add(worker)
            try:
                kind, payload = await worker.frame()
            except WorkerLost as error:
                self._fault = error
            else:
                if kind == frames.READY:
                    self._fault = None
                    self._idle.put_nowait(worker)
                    return
                self._fault = _error(payload)
            self._workers.discard(worker)
            await worker.end()
            await asyncio.sleep(_START_AGAIN)


class _Worker:
    """One worker process and its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.is_clean = False

    @classmethod
    async def started(cls, command: list[str]) -> _Worker:
        pipe = asyncio.subprocess.PIPE
        quiet = {**os.environ, "RUST_BACKTRACE": "0"}  # an engine that dies says so in a line
        # In a session of its own: a keyboard's interrupt is for the parent, which lets the worker finish.
        return cls(
            await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, env=quiet, start_new_session=True)
        )

    def is_alive(self) -> bool:
        assert self._process.stdout is not None
        return self._process.returncode is None and not self._process.stdout.at_eof()

    async def send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            await self._process.stdin.drain()
        except (ConnectionError, OSError):
            raise _lost() from None

    async def frame(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        try:
            kind, size = frames.read_frame_head(await self._process.stdout.readexactly(frames.FRAME_SIZE))
            return kind, await self._process.stdout.readexactly(size)
        except asyncio.IncompleteReadError:
            raise _lost() from None

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End the process; what it still wrote is let go."""
        self.kill()
        await self._process.communicate()


@asynccontextmanager
async def _deadline(ends: float, seconds: float) -> AsyncIterator[None]:
    """DeadlineExceeded where what is inside is not done in time."""
    try:
        async with asyncio.timeout(max(0.0, ends - time.monotonic())):
            yield
    except TimeoutError:
        raise DeadlineExceeded(seconds) from None


def _lost() -> WorkerLost:
    return WorkerLost("it ended the process that worked on it: it takes too much memory or goes too deep; narrow it")


def _error(payload: bytes) -> JobFailed:
    return JobFailed(**json.loads(payload))
