"""Who acts in a Chinese clause: the firms named in it or in an earlier one, or meant by `the company`."""

from __future__ import annotations

import re

from kg.read.coded import Coded, Item
from kg.read.languages.zh.clauses import ANY, FIRM, FIRMS, PERSON, Clause, words
from kg.read.model import COMPANY
from kg.read.segment import Document

_DEFINED = re.compile(
    r"[（(](?:以下|下)?(?:简称|称)(?:为)?[:：]?(?:[“「][^”」]{1,12}[”」][或、及])?[“「](?:本?公司|本?集团|本行)[”」]"
)


def defined_firm(document: Document, items: list[Item]) -> str | None:
    """The firm that a report says it will call `the company`."""
    match = _DEFINED.search(document.folded)
    if match is None:
        return None
    return next((item.thing.name for item in items if item.end == match.start() and item.kind == COMPANY), None)


class Actors:
    """The firms that the clauses of a report are about, sentence by sentence."""

    def __init__(self, document: Document, items: list[Item]) -> None:
        self.words = words()
        self.defined = defined_firm(document, items)
        self.firm_of: dict[str, str] = {}
        """The firm that a person speaks for."""
        self.topic: tuple[str, ...] = ()
        """The firms that the last sentence with any is about."""
        self.together: tuple[str, ...] = ()
        """The firms that last acted together."""

    def learn_posts(self, coded: Coded, clauses: list[Clause]) -> None:
        """Whose firm a person speaks for: the one named in the post before the person's name."""
        for clause in clauses:
            for found in re.finditer(rf"({FIRM})[^，{ANY[1:-1]}]{{0,20}}({PERSON})", clause.text):
                self.firm_of.setdefault(coded.item(found[2]).thing.name, coded.item(found[1]).thing.name)

    def remember(self, coded: Coded, clauses: list[Clause], parties: tuple[str, ...]) -> None:
        """Keep what a sentence is about for the next ones; `parties` are those of an agreement that it tells."""
        firms = [group for group in (self.subject_firms(coded, clause.text) for clause in clauses) if group]
        text = "，".join(clause.text for clause in clauses)
        it, first = self.words["it"].search(text), re.search(FIRM, text)
        if firms and not (it is not None and first is not None and it.start() < first.start()):
            self.topic = firms[0]
        self.together = parties or next((group for group in firms if len(group) > 1), self.together)

    def group(self, coded: Coded, text: str) -> list[str]:
        """Firms in a part of a clause, without one that only owns or is led by the next."""
        found: list[str] = []
        for match in re.finditer(FIRM, text):
            after = text[match.end() : match.end() + 14]
            if re.match(rf"(?:旗下|全资|子公司|附属|属下|控股)[^，]{{0,12}}{FIRM}", after) or after.startswith(
                ("见证", "记者", "讯", "报道", "消息")
            ):
                continue
            found.append(coded.item(match[0]).thing.name)
        return list(dict.fromkeys(found))

    def subject_firms(self, coded: Coded, text: str) -> tuple[str, ...]:
        """The firms that a clause is about: the first, and those joined to it."""
        joined = re.search(
            rf"{FIRM}(?:[、和与及同跟]|以及|联合|联手|携手|会同){{1,2}}[^，{FIRMS}]{{0,14}}?(?={FIRM})", text
        )
        first = re.search(FIRM, text)
        if first is None:
            return ()
        if joined is None or joined.start() > first.start():
            return tuple(self.group(coded, first[0] + text[first.end() : first.end() + 14])[:1])
        end = joined.start()
        for step in re.finditer(
            rf"{FIRM}(?:(?:[、和与及同跟]|以及|联合|联手|携手|会同)[^，{FIRMS}]{{0,14}}?(?={FIRM}))?", text[end:]
        ):
            stop = end + step.end()
            if text[stop - 1 : stop] and re.fullmatch(FIRM, text[stop - 1]):
                return tuple(self.group(coded, text[end:stop]))
        return tuple(self.group(coded, text[end:]))

    def subject(self, coded: Coded, clauses: list[Clause], number: int, before: str) -> list[str]:
        """The firms that act in a clause: named in it before its verb, or in a clause before, or by a pronoun."""
        named = self.group(coded, before)
        it = self.words["it"].search(before)
        everyone = self.words["all"].search(before)
        if everyone is not None and not named:
            earlier = [self.subject_firms(coded, clause.text) for clause in clauses[:number]]
            return list(next((group for group in reversed(earlier) if len(group) > 1), self.together))
        first = re.search(FIRM, before)
        if named and it is not None and first is not None and it.start() < first.start():
            return list(dict.fromkeys([*self.meant(coded, clauses, number), *named]))
        if (
            named
            and re.match(r"[^，]{0,6}?(?:^|[又还也已日])[与和同跟]", before)
            and first is not None
            and re.search("[与和同跟]", before[: first.start()])
        ):
            return list(dict.fromkeys([*self.meant(coded, clauses, number), *named]))
        if named:
            return named
        if it is not None:
            return self.meant(coded, clauses, number)
        if self.words["anybody"].search(before):
            return []
        together = self.words["together"].match(
            before + clauses[number].text[len(before) :],
        )
        for clause in reversed(clauses[:number]):
            group = tuple(self.group(coded, clause.text)) if together else self.subject_firms(coded, clause.text)
            if group:
                return list(group)
            persons = re.findall(PERSON, clause.text)
            if persons and coded.item(persons[-1]).thing.name in self.firm_of:
                return [self.firm_of[coded.item(persons[-1]).thing.name]]
        if number == 0 and re.match(r"(?:并|同时|此外|另外|还|又|随后|为此)", before):
            return list(self.topic[:1])
        return []

    def meant(self, coded: Coded, clauses: list[Clause], number: int) -> list[str]:
        """The firm that `the company` means: the one named before in the sentence, its speaker's, or the last topic."""
        if self.defined:
            return [self.defined]
        for clause in clauses[:number]:
            firms = self.group(coded, clause.text)
            if firms:
                return firms[:1]
        for clause in reversed(clauses[: number + 1]):
            for sign in re.findall(PERSON, clause.text):
                firm = self.firm_of.get(coded.item(sign).thing.name)
                if firm:
                    return [firm]
        return list(self.topic[:1])
