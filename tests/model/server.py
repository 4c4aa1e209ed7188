"""A server that speaks the chat protocol on a free port, and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200}


@dataclass
class Reply:
    """What comes back: a status, headers and a body; `pause` seconds before it, `dribble` seconds between its bytes.

    With `slow_head` the headers dribble too.
    """

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pause: float = 0.0
    dribble: float = 0.0
    slow_head: bool = False


@dataclass
class Asked:
    """A request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def report(self) -> str:
        """The part of a report that is to be read."""
        lines = self.body["messages"][1]["content"].split("\n")
        first = next(number for number, line in enumerate(lines) if line.startswith("=== REPORT "))
        mark = lines[first].removeprefix("=== REPORT ")
        return "\n".join(lines[first + 1 : lines.index(f"=== END {mark}", first)])


Answering = Callable[[Asked], Reply]


@dataclass
class Server:
    """The server: its address, what it was asked, and how it answers."""

    answer: Answering
    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)


def said(content: object, finish: str = "stop", usage: object = USAGE, **message: object) -> Reply:
    """A completion whose message is `content`: words, or values as JSON."""
    words = content if isinstance(content, str | None) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": words} | message}
    return Reply(json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}).encode())


def failed(status: int, message: str = "no", **headers: str) -> Reply:
    """An error as such servers put it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(json.dumps({"error": {"message": message, "type": "error"}}).encode(), status, named)


def in_turn(*replies: Reply) -> Answering:
    """The replies one after another, the last for good."""
    rest = list(replies)
    return lambda asked: rest.pop(0) if len(rest) > 1 else rest[0]


@contextmanager
def serving(answer: Answering | Reply) -> Iterator[Server]:
    """A server that answers so, until the end of the block."""
    server = Server((lambda asked: answer) if isinstance(answer, Reply) else answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:  # the name that http.server calls
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            server.asked.append(asked)
            reply = server.answer(asked)
            server.stopped.wait(reply.pause)
            if reply.slow_head:
                self._drip(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 10_000, reply.dribble)
                return
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if not reply.dribble:
                self.wfile.write(reply.body)
                return
            self._drip(reply.body, reply.dribble)

        def _drip(self, words: bytes, seconds: float) -> None:
            for byte in words:
                if server.stopped.wait(seconds):
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass

    with Quiet(("127.0.0.1", 0), Handler) as http:
        server.address = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            http.shutdown()
            with suppress(RuntimeError):
                thread.join(5)
