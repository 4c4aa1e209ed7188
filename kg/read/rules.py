"""Rules written as data: regular expressions over coded sentences, with lexicons and kinds of things in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from kg.read import lexicon
from kg.read.coded import MACROS
from kg.read.language import Language

_BRACES = re.compile(r"\{([a-zA-Z][\w -]*)(?::([\w -]+))?\}")
_DEEPEST = 12


class Rule(NamedTuple):
    """A named rule: what it finds, how sure it is, a quick test, and its expression."""

    name: str
    kind: str
    confidence: float
    pattern: re.Pattern[str]
    data: Any


def expand(pattern: str, language: Language, file: str = "") -> str:
    """A rule's expression with its braces filled in.

    `{COMPANY}` is a kind (see `coded.MACROS`); `{word list}` a list or macro of the same file, `{file:word list}` of
    another. A list becomes an expression for any of its words, a macro (a string under `macros`) its own text.
    """
    for _ in range(_DEEPEST):
        filled = _BRACES.sub(lambda found: _filling(found, language, file), pattern)
        if filled == pattern:
            return pattern
        pattern = filled
    raise ValueError(f"the macros of {language.code}/{file} call themselves: {pattern[:80]}")


def _filling(found: re.Match[str], language: Language, file: str) -> str:
    name, other = found[1], found[2]
    if other is None and name in MACROS:
        return MACROS[name][1:-1] if _is_in_set(found) else MACROS[name]
    source, key = (name, other) if other else (file, name)
    data = language.data(source)
    macros = data.get("macros") or {}
    if key in macros:
        return f"(?:{macros[key]})"
    if key in data:
        return f"(?:{lexicon.any_of(lexicon.words(data[key]))})"
    raise KeyError(f"{language.code}/{source}.yaml has no list or macro {key!r}")


def _is_in_set(found: re.Match[str]) -> bool:
    """Whether braces stand inside a set, as in `[^,{QUOTE}]`."""
    before = re.sub(r"\\.", "", found.string[: found.start()])
    return before.rfind("[") > before.rfind("]")


@cache
def rules(code: str, file: str, key: str) -> tuple[Rule, ...]:
    """The rules under `key` of a lexicon, in its order."""
    from kg.read.language import language

    known = language(code)
    return tuple(
        Rule(
            data["name"],
            data.get("kind", ""),
            float(data["confidence"]),
            re.compile(expand(data["pattern"], known, file)),
            data,
        )
        for data in known.data(file).get(key) or ()
    )


def matches(code: str, file: str, key: str, text: str) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Every match of every rule in a coded sentence, rule by rule."""
    for rule in rules(code, file, key):
        for match in rule.pattern.finditer(text):
            yield rule, match
