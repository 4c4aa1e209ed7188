"""Where an investment in Indonesian goes: the most specific places of those that a sentence names one after another."""

from __future__ import annotations

import re

from kg.read.coded import Coded, code_class
from kg.read.languages.id.expressions import PLACE_SIGN, expressions
from kg.read.model import PLACE
from kg.read.places import gazetteer

_VILLAGE = ("Desa", "Kelurahan", "Dusun", "Kampung", "Nagari", "Kawasan", "KEK", "Pelabuhan", "Bandara", "Zona")
_LEVELS = dict.fromkeys(_VILLAGE, 1) | {
    "Kecamatan": 2,
    "Distrik": 2,
    "Kabupaten": 3,
    "Kota": 3,
    "Provinsi": 4,
    "Propinsi": 4,
    "Pulau": 4,
    "Prefektur": 4,
}
"""How large the sort of place is that a class word tells: a village is 1, a country 5."""
_NEXT_TO = re.compile(rf"[{code_class(PLACE)}], $")
_BARE = 2.5
"""A name without a class word: a district's or a regency's."""


def most_specific(words: str, coded: Coded) -> list[str]:
    """The most specific place of each chain: `Desa A, Kecamatan B dan Kota C` are A and C."""
    chosen: list[tuple[str, float]] = []
    last = ""
    is_list = re.search(r"\b(?:dan|serta|maupun)\b", words) is not None
    for sign in PLACE_SIGN.findall(words):
        name = coded.item(sign).thing.name
        level = _level(name)
        gap = words.split(sign)[0][-12:]
        if chosen and gap.endswith((" dan ", " serta ")):
            chosen.append((name, level))
            continue
        is_around = bool(chosen) and chosen[-1][1] == 3 and level == _BARE and not is_list and _NEXT_TO.search(gap)
        is_same = bool(chosen) and chosen[-1][1] == level and gap.endswith(", ") and not is_list
        is_island = bool(chosen) and chosen[-1][0].startswith("Pulau ") and level <= 3 and _NEXT_TO.search(gap)
        is_part = bool(chosen) and level == _BARE and words[words.find(sign) - 2 : words.find(sign)] == last + " "
        last = sign
        if is_part or is_around or (is_island and not is_list) or is_same or (chosen and chosen[-1][1] < level):
            continue
        if chosen and chosen[-1][1] > level and ("tepatnya" in gap or "yakni" in gap or gap.endswith(" di ")):
            chosen.pop()
        chosen.append((name, level))
    return list(dict.fromkeys(name for name, _ in chosen))


def is_country(name: str) -> bool:
    """Whether a name is a country's; only such a place makes agreements beside firms."""
    return name in gazetteer("id").countries


def _level(name: str) -> float:
    known = _LEVELS.get(name.split()[0])
    if known is not None:
        return known
    if is_country(name):
        return 5
    return 4 if name.casefold() in expressions().provinces else _BARE
