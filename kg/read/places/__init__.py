"""Places by name: countries of CLDR, cities of GeoNames, and regions, as far as a language writes them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from kg.read import lexicon
from kg.read.language import language

_HERE = Path(__file__).parent
_SHORT = 5
"""Letters of a name that without its accents is more often another word."""
_UNACCENTED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i"}
)


class Worded(Protocol):
    """Anything with a text: a token of a run."""

    @property
    def text(self) -> str:
        """The word."""


class Gazetteer:
    """Names of places in one language; `countries` and `regions` are surer than `cities`, some of which are words."""

    def __init__(self, code: str) -> None:
        from babel import Locale

        known = language(code)
        territories = Locale(code).territories
        self.countries = frozenset(known.fold(name) for key, name in territories.items() if key.isalpha())
        self.countries |= frozenset(known.words("names", "countries"))
        regions = lexicon.lines(_HERE / "regions.txt") if known.is_spaced else frozenset()
        self.regions = regions | frozenset(known.words("names", "regions"))
        file = "cities.txt" if known.is_spaced else "cities-han.txt"
        self.cities = lexicon.lines(_HERE / file) - frozenset(known.words("names", "no cities"))
        if known.is_spaced:
            plain = {_plain(name) for name in self.cities if len(name) > _SHORT and not name.isascii()}
            self.cities |= plain - set(known.words("names", "given names"))
        self.names = self.countries | self.regions | self.cities
        self._most: dict[str, int] = {}
        for name in self.names:
            first = name.partition(" ")[0]
            self._most[first] = max(self._most.get(first, 0), name.count(" ") + 1)

    def longest(self, tokens: Sequence[Worded], at: int) -> int:
        """How many tokens from `at` are the longest name of a place, or 0; headings in capitals are read as names."""
        if at >= len(tokens):
            return 0
        first = tokens[at].text.partition(" ")[0]
        most = max(self._most.get(first, 0), self._most.get(first.title(), 0) if first.isupper() else 0)
        for count in range(min(most, len(tokens) - at), 0, -1):
            words = " ".join(token.text for token in tokens[at : at + count])
            if words in self.names or (words.isupper() and len(words) > 3 and words.title() in self.names):
                return count
        return 0


def _plain(name: str) -> str:
    """A name without the accents that reports often leave out."""
    letters = unicodedata.normalize("NFD", name.translate(_UNACCENTED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def gazetteer(code: str) -> Gazetteer:
    """The places of a language."""
    return Gazetteer(code)
