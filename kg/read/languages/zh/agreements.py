"""Who agreed with whom in Chinese: clauses that tell a signature, an award, a lease, or what a contract asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import (
    ANY,
    FIRM,
    FIRM_SIGN,
    MONEY,
    PLACE,
    Clause,
    amount_of,
    is_doubtful,
    is_unsigned,
    span_of,
    words,
)

_CONTRACTS = (
    ("award", "zh-awarded"),
    ("won by", "zh-awarded"),
    ("gives", "zh-awards"),
    ("chosen", "zh-chooses"),
    ("orders", "zh-orders"),
    ("lease", "zh-leases"),
    ("lets", "zh-leases"),
    ("won alone", "zh-awarded"),
    ("given alone", "zh-awards"),
)
"""The expressions for contracts that are given or won, and the rules that they are called."""

_FIRM = re.compile(FIRM)
_ORDER = re.compile("[^，]{0,40}?(?:命令|行政令|总统令|法案|法令|禁令|法律|公告)(?!书)")
"""What somebody signs alone."""


class Agreements:
    """The agreements of a report, found clause by clause."""

    def __init__(self, actors: Actors) -> None:
        self.words = words()
        self.actors = actors
        self.found: list[Found] = []

    def sentence(self, coded: Coded, clauses: list[Clause]) -> tuple[str, ...]:
        """Find what a sentence tells; the parties of its last agreement, none where it tells none."""
        before = len(self.found)
        for number in range(len(clauses)):
            self._sign(coded, clauses, number)
        self._between(coded, clauses)
        return self.found[-1].parties if len(self.found) > before else ()

    def _sign(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        text = clauses[number].text
        for match in self.words["sign"].finditer(text):
            after = text[match.end() :]
            if not self._is_contract(match[0], after, text) or is_unsigned(clauses, number, text[: match.start()]):
                continue
            for parties in self._parties(coded, clauses, number, text[: match.start()], after):
                self._agreed(coded, clauses, number, parties, "zh-signs", match)
            return
        if not self._award(coded, clauses, number):
            self._under_contract(coded, clauses, number)

    def _between(self, coded: Coded, clauses: list[Clause]) -> None:
        """A contract that was signed, whose sides are told one by one."""
        match = self.words["sides"].search(coded.text)
        if match is None:
            return
        signed = (at for at, one in enumerate(clauses) if "签" in one.text or self.words["sign"].search(one.text))
        number = next(signed, -1)
        if number >= 0 and not is_unsigned(clauses, number, clauses[number].text):
            parties = [coded.item(sign).thing.name for sign in match.groups()]
            self._agreed(coded, clauses, number, parties, "zh-signs", match)

    def _award(self, coded: Coded, clauses: list[Clause], number: int) -> bool:
        """A contract won, one given, a lease: whether the clause tells one."""
        text = clauses[number].text
        if not _FIRM.search(text):
            return False
        for key, rule in _CONTRACTS:
            match = self.words[key].search(text)
            if match is None or is_doubtful(clauses, number, match[0]):
                continue
            about = match["rest"] if key in ("award", "won alone") else text
            if (
                key not in ("lease", "lets", "chosen")
                and not self.words["awarded"].search(about)
                and not self.words["tender"].search(match[0])
            ):
                continue
            groups = match.groupdict()
            signs = [sign for sign in (groups.get(name) for name in ("one", "other", "one2", "other2")) if sign]
            parties = [coded.item(sign).thing.name for sign in signs]
            if len(parties) == 1:
                parties = [*self.actors.subject(coded, clauses, number, text[: match.start()])[:1], *parties]
            if len(set(parties)) < 2:
                continue
            self._agreed(coded, clauses, number, parties, rule, match)
            return True
        return False

    def _under_contract(self, coded: Coded, clauses: list[Clause], number: int) -> None:
        """Who does something for whom `under the contract` that the clause before names."""
        text = clauses[number].text
        if not number or not self.words["under"].match(clauses[number - 1].text):
            return
        parties = self.actors.group(coded, text)
        if len(parties) < 2:
            parties = list(dict.fromkeys([*self.actors.group(coded, clauses[number - 1].text), *parties]))
        match = re.search("将|会|向|与|为", text)
        if len(parties) > 1 and match is not None and not is_doubtful(clauses, number, text):
            self._agreed(coded, clauses, number, parties[:4], "zh-under-contract", match)

    def _is_contract(self, verb: str, after: str, text: str) -> bool:
        if _ORDER.match(after):
            return False
        if verb == "达成":
            return (
                re.match(r"[^，]{0,20}?(?:协议|合作|交易|协定|和解|合同|收购|订单|合约)", after) is not None
                and "意向" not in after[:6]
            )
        if verb in ("签约", "续签", "缔约"):
            return not after.startswith(("额", "仪式", "时", "率", "项目金额", "时间", "满", "方"))
        if verb == "敲定":
            return self.words["contract"].search(after) is not None
        if verb == "签":
            return re.match(r"[了妥成]?[^，]{0,15}(?:协议|合同|备忘录|合约|约|订单|大单|贷款|授信)", after) is not None
        return self.words["contract"].search(text) is not None or after.startswith("了")

    def _parties(
        self, coded: Coded, clauses: list[Clause], number: int, before: str, after: str
    ) -> Iterator[list[str]]:
        """The parties of each agreement that a clause with `signs` tells: pairs where it says `in turn`."""
        turn = re.search(r"分别[又还也再]?(?:[在于][^，]{1,10})?(?:[与和同跟]|向)", before)
        if turn is not None:
            subjects = self.actors.group(coded, before[: turn.start()]) or self.actors.meant(coded, clauses, number)
            partners = self.actors.group(coded, before[turn.start() :]) or self._listed(coded, clauses, number)
            yield from ([one, other] for one in subjects for other in partners if one != other)
            return
        named = self._joined_parties(coded, clauses, number, before)
        several = self.words["several"].search(before)
        if len(named) == 1 and several is not None and number + 1 < len(clauses):
            told = clauses[number + 1]
            is_list = self.words["listed"].match(told.text) or coded.text[clauses[number].end : told.start] == "："
            yield from ([named[0], other] for other in self.actors.group(coded, told.text) if is_list)
            return
        if len(named) < 2:
            named = self._parties_after(coded, named, after)
        if not named:
            places = re.search(rf"({PLACE})[与和同]({PLACE})[^，{ANY[1:-1]}]{{0,14}}$", before)
            named = [coded.item(sign).thing.name for sign in places.groups()] if places else []
        if len(named) > 1:
            yield named

    def _listed(self, coded: Coded, clauses: list[Clause], number: int) -> list[str]:
        """The firms with which the clauses after a clause begin."""
        begun = (
            re.match(rf"[^，{ANY[1:-1]}]{{0,4}}(?:{PLACE})?{FIRM}", clause.text) for clause in clauses[number + 1 :]
        )
        return list(dict.fromkeys(coded.item(match[0][-1]).thing.name for match in begun if match is not None))

    def _joined_parties(self, coded: Coded, clauses: list[Clause], number: int, before: str) -> list[str]:
        """The parties before the verb, with the firm that is meant where the clause begins with `and`."""
        named = self.actors.group(coded, before)
        first = FIRM_SIGN.search(before)
        begins_joined = first is not None and re.search("[与和同跟]", before[: first.start()]) is not None
        if len(named) > 1:
            return list(dict.fromkeys([*self.actors.meant(coded, clauses, number), *named])) if begins_joined else named
        subject = self.actors.subject(coded, clauses, number, before)
        both = list(dict.fromkeys([*subject, *named]))
        is_all = self.words["all"].search(before) and not self.words["several"].search(before)
        is_joined = self.words["with firm"].search(before) or is_all
        if len(both) == 1 and is_joined and both == subject:
            return list(dict.fromkeys([*self.actors.meant(coded, clauses, number), *both]))
        return both

    def _parties_after(self, coded: Coded, named: list[str], after: str) -> list[str]:
        """The parties where some or all stand after the verb."""
        if named:
            later = re.match(rf"[^，]{{0,4}}(?:与|和|同|的[^，{ANY[1:-1]}]{{0,6}}[是为])[^，]{{0,10}}{FIRM}", after)
            return list(dict.fromkeys([*named, *self.actors.group(coded, later[0])])) if later else named
        between = re.match(rf"[^，]{{0,6}}{FIRM}(?:[与和同、][^，]{{0,8}}{FIRM})+", after)
        return self.actors.group(coded, between[0]) if between else []

    def _agreed(
        self,
        coded: Coded,
        clauses: list[Clause],
        number: int,
        parties: list[str],
        rule: str,
        match: re.Match[str],
    ) -> None:
        key = frozenset(parties)
        if len(key) < 2 or any(frozenset(one.parties) == key for one in self.found):
            return
        clause = clauses[number]
        amount = None
        for text in (clause.text[match.start() :], *(one.text for one in clauses[number + 1 : number + 4])):
            worth = self.words["worth"].search(text) or (
                re.search(rf"(?P<money>{MONEY})", text) if text is not clause.text else None
            )
            if worth is not None:
                amount = amount_of(coded, worth["money"])
                break
        start, end = span_of(coded, clause)
        self.found.append(Found(start, end, tuple(parties), "", amount, rule, (start, end)))
