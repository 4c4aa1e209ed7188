"""Places in Chinese: the known ones, and unknown ones that their class word or their neighbours tell."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.read.languages.zh.page import EDGE, Page, Piece
from kg.read.languages.zh.words import TAKEN
from kg.read.model import EVENT, PERSON, PLACE
from kg.read.names import Mention


def places(page: Page, found: list[Piece]) -> list[Mention]:
    """Known places, also inside other names, and unknown ones that their class word or their neighbours tell."""
    used = bytearray(len(page.text))
    for one in found:
        own = one.parts[0] or min(page.chain(one.start), one.end)
        inside = one.start if one.type == PERSON else max(one.start, own)
        if one.type != EVENT:
            used[inside : one.end] = b"\1" * (one.end - inside)
    pieces = [
        Piece(at, end, PLACE, "name-gazetteer", 0.8) for at, end in page.place_at.items() if used.find(1, at, end) < 0
    ]
    covered = bytearray(used)
    for one in (*found, *pieces):
        covered[one.start : one.end] = b"\1" * (one.end - one.start)
    pieces += _unknown_places(page, covered)
    zones = {page.text[one.start : one.end] for one in pieces if page.text[one.start : one.end].endswith("新区")}
    if len(zones) == 1:
        covered = page.used([*found, *pieces])
        zone = next(one for one in pieces if page.text[one.start : one.end] in zones)
        name = page.document.text[zone.start : zone.end]
        bare = [match for match in re.finditer("新区", page.text) if covered.find(1, *match.span()) < 0]
        again = [Mention(*match.span(), name, PLACE, "name-zone", 0.7) for match in bare]
        return sorted([*_named_places(page, pieces), *again])
    return _named_places(page, pieces)


def _unknown_places(page: Page, covered: bytearray) -> list[Piece]:
    found: list[Piece] = []

    def add(start: int, end: int, rule: str, sure: float) -> None:
        if end - start > 1 and covered.find(1, start, end) < 0 and TAKEN not in page.text[start:end]:
            covered[start:end] = b"\1" * (end - start)
            found.append(Piece(start, end, PLACE, rule, sure))

    for match in re.finditer(r"第[一二三四五六七八九十\d]{1,3}[区郡](?![域间块])", page.text):
        add(*match.span(), "name-numbered-district", 0.8)
    for match in page.words.place_tail.finditer(page.text):
        start = _place_start(page, match.start(), covered)
        if start is not None:
            add(start, match.end(), "name-place-tail", 0.75)
    for match in page.words["beside"].finditer(page.text):
        if match.start() and covered[match.start() - 1] and _is_place_end(page, match.start()):
            add(*match.span("name"), "name-beside-place", 0.6)
    for match in page.words["in place"].finditer(page.text):
        name = match["name"]
        if _is_place_end(page, match.start()) and not page.words.breaks.search(name) and not page.begins_plain(name):
            add(*match.span("name"), "name-in-place", 0.65)
    return found


def _is_place_end(page: Page, at: int) -> bool:
    return any(page.place_at.get(start) == at for start in range(max(0, at - 9), at))


def _place_start(page: Page, tail: int, covered: bytearray) -> int | None:
    """Where an unknown place with a class word begins; None where its word is none."""
    low = tail
    while low > max(0, tail - 8) and not EDGE.match(page.text[low - 1]) and not covered[low - 1]:
        low -= 1
    stop = max((found.end() for found in page.words.breaks.finditer(page.masked, low, tail)), default=low)
    stop = max(stop, *(page.text.rfind(sign, low, tail) + 1 for sign in "年月日度"))
    is_led = stop > low or (low > 0 and covered[low - 1] == 1) or not low or page.text[low - 1] in "，、。；：“「（ \n"
    words = page.text[stop:tail]
    if not 1 < len(words) + 1 <= 7 or not words or not is_led:
        return None
    if page.text[tail - 1 : tail + 1] in page.words.common_ends and not (len(words) == 2 and words[1] == "城"):
        return None
    if re.match("[区县市州镇乡郡]", page.text[tail + 1 : tail + 2]) and page.text[tail] in "州市区县":
        return None
    if page.words.no_places.fullmatch(words) or page.words.plain.fullmatch(words):
        return None
    if len(words) == 1 and page.text[tail] not in "县州岛":
        return None
    if len(words) > 3 and not re.fullmatch(rf"[{page.words.sound_signs}]+", words) and not (low and covered[low - 1]):
        return None
    after = page.text[tail : tail + 3]
    if page.words["no place after"].match(after):
        return None
    return stop


def _named_places(page: Page, pieces: list[Piece]) -> list[Mention]:
    groups: dict[str, list[Piece]] = defaultdict(list)
    for one in pieces:
        groups[_place_key(page, page.text[one.start : one.end])].append(one)
    found: list[Mention] = []
    for members in groups.values():
        best = max(members, key=lambda one: (one.end - one.start, -one.start))
        name = page.document.text[best.start : best.end]
        found += [Mention(one.start, one.end, name, PLACE, one.rule, one.confidence) for one in members]
    return sorted(found)


def _place_key(page: Page, name: str) -> str:
    name = page.words.same.get(name, name)
    if len(name) > 2 and name not in page.words.countries:
        bare = re.sub(r"(?:特别行政区|特区|新区|自治[区州县]|[省市县区州镇乡郡村])$", "", name)
        name = bare if len(bare) > 1 and not (name[-1] == "州" and len(bare) < 2) else name
    return page.words.same.get(name, name)
