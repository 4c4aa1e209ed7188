"""What goes over the pipes between a pool and a worker: jobs in, frames of an answer out."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Protocol

CHUNK = 64 * 1024
"""Bytes of an answer that are kept back: a fault before they are full gives a clean error instead of a torn answer."""

READY, TAKEN, HEAD, DATA, ERROR, END = b"R", b"T", b"H", b"D", b"E", b"Z"
"""Ready for a job; a job was read; the head, a piece and the end of its answer; or the error it ends with."""

_FRAME = struct.Struct("!cI")
_LENGTHS = struct.Struct("!II")

LAST_WORDS = ("Fault",)
"""Kinds of errors after which a worker is not to be trusted with another job."""

FRAME_SIZE = _FRAME.size


class Output(Protocol):
    """Where an answer is written to."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""
        ...

    def flush(self) -> None:
        """Nothing is kept back."""
        ...


@dataclass(frozen=True)
class Reply:
    """The answer to a job: a status as HTTP knows it, a media type, headers, and the body or what writes it."""

    body: bytes | Iterable[bytes] | Callable[[Output], object] = b""
    media_type: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def write(self, output: Output) -> None:
        """Write the body."""
        if isinstance(self.body, bytes):
            output.write(self.body)
        elif callable(self.body):
            self.body(output)
        else:
            for chunk in self.body:
                output.write(chunk)


def job(name: str, arguments: Mapping[str, Any], body: bytes) -> bytes:
    """A job as the worker reads it: its name and arguments, and the body that came with the request."""
    head = json.dumps({"job": name, "arguments": dict(arguments)}).encode()
    return _LENGTHS.pack(len(head), len(body)) + head + body


def read_job(source: BinaryIO) -> tuple[str, dict[str, Any], bytes] | None:
    """The next job; None where the pool has gone."""
    lengths = source.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head_size, body_size = _LENGTHS.unpack(lengths)
    head = json.loads(source.read(head_size))
    return head["job"], head["arguments"], source.read(body_size)


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """A frame of an answer."""
    return _FRAME.pack(kind, len(payload)) + payload


def read_frame_head(head: bytes) -> tuple[bytes, int]:
    """The kind of a frame, and how many bytes follow."""
    kind, size = _FRAME.unpack(head)
    return kind, size
