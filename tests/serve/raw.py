"""Requests as bytes, where a client library would put right what a test wants wrong."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import quote


class Got(NamedTuple):
    """An answer: its status, its headers by lower-case name, its body, and whether it came to its proper end."""

    status: int
    headers: dict[str, str]
    body: bytes
    is_whole: bool = True

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")

    @property
    def detail(self) -> str:
        """What is wrong, in whichever form it is said; it must be one line without control characters."""
        said = json.loads(self.body)["detail"] if "json" in self.headers.get("content-type", "") else self.text
        line = said.removesuffix("\n")
        assert line, "nothing is said"
        assert line.isprintable(), said
        return str(line)


def ask(
    port: int,
    path: str,
    method: str = "GET",
    body: bytes | str | None = None,
    timeout: float = 30,
    **headers: str,
) -> Got:
    """The answer to a request; header names are given with underscores for hyphens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        content = body.encode() if isinstance(body, str) else body
        connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
        if content is not None and "Content-Length" not in given:
            given["Content-Length"] = str(len(content))
        for name, value in given.items():
            connection.putheader(name, value)
        connection.endheaders(content)
        return _read(connection.getresponse())
    finally:
        connection.close()


def query(port: int, text: str, timeout: float = 30, **headers: str) -> Got:
    """The answer to a SPARQL query, by POST."""
    kind = {"Content_Type": "application/sparql-query"}
    return ask(port, "/sparql", "POST", text, timeout, **(kind | headers))


def update(port: int, token: str, text: str, timeout: float = 60) -> Got:
    """The answer to a SPARQL update."""
    bearer = f"Bearer {token}"
    return ask(port, "/sparql", "POST", text, timeout, Content_Type="application/sparql-update", Authorization=bearer)


def by_get(text: str) -> str:
    """The address that asks a query."""
    return f"/sparql?query={quote(text, safe='')}"


def exchange(port: int, sent: bytes, timeout: float = 30) -> Got | None:
    """The answer to bytes sent as they are; None where the connection is closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout) as wire:
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before all was sent: the answer may be there
            wire.sendall(sent)
        return answer(wire)


def answer(wire: socket.socket) -> Got | None:
    """The answer that comes on a connection."""
    response = http.client.HTTPResponse(wire)
    try:
        response.begin()
    except (http.client.BadStatusLine, ConnectionError):
        return None
    return _read(response)


def _read(response: http.client.HTTPResponse) -> Got:
    headers = {name.lower(): value for name, value in response.getheaders()}
    try:
        return Got(response.status, headers, response.read())
    except http.client.IncompleteRead as error:
        return Got(response.status, headers, error.partial, False)
    except ConnectionResetError:
        return Got(response.status, headers, b"", False)
