"""The expressions of `deals.yaml` over coded sentences, by their names."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from kg.read.language import language
from kg.read.rules import expand


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """An expression over coded words, with the lists and macros of `deals.yaml` filled in."""
    return re.compile(expand(pattern, language("en"), "deals"))


def data(key: str) -> Any:
    """What `deals.yaml` holds under a key."""
    return language("en").data("deals")[key]


@cache
def find(name: str) -> re.Pattern[str]:
    """A pattern of `deals.yaml`, by its name."""
    return compiled(data("patterns")[name])


@cache
def cancelled() -> re.Pattern[str]:
    """Words that call a deal off."""
    return compiled(data("cancelled"))
