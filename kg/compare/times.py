"""How two times stand to one another, each a first and a last day that may be open."""

from __future__ import annotations

from kg.compare.facts import Period
from kg.periods import shown

_MONTH = len("2021-12")


def are_one_time(one: Period, other: Period) -> bool:
    """Whether two reports can be right about when an event took place.

    A day may be one of several, and a month holds its days; an opening day, or all days of an event, are what they are.
    """
    if one == other or are_disjoint(one, other):
        return one == other
    if any(None not in days and len(shown(*days) or "") <= _MONTH for days in (one, other)):
        return True
    if one[0] == one[1] or other[0] == other[1]:
        return True
    return all(None in ends or ends[0] == ends[1] for ends in zip(one, other, strict=True))


def is_inside(one: Period, other: Period) -> bool:
    """Whether one of two times lies within the other, and they are not the same."""
    return one != other and (covers(one, other) or covers(other, one))


def covers(outer: Period, inner: Period) -> bool:
    """Whether a time with both ends lies within another."""
    if None in inner:
        return False
    assert inner[0]
    assert inner[1]
    return (outer[0] is None or outer[0] <= inner[0]) and (outer[1] is not None and inner[1] <= outer[1])


def are_disjoint(one: Period, other: Period) -> bool:
    """Whether one time is over before the other begins."""
    ends = ((one[1], other[0]), (other[1], one[0]))
    return any(end is not None and start is not None and end < start for end, start in ends)
