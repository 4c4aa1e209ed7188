"""Rules written as data: regular expressions over coded sentences, with lexicons and kinds of things in braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any

from kg.read import lexicon
from kg.read.coded import MACROS
from kg.read.language import Language
from kg.read.needs import is_anchored, needs

_BRACES = re.compile(r"\{([a-zA-Z][\w -]*)(?::([\w -]+))?\}")
_FIRST = re.compile(r"(?:\((?:\?:|\?P<\w+>)?)*")
"""What opens an expression, and is no part of what it begins with."""
_DEEPEST = 12


@dataclass(frozen=True)
class Rule:
    """A named rule, with what its lexicon says of it."""

    name: str
    data: Any
    language: Language
    file: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The rule's expression; many a report needs few of them, and each takes milliseconds to compile."""
        return re.compile(expand(self.data["pattern"], self.language, self.file))

    @cached_property
    def _is_anchored(self) -> bool:
        return is_anchored(self.data["pattern"])

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """What the rule matches in a coded sentence; `re` itself looks for a beginning at every letter."""
        if not self._is_anchored:
            return self.pattern.finditer(text)
        match = self.pattern.match(text)
        return iter((match,) if match else ())

    @cached_property
    def needs(self) -> tuple[re.Pattern[str], ...]:
        """What each of its matches holds: letters, kinds and lists, the quickest to search for first.

        What the pattern does not show, the rule may say: `needs` is an expression for it.
        """
        macros = self.language.data(self.file).get("macros") or {}
        quick = list(dict.fromkeys(_needed(self.data["pattern"], macros)))
        quick += [self.data["needs"]] if "needs" in self.data else []
        full = sorted((expand(need, self.language, self.file) for need in quick), key=len)
        return tuple(_compiled(need) for need in full)


def _needed(pattern: str, macros: dict[str, str]) -> Iterator[str]:
    """What a pattern needs that is quick to search for: letters, kinds and lists, those of its macros too."""
    for need in needs(pattern):
        if need[1:-1] in macros:
            yield from _needed(macros[need[1:-1]], macros)
        elif not (need[0] == "{" and ":" in need):
            yield need


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
        return _any_of(language.code, source, key, _FIRST.fullmatch(found.string[: found.start()]) is not None)
    raise KeyError(f"{language.code}/{source}.yaml has no list or macro {key!r}")


@cache
def _any_of(code: str, file: str, key: str, is_first: bool) -> str:
    """The expression for any word of a list, whether an expression begins with it or not."""
    from kg.read.language import language

    words = language(code).words(file, key)
    return f"(?:{lexicon.sought(words) if is_first else lexicon.any_of(words)})"


def _is_in_set(found: re.Match[str]) -> bool:
    """Whether braces stand inside a set, as in `[^,{QUOTE}]`."""
    before = re.sub(r"\\.", "", found.string[: found.start()])
    return before.rfind("[") > before.rfind("]")


@cache
def rules(code: str, file: str, key: str) -> tuple[Rule, ...]:
    """The rules under `key` of a lexicon, in its order."""
    from kg.read.language import language

    known = language(code)
    return tuple(Rule(data["name"], data, known, file) for data in known.data(file).get(key) or ())


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """One expression for what several rules need, so that a sentence is searched for it once."""
    return re.compile(pattern)


@cache
def _gates(code: str, file: str, key: str) -> list[tuple[re.Pattern[str] | None, list[tuple[int, Rule]]]]:
    """The rules under `key` of a lexicon, with their places in it, by the first thing that they need."""
    gates: dict[re.Pattern[str] | None, list[tuple[int, Rule]]] = {}
    for place, rule in enumerate(rules(code, file, key)):
        gates.setdefault(rule.needs[0] if rule.needs else None, []).append((place, rule))
    return list(gates.items())


def fitting(code: str, file: str, key: str, text: str) -> list[Rule]:
    """The rules under `key` of a lexicon that may match a coded sentence: those for which it holds what they need."""
    held: dict[int, bool] = {}  # by identity: an expression is hashed over all its code
    found: list[tuple[int, Rule]] = []
    for first, gated in _gates(code, file, key):
        if first is not None and first.search(text) is None:
            continue
        for place, rule in gated:
            for need in rule.needs[1:]:
                known = held.get(id(need))
                if known is None:
                    known = held[id(need)] = need.search(text) is not None
                if not known:
                    break
            else:
                found.append((place, rule))
    found.sort(key=itemgetter(0))
    return [rule for _, rule in found]
