"""Periods as ISO 8601 writes them, and the days they mean."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.periods import days, shown


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021-12-07", "2021-12-07", "2021-12-07"),
        ("2021-09", "2021-09-01", "2021-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-12-06/2021-12-07", "2021-12-06", "2021-12-07"),
        ("2021-01/2021-09", "2021-01-01", "2021-09-30"),
        ("2020/2021-03-15", "2020-01-01", "2021-03-15"),
        ("../2021-09", None, "2021-09-30"),
        ("1997/..", "1997-01-01", None),
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_period_means_its_first_and_last_day(period: str, first: str | None, last: str | None) -> None:
    assert days(period) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "x", "..", "../..", "/", "2021/", "/2021", "2021-13", "2021-00", "2021-02-30", "21", "20211", "2021-1",
     "2021-12-7",
     "2021-12-07T10:00", "2021-12-07Z", "20211207", "2021-W49-2", "2021-341", "-0044-03-15", "0000", "2021-09/2021-01",
     "2021/2022/2023", "2021 / 2022", " 2021", "2021\n", "２０２１", "٢٠٢١", "+2021", "P1Y"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        days(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("first", "last", "period"),
    [
        (None, None, None),
        ("2021-12-07", "2021-12-07", "2021-12-07"),
        ("2021-09-01", "2021-09-30", "2021-09"),
        ("2021-01-01", "2021-12-31", "2021"),
        ("2021-01-01", "2021-09-30", "2021-01/2021-09"),
        ("2021-12-06", "2021-12-07", "2021-12-06/2021-12-07"),
        (None, "2021-09-30", "../2021-09"),
        (None, "2021-09-29", "../2021-09-29"),
        ("2021-09-02", None, "2021-09-02/.."),
    ],
)
def test_a_period_is_shown_in_short(first: str | None, last: str | None, period: str | None) -> None:
    assert shown(first, last) == period


@given(st.dates(), st.dates())
def test_what_is_shown_means_the_same_days(one: date, other: date) -> None:
    first, last = sorted((one.isoformat(), other.isoformat()))
    for start, end in ((first, last), (first, None), (None, last), (first, first)):
        period = shown(start, end)
        assert period is not None
        assert days(period) == (start, end)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_months_and_years_are_shown_as_such(year: int, month: int) -> None:
    end = calendar.monthrange(year, month)[1]
    assert shown(f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{end:02}") == f"{year:04}-{month:02}"
    assert shown(*days(f"{year:04}")) == f"{year:04}"
