"""What counts as found: pairs are one to one, and each task asks for what its definition says."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.marked import TASKS, Report, compare
from benchmarks.scores import Score, interval, total

BY_NAME = {task.name: task for task in TASKS}
SAID = {"kind": "direct", "start": 10, "end": 20, "speaker": "Ana Example"}
PAID = {"investor": "Example Corp", "place": "Hanoi", "amount": {"value": 5, "currency": "USD", "qualifier": "exact"}}
SUM = {"kind": "money", "value": 5, "unit": "USD", "qualifier": "exact", "start": 3, "end": 8}
UNTOLD = {"investor": "Example Corp", "place": "Hanoi", "amount": None}


@pytest.mark.parametrize(
    ("task", "mark", "change", "is_same"),
    [
        ("quotes", SAID, {"end": 17}, True),
        ("quotes", SAID, {"end": 16}, False),
        ("quotes", SAID, {"kind": "indirect"}, False),
        ("quotes", SAID, {"speaker": "Budi Example"}, True),
        ("attribution", SAID, {"speaker": "Budi Example"}, False),
        ("attribution", SAID, {"speaker": "ANA  example."}, True),
        ("investments", PAID, {"amount": None}, True),
        ("investments", PAID, {"place": "Hue"}, False),
        ("investment amounts", PAID, {"amount": None}, False),
        ("investment amounts", PAID, {"amount": {"value": 5, "currency": "USD", "qualifier": "about"}}, False),
        ("investment amounts", UNTOLD, {}, True),
        ("quantities", SUM, {"start": 7, "end": 12}, True),
        ("quantities", SUM, {"start": 8, "end": 12}, False),
        ("quantities", SUM, {"unit": "IDR"}, False),
        ("quantities", {**SUM, "kind": "count", "unit": "plants"}, {"unit": "factories"}, True),
        ("agreements", {"parties": ["A", "B"]}, {"parties": ["B"]}, True),
        ("agreements", {"parties": ["A", "B"]}, {"parties": ["B", "C"]}, False),
        ("dates", {"date": "2024-05-13", "start": 0, "end": 4}, {"date": "2024-05-14"}, False),
        ("entities", {"name": "Example Corp", "type": "Company"}, {"type": "Organization"}, False),
    ],
)
def test_when_an_item_is_right(task: str, mark: dict[str, Any], change: dict[str, Any], is_same: bool) -> None:
    assert BY_NAME[task].same({**mark, **change}, mark) is is_same


def test_each_mark_is_found_once() -> None:
    task = BY_NAME["quotes"]
    report = Report("one", "en", {"statements": [SAID]}, {"statements": [SAID, SAID]})
    outcome = compare(report, task)
    assert [len(items) for items in outcome] == [1, 1, 0]
    assert report.marks["statements"] == [SAID]


def test_scores() -> None:
    one = total([Score(2, 1, 0), Score(1, 0, 2)])
    assert (one.precision, one.recall, one.f1) == (0.75, 0.6, pytest.approx(2 / 3))
    assert Score().f1 == 0
    low, high = interval([Score(2, 1, 0), Score(1, 0, 2)])
    assert low <= one.f1 <= high
