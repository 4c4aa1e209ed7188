"""Short forms of Indonesian names: what a name may be called later on, and which full name a short one means."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.read.languages.id.words import lists
from kg.read.model import COMPANY, EVENT, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold
from kg.read.segment import Document

_CODE = re.compile(r"\.?,? ?\((?P<code>[A-Z][\w&-]{1,14}(?: [A-Z]\w+){0,2})\)")
_ALIKE = 0.85
_GOVERNMENTS = {"Pemerintah Kabupaten": "Pemkab", "Pemerintah Kota": "Pemkot", "Pemerintah Provinsi": "Pemprov"}
_FEATURES = frozenset(
    [
        "Teluk",
        "Selat",
        "Laut",
        "Gunung",
        "Sungai",
        "Danau",
        "Pelabuhan",
        "Bandara",
        "Pantai",
        "Stasiun",
        "Bukit",
        "Pasar",
        "Terminal",
        "Lembah",
        "Bendungan",
        "Kawasan",
        "Kawasan Industri",
        "KEK",
    ]
)
"""What lies in or by a place and has its name is not that place."""


class _Aliases:
    """Short forms, each with the full name and its type; what two names share is neither's."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[str, str]] = {}
        self._firms: dict[str, list[tuple[int, str]]] = {}
        self._shared: set[str] = set()

    def add(self, short: str, full: str, kind: str, start: int = 0) -> None:
        """Note a short form of a name that is first named at `start`."""
        key = fold(short)
        self._firms.setdefault(key, []).append((start, full if kind == COMPANY else ""))
        if not key or key in self._shared:
            return
        old = self.known.get(key)
        if old is None or old == (full, kind):
            self.known[key] = (full, kind)
        elif self.known.get(fold(full)) == old:
            return
        elif old[1] == kind and fold(full).startswith(fold(old[0])):
            self.known[key] = (full, kind)
        elif (old[1] != kind or kind != PERSON) and fold(old[0]) != key:
            self._shared.add(key)
            del self.known[key]

    def settled(self) -> dict[str, tuple[str, str]]:
        """The short forms; one that only firms share is that of the firm named first."""
        for key in self._shared:
            firms = self._firms[key]
            whole = [firm for firm in firms if fold(firm[1]) not in self._shared]
            if whole and all(full for _, full in firms):
                self.known[key] = (min(whole)[1], COMPANY)
        return self.known


def short_forms(document: Document, found: list[Mention]) -> dict[str, tuple[str, str]]:
    """The short forms of the names found, the longest names first."""
    aliases = _Aliases()
    sure = [one for one in found if one.type in (COMPANY, ORGANIZATION, EVENT, PERSON) and one.confidence >= _ALIKE]
    firms = {fold(short) for one in sure if one.type == COMPANY for short in _short_firms(one.name)}
    sure = [one for one in sure if not _is_glued(one, firms)]
    for one in sorted(sure, key=lambda one: (-len(fold(one.name).split()), one.start)):
        code = _CODE.match(document.text, one.end)
        codes = [code["code"], f"PT {code['code']}"] if code and one.type == COMPANY else [code["code"]] if code else []
        for short in [*codes, *_shortened(one)]:
            aliases.add(short, one.name, one.type, one.start)
    return aliases.settled()


def _is_glued(one: Mention, firms: set[str]) -> bool:
    """Whether a person's name is a firm's short form and a name behind it (`Ketua Arunika Bagus Wiryawan`)."""
    words = fold(one.name).split()
    return one.type == PERSON and len(words) not in (0, 2) and words[0] in firms


def _shortened(one: Mention) -> list[str]:
    """What a name may be called later on."""
    if one.type == COMPANY:
        return _short_firms(one.name)
    words = one.name.split()
    if one.type == PERSON:
        return [*(word for word in words if len(word) > 2 and word[0].isupper() and "." not in word), one.name]
    if one.type != ORGANIZATION:
        return []
    bare = " ".join(words[1:])
    government = _GOVERNMENTS.get(" ".join(words[:2]))
    if government:
        return [one.name, government, " ".join([government, *words[2:]])]
    return [one.name, bare] if len(words) > 2 and not lists().is_sure_place(bare) else [one.name]


def _short_firms(name: str) -> list[str]:
    """A firm's name without its legal form, and every beginning of that which is more than a common word."""
    known = lists()
    words = [word.strip(".,") for word in name.split()]
    while words and (words[-1] in known.phrases["legal after"]):
        words.pop()
    is_foreign = len(words) < len(name.split())
    if words and (words[0] in known.phrases["legal before"] or words[0] in known.phrases["company heads"]):
        bare = words[1:]
    else:
        bare = words
    found = [" ".join(words), " ".join(bare)]
    found += [" ".join(bare[:count]) for count in range(len(bare) - 1, 0, -1)]
    found += [" ".join(["PT", *bare[:count]]) for count in range(len(bare), 0, -1)]
    if words != bare:
        found += [" ".join([words[0], *bare[:count]]) for count in range(len(bare) - 1, 0, -1)]
    if is_foreign and len(bare) > 1 and _is_own_word(bare[-1]):
        found.append(bare[-1])
    initials = "".join(word[0] for word in words if word[0].isupper() and word not in known.phrases["legal before"])
    if len(initials) > 2:
        found.append(initials)
    return [short for short in found if short and short not in known.stop_words and not known.is_sure_place(short)]


def _is_own_word(word: str) -> bool:
    """Whether a word is a firm's own, and none of those that many firms or persons have in their names."""
    keys = ("company tails", "company words", "fields", "given names", "family names")
    return len(word) > 3 and not any(word in lists().phrases[key] for key in keys) and word not in lists().stop_words


def canonical(document: Document, found: list[Mention]) -> list[Mention]:
    """Mentions under their full names: short forms, codes in brackets, places with and without their class word."""
    aliases = short_forms(document, found)
    places = _full_places(found)
    owners = _owners(found)
    kept: list[Mention] = []
    for one in found:
        name, kind = one.name, one.type
        if kind == PLACE:
            name = places.get(fold(name), name)
        elif kind == PERSON:
            name = _person(owners, one)
        elif kind in (COMPANY, ORGANIZATION, ""):
            known = aliases.get(fold(name))
            if known is not None and (kind in ("", known[1])):
                name, kind = known
        kept.append(one._replace(name=name, type=kind))
    return _one_each(kept)


def _full_places(found: list[Mention]) -> dict[str, str]:
    """By a place's bare name, the fullest form in which it is named with its class word."""
    heads = lists().phrases["place heads"] - _FEATURES
    full: dict[str, str] = {}
    for one in found:
        if one.type != PLACE:
            continue
        initials = "".join(word[0] for word in one.name.split())
        if len(initials) > 1 and initials.isupper() and one.name != "Arab Saudi":
            full.setdefault(fold(initials), one.name)
        for head in heads:
            if one.name.startswith(head + " "):
                full.setdefault(fold(one.name[len(head) + 1 :]), one.name)
    return full


def _owners(found: list[Mention]) -> dict[str, dict[str, list[int]]]:
    """By each word of a person's name, the full names with that word and where each is named, in order."""
    owners: dict[str, dict[str, list[int]]] = {}
    for one in sorted(found):
        if one.type == PERSON and " " in one.name:
            for word in set(fold(one.name).split()):
                owners.setdefault(word, {}).setdefault(one.name, []).append(one.start)
    return owners


def _person(owners: dict[str, dict[str, list[int]]], one: Mention) -> str:
    """The full name of a person: of those who bear all words of the short one, whoever was named last before."""
    words = fold(one.name).split()
    starts = owners.get(words[0], {}) if words else {}
    known = {name: set(fold(name).split()) for name in starts if set(words) <= set(fold(name).split())}
    if not known:
        return one.name
    before = {name: bisect_right(starts[name], one.start) for name in known}
    named = [name for name in known if before[name]]
    chosen = max(named, key=lambda name: starts[name][before[name] - 1]) if named else next(iter(known))
    return max((name for name in known if known[chosen] <= known[name]), key=len)


def _one_each(found: list[Mention]) -> list[Mention]:
    """No two mentions have the same span: the surer one stays."""
    kept: dict[tuple[int, int], Mention] = {}
    for one in sorted(found, key=lambda one: (one.start, -one.end, -one.confidence)):
        kept.setdefault((one.start, one.end), one)
    return list(kept.values())
