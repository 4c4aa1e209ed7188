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
_FRAMES = ("dateline-agency", "dateline-bar", "copyright")
"""The contexts that hold a whole name, whatever its words are."""


def plain(report: Report, tokens: list[Token], at: int, expects: bool) -> Part:
    """What the name at `at` is by itself or by the words around it; it may have no type."""
    stop = at + max(1, report.known.gazetteer.longest(tokens, at))
    joints = (" ", "&", " & ", ". ", ".")
    while stop < len(tokens):
        token = tokens[stop]
        if token.joint not in joints and token.joint.strip() not in report.known.particles:
            break
        if (
            report.known.is_("honorifics", tokens, stop)
            or report.known.is_("roles", tokens, stop)
            or report.head(tokens, stop)
            or report.known.is_("organizations", tokens, stop)
            or token.text[0].isdigit()
            or token.text.startswith("ke-")
            or report.known.is_("company heads", tokens, stop)
            or (expects and stop > at + 1 and report.is_degree(token))
        ):
            break
        stop += 1
    part = _known_part(report, tokens, at, stop, expects) or _before_title(report, tokens, at, stop)
    if part is not None:
        return part
    place = places.gazetted(report, tokens, at, stop, expects)
    if place is not None:
        return place
    return _told(report, tokens, at, stop, expects)


def _before_title(report: Report, tokens: list[Token], at: int, stop: int) -> Part | None:
    """Words before `Dr` or `Datuk` and a name: a post, and perhaps a firm that is known; None elsewhere."""
    if stop >= len(tokens) - 1 or tokens[stop].joint != " " or not report.known.is_("honorifics", tokens, stop):
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
    for rule in report.contexts:
        if rule.name not in _FRAMES or rule.before is None or not rule.before.search(before):
            continue
        if rule.after is None or rule.after.match(after):
            return Part(stop - at, rule.type, f"name-{rule.name}", rule.confidence)
    return None


def _known_part(report: Report, tokens: list[Token], at: int, stop: int, expects: bool) -> Part | None:
    """A name or short form that is known already, the longest that does not cut a longer name in two."""
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
