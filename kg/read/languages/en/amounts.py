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
    """The sum that a clause gives for the investment itself."""
    found = []
    for match in compiled("{MONEY}").finditer(words):
        if find("other money").match(words, match.end()) or find("earning").search(
            words[max(0, match.start() - 60) : match.start()]
        ):
            continue
        if words[: match.start()].endswith("(") or words[max(0, match.start() - 9) : match.start()].rpartition("(")[1]:
            continue
        found.append(coded.item(match[0]).thing)
    if not found:
        return None
    return amount(found[-1] if last else found[0])


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
