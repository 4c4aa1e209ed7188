"""Values in words: numbers in a scale that both sides share, and what else is put together from several triples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_DECIMALS = 3
"""A number is written in millions or billions where that takes no more digits behind the point."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


class Number(NamedTuple):
    """A number or a range as a claim gives it, with its unit and how exact it is said to be."""

    value: Decimal | None
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str
    qualifier: str | None

    def digits(self) -> list[Decimal]:
        """The numbers it is made of."""
        return [number for number in (self.value, self.minimum, self.maximum) if number is not None]


class Period(NamedTuple):
    """First and last day of the time a claim is about."""

    start: str | None
    end: str | None


class Passage(NamedTuple):
    """A receipt in a text that is held: its words, their place, and what stands around them."""

    exact: str
    start: str
    end: str
    prefix: str
    suffix: str


class Citation(NamedTuple):
    """A receipt in a text that is not held: the number of the fact."""

    cites: str


def decimal(text: str) -> Decimal | None:
    """`text` as a number; None where it is none."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def numbers(before: Sequence[Number], after: Sequence[Number]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The numbers of two states in words, and what all of them end with: scale and unit."""
    every = [*before, *after]
    power, name = _scale([abs(number) for each in every for number in each.digits()])
    qualifiers = {each.qualifier or "exact" for each in every}
    is_qualified = len(every) == 1 or len(qualifiers) > 1
    tails = {_tail(each, name) for each in every}

    def words(each: Number) -> str:
        qualifier = each.qualifier if is_qualified and each.qualifier != "exact" else None
        head = f"{qualifier.replace('_', ' ')} " if qualifier else ""
        return f"{head}{_digits(each, power)}{_tail(each, name)}"

    found = tuple(map(words, before)), tuple(map(words, after))
    if found[0] == found[1]:
        # Only what goes without saying differs: that it is exact.
        found = tuple(map(_with_qualifier, before, found[0])), tuple(map(_with_qualifier, after, found[1]))
        return *found, ""
    return *found, tails.pop() if len(tails) == 1 else ""


def _with_qualifier(each: Number, words: str) -> str:
    return f"{words} ({each.qualifier.replace('_', ' ')})" if each.qualifier else f"{words} (how exact is not said)"


def _scale(sizes: Sequence[Decimal]) -> tuple[int, str]:
    """The largest scale in which all numbers are short, as a power of ten and its name."""
    some = [size for size in sizes if size]
    for power, name in _SCALES:
        if (
            some
            and max(some).adjusted() >= power
            and min(some).adjusted() >= power - 1
            and all(len(_shifted(size, power).partition(".")[2]) <= _DECIMALS for size in some)
        ):
            return power, name
    return 0, ""


def _shifted(number: Decimal, power: int) -> str:
    """`number` divided by a power of ten, exactly, with its thousands apart."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    text = format(Decimal((sign, digits, exponent - power)), ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(each: Number, power: int) -> str:
    if each.value is not None:
        return _shifted(each.value, power)
    if each.minimum is not None and each.maximum is not None:
        return f"{_shifted(each.minimum, power)}–{_shifted(each.maximum, power)}"
    if each.minimum is not None:
        return f"from {_shifted(each.minimum, power)}"
    return f"up to {_shifted(each.maximum, power)}" if each.maximum is not None else "no number"


def _tail(each: Number, scale: str) -> str:
    return "".join(f" {part}" for part in (scale, each.unit) if part)
