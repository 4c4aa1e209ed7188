"""Hard cases, made up: each a text beside what is to be found in it, for the tasks that the case is about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.read import as_json, decode, read

CASES = Path(__file__).parent / "cases"
FIELDS = {
    "statements": ("speaker", "kind", "text"),
    "investments": ("investor", "place", "amount"),
    "agreements": ("parties", "amount"),
    "entities": ("name", "type"),
    "quantities": ("kind", "value", "qualifier"),
    "dates": ("date",),
}


def _plain(task: str, items: list[Any]) -> list[str]:
    """What a case tells of each item, in an order of its own; a list stands for the values of the fields."""
    rows = []
    for item in items:
        if isinstance(item, dict):
            values = [sorted(item[field]) if field == "parties" else item.get(field) for field in FIELDS[task]]
        else:
            values = item if isinstance(item, list) else [item]
        rows.append(json.dumps(values, ensure_ascii=False, sort_keys=True))
    return sorted(rows)


@pytest.mark.parametrize("path", sorted(CASES.glob("*/*.json")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path) -> None:
    expected = json.loads(path.read_text(encoding="utf-8"))
    text = decode(path.with_suffix(".txt").read_bytes(), path.name)
    found = as_json(read(text, path.parent.name))
    assert {task: _plain(task, found[task]) for task in expected} == {
        task: _plain(task, items) for task, items in expected.items()
    }


@pytest.mark.parametrize("language", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
def test_every_case_is_explained(language: str) -> None:
    told = {line.partition(":")[0] for line in (CASES / language / "README").read_text(encoding="utf-8").splitlines()}
    assert {path.stem for path in (CASES / language).glob("*.json")} <= told
