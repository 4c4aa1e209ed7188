"""Places inside English names of bodies and events, which count for themselves too."""

from __future__ import annotations

from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, phrases
from kg.read.model import EVENT, ORGANIZATION, PLACE
from kg.read.names import Mention
from kg.read.places import gazetteer


def nested(runs: Runs, found: list[Mention]) -> list[Mention]:
    """The places that stand inside names of bodies and events."""
    places: list[Mention] = []
    for one in found:
        if one.type not in (ORGANIZATION, EVENT):
            continue
        tokens = runs.tokens(one.start, one.end)
        at = 0
        while at < len(tokens):
            parts = _hyphened_places(tokens[at])
            count = 0 if parts else _place_within(runs, tokens, at)
            if count:
                parts = [(tokens[at].start, tokens[at + count - 1].end)]
            places += [
                Mention(start, end, runs.text[start:end], PLACE, "name-place-within", 0.7) for start, end in parts
            ]
            at += max(count, 1)
    return places


def _place_within(runs: Runs, tokens: list[Token], at: int) -> int:
    """How many words of a longer name are a place: a city at its head, a country or region anywhere; or 0."""
    places = runs.places
    count = places.longest(tokens, at)
    name = " ".join(token.text for token in tokens[at : at + count])
    if not count or count == len(tokens) or name in runs.not_places or name in phrases("portfolio"):
        return 0
    if tokens[at].text in phrases("organization tails") or (at and tokens[at - 1].text in ("and", "&")):
        return 0
    is_of = at > 0 and tokens[at - 1].text in ("of", "in", "at")
    return count if at == 0 or is_of or name in places.countries or name in places.regions else 0


def _hyphened_places(token: Token) -> list[tuple[int, int]]:
    """The places of `Here-There`, or none."""
    names = gazetteer("en").names
    if "-" not in token.text or token.text in names:
        return []
    parts, start = [], token.start
    for word in token.text.split("-"):
        if word not in names:
            return []
        parts.append((start, start + len(word)))
        start += len(word) + 1
    return parts
