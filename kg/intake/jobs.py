"""The job of the processes that take reports in: a file's bytes come, its text and what was found in it go back."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Any

from kg.claimed import RULES, Given
from kg.intake.take import Source, take
from kg.workers.frames import Reply


def open_state(settings: Mapping[str, Any]) -> None:
    """Load what reading takes before the memory is capped; nothing is held open."""
    from kg import documents

    documents.load()


def _take(state: None, arguments: Mapping[str, Any], body: bytes) -> Reply:
    source = Source(arguments["name"], body, arguments["beside"])
    taken = take(source, Given(**arguments["given"]), RULES if arguments["read"] else None)
    return Reply(pickle.dumps(taken), "application/octet-stream")


JOBS = {"take": _take}
