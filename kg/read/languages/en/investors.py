"""Who invests: the firms and bodies of a clause, its own subject or that of a clause before."""

from __future__ import annotations

from kg.read.coded import Coded
from kg.read.languages.en.clauses import Sentence
from kg.read.languages.en.patterns import find
from kg.read.model import COMPANY, ORGANIZATION
from kg.read.names import Named


def investors(coded: Coded, words: str) -> list[Named]:
    """The firms and bodies in a part of a sentence, without those of governments."""
    return [item.thing for item in coded.found(words, COMPANY, ORGANIZATION) if _may_invest(item.thing)]


def subject(sentence: Sentence, at: int, before: str, topic: Named | None) -> list[Named]:
    """Who builds or spends in a clause, by the words `before` its verb; `topic` is whom `it` may mean."""
    coded, clauses = sentence
    named = find("subject").search(before[-400:])
    if named:
        return investors(coded, named["investors"])
    if find("it").search(before):
        firms = investors(coded, coded.text[: clauses[at].start] + before)
        thing = firms[-1] if firms else topic
        return [thing] if thing else []
    if at and find("no subject").search(before):
        for earlier in range(at - 1, -1, -1):
            text = coded.text[clauses[earlier].start : clauses[earlier].end]
            head = find("head").match(text)
            if head:
                return investors(coded, head["investors"])
    return []


def _may_invest(thing: Named) -> bool:
    return thing.type == COMPANY or not find("government").search(thing.name)
