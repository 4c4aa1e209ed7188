"""Firms in Chinese: by their ending, a list, the code of their shares, quotation marks, or what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.read.languages.zh.page import Page, Piece
from kg.read.languages.zh.words import HAN, TAKEN
from kg.read.model import COMPANY

_PLAIN_LAST = frozenset("本母子该贵我其各某两三几多")
"""Characters that make no name of the word for a firm: `this firm`, `its parent`."""
_KIND = frozenset("式型级性化类用款制")
"""Characters that end words for a kind of thing, and no name."""
_COUNTED = re.compile("[一二两三四五六七八九十几多数各每某这那该此第本]")
"""How words begin that count or point."""
_PUT = re.compile("的|(?<=..)[设建办开盖投]$")
"""How words end, or what they hold, that tell of a plant put somewhere and are no firm's own: `in X they set up a`."""
_CORE = 8
"""Code points of a name's own word; longer ones are no word but a phrase."""


def coded(page: Page) -> Iterator[Piece]:
    """A firm told by the code of its shares in brackets after it."""
    for match in page.words["stock code"].finditer(page.text):
        end = match.end("name")
        first = max(page.start(end, page.words.firm_breaks), match.start("name"))
        start = page.without_leads(first, end)
        if end - start < 2:
            continue
        yield Piece(start, end, COMPANY, "name-stock-code", 0.87, (start, page.core_end(start, end), end))


def known(page: Page) -> Iterator[Piece]:
    """Firms that are known by a name without an ending."""
    for match in page.words.known_firm.finditer(page.text):
        before, after = page.text[match.start() - 1 : match.start()], page.text[match.end() : match.end() + 1]
        if len(match[0]) > 2 or (
            (not re.match(f"[{HAN}]", before) or before in "与和向由对在、") and after not in "利满好的"
        ):
            yield Piece(
                match.start(),
                match.end(),
                COMPANY,
                "name-known-firm",
                0.8,
                (match.start(), match.end(), match.end()),
            )


def by_ending(page: Page) -> Iterator[Piece]:
    """Firms told by how they end: by their legal form, or by a word that may also mean something else."""
    for match in page.words.company.finditer(page.text):
        yield from _firm(page, match.start(), match.end(), "name-company-tail", 0.88)
    for match in page.words.weak.finditer(page.text):
        yield from _firm(page, match.start(), match.end(), "name-company-weak-tail", 0.75)


def quoted(page: Page) -> Iterator[Piece]:
    """A firm whose name stands in quotation marks after the word for what it is."""
    for match in page.words["called"].finditer(page.text):
        start, end = match.span("name")
        yield Piece(start, end, COMPANY, "name-called", 0.85, (start, page.core_end(start, end), end))
    for match in page.words["quoted"].finditer(page.text):
        start, end = match.span("name")
        core = page.core_end(start, end)
        if page.words.plain.fullmatch(match["name"]) or (
            core == end and not page.words["firm goes on"].match(page.text, match.end())
        ):
            continue
        yield Piece(start, end, COMPANY, "name-quoted-firm", 0.85, (start, core, end))


def sounding(page: Page) -> Iterator[Piece]:
    """A firm from abroad without an ending: a name by its sounds after a word for what it makes."""
    for match in _sounding_pattern(page.words.sound_signs).finditer(page.text):
        start, end = match.span("name")
        if start not in page.place_at and match["name"][:2] not in page.words.common:
            yield Piece(start, end, COMPANY, "name-sounding-firm", 0.6, (start, end, end))


@cache
def _sounding_pattern(signs: str) -> re.Pattern[str]:
    """A name by its sounds after a word for a firm or what it makes."""
    return re.compile(
        rf"(?:[{HAN}]厂|[{HAN}]商|企业|公司|巨头|[车药酒乳钢]企|品牌|集团|合作社)(?P<name>[{signs}]{{3,7}}|[{signs}]{{2}}(?=宣布|将|计划|，|拟|表示|透露))(?=[，。、的与和将已在也曾拟宣把对从以正今去昨则还于首本]|计划|签|投资|斥资|表示|透露|日前|早在|上[月周]|本[月周])"
    )


def by_trade(page: Page) -> Iterator[Piece]:
    """A firm without an ending whose own word, no common one, stands before a word of trade that calls firms."""
    match = page.words["called strongly"].search(page.text)
    while match is not None:
        found = _of_trade(page, *match.span())
        if found is not None:
            yield found
        match = page.words["called strongly"].search(page.text, match.end() if found else match.start() + 1)


def _of_trade(page: Page, tail: int, end: int) -> Piece | None:
    """The firm that a word of trade from `tail` to `end` closes; None where it closes none."""
    first = page.from_place(page.start(tail, page.words.firm_breaks), tail)
    start = page.without_leads(first, tail)
    place_end = min(page.chain(start), tail)
    core = page.core_end(place_end, tail)
    own = page.text[place_end:core]
    is_led = first < start and page.text[first:start] in page.words.countries
    acts = page.words["trade acts"].match(page.text, end) is not None
    if not 2 <= len(own) <= (5 if _is_sounding(page, own) else 4):
        return None
    if not (_is_strange(page, place_end, core) or (is_led and acts and own not in page.words.places)):
        return None
    is_firm = page.words["firm word"].search(page.text, max(0, start - 4), start) is not None
    if acts or is_led or is_firm or place_end > start:
        return Piece(start, end, COMPANY, "name-trade", 0.58, (place_end, core, end))
    return None


def _is_sounding(page: Page, own: str) -> bool:
    return re.fullmatch(f"[{page.words.sound_signs}]+", own) is not None


def _is_strange(page: Page, start: int, end: int) -> bool:
    """Whether no two characters side by side in a stretch, or over its ends, are a common word or a place."""
    words, own = page.words, page.text[start:end]
    pairs = {own[at : at + 2] for at in range(len(own) - 1)} if len(own) < 3 or not _is_sounding(page, own) else set()
    over = page.text[end - 1 : end + 1]
    pairs |= set() if words.plain.fullmatch(over) else {over}
    if pairs & words.common or pairs & words.places or TAKEN in own or not re.fullmatch(f"[{HAN}]+", own):
        return False
    if words.breaks.search(page.masked, start, end) or words.plain.fullmatch(own):
        return False
    return not (own[-1] in _KIND or _COUNTED.match(own) or words.verb.search(own) or words.role.search(own))


def _firm(page: Page, tail: int, end: int, rule: str, sure: float) -> Iterator[Piece]:
    tail_start = tail
    if page.text[tail - 1 : tail] == "）" and (opening := page.text.rfind("（", max(0, tail - 10), tail)) > 0:
        tail = opening
    if page.text[tail_start:end] == "银行" and page.text[end : end + 1] in "业家卡":
        return
    first = page.from_place(page.start(tail, page.words.firm_breaks), tail)
    first += page.text[first - 1 : first + 1] == "企业"
    start = page.without_leads(first, tail)
    is_foreign = first < start and page.text[first:start] in page.words.countries - {"中国"}
    place_end = start if is_foreign else min(page.chain(start), tail)
    core = page.core_end(place_end, tail)
    if not _is_name(page, start, place_end, core, tail, rule) or page.text[tail - 2 : tail] in (
        "合资",
        "控股",
        "独资",
    ):
        return
    yield Piece(start, end, COMPANY, rule, sure, (place_end, core, tail_start))


def _is_name(page: Page, start: int, place_end: int, core: int, tail: int, rule: str) -> bool:
    own = page.text[place_end:core]
    is_word = len(own) < 3 or not _is_sounding(page, own)
    if own[-1:] in _PLAIN_LAST and is_word and page.text.startswith(("公司", "集团", "企业"), tail):
        return False
    if tail - start < 2 or tail - start > 16 or TAKEN in page.text[start:tail]:
        return False
    whole = page.text[place_end:tail]
    if whole.startswith("国家") and len(whole) > 5 and page.words.plain.fullmatch(whole):
        return True
    if page.text[start] in "与和同跟" and len(own) == 2 and place_end == start:
        return False
    if page.words.plain.fullmatch(whole) and re.match("[一两三几多数某][家间所]", page.text[start - 2 : start]):
        return False
    if page.words.plain.fullmatch(whole):
        if page.words.company.match(page.text, tail) and re.match("公司|财团|商社|会社", page.text[tail : tail + 2]):
            return False
        return place_end > start and (len(whole) > 1 or page.text.startswith("银行", tail)) and "weak" not in rule
    if len(own) > _CORE and "·" not in own:
        return False
    if len(own) == 1 and place_end == start:
        return False
    if place_end == start and _is_described(page, own, tail):
        return False
    if "weak" in rule and (page.words["is built"].match(own) or _PUT.search(own)):
        return False
    return not ("weak" in rule and re.match(r"第|[一二三四五六七八九十两几]?[家个只支名处座间所条]", own))


def _is_described(page: Page, own: str, tail: int) -> bool:
    """Whether words before `company` or `group` only say what it does: four characters or more, all common words."""
    if len(own) < 4 or len(own) % 2 or not page.text.startswith(("公司", "集团"), tail):
        return False
    return all(own[at : at + 2] in page.words.common for at in range(0, len(own), 2))
