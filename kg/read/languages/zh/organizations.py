"""Organizations in Chinese: institutes, offices and governments by their ending, media by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import Page, Piece
from kg.read.languages.zh.words import TAKEN
from kg.read.model import ORGANIZATION

_SET_UP = frozenset(["设", "建", "办", "开", "新设", "新建", "增设", "开办"])
"""What between a place and `service centre` tells that one is set up there."""
_COUNTED = re.compile("[一二两三四五六七八九十几多数某][所家间个座名]")
"""How words begin that speak of one of a kind: `a university`."""
NOWHERE = -1
_HEAD = 120
"""Code points at the start of a report in which its medium is named with the day."""


def by_ending(page: Page) -> Iterator[Piece]:
    """Organizations, offices and governments, told by how they end."""
    for match in page.words.organization.finditer(page.text):
        yield from _organization(page, match.start(), match.end())
    for match in page.words.office.finditer(page.text):
        yield from _office(page, match.start(), match.end())
    for match in page.words["bodies"].finditer(page.text):
        yield Piece(*match.span(), ORGANIZATION, "name-body", 0.87, (match.start(), match.end() - 2, match.end() - 2))
    yield from _government(page)


def media(page: Page) -> Iterator[Piece]:
    """Media, told by where they stand: as the source of a report, or at its dateline."""
    for pattern in (
        page.words["first line"],
        page.words["source"],
        page.words["dateline"],
        page.words["masthead"],
        page.words["wire"],
        page.words["headed"],
        page.words["listed line"],
    ):
        for match in pattern.finditer(page.text):
            start, end = match.span(match.lastgroup or "name")
            if page.words.plain.fullmatch(page.text[start:end]) or page.text[start:end] in (
                "本报",
                "本网",
                "本社",
                "本台",
            ):
                continue
            if page.text[start:end].endswith(("公司", "集团")):
                continue
            if pattern is page.words["masthead"] and (match.start() > _HEAD or start in page.place_at):
                continue
            if page.words.verb.search(page.text, start, end) or (
                page.text[end - 2] in "本该我" and page.text[end - 1] in "报网社台刊"
            ):
                continue
            if pattern is page.words["wire"]:
                stops = page.words.breaks.finditer(page.masked, start, end)
                start = max((stop.end() for stop in stops), default=start)
            if end - start < 2:
                continue
            yield Piece(start, end, ORGANIZATION, "name-media", 0.97, (start, end, end))


def _government(page: Page) -> Iterator[Piece]:
    """Governments: a place, known or told by its class word, and the word for one."""
    for match in page.words["government"].finditer(page.text):
        start = page.place_before(match.start())
        if start is None and page.text[match.start() - 1 : match.start()] in tuple("区县市州省镇"):
            first = page.start(match.start(), page.words.firm_breaks)
            rest = page.text[first : match.start() - 1]
            is_name = (
                1 < len(rest) < 10 and not page.words.plain.fullmatch(rest) and not page.words.no_places.fullmatch(rest)
            )
            start = first if is_name else None
        if start is not None:
            yield Piece(
                start,
                match.end(),
                ORGANIZATION,
                "name-government",
                0.9,
                (match.start(), match.start(), match.start()),
            )


def _organization(page: Page, tail: int, end: int) -> Iterator[Piece]:
    after = page.text[end : end + 1]
    is_led = after in ("部", "长") and page.words.surname.match(page.text, end + 1) is not None
    if after in tuple("生家派界部长城化") and not is_led:
        return
    if page.text[end - 1] == "党" and after in tuple("委员支组建群校课代政内外性"):
        return
    if page.text[tail:end] in page.words.standing:
        place = page.place_before(tail)
        first = tail if place is None else place
        yield Piece(first, end, ORGANIZATION, "name-known", 0.85, (tail, tail, tail))
        return
    start = _organization_start(page, tail)
    place_end = min(page.chain(start), tail)
    whole = page.text[place_end:tail]
    ending = page.text[tail:end]
    if ending in (*page.words.institutes, "协会", "商会", "联合会") and len(whole) > 1:
        start = place_end if _is_abroad(page, start, place_end) and not page.words.plain.fullmatch(whole) else start
    if page.text[tail - 1] in "该本各此":
        return
    start = _without_country(page, start)
    if end - start < 4 or end - start > 24 or (tail - start < 2) or TAKEN in page.text[start:tail]:
        return
    if _COUNTED.match(whole) or (whole in _SET_UP and place_end > start):
        return
    is_plain = not whole or page.words.plain.fullmatch(whole) is not None
    if place_end == start and is_plain and (len(whole) < 4 or page.text[tail:end] in page.words.institutes):
        return
    if page.text[start - 1 : start] == "驻" and (sender := page.place_before(start - 1)) is not None:
        start = sender
    if page.words["plain institutes"].fullmatch(whole):
        return
    if page.text[tail:end] in ("政府", "党", "议会", "法院") and place_end == start:
        return
    yield Piece(start, end, ORGANIZATION, "name-organization-tail", 0.85, (place_end, tail, tail))


def _is_abroad(page: Page, start: int, end: int) -> bool:
    """Whether a place is a country that is left out before the name of an institute."""
    return page.text[start:end] in page.words.countries - {"中国", "香港", "澳门", "台湾", "新加坡", *page.words.same}


def _without_country(page: Page, start: int) -> int:
    """The start without the country abroad before another place: `Vietnam` before `Hue investment centre`."""
    inner = page.place_at.get(start, 0)
    return inner if inner in page.place_at and page.text[start:inner] in page.words.countries - {"中国"} else start


def _organization_start(page: Page, tail: int) -> int:
    """As for firms, but `and` between words of an office's domain is part of the name, and so is a country."""
    start = page.from_place(page.start(tail, page.words.breaks), tail)
    if page.text[start - 1 : start] in "与和及" and start > 2:
        before = _domains_before(page, start - 1)
        after = page.words.domains.match(page.text, start, tail)
        if before is not None and after is not None and before < start - 1:
            place = page.place_before(before)
            start = place if place is not None else before
    for _ in range(3):
        lead = page.words.leads.match(page.text, start, tail)
        if lead is None or tail - lead.end() < 2 or (len(lead[0]) == 1 and lead.end() not in page.place_at):
            return start
        if start in page.place_at:
            return start
        start = lead.end()
    return start


def _office(page: Page, tail: int, end: int) -> Iterator[Piece]:
    """An office: words of its domain, before them a place or `省`; a bare ministry only where it is well known."""
    after = page.text[end : end + 1]
    if (
        after in ("门", "分", "位", "面", "队", "级", "理", "勢", "势", "员" if page.text[end - 1] != "会" else "\0")
        and after
    ):
        return
    start = _domains_before(page, tail)
    if start is None:
        return
    if page.text[start] in "与和及暨":
        start += 1
    place = _office_place(page, start)
    if place == NOWHERE:
        return
    if place is None and (tail - start < 2 or page.text[tail:end] in ("局", "处", "院", "办", "委", "办公室", "司")):
        return
    if place is None and page.text[tail:end] == "部" and page.words["departments"].fullmatch(page.text, start, tail):
        return
    begin = start if place is None else place
    if end - begin < 3:
        return
    yield Piece(begin, end, ORGANIZATION, "name-office", 0.86, (start, start, tail))


def _office_place(page: Page, start: int) -> int | None:
    """Where the place begins that an office's words of domain follow; None where none does, NOWHERE where no office."""
    place = page.place_before(start)
    if place is None and page.text[start - 1 : start] in "省市州县区" and start:
        place = page.place_before(start - 1)
        if place is None:
            first = page.start(start - 1, page.words.firm_breaks)
            is_name = 1 < start - 1 - first < 5 and not page.words.plain.fullmatch(page.text, first, start - 1)
            place = first if is_name else start - 1
            if not is_name and page.text[start - 1] in "区州":
                return NOWHERE
    if place is None:
        first = page.start(start, page.words.firm_breaks)
        after = page.chain(first)
        first, rest = after if _is_abroad(page, first, after) else first, page.text[after:start]
        pairs = {rest[at : at + 2] for at in range(len(rest) - 1)}
        if 1 < len(rest) < 6 and not pairs & page.words.common and not page.begins_plain(rest):
            place = first
    return place if place is None else _without_country(page, place)


def _domains_before(page: Page, end: int) -> int | None:
    """Where a row of words of an office's domain that ends here begins."""
    low = page.low(end, 16)
    for at in range(low, end - 1):
        if at in page.inside:
            continue
        if page.words.domains.fullmatch(page.text, at, end):
            return at
    return None
