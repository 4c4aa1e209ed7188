"""Shorter namings in Chinese: what a full name may be shortened to, and where a report does so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.read.languages.zh.page import Page, Piece
from kg.read.model import COMPANY, ORGANIZATION, PERSON

_LETTERED = re.compile("[A-Za-zÀ-ÿ]")


def mentions_of(page: Page, found: list[Piece], used: bytearray) -> list[Piece]:
    """Later, shorter namings of what was found."""
    kinds: dict[str, str] = {}
    for one in sorted(found, key=lambda one: one.start):
        for short in shorter(page, one):
            kinds.setdefault(short, one.type)
    for short, one in defined(page, found):
        kinds[short] = one.type
    if not kinds:
        return []
    pieces: list[Piece] = []
    for start, end in _standing(page.text, kinds):
        kind = kinds[page.text[start:end]]
        if used.find(1, start, end) < 0 and _is_short_here(page, page.text[start:end], kind, start, end):
            pieces.append(Piece(start, end, kind, "name-short", 0.8))
    return pieces


def _standing(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where one of the names stands, the longest at each place; an expression for them would take longer to make."""
    heads: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        heads.setdefault(name[0], []).append(name)
    done = 0
    for at, sign in enumerate(text):
        if at >= done and sign in heads:
            size = next((len(one) for one in heads[sign] if text.startswith(one, at)), 0)
            if size:
                done = at + size
                yield at, done


def defined(page: Page, found: list[Piece]) -> Iterator[tuple[str, Piece]]:
    """Short names that a report itself gives in brackets after a name."""
    for one in found:
        match = page.words["defined"].match(page.text, one.end)
        if match is not None:
            for short in re.findall("[“「『]([^”」』]{2,10})[”」』]", match[0]) or [match["bare"]]:
                if short and not page.words.plain.fullmatch(short):
                    yield short, one


def _is_short_here(page: Page, name: str, kind: str, start: int, end: int) -> bool:
    if kind == PERSON and len(name) == 1:
        return False
    if _LETTERED.match(name[-1]) and _LETTERED.match(page.text[end : end + 1]):
        return False
    if _LETTERED.match(name[0]) and _LETTERED.match(page.text[start - 1 : start]):
        return False
    if kind == COMPANY and len(name) == 2 and page.text[end : end + 1] in tuple("省市县区州镇乡"):
        return False
    return not (kind == COMPANY and len(name) == 2 and page.text[start - 1 : start] in "·" and start > 0)


def shorter(page: Page, one: Piece) -> list[str]:
    """What a name may be shortened to, itself included."""
    if one not in page.shorter:
        page.shorter[one] = _shorter(page, one)
    return page.shorter[one]


def _shorter(page: Page, one: Piece) -> list[str]:
    name = page.text[one.start : one.end]
    own = {COMPANY: _shorter_firm, ORGANIZATION: _shorter_organization, PERSON: _shorter_person}
    found = [name, *(own[one.type](page, one) if one.type in own else ())]
    is_person = one.type == PERSON and re.search("[·・•‧]", name) is not None
    return list(dict.fromkeys(word for word in found if word and (is_person or not _is_common(page, word, name))))


def _shorter_firm(page: Page, one: Piece) -> list[str]:
    """A firm without its place, its legal form, some or all words of trade."""
    place_end, core, tail = one.parts
    if not core:
        return []
    name = page.text[one.start : one.end]
    found: list[str] = []
    for start in sorted({one.start, place_end}):
        if core - place_end < 2 and start != one.start:
            continue
        ends = (tail, core, *range(core + 1, tail))
        found += [page.text[start:end] for end in ends if end > start]
        if core - place_end > 3:
            found.append(page.text[start : place_end + 2])
            found += [page.text[start : place_end + 2] + word for word in ("集团", "公司") if word in name]
        rests = [at for at in range(core + 1, tail) if page.words.trade.fullmatch(page.text, at, tail)]
        found += [page.text[start:core] + page.text[at:tail] for at in rests if core - place_end > 1]
        found += [page.text[start:core] + word for word in ("集团", "公司", "银行") if word in name and core > start]
    found += [re.sub(r"（.*?）", "", word) for word in found if "（" in word]
    return [word for word in found if len(word) > 2 or (len(word) == 2 and _is_own(page, word))]


def _shorter_organization(page: Page, one: Piece) -> list[str]:
    """An organization without its place, or a part of it, or by its ending alone where that says enough."""
    place_end, core, tail = one.parts
    if not core:
        return []
    found: list[str] = []
    rest = page.text[place_end : one.end]
    if place_end > one.start:
        before = page.text[place_end - 1]
        found += [rest] if len(rest) > 3 else []
        found += [before + rest] if before in "省市州县区" else []
    step = one.start
    while step < place_end and step in page.place_at:
        step = page.place_at[step]
        found.append(page.text[step : one.end])
    ending = page.text[tail : one.end]
    return [*found, ending] if ending in page.words.telling_ends else found


def _shorter_person(page: Page, one: Piece) -> list[str]:
    """A person's given name; of a name with dots its first or last part."""
    name = page.text[one.start : one.end]
    parts = re.split(r"[·・•‧]", name)
    if len(parts) > 1:
        return [part for part in (parts[-1], parts[0]) if len(part) > 1]
    if " " in name:
        return [part for part in (name.rpartition(" ")[2],) if len(part) > 2]
    surname = page.words.surname.match(name)
    return [name[surname.end() :]] if surname and len(name) - surname.end() == 2 else []


def _is_own(page: Page, word: str) -> bool:
    return not page.words.plain.fullmatch(word) and word not in page.words.places and not page.words.breaks.search(word)


def _is_common(page: Page, word: str, name: str) -> bool:
    return word != name and (word in page.words.places or bool(page.words.plain.fullmatch(word)))
