"""How alike two names are: names taken apart into words and numbers, and compared by rapidfuzz."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz

from kg.candidates.words import (
    DIGITS,
    EVENT,
    GENERAL,
    GENERAL_ENDINGS,
    LEGAL_ENDINGS,
    LEGAL_FORMS,
    ORDINALS,
    ORGANIZATION,
    PERSON,
    PLACE,
    SERIES,
    STOP_WORDS,
    TELLING,
    TITLES,
)
from kg.names import key

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKS = re.compile("[\u0300-\u036f]")
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_HYPHENS = re.compile(r"(?<=\w)[-‐‑‒–](?=\w)")
_PREFIXES = re.compile(r"\b(twenty|thirty|co)[-‐‑‒–](?=\w)")
_IN_BRACKETS = re.compile(r"[(（]([^()（）\s]*)[)）]")
_DOTTED = re.compile(r"(?<![^\W_])([^\W\d_])\.\s?")
_CAPITALS = re.compile(r"\b(?=[A-Z]{2,3}\b)[A-Z]*[^AEIOU\W][A-Z]*\b")
_NUMBER = re.compile(r"(?<![^\W_])(?:ke[-‐ ]?)?(\d+)(?:st|nd|rd|th)?(?![^\W_])")
_HAN_NUMBER = re.compile("第?([0-9]+)|第([零〇一二两兩三四五六七八九十百]+)")
_DIGITS = re.compile(r"\d")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]{2,}")

_LEAST = 85
"""How alike two words must be, in percent, to be spellings of one."""

_SHORT = 4
"""Words of up to so many letters are one only where they are equal: Wang is not Wong, nor Hong Dong."""


class Likeness(NamedTuple):
    """How alike two names are, from 0 to 100, and in which way, in words with both names in it."""

    score: int
    why: str


@dataclass(frozen=True)
class Name:
    """A name taken apart.

    `words` are without titles, legal forms and words that tie; `core` without general words too; `numbers` stand
    apart from both. `parts` are the words of a person's name with what hyphens join taken apart. A name in Chinese
    characters is one word.
    """

    text: str
    is_printed: bool
    is_han: bool
    words: tuple[str, ...]
    core: tuple[str, ...]
    parts: tuple[str, ...]
    numbers: tuple[str, ...]
    has_form: bool

    @cached_property
    def joined(self) -> str:
        """The words that count, written together."""
        return "".join(self.core)

    @cached_property
    def initials(self) -> str:
        """The first letters of its words."""
        return "".join(word[0] for word in self.words)

    @cached_property
    def is_acronym(self) -> bool:
        """Whether it is one word of capitals."""
        return _ACRONYM.fullmatch(self.text) is not None


def read_name(text: str, kind: str, is_printed: bool = False) -> Name:
    """The name `text` of a thing of a kind, taken apart; `is_printed` where only reports call it so."""
    plain = _MARKS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text)))
    plain = unicodedata.normalize("NFC", plain)
    return (
        _read_han(text, plain, kind, is_printed) if _HAN.search(plain) else _read_words(text, plain, kind, is_printed)
    )


def _read_han(text: str, plain: str, kind: str, is_printed: bool) -> Name:
    numbers = tuple(sorted(found[1] or _han_number(found[2]) for found in _HAN_NUMBER.finditer(plain)))
    whole = key(_HAN_NUMBER.sub("", plain) if kind != PERSON else plain).replace(" ", "")
    bare = _without(whole, LEGAL_ENDINGS) if kind == ORGANIZATION else whole
    core = _without(bare, GENERAL_ENDINGS) if kind == PLACE else bare
    return Name(text, is_printed, True, (bare,), (core,), (bare,), numbers if kind != PERSON else (), bare != whole)


def _without(name: str, endings: Iterable[str]) -> str:
    for ending in endings:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return _without(name.removesuffix(ending), endings)
    return name


def _han_number(text: str) -> str:
    """A number below a thousand in Chinese characters as digits."""
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * DIGITS.get(hundreds, 1 if "百" in text else 0)
    value += (10 * DIGITS.get(tens, 1)) if ten else 0
    return str(value + DIGITS.get(ones[-1:], 0))


def _read_words(text: str, plain: str, kind: str, is_printed: bool) -> Name:
    numbers: tuple[str, ...] = ()
    plain = _APOSTROPHES.sub("", plain)
    if kind == PERSON:
        plain = _DOTTED.sub(r"\1 ", plain)
        if not plain.isupper():
            plain = _CAPITALS.sub(lambda found: " ".join(found[0]), plain)
        listed = plain.casefold().split()
        words = tuple(word for one in listed for word in key(_HYPHENS.sub("", one)).split())
        parts = key(plain).split()
    else:
        plain = _IN_BRACKETS.sub(lambda found: " " if sum(map(str.isupper, found[1])) > 1 else found[0], plain)
        lowered = _PREFIXES.sub(r"\1", plain.casefold())
        numbers = tuple(sorted(str(int(found)) for found in _NUMBER.findall(lowered)))
        words = tuple(key(_NUMBER.sub(" ", lowered)).split())
        numbers = tuple(sorted((*numbers, *(ORDINALS[word] for word in words if word in ORDINALS))))
        words = tuple(word for word in words if word not in ORDINALS)
        parts = list(words)
    dropped = TITLES if kind == PERSON else STOP_WORDS | (LEGAL_FORMS if kind == ORGANIZATION else frozenset())
    kept = tuple(word for word in words if word not in dropped) or words
    core = tuple(word for word in kept if word not in GENERAL.get(kind, ())) or kept
    parts = [part for part in parts if part not in dropped]
    has_form = any(word in LEGAL_FORMS for word in words) and kept != words
    return Name(text, is_printed, False, kept, core, tuple(parts), numbers, has_form)


def likeness(one: Name, other: Name, kind: str) -> Likeness | None:
    """How alike two names of things of one kind are; None where they are not, or where it says nothing.

    Names of which one is written in Chinese characters and the other is not cannot be compared; nor are two names with
    different numbers ever one.
    """
    if one.is_han != other.is_han or one.numbers != other.numbers or not one.joined or not other.joined:
        return None
    if one.is_han:
        score = _of_han(one, other, kind)
    elif kind == PERSON:
        return _of_persons(one, other)
    else:
        return _of_phrases(one, other, kind)
    return _alike(score, one, other) if score else None


def _of_persons(one: Name, other: Name) -> Likeness | None:
    rest, other_rest = _rests(one.words, other.words)
    shared = [word for word in one.words if word in other.words and len(word) > 1]
    if not rest and not other_rest:
        if one.words != other.words:
            return _reordered(one, other, 97)
        if len(one.words) == 1:
            # A family name alone, as a report prints it, is nobody's in particular.
            return None if one.is_printed or other.is_printed else _alike(90, one, other)
        return _alike(100, one, other)
    if sorted(one.joined) == sorted(other.joined) and "".join(rest) == "".join(other_rest):
        return _alike(98, one, other)
    found, short, long = max(
        ((_by_initials(*pair), *pair) for pair in ((one, other), (other, one))), key=lambda each: each[0]
    )
    if found:
        return Likeness(found, f"{_quoted(short)} can be {_quoted(long)} with initials")
    if not rest or not other_rest:
        short, long = (one, other) if not rest else (other, one)
        if len(shared) < 2:
            return None
        score = 88 if len("".join(shared)) > 8 else 82
        return Likeness(score, f"the name {_quoted(short)} is part of {_quoted(long)}")
    return _misspelled(one, other, rest, other_rest, (14, 10, 4)[min(len(shared), 2)])


def _by_initials(short: Name, long: Name) -> int:
    """How sure it is that `short` abbreviates `long`: all its full words are there, and its initials fit the others."""
    initials = [word for word in short.words if len(word) == 1]
    full = [word for word in short.words if len(word) > 1]
    if not full or not set(full) <= set(long.words):
        return 0
    left = [part for part in long.parts if part not in full]
    if not initials:
        # What is left over are initials, which may be left out.
        return 92 if len(full) > 1 and all(len(part) == 1 for part in left) else 0
    if not left or all(len(part) == 1 for part in left):
        return 0
    waiting = iter(part[0] for part in left)
    if not all(letter in waiting for letter in initials):
        return 0
    if len(full) > 1:
        return 92
    if len(initials) > 1:
        return 88 if len(initials) == len(left) else 82
    return 80 if len(left) == 1 else 76


def _of_phrases(one: Name, other: Name, kind: str) -> Likeness | None:
    rest, other_rest = _rests(one.core, other.core)
    if not rest and not other_rest:
        return _of_one_core(one, other)
    if "".join(rest) == "".join(other_rest):
        return _alike(98, one, other)
    if kind in (ORGANIZATION, SERIES, EVENT):
        for short, long in ((one, other), (other, one)):
            if short.is_acronym and len(long.words) > 2 and short.joined == long.initials:
                return Likeness(84, f"{_quoted(short)} is made of the initials of {_quoted(long)}")
    if not rest or not other_rest:
        return None
    shared = sum(len(word) for word in one.core if word in other.core)
    long_enough = min(len(one.joined), len(other.joined)) >= 8
    return _misspelled(one, other, rest, other_rest, 4 if shared > _SHORT else 6 if long_enough else 12)


def _of_one_core(one: Name, other: Name) -> Likeness | None:
    """Names that differ at most in order, legal form, or general words of which one has none."""
    rest, other_rest = _rests(one.words, other.words)
    if rest and other_rest:
        return None
    if rest or other_rest:
        return Likeness(90, f"names {_quoted(one)} and {_quoted(other)} differ in general words only")
    if one.words != other.words:
        return _reordered(one, other, 92)
    if key(one.text) != key(other.text) and (one.has_form or other.has_form):
        return Likeness(97, f"names {_quoted(one)} and {_quoted(other)} differ in legal form only")
    return _alike(100, one, other)


def _reordered(one: Name, other: Name, score: int) -> Likeness | None:
    """Names of the same words in another order; no likeness where one repeats another word than the other."""
    if sorted(one.words) != sorted(other.words):
        return None
    return Likeness(score, f"names {_quoted(one)} and {_quoted(other)} differ in the order of words only")


def _misspelled(
    one: Name, other: Name, rest: tuple[str, ...], other_rest: tuple[str, ...], doubt: int
) -> Likeness | None:
    """Names of which some words differ, if these are long and alike: how alike, less the doubt."""
    left, right = "".join(rest), "".join(other_rest)
    if min(len(left), len(right)) <= _SHORT or TELLING.intersection((*rest, *other_rest)):
        return None
    if _DIGITS.findall(left) != _DIGITS.findall(right) or fuzz.ratio(left, right) < _LEAST:
        return None
    alike = fuzz.ratio(" ".join(sorted(one.core)), " ".join(sorted(other.core)))
    return Likeness(int(alike) - doubt, f"names {_quoted(one)} and {_quoted(other)} are {int(alike)} % alike")


def _of_han(one: Name, other: Name, kind: str) -> int:
    left, right = one.joined, other.joined
    if left == right:
        if kind == PERSON and len(left) < 2:
            return 0
        return 94 if kind == PERSON and len(left) == 2 else 97 if one.has_form != other.has_form else 100
    shorter = min(len(left), len(right))
    if kind == PERSON or shorter < 6 or left[:2] != right[:2]:
        return 0
    alike = fuzz.ratio(left, right)
    return int(alike) - 4 if alike >= 90 else 0


def _alike(score: int, one: Name, other: Name) -> Likeness:
    if one.text == other.text:
        return Likeness(score, f"both are called {_quoted(one)}")
    if one.joined == other.joined:
        return Likeness(score, f"{_quoted(one)} and {_quoted(other)} are one name written in two ways")
    return Likeness(score, f"names {_quoted(one)} and {_quoted(other)} are {score} % alike")


def _rests(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that only the one has, and those that only the other has."""
    return tuple(w for w in words if w not in others), tuple(w for w in others if w not in words)


def _quoted(name: Name) -> str:
    return f'"{name.text}"'
