"""Words of English names, the lists of `names.yaml` they are held against, and names before their sort is known."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kg.read.capitals import Lexicon, words_of

DOTTED = frozenset(
    [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Drs",
        "Prof",
        "Rev",
        "Hon",
        "St",
        "Inc",
        "Ltd",
        "Co",
        "Corp",
        "Gen",
        "Gov",
        "Sen",
        "Rep",
        "Lt",
        "Col",
        "Capt",
        "Sgt",
        "Bros",
        "Pte",
        "Sdn",
        "Bhd",
        "Jr",
        "Sr",
        "Ir",
        "Pty",
        "Pvt",
        "Fr",
        "Engr",
        "Eng",
        "Atty",
        "Md",
        "Revd",
        "Adm",
        "Insp",
        "Supt",
        "Amb",
        "Ald",
        "Cllr",
    ]
)
POSSESSORS = frozenset(
    [
        "People",
        "Peoples",
        "Children",
        "Women",
        "Men",
        "Workers",
        "Farmers",
        "Teachers",
        "Veterans",
        "Writers",
        "Lawyers",
        "Traders",
        "Students",
        "Nurses",
        "Doctors",
        "Miners",
        "Engineers",
        "Employers",
        "Employees",
        "Growers",
        "Bakers",
        "Brewers",
        "Builders",
        "Fishermen",
        "Seamen",
        "Consumers",
    ]
)
"""Words whose possessive goes on with a body’s name: the People’s Committee, the Farmers’ Union."""


class Token(NamedTuple):
    """A word by its place; `gap` is what stands between it and the next, `is_first` whether a sentence begins with it.

    With `is_cap` it may be a word of a name.
    """

    start: int
    end: int
    text: str
    gap: str
    is_first: bool
    is_cap: bool

    @property
    def joins(self) -> bool:
        """Whether the next word may belong to the same name."""
        if self.text in POSSESSORS and self.gap.strip() in ("’s", "'s", "’", "'") and self.gap.endswith(" "):
            return True
        return self.gap == " " or (self.gap == ". " and (len(self.text) == 1 or self.text in DOTTED))


def is_cap(word: str) -> bool:
    """Whether a word may be one of a name: it has a capital, is an ordinal (`29th`), or a known firm's (`eBay`)."""
    if word[0].islower():
        return not word.islower() and word in phrases("known firms")
    return word[0].isupper() or (word[0].isdigit() and word[-1] in "htdn" and word[-2:].isalpha())


@cache
def possessives() -> frozenset[str]:
    """Words with a possessive ending that firms' names end with, as `McDonald’s`."""
    return frozenset(name.rpartition(" ")[2] for name in phrases("known firms") if name.endswith(("’s", "'s")))


@cache
def lexicon() -> Lexicon:
    """The lexicon of English names, legal forms and all."""
    return words_of("en")


@cache
def phrases(key: str) -> frozenset[str]:
    """The words and phrases of a list of `names.yaml`."""
    return lexicon().phrases[key]


class Name(NamedTuple):
    """A candidate: its first and last token, its type where the name itself tells it, and how sure that is."""

    start: int
    end: int
    name: str
    type: str
    rule: str
    confidence: float
    is_first: bool
    words: int
