"""Places in Chinese: the known ones, and unknown ones that their class word or their neighbours tell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kg.read import lexicon
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
    pieces += [
        Piece(at, end, PLACE, "name-in-zone", 0.75) for at, end in page.zones.items() if used.find(1, at, end) < 0
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
    for told in (
        _datelined(page),
        _classed(page, covered),
        _sounding(page),
        _within(page, found),
        _neighbours(page, covered),
    ):
        for one in told:
            is_free = covered.find(1, one.start, one.end) < 0 and TAKEN not in page.text[one.start : one.end]
            if one.end - one.start > 1 and is_free:
                covered[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    return [*found, *_again(page, found, covered)]


def _again(page: Page, found: list[Piece], covered: bytearray) -> Iterator[Piece]:
    """Where else the places that were found stand, whatever is around them."""
    names = {page.text[one.start : one.end] for one in found}
    for match in re.finditer(lexicon.any_of(names), page.text) if names else ():
        if covered.find(1, *match.span()) < 0:
            yield Piece(*match.span(), PLACE, "name-place-again", 0.6)


def _classed(page: Page, covered: bytearray) -> Iterator[Piece]:
    """Places that a class word tells."""
    for match in re.finditer(r"第[一二三四五六七八九十\d]{1,3}[区郡](?![域间块])", page.text):
        yield Piece(*match.span(), PLACE, "name-numbered-district", 0.8)
    for tail in page.words.place_tail.finditer(page.text):
        start = _place_start(page, tail.start(), covered)
        if start is not None:
            yield Piece(start, tail.end(), PLACE, "name-place-tail", 0.75)


def _datelined(page: Page) -> Iterator[Piece]:
    """Places between a medium, or a bracket, and the day of a dateline."""
    for match in page.words["datelined"].finditer(page.text):
        if not page.words.plain.fullmatch(match["name"]):
            yield Piece(*match.span("name"), PLACE, "name-dateline-place", 0.7)


def _sounding(page: Page) -> Iterator[Piece]:
    """Places from abroad that their sounds tell, after a preposition or after a place that has one."""
    for match in page.words["sounding place"].finditer(page.text):
        if not _has_common_end(page, match["name"]):
            yield Piece(*match.span("name"), PLACE, "name-sounding-place", 0.65)
    for at, end in page.place_at.items():
        after = page.words["sounding after"].match(page.text, end)
        if after is None or _has_common_end(page, after["name"]):
            continue
        is_led = page.words["led sounding"].search(page.text, max(0, at - 4), at) is not None
        is_state = page.text[end - 1] in "州省邦府郡" and page.text[at:end] not in page.words.divisions
        begins = at == 0 or EDGE.match(page.text[at - 1]) is not None
        if is_led or is_state or (begins and page.words["site behind"].match(page.text, after.end("name"))):
            yield Piece(*after.span("name"), PLACE, "name-sounding-place", 0.65)


def _within(page: Page, found: list[Piece]) -> Iterator[Piece]:
    """Small places that stand where a place within another would."""
    for at in sorted({*page.place_at.values(), *(one.end for one in found)}):
        called = page.words["place called"].match(page.text, at)
        if called is not None and _is_small_place(page, called["name"]):
            yield Piece(*called.span("name"), PLACE, "name-place-called", 0.65)
        for key in ("within", "settled"):
            match = page.words[f"place {key}"].match(page.text, at)
            is_led = page.words[f"led {key}"].search(page.text[max(0, at - 24) : at]) is not None
            if match is not None and is_led and _is_small_place(page, match["name"]):
                yield Piece(*match.span("name"), PLACE, f"name-place-{key}", 0.65)


def _neighbours(page: Page, covered: bytearray) -> Iterator[Piece]:
    """Places that are joined to one, or stand between one and a verb that builds."""
    for match in page.words["beside"].finditer(page.text):
        if match.start() and covered[match.start() - 1] and _is_place_end(page, match.start()):
            yield Piece(*match.span("name"), PLACE, "name-beside-place", 0.6)
    for match in page.words["in place"].finditer(page.text):
        name = match["name"]
        is_own = not _has_common_end(page, name) and not page.words.breaks.search(name)
        if is_own and _is_place_end(page, match.start()) and not page.begins_plain(name):
            yield Piece(*match.span("name"), PLACE, "name-in-place", 0.65)


def _has_common_end(page: Page, name: str) -> bool:
    """Whether a name begins or ends with a common word."""
    return name[:2] in page.words.common or name[-2:] in page.words.common


def _is_small_place(page: Page, name: str) -> bool:
    """Whether a word that stands where a place in another would is none of the language's own words."""
    if len(name) > 3 and re.fullmatch(f"[{page.words.sound_signs}]+", name):
        return True
    if name[:2] in page.words.common or name[-2:] in page.words.common or page.begins_plain(name):
        return False
    return page.words["no small place"].search(name) is None


def _is_own_end(page: Page, start: int, words: str) -> bool:
    """Whether two characters before what also ends common words (`山区`) are a name: after a place, or in a list."""
    if len(words) != 2 or words in page.words.common:
        return False
    return words[1] == "城" or _is_place_end(page, start) or page.text[start - 1 : start] in "、和与及"


def _is_place_end(page: Page, at: int) -> bool:
    return any(page.place_at.get(start) == at for start in range(max(0, at - 9), at))


def _place_start(page: Page, tail: int, covered: bytearray) -> int | None:
    """Where an unknown place with a class word begins; None where its word is none."""
    low = tail
    while low > max(0, tail - 8) and not EDGE.match(page.text[low - 1]) and not covered[low - 1]:
        low -= 1
    stop = _word_start(page, low, tail, covered)
    stop = max(stop, *(page.text.rfind(sign, low, tail) + 1 for sign in "年月日度"))
    is_led = stop > low or (low > 0 and covered[low - 1] == 1) or not low or page.text[low - 1] in "，、。；：“「（ \n"
    words = page.text[stop:tail]
    if not 1 < len(words) + 1 <= 7 or not words or not is_led:
        return None
    if page.text[tail - 1 : tail + 1] in page.words.common_ends and not _is_own_end(page, stop, words):
        return None
    if re.match("[区县市州镇乡郡]", page.text[tail + 1 : tail + 2]) and page.text[tail] in "州市区县":
        return None
    is_village = (
        page.text[tail] in "乡镇街"
        and len(words) > 1
        and (page.text[stop - 1 : stop] in "在于" or _is_place_end(page, stop))
    )
    if page.words.no_places.fullmatch(words) and not (
        is_village and words not in ("重点", "中心", "特色", "小城", "沿海")
    ):
        return None
    if page.words.plain.fullmatch(words):
        return None
    is_sounding = re.fullmatch(rf"[{page.words.sound_signs}]+", words) is not None
    is_within = is_village or (stop > 0 and covered[stop - 1] == 1)
    ends = {page.text[tail - 1 : tail + 1], words[:2]}
    if len(words) > 2 and not is_sounding and not is_within and ends & page.words.common:
        return None
    if len(words) == 1 and page.text[tail] not in "县州岛":
        return None
    if len(words) > 3 and not is_sounding and not (low and covered[low - 1]):
        return None
    after = page.text[tail : tail + 3]
    if page.words["no place after"].match(after):
        return None
    return stop


def _word_start(page: Page, low: int, tail: int, covered: bytearray) -> int:
    """Where the own word of a place begins: after the last break, unless that break is a part of it."""
    stop = max((found.end() for found in page.words.breaks.finditer(page.masked, low, tail)), default=low)
    if stop == tail and low < tail - 1 and low and covered[low - 1] and not page.words.breaks.match(page.text, low):
        stop = low
    if (
        stop == low + 1 == tail - 1
        and low
        and covered[low - 1]
        and page.text[low] in "和同与"
        and page.text[tail] in "镇乡"
    ):
        stop = low
    is_led = stop > low + 1 and (page.text[stop - 2] in "在于" or covered[stop - 2])
    if is_led and stop == tail - 1 and page.text[stop - 1] in "里和同与得" and page.text[tail] in "镇乡":
        stop -= 1
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
