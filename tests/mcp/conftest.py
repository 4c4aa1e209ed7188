"""Servers of the tests: the real `kg mcp`, over both transports, and the SDK's own client at the other end."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import psutil
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}


class Caller:
    """The SDK's client in a thread of its own, so that tests call it as they call anything."""

    def __init__(self, transport: Any, mode: str = "auto") -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._leave = asyncio.Event()
        self.client = Client(transport, mode=mode, read_timeout_seconds=60)
        entered = asyncio.run_coroutine_threadsafe(self._enter(), self._loop)
        self._held = entered.result(60)

    async def _enter(self) -> asyncio.Task[None]:
        entered = asyncio.Event()

        async def hold() -> None:
            async with self.client:
                entered.set()
                await self._leave.wait()

        task = asyncio.create_task(hold())
        waiting = asyncio.create_task(entered.wait())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        return task

    def run(self, coroutine: Any) -> Any:
        """What a coroutine of the client gives."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(120)

    @cached_property
    def tools(self) -> dict[str, Any]:
        """The tools by name."""
        return {tool.name: tool for tool in self.run(self.client.list_tools()).tools}

    def call(self, tool: str, /, **arguments: Any) -> Any:
        """The result of a call."""
        return self.run(self.client.call_tool(tool, arguments))

    def answer(self, tool: str, /, **arguments: Any) -> dict[str, Any]:
        """What a call gives, which must be no error."""
        result = self.call(tool, **arguments)
        assert not result.is_error, result.content[0].text
        return result.structured_content

    def fault(self, tool: str, /, **arguments: Any) -> str:
        """The one line that a call which must fail says."""
        result = self.call(tool, **arguments)
        assert result.is_error
        (said,) = result.content
        assert "\n" not in said.text
        assert "Traceback" not in said.text
        return said.text

    def close(self) -> None:
        """Leave in good order."""

        async def leave() -> None:
            self._leave.set()
            await self._held

        asyncio.run_coroutine_threadsafe(leave(), self._loop).result(60)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


@contextmanager
def over_stdio(log: Path, *arguments: str | Path, mode: str = "auto") -> Iterator[Caller]:
    """A client of `kg mcp`, which says nothing but lines on its error output, and leaves no process behind."""
    before = set(psutil.Process().children(recursive=True))
    with log.open("w", encoding="utf-8") as errors:
        parameters = StdioServerParameters(
            command=sys.executable, args=["-m", "kg", "mcp", *map(str, arguments)], env=ENVIRONMENT
        )
        caller = Caller(stdio_client(parameters, errlog=errors), mode)
        started = set(psutil.Process().children(recursive=True)) - before
        yield caller
        caller.close()
    psutil.wait_procs(started, timeout=5)
    assert not [process for process in started if process.is_running()]
    assert "Traceback" not in log.read_text(encoding="utf-8")


@contextmanager
def over_http(log: Path, *arguments: str | Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address and the process of a `kg mcp --http`."""
    command = [sys.executable, "-m", "kg", "mcp", "--http", "--port", "0", *map(str, arguments)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, stderr=errors, env=ENVIRONMENT)
        try:
            yield _address(process, log), process
        finally:
            process.terminate()
            process.wait(20)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        found = re.search(r"at (http://\S+/mcp)", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.1)
    raise AssertionError("the server did not say that it listens")


@contextmanager
def _calling(address: str, mode: str = "auto") -> Iterator[Caller]:
    caller = Caller(address, mode)
    yield caller
    caller.close()


@pytest.fixture(scope="session")
def caller(speaking: Callable[..., AbstractContextManager[Caller]]) -> Iterator[Caller]:
    """A client over standard input and output, on the graph that ships."""
    with speaking("--timeout", "30") as caller:
        yield caller


@pytest.fixture(scope="session")
def web(listening: Callable[..., AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]]) -> Iterator[str]:
    """The address of a server over HTTP, on the graph that ships."""
    with listening("--timeout", "30") as (address, _):
        yield address


@pytest.fixture(scope="session")
def web_caller(web: str) -> Iterator[Caller]:
    """A client over HTTP."""
    with _calling(web) as caller:
        yield caller


@pytest.fixture(scope="session")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., AbstractContextManager[Caller]]:
    """Starts a server over standard input and output with arguments of its own."""
    return lambda *arguments, **more: over_stdio(tmp_path_factory.mktemp("mcp") / "errors", *arguments, **more)


@pytest.fixture(scope="session")
def listening(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]]:
    """Starts a server over HTTP with arguments of its own."""
    return lambda *arguments: over_http(tmp_path_factory.mktemp("mcp") / "errors", *arguments)


@pytest.fixture(scope="session")
def calling() -> Callable[..., AbstractContextManager[Caller]]:
    """Connects another client to a server over HTTP."""
    return _calling
