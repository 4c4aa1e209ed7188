"""A worker process: opens what its jobs need, says that it is ready, and does one job after another."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from kg.errors import InputError, KgError, ParseError
from kg.workers import caps, frames
from kg.workers.frames import Reply

Job = Callable[[Any, Mapping[str, Any], bytes], Reply]
"""A job: what the worker holds open, the arguments, and the body of the request."""


def main() -> int:
    """Run a worker: the module of its jobs (with `open_state` and `JOBS`), and settings as JSON, are arguments."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)  # they are for the parent, which lets what has begun come to its end
    output = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever prints must not tear the frames
    jobs, settings = import_module(sys.argv[1]), json.loads(sys.argv[2])
    try:
        caps.settle_in()
        state = jobs.open_state(settings)
        caps.cap_memory(settings["memory"])
    except KgError as error:
        output.write(frames.frame(frames.ERROR, _said(error)))
        return error.exit_code
    source = sys.stdin.buffer
    with suppress(BrokenPipeError):  # the pool has gone
        output.write(frames.frame(frames.READY))
        while (asked := frames.read_job(source)) is not None:
            name, arguments, body = asked
            output.write(frames.frame(frames.TAKEN))
            _answer(jobs.JOBS[name], state, arguments, body, output)
    return 0


def _answer(job: Job, state: Any, arguments: Mapping[str, Any], body: bytes, output: BinaryIO) -> None:
    """Do a job and write its answer, or the error it ends with."""
    try:
        reply = job(state, arguments, body)
        body_output = _Body(output, reply)
        reply.write(body_output)
        body_output.finish()
    except KgError as error:
        output.write(frames.frame(frames.ERROR, _said(error)))
    except MemoryError:
        os._exit(3)  # what is left of the memory is not to be trusted
    except RecursionError:
        output.write(frames.frame(frames.ERROR, _said(InputError("it is nested too deep; simplify it"))))
    except BrokenPipeError:
        raise
    except Exception as error:
        sys.stderr.write(f"kg: fault in a worker: {error!r}{_places(error)}\n")
        output.write(frames.frame(frames.ERROR, _said(Fault("a fault of the program itself; its log tells more"))))


class Fault(KgError):  # noqa: N818  # as the errors of the package are called
    """A fault of the program itself."""

    exit_code = 3


def _places(error: BaseException) -> str:
    """Where an error comes from, in one line, innermost place first."""
    frames_of = reversed(traceback.extract_tb(error.__traceback__))
    return "".join(f" at {Path(place.filename).name}:{place.lineno}" for place in frames_of)


class _Body:
    """Passes a body on in frames, its head before it, once enough of it is there or it is whole."""

    def __init__(self, output: BinaryIO, reply: Reply) -> None:
        self._output, self._reply = output, reply
        self._kept = bytearray()
        self._has_begun = False

    def write(self, data: bytes) -> int:
        """Take some bytes of the body."""
        self._kept += data
        if len(self._kept) >= frames.CHUNK:
            self._pass_on()
        return len(data)

    def flush(self) -> None:
        """Bytes are passed on when there are enough of them."""

    def finish(self) -> None:
        """Pass on what is left; the length of a body that fits one frame is told."""
        self._pass_on(is_whole=not self._has_begun)
        self._output.write(frames.frame(frames.END))

    def _pass_on(self, is_whole: bool = False) -> None:
        if not self._has_begun:
            head = {
                "status": self._reply.status,
                "media_type": self._reply.media_type,
                "headers": dict(self._reply.headers),
                "length": len(self._kept) if is_whole else None,
            }
            self._output.write(frames.frame(frames.HEAD, json.dumps(head).encode()))
            self._has_begun = True
        for start in range(0, len(self._kept), frames.CHUNK):
            self._output.write(frames.frame(frames.DATA, bytes(self._kept[start : start + frames.CHUNK])))
        self._kept.clear()


def _said(error: KgError) -> bytes:
    """An error as the pool reads it."""
    where = (error.line, error.column) if isinstance(error, ParseError) else (None, None)
    said = {"kind": type(error).__name__, "detail": str(error), "status": error.http_status, "line": where[0],
            "column": where[1], "exit_code": error.exit_code}  # fmt: skip
    return json.dumps(said).encode()


if __name__ == "__main__":
    sys.exit(main())
