"""Investments in English: clauses with a firm, a verb, what it builds or spends, and a place."""

from __future__ import annotations

import re
from itertools import zip_longest

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.en.amounts import money
from kg.read.languages.en.clauses import Clause, Sentence
from kg.read.languages.en.investors import investors, subject
from kg.read.languages.en.objects import objects
from kg.read.languages.en.patterns import cancelled, compiled, find
from kg.read.languages.en.scene import CLOSE, Scene, Unnamed
from kg.read.languages.en.shares import tell_before, tell_here, tell_later, tell_own_share, tell_place_share, tell_share
from kg.read.languages.en.sites import elsewhere, located, places_of
from kg.read.model import MONEY, PLACE, Amount
from kg.read.names import Named

_LATER = 4
"""Sentences after an investment that may tell its sum."""
_COUNTS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight")


def investments(sentences: list[Sentence]) -> list[Found]:
    """The investments that the sentences of a report tell, in order."""
    return sorted(_Finder(sentences).run())


class _Finder(Scene):
    """Sentence by sentence, clause by clause."""

    def run(self) -> list[Found]:
        """Sentence by sentence; amounts of their own sentences first, then those told afterwards."""
        for number, (sentence, following) in enumerate(zip_longest(self.sentences, self.sentences[1:])):
            self.begin(number, sentence.coded, following)
            if self.may_tell and not self._is_called_off(sentence, following):
                self.bind(sentence.coded)
                for at, clause in enumerate(sentence.clauses):
                    if not clause.is_dubious:
                        self._clause(sentence, at)
                if not self.fresh and self.has_facility:
                    self.tell_sole(sentence, following)
                self.named_now(sentence)
                self._arrive(sentence)
            self._sums(sentence, number)
            self.remember(sentence.coded)
            if self.fresh or self.has_facility:
                self.remember_site(sentence.coded, number)
        return list(self.found.values())

    def _is_called_off(self, sentence: Sentence, following: Sentence | None) -> bool:
        return following is not None and _calls_off(following.coded, sentence.coded)

    def _sums(self, sentence: Sentence, number: int) -> None:
        """The sum of the investment that a sentence tells, and what it says of sums told of before."""
        coded = sentence.coded
        after = [one.coded for one in self.sentences[number + 1 : number + 1 + _LATER]]
        if not self.fresh and PLACE in self.kinds:
            self.fresh = self.closer(sentence)
            after = [coded, *after]
        if self.fresh:
            tell_later(self.found, self.fresh, coded, after)
        if len(self.fresh) == 1:
            key = self.fresh[0]
            tell_here(self.found, key, coded)
            if self.found[key].amount is None:
                first = 0 if len(self.found) == 1 else max(0, number - 2)
                tell_before(self.found, key, [one.coded for one in self.sentences[first:number][:_LATER]])
        if MONEY in self.kinds:
            tell_share(self.found, coded)
            tell_own_share(self.found, coded)
            if 0 < number - self.told_at <= CLOSE:
                tell_place_share(self.found, coded)

    def _arrive(self, sentence: Sentence) -> None:
        """`Example Ltd has said yes to B. The mill will open in May`: what the next sentence builds there."""
        is_fact = not any(one.is_dubious for one in sentence.clauses)
        if self.arrived and is_fact and not self.fresh and self._is_facility_next():
            whole = Clause(0, len(sentence.coded.text), False)
            self.add(sentence.coded, whole, [self.arrived[0]], [self.arrived[1]], None, "", "en-firm-choose")
        self.arrived = None

    def _clause(self, sentence: Sentence, at: int) -> None:
        coded, clause = sentence.coded, sentence.clauses[at]
        text = coded.text[clause.start : clause.end]
        listed = find("the investors").match(text)
        if listed and self.site:
            self.add(coded, clause, investors(coded, text[listed.end() :]), [self.site], None, "", "en-sole-firm")
            return
        if self.listed(coded, clause, text):
            return
        told = 0
        for verb in find("verb").finditer(text):
            if told and not compiled("{FIRM}").search(text, told, verb.start()):
                continue
            if self._active(sentence, at, text, verb):
                told = verb.end()
        if told:
            return
        if self.passage(coded, clause, text) or not self.has_facility:
            return
        opening = find("opening of").search(text)
        places = places_of(coded, text[opening.end() :]) or places_of(coded, opening[0]) if opening else []
        if opening and places:
            self.add(
                coded,
                clause,
                investors(coded, opening["investors"]),
                places[:1],
                money(coded, text),
                text,
                "en-opening-of",
            )
        elif not find("facility").search(text):
            return
        elif find("passive").search(text) or find("participle").search(text):
            self._by(coded, clause, text, "en-built-by")
        elif find("rising").search(text):
            self._rising(sentence, at, text)
        else:
            self._by(coded, clause, text, "en-facility-by")
            self._nominal(coded, clause, text)
            self._phase(coded, clause, text)

    def _active(self, sentence: Sentence, at: int, text: str, verb: re.Match[str]) -> bool:
        """A firm that builds, spends or moves: subject, verb, object, place."""
        coded, before = sentence.coded, text[: verb.start()]
        firms = subject(sentence, at, before, self.topic, self.recent)
        if verb[0] == "building" and find("its building").search(before):
            return False
        if not firms:
            self._await(sentence, text, verb)
            return False
        partner = find("together with").match(coded.text)
        if partner:
            firms = [*firms, *investors(coded, partner["investors"])]
        rest = text[verb.end() :]
        goes_on = find("goes on").search(rest) if find("relative").search(before) else None
        rest = rest[: goes_on.start()] if goes_on else rest
        if verb["choose"]:
            rest = re.split(r" (?:over|rather than|instead of|ahead of|in preference to) ", rest)[0]
        own = self._others(coded, sentence.clauses[at], rest)
        if own == rest and self._gapped(coded, sentence.clauses[at], text, verb, firms):
            return True
        rest = own
        spent = money(coded, rest)
        if not _has_object(text, verb, rest, bool(spent)) and not (verb["choose"] and self._is_facility_next()):
            return False
        goal = find("goal").search(rest) if verb["move"] else None
        where = " in" + rest if verb["choose"] else rest
        places = (
            (places_of(coded, rest[goal.start() :]) if goal else [])
            or places_of(coded, where)
            or elsewhere(sentence, at, before, rest, self.last_place, self.last_site)
        )
        places = places or self._around(coded, rest, bool(verb["spend"] and spent))
        if not places and find("facility").search(rest) and self.number - self.bound_at <= CLOSE:
            places = self.bound.get(firms[0].name, [])
        if not places and find("facility").search(rest) and not find("no site").search(rest):
            places = self.near
        if not places:
            return False
        self._objects(coded, sentence.clauses[at], text, verb, rest, firms, places)
        return True

    def _await(self, sentence: Sentence, text: str, verb: re.Match[str]) -> None:
        """Keep what `three firms` build and where, for a sentence that names them."""
        told = find("collective").search(text[: verb.start()])
        rest = text[verb.end() :]
        places = places_of(sentence.coded, rest) if told and _has_object(text, verb, rest, bool(rest)) else []
        if told and places:
            count = told["count"].lower()
            number = int(count) if count.isdigit() else _COUNTS.index(count)
            self.unnamed = Unnamed(number, places[0], self.number, sentence.coded.text.find(rest))

    def _is_facility_next(self) -> bool:
        """Whether the sentence that follows goes on with `the plant`: then that is what a place was chosen for."""
        return self.following is not None and find("the facility").match(self.following.coded.text) is not None

    def _around(self, coded: Coded, rest: str, is_spent: bool) -> list[str]:
        """The place of what a clause without one builds: told by the next sentence, or that of the facility before."""
        told = find("next place").match(self.following.coded.text) if self.following else None
        goes = is_spent and self.following and find("money goes").match(self.following.coded.text)
        if goes and self.following:
            return places_of(self.following.coded, goes[0])[:1]
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
            self.add(coded, clause, investors(coded, other["investors"]), where[:1], cost, "", "en-firm-build")
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
                self.add(coded, clause, firms, where, cost, text if number else text[: verb.end()], rule)
            return
        spent = money(coded, rest)
        if not spent and not verb["choose"]:
            spent = _sum_before(coded, text[: verb.start()])
        for name in ("partner", "partner again", "the rest"):
            partner = find(name).match(rest) if name != "the rest" else find(name).search(rest)
            if partner:
                firms = [*firms, *investors(coded, partner["investors"])]
        self.add(coded, clause, firms, places, spent, text, rule)

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
            self.add(coded, clause, who, places[:1], money(coded, part), "", "en-firm-spend")
        return True

    def _by(self, coded: Coded, clause: Clause, text: str, rule: str) -> None:
        """`A plant will be built in B by C`, `a new plant from C in B`."""
        by = find("by").search(text)
        if not by:
            return
        if rule == "en-facility-by" and not find("new").search(text) and not find("host").match(text):
            return
        if rule == "en-facility-by" and find("no new by").search(text):
            return
        if find("once").search(text):
            return
        firms = investors(coded, by["investors"])
        words = text[: by.start()] + text[by.end() :]
        places = places_of(coded, words)
        if not places:
            lead = find("lead").match(coded.text) or find("host").match(text)
            places = [coded.item(lead["place"]).thing.name] if lead else []
        if firms and places:
            self.add(coded, clause, firms, places[:1], money(coded, text), text, rule)

    def _rising(self, sentence: Sentence, at: int, text: str) -> None:
        """`a $5 million hall will rise next to its mill at B`, after a clause about the firm."""
        coded, places = sentence.coded, places_of(sentence.coded, text)
        if not places or not re.search(r"\b(?:its|their)\b", text):
            return
        head = find("head").match(coded.text[: sentence.clauses[at].start])
        firms = investors(coded, head["investors"]) if head else []
        self.add(coded, sentence.clauses[at], firms, places[:1], money(coded, text), text, "en-facility-by")

    def _phase(self, coded: Coded, clause: Clause, text: str) -> None:
        """`the $30 million expansion of C’s B yard`, `work has started on C’s plant at B`."""
        match = find("first phase").search(text)
        if match:
            places = places_of(coded, " its " + match["site"])
            firms = investors(coded, match["investors"])
            self.add(coded, clause, firms, places[:1], money(coded, text), text, "en-firms-facility")

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
                self.add(coded, clause, firms, places[:1], spent, words, "en-firms-facility")


def _calls_off(later: Coded, coded: Coded) -> bool:
    """Whether the next sentence says of the same thing, not of one elsewhere, that it comes to nothing."""
    if not find("next subject").match(later.text) or not cancelled().search(later.text):
        return False
    return set(located(later)) <= set(located(coded))


def _sum_before(coded: Coded, before: str) -> Amount | None:
    """What the words before a verb say that it costs: `the $5 million hall that it is building`, not a loan."""
    told = find("sum it spends").search(before)
    if told:
        return money(coded, told["amount"])
    if find("lending").search(before):
        return None
    sums = list(compiled("{MONEY}").finditer(before))
    return money(coded, before, last=True) if sums and not places_of(coded, before[sums[-1].end() :]) else None


def _is_implied(verb: str, rest: str) -> bool:
    """Whether what is built goes without saying: `build in B`, `is building another in B`."""
    if find("another").match(rest):
        return True
    if find("plainly building").match(verb) and find("any thing").match(rest) and not find("no thing").search(rest):
        return True
    return verb.startswith(("build", "expand", "set", "brok", "break")) and find("intransitive").match(rest) is not None


def _builds(text: str, verb: re.Match[str], rest: str, facility: bool) -> bool:
    """Whether a verb of building has a facility; `announced`, `started` and the like need it as their own object."""
    if find("weak build").match(verb[0]):
        return find("direct object").match(rest) is not None
    is_before = facility or find("object before").search(text[: verb.start()]) is not None
    return is_before or _is_implied(verb[0], rest)


def _has_object(text: str, verb: re.Match[str], rest: str, is_spent: bool) -> bool:
    """Whether after its verb a clause has what the verb asks for: a facility, a sum, a place."""
    facility = find("facility").search(find("aside of bought").split(rest)[0]) is not None
    if verb["choose"]:
        if not find("direct").match(rest) or not (facility or find("over").match(text, verb.end())):
            return False
    elif verb["spend"]:
        if find("no site").search(rest) and not facility:
            return False
        if not (is_spent or facility or (verb[0].startswith("invest") and find("intransitive").match(rest))):
            return False
    elif not _builds(text, verb, rest, facility):
        return False
    if verb["move"] and not re.search(r"\b(?:to|into|there|here)\b", rest):
        return False
    return not (find("no facility").match(rest) or find("long ago").search(rest))
