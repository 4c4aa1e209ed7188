"""China's provinces, prefectures and counties: their full names, and the bare ones that need what they lie in."""

from __future__ import annotations

import re
from pathlib import Path

from kg.read import lexicon, places

_CLASS = re.compile(r"(?:自治[州县旗区]|新区|林区|地区|[省市县区旗盟])$")


def bare(name: str) -> str:
    """A division's name without its class word; the whole name where hardly anything would be left."""
    short = _CLASS.sub("", name)
    return short if len(short) > 1 else name


class Divisions:
    """The divisions of China; `common` are words that are no place by themselves."""

    def __init__(self, common: frozenset[str]) -> None:
        self.full: set[str] = set()
        """Full names of counties, cities and districts."""
        self.sure: set[str] = set()
        """Names that are a place wherever they stand: full ones, and bare ones of cities."""
        self.under: dict[str, frozenset[str]] = {}
        """Bare names that are a place only after one that they lie in."""
        for line in lexicon.lines(Path(places.__file__).parent / "counties-han.txt"):
            *above, name = line.split(" ")
            short = bare(name)
            self.full.add(name)
            if short not in common:
                self.sure |= {name, short} if name[-1] == "市" and len(short) > 1 else {name}
            parents = {part for one in above for part in (one, bare(one))}
            self.under[short] = self.under.get(short, frozenset()) | parents
            self.under[name] = self.under.get(name, frozenset()) | parents
