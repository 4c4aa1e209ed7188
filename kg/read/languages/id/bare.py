"""Names in Indonesian without a word that tells what they are: known already, a place, or told by what is around."""

from __future__ import annotations

import re

from kg.read.languages.id import persons, places
from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token, spelled
from kg.read.model import PERSON
from kg.read.names import fold

_ACRONYM = re.compile(r"[A-Z]{2,5}(?:-nya)?")
"""Capitals alone: a kind of thing more often than a place, and no person."""


def plain(report: Report, tokens: list[Token], at: int, expects: bool) -> Part:
    """What the name at `at` is by itself or by the words around it; it may have no type."""
    stop = at + max(1, report.known.gazetteer.longest(tokens, at))
    joints = (" ", "&", " & ", ". ", ".")
    is_glued = expects or tokens[at].start in report.starts or _is_no_firm_word(report, tokens[at].text)
    while stop < len(tokens):
        token = tokens[stop]
        if token.joint not in joints and token.joint.strip() not in report.known.particles:
            break
        if (
            report.known.is_("honorifics", tokens, stop)
            or report.known.is_("roles", tokens, stop)
            or report.head(tokens, stop)
            or report.known.is_("organizations", tokens, stop)
            or (is_glued and report.known.is_("companies", tokens, stop))
            or token.text[0].isdigit()
            or token.text.startswith("ke-")
            or report.known.is_("company heads", tokens, stop)
            or (expects and stop > at + 1 and report.is_degree(token))
        ):
            break
        stop += 1
    part = _known_part(report, tokens, at, stop, expects) or _again(report, tokens, at, stop)
    part = part or _before_title(report, tokens, at, stop)
    if part is not None:
        return part
    place = places.gazetted(report, tokens, at, stop, expects)
    if place is not None:
        return place
    return _told(report, tokens, at, stop, expects)


def _is_no_firm_word(report: Report, word: str) -> bool:
    """Whether a word before a firm's name is no part of it: a place, a post, a word for papers."""
    known = report.known
    return known.is_sure_place(word) or word in known.phrases["english posts"] or word in known.stop_words


def _again(report: Report, tokens: list[Token], at: int, stop: int) -> Part | None:
    """A word of a person's name read before, who speaks again (`kata Sudirman`), though a place is called so too."""
    if stop - at > 1 or tokens[at].text not in report.named:
        return None
    before = report.text[max(0, tokens[at].start - 70) : tokens[at].start]
    after = report.text[tokens[at].end : tokens[at].end + 90]
    for rule in report.contexts:
        if rule.name in ("after-say", "before-saying", "apposed-saying") and (
            (rule.after is None or rule.after.match(after)) and (rule.before is None or rule.before.search(before))
        ):
            return Part(1, PERSON, "name-again", 0.85)
    return None


def _before_title(report: Report, tokens: list[Token], at: int, stop: int) -> Part | None:
    """Words before `Dr` or `Datuk` and a name: a post, and perhaps a firm that is known; None elsewhere."""
    if stop >= len(tokens) - 1 or tokens[stop].joint != " " or not report.known.is_("honorifics", tokens, stop):
        return None
    if places.gazetted(report, tokens, at, stop, False) is not None:
        return None
    firm = next((here for here in range(at + 1, stop) if report.is_firm(tokens, here)), stop)
    return Part(firm - at, "", "", 0.0)


def framed(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """The name of a medium, told by where it stands: in a dateline, behind a credit or a copyright; None elsewhere."""
    del expects
    if at and tokens[at].joint == " ":
        return None
    stop = at + 1
    while stop < len(tokens) and tokens[stop].joint in (" ", ". ", ".") and not tokens[stop].text[0].isdigit():
        stop += 1
    before = report.text[max(0, tokens[at].start - 70) : tokens[at].start]
    after = report.text[tokens[stop - 1].end : tokens[stop - 1].end + 40]
    for rule in report.frames:
        if rule.before is None or not rule.before.search(before):
            continue
        if rule.after is None or rule.after.match(after):
            return Part(stop - at, rule.type, f"name-{rule.name}", rule.confidence)
    return None


def _known_part(report: Report, tokens: list[Token], at: int, stop: int, expects: bool) -> Part | None:
    """A name or short form that is known already, the longest that does not cut a longer name in two."""
    if not report.may_be_known(tokens[at]):
        return None
    for end in range(stop, at, -1):
        known = report.aliases.get(fold(spelled(tokens[at:end])))
        if known is None:
            continue
        if end < stop and known[1] == PERSON:
            continue
        if end < stop and not expects and known[1] != PERSON:
            rest = report.aliases.get(fold(spelled(tokens[end:stop])))
            if rest is None and not report.known.gazetteer.longest(tokens, end):
                continue
        return Part(end - at, known[1], "name-known", 0.9)
    return None


def _told(report: Report, tokens: list[Token], at: int, stop: int, expects: bool) -> Part:
    """A name whose type only the words around tell."""
    count = stop - at
    if expects and report.known.is_("organizations", tokens, stop):
        return Part(count, "", "", 0.0)
    if expects:
        return persons.apposed(report, tokens, at, stop, report.last) or persons.after_post(report, tokens, at, stop)
    before = report.text[max(0, tokens[at].start - 70) : tokens[at].start]
    after = report.text[tokens[stop - 1].end : tokens[stop - 1].end + 90]
    for rule in report.contexts:
        if (rule.after is None or rule.after.match(after)) and (rule.before is None or rule.before.search(before)):
            if count > persons.MOST_WORDS + 1 and rule.type == PERSON:
                continue
            if rule.name == "after-place-lead" and (
                (count > 1 and before.endswith("dari ")) or _ACRONYM.fullmatch(tokens[at].text)
            ):
                continue
            if rule.type == PERSON and _ACRONYM.fullmatch(tokens[at].text) and count == 1:
                continue
            return Part(count, rule.type, f"name-{rule.name}", rule.confidence)
    if 2 <= count <= persons.MOST_WORDS and report.known.is_("given names", tokens, at):
        return Part(count, PERSON, "name-given", 0.7)
    return Part(count, "", "name-untold", 0.0)
