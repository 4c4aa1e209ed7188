"""Persons in English: the positions before their names, and what a name without one shows."""

from __future__ import annotations

import re

from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, phrases
from kg.read.model import COMPANY, PERSON

_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|uang|iong|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|ia|ua|uo|a|o|e|i|u))"
)
_PINYIN = re.compile(rf"{_SYLLABLE}{{1,2}}", re.IGNORECASE)
_GAELIC = re.compile(r"(?:O[’']|Mc|Mac(?=[A-Z]))[A-Z][a-z]")
_HYPHENED = re.compile(r"[A-Z][a-z]+-[a-z]+")


def position(runs: Runs, tokens: list[Token], at: int) -> int:
    """How many words a position takes here, with the portfolio that may follow it."""
    count = runs.phrase_at("roles", tokens, at) or _long_role(runs, tokens, at)
    if not count:
        return 0
    here = at + count
    if here + 1 < len(tokens) and tokens[here].text in ("for", "of") and tokens[here - 1].gap == " ":
        last = here + 1
        while (
            last < len(tokens)
            and tokens[last].gap in (" ", ", ")
            and (tokens[last].text in phrases("portfolio") or (tokens[last].text in ("and", "the", "&", "of")))
        ):
            last += 1
        if last < len(tokens) and tokens[last].text in phrases("portfolio"):
            last += 1
        if any(t.text in phrases("portfolio") for t in tokens[here:last]):
            return last - at
        return count
    if tokens[here - 1].gap != " ":
        return count
    more = position(runs, tokens, here) if here < len(tokens) else 0
    return count + more


def _long_role(runs: Runs, tokens: list[Token], at: int) -> int:
    """How many words `Chief Commercial Officer`, `Group Sales Director` or `Plant Manager` take; or 0."""
    if tokens[at].text not in phrases("role openings"):
        return 0
    for here in range(at + 1, min(at + 4, len(tokens))):
        if tokens[here - 1].gap != " " or not runs.is_free(tokens[here]):
            return 0
        if tokens[here].text in (
            "Officer",
            "Director",
            "Manager",
            "President",
            "CEO",
            "Executive",
            "Head",
            "Engineer",
            "Editor",
        ):
            return here + 1 - at
    return 0


def person(runs: Runs, tokens: list[Token], at: int, end: int, expects: bool) -> tuple[str, float]:
    """Whether a run reads as a person's name: a given name first, or a surname and pinyin."""
    words = [token.text for token in tokens[at:end]]
    if expects:
        return PERSON, 0.95
    if not 2 <= len(words) <= 5:
        return "", 0.0
    if "&" in words:
        return COMPANY, 0.8
    if words[0] in phrases("given names") or _GAELIC.match(words[-1]):
        return PERSON, 0.85
    if words[0] in phrases("surnames") and len(words) == 2 and _PINYIN.fullmatch(words[1]):
        return PERSON, 0.79
    if words[0] in phrases("surnames") and len(words) == 3 and max(map(len, words[1:])) <= 6:
        return PERSON, 0.8
    if any(_HYPHENED.fullmatch(word) for word in words[1:]) and any(word in phrases("surnames") for word in words):
        return PERSON, 0.85
    if len(words) < 4 and re.fullmatch(r"[A-Z][a-z’']+-[A-Z][a-z’']+", words[-1]):
        return PERSON, 0.75
    if any(token.islower() and token in ("bin", "binti", "van", "von", "de", "al", "da") for token in words):
        return PERSON, 0.6
    return "", 0.0
