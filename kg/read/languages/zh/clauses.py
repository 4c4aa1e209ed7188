"""The clauses of a Chinese sentence, what stands between commas, and whether they tell a fact."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.read.coded import MACROS, Coded, code_class
from kg.read.languages.zh.expressions import Expressions
from kg.read.model import COMPANY, ORGANIZATION, Amount
from kg.read.model import MONEY as MONEY_KIND
from kg.read.model import PERSON as PERSON_KIND

FIRM, PLACE, MONEY, ANY, PERSON = (MACROS[kind] for kind in ("FIRM", "PLACE", "MONEY", "ANY", "PERSON"))
FIRM_SIGN, PLACE_SIGN, MONEY_SIGN, PERSON_SIGN = (re.compile(kind) for kind in (FIRM, PLACE, MONEY, PERSON))
FIRMS = code_class(COMPANY, ORGANIZATION)
_BRACKET = r"（[^（）\n]{0,60}）|\([^()\n]{0,60}\)"
_AFTER = f"(?<=[{code_class(COMPANY, ORGANIZATION, PERSON_KIND, MONEY_KIND)}])"
_LABELS = ("投资方", "投资人", "投资主体", "建设单位", "业主", "地点", "总投资", "投资额")
_LABELLED = "|".join(f"(?<={label})" for label in _LABELS)
"""Labels of a list of a project's data: a colon after one parts no clauses."""
_CLAUSE = re.compile(rf"(?:{_AFTER}(?:{_BRACKET})|(?:{_LABELLED})[:：]|[^，；。：！？“”「」『』\"＂〝〞\n])+")
_BRACKETED = re.compile(rf"{_AFTER}(?:{_BRACKET})")
_ORIGIN = re.compile(rf"(?<![在于到赴往来{MACROS['PLACE'][1:-1]}]){PLACE}(?={FIRM})")
"""A place right before a firm is where it is from."""
_GROUP = re.compile("[；。！？]")


class Clause(NamedTuple):
    """A clause by its place in a coded sentence; those between semicolons are of one group."""

    start: int
    end: int
    text: str
    group: int = 0


@cache
def words() -> Expressions:
    """The lexicon of deals, ready for use."""
    return Expressions("deals")


def clauses_of(coded: Coded) -> list[Clause]:
    """The clauses of a sentence, without the words for who reports it and the brackets after names and sums."""
    reporters, origin = words()["reporters"], words()["origin"]
    clauses: list[Clause] = []
    group, done = 0, 0
    for found in _CLAUSE.finditer(coded.text):
        group += _GROUP.search(coded.text, done, found.start()) is not None
        done = found.end()
        text = found[0] if clauses else words()["head"].sub("", found[0])
        if "（" in text or "(" in text:
            text = _BRACKETED.sub("", text)
        if FIRM_SIGN.search(text) is not None:
            text = _ORIGIN.sub("", reporters.sub(" ", text))
        if "总部" in text or "注册" in text:
            text = origin.sub("", text)
        clauses.append(Clause(*found.span(), text, group))
    return clauses


def span_of(coded: Coded, clause: Clause) -> tuple[int, int]:
    """Where a clause stands in the view."""
    return coded.back(clause.start), coded.back(clause.end)


def amount_of(coded: Coded, sign: str) -> Amount:
    """The sum that a character of a coded sentence stands for."""
    thing = coded.item(sign).thing
    return Amount(thing.value, thing.unit, thing.qualifier)


def is_doubtful(clauses: list[Clause], number: int, before: str) -> bool:
    """Whether what a clause says up to its verb is no fact: doubted there, governed from before, or undone after."""
    rest = clauses[number].text[len(before) :] if clauses[number].text.startswith(before) else ""
    if words()["undone at once"].search(rest):
        return True
    clear = words()["no doubt"].sub("", before)
    if words()["doubt"].search(clear):
        return True
    is_turned = words()["turned"].search(before) is not None
    for clause in () if is_turned else clauses[:number]:
        if words()["governs"].search(words()["no doubt"].sub("", clause.text)):
            return True
    return any(
        words()["undone"].search(clause.text) and not FIRM_SIGN.search(clause.text)
        for clause in clauses[number + 1 : number + 3]
    )


def is_unsigned(clauses: list[Clause], number: int, before: str) -> bool:
    """Whether an agreement is only doubted or expected; one to sell or to close something is no doubt."""
    before = words()["agreed upon"].sub("", before)
    return is_doubtful(clauses, number, before) or words()["expected"].search(before) is not None
