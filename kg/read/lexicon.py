"""Lexicons: YAML files of words and rules, one folder a language, and regular expressions made from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Every scalar is a string: `no` and `on` are words, and 12 is two digits."""


@cache
def load(path: Path) -> Any:
    """What a YAML file says, all scalars as strings; an empty file says {}."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader) or {}  # noqa: S506  # the base loader builds nothing


@cache
def lines(path: Path) -> frozenset[str]:
    """The lines of a word list; a line that begins with # is a remark."""
    words = path.read_text(encoding="utf-8").split("\n")
    return frozenset(word for word in words if word and not word.startswith("#"))


def words(value: Any) -> tuple[str, ...]:
    """Words of a YAML value: a list of them, or one string that holds them with spaces between (_ for one inside)."""
    if isinstance(value, str):
        return tuple(word.replace("_", " ") for word in value.split())
    if isinstance(value, dict):
        return tuple(value)
    return tuple(word for item in value for word in ((item,) if " " in item else words(item)))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, the longest first, that shares what they begin with.

    Sharing is what keeps a list of thousands as quick as a list of ten: `re` tries alternatives one after another.
    """
    return _pattern(_tree(words))


def sought(words: Iterable[str]) -> str:
    """As `any_of`, for an expression that begins with it and is searched for.

    Each first letter is an alternative of its own: only then does `re` skip all places where no word can begin.
    """
    tree = _tree(words)
    if len(tree) < 2 or "" in tree:
        return _pattern(tree)
    return f"(?:{'|'.join(re.escape(letter) + _pattern(branch) for letter, branch in sorted(tree.items()))})"


def _tree(words: Iterable[str]) -> dict[str, Any]:
    """Words by their letters, one after another; an empty one ends a word."""
    tree: dict[str, Any] = {}
    for word in words:
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return tree


def _pattern(tree: dict[str, Any]) -> str:
    """The expression for a tree of letters; letters that lead to the same rest become one set."""
    may_end = "" in tree
    rests: dict[str, list[str]] = {}
    for letter, branch in sorted(tree.items()):
        if letter:
            rests.setdefault(_pattern(branch), []).append(letter)
    parts = [_set(letters) + rest for rest, letters in rests.items()]
    if not parts:
        return ""
    if len(parts) == 1 and not may_end:
        return parts[0]
    return f"(?:{'|'.join(parts)})" + ("?" if may_end else "")


def _set(letters: list[str]) -> str:
    return re.escape(letters[0]) if len(letters) == 1 else f"[{''.join(map(re.escape, letters))}]"
