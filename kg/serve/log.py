"""What a server says while it runs: one line for each thing that goes wrong, with nothing raw from a request in it."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

from kg.result import clean
from kg.serve.replies import TornOff


class _Line(logging.Formatter):
    """One line for a record; of an exception that is no answer broken off, where it comes from."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, TornOff):
            return clean(f"kg: an answer was broken off: {error}")
        said = record.getMessage().strip()
        if error is not None:
            said = f"{said}: {type(error).__name__}: {error}{_where(error)}"
        return clean(f"kg: {said}")


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f" (at {Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""


def say_in_lines() -> None:
    """Let all that is logged in this process come as lines on its error output."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    logging.basicConfig(handlers=[handler], level=logging.ERROR)
