"""The clauses of a Chinese sentence, what stands between commas, and whether they tell a fact."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.read.coded import MACROS, Coded, code_class
from kg.read.languages.zh.expressions import Expressions
from kg.read.model import COMPANY, ORGANIZATION, Amount

FIRM, PLACE, MONEY, ANY, PERSON = (MACROS[kind] for kind in ("FIRM", "PLACE", "MONEY", "ANY", "PERSON"))
FIRMS = code_class(COMPANY, ORGANIZATION)
_CLAUSE = re.compile(r"[^，；。：！？“”「」『』\n]+")


class Clause(NamedTuple):
    """A clause by its place in a coded sentence."""

    start: int
    end: int
    text: str


@cache
def words() -> Expressions:
    """The lexicon of deals, ready for use."""
    return Expressions("deals")


def clauses_of(coded: Coded) -> list[Clause]:
    """The clauses of a sentence, without the words for who reports it."""
    reporters = words()["reporters"]
    return [Clause(*found.span(), reporters.sub(" ", found[0])) for found in _CLAUSE.finditer(coded.text)]


def amount_of(coded: Coded, sign: str) -> Amount:
    """The sum that a character of a coded sentence stands for."""
    thing = coded.item(sign).thing
    return Amount(thing.value, thing.unit, thing.qualifier)


def is_doubtful(clauses: list[Clause], number: int, before: str) -> bool:
    """Whether what a clause says up to its verb is no fact: doubted there, governed from before, or undone after."""
    clear = words()["no doubt"].sub("", before)
    if words()["doubt"].search(clear):
        return True
    for clause in clauses[:number]:
        if words()["governs"].search(words()["no doubt"].sub("", clause.text)):
            return True
    return any(
        words()["undone"].search(clause.text) and not re.search(FIRM, clause.text)
        for clause in clauses[number + 1 : number + 3]
    )


def is_unsigned(clauses: list[Clause], number: int, before: str) -> bool:
    """Whether an agreement is only doubted or expected."""
    return is_doubtful(clauses, number, before) or words()["expected"].search(before) is not None
