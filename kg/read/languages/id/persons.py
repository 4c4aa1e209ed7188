"""Persons in Indonesian: the posts that lead to them, and where a firm or body ends and a person's name begins."""

from __future__ import annotations

import re
from functools import cache

from kg.read import lexicon
from kg.read.language import language
from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token, spelled
from kg.read.model import PERSON
from kg.read.names import fold

_NAME_AFTER = re.compile(r"\.?(?: ?\([^)\n]{1,30}\))?, (?:[A-Z][a-z]{0,4}\. ?)*[A-Z][a-z]+(?: [A-Z][\w-]+){0,4}[,.]? ")
MOST_WORDS = 5
"""Words in a person's name."""


def role(report: Report, tokens: list[Token], at: int) -> int:
    """How many tokens a post takes: its head, and the words for its field that are no name by themselves."""
    count = report.known.is_("roles", tokens, at)
    if not count:
        return 0
    while at + count < len(tokens):
        here = at + count
        if report.is_class(tokens, here) or report.known.is_("roles", tokens, here) or report.is_firm(tokens, here):
            break
        if not report.known.is_("fields", tokens, here) or tokens[here].joint not in (" ", " dan ", " & "):
            break
        if tokens[here].text in report.known.phrases["given names"] and here == len(tokens) - 2:
            break
        count += 1
    return count


def is_led_to(lead: str) -> bool:
    """Whether the words before a run lead to a person's name."""
    return _person_nouns().search(lead) is not None and _firm_nouns().search(lead) is None


def is_expected(report: Report, tokens: list[Token], at: int, stop: int) -> bool:
    """Whether a post stands right before and a given name is meant, as in `Direktur Bima`."""
    return (
        stop - at == 1
        and tokens[at].text in report.known.phrases["given names"]
        and not report.known.is_("governing roles", tokens, at - 1)
    )


def after_post(report: Report, tokens: list[Token], at: int, stop: int) -> Part:
    """What follows a post: a person, or a firm without a head and then a person."""
    if stop - at > 2:
        best, most = at, 1.0 + max(0.0, person_score(report, tokens, at, stop))
        for here in range(at + 1, stop - 1):
            score = person_score(report, tokens, here, stop) + end_score(report, tokens, at, here)
            if score > most:
                best, most = here, score
        if best > at:
            known = report.aliases.get(fold(spelled(tokens[at:best])))
            kind = known[1] if known is not None else ""
            return Part(best - at, kind, "name-before-person", 0.6)
    if stop - at == 1 and report.aliases.get(fold(tokens[at].text), ("", PERSON))[1] != PERSON:
        return Part(1, report.aliases[fold(tokens[at].text)][1], "name-known", 0.9)
    return Part(stop - at, PERSON, "name-after-post", 0.9)


def split(report: Report, tokens: list[Token], at: int, first: int, stop: int, expects: bool) -> int:
    """Where a firm or body ends and a person begins in words that nothing else parts."""
    expects = expects and not _NAME_AFTER.match(report.text, tokens[stop - 1].end)
    best, most = stop, 1.5 if expects else 2.5
    for here in range(max(first + 1, stop - MOST_WORDS), stop if expects else stop - 1):
        score = person_score(report, tokens, here, stop) + end_score(report, tokens, at, here)
        if score > most:
            best, most = here, score
    return best


def person_score(report: Report, tokens: list[Token], here: int, stop: int) -> float:
    """How much the tokens from `here` look like a person's name."""
    known, words = report.known, tokens[here:stop]
    score = 0.0
    if report.aliases.get(fold(spelled(words)), ("", ""))[1] == PERSON:
        score += 4
    if any(report.alone[word.text] for word in words):
        score += 2
    if known.is_("given names", tokens, here):
        score += 2
    if len(words) > 1 and words[-1].text in known.phrases["family names"] | known.phrases["given names"]:
        score += 1.5
    score -= 2 * sum(word.text in known.phrases["fields"] for word in words)
    score -= sum(
        word.text in known.phrases["company words"] and word.text not in known.phrases["given names"] for word in words
    )
    if len(words) == 1:
        score -= 1.5
    elif len(words) < 4 and not any(
        word.text in known.phrases["fields"] or word.text in known.phrases["company words"] for word in words
    ):
        score += 0.75
    return score


def end_score(report: Report, tokens: list[Token], at: int, here: int) -> float:
    """How much a firm's or body's name looks whole when it ends before `here`."""
    known, last = report.known, tokens[here - 1].text
    score = 0.0
    if last in known.phrases["company words"] or last in known.phrases["fields"] or known.is_sure_place(last):
        score += 1
    if last in known.phrases["given names"] and last not in known.phrases["company words"]:
        score -= 1.5
    if report.alone[spelled(tokens[at:here])] or fold(spelled(tokens[at:here])) in report.aliases:
        score += 3
    return score


@cache
def _person_nouns() -> re.Pattern[str]:
    """A post or calling, written small, that leads to a person's name, perhaps with a firm's or body's between."""
    known = language("id").words("names", "person noun")
    nouns = lexicon.any_of(noun for noun in known if noun not in ("warga", "pelaku", "wakil", "mantan"))
    small = r"(?: (?!(?:di|ke|dari|asal|dan|untuk|yang|pada|dengan|oleh|bagi|seperti|itu|dalam|kepada|atas)\b)[a-z]+)"
    return re.compile(rf"\b(?:{nouns}){small}{{0,2}} $")


@cache
def _firm_nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.any_of(language('id').words('names', 'firm noun'))}) $")
