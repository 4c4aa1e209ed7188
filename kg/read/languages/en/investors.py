"""Who invests: the firms and bodies of a clause, its own subject or that of a clause before."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.languages.en.clauses import Sentence
from kg.read.languages.en.patterns import compiled, find
from kg.read.model import COMPANY, ORGANIZATION
from kg.read.names import Named


def investors(coded: Coded, words: str) -> list[Named]:
    """The firms and bodies in a part of a sentence, without those of governments."""
    return [item.thing for item in coded.found(words, COMPANY, ORGANIZATION) if _may_invest(item.thing)]


def subject(sentence: Sentence, at: int, before: str, topic: Named | None, recent: list[Named]) -> list[Named]:
    """Who builds or spends in a clause, by the words `before` its verb.

    `topic` is whom `it` may mean, `recent` the firms named before this sentence, of which `the two` are the last.
    """
    coded, start = sentence.coded, sentence.clauses[at].start
    before = find("brackets").sub("", before)[-400:]
    named = find("subject").search(before)
    if find("contracted").search(before):
        return []
    if named:
        return _named(coded, before, named)
    if find("we").search(before):
        speaker = find("said by").search(coded.text, start)
        return [coded.item(speaker["firm"]).thing] if speaker else []
    if find("pair").search(before):
        pair = _pair([*recent, *investors(coded, coded.text[:start] + before)])
        if pair:
            return pair
    if find("it").search(before):
        return _meant(coded, start, before, topic)
    if at and find("no subject").search(find("with aside").sub("", before)):
        return _of_earlier(sentence, at)
    return []


def _named(coded: Coded, before: str, named: re.Match[str]) -> list[Named]:
    """The firms named as a subject; none where somebody only asks them to act."""
    given = find("hired by").search(before[: named.start()])
    if given and before[named.end("investors") :].strip() == "to":
        head = find("head").match(before)
        return investors(coded, head["investors"]) if head and head.end() <= named.start() else []
    lead = before[: named.start("investors")]
    if find("asked").search(lead) or find("not subject").search(lead):
        return []
    firms = investors(coded, named["investors"])
    if not firms:
        bodies = [item.thing for item in coded.found(named["investors"], ORGANIZATION) if _may_invest(item.thing)]
        spends = compiled("{MONEY}").search(coded.text) and not find("lending").search(coded.text)
        itself = " itself" in before[named.end("investors") :]
        return bodies if itself else [one for one in bodies if spends and not find("of state").search(one.name)]
    return firms if find("joined").search(named["investors"]) else firms[-1:]


def _meant(coded: Coded, start: int, before: str, topic: Named | None) -> list[Named]:
    """Whom `it` means: the firm that opens the sentence, else the one named last in it, else `topic`."""
    partner = find("together with").match(before)
    if partner and topic:
        return list({thing.name: thing for thing in (topic, *investors(coded, partner["investors"]))}.values())
    sofar = coded.text[:start] + before
    firms = investors(coded, sofar)
    opening = find("opening firm").match(sofar)
    thing = coded.item(opening["firm"]).thing if opening else firms[-1] if firms else topic
    return [thing] if thing else []


def _of_earlier(sentence: Sentence, at: int) -> list[Named]:
    """The firms that the nearest clause before begins with."""
    coded, clauses = sentence.coded, sentence.clauses
    for earlier in range(at - 1, -1, -1):
        head = find("head").match(coded.text[clauses[earlier].start : clauses[earlier].end])
        if head:
            return investors(coded, head["investors"])
    return []


def _may_invest(thing: Named) -> bool:
    """Whether something named may build: no government, no bank of a state, no building of its own."""
    if find("building itself").search(thing.name):
        return False
    if thing.type == COMPANY:
        return True
    is_listed = any(one.rule == "name-listed" for one in thing.mentions)
    return not is_listed and not find("government").search(thing.name)


def _pair(firms: list[Named]) -> list[Named]:
    """The two firms named last; none where there are fewer."""
    names = list({firm.name: firm for firm in reversed(firms)}.values())[:2]
    return names[::-1] if len(names) == 2 else []
