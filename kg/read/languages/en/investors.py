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


def subject(sentence: Sentence, at: int, before: str, topic: Named | None, recent: list[Named]) -> list[Named]:
    """Who builds or spends in a clause, by the words `before` its verb.

    `topic` is whom `it` may mean, `recent` the firms named before this sentence, of which `the two` are the last.
    """
    coded, clauses = sentence
    before = find("brackets").sub("", before)
    named = find("subject").search(before[-400:])
    if named:
        return investors(coded, named["investors"])
    if find("we").search(before):
        speaker = find("said by").search(coded.text, clauses[at].start)
        return [coded.item(speaker["firm"]).thing] if speaker else []
    if find("pair").search(before):
        pair = _pair([*recent, *investors(coded, coded.text[: clauses[at].start] + before)])
        if pair:
            return pair
    if find("it").search(before):
        partner = find("together with").match(before)
        if partner and topic:
            return list({thing.name: thing for thing in (topic, *investors(coded, partner["investors"]))}.values())
        sofar = coded.text[: clauses[at].start] + before
        firms = investors(coded, sofar)
        opening = find("opening firm").match(sofar)
        thing = coded.item(opening["firm"]).thing if opening else firms[-1] if firms else topic
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


def _pair(firms: list[Named]) -> list[Named]:
    """The two firms named last; none where there are fewer."""
    names = list({firm.name: firm for firm in reversed(firms)}.values())[:2]
    return names[::-1] if len(names) == 2 else []
