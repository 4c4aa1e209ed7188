"""Quantities: sums of money, percentages and counts, from the number forms in a language's `numbers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from functools import cache
from operator import ne
from types import MappingProxyType
from typing import Any, NamedTuple

from kg.read import lexicon
from kg.read.language import Language
from kg.read.model import COUNT, EXACT, LEAST, MONEY, MOST, PERCENT

_YEAR = re.compile(r"(?:19|20)\d\d")
_HOUSE_DECIMAL = re.compile(r"\d{1,3}[.,]\d{1,2}")
"""A number before a scale word with the mark between thousands for the decimal one, as some houses write it."""
_LOWER_END = re.compile(r"(?<![\w.,/:-])\d[\d.,]{0,9}-$")
_SCORE = 2
"""Characters of the lower end of a range and its hyphen; with one digit it more often belongs to a score or a code."""
_LETTERS = 2
"""Letters of a sign for money that other words hold too."""
_MAX_DIGITS = 40
"""A longer run of digits is no quantity of this world, and arithmetic on it would be slow."""


SIGNED = 16
"""Code points before a number in which the sign of its currency stands, or what makes it a percentage."""


class Found(NamedTuple):
    """A quantity by its place in the view; `number` is where its number alone stands."""

    start: int
    end: int
    kind: str
    value: Decimal
    unit: str
    qualifier: str
    rule: str
    factor: Decimal = Decimal(1)


class Grammar:
    """A language's number forms as regular expressions."""

    def __init__(self, language: Language) -> None:
        data = language.data("numbers")
        self.language = language
        self.decimal, self.group = data["decimal"], data["group"]
        self.scales = {word: Decimal(value) for word, value in data["scales"].items()}
        self.currencies = currencies(language)
        codes = {code: code for code in _codes(language)}
        shared = {sign: code for sign, code in _shared()["symbols"].items() if sign not in (data.get("no codes") or ())}
        self.symbols = codes | dict(data.get("symbols") or {}) | shared
        self.local = _told(data.get("local currency") or {})
        self.shared = {name: _told(told) for name, told in (data.get("shared names") or {}).items()}
        self.numeral = getattr(language.rules, "numeral", None)
        self.edge = r"(?<![\w])" if language.is_spaced else "(?<![A-Za-z0-9])"
        self.bare = frozenset(lexicon.words(data.get("bare") or ()))
        self.infix: dict[str, str] = data.get("infix") or {}
        signs = lexicon.any_of(self.symbols)
        self.number = self._number(data)
        self.scale = self._scale()
        self.pattern = re.compile(self._pattern(data))
        self.head = re.compile(rf"[\d{data.get('numerals', '')}]")
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
        self.tally = re.compile(data.get("tally") or "(?!)")
        self.not_scaled = re.compile(data.get("not scaled") or "(?!)")
        self.change = re.compile(data.get("change") or "(?!)")
        self.unit = re.compile(data["unit"])
        self.counted = re.compile(data.get("counted") or "(?!)")

    def _number(self, data: Any) -> str:
        group, decimal = re.escape(self.group), re.escape(self.decimal)
        looser = f"{data['looser groups']}|" if "looser groups" in data else ""
        digits = rf"{looser}\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?(?!{group}?\d)|\d+(?:{decimal}\d+)?"
        words = data.get("numeral")
        return f"(?:{digits})" if not words else f"(?:{words}|{digits})"

    def _scale(self) -> str:
        gap = r"[ -]?" if self.language.is_spaced else ""
        tail = r"(?![^\W\d_])" if self.language.is_spaced else self.language.data("numbers").get("scale tail", "")
        return rf"(?:{gap}(?:{lexicon.any_of(self.scales)}){tail})"

    def _pattern(self, data: Any) -> str:
        signs = lexicon.any_of(self.symbols)
        names = lexicon.any_of(self.currencies)
        percent = "|".join(data["percent"])
        edge = r"(?![^\W\d_])" if self.language.is_spaced else ""
        infix = f"(?:(?P<infix>{lexicon.any_of(self.infix)})(?P<late>{self.scale})?)?" if self.infix else ""
        prefix = data.get("percent before")
        before = rf"(?P<of>{prefix})?" if prefix else ""
        gap = r"[ -]?" if self.language.is_spaced else " ?"
        return (
            rf"(?:(?P<sign>(?<![A-Za-z])(?:{signs})) ?)?{before}(?<!\d)(?<!\d[.,])(?P<number>{self.number})"
            rf"(?P<scale>{self.scale})?{infix}"
            rf"(?:(?P<percent> ?-?(?:{percent}){edge})|{gap}(?P<currency>{names}){edge})?"
        )

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """What the pattern matches in a text, sought from one number to the next and not at every letter."""
        head, at = self.head.search(text), 0
        while head is not None:
            match = self.pattern.search(text, max(at, head.start() - SIGNED))
            if match is None:
                return
            yield match
            at = match.end()
            head = self.head.search(text, at)

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
        if scale and _HOUSE_DECIMAL.fullmatch(number) and self.group in number:
            number = number.replace(self.group, self.decimal)
        try:
            return Decimal(number.replace(" ", "").replace(self.group, "").replace(self.decimal, ".")) * factor
        except InvalidOperation:
            return None


def _told(data: dict[str, str]) -> dict[str, re.Pattern[str]]:
    """For each currency the expression for the words that tell it."""
    return {code: re.compile(words) for code, words in data.items()}


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


def _codes(language: Language) -> frozenset[str]:
    """The codes of the currencies in use, but for those that are other words in a language."""
    return frozenset(_shared()["codes"]).difference(language.data("numbers").get("no codes") or ())


def currencies(language: Language) -> dict[str, str]:
    """Names of currencies after a number, each with its ISO 4217 code: those of CLDR, then the lexicon's own."""
    from babel import Locale
    from babel.numbers import get_currency_name

    known = dict(language.data("numbers").get("currencies") or {})
    living = _codes(language)
    for code, name in Locale(language.code).currencies.items():
        if code in living:
            for form in (name, *(get_currency_name(code, count, language.code) for count in (1, 2))):
                known.setdefault(language.fold(form), code)
    return known | {code: code for code in living}


def find(
    text: str, language: Language, taken: list[tuple[int, int]], local: Mapping[str, str] = MappingProxyType({})
) -> list[Found]:
    """The quantities in a folded text, in order; what overlaps `taken` (dates) is none.

    `local` says which currencies units mean in this text, where they are not the usual ones.
    """
    rules = grammar(language.code)
    found: list[Found] = []
    blocked = iter([*taken, (len(text) + 1, len(text) + 1)])
    barrier = next(blocked)
    previous: Found | None = None
    for match in rules.matches(text):
        while barrier[1] <= match.start():
            barrier = next(blocked)
        if match.end() > barrier[0]:
            continue
        quantity = _upper(text, rules, found, match) or _quantity(text, rules, match, local)
        if quantity is None:
            continue
        previous = _ranged(text, rules, found, quantity)
        found.append(previous)
    return [one for one in found if one.unit]


def _upper(text: str, rules: Grammar, found: list[Found], match: re.Match[str]) -> Found | None:
    """The upper end of a range of money whose sign stands before the lower one alone (`$1.2-1.5 billion`)."""
    lower = found[-1] if found else None
    if lower is None or lower.kind != MONEY or match["sign"] or match["currency"] or match["percent"]:
        return None
    gap = text[lower.end : match.start()]
    if gap not in ("-", "–") and (gap != " to " or not match["scale"]):
        return None
    value = rules.value(match["number"], match["scale"])
    if value is None:
        return None
    factor = rules.factor(match["scale"])
    return Found(match.start(), match.end(), MONEY, value, lower.unit, EXACT, "number-money", factor)


def _quantity(text: str, rules: Grammar, match: re.Match[str], local: Mapping[str, str]) -> Found | None:
    groups = match.groupdict()
    value = rules.value(groups["number"], groups["scale"])
    late = rules.factor(groups.get("late"))
    value = value * late if value is not None else None
    if value is None or (match.start() and _is_inside_word(text, match)):
        return None
    start, end, factor = match.start(), match.end(), rules.factor(groups["scale"]) * late
    infix = groups.get("infix")
    qualifier = rules.infix[infix] if infix else _qualifier(text, rules, start, end)
    if groups["percent"] or groups.get("of"):
        return Found(start, end, PERCENT, value, "%", qualifier, "number-percent", factor)
    if groups["sign"] or groups["currency"]:
        unit = _unit(rules, groups["sign"], groups["currency"], local)
        return Found(start, end, MONEY, value, unit, qualifier, "number-money", factor)
    return _count(text, rules, match, value, qualifier)


def _unit(rules: Grammar, sign: str | None, currency: str | None, local: Mapping[str, str]) -> str:
    if currency and not (sign and currency in rules.bare):
        return local.get(currency) or rules.currencies[currency]
    assert sign is not None
    return local.get(sign) or rules.symbols[sign]


def local_currency(text: str, folded: str, language: Language) -> dict[str, str]:
    """What units mean in this text: a name that currencies share, and a bare one where the script tells its place."""
    rules = grammar(language.code)
    used = [name for name in rules.shared if _is_used(name, folded)]
    found = {name: best for name in used if (best := _most_told(rules.shared[name], folded))}
    changed = sum(map(ne, text, folded)) if rules.local else 0
    if changed and changed * 20 >= len(text):
        best = _most_told(rules.local, folded)
        found |= dict.fromkeys(rules.bare, best) if best else {}
    return found


def _is_used(name: str, text: str) -> bool:
    """Whether a unit stands in a text; one of a letter or two only beside a number or its scale."""
    is_plain = len(name) > _LETTERS or not name.isascii()
    return name in text and (is_plain or _short_sign(name).search(text) is not None)


@cache
def _short_sign(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z]){re.escape(name)} ?\d|\d(?: ?[a-z]+)? ?{re.escape(name)}(?![A-Za-z])")


def _most_told(told: dict[str, re.Pattern[str]], text: str) -> str | None:
    """The code whose words a text has most of; None where it has none."""
    counted = {code: len(words.findall(text)) for code, words in told.items()}
    best = max(counted, key=lambda code: counted[code])
    return best if counted[best] else None


def _count(text: str, rules: Grammar, match: re.Match[str], value: Decimal, qualifier: str) -> Found | None:
    """A number in digits that counts things; None where it is a year, a time, an address or an ordinal."""
    start, end = match.start("number"), match.end("scale") if match["scale"] else match.end("number")
    infix = match.groupdict().get("infix")
    end = match.end("late") if infix and match["late"] else end
    after = text[end : end + 80] if infix and match["late"] else text[end + len(infix or "") : end + 80]
    before = text[max(0, start - 40) : start]
    if (
        not match["number"][0].isdigit()
        or (_YEAR.fullmatch(text, start, end) and not rules.counted.match(after))
        or rules.not_counted.match(after)
        or rules.not_before.search(before)
        or (match["scale"] and rules.not_scaled.match(text, match.start("scale")))
    ):
        return None
    if text[match.end() : match.end() + 1] in (":", "/") and text[match.end() + 1 : match.end() + 2].isdigit():
        return None
    unit = rules.unit.match(after)
    is_lower = rules.range_ahead.match(after) is not None
    tally = unit is None and rules.tally.search(text, max(0, start - 110), start)
    if unit is None and not is_lower and not tally:
        return None
    words = "" if unit is None or is_lower else next(filter(None, unit.groups()))
    words = words or (tally[0].split()[0] if tally else "")
    found = Found(start, end, COUNT, value, words, qualifier, "number-count")
    return found._replace(factor=rules.factor(match["scale"]) * rules.factor(match.groupdict().get("late")))


def _is_inside_word(text: str, match: re.Match[str]) -> bool:
    start = match.start()
    before = text[start - 1]
    if match["number"][0].isascii() and text[start].isdigit():
        lower = _LOWER_END.search(text, max(0, start - 14), start) if before == "-" else None
        if lower and (len(lower[0]) > _SCORE or match["scale"] or match["percent"] or match["currency"]):
            return False
        return before.isascii() and (before.isalnum() or (before in ".,/:-" and text[start - 2 : start - 1].isdigit()))
    return False


def _qualifier(text: str, rules: Grammar, start: int, end: int) -> str:
    before = text[max(0, start - 30) : start]
    for qualifier, pattern in rules.before:
        if pattern.search(before):
            return qualifier
    after = text[end : end + 24]
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
    if rules.change.search(text, max(0, lower.start - 90), lower.start):
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
