"""When two numbers say the same, when both can hold, and when one of them must be wrong."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.compare.numbers import Quantity, Relation, is_currency, last_place, relation

SAME, FAR, NEAR, APART = Relation.SAME, Relation.FAR, Relation.NEAR, Relation.APART
QUALIFIERS = ("exact", "about", "more_than", "less_than", "at_least", "at_most")
UNITS = ("USD", "people", "%")

numbers = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**7), 10**7), st.integers(-6, 4)
)
single = st.builds(Quantity, st.sampled_from(UNITS), st.sampled_from(QUALIFIERS), numbers)
ranges = st.builds(
    lambda unit, ends: Quantity(unit, minimum=min(ends), maximum=max(ends)),
    st.sampled_from(UNITS),
    st.tuples(numbers, numbers),
)
half_open = st.one_of(
    st.builds(lambda unit, end: Quantity(unit, minimum=end), st.sampled_from(UNITS), numbers),
    st.builds(lambda unit, end: Quantity(unit, maximum=end), st.sampled_from(UNITS), numbers),
)
quantities = st.one_of(single, ranges, half_open)


def money(text: str, qualifier: str = "exact") -> Quantity:
    return Quantity("USD", qualifier, Decimal(text))


def count(text: str, qualifier: str = "exact") -> Quantity:
    return Quantity("people", qualifier, Decimal(text))


def between(low: str, high: str) -> Quantity:
    return Quantity("USD", minimum=Decimal(low), maximum=Decimal(high))


# ---- what holds for all numbers ----------------------------------------------------------------------


@given(quantities, quantities)
def test_neither_comes_first(one: Quantity, other: Quantity) -> None:
    assert relation(one, other) is relation(other, one)


@given(quantities)
def test_every_number_says_what_it_says(one: Quantity) -> None:
    assert relation(one, one) is SAME


@given(numbers, st.sampled_from(UNITS), st.sampled_from(("exact", "about")), st.sampled_from(("exact", "about")))
def test_one_number_is_one_number_whether_exact_or_about(value: Decimal, unit: str, one: str, other: str) -> None:
    assert relation(Quantity(unit, one, value), Quantity(unit, other, value)) is SAME


@given(quantities, quantities)
def test_numbers_of_which_all_is_below_the_other_are_apart(one: Quantity, other: Quantity) -> None:
    (_, high), (low, _) = one.span(), other.span()
    if high is not None and low is not None and high < low:
        assert relation(one, other) is APART


@given(quantities, quantities)
def test_numbers_that_share_more_than_an_end_are_never_apart(one: Quantity, other: Quantity) -> None:
    lows = [low for low, _ in (one.span(), other.span()) if low is not None]
    highs = [high for _, high in (one.span(), other.span()) if high is not None]
    if not lows or not highs or max(lows) < min(highs):
        assert relation(one, other) is not APART


@given(st.integers(100, 10**7), st.integers(-6, 6), st.integers(1, 5), st.sampled_from(("exact", "about")), st.data())
def test_money_and_its_rounding_to_two_digits_or_more_both_hold(
    digits: int, place: int, dropped: int, qualifier: str, data: st.DataObject
) -> None:
    value = Decimal(digits).scaleb(place)
    rounded = _to_place(value, min(value.adjusted() - 1, place + dropped))
    assert relation(money(str(value)), money(str(rounded), qualifier)) is not APART


@given(st.integers(101, 10**7), st.integers(1, 5))
def test_a_count_and_a_rounding_that_says_about_both_hold(value: int, dropped: int) -> None:
    rounded = _to_place(Decimal(value), min(Decimal(value).adjusted() - 1, dropped))
    assert relation(count(str(value)), count(f"{rounded:f}", "about")) is not APART


def _to_place(value: Decimal, place: int) -> Decimal:
    """`value` rounded to the digit of that weight."""
    return value.quantize(Decimal(1).scaleb(place), ROUND_HALF_UP) + Decimal(0)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_exact_counts_below_a_hundred_are_what_they_are(one: int, other: int) -> None:
    one, other = one % 99 + 1, other % 99 + 1
    assert (relation(count(str(one)), count(str(other))) is APART) is (one != other)


@given(numbers, numbers, st.sampled_from(("at_least", "more_than")), st.sampled_from(("at_most", "less_than")))
def test_a_least_and_a_most_are_apart_only_where_they_leave_nothing(
    least: Decimal, most: Decimal, lower: str, upper: str
) -> None:
    found = relation(Quantity("USD", lower, least), Quantity("USD", upper, most))
    nothing_left = most < least or (most == least and (lower, upper) != ("at_least", "at_most"))
    assert (found is APART) is nothing_left


@given(numbers)
def test_the_last_place_divides_the_number_as_printed(value: Decimal) -> None:
    place = last_place(value)
    assert place > 0
    assert value % place == 0


# ---- cases -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Rounding.
        (money("8810000000"), money("8800000000"), NEAR),
        (money("8810000000"), money("8840000000"), APART),
        (money("8.81"), money("8.84"), APART),
        (money("8.80"), money("8.81"), NEAR),  # engines drop the zero, so it tells nothing
        (money("8.8"), money("8.9"), APART),
        (money("8"), money("8.5"), APART),  # no rounding is wider than a twentieth
        (money("58.1"), money("58.10"), SAME),
        (money("8810000000"), money("9000000000", "about"), NEAR),
        # Counts.
        (count("10"), count("11"), APART),
        (count("11"), count("12"), APART),
        (count("17800"), count("17782"), NEAR),
        (count("17800", "about"), count("17782"), NEAR),
        (count("17800"), count("17700"), APART),
        (count("500", "about"), count("512"), NEAR),
        (count("500"), count("512"), APART),
        # Bounds.
        (money("8", "more_than"), money("8.81"), NEAR),
        (money("8.8", "more_than"), money("8.8"), NEAR),
        (money("9", "more_than"), money("8.81"), APART),
        (money("9", "less_than"), money("8.81"), NEAR),
        (money("8", "less_than"), money("8.81"), APART),
        (count("12", "at_least"), count("11"), APART),
        (count("11", "at_least"), count("12"), NEAR),
        (count("11", "at_least"), count("11", "at_most"), NEAR),
        (count("11", "more_than"), count("11", "less_than"), APART),
        (count("11", "more_than"), count("11", "at_most"), APART),
        (money("8", "more_than"), money("20", "less_than"), FAR),
        (count("100", "more_than"), count("9000"), FAR),
        # Ranges.
        (between("7", "8"), money("7.5"), NEAR),
        (between("7", "8"), money("9.5"), APART),
        (between("7", "8"), between("7", "8"), SAME),
        (between("7", "8"), between("7.5", "9"), NEAR),
        (between("7", "8"), between("8.5", "9"), APART),
        # Shares and ranks.
        (Quantity("%", value=Decimal("45.2")), Quantity("%", value=Decimal(45)), NEAR),
        (Quantity("%", value=Decimal("45.2")), Quantity("%", value=Decimal(46)), APART),
        (Quantity("rank", value=Decimal(3)), Quantity("rank", value=Decimal(4)), APART),
        # Nothing and less than nothing.
        (count("0"), count("0"), SAME),
        (count("0"), count("1"), APART),
        (Quantity("%", value=Decimal("-5.1")), Quantity("%", value=Decimal("-5")), NEAR),
        (Quantity("%", value=Decimal("-5.1")), Quantity("%", value=Decimal("5.1")), APART),
    ],
    ids=str,
)
def test_case(one: Quantity, other: Quantity, expected: Relation) -> None:
    assert relation(one, other) is expected


@pytest.mark.parametrize(
    ("printed", "place"),
    [("8800", "100"), ("8810000000", "10000000"), ("58.1", "0.1"), ("58.10", "0.1"), ("7", "1"), ("100.0", "100")],
)
def test_the_last_place_is_the_weight_of_the_last_digit_that_is_no_zero(printed: str, place: str) -> None:
    assert last_place(Decimal(printed)) == Decimal(place)


def test_a_currency_is_three_capital_letters() -> None:
    assert [unit for unit in ("USD", "CNY", "usd", "US", "USDT", "№№№", "ÄÖÜ", "%", "") if is_currency(unit)] == [
        "USD",
        "CNY",
    ]
