"""What no match of a rule can be without, read off its pattern: most rules need not be tried on most sentences."""

from __future__ import annotations

import re
from functools import cache

_SHORTEST = 4
"""Letters that a run of plain ones must have to be worth a search of its own."""

_OPTIONAL = re.compile(r"[?*]|\{0?,")
_REPEATED = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
_LIST = re.compile(r"\{[a-zA-Z][\w -]*(?::[\w -]+)?\}")
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
_WORDS = re.compile(r"\((?:\?:|\?P<\w+>)?((?:[^\W\d_][\w ’'-]{3,}\|)+[^\W\d_][\w ’'-]{3,})\)")
"""A group of plain alternatives, each long enough to be rare."""
_GROUP = re.compile(r"\((?:\?(?:P<\w+>|:))?(?!\?)")


@cache
def needs(pattern: str) -> tuple[str, ...]:
    """The lists (`{say}`) and words (`according to`, `(?:asked|urged)`) of an unexpanded pattern that its matches hold.

    Only what stands outside other alternatives, options, sets and looks ahead or behind is named; there may be none.
    """
    parts, has_alternatives, _ = _sequence(pattern, 0)
    return () if has_alternatives else tuple(dict.fromkeys(parts))


def is_anchored(pattern: str) -> bool:
    """Whether an unexpanded pattern can match at the beginning of a text alone."""
    return pattern.startswith("^") and not _sequence(pattern, 0)[1]


def _sequence(pattern: str, at: int) -> tuple[list[str], bool, int]:
    """What a sequence needs up to the bracket that closes it, whether it has alternatives, and where it ends."""
    parts: list[str] = []
    run, has_alternatives = "", False
    while at < len(pattern) and pattern[at] != ")":
        inner: list[str] = []
        start, letter = at, pattern[at]
        if letter == "|":
            has_alternatives = True
            at += 1
        elif letter == "(":
            inner, at = _group(pattern, at)
        elif found := (_SET if letter == "[" else _LIST).match(pattern, at):
            inner, at = [found[0]] if letter == "{" else [], found.end()
        else:
            at += 2 if letter == "\\" else 1
        is_optional = _OPTIONAL.match(pattern, at) is not None
        repeated = _REPEATED.match(pattern, at)
        if at == start + 1 and (letter.isalpha() or letter == " ") and not repeated:
            run += letter
            continue
        parts += _worth(run)
        run = ""
        parts += [] if is_optional else inner
        at = repeated.end() if repeated else at
    return [*parts, *_worth(run)], has_alternatives, at


def _group(pattern: str, at: int) -> tuple[list[str], int]:
    """What a group needs, and the position behind it; nothing where it looks ahead or behind, or sets flags."""
    words = _WORDS.match(pattern, at)
    if words:
        return [f"(?:{words[1]})"], words.end()
    opened = _GROUP.match(pattern, at)
    inner, has_alternatives, end = _sequence(pattern, opened.end() if opened else at + 2)
    return ([] if has_alternatives or opened is None else inner), end + 1


def _worth(run: str) -> list[str]:
    return [run] if len(run.strip()) >= _SHORTEST else []
