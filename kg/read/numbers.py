"""Quantities: sums of money, percentages and counts, from the number forms in a language's `numbers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, NamedTuple

from kg.read import lexicon
from kg.read.language import Language
from kg.read.model import COUNT, EXACT, LEAST, MONEY, MOST, PERCENT

_YEAR = re.compile(r"(?:19|20)\d\d")
_MAX_DIGITS = 40
"""A longer run of digits is no quantity of this world, and arithmetic on it would be slow."""


class Found(NamedTuple):
    """A quantity by its place in the view; `number` is where its number alone stands."""

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str
    qualifier: str
    rule: str
    confidence: float
    factor: Decimal = Decimal(1)


class Grammar:
    """A language's number forms as regular expressions."""

    def __init__(self, language: Language) -> None:
        data = language.data("numbers")
        self.language = language
        self.decimal, self.group = data["decimal"], data["group"]
        self.scales = {word: Decimal(value) for word, value in data["scales"].items()}
        self.currencies = currencies(language)
        self.symbols = dict(data.get("symbols") or {}) | _shared()["symbols"]
        self.local = {code: re.compile(told) for code, told in (data.get("local currency") or {}).items()}
        self.numeral = getattr(language.rules, "numeral", None)
        self.edge = r"(?<![\w])" if language.is_spaced else "(?<![A-Za-z0-9])"
        self.bare = frozenset(lexicon.words(data.get("bare") or ()))
        self.infix: dict[str, str] = data.get("infix") or {}
        signs = lexicon.any_of(self.symbols)
        self.number = self._number(data)
        self.scale = self._scale()
        self.pattern = re.compile(self._pattern(data))
        self.before = _qualifiers(data["qualifiers before"], r"(?:{})\s*$", language.is_spaced)
        self.after = _qualifiers(data.get("qualifiers after") or {}, r"\s*(?:{})", language.is_spaced)
        self.range = re.compile(rf"\s*(?:{'|'.join(data['range'])})\s*")
        self.range_ahead = re.compile(
            rf"\s*(?:{'|'.join([*data['range'], *data['between range']])})\s*(?:{signs})?\s*\d"
        )
        self.between = re.compile(rf"(?:{'|'.join(data['between'])})\s*$", re.IGNORECASE)
        self.between_range = re.compile(rf"\s*(?:{'|'.join(data['between range'])})\s*")
        self.not_counted = re.compile(data["not counted"], re.IGNORECASE)
        self.not_before = re.compile(data["not before"], re.IGNORECASE)
        self.unit = re.compile(data["unit"])
        self.counted = re.compile(data.get("counted") or "(?!)")

    def _number(self, data: Any) -> str:
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        digits = rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?(?!{group}?\d)|\d+(?:{decimal}\d+)?"
        words = data.get("numeral")
        return f"(?:{digits})" if not words else f"(?:{words}|{digits})"

    def _scale(self) -> str:
        gap = r"[ -]?" if self.language.is_spaced else ""
        tail = r"(?![^\W\d_])" if self.language.is_spaced else ""
        return rf"(?:{gap}(?:{lexicon.any_of(self.scales)}){tail})"

    def _pattern(self, data: Any) -> str:
        signs = lexicon.any_of(self.symbols)
        names = lexicon.any_of(self.currencies)
        percent = "|".join(data["percent"])
        edge = r"(?![^\W\d_])" if self.language.is_spaced else ""
        infix = f"(?P<infix>{lexicon.any_of(self.infix)})?" if self.infix else ""
        prefix = data.get("percent before")
        before = rf"(?P<of>{prefix})?" if prefix else ""
        gap = r"[ -]?" if self.language.is_spaced else " ?"
        return (
            rf"(?:(?P<sign>(?<![A-Za-z])(?:{signs})) ?)?{before}(?<!\d)(?<!\d[.,])(?P<number>{self.number})"
            rf"(?P<scale>{self.scale})?{infix}"
            rf"(?:(?P<percent> ?-?(?:{percent}){edge})|{gap}(?P<currency>{names}){edge})?"
        )

    def factor(self, scale: str | None) -> Decimal:
        """What a scale word multiplies by."""
        return self.scales.get((scale or "").strip(" -"), Decimal(1))

    def value(self, number: str, scale: str | None) -> Decimal | None:
        """What a number is worth with its scale word; None where it is none after all."""
        if len(number) > _MAX_DIGITS:
            return None
        factor = self.factor(scale)
        if self.numeral and not number.isascii():
            worth = self.numeral(number)
            return None if worth is None else Decimal(worth) * factor
        try:
            return Decimal(number.replace(self.group, "").replace(self.decimal, ".")) * factor
        except InvalidOperation:
            return None


def _qualifiers(data: Any, template: str, is_spaced: bool) -> list[tuple[str, re.Pattern[str]]]:
    edge = r"(?<!\w)" if is_spaced and template.endswith("$") else ""
    return [
        (qualifier, re.compile(edge + template.format("|".join(lexicon.words(found))), re.IGNORECASE))
        for qualifier, found in data.items()
    ]


@cache
def grammar(code: str) -> Grammar:
    """The number forms of a language."""
    from kg.read.language import language

    return Grammar(language(code))


def _shared() -> Any:
    return lexicon.load(lexicon.HERE / "languages" / "currencies.yaml")


def currencies(language: Language) -> dict[str, str]:
    """Names of currencies after a number, each with its ISO 4217 code: those of CLDR, then the lexicon's own."""
    from babel import Locale

    known = dict(language.data("numbers").get("currencies") or {})
    living = set(_shared()["codes"])
    for code, name in Locale(language.code).currencies.items():
        if code in living:
            known.setdefault(language.fold(name), code)
    return known | {code: code for code in living}


def find(text: str, language: Language, taken: list[tuple[int, int]], local: str | None = None) -> list[Found]:
    """The quantities in a folded text, in order; what overlaps `taken` (dates) is none.

    `local` is the currency that the language's bare unit means in this text, where it is not the usual one.
    """
    rules = grammar(language.code)
    found: list[Found] = []
    blocked = iter([*taken, (len(text) + 1, len(text) + 1)])
    barrier = next(blocked)
    previous: Found | None = None
    for match in rules.pattern.finditer(text):
        while barrier[1] <= match.start():
            barrier = next(blocked)
        if match.end() > barrier[0]:
            continue
        quantity = _quantity(text, rules, match, local)
        if quantity is None:
            continue
        previous = _ranged(text, rules, found, quantity)
        found.append(previous)
    return [one for one in found if one.unit]


def _quantity(text: str, rules: Grammar, match: re.Match[str], local: str | None) -> Found | None:
    groups = match.groupdict()
    value = rules.value(groups["number"], groups["scale"])
    if value is None or (match.start() and _is_inside_word(text, match.start(), match["number"])):
        return None
    start, end, factor = match.start(), match.end(), rules.factor(groups["scale"])
    infix = groups.get("infix")
    qualifier = rules.infix[infix] if infix else _qualifier(text, rules, start, end)
    if groups["percent"] or groups.get("of"):
        return Found(start, end, PERCENT, value, "%", qualifier, "number-percent", 0.98, factor)
    if groups["sign"] or groups["currency"]:
        unit = _unit(rules, groups["sign"], groups["currency"], local)
        return Found(start, end, MONEY, value, unit, qualifier, "number-money", 0.97, factor)
    return _count(text, rules, match, value, qualifier)


def _unit(rules: Grammar, sign: str | None, currency: str | None, local: str | None) -> str:
    if currency:
        return local if local and currency in rules.bare else rules.currencies[currency]
    assert sign is not None
    return local if local and sign in rules.bare else rules.symbols[sign]


def local_currency(text: str, folded: str, language: Language) -> str | None:
    """The currency that a bare unit means in this text: that of the place it is from, where its script tells so."""
    rules = grammar(language.code)
    if not rules.local or sum(old != new for old, new in zip(text, folded, strict=True)) * 20 < len(text):
        return None
    counted = {code: len(told.findall(folded)) for code, told in rules.local.items()}
    best = max(counted, key=lambda code: counted[code])
    return best if counted[best] else None


def _count(text: str, rules: Grammar, match: re.Match[str], value: Decimal, qualifier: str) -> Found | None:
    """A number in digits that counts things; None where it is a year, a time, an address or an ordinal."""
    start, end = match.start("number"), match.end("scale") if match["scale"] else match.end("number")
    infix = match.groupdict().get("infix")
    after = text[end + len(infix or "") : end + 80]
    before = text[max(0, start - 40) : start]
    if (
        not match["number"][0].isdigit()
        or (_YEAR.fullmatch(text, start, end) and not rules.counted.match(after))
        or rules.not_counted.match(after)
        or rules.not_before.search(before)
    ):
        return None
    if text[match.end() : match.end() + 1] in (":", "/") and text[match.end() + 1 : match.end() + 2].isdigit():
        return None
    unit = rules.unit.match(after)
    is_lower = rules.range_ahead.match(after) is not None
    if unit is None and not is_lower:
        return None
    words = "" if unit is None or is_lower else next(filter(None, unit.groups()))
    found = Found(start, end, COUNT, value, words, qualifier, "number-count", 0.9)
    return found._replace(factor=rules.factor(match["scale"]))


def _is_inside_word(text: str, start: int, number: str) -> bool:
    before = text[start - 1]
    if number[0].isascii() and text[start].isdigit():
        return before.isascii() and (before.isalnum() or (before in ".,/:-" and text[start - 2 : start - 1].isdigit()))
    return False


def _qualifier(text: str, rules: Grammar, start: int, end: int) -> str:
    before = text[max(0, start - 30) : start]
    for qualifier, pattern in rules.before:
        if pattern.search(before):
            return qualifier
    after = text[end : end + 12]
    return next((qualifier for qualifier, pattern in rules.after if pattern.match(after)), EXACT)


def _ranged(text: str, rules: Grammar, found: list[Found], quantity: Found) -> Found:
    """`quantity`, as the upper end of a range where one before it is the lower; that one is changed in `found`."""
    if not found or quantity.start - found[-1].end > 12:
        return quantity
    lower = found[-1]
    gap = text[lower.end : quantity.start]
    if not rules.range.fullmatch(gap) and not (
        rules.between_range.fullmatch(gap) and rules.between.search(text[max(0, lower.start - 20) : lower.start])
    ):
        return quantity
    if lower.kind not in (quantity.kind, COUNT) or (lower.kind == MONEY and lower.unit != quantity.unit):
        return quantity
    shares = lower.factor == 1 and lower.value * quantity.factor <= quantity.value and lower.value < quantity.value
    factor = quantity.factor if shares and quantity.factor != 1 else Decimal(1)
    rule = f"number-{quantity.kind}-range"
    found[-1] = lower._replace(
        kind=quantity.kind, unit=quantity.unit, value=lower.value * factor, qualifier=LEAST, rule=rule
    )
    return quantity._replace(qualifier=MOST, rule=rule)


def positions(found: list[Found]) -> Iterator[tuple[int, int]]:
    """Where the quantities stand."""
    return ((one.start, one.end) for one in found)
