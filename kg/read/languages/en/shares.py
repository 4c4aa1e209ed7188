"""Sums that are told apart from their investments: in the next sentence, or as one firm's share of a total."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.en.amounts import money
from kg.read.languages.en.patterns import find
from kg.read.languages.en.sites import places_of
from kg.read.model import COMPANY, ORGANIZATION, PLACE, Amount

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
    amount = money(following, following.text) if _tells_cost(following, keys[0]) else None
    for later in after[1:] if not amount else ():
        if later.found(later.text, COMPANY):
            break
        if find("next sum").match(later.text) or find("the cost").match(later.text):
            amount = money(later, later.text) if _tells_cost(later, keys[0]) else None
            break
    if amount:
        found[keys[0]] = found[keys[0]]._replace(amount=amount)


def _tells_cost(following: Coded, key: tuple[str, str]) -> bool:
    """Whether a sentence says what an investment named before costs, and names no other firm or place."""
    text = following.text
    if find("next other").search(text) or not find("next cost word").search(text):
        return False
    if not (find("next begin").match(text) or find("next sum").match(text)):
        return False
    firms = {item.thing.name for item in following.found(text, COMPANY)}
    places = {item.thing.name for item in following.found(text, PLACE)}
    return firms <= {key[0]} and (not places or key[1] in places)


def tell_share(found: Investments, coded: Coded) -> None:
    """What one of several firms puts in of a total; who is named there first of all invests in the same place."""
    told = find("of total").search(coded.text) or "contribut" in coded.text
    facility = find("facility").search(coded.text)
    own = places_of(coded, coded.text[facility.end() :])[:1] if told and facility else []
    for match in find("share").finditer(coded.text) if found or own else ():
        firm = coded.item(match["investors"]).thing.name
        shared = [key for key in list(found)[-_SHARERS:] if key[0] == firm and found[key].amount is None]
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
        matches = list(find(name).finditer(coded.text))
        parts = {coded.item(match["investors"]).thing.name: money(coded, match["amount"]) for match in matches}
        if len(parts) < 2 and not find("of total").search(coded.text) and not _is_shared(found, next(iter(parts), "")):
            continue
        for firm, amount in parts.items():
            key = next((key for key in reversed(list(found)[-_SHARERS:]) if key[0] == firm), None)
            if key and (found[key].amount is None or len(parts) > 1):
                found[key] = found[key]._replace(amount=amount)
            elif key is None and len(parts) > 1:
                _share(found, firm, amount, told=True)


def _begin(found: Investments, coded: Coded, match: re.Match[str], firm: str, place: str) -> None:
    """An investment that only its share tells of: `A mill is going up in B, with C paying $5 million of the cost`."""
    span = (coded.back(0), coded.back(match.end()))
    found[firm, place] = Found(*span, (firm,), place, None, "en-firm-spend", span)


def _is_shared(found: Investments, firm: str) -> bool:
    """Whether a firm has an investment without a sum together with others."""
    own = [one for one in list(found.values())[-_SHARERS:] if one.parties == (firm,) and one.amount is None]
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
