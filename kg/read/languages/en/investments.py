"""Investments in English: clauses with a firm, a verb, what it builds or spends, and a place."""

from __future__ import annotations

import re
from itertools import zip_longest

from kg.read.coded import Coded, Item
from kg.read.deals import Found
from kg.read.languages.en.amounts import money, sums
from kg.read.languages.en.clauses import Clause, Sentence, sentences
from kg.read.languages.en.investors import investors, subject
from kg.read.languages.en.objects import objects
from kg.read.languages.en.patterns import cancelled, compiled, find
from kg.read.languages.en.shares import Investments, tell_later, tell_own_share, tell_share
from kg.read.languages.en.sites import elsewhere, places_of
from kg.read.languages.en.sole import sole
from kg.read.model import COMPANY, PLACE, Amount
from kg.read.names import Named, Names
from kg.read.segment import Document


def investments(found: list[Found], document: Document, names: Names, items: list[Item]) -> list[Found]:
    """The investments of a report: those of the general rules, and those of clauses."""
    return sorted([*found, *_Finder(sentences(document, items)).run()])


_NEAR = 120
"""Characters between a sentence that tells an investment and the next one, which may tell its place more closely."""
_LATER = 4
"""Sentences after an investment that may tell its sum."""
_SITE = 3
"""Sentences after one that tells where a facility is in which money without a place goes there."""
_RECENT = 12
"""Mentions of firms that `the two` may refer back to."""


class _Finder:
    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences
        self.found: Investments = {}
        self.topic: Named | None = None
        self.last_place = ""
        self.following: Sentence | None = None
        self.site, self.site_until = "", 0
        self.recent: list[Named] = []

    def run(self) -> list[Found]:
        """Sentence by sentence; amounts of their own sentences first, then those told afterwards."""
        for number, (sentence, following) in enumerate(zip_longest(self.sentences, self.sentences[1:])):
            coded = sentence.coded
            later = following.coded if following else None
            called_off = later and find("next subject").match(later.text) and cancelled().search(later.text)
            before = set(self.found)
            self.following = following
            if number > self.site_until:
                self.site = ""
            for at, clause in enumerate(sentence.clauses):
                if not clause.is_dubious and not called_off:
                    self._clause(sentence, at)
            if len(self.found) == len(before) and not called_off:
                self._sole(sentence, following)
            after = [one.coded for one in self.sentences[number + 1 : number + 1 + _LATER]]
            tell_later(self.found, [key for key in self.found if key not in before], coded, after)
            tell_share(self.found, coded)
            tell_own_share(self.found, coded)
            self._remember(coded)
            if len(self.found) > len(before) or find("facility").search(coded.text):
                self._remember_site(coded, number, set(self.found) - before)
        return list(self.found.values())

    def _sole(self, sentence: Sentence, following: Sentence | None) -> None:
        """What a sentence tells by its one firm, facility and place, where no verb told it."""
        whole = Clause(0, len(sentence.coded.text.rstrip(" .")), any(one.is_dubious for one in sentence.clauses))
        told = sole(sentence.coded, whole, following, self.topic)
        if told and not any(firm.name == key[0] for key in self.found for firm in told.firms):
            self._add(sentence.coded, whole, told.firms, [told.place], told.amount, "", "en-sole-firm")

    def _remember(self, coded: Coded) -> None:
        firms = [item for item in coded.items if item.kind == COMPANY]
        if firms:
            self.topic = firms[0].thing
        self.recent = [*self.recent, *(item.thing for item in firms)][-_RECENT:]
        places = [item for item in coded.items if item.kind == PLACE]
        facility = find("facility").search(coded.text)
        sites = places_of(coded, coded.text[facility.end() :]) if facility else []
        if sites or places:
            self.last_place = sites[0] if sites else places[-1].thing.name

    def _remember_site(self, coded: Coded, number: int, fresh: set[tuple[str, str]]) -> None:
        """Keep for some sentences where the investments of this one are, or the one place of its facility."""
        facility = find("facility").search(coded.text)
        sites = {place for _, place in fresh} or set(places_of(coded, coded.text[facility.end() :]) if facility else ())
        if sites:
            self.site, self.site_until = sites.pop() if len(sites) == 1 else "", number + _SITE

    def _clause(self, sentence: Sentence, at: int) -> None:
        coded, clause = sentence.coded, sentence.clauses[at]
        text = coded.text[clause.start : clause.end]
        listed = find("the investors").match(text)
        if listed and self.site:
            self._add(coded, clause, investors(coded, text[listed.end() :]), [self.site], None, "", "en-sole-firm")
            return
        for verb in find("verb").finditer(text):
            if self._active(sentence, at, text, verb):
                return
        opening = find("opening of").search(text)
        places = places_of(coded, text[opening.end() :]) or places_of(coded, opening[0]) if opening else []
        if opening and places:
            self._add(
                coded,
                clause,
                investors(coded, opening["investors"]),
                places[:1],
                money(coded, text),
                text,
                "en-opening-of",
            )
        elif (find("passive").search(text) or find("participle").search(text)) and find("facility").search(text):
            self._by(coded, clause, text, "en-built-by")
        elif find("rising").search(text) and find("facility").search(text):
            self._rising(sentence, at, text)
        elif find("facility").search(text):
            self._by(coded, clause, text, "en-facility-by")
            self._nominal(coded, clause, text)
            self._phase(coded, clause, text)

    def _active(self, sentence: Sentence, at: int, text: str, verb: re.Match[str]) -> bool:
        """A firm that builds, spends or moves: subject, verb, object, place."""
        coded, before = sentence.coded, text[: verb.start()]
        firms = subject(sentence, at, before, self.topic, self.recent)
        if not firms:
            return False
        partner = find("together with").match(coded.text)
        if partner:
            firms = [*firms, *investors(coded, partner["investors"])]
        rest = text[verb.end() :]
        if verb["choose"]:
            rest = re.split(r" (?:over|rather than|instead of|ahead of|in preference to) ", rest)[0]
        own = self._others(coded, sentence.clauses[at], rest)
        if own == rest and self._gapped(coded, sentence.clauses[at], text, verb, firms):
            return True
        rest = own
        spent = money(coded, rest)
        if not _has_object(text, verb, rest, bool(spent)):
            return False
        places = places_of(coded, " in" + rest if verb["choose"] else rest) or elsewhere(
            sentence, at, before, rest, self.last_place
        )
        places = places or self._around(coded, rest, bool(verb["spend"] and spent))
        if not places:
            return False
        self._objects(coded, sentence.clauses[at], text, verb, rest, firms, places)
        return True

    def _around(self, coded: Coded, rest: str, is_spent: bool) -> list[str]:
        """The place of what a clause without one builds: told by the next sentence, or that of the facility before."""
        told = find("next place").match(self.following.coded.text) if self.following else None
        if told and self.following and find("facility").search(rest):
            return places_of(self.following.coded, told[0])[:1]
        is_same = (is_spent or find("among").match(coded.text)) and not find("no site").search(rest)
        return [self.site] if self.site and is_same else []

    def _others(self, coded: Coded, clause: Clause, rest: str) -> str:
        """Take the firms that a verb left out tells of (`A will build in B and C one in D`); what comes before."""
        others = list(find("gapped other").finditer(rest))
        if not others or not compiled("{PLACE}").search(rest[: others[0].start()]):
            return rest
        for other in others:
            where, cost = places_of(coded, other["what"]), money(coded, other["what"])
            self._add(coded, clause, investors(coded, other["investors"]), where[:1], cost, "", "en-firm-build")
        return rest[: others[0].start()]

    def _objects(
        self,
        coded: Coded,
        clause: Clause,
        text: str,
        verb: re.Match[str],
        rest: str,
        firms: list[Named],
        places: list[str],
    ) -> None:
        """Each thing that a clause builds with its place and sum, or all of them together."""
        rule = "en-firm-" + (verb.lastgroup or "build")
        chunks = objects(coded, rest) if not verb["choose"] else []
        if chunks:
            for number, (where, cost) in enumerate(chunks):
                self._add(coded, clause, firms, where, cost, text if number else text[: verb.end()], rule)
            return
        spent = money(coded, rest)
        if not spent and not verb["choose"]:
            spent = money(coded, text[: verb.start()], last=True)
        partner = find("partner").match(rest)
        if partner:
            firms = [*firms, *investors(coded, partner["investors"])]
        self._add(coded, clause, firms, places, spent, text, rule)

    def _gapped(self, coded: Coded, clause: Clause, text: str, verb: re.Match[str], firms: list[Named]) -> bool:
        """`A will invest $5 million and B $3 million in …`: each firm with its own sum."""
        rest = text[verb.end() :]
        match = find("gapped").match(rest) if verb["spend"] else None
        if match is None:
            return False
        places = places_of(coded, rest[match.end() :]) or ([self.last_place] if find("there").search(rest) else [])
        places = places or self._around(coded, rest, is_spent=True)
        if not places:
            return False
        for who, part in ((firms, match["amount"]), (investors(coded, match["investors"]), match["amount2"])):
            self._add(coded, clause, who, places[:1], money(coded, part), "", "en-firm-spend")
        return True

    def _by(self, coded: Coded, clause: Clause, text: str, rule: str) -> None:
        """`A plant will be built in B by C`, `a new plant from C in B`."""
        by = find("by").search(text)
        if not by:
            return
        if rule == "en-facility-by" and not find("new").search(text) and not find("host").match(text):
            return
        if rule == "en-facility-by" and re.search(
            r"\b(?:signed|supply|supplied|owned|run|operated|contract|lease|deal|agreement|memorandum|bought)\b", text
        ):
            return
        firms = investors(coded, by["investors"])
        words = text[: by.start()] + text[by.end() :]
        places = places_of(coded, words)
        if not places:
            lead = find("lead").match(coded.text) or find("host").match(text)
            places = [coded.item(lead["place"]).thing.name] if lead else []
        if firms and places:
            self._add(coded, clause, firms, places[:1], money(coded, text), text, rule)

    def _rising(self, sentence: Sentence, at: int, text: str) -> None:
        """`a $5 million hall will rise next to its mill at B`, after a clause about the firm."""
        coded, places = sentence.coded, places_of(sentence.coded, text)
        if not places or not re.search(r"\b(?:its|their)\b", text):
            return
        head = find("head").match(coded.text[: sentence.clauses[at].start])
        firms = investors(coded, head["investors"]) if head else []
        self._add(coded, sentence.clauses[at], firms, places[:1], money(coded, text), text, "en-facility-by")

    def _phase(self, coded: Coded, clause: Clause, text: str) -> None:
        """`the $30 million expansion of C’s B yard`, `work has started on C’s plant at B`."""
        match = find("first phase").search(text)
        if match:
            places = places_of(coded, " its " + match["site"])
            firms = investors(coded, match["investors"])
            self._add(coded, clause, firms, places[:1], money(coded, text), text, "en-firms-facility")

    def _nominal(self, coded: Coded, clause: Clause, text: str) -> None:
        """`C’s new $5 million plant in B`."""
        for match in find("nominal").finditer(text):
            words = match[0]
            spent = money(coded, words)
            if words.endswith("investment"):
                spent = spent or money(coded, text[match.end() :])
            elif not spent and not re.search(r"\b(?:new|planned|forthcoming|second|first)\b", words):
                continue
            near = find("near").match(text[match.end() :])
            if not near:
                continue
            costing = find("costing").match(text[match.end() :])
            if costing and not spent:
                spent = money(coded, costing["amount"])
            places = places_of(coded, text[match.end() : match.end() + 60])
            firms = investors(coded, match["investors"])
            if places and firms:
                self._add(coded, clause, firms, places[:1], spent, words, "en-firms-facility")

    def _add(
        self,
        coded: Coded,
        clause: Clause,
        firms: list[Named],
        places: list[str],
        amount: Amount | None,
        text: str,
        rule: str,
    ) -> None:
        span = (coded.back(clause.start), coded.back(clause.end))
        distinct = list({firm.name: firm for firm in firms}.values())
        shared = (len(distinct) > 1 or len(places) > 1) and not re.search(r"\beach\b", text)
        respectively = "respectively" in text and len(distinct) == len(places) > 1
        each = sums(coded, text) if "respectively" in text else []
        for number, firm in enumerate(distinct):
            for place in [places[number]] if respectively else places:
                key = (firm.name, place)
                self._settle(coded, firm, place, text)
                old = self.found.get(key)
                value = each[number] if len(each) == len(distinct) > 1 else None if shared else amount
                if old is None:
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


def _is_implied(verb: str, rest: str) -> bool:
    """Whether what is built goes without saying: `build in B`, `is building another in B`."""
    if find("another").match(rest):
        return True
    if find("plainly building").match(verb) and find("any thing").match(rest) and not find("no thing").search(rest):
        return True
    return verb.startswith(("build", "expand", "set", "brok", "break")) and find("intransitive").match(rest) is not None


def _has_object(text: str, verb: re.Match[str], rest: str, is_spent: bool) -> bool:
    """Whether after its verb a clause has what the verb asks for: a facility, a sum, a place."""
    facility = find("facility").search(rest) is not None
    if verb["choose"]:
        if not find("direct").match(rest) or not (facility or find("over").match(text, verb.end())):
            return False
    elif verb["spend"]:
        if not (is_spent or facility or (verb[0].startswith("invest") and find("intransitive").match(rest))):
            return False
    elif not facility and not find("object before").search(text[: verb.start()]) and not _is_implied(verb[0], rest):
        return False
    if verb["move"] and not re.search(r"\b(?:to|into)\b", rest):
        return False
    return not (find("no facility").match(rest) or find("long ago").search(rest))
