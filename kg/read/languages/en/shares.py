"""Sums that are told apart from their investments: in the next sentence, or as one firm's share of a total."""

from __future__ import annotations

import re
from itertools import islice, takewhile

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.en.amounts import amount, money
from kg.read.languages.en.localities import is_broad
from kg.read.languages.en.patterns import compiled, find
from kg.read.languages.en.sites import located, places_of
from kg.read.model import COMPANY, ORGANIZATION, PLACE, Amount

_BEHIND = 30
"""Characters behind a sum that may tell whose it is."""
_SHARERS = 8
"""Investments of which a sentence may tell who puts in what."""
Investments = dict[tuple[str, str], Found]
"""Investments by the names of their firm and place."""


def tell_later(found: Investments, keys: list[tuple[str, str]], own: Coded, after: list[Coded]) -> None:
    """An amount that the next sentence, or one soon after on `the mill`, gives for the only investment here."""
    following = after[0] if after else None
    if len(keys) == 1 and following and find("next share").match(following.text):
        own_share = money(following, following.text)
        found[keys[0]] = found[keys[0]]._replace(amount=own_share or found[keys[0]].amount)
    alone = not re.search(r"\b(?:and|with) (?:\w+ )?(?:\w+ )?(?:partners?|investors|others)\b", own.text)
    if not alone or len(keys) != 1 or found[keys[0]].amount is not None or following is None:
        return
    for number, later in enumerate(after):
        if {item.thing.name for item in later.found(later.text, COMPANY)} - {keys[0][0]}:
            break
        cost = _cost(later, keys[0], is_near=number == 0)
        if cost:
            found[keys[0]] = found[keys[0]]._replace(amount=cost)
            break


def tell_here(found: Investments, key: tuple[str, str], coded: Coded) -> None:
    """An amount that another clause of the sentence gives, which names no other firm: `…, and puts in $5 million`."""
    told = find("spends here").search(coded.text) if found[key].amount is None else None
    is_alone = {item.thing.name for item in coded.found(coded.text, COMPANY)} == {key[0]}
    if told and is_alone and not _is_of_other(coded.text, told):
        found[key] = found[key]._replace(amount=money(coded, told[0]))


def tell_before(found: Investments, key: tuple[str, str], earlier: list[Coded]) -> None:
    """An amount that a heading or a sentence before gives for `a $5 million mill`, which this investment is."""
    for before in reversed(earlier):
        firms = {item.thing.name for item in before.found(before.text, COMPANY)}
        places = {item.thing.name for item in before.found(before.text, PLACE) if not is_broad(item.thing.name)}
        told = find("sum of thing").search(before.text)
        if told and firms <= {key[0]} and places <= {key[1]} and not _is_of_other(before.text, told):
            cost = money(before, told[0])
            if all(found[one].amount != cost for one in _latest(found)):
                found[key] = found[key]._replace(amount=cost)
            return


def _cost(later: Coded, key: tuple[str, str], is_near: bool) -> Amount | None:
    """What a sentence says that an investment named before costs; it speaks of no other place."""
    text = later.text
    places = {place for place in located(later) if not is_broad(place)}
    if places and key[1] not in places:
        return None
    begins = ("next begin", "next sum") if is_near else ("next sum", "the cost")
    names = ["next cost word"] if any(find(name).match(text) for name in begins) else []
    for name in (*names, "the sum thing", "told cost", *(["a sum thing"] if is_near else [])):
        for match in find(name).finditer(text):
            sums = compiled("{MONEY}").search(text, match.start(), match.end())
            is_other = "sum thing" not in name and sums is not None and _is_of_other(text, sums)
            if sums and not is_other and money(later, text[match.start() : sums.end() + 40]):
                return amount(later.item(sums[0]).thing)
    return None


def _is_of_other(text: str, told: re.Match[str]) -> bool:
    """Whether a sum is that of sales, a loan, a year: by the words of its own clause."""
    begin = max(text.rfind(cut, 0, told.start()) + 1 for cut in (", ", "; ", " and ", " which "))
    comma = text.find(",", told.end(), told.end() + _BEHIND)
    return find("next other").search(text, begin, comma if comma > 0 else told.end() + _BEHIND) is not None


def _latest(found: Investments) -> list[tuple[str, str]]:
    """The investments told last, in their order."""
    return list(islice(reversed(found), _SHARERS))[::-1]


def tell_share(found: Investments, coded: Coded) -> None:
    """What one of several firms puts in of a total; who is named there first of all invests in the same place."""
    told = find("of total").search(coded.text) or "contribut" in coded.text
    facility = find("facility").search(coded.text)
    own = places_of(coded, coded.text[facility.end() :])[:1] if told and facility else []
    for match in find("share").finditer(coded.text) if found or own else ():
        firm = coded.item(match["investors"]).thing.name
        shared = [key for key in _latest(found) if key[0] == firm and found[key].amount is None]
        is_among = (
            shared
            and found[shared[-1]].start < coded.start
            and sum(one.start == found[shared[-1]].start for one in found.values()) > 1
        )
        if not (told or is_among or coded.text[: match.start()].endswith(("with ", "of which "))):
            continue
        if own and (firm, own[0]) not in found:
            _begin(found, coded, match, firm, own[0])
        _share(found, firm, money(coded, match["amount"]), told=False)
        other = find("share too").match(coded.text[match.end() :])
        if other and told:
            _share(found, coded.item(other["investors"]).thing.name, money(coded, other["amount"]), told=True)
    _tell_parts(found, coded)


def _tell_parts(found: Investments, coded: Coded) -> None:
    """`A ($2 million) and B ($3 million)`, `$2 million comes from A and $3 million from B`."""
    for name in ("share in brackets", "share from") if found else ():
        matches = [one for one in find(name).finditer(coded.text) if not _is_of_other(coded.text[: one.end()], one)]
        parts = {coded.item(match["investors"]).thing.name: money(coded, match["amount"]) for match in matches}
        if len(parts) < 2 and not find("of total").search(coded.text) and not _is_shared(found, next(iter(parts), "")):
            continue
        for firm, part in parts.items():
            key = next((key for key in reversed(_latest(found)) if key[0] == firm), None)
            if key and (found[key].amount is None or len(parts) > 1):
                found[key] = found[key]._replace(amount=part)
            elif key is None and len(parts) > 1:
                _share(found, firm, part, told=True)


def _begin(found: Investments, coded: Coded, match: re.Match[str], firm: str, place: str) -> None:
    """An investment that only its share tells of: `A mill is going up in B, with C paying $5 million of the cost`."""
    span = (coded.back(0), coded.back(match.end()))
    found[firm, place] = Found(*span, (firm,), place, None, "en-firm-spend", span)


def _is_shared(found: Investments, firm: str) -> bool:
    """Whether a firm has an investment without a sum together with others."""
    own = [one for one in map(found.__getitem__, _latest(found)) if one.parties == (firm,) and one.amount is None]
    return bool(own) and sum(one.start == own[-1].start for one in found.values()) > 1


def _share(found: Investments, firm: str, amount: Amount | None, told: bool) -> None:
    """Give a firm its sum; with `told` one that has no investment yet gets one where the last one is."""
    keys = [key for key in found if key[0] == firm]
    if keys and found[keys[-1]].amount is None:
        found[keys[-1]] = found[keys[-1]]._replace(amount=amount)
    elif not keys and told:
        last = next(reversed(found.values()))
        found[firm, last.place] = last._replace(parties=(firm,), amount=amount)


def tell_own_share(found: Investments, coded: Coded) -> None:
    """`Example’s share, around $2 million, …`, `her company’s share of $2 million`."""
    told = find("own share").search(coded.text)
    if not told or not found:
        return
    firms = [item.thing.name for item in coded.found(coded.text[: told.end("share")], COMPANY, ORGANIZATION)]
    amount = money(coded, told["amount"])
    for key in reversed(list(found)):
        if firms and key[0] == firms[-1] and found[key].amount is None:
            found[key] = found[key]._replace(amount=amount)
            return


def tell_place_share(found: Investments, coded: Coded) -> None:
    """`Of this, $5 million is for B`, `B will cost $5 million and C $3 million`: the sums of one firm's places."""
    start = next(reversed(found.values())).start
    told = takewhile(lambda key: found[key].start == start, reversed(found))
    open_keys = [key for key in told if found[key].amount is None]
    if len(open_keys) < 2 or len({key[0] for key in open_keys}) > 1:
        return
    for match in find("place share").finditer(coded.text):
        key = (open_keys[0][0], coded.item(match["place"] or match["place2"]).thing.name)
        if key in open_keys and not _is_of_other(coded.text, match):
            found[key] = found[key]._replace(amount=money(coded, match["amount"] or match["amount2"]))
