"""Events in English by their names: fairs, summits and expos, with their year or what they are on."""

from __future__ import annotations

import re

from kg.read.languages.en.organizations import is_body, of_subjects
from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, phrases
from kg.read.model import EVENT


def event(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A fair, a summit, an expo; with its year, or what it is on."""
    for here in range(stop - 1, at, -1):
        count = runs.phrase_at("event tails", tokens, here, stop)
        if count and not is_body(runs, tokens, at, here + count, stop):
            end = here + count
            more = of_subjects(runs, tokens, end) if tokens[end - 1].text in phrases("event nouns") else end
            if (
                more == end
                and end < len(tokens)
                and re.fullmatch(r"(?:19|20)\d\d", tokens[end].text)
                and tokens[end - 1].gap == " "
            ):
                more = end + 1
            return (
                EVENT,
                more,
                0.79 if tokens[end - 1].text in ("Forum", "Congress", "Dialogue", "Roundtable") else 0.93,
            )
    if (
        tokens[at].text in ("Expo", "Olympics")
        and at + 1 < len(tokens)
        and tokens[at].gap == " "
        and re.fullmatch(r"(?:19|20)\d\d", tokens[at + 1].text)
    ):
        return EVENT, at + 2, 0.93
    if tokens[at].text in phrases("event nouns"):
        end = of_subjects(runs, tokens, at + 1)
        if end > at + 1:
            return EVENT, end, 0.93
    joined = _joined(runs, tokens, at, stop)
    return (EVENT, joined, 0.93) if joined else ("", 0, 0.0)


def _joined(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    here = stop
    for _ in range(3):
        if (
            here + 1 >= len(tokens)
            or tokens[here].text not in ("and", "&", "of", "for", "on")
            or tokens[here - 1].gap != " "
        ):
            return 0
        following = here + 1
        if tokens[following].text == "the":
            following += 1
        if following >= len(tokens) or not runs.is_free(tokens[following]):
            return 0
        here = runs.extent(tokens, following)
        for inner in range(here - 1, following, -1):
            count = runs.phrase_at("event tails", tokens, inner, here)
            if count:
                return 0 if is_body(runs, tokens, following, inner + count, here) else inner + count
    return 0
