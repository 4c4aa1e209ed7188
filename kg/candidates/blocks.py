"""Which names are worth comparing: not each with each, but those that have something in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby

from kg.candidates.likeness import Name
from kg.candidates.words import PERSON

_RAREST = 6
"""By so many of its rarest pieces a name finds others that are spelled nearly so."""

_CROWD = 60
"""So many names with one thing in common are compared each with each; more are only with those next in order."""

_WINDOW = 12


def near(names: Sequence[tuple[str, Name]], kind: str) -> Iterator[tuple[int, int]]:
    """The places of names worth comparing: those with a key in common, and those with rare pieces in common."""
    pieces = [grams(name) for _, name in names]
    often = Counter(piece for each in pieces for piece in each)
    entries: list[tuple[str, str, int]] = []
    for i, (_, name) in enumerate(names):
        rarest = sorted(pieces[i], key=lambda piece: (often[piece], piece))[:_RAREST]
        entries += [(shared, name.joined, i) for shared in {*keys(name, kind), *(f"~{piece}" for piece in rarest)}]
    seen: set[int] = set()
    for _, group in groupby(sorted(entries), key=lambda entry: entry[0]):
        for i, j in _compared([place for _, _, place in group]):
            number = i * len(names) + j
            if number not in seen:
                seen.add(number)
                yield i, j


def _compared(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each with each; in a crowd each with those that come next, so that the work grows no faster than the names."""
    window = len(places) if len(places) <= _CROWD else _WINDOW
    for i, one in enumerate(places):
        for other in places[i + 1 : i + 1 + window]:
            yield min(one, other), max(one, other)


def keys(name: Name, kind: str) -> Iterator[str]:
    """What a name has in common with every name that `likeness` finds alike without a misspelling."""
    if not name.joined:
        return
    yield "=" + " ".join(sorted(name.core))
    yield "+" + "".join(sorted(name.joined))
    if name.is_han:
        return
    if kind == PERSON:
        full = sorted({word for word in name.words if len(word) > 1})
        yield from (f"&{first} {second}" for first, second in combinations(full, 2))
        letters = sorted({part[0] for part in name.parts})
        yield from (f"{word} {letter}" for word in full for letter in letters)
    elif name.is_acronym:
        yield "@" + name.joined
    elif len(name.words) > 2:
        yield "@" + name.initials


def grams(name: Name) -> set[str]:
    """Pieces of two or three characters, most of which a misspelling leaves as they are; the order of words apart."""
    if name.is_han:
        return {name.joined[i : i + 2] for i in range(len(name.joined) - 1)}
    return {f"^{word}"[i : i + 3] for word in name.core for i in range(max(1, len(word) - 1))}
