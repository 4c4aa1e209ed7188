"""The project that a Chinese report is telling of: what one sentence leaves open of it, the next ones supply."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.clauses import FIRM_SIGN, PLACE, Clause, amount_of, is_doubtful, span_of, words
from kg.read.languages.zh.ledger import Ledger
from kg.read.languages.zh.sums import late_sum, shares, spent, told_later
from kg.read.languages.zh.words import words_of
from kg.read.model import COMPANY, Amount

_PATIENCE = 3
"""Sentences after the last one about a project in which more may be told of it."""
_PLACE = re.compile(PLACE)


class Project(NamedTuple):
    """What is known of a project: who builds it, where, for how much; `noted` are its investments in the ledger."""

    firms: tuple[str, ...] = ()
    shares: tuple[Amount | None, ...] = ()
    """What each of several firms puts in, where they build each its own."""
    place: str = ""
    amount: Amount | None = None
    noted: tuple[int, ...] = ()
    left: int = _PATIENCE
    guess: tuple[str, tuple[int, int]] | None = None
    """The firm that the sentence before was about, which builds it if nobody else is said to; and the words."""


class Projects:
    """The project in focus, sentence by sentence; `investors` leaves out those that never invest."""

    def __init__(self, actors: Actors, ledger: Ledger, investors: Callable[[list[str]], list[str]]) -> None:
        self.words = words()
        self.actors = actors
        self.ledger = ledger
        self.investors = investors
        self.focus = Project(left=0)
        self.scene = ""
        """The place where the sentence before, in the same paragraph, plays."""
        self.is_topical = False
        """Whether the sentence before, in the same paragraph, is about one firm."""

    def begin(self, coded: Coded, clauses: list[Clause], before: int) -> None:
        """A sentence has told of investments, those from `before` on: they are in focus now."""
        self._narrow(before)
        self._within(coded, clauses, before)
        before = self._settle(coded, clauses, before)
        new = tuple(range(before, len(self.ledger.found)))
        last = self.ledger.found[-1]
        self.focus = Project((last.parties[0],), place=last.place, amount=last.amount, noted=new)
        self._add_sums(coded, clauses, before)

    def _narrow(self, before: int) -> None:
        """Of a sentence that puts money into a country, then a plant into a place, keep the place, with the money."""
        found = self.ledger.found
        for at in range(before, len(found) - 1):
            wide, narrow = found[at], found[at + 1]
            if (
                wide.rule == "zh-invests-toward"
                and wide.place in words_of().countries
                and wide.parties == narrow.parties
                and narrow.amount in (None, wide.amount)
                and narrow.place not in words_of().countries
            ):
                found[at : at + 2] = [narrow._replace(amount=wide.amount)]
                return

    def _within(self, coded: Coded, clauses: list[Clause], before: int) -> None:
        """Of one plant in a country, keep the place in it that a later clause of the sentence says."""
        found, known = self.ledger.found, words_of()
        if len(found) != before + 1 or found[before].place not in known.countries:
            return
        for clause in clauses:
            match = self.words["there"].search(clause.text) or self.words["located"].match(clause.text)
            if match is None or coded.back(clause.start) <= found[before].start or FIRM_SIGN.search(clause.text):
                continue
            narrow = [*self.ledger.each_place(coded, match[match.lastgroup or 0])]
            if len(narrow) == 1 and narrow[0] not in known.countries:
                found[before] = found[before]._replace(place=narrow[0])
                return

    def _settle(self, coded: Coded, clauses: list[Clause], before: int) -> int:
        """Forget the country told in the sentence before where this one says in which place of it `the land` is.

        Gives where the investments of this sentence begin.
        """
        found, countries = self.ledger.found, words_of().countries
        if len(self.focus.noted) != 1 or self.focus.left < _PATIENCE or self.focus.place not in countries:
            return before
        at = self.focus.noted[0]
        is_told = any(self.words["located"].match(clause.text) for clause in clauses)
        is_more = found[at].amount is not None or self.words["besides"].search(coded.text) is not None
        is_home = self.focus.place == "中国"
        is_within = found[before].place not in (countries if is_home else countries | words_of().divisions)
        if (is_told or not is_more) and is_within and found[before].parties == found[at].parties:
            found[before] = found[before]._replace(amount=found[before].amount or found[at].amount)
            del found[at]
            return before - 1
        return before

    def guess(self) -> None:
        """The sentence after a plant without an owner names none either: it belongs to the firm before."""
        if self.focus.guess is None:
            return
        firm, span = self.focus.guess
        self.focus = self.focus._replace(guess=None, firms=(firm,))
        if all(one.parties != (firm,) or one.place != self.focus.place for one in self.ledger.found):
            amount = self.focus.amount
            self.ledger.found.append(Found(*span, (firm,), self.focus.place, amount, "zh-invests-topic", span))
            self.focus = self.focus._replace(noted=(len(self.ledger.found) - 1,))

    def wait(self) -> None:
        """A sentence without any name or number has passed."""
        self.focus = self.focus._replace(left=max(0, self.focus.left - 1))

    def ask(self) -> None:
        """A sentence asks what the project costs: the next one may answer as if it came right after."""
        if self.focus.noted:
            self.focus = self.focus._replace(left=_PATIENCE)

    def share_out(self, coded: Coded, clauses: list[Clause], told: Project) -> None:
        """Who bears which part of the costs of the project, and who the rest: both invest where it stands.

        `told` is the project that was in focus before this sentence.
        """
        found, place = self.ledger.found, self.focus.place or told.place
        parts: list[tuple[int, str, str | None]] = []
        has_rest = False
        for number, clause in enumerate(clauses) if place else ():
            rest = self.words["rest"].search(clause.text)
            match = rest or self.words["part"].search(clause.text)
            if match is None or is_doubtful(clauses, number, match[0]) or self.words["no outlay"].search(clause.text):
                continue
            has_rest = has_rest or rest is not None
            names = [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(match["firms"])]
            parts += [(number, name, match["money"]) for name in self.investors(names)]
        here = {one.parties[0]: at for at, one in enumerate(found) if one.place == place}
        if not has_rest or not any(name in here for _, name, _ in parts):
            return
        for number, name, sign in parts:
            amount = amount_of(coded, sign) if sign else None
            if name in here:
                found[here[name]] = found[here[name]]._replace(amount=amount)
            else:
                span = span_of(coded, clauses[number])
                found.append(Found(*span, (name,), place, amount, "zh-invests-rest", span))

    def take_back(self) -> None:
        """Forget the investments of the sentence before, which this one only denies or takes back."""
        if self.focus.left == _PATIENCE:
            for at in sorted(self.focus.noted, reverse=True):
                del self.ledger.found[at]
        self.focus = Project(left=0)

    def go_on(self, coded: Coded, clauses: list[Clause], site: tuple[str, int], has_plant: bool) -> None:
        """A sentence that tells of no investment by itself: it may supply what the project in focus lacks.

        `site` is the place into which it puts a plant, if any, and the clause; `has_plant` says whether it has one.
        """
        before = len(self.ledger.found)
        here, at = site if site[0] not in words_of().wide else ("", 0)
        if not (here or self.focus.place) and self.words["that one"].match(coded.text):
            self.focus = Project(place=self.scene)
        self._by(coded, clauses, here)
        if len(self.ledger.found) == before and self.focus.left and self.focus.firms:
            self._located(coded, clauses)
        if len(self.ledger.found) > before:
            self.begin(coded, clauses, before)
            return
        self._add_sums(coded, clauses, before)
        self.guess()
        if here:
            topic, span = self.actors.topic, span_of(coded, clauses[at])
            is_topic = len(topic) == 1 and self.actors.kinds.get(topic[0]) == COMPANY and self.investors([*topic])
            is_open = self.words["anybody"].search(coded.text) is None and not FIRM_SIGN.search(coded.text)
            around = "".join(clause.text for clause in clauses[max(0, at - 1) : at + 1])
            is_open = is_open and self.words["builds"].search(_PLACE.sub("", around)) is not None
            guess = (topic[0], span) if is_topic and is_open and self.is_topical else None
            self.focus = Project(place=here, amount=spent(coded, clauses, at), guess=guess)
        elif plan := self._plan(coded, clauses) if has_plant else None:
            self.focus = plan
        else:
            self.wait()

    def _by(self, coded: Coded, clauses: list[Clause], here: str) -> None:
        """Who builds what this sentence, or one before, puts somewhere without saying whose it is."""
        waits = self.focus.place if self.focus.left and not self.focus.firms else ""
        for number, clause in enumerate(clauses) if here or waits else ():
            if here and self.words["it invests"].match(clause.text):
                firms = self.investors(self.actors.subject(coded, clauses, number, clause.text))[:1]
                end, place = len(clause.text), here
            else:
                is_about = bool(here) or self.words["project again"].match(clauses[0].text) is not None
                signs, end = self._builders(clause.text, is_about)
                firms, place = self.investors(self.actors.group(coded, signs)), here or waits
            if firms and not is_doubtful(clauses, number, clause.text[:end]):
                told = next((sum_ for at in range(number) if (sum_ := spent(coded, clauses, at))), None)
                told = told or (None if here else self.focus.amount)
                self.ledger.put_at(coded, clauses, number, firms, place, "by", None if len(firms) > 1 else told)

    def _builders(self, text: str, is_placed: bool) -> tuple[str, int]:
        """The part of a clause that names who builds, and where it ends."""
        owner = self.words["owner"].search(text)
        if owner is not None:
            return owner[owner.lastgroup or 0], owner.end()
        match = self.words["by"].search(text)
        if match is not None and self.words["by whom"].search(match["rest"] or text[: match.end("firms")]):
            return match["firms"], match.end()
        own = self.words["ours"].match(text) if is_placed else None
        return (own[1], own.end()) if own is not None else ("", 0)

    def _located(self, coded: Coded, clauses: list[Clause]) -> None:
        """Where the plant is that a sentence before has told of without a place."""
        for number, clause in enumerate(clauses):
            match = self.words["located"].search(clause.text) if _PLACE.search(clause.text) else None
            if match is None or is_doubtful(clauses, number, match[0]):
                continue
            others = set(self.actors.group(coded, coded.text)) - set(self.focus.firms)
            places = [*self.ledger.each_place(coded, match[match.lastgroup or 0])]
            if places and not others and self.focus.noted:
                self._move(places[-1])
                return
            if places and not others:
                for firm, share in zip_longest(self.focus.firms, self.focus.shares):
                    told = share or self.focus.amount
                    self.ledger.put_at(coded, clauses, number, [firm], places[-1], "located", told)
                return

    def _move(self, place: str) -> None:
        """Give a place told later to the one investment in focus, if so far only its country is known."""
        at, known = self.focus.noted[-1], words_of()
        if len(self.focus.noted) == 1 and self.focus.place in known.countries and place not in known.countries:
            self.ledger.found[at] = self.ledger.found[at]._replace(place=place)
            self.focus = self.focus._replace(place=place)

    def _plan(self, coded: Coded, clauses: list[Clause]) -> Project | None:
        """The project of a sentence that says who builds a plant, not where."""
        if any(_PLACE.search(clause.text) for clause in clauses):
            return None
        each: dict[str, Amount | None] = {}
        named = set(self.actors.group(coded, coded.text))
        for number, clause in enumerate(clauses):
            match = self.words["planned"].search(clause.text) if self.words["plant"].search(clause.text) else None
            if match is None or is_doubtful(clauses, number, clause.text[: match.end()]):
                continue
            signs, _ = self._builders(clause.text, True)
            firms = self.actors.group(coded, signs)
            firms = firms or self.actors.subject(coded, clauses, number, clause.text[: match.start()])
            firms = [firm for firm in self.investors(firms) if self.actors.kinds.get(firm) == COMPANY]
            firms = [firm for firm in firms if not named or firm in named]
            for firm in firms:
                each.setdefault(firm, spent(coded, clauses, number) if len(firms) == 1 else None)
        return Project(tuple(each), tuple(each.values())) if each else None

    def _add_sums(self, coded: Coded, clauses: list[Clause], before: int) -> None:
        """Sums for investments told before this sentence, then for those told in it."""
        found = self.ledger.found
        told_later(coded, clauses, found, before, self.actors)
        waiting = [*self.focus.noted] if self.focus.left else []
        if len(found) == before:
            late_sum(coded, clauses, found, waiting, self.focus.left == _PATIENCE)
        fresh = [number for number in waiting if found[number].amount is None]
        if fresh:
            shares(coded, clauses, found, fresh, self.focus.left == _PATIENCE)
