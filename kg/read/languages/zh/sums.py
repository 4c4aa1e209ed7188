"""What an investment costs in Chinese: a sum in its clause or beside it, in a later sentence, or each firm's own."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import FIRM, FIRM_SIGN, MONEY_SIGN, PLACE, Clause, amount_of, words
from kg.read.model import Amount


def spent(coded: Coded, clauses: list[Clause], number: int) -> Amount | None:
    """The sum for an investment: in its clause, else in a clause beside it that speaks of money spent."""
    own = clauses[number].text
    if re.search("继.*后", own):
        return None
    sign = sum_told(own) or _sign_of(words()["bare sum"].search(own))
    group = clauses[number].group
    sign = sign or _spent_before([one for one in clauses[:number] if one.group == group])
    sign = sign or _spent_after([one for one in clauses[number + 1 :] if one.group == group])
    sign = sign or _spent_besides([one for one in clauses[number + 1 :] if one.group == group + 1])
    return amount_of(coded, sign) if sign else None


def _sign_of(found: re.Match[str] | None) -> str | None:
    """The character of the sum that an expression for money spent has found."""
    if found is None:
        return None
    groups = found.groupdict()
    return groups["money"] or groups["before"]


def sum_told(text: str) -> str | None:
    """The character of the sum that a clause says is spent, as it was last revised."""
    return _sign_of(words()["revised"].search(text) or words()["spent"].search(text))


def _spent_besides(clauses: list[Clause]) -> str | None:
    """The sum that begins what stands after a semicolon, where no other firm or place is named."""
    if any(re.search(f"{FIRM}|{PLACE}", clause.text) for clause in clauses) or not clauses:
        return None
    return None if words()["no outlay"].search(clauses[0].text) else sum_told(clauses[0].text)


def _spent_before(clauses: list[Clause]) -> str | None:
    for clause in reversed(clauses):
        if words()["at"].search(clause.text):
            return None
        alone = words()["alone"].match(clause.text)
        sign = alone[1] if alone is not None else sum_told(clause.text)
        if sign and words()["no outlay"].search(clause.text) is None:
            return sign
        if FIRM_SIGN.search(clause.text):
            return None
    return None


def _spent_after(clauses: list[Clause]) -> str | None:
    for place, clause in enumerate(clauses):
        if words()["at"].search(clause.text) or re.search(rf"{FIRM}|分别", clause.text):
            return None
        sign = sum_told(clause.text)
        is_awaited = place == 0 or words()["outlay"].search(clauses[place - 1].text) is not None
        at_once = words()["at once"].match(clause.text) if is_awaited else None
        if at_once is not None and words()["no outlay"].search(clause.text) is None:
            sign = sign or at_once[1]
        if sign:
            return sign
    return None


def late_sum(coded: Coded, clauses: list[Clause], found: list[Found], waiting: list[int], is_next: bool) -> None:
    """Give the one investment that waits for its sum the one that this sentence tells of `the project`.

    Further on than in the next sentence the project must be named again.
    """
    if len(waiting) != 1 or found[waiting[0]].amount is not None:
        return
    begun = words()["project" if is_next else "project again"]
    told = [clause for clause in clauses if begun.match(clause.text)]
    named = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(coded.text)} - {found[waiting[0]].parties[0]}
    others = [name for name in named if not words()["no investor"].search(words().known.fold(name))]
    if not told or others or words()["no outlay"].search(told[0].text):
        return
    rest = [clause for clause in clauses[clauses.index(told[0]) :] if not words()["no outlay"].search(clause.text)]
    totals = (_sign_of(words()["total"].search(clause.text)) for clause in rest)
    signs = (sum_told(clause.text) for clause in rest)
    final = next(filter(None, (words()["final"].search(clause.text) for clause in rest)), None)
    if final is not None:
        _give(found, waiting[0], coded, final["money"])
        return
    sign = next(filter(None, totals), None) or next(filter(None, signs), None)
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


def shares(coded: Coded, clauses: list[Clause], found: list[Found], fresh: list[int], is_next: bool) -> None:
    """Give the `fresh` investments the sums that are told each its own firm: `in turn`, `each`, or clause by clause.

    Further on than in the next sentence, only what a firm says that it puts in is meant.
    """
    for clause in clauses:
        each = words()["each"].search(clause.text)
        listed = words()["in turn"].search(clause.text)
        sums = MONEY_SIGN.findall(listed[1]) if listed else [each[1]] * len(fresh) if each else []
        if sums and len(sums) == len(fresh):
            for at, sign in zip(fresh, sums, strict=True):
                _give(found, at, coded, sign)
            return
    for at, key in zip(fresh, ("former", "latter"), strict=False):
        sign = next((told[1] for clause in clauses if (told := words()[key].search(clause.text))), None)
        if sign and len(fresh) == 2:
            _give(found, at, coded, sign)
    for clause, after in pairwise(clauses) if is_next else ():
        ours = [at for at in fresh if any(found[at].parties[0] == name for name in _firms(coded, clause))]
        sign = sum_told(after.text)
        if len(ours) == 1 < len(fresh) and sign and not _firms(coded, after):
            _give(found, ours[0], coded, sign)
    _own_shares(coded, clauses, found, fresh)


def _own_shares(coded: Coded, clauses: list[Clause], found: list[Found], fresh: list[int]) -> None:
    """Give the `fresh` investments what their own firms are said to put in."""
    for clause in clauses:
        own = words()["own share"].search(clause.text)
        if own is None:
            continue
        firm, money = (sign for sign in own.groups() if sign)
        if own["by"]:
            firm, money = money, firm
        for at in fresh:
            if found[at].parties == (coded.item(firm).thing.name,):
                _give(found, at, coded, money)


def _firms(coded: Coded, clause: Clause) -> list[str]:
    return [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(clause.text)]


def _give(found: list[Found], at: int, coded: Coded, sign: str) -> None:
    found[at] = found[at]._replace(amount=amount_of(coded, sign))
