"""Periods of time as ISO 8601 writes them, and as the first and last day they mean."""

from __future__ import annotations

import calendar
import re
from datetime import date

from kg.errors import InputError

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def days(text: str) -> tuple[str | None, str | None]:
    """First and last day of a day, month, year or interval (`2021-01/2021-09`, `../2021-09`, `1997/..`).

    None stands for an open end. InputError for what is no period.
    """
    if "/" not in text:
        return _part(text)
    first, _, last = text.partition("/")
    start = None if first == ".." else _part(first)[0]
    end = None if last == ".." else _part(last)[1]
    if start is None and end is None:
        raise InputError(f"{text!r} is open on both sides; leave it out instead")
    if start and end and start > end:
        raise InputError(f"{text!r} ends before it starts")
    return start, end


def shown(start: str | None, end: str | None) -> str | None:
    """The shortest ISO 8601 form of a first and last day; None where neither is known."""
    if start is None and end is None:
        return None
    if start and end:
        whole = _whole(start, end)
        if whole:
            return whole
    by_month = (start is None or start.endswith("-01")) and (end is None or _is_month_end(end))
    cut = 7 if by_month else 10
    return f"{start[:cut] if start else '..'}/{end[:cut] if end else '..'}"


def _whole(start: str, end: str) -> str | None:
    """A single day, month or year, where the two days bound one."""
    if start == end:
        return start
    if start[:7] == end[:7] and start.endswith("-01") and _is_month_end(end):
        return start[:7]
    if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4]
    return None


def _is_month_end(day: str) -> bool:
    year, month, number = (int(part) for part in day.split("-"))
    return number == calendar.monthrange(year, month)[1]


def _part(text: str) -> tuple[str, str]:
    match = _PART.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        first = date(year, month, day)
        if match[3]:
            return first.isoformat(), first.isoformat()
        month = int(match[2] or 12)
        return first.isoformat(), date(year, month, calendar.monthrange(year, month)[1]).isoformat()
    except ValueError:
        raise InputError(f"{text!r} is no day, month or year; write YYYY-MM-DD, YYYY-MM or YYYY") from None
