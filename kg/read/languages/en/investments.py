"""Investments in English: clauses with a firm, a verb, what it builds or spends, and a place."""

from __future__ import annotations

import re
from itertools import zip_longest

from kg.read.coded import Coded, Item
from kg.read.deals import Found
from kg.read.languages.en.amounts import money, sums
from kg.read.languages.en.clauses import Clause, Sentence, sentences
from kg.read.languages.en.investors import investors, subject
from kg.read.languages.en.patterns import cancelled, data, find
from kg.read.languages.en.shares import Investments, tell_later, tell_own_share, tell_share
from kg.read.languages.en.sites import elsewhere, places_of
from kg.read.model import COMPANY, PLACE, Amount
from kg.read.names import Named, Names
from kg.read.segment import Document


def investments(found: list[Found], document: Document, names: Names, items: list[Item]) -> list[Found]:
    """The investments of a report: those of the general rules, and those of clauses."""
    return sorted([*found, *_Finder(sentences(document, items)).run()])


class _Finder:
    def __init__(self, sentences: list[Sentence]) -> None:
        self.sentences = sentences
        self.found: Investments = {}
        self.topic: Named | None = None
        self.last_place = ""

    def run(self) -> list[Found]:
        """Sentence by sentence; amounts of their own sentences first, then those told afterwards."""
        for sentence, following in zip_longest(self.sentences, self.sentences[1:]):
            coded = sentence.coded
            later = following.coded if following else None
            called_off = later and find("next subject").match(later.text) and cancelled().search(later.text)
            before = set(self.found)
            for at, clause in enumerate(sentence.clauses):
                if not clause.is_dubious and not called_off:
                    self._clause(sentence, at)
            tell_later(self.found, [key for key in self.found if key not in before], coded, later)
            tell_share(self.found, coded)
            tell_own_share(self.found, coded)
            self._remember(coded)
        return list(self.found.values())

    def _remember(self, coded: Coded) -> None:
        firms = [item for item in coded.items if item.kind == COMPANY]
        if firms:
            self.topic = firms[0].thing
        places = [item for item in coded.items if item.kind == PLACE]
        if places:
            self.last_place = places[-1].thing.name

    def _clause(self, sentence: Sentence, at: int) -> None:
        coded, clause = sentence.coded, sentence.clauses[at]
        text = coded.text[clause.start : clause.end]
        for verb in find("verb").finditer(text):
            if self._active(sentence, at, text, verb):
                return
        opening = find("opening of").search(text)
        places = places_of(coded, text[opening.end() :]) if opening else []
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
        elif find("facility").search(text):
            self._by(coded, clause, text, "en-facility-by")
            self._nominal(coded, clause, text)

    def _active(self, sentence: Sentence, at: int, text: str, verb: re.Match[str]) -> bool:
        """A firm that builds, spends or moves: subject, verb, object, place."""
        coded, before = sentence.coded, text[: verb.start()]
        firms = subject(sentence, at, before, self.topic)
        if not firms:
            return False
        rest = text[verb.end() :]
        facility = find("facility").search(rest)
        spent = money(coded, rest)
        if verb["choose"]:
            direct = find("direct").match(rest)
            if not (direct and facility):
                return False
        elif verb["spend"]:
            if not (spent or facility):
                return False
        elif not facility and not find("object before").search(before):
            return False
        if verb["move"] and not re.search(r"\b(?:to|into)\b", rest):
            return False
        if find("no facility").match(rest):
            return False
        places = places_of(coded, " in" + rest if verb["choose"] else rest) or elsewhere(
            sentence, at, before, rest, self.last_place
        )
        if not places:
            return False
        if not spent and not verb["choose"]:
            spent = money(coded, before, last=True)
        self._add(coded, sentence.clauses[at], firms, places, spent, text, "en-firm-" + (verb.lastgroup or "build"))
        return True

    def _by(self, coded: Coded, clause: Clause, text: str, rule: str) -> None:
        """`A plant will be built in B by C`, `a new plant from C in B`."""
        by = find("by").search(text)
        if not by:
            return
        if rule == "en-facility-by" and not find("new").search(text):
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

    def _nominal(self, coded: Coded, clause: Clause, text: str) -> None:
        """`C’s new $5 million plant in B`."""
        for match in find("nominal").finditer(text):
            words = match[0]
            spent = money(coded, words)
            if words.endswith("investment"):
                spent = spent or money(coded, text[match.end() :])
            elif not spent and not re.search(r"\b(?:new|planned|forthcoming|second|first)\b", words):
                continue
            near = re.match(r" (?:in|at|near|outside) (?:[a-z]+ ){0,2}?", text[match.end() :])
            if not near:
                continue
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
        sure = float(data("sure")[rule])
        distinct = list({firm.name: firm for firm in firms}.values())
        shared = (len(distinct) > 1 or len(places) > 1) and not re.search(r"\beach\b", text)
        respectively = "respectively" in text and len(distinct) == len(places) > 1
        each = sums(coded, text) if "respectively" in text else []
        for number, firm in enumerate(distinct):
            for place in [places[number]] if respectively else places:
                key = (firm.name, place)
                old = self.found.get(key)
                value = each[number] if len(each) == len(distinct) > 1 else None if shared else amount
                if old is None:
                    self.found[key] = Found(span[0], span[1], (firm.name,), place, value, rule, sure, span)
                elif old.amount is None and value is not None:
                    self.found[key] = old._replace(amount=value)
