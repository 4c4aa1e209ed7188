"""The sums that clauses of deals give."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.languages.en.patterns import compiled, find
from kg.read.model import Amount
from kg.read.numbers import Found as Sum


def amount(found: Sum) -> Amount:
    """A sum found in a report as that of a deal."""
    return Amount(found.value, found.unit, found.qualifier)


def money(coded: Coded, words: str, last: bool = False) -> Amount | None:
    """The sum that a clause gives for the investment itself, or with `last` the last such sum."""
    found = [
        coded.item(match[0]).thing
        for match in compiled("{MONEY}").finditer(words)
        if not _is_other(words, match.start(), match.end())
    ]
    if not found:
        return None
    return amount(found[-1] if last else found[0])


def _is_other(words: str, start: int, end: int) -> bool:
    """Whether a sum is not the investment’s own: a loan, sales, what it was before, the same otherwise put."""
    before = words[max(0, start - 60) : start]
    if before.endswith("from ") and find("was and is").match(words, end):
        return True
    return bool(
        find("other money").match(words, end) or find("earning").search(before) or find("before other").search(before)
    )


def sums(coded: Coded, words: str) -> list[Amount]:
    """Every sum of a clause, in order."""
    return [amount(coded.item(match[0]).thing) for match in compiled("{MONEY}").finditer(words)]


def whole_sum(coded: Coded, words: str) -> Amount | None:
    """The first sum in a clause that is not one for each thing or year."""
    for match in compiled("{MONEY}").finditer(words):
        if re.match(
            r" (?:a|per|each|every) (?:square|tonne|ton|share|kilogram|litre|unit|head)\b",
            words[match.end() : match.end() + 30],
        ):
            continue
        return amount(coded.item(match[0]).thing)
    return None
