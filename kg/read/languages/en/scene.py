"""What a report of investments has told so far: its deals, and whom and where the next sentences may mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.en.amounts import money, sums
from kg.read.languages.en.clauses import Clause, Sentence
from kg.read.languages.en.investors import investors
from kg.read.languages.en.localities import is_broad
from kg.read.languages.en.patterns import find
from kg.read.languages.en.shares import Investments
from kg.read.languages.en.sites import located, places_of, sure_places
from kg.read.languages.en.sole import Sole, sole
from kg.read.model import COMPANY, MONEY, ORGANIZATION, PLACE, Amount
from kg.read.names import Named

_NEAR = 120
"""Characters between a sentence that tells an investment and the next one, which may tell its place more closely."""
_SITE = 3
"""Sentences after one that tells where a facility is in which money without a place goes there."""
CLOSE = 2
"""Sentences after an investment in which `the plant will rise in B` tells where."""
_SOON = 3
"""Sentences after `three firms will build in B` in which these are named."""
_RECENT = 12
"""Mentions of firms that `the two` may refer back to."""


class Unnamed(NamedTuple):
    """What so many firms build that a sentence after `number` names, and where; its own words end at `end`."""

    firms: int
    place: str
    number: int
    end: int


class Scene:
    """The deals found, and what later sentences may refer to."""

    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences
        self.found: Investments = {}
        self.topic: Named | None = None
        self.last_place = self.last_site = ""
        self.following: Sentence | None = None
        self.site, self.site_until = "", 0
        self.recent: list[Named] = []
        self.unnamed: Unnamed | None = None
        self.number, self.told_at, self.bound_at, self.topic_at, self.listing, self.facility_at = 0, -9, -9, -9, -9, -9
        self.bound: dict[str, list[str]] = {}
        self.arrived: tuple[Named, str] | None = None
        self.fresh: list[tuple[str, str]] = []
        self.kinds: set[str] = set()
        self.has_facility = self.may_tell = False
        self.near: list[str] = []

    def begin(self, number: int, coded: Coded, following: Sentence | None) -> None:
        """Turn to the next sentence: what it holds decides which expressions are worth a search."""
        self.number, self.following = number, following
        self.fresh = []
        self.kinds = {item.kind for item in coded.items}
        self.has_facility = find("facility").search(coded.text) is not None
        self.may_tell = self.has_facility or bool(self.kinds & {MONEY, PLACE, COMPANY})
        if number > self.site_until:
            self.site = ""
        if self.has_facility or "invest" in coded.text:
            self.facility_at = number
        if number - self.facility_at <= 1 and find("listing").search(coded.text):
            self.listing = number

    def tell_sole(self, sentence: Sentence, following: Sentence | None) -> None:
        """What a sentence tells by its one firm, facility and place, where no verb told it."""
        coded = sentence.coded
        whole = Clause(0, len(coded.text.rstrip(" .")), any(one.is_dubious for one in sentence.clauses))
        told = sole(coded, whole, following, self.topic)
        if told:
            self._add_sole(coded, whole, told)
            return
        for clause in sentence.clauses if len(sentence.clauses) > 1 else ():
            told = sole(coded, clause, None, None)
            if told:
                self._add_sole(coded, clause, told)

    def _add_sole(self, coded: Coded, clause: Clause, told: Sole) -> None:
        if not any(firm.name == key[0] for key in self.found for firm in told.firms):
            self.add(coded, clause, told.firms, [told.place], told.amount, "", "en-sole-firm")

    def named_now(self, sentence: Sentence) -> None:
        """`Three firms will build in B`: the three that a sentence soon after names."""
        told, coded = self.unnamed, sentence.coded
        if told is None:
            return
        if self.number > told.number + _SOON:
            self.unnamed = None
            return
        words = coded.text[told.end if self.number == told.number else 0 :]
        firms = list({one.name: one for one in investors(coded, words) if one.type == COMPANY}.values())
        if len(firms) == told.firms:
            whole = Clause(0, len(coded.text), False)
            self.add(coded, whole, firms, [told.place], None, "", "en-firms-named-next")
            self.unnamed = None

    def closer(self, sentence: Sentence) -> list[tuple[str, str]]:
        """Where `the plant will rise`, after an investment told with another place: that place is the closer one."""
        key = next(reversed(self.found), None)
        is_soon = 0 < self.number - self.told_at <= CLOSE
        told = find("stands").match(sentence.coded.text) if key and is_soon else None
        if not told or key is None or sentence.clauses[0].is_dubious:
            return []
        place = sentence.coded.item(told["place"] or told["place2"]).thing.name
        if is_broad(place) or (key[0], place) in self.found:
            return []
        one = self.found.pop(key)
        self.found[key[0], place] = one._replace(place=place)
        return [(key[0], place)]

    def bind(self, coded: Coded) -> None:
        """Keep where a firm is coming to, for a clause or sentence that tells what it does there."""
        bound = find("arrival").search(coded.text) if {COMPANY, PLACE} <= self.kinds else None
        if bound:
            firm = coded.item(bound["investors"] or bound["investors2"]).thing.name
            place = coded.item(bound["place"] or bound["place2"]).thing.name
            if not is_broad(place):
                self.bound, self.bound_at = {firm: [place]}, self.number
                self.arrived = (coded.item(bound["investors"] or bound["investors2"]).thing, place)

    def remember(self, coded: Coded) -> None:
        """Keep what a sentence names for those after it: its firms, where it is, where nothing is told to be."""
        firms = [item for item in coded.items if item.kind == COMPANY]
        if firms:
            self.topic, self.topic_at = firms[0].thing, self.number
        self.near = [] if firms else [place for place in located(coded) if not is_broad(place)][-1:]
        self.recent = [*self.recent, *(item.thing for item in firms)][-_RECENT:]
        facility = find("facility").search(coded.text) if self.has_facility else None
        sites = places_of(coded, coded.text[facility.end() :]) if facility else []
        sites = [place for place in sites if not is_broad(place)] or located(coded)
        if sites and not (self.last_place and is_broad(sites[0])):
            self.last_place = sites[0]

    def remember_site(self, coded: Coded, number: int) -> None:
        """Keep for some sentences where the investments of this one are, or the one place of its facility."""
        facility = find("facility").search(coded.text)
        sites = {place for _, place in self.fresh} or set(
            places_of(coded, coded.text[facility.end() :]) if facility else ()
        )
        if sites:
            self.site, self.site_until = sites.pop() if len(sites) == 1 else "", number + _SITE

    def listed(self, coded: Coded, clause: Clause, text: str) -> bool:
        """Whether a clause is a line of a list of investments, announced before: `- Example Ltd. A mill in B`."""
        line = find("bullet").match(text)
        if line and self.number <= self.listing + 1:
            self.listing = self.number
            where = located(coded)[:1]
            self.add(coded, clause, investors(coded, line["investors"]), where, money(coded, text), "", "en-listed")
            return True
        return False

    def passage(self, coded: Coded, clause: Clause, text: str) -> bool:
        """Whether a clause tells an investment by its sum, its place or its facility as subject."""
        if self.has_facility and {COMPANY, ORGANIZATION} & self.kinds and PLACE in self.kinds:
            if self._sited(coded, clause, text):
                return True
            for told in find("told in brackets").finditer(text):
                places, cost = places_of(coded, " in " + told["what"]), money(coded, told["what"])
                self.add(
                    coded, clause, investors(coded, told["investors"]), places[:1], cost, "", "en-told-in-brackets"
                )
        if self._again(coded, clause, text):
            return True
        return self.has_facility and MONEY in self.kinds and self._paid(coded, clause, text)

    def _sited(self, coded: Coded, clause: Clause, text: str) -> bool:
        """`B was chosen by C for a mill`, `the mill in B will be C’s first`, `C’s B mill is getting a new hall`."""
        for name in ("site of firm", "first of firm"):
            told = find(name).search(text)
            if told:
                groups = told.groupdict()
                place = coded.item(groups["place"] or groups["place2"]).thing.name
                firms = investors(coded, groups["investors"] or groups["investors2"])
                self.add(coded, clause, firms, [place], money(coded, text), "", "en-site-of-firm")
                return True
        told = find("plant gets").search(text)
        if told:
            places, cost = places_of(coded, " its " + told["site"]), money(coded, text)
            self.add(coded, clause, investors(coded, told["investors"]), places[:1], cost, "", "en-firms-facility")
            return bool(places)
        return False

    def _paid(self, coded: Coded, clause: Clause, text: str) -> bool:
        """`$5 million for a mill in B is coming from C`; `turning it into a mill will cost $5 million`."""
        for name in ("money from firm", "money to plant"):
            told = find(name).search(text)
            if told and find("facility").search(told[0]):
                there = [self.last_place] if self.last_place and find("there").search(told[0]) else []
                places = places_of(coded, told.groupdict().get("what") or text[told.end() :]) or there
                cost = money(coded, text[told.start() : told.end("amount") + 40])
                self.add(coded, clause, investors(coded, told["investors"]), places[:1], cost, "", "en-money-from-firm")
                return bool(places)
        told = find("turning into").match(text)
        if told and self.topic and self.last_place and self.number - self.topic_at == 1:
            self.add(coded, clause, [self.topic], [self.last_place], money(coded, text), "", "en-turning-into")
            return True
        return False

    def _again(self, coded: Coded, clause: Clause, text: str) -> bool:
        """`A second one is planned for B`, `so does Example Ltd`: the firm or the place of the investment before."""
        last = next(reversed(self.found), None)
        if last is None or self.number - self.told_at > 1:
            return False
        told = find("second one").match(text)
        if told:
            place = coded.item(told["place"]).thing.name
            span = (coded.back(clause.start), coded.back(clause.end))
            cost = money(coded, text)
            if (last[0], place) not in self.found:
                self.fresh.append((last[0], place))
                self.found[last[0], place] = Found(*span, (last[0],), place, cost, "en-second-one", span)
            self.told_at = self.number
            return True
        told = find("likewise").match(text)
        if told:
            firms = investors(coded, told["investors"] or told["investors2"])
            self.add(coded, clause, firms, [last[1]], None, "", "en-likewise")
        return told is not None

    def add(
        self,
        coded: Coded,
        clause: Clause,
        firms: list[Named],
        places: list[str],
        amount: Amount | None,
        text: str,
        rule: str,
    ) -> None:
        """Take an investment of each firm in each place, or its sum where it is known without one."""
        span = (coded.back(clause.start), coded.back(clause.end))
        distinct = list({firm.name: firm for firm in firms}.values())
        places = sure_places(coded, places, distinct)
        shared = (len(distinct) > 1 or len(places) > 1) and not re.search(r"\beach\b", text)
        respectively = "respectively" in text and len(distinct) == len(places) > 1
        each = sums(coded, text) if "respectively" in text else []
        for number, firm in enumerate(distinct):
            for place in [places[number]] if respectively else places:
                key = (firm.name, place)
                self._settle(coded, firm, place, text)
                old = self.found.get(key)
                value = each[number] if len(each) == len(distinct) > 1 else None if shared else amount
                self.told_at, self.last_site = self.number, place
                if old is None:
                    self.fresh.append(key)
                    self.found[key] = Found(span[0], span[1], (firm.name,), place, value, rule, span)
                elif old.amount is None and value is not None:
                    self.found[key] = old._replace(amount=value)

    def _settle(self, coded: Coded, firm: Named, place: str, text: str) -> None:
        """`the site at C` in the sentence after an investment `near B` tells its place more closely."""
        last = next(reversed(self.found), ("", ""))
        near = self.found[last].end < coded.start <= self.found[last].end + _NEAR if last[0] else False
        if last[0] == firm.name and near and (firm.name, place) not in self.found and find("closer").search(text):
            known = self.found.pop(last)
            self.found[firm.name, place] = known._replace(place=place)
            self.fresh.append((firm.name, place))
