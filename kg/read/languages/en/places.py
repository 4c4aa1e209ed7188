"""Places in English by their names: class words, and what lists of places hold."""

from __future__ import annotations

import re

from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, phrases
from kg.read.model import ORGANIZATION, PLACE

_ENVOY = re.compile(
    r"\b(?:(?:ambassador|envoy|commissioner|consul) (?:to|in)"
    r"|(?:governor|mayor|president|premier|minister|king|queen|prince) of) (?:the )?$",
    re.IGNORECASE,
)
"""An envoy’s or ruler’s country stands right before the name."""


def place(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A place: a class word with a name, or a name that lists of places hold."""
    for here in range(stop - 1, at, -1):
        count = runs.phrase_at("place tails", tokens, here, stop)
        if count and here + count == stop and stop - at <= 5:
            return PLACE, stop, 0.9
    head = runs.phrase_at("place heads", tokens, at)
    if head and at + head < len(tokens) and runs.is_free(tokens[at + head]) and tokens[at + head - 1].gap == " ":
        inner = runs.places.longest(tokens[: max(stop, at + head + 1)], at + head)
        if inner or stop - at - head <= 2:
            return PLACE, at + head + inner if inner else max(stop, at + head + 1), 0.92
    count = runs.places.longest(tokens[:stop], at)
    words = " ".join(token.text for token in tokens[at : at + count])
    if count and words not in runs.not_places and at + count == stop:
        country = words in runs.places.countries or words in runs.places.regions
        if tokens[at].is_first and count == 1 and not country and words.lower() in runs.document.lower_words:
            return "", 0, 0.0
        return PLACE, at + count, 0.95 if country else 0.75
    return "", 0, 0.0


def known(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A place or an organization at the head of a run that goes on with something else."""
    known = runs.phrase_at("organizations", tokens, at)
    if known:
        return ORGANIZATION, at + known, 0.9
    count = runs.places.longest(tokens[:stop], at)
    words = " ".join(token.text for token in tokens[at : at + count])
    if count and at + count < stop and _ENVOY.search(runs.text[max(0, tokens[at].start - 24) : tokens[at].start]):
        return PLACE, at + count, 0.9
    if (
        count
        and at + count < stop
        and words in runs.places.countries
        and (
            runs.phrase_at("roles", tokens, at + count, stop)
            or runs.phrase_at("honorifics", tokens, at + count, stop)
            or (stop - at - count > 1 and tokens[at + count].text in phrases("given names"))
        )
    ):
        return PLACE, at + count, 0.9
    return "", 0, 0.0
