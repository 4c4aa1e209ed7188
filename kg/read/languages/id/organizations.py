"""Firms, bodies and events in Indonesian: told by the word their name begins or ends with."""

from __future__ import annotations

import re

from kg.read.languages.id import persons, places
from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token, spelled
from kg.read.model import COMPANY, EVENT, ORGANIZATION, PLACE

_SITE = re.compile(r"\w\.(?i:com|co|id|net|tv|news|org)$")
"""How the name of a medium ends that is its address."""


def event(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """An event whose name begins at `at`, told by its first or last words; None where none does."""
    del expects
    joints = (" ", "&", " & ", " dan ", " untuk ", " bagi ")
    head = report.known.is_("event heads", tokens, at)
    stop = report.stop(tokens, at, joints)
    if head and at + head < len(tokens) and stop > at + head:
        return Part(report.trimmed(tokens, at, stop) - at, EVENT, "name-event-head", 0.92)
    for here in range(stop - 1, at, -1):
        tail = report.known.is_("event tails", tokens, here)
        if tail and not any(report.head(tokens, each) for each in range(at, here)):
            end = stop if _is_numbered(tokens[stop - 1]) else here + tail
            return Part(end - at, EVENT, "name-event-tail", 0.9)
    return None


def company(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """A firm whose name begins with a legal form or a word for firms; None where none does."""
    named = _known_firm(report, tokens, at, expects)
    if named is not None:
        return named
    legal = report.known.is_("legal before", tokens, at)
    head = legal or report.known.is_("company heads", tokens, at)
    if not head or at + head >= len(tokens) or tokens[at + head].joint not in (" ", ". "):
        return None
    count = report.known.is_("central banks", tokens, at)
    if count:
        while at + count < len(tokens) and report.known.is_sure_place(tokens[at + count].text):
            count += report.known.gazetteer.longest(tokens, at + count)
        return Part(count, ORGANIZATION, "name-central-bank", 0.95)
    stop = report.stop(tokens, at)
    for here in range(at + head, stop):
        if tokens[here].text in report.known.phrases["legal after"]:
            return Part(_legal_end(report, tokens, here, stop) - at, COMPANY, "name-legal-form", 0.98)
    end = report.alias_end(tokens, at, stop, COMPANY)
    if not end:
        end = stop if legal and not expects else persons.split(report, tokens, at, at + head, stop, expects)
    if not legal and end - at > head + 1 and report.alone[spelled(tokens[at : end - 1])]:
        end -= bool(report.known.gazetteer.longest(tokens, end - 1))
    return Part(end - at, COMPANY, "name-legal-form" if legal else "name-company-head", 0.97 if legal else 0.9)


def _known_firm(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """A firm that is known by its own name, with the words for its branch behind it; None where none is."""
    count = report.known.is_("companies", tokens, at)
    if not count or report.alias(tokens, at) > count:
        return None
    while at + count < len(tokens) and tokens[at + count].joint == " ":
        here = at + count
        if report.known.is_("given names", tokens, here) or report.known.is_("roles", tokens, here):
            break
        keys = ("company tails", "company words", "fields", "legal after", "countries")
        if not any(report.known.is_(key, tokens, here) for key in keys):
            break
        count += 1
    rest = report.stop(tokens, at) - at - count
    if rest > 0 and not expects and not report.known.is_("given names", tokens, at + count):
        return None
    return Part(count, COMPANY, "name-company-known", 0.9)


def _legal_end(report: Report, tokens: list[Token], here: int, stop: int) -> int:
    while here < stop and tokens[here].text in report.known.phrases["legal after"]:
        here += 1
    return here


def tailed(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """A firm or body without a head, told by how its name ends; the last such word counts."""
    known = report.known
    stop = report.stop(tokens, at)
    if (
        stop - at > 2
        and tokens[at].text in known.gazetteer.countries
        and persons.is_firm_led(report.text, tokens[at].start)
    ):
        return Part(1, PLACE, "name-place", 0.85)
    end, kind, rule = 0, "", ""
    for here in range(at + 1, stop):
        if report.head(tokens, here):
            stop = here
            break
        if tokens[here].text in known.phrases["legal after"]:
            return Part(_legal_end(report, tokens, here, stop) - at, COMPANY, "name-legal-form", 0.97)
        count = known.is_("organization tails", tokens, here)
        if count:
            end, kind, rule = here + count, ORGANIZATION, "name-organization-tail"
        elif known.is_("company tails", tokens, here) and not (expects and _is_given(report, tokens, here, stop)):
            end, kind, rule = here + 1, COMPANY, "name-company-tail"
    if not end:
        return None
    if end < stop and kind == COMPANY and tokens[end].text in report.known.gazetteer.countries:
        end += 1
    rest = stop - end
    is_one = rest == 1 and tokens[end].text not in known.phrases["given names"]
    if (
        0 < rest < 3
        and (not expects or is_one)
        and persons.person_score(report, tokens, end, stop) < 2
        and kind == COMPANY
    ):
        end = stop
    return Part(end - at, kind, rule, 0.93)


def _is_given(report: Report, tokens: list[Token], here: int, stop: int) -> bool:
    """Whether a word that firms end with begins a person's name behind a post: `Gubernur X Ferry Y`."""
    return tokens[here].text in report.known.phrases["given names"] and here + 1 < stop


def _known_body(report: Report, tokens: list[Token], at: int) -> Part | None:
    """A body that is known by its own name, with its field and its place behind it; None where none is."""
    if _SITE.search(tokens[at].text):
        return Part(1, ORGANIZATION, "name-site", 0.9)
    count = report.known.is_("organizations", tokens, at)
    if count:
        while (
            at + count < len(tokens)
            and tokens[at + count].joint == " "
            and report.known.is_("fields", tokens, at + count)
        ):
            count += 1
        if (
            at + count < len(tokens)
            and tokens[at + count].joint == " "
            and not report.known.wide & {tokens[at + count].text}
        ):
            count += places.count_at(report, tokens, at + count)
        return Part(count, ORGANIZATION, "name-organization-known", 0.95)
    if re.match(r"Kemen(?!terian)(?:ko|[a-z]{2,})", tokens[at].text):
        count = 2 if at + 1 < len(tokens) and report.known.is_("fields", tokens, at + 1) else 1
        return Part(count, ORGANIZATION, "name-organization-head", 0.93)
    return None


def organization(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """A body known by name, or told by the class word that it begins with; None where none is."""
    known = _known_body(report, tokens, at)
    if known is not None:
        return known
    head = report.known.is_("organization heads", tokens, at)
    if not head or at + head >= len(tokens):
        return None
    if expects and tokens[at].text.isupper() and report.known.is_("given names", tokens, at + head):
        return Part(head, ORGANIZATION, "name-organization-head", 0.9)
    joints = (" ", "&", " & ", " dan ", " untuk ", " bagi ", ", ", ", dan ")
    stop = report.trimmed(tokens, at, report.stop(tokens, at + head - 1, joints))
    if stop <= at + head or (stop == at + head + 1 and tokens[at + head].text == "Daerah"):
        return None
    for here in range(at + head, stop):
        place = places.count_at(report, tokens, here)
        if place and not any(
            report.known.is_("fields", tokens, each) or report.known.is_("company words", tokens, each)
            for each in range(here + place, stop)
        ):
            end = here + place
            while end < stop and places.count_at(report, tokens, end):
                end += places.count_at(report, tokens, end)
            is_apart = not expects or persons.is_described(report, tokens, at, stop)
            if end < stop and is_apart and not report.is_government(tokens[at:]):
                break
            return Part(end - at, ORGANIZATION, "name-organization-head", 0.93)
    if tokens[at].text in ("Forum", "Pekan", "Kongres") and _is_numbered(tokens[stop - 1]):
        return Part(stop - at, EVENT, "name-event-numbered", 0.93)
    end = report.alias_end(tokens, at, stop, ORGANIZATION) or persons.split(
        report, tokens, at, at + head, stop, expects
    )
    return Part(end - at, ORGANIZATION, "name-organization-head", 0.9)


def _is_numbered(token: Token) -> bool:
    return token.text[0].isdigit() or token.text.startswith("ke-") or re.fullmatch(r"[IVXL]+", token.text) is not None
