"""What a model is told: the task, which stands in `prompt.md`, and a part of a report as data."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
_MOST_NAMES = 200
"""Names of earlier parts that are told at most, the last ones."""

AGAIN = "Your last answer was not one JSON object of the form that was asked for. Answer with that alone."


@cache
def task() -> str:
    """The task, the same for all reports."""
    return (_HERE / "prompt.md").read_text(encoding="utf-8")


@cache
def schema() -> Any:
    """The form of an answer as a JSON Schema."""
    return json.loads((_HERE / "schema.json").read_text(encoding="utf-8"))


def part(words: str, names: list[str], before: str) -> str:
    """A part of a report with the names so far and the text before it, between lines that it cannot forge.

    The lines end with a hash of what stands between them.
    """
    mark = hashlib.sha256("\0".join([words, before, *names]).encode()).hexdigest()[:12]
    blocks = [("NAMES", "\n".join(names[-_MOST_NAMES:])), ("BEFORE", before), ("REPORT", words)]
    return "\n".join(f"=== {name} {mark} ===\n{text}\n=== END {mark} ===" for name, text in blocks if text)
