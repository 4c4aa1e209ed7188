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
        rf"(?:[{HAN}]厂|[{HAN}]商|企业|公司|巨头|车企|药企|品牌|集团)(?P<name>[{signs}]{{3,7}})(?=[，。、的与和将已在也曾拟宣]|计划|签)"
    )


def bare(page: Page) -> Iterator[Piece]:
    """A firm without an ending: its own word and one of trade, beside a word for firm, a firm's verb or a post."""
    patterns = (page.words["firm after"], page.words["firm at place"], page.words["firm before"])
    for match in (match for pattern in patterns for match in pattern.finditer(page.text)):
        start, end = match.span("name")
        if match.re is patterns[1] and end not in page.place_at:
            continue
        start = page.without_leads(start, end)
        place_end = min(page.chain(start), end)
        core = page.core_end(place_end, end)
        own = page.text[place_end:core]
        if (
            len(own) < 2
            or core == end
            or re.search("[一二两三四五六七八九十几数多各某每这那该此第]|[笔项个家期计额总度]$", own)
            or page.words.plain.fullmatch(own)
            or page.words.breaks.search(page.masked, start, core)
            or page.words.verb.search(page.text, start, core)
        ):
            continue
        if (own in page.words.common or own[:2] in page.words.common or own[-2:] in page.words.common) and (
            match.re is not patterns[2]
            or (page.text.count(page.text[start:end]) < 2 and not page.words["firm acts"].match(page.text, end))
        ):
            continue
        if any(page.words.plain.fullmatch(own[at : at + 2]) for at in range(len(own) - 1)):
            continue
        yield Piece(start, end, COMPANY, "name-bare-firm", 0.6, (place_end, core, end))


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
    if own[-1:] in _PLAIN_LAST and page.text.startswith(("公司", "集团", "企业"), tail):
        return False
    if tail - start < 2 or tail - start > 16 or TAKEN in page.text[start:tail]:
        return False
    whole = page.text[place_end:tail]
    if whole.startswith("国家") and len(whole) > 5 and page.words.plain.fullmatch(whole):
        return True
    if page.words.plain.fullmatch(whole):
        if page.words.company.match(page.text, tail) and re.match("公司|财团|商社|会社", page.text[tail : tail + 2]):
            return False
        return place_end > start and (len(whole) > 1 or page.text.startswith("银行", tail)) and "weak" not in rule
    if len(own) > _CORE and "·" not in own:
        return False
    if len(own) == 1 and place_end == start:
        return False
    if "weak" in rule and page.words["is built"].match(own):
        return False
    return not ("weak" in rule and re.match(r"第|[一二三四五六七八九十两几]?[家个只支名]", own))
