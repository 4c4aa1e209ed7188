"""A deadline that also ends a query deep inside an engine, which no exception reaches."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.errors import DeadlineExceeded

_GRACE = 0.3
"""Seconds for whatever can end itself in good order, before the process is ended."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """End the process, with one line and exit code 3, where what is inside takes longer than `seconds`.

    An interrupt ends it too, and the shell sees 130.

    The engine cannot be interrupted from Python; it releases the interpreter while it works, so a timer
    can end the process. Only commands that read are run inside: nothing is left half-done.
    """
    # A handler of Python's own would wait until the engine returns; the system's ends the process at once.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    timer = threading.Timer(seconds + _GRACE, _end, (seconds,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, before)


def _end(seconds: float) -> None:
    error = DeadlineExceeded(seconds)
    sys.stderr.write(f"kg: {error}\n")
    sys.stderr.flush()
    os._exit(error.exit_code)
