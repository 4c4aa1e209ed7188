"""Servers for the tests: real `kg serve` processes on free ports, whose words are read when they have ended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

TOKEN = "a-token-for-tests"  # noqa: S105  # of servers that live as long as a test

_WITH_SETTINGS = """
import json, sys
from kg.serve.run import serve
from kg.serve.settings import Settings
say = lambda at: print(f"kg: serving, at http://{at.host}:{at.port}/", file=sys.stderr, flush=True)
serve(Settings(**json.loads(sys.argv[1])), say)
"""
"""Serves by settings for which the command line has no word."""


@dataclass(frozen=True)
class Served:
    """A server that runs: where it is asked, its process, its token, and what it has said so far."""

    address: str
    port: int
    process: subprocess.Popen[bytes]
    token: str
    said: Callable[[], str]


@contextmanager
def served(
    *arguments: str | Path, settings: dict[str, Any] | None = None, may_be_killed: bool = False
) -> Iterator[Served]:
    """A server by arguments of `kg serve`, or by `settings`; it must say nothing amiss and end well."""
    command = [*map(str, ("-m", "kg", "serve", "--port", "0", *arguments))]
    if settings is not None:
        command = ["-c", _WITH_SETTINGS, json.dumps({"port": 0, "token": TOKEN} | settings)]
    given = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    with TemporaryFile() as words:
        process = subprocess.Popen([sys.executable, *command], stderr=words, env=given | {"KG_TOKEN": TOKEN})
        try:
            port = _port(process, words)
            yield Served(f"http://127.0.0.1:{port}", port, process, TOKEN, lambda: _read(words))
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(30)
            said = _read(words)
        assert "Traceback" not in said, said
        assert "panicked" not in said, said
        assert may_be_killed or ended == 0, said


def _port(process: subprocess.Popen[bytes], words: IO[bytes]) -> int:
    ends = time.monotonic() + 60
    while time.monotonic() < ends and process.poll() is None:
        if found := re.search(r"at http://[^/]*:(\d+)/", _read(words)):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {_read(words)}")


def _read(words: IO[bytes]) -> str:
    return os.pread(words.fileno(), 1 << 24, 0).decode("utf-8", "backslashreplace")
