"""Who acts in a Chinese clause: the firms named in it or in an earlier one, or meant by `the company`."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

from kg.read.attribution import Found as Said
from kg.read.coded import Coded, Item
from kg.read.languages.zh.clauses import ANY, FIRM, FIRM_SIGN, FIRMS, PERSON, PERSON_SIGN, Clause, words
from kg.read.model import COMPANY, ORGANIZATION, PLACE
from kg.read.segment import Document

_DEFINED = re.compile(
    r"[（(](?:(?:以下|下|以下统)?(?:简称|统称|称)(?:为)?[:：]?)?(?:[“「][^”」]{1,12}[”」][或、及])?[“「](?:本?公司|本?集团|本行)[”」]"
)
_HEADING = re.compile(r"(?:公告|记录表|通告|报告|说明|声明|新闻稿|提示|纪要|活动记录|议案|摘要|函)$")
"""How the heading of a firm's own paper ends."""

_MEDIA = "name-media"
_GOVERNS = re.compile("人民政府|政府|管委会|管理委员会|人民委员会")
_JOINED = re.compile(rf"{FIRM}(?:[、和与及同跟]|以及|联合|联手|携手|会同){{1,2}}[^，{FIRMS}]{{0,14}}?(?={FIRM})")
_ROW = re.compile(rf"{FIRM}(?:(?:[、和与及同跟]|以及|联合|联手|携手|会同)[^，{FIRMS}]{{0,14}}?(?={FIRM}))?")
"""A firm and what joins it to the next, and each firm of such a row."""


def defined_firm(document: Document, items: list[Item]) -> str | None:
    """The firm that a report says it will call `the company`."""
    match = _DEFINED.search(document.folded)
    if match is None:
        return _titled_firm(document, items)
    return next((item.thing.name for item in items if item.end == match.start() and item.kind == COMPANY), None)


def _titled_firm(document: Document, items: list[Item]) -> str | None:
    """The firm whose announcement or record a report is by its heading."""
    for start, end in document.paragraphs[:5]:
        line = document.folded[start:end]
        first = next((item for item in items if item.start >= start), None)
        if first is not None and first.start == start and first.kind == COMPANY and _HEADING.search(line):
            return str(first.thing.name)
    return None


class Actors:
    """The firms that the clauses of a report are about, sentence by sentence."""

    def __init__(self, document: Document, items: list[Item], said: list[Said]) -> None:
        self.words = words()
        self._said = sorted((one.start, one.end, one.speaker) for one in said if one.speaker)
        self.defined = defined_firm(document, items)
        self.kinds = {item.thing.name: item.kind for item in items if item.kind in (COMPANY, ORGANIZATION)}
        self.media = {
            item.thing.name for item in items if item.kind == ORGANIZATION and item.thing.mentions[0].rule == _MEDIA
        }
        """The names of those who report."""
        self.governs = any(_GOVERNS.search(name) for name in self.kinds)
        """Whether the report names an office that governs a place."""
        self._places = {item.thing.name: item for item in items if item.kind == PLACE}
        self.firm_of: dict[str, str] = {}
        """The firm that a person speaks for."""
        self.topic: tuple[str, ...] = ()
        """The firms that the last sentence with any is about."""
        self.together: tuple[str, ...] = ()
        """The firms that last acted together."""
        self.is_named = False
        """Whether the last sentence names a firm that it is about."""
        self.recent: list[str] = []
        """The firms named so far, each once, in the order in which they were named last."""

    def seat(self, name: str) -> Item | None:
        """The place that an office governs, by its name; None for anything else."""
        governs = _GOVERNS.search(name)
        if governs is None:
            return None
        named = [
            (name.rfind(place) + len(place), place)
            for place in self._places
            if 0 <= name.rfind(place) < governs.start()
        ]
        return self._places[max(named)[1]] if named else None

    def learn_posts(self, coded: Coded, clauses: list[Clause]) -> None:
        """Whose firm a person speaks for: the one named in the post before the person's name."""
        for clause in clauses:
            for found in re.finditer(rf"({FIRM})[^，{ANY[1:-1]}]{{0,20}}({PERSON})", clause.text):
                if not self.words["onlooker"].search(found[0]):
                    self.firm_of.setdefault(coded.item(found[2]).thing.name, coded.item(found[1]).thing.name)
        for number, clause in enumerate(clauses):
            for found in self.words["post"].finditer(clause.text):
                firms = next(
                    (some for one in reversed(clauses[:number]) if (some := self.subject_firms(coded, one.text))),
                    self.topic,
                )
                if firms and self.kinds.get(firms[0]) == COMPANY:
                    self.firm_of.setdefault(coded.item(found["person"]).thing.name, firms[0])

    def _speaking(self, position: int) -> str | None:
        """The firm for which the words at a position of the view are said."""
        at = bisect_right(self._said, (position, sys.maxsize, "")) - 1
        if at < 0 or self._said[at][1] <= position:
            return None
        speaker = self._said[at][2]
        return speaker if self.kinds.get(speaker) == COMPANY else self.firm_of.get(speaker)

    def remember(self, coded: Coded, clauses: list[Clause], parties: tuple[str, ...]) -> None:
        """Keep what a sentence is about for the next ones; `parties` are those of an agreement that it tells."""
        firms = [group for group in (self.subject_firms(coded, clause.text) for clause in clauses) if group]
        self.is_named = bool(firms)
        text = "，".join(clause.text for clause in clauses)
        for name in dict.fromkeys(name for group in firms for name in group if self.kinds.get(name) == COMPANY):
            self.recent = [*(one for one in self.recent[-9:] if one != name), name]
        it, first = self.words["it"].search(text), FIRM_SIGN.search(text)
        it = None if it is not None and it[0] == "我们" else it
        cleft = self.words["cleft"].search(text)
        if cleft is not None:
            self.topic = (coded.item(cleft["firm"]).thing.name,)
        elif firms and not (it is not None and first is not None and it.start() < first.start()):
            self.topic = firms[0]
        self.together = parties or next((group for group in firms if len(group) > 1), self.together)

    def group(self, coded: Coded, text: str) -> list[str]:
        """Firms in a part of a clause, without one that only owns or is led by the next."""
        found: list[str] = []
        for match in FIRM_SIGN.finditer(text):
            after = text[match.end() : match.end() + 14]
            if coded.item(match[0]).thing.name in self.media or self.words["other than"].match(text, match.end()):
                continue
            if re.match(rf"(?:旗下|全资|子公司|附属|属下|控股)[^，]{{0,12}}{FIRM}", after) or after.startswith(
                ("见证", "记者", "讯", "报道", "消息")
            ):
                continue
            found.append(coded.item(match[0]).thing.name)
        return list(dict.fromkeys(found))

    def acting(self, coded: Coded, before: str) -> list[str]:
        """The firms before a verb that act: the last ones that are joined, without those that something is done to."""
        signs: list[str] = []
        done = 0
        for match in FIRM_SIGN.finditer(before):
            between = before[done : match.start()]
            if signs and self.words["joined"].fullmatch(between):
                signs.append(match[0])
            elif not self.words["object"].search(between):
                signs = [match[0]]
            done = match.end()
        return self.group(coded, "".join(signs))

    def subject_firms(self, coded: Coded, text: str) -> tuple[str, ...]:
        """The firms that a clause is about: the first, and those joined to it."""
        first = FIRM_SIGN.search(text)
        if first is None:
            return ()
        joined = _JOINED.search(text)
        if joined is None or joined.start() > first.start():
            return tuple(self.group(coded, first[0] + text[first.end() : first.end() + 14])[:1])
        end = joined.start()
        for step in _ROW.finditer(text[end:]):
            stop = end + step.end()
            if text[stop - 1 : stop] and FIRM_SIGN.fullmatch(text[stop - 1]):
                return tuple(self.group(coded, text[end:stop]))
        return tuple(self.group(coded, text[end:]))

    def subject(self, coded: Coded, clauses: list[Clause], number: int, before: str) -> list[str]:
        """The firms that act in a clause: named in it before its verb, or in a clause before, or by a pronoun."""
        named = self.group(coded, before)
        it = self.words["it"].search(before)
        everyone = self.words["all"].search(before)
        if not named and (every := self._every(coded, clauses[:number], before)):
            return every
        if everyone is not None and not named:
            return self._all(coded, clauses[:number], everyone[0])
        first = FIRM_SIGN.search(before)
        if named and it is not None and first is not None and it.start() < first.start():
            return list(dict.fromkeys([*self.meant(coded, clauses, number), *named]))
        if named and first is not None and self.words["begins joined"].match(before, 0, first.start()):
            return list(dict.fromkeys([*self.meant(coded, clauses, number), *named]))
        if named:
            return self.acting(coded, before) or named
        before_it = [name for clause in clauses[:number] for name in self.group(coded, clause.text)]
        if it is not None and it[0] == "后者" and before_it:
            return before_it[-1:]
        if it is not None and it[0].startswith(("该子", "该附", "该合", "这家", "后者")) and self.topic:
            return list(self.topic[-1:])
        if it is not None:
            return self.meant(coded, clauses, number)
        return self._carried(coded, clauses, number, before)

    def _every(self, coded: Coded, earlier: list[Clause], before: str) -> list[str]:
        """Every firm of the clauses before, where what stands before a verb ends with `all`."""
        if not re.search("(?:均|都|全部|皆|悉数)[将已拟会]?$", before):
            return []
        return list(dict.fromkeys(name for clause in earlier for name in self.group(coded, clause.text)))

    def _all(self, coded: Coded, earlier: list[Clause], word: str) -> list[str]:
        """The firms that a word for all who take part means: the last that stood together."""
        groups = [self.subject_firms(coded, clause.text) for clause in earlier]
        groups += [tuple(self.group(coded, clause.text)) for clause in earlier]
        group = next((group for group in reversed(groups) if len(group) > 1), self.together)
        if not group and word[0] in "两双二":
            group = tuple(self.recent[-2:])
        if word.endswith(("企业", "公司")) and word[0] == "两" and len(group) > 2:
            group = tuple(name for name in group if self.kinds.get(name) == COMPANY)
        return list(group)

    def _carried(self, coded: Coded, clauses: list[Clause], number: int, before: str) -> list[str]:
        """The firms that act in a clause without a subject: those of a clause before."""
        if self.words["anybody"].search(before):
            return []
        together = self.words["together"].match(
            before + clauses[number].text[len(before) :],
        )
        for clause in reversed(clauses[:number]):
            group = tuple(self.group(coded, clause.text)) if together else self.subject_firms(coded, clause.text)
            if group:
                return self._with_us(coded, clauses, clause, list(group))
            persons = PERSON_SIGN.findall(clause.text)
            if persons and coded.item(persons[-1]).thing.name in self.firm_of:
                return [self.firm_of[coded.item(persons[-1]).thing.name]]
            if self.words["it"].search(clause.text):
                return self.meant(coded, clauses, number)
        speaking = self._speaking(coded.back(clauses[number].start))
        if speaking:
            return [speaking]
        if self.words["goes on"].match(clauses[0].text) and self.kinds.get(next(iter(self.topic), "")) == COMPANY:
            return list(self.topic[:1])
        return []

    def _with_us(self, coded: Coded, clauses: list[Clause], clause: Clause, group: list[str]) -> list[str]:
        """The firms of a clause, and the one that it means by `the company` where they are its partners."""
        it, first = self.words["it"].search(clause.text), FIRM_SIGN.search(clause.text)
        if it is None or first is None or not re.search("[与和同跟]", clause.text[it.end() : first.start()]):
            return group
        meant = self.meant(coded, clauses, clauses.index(clause))
        return meant if self.words["lessor"].search(clause.text) else list(dict.fromkeys([*meant, *group]))

    def meant(self, coded: Coded, clauses: list[Clause], number: int) -> list[str]:
        """The firm that `the company` means: the one named before in the sentence, its speaker's, or the last topic."""
        if self.defined:
            return [self.defined]
        for clause in clauses[:number]:
            firms = self.group(coded, clause.text)
            if firms:
                return firms[:1]
        for clause in reversed(clauses[: number + 1]):
            for sign in PERSON_SIGN.findall(clause.text):
                firm = self.firm_of.get(coded.item(sign).thing.name)
                if firm:
                    return [firm]
        speaking = self._speaking(coded.back(clauses[number].start))
        return [speaking] if speaking else list(self.topic[:1])
