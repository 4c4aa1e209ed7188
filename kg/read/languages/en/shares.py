"""Sums that are told apart from their investments: in the next sentence, or as one firm's share of a total."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.en.amounts import money
from kg.read.languages.en.investors import investors
from kg.read.languages.en.patterns import find
from kg.read.model import COMPANY, ORGANIZATION

Investments = dict[tuple[str, str], Found]
"""Investments by the names of their firm and place."""


def tell_later(found: Investments, keys: list[tuple[str, str]], own: Coded, following: Coded | None) -> None:
    """An amount that the next sentence gives for the only investment of this one."""
    alone = not re.search(r"\b(?:and|with) (?:\w+ )?(?:\w+ )?(?:partners?|investors|others)\b", own.text)
    if not alone or len(keys) != 1 or found[keys[0]].amount is not None or following is None:
        return
    told = find("next cost").match(following.text)
    told = told or find("next sum").match(following.text)
    if not told:
        return
    spender = find("next spender").match(following.text)
    if (
        not find("next subject").match(following.text)
        and not spender
        and not re.match(r"It (?:will |is |would )(?:cost|worth|represent)", following.text)
    ):
        return
    if (
        spender
        and spender["investors"]
        and any(firm.name != keys[0][0] for firm in investors(following, spender["investors"])[:1])
    ):
        return
    amount = money(following, following.text)
    if amount:
        found[keys[0]] = found[keys[0]]._replace(amount=amount)


def tell_share(found: Investments, coded: Coded) -> None:
    """What one of several firms puts in of a total."""
    told = find("of total").search(coded.text) or "contribut" in coded.text
    for match in find("share").finditer(coded.text) if found else ():
        if not told and not coded.text[: match.start()].endswith(("with ", "of which ")):
            continue
        firm = coded.item(match["investors"]).thing.name
        for key in [key for key in found if key[0] == firm][-1:]:
            if found[key].amount is None:
                amount = money(coded, match["amount"])
                found[key] = found[key]._replace(amount=amount)


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
