"""Several things that one clause says are built: `a laboratory in B and a plant in C`, each with its place and sum."""

from __future__ import annotations

from kg.read.coded import Coded
from kg.read.languages.en.amounts import money
from kg.read.languages.en.patterns import find
from kg.read.languages.en.sites import places_of
from kg.read.model import Amount


def objects(coded: Coded, rest: str) -> list[tuple[list[str], Amount | None]]:
    """The places and the sum of each object after a verb, where several have a place of their own; else none."""
    chunks: list[str] = []
    start = 0
    for cut in find("apart objects").finditer(rest):
        chunks.append(rest[start : cut.start()])
        start = cut.end()
    chunks.append(rest[start:])
    found = []
    for number, chunk in enumerate(chunks):
        places = places_of(coded, chunk) if number == 0 or _is_object(chunk) else []
        if places:
            found.append((places[:1], money(coded, chunk)))
    return found if len(found) > 1 and len({places[0] for places, _ in found}) == len(found) else []


def _is_object(chunk: str) -> bool:
    """Whether a later part names a thing that is built, or money for one, before its place."""
    return bool(
        find("facility").search(chunk) or find("another").match(" " + chunk) or find("money first").match(chunk)
    )
