"""What an investment costs in Chinese: a sum in its clause or beside it, in a later sentence, or each firm's own."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import FIRM, MONEY, Clause, amount_of, words
from kg.read.model import Amount


def spent(coded: Coded, clauses: list[Clause], number: int) -> Amount | None:
    """The sum for an investment: in its clause, else in a clause beside it that speaks of money spent."""
    own = clauses[number].text
    if re.search("继.*后", own):
        return None
    sign = _sign_of(words()["spent"].search(own) or words()["bare sum"].search(own))
    group = clauses[number].group
    sign = sign or _spent_before([one for one in clauses[:number] if one.group == group])
    sign = sign or _spent_after([one for one in clauses[number + 1 :] if one.group == group])
    return amount_of(coded, sign) if sign else None


def _sign_of(found: re.Match[str] | None) -> str | None:
    """The character of the sum that an expression for money spent has found."""
    if found is None:
        return None
    groups = found.groupdict()
    return groups["money"] or groups["before"]


def _spent_before(clauses: list[Clause]) -> str | None:
    for clause in reversed(clauses):
        if words()["at"].search(clause.text):
            return None
        alone = words()["alone"].match(clause.text)
        sign = alone[1] if alone is not None else _sign_of(words()["spent"].search(clause.text))
        if sign and words()["no outlay"].search(clause.text) is None:
            return sign
        if re.search(FIRM, clause.text):
            return None
    return None


def _spent_after(clauses: list[Clause]) -> str | None:
    for clause in clauses:
        if words()["at"].search(clause.text) or re.search(rf"{FIRM}|分别", clause.text):
            return None
        sign = _sign_of(words()["spent"].search(clause.text))
        at_once = words()["at once"].match(clause.text) if clause is clauses[0] else None
        if at_once is not None and words()["no outlay"].search(clause.text) is None:
            sign = sign or at_once[1]
        if sign:
            return sign
    return None


def late_sum(coded: Coded, clauses: list[Clause], found: list[Found], waiting: list[int]) -> None:
    """Give the one investment that waits for its sum the one that this sentence tells of `the project`."""
    if len(waiting) != 1 or found[waiting[0]].amount is not None:
        return
    told = [clause for clause in clauses if words()["project"].match(clause.text)]
    others = {coded.item(sign).thing.name for sign in re.findall(FIRM, coded.text)} - {found[waiting[0]].parties[0]}
    if not told or others or words()["no outlay"].search(told[0].text):
        return
    signs = (_sign_of(words()["spent"].search(clause.text)) for clause in clauses[clauses.index(told[0]) :])
    sign = next((sign for sign in signs if sign), None)
    if sign:
        _give(found, waiting[0], coded, sign)


def told_later(coded: Coded, clauses: list[Clause], found: list[Found], before: int, actors: Actors) -> None:
    """Give one of the first `before` investments what its firm says later that it spends on `the new plant`."""
    for number, clause in enumerate(clauses):
        match = words()["told later"].search(clause.text)
        if match is None:
            continue
        firms = actors.subject(coded, clauses, number, clause.text[: match.start()]) or list(actors.topic[:1])
        ours = [at for at in range(before) if found[at].parties[0] in firms[:1]]
        if len(ours) == 1 and found[ours[0]].amount is None:
            _give(found, ours[0], coded, match[1] or match[2])


def shares(coded: Coded, clauses: list[Clause], found: list[Found], fresh: list[int]) -> None:
    """Give the `fresh` investments the sums that are told each its own firm: `in turn`, `each`, or clause by clause."""
    for clause in clauses:
        each = words()["each"].search(clause.text)
        listed = words()["in turn"].search(clause.text)
        sums = re.findall(MONEY, listed[1]) if listed else [each[1]] * len(fresh) if each else []
        if sums and len(sums) == len(fresh):
            for at, sign in zip(fresh, sums, strict=True):
                _give(found, at, coded, sign)
            return
    for at, key in zip(fresh, ("former", "latter"), strict=False):
        sign = next((told[1] for clause in clauses if (told := words()[key].search(clause.text))), None)
        if sign and len(fresh) == 2:
            _give(found, at, coded, sign)
    for clause, after in pairwise(clauses):
        ours = [at for at in fresh if any(found[at].parties[0] == name for name in _firms(coded, clause))]
        sign = _sign_of(words()["spent"].search(after.text))
        if len(ours) == 1 < len(fresh) and sign and not _firms(coded, after):
            _give(found, ours[0], coded, sign)
    for clause in clauses:
        own = words()["own share"].search(clause.text)
        if own is None:
            continue
        name = coded.item(own[1]).thing.name
        for at in fresh:
            if found[at].parties == (name,):
                _give(found, at, coded, own[2])


def _firms(coded: Coded, clause: Clause) -> list[str]:
    return [coded.item(sign).thing.name for sign in re.findall(FIRM, clause.text)]


def _give(found: list[Found], at: int, coded: Coded, sign: str) -> None:
    found[at] = found[at]._replace(amount=amount_of(coded, sign))
