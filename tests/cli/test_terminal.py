"""Text on a terminal cannot drive it, and keeps to its width in any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli.terminal import clean, columns, table, wrap
from kg.result import Result, Row


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\u202eb", "a\\x202eb"),
        ("bell\x07", "bell\\x07"),
        ("\x9bcsi", "\\x9bcsi"),
        ("line\nline", "line line"),
    ],
)
def test_control_characters_and_direction_overrides_are_shown_not_sent(text, shown):
    assert clean(text) == shown


@given(st.text(), st.integers(8, 120))
def test_wrapped_lines_keep_to_the_width_and_lose_nothing_but_space(text, width):
    cleaned = clean(text)
    lines = wrap(cleaned, width)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(cleaned.split())


@given(st.lists(st.lists(st.text(max_size=80), min_size=5, max_size=5), max_size=4), st.integers(40, 200))
def test_tables_keep_to_the_width(cells, width):
    names = ["a", "b", "c", "d", "e"]
    rows = [Row(zip(names, row, strict=True)) for row in cells]
    assert all(columns(line) <= width for line in table(Result(names, rows), width))


def test_wide_characters_take_two_columns():
    assert columns("香港 HK") == 7
