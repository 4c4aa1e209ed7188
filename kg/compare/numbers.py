"""Numbers as reports print them: how exact they are, and whether two of them can both hold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

_FINE = Decimal("0.01")
"""A count that claims to be exact is a rounding only where its last digit that is no zero is finer than this part.

Money of one digit covers no more than this part to either side: 10 is a rounding of 10.07, and 20 none of 21.
"""

_CLOSE = Decimal("0.1")
"""What is said to be about a number is no farther from it than this part."""

_BESIDE = Decimal("0.25")
"""A bound farther from a number than this part tells nothing of it: more than 100 is said of 120, hardly of 500."""


class Relation(Enum):
    """How two numbers stand to one another."""

    SAME = "both say the same"
    FAR = "both can hold, and neither tells of the other"
    NEAR = "the numbers or their qualifiers differ, and both can hold"
    APART = "both cannot hold"


@dataclass(frozen=True)
class Quantity:
    """A number or a range with its unit, and how exact it is, as kg:qualifier has it."""

    unit: str
    qualifier: str = "exact"
    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None

    @property
    def nominal(self) -> Decimal:
        """The number to go by: the value, or the end of the range that is known."""
        found = next((n for n in (self.value, self.minimum, self.maximum) if n is not None), None)
        return Decimal(0) if found is None else found

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency (ISO 4217)."""
        return is_currency(self.unit)

    def span(self) -> tuple[Decimal | None, Decimal | None]:
        """The numbers it may stand for: low and high end, None where there is none."""
        if self.value is None:
            return self.minimum, self.maximum
        if self.qualifier in ("more_than", "at_least"):
            return self.value, None
        if self.qualifier in ("less_than", "at_most"):
            return None, self.value
        slack = self.slack()
        return self.value - slack, self.value + slack

    def slack(self) -> Decimal:
        """Half of the last place that is printed: how far the number may be from what was counted."""
        if self.value is None or not self.value:
            return Decimal(0)
        place = last_place(self.value)
        is_count = not self.is_money and self.unit != "%" and self.value == self.value.to_integral_value()
        if is_count and self.qualifier == "exact" and place > _FINE * abs(self.value):
            return Decimal(0)
        if self.qualifier == "about":
            return min(place / 2, _CLOSE * abs(self.value))
        # Of 20 nobody can tell whether it was rounded from 19 or from 25; of 8.8 one can.
        is_one_digit = self.unit != "%" and len(self.value.normalize().as_tuple().digits) == 1
        return min(place / 2, _FINE * abs(self.value)) if is_one_digit else place / 2


def is_currency(unit: str) -> bool:
    """Whether a unit is written like a currency code of ISO 4217."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def last_place(value: Decimal) -> Decimal:
    """The weight of the last digit that is no zero: 100 for 8800. Engines drop zeros at the end."""
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)


def relation(one: Quantity, other: Quantity) -> Relation:
    """Whether two numbers for one thing in one unit say the same, can both hold, or cannot."""
    if one.value is not None and one.value == other.value:
        return _same_number(one.qualifier, other.qualifier)
    (low, high), (bottom, top) = one.span(), other.span()
    if (low, high) == (bottom, top):
        return Relation.SAME
    if _is_below(high, bottom, one, other) or _is_below(top, low, other, one):
        return Relation.APART
    far = abs(one.nominal - other.nominal) > _BESIDE * max(abs(one.nominal), abs(other.nominal))
    return Relation.FAR if far else Relation.NEAR


def _same_number(one: str, other: str) -> Relation:
    pair = {one, other}
    if len(pair) == 1 or pair <= {"exact", "about"}:
        return Relation.SAME
    if pair in ({"more_than", "less_than"}, {"more_than", "at_most"}, {"at_least", "less_than"}):
        return Relation.APART
    return Relation.NEAR


def _is_below(high: Decimal | None, low: Decimal | None, below: Quantity, above: Quantity) -> bool:
    """Whether all of one span is below the other; a common end is in both, unless a bound excludes it or both round."""
    if high is None or low is None:
        return False
    if high != low:
        return high < low
    is_left_out = below.qualifier == "less_than" or above.qualifier == "more_than"
    return is_left_out or bool(below.slack() and above.slack())
