"""Reports that were marked by hand, and when what the reader finds in one counts as right."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.read import as_json, decode, read

HERE = Path(__file__).parent / "marked"
"""The reports that ship with the checkout, a folder a language; every name in them is made up."""

Item = dict[str, Any]
Same = Callable[[Item, Item], bool]


class Task(NamedTuple):
    """Something that is scored: its name, the list that it reads, and when two items of it are the same."""

    name: str
    key: str
    same: Same


class Outcome(NamedTuple):
    """What was found rightly, what was found and is not marked, and what is marked and was not found."""

    right: list[Item]
    wrong: list[Item]
    missed: list[Item]


class Report(NamedTuple):
    """A marked report: its name, its language, its marks, and what the reader finds, each with its rule."""

    name: str
    language: str
    marks: dict[str, Any]
    found: dict[str, Any]


def reports(folder: Path, names: str = "*") -> Iterator[Report]:
    """Each pair of NAME.txt and NAME.json in a folder and below it, read, in their order; `names` is a glob."""
    for path in sorted(folder.rglob(f"{names}.json")):
        marks = json.loads(path.read_text(encoding="utf-8"))
        found = as_json(read(decode(path.with_suffix(".txt").read_bytes(), path.name)), explain=True)
        yield Report(path.stem, marks["report"]["language"], marks, found)


def compare(report: Report, task: Task) -> Outcome:
    """The found items of a task, paired with the marked ones one to one in the order in which they were found."""
    left = list(report.marks.get(task.key) or ())
    outcome = Outcome([], [], left)
    for item in report.found[task.key]:
        pair = next((mark for mark in left if task.same(item, mark)), None)
        if pair is None:
            outcome.wrong.append(item)
        else:
            left.remove(pair)
            outcome.right.append(item)
    return outcome


def _name(words: str) -> str:
    """A name for comparison: case, punctuation and space do not count."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", words).casefold()).strip()


def _shared(a: Item, b: Item) -> float:
    """The part of two spans together that both cover."""
    both: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    together: int = max(a["end"], b["end"]) - min(a["start"], b["start"])
    return max(0.0, both / together)


def _is_near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-6 * max(1.0, abs(b))


def _quote(a: Item, b: Item) -> bool:
    return bool(a["kind"] == b["kind"]) and _shared(a, b) >= 0.7


def _attribution(a: Item, b: Item) -> bool:
    return _quote(a, b) and _name(a["speaker"]) == _name(b["speaker"])


def _investment(a: Item, b: Item) -> bool:
    return _name(a["investor"]) == _name(b["investor"]) and _name(a["place"]) == _name(b["place"])


def _invested_amount(a: Item, b: Item) -> bool:
    x, y = a["amount"], b["amount"]
    if not _investment(a, b) or x is None or y is None:
        return _investment(a, b) and x is y
    return (x["currency"], x["qualifier"]) == (y["currency"], y["qualifier"]) and _is_near(x["value"], y["value"])


def _agreement(a: Item, b: Item) -> bool:
    x, y = ({_name(party) for party in item["parties"]} for item in (a, b))
    return len(x & y) * 2 >= len(x | y) > 0


def _quantity(a: Item, b: Item) -> bool:
    alike = (a["kind"], a["qualifier"]) == (b["kind"], b["qualifier"]) and _is_near(a["value"], b["value"])
    return alike and _shared(a, b) > 0 and (a["kind"] != "money" or a["unit"] == b["unit"])


def _date(a: Item, b: Item) -> bool:
    return _shared(a, b) > 0 and bool(a["date"] == b["date"])


def _entity(a: Item, b: Item) -> bool:
    return _name(a["name"]) == _name(b["name"]) and bool(a["type"] == b["type"])


TASKS = (
    Task("quotes", "statements", _quote),
    Task("attribution", "statements", _attribution),
    Task("investments", "investments", _investment),
    Task("investment amounts", "investments", _invested_amount),
    Task("agreements", "agreements", _agreement),
    Task("quantities", "quantities", _quantity),
    Task("dates", "dates", _date),
    Task("entities", "entities", _entity),
)
"""What is scored. A statement's span counts as found where it shares seven tenths with the marked one."""
