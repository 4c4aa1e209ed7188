"""The socket that the server listens on is one that answers at once."""

from __future__ import annotations

import socket

from kg.serve.run import listen


def test_small_answers_do_not_wait_for_more():
    """asyncio sets TCP_NODELAY where a socket names its protocol; else the body of an answer waits for 40 ms."""
    with listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
