"""Numerals in Chinese characters."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def numeral(words: str) -> Decimal | None:
    """What a numeral in characters up to 9999 is worth, with decimals after 点; None where it is none."""
    for sign, factor in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)):
        before, found, after = words.partition(sign)
        if found and (factor > 1000 or before[:1].isascii()):
            upper, lower = numeral(before), numeral(after) if after else Decimal(0)
            return None if upper is None or lower is None else upper * factor + lower
    if words[:1].isascii():
        return Decimal(words.replace(",", "")) if words.replace(",", "").replace(".", "", 1).isdigit() else None
    whole, _, decimals = words.partition("点")
    value = _whole(whole)
    if value is None or any(sign not in _DIGITS for sign in decimals):
        return None
    if not decimals:
        return Decimal(value)
    return Decimal(f"{value}.{''.join(str(_DIGITS[sign]) for sign in decimals)}")


def _whole(words: str) -> int | None:
    if all(sign in _DIGITS for sign in words):
        return int("".join(str(_DIGITS[sign]) for sign in words)) if len(words) < 10 else None
    total, digit, last = 0, 0, 10_000
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
            continue
        if _TENS.get(sign, last) >= last:
            return None
        last = _TENS[sign]
        total += (digit or 1) * last
        digit = 0
    return total + digit
