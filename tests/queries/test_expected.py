"""The rows beside each query are the rows it gives, on every engine, with and without what is inferred."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from kg import compare
from kg.backends.base import bound_text
from kg.query.catalog import Query
from kg.query.params import bind
from kg.solutions import Solution
from kg.terms import Literal

ENGINES = ["fast form", "the engine on plain Turtle", "the engine on named graphs", "the engine with what is inferred"]
"""Beside rdflib, which made the expected rows: test_generated.py makes them again and compares."""


def expected(query: Query, folder: Path) -> tuple[list[str], Counter[tuple[object, ...]]]:
    with (folder / f"{query.name}.expected.csv").open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    return header, Counter(tuple(map(value, line)) for line in lines)


def value(cell: str) -> object:
    """A cell, numbers by their value."""
    try:
        return Decimal(cell)
    except InvalidOperation:
        return cell


def cells(row: Solution, header: list[str]) -> tuple[object, ...]:
    terms = (row.get(name) for name in header)
    return tuple("" if t is None else value(t.value if isinstance(t, Literal) else str(t)) for t in terms)


@pytest.mark.parametrize("engine", ENGINES)
def test_expected_rows(query, folder, whole, engine):
    example = query.examples[0] if query.examples else {}
    bound = bind(query, example, whole.store.names())
    if engine == "fast form":
        assert query.sql is not None, "every query that ships has a fast form"
        found = whole.store.fast(query, bound)
    else:
        found = whole.quick[engine].sparql(bound_text(query, bound)).solutions
    if query.step:
        found = compare.STEPS[query.step](found, bound, whole.identity)
    header, rows = expected(query, folder)
    assert Counter(cells(row, header) for row in found) == rows
    assert rows, "a query that ships shows something"


def test_expected_rows_are_sorted_and_written_once(query, folder):
    text = (folder / f"{query.name}.expected.csv").read_text(encoding="utf-8")
    _, *lines = csv.reader(text.splitlines())
    assert lines == sorted(lines)
    assert "\r" not in text
