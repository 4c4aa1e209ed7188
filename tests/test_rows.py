"""Rows as text: every format can be read back to what was written, and a format that is none is refused."""

from __future__ import annotations

import csv
import io
import json
import string
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import rows
from kg.errors import InputError
from kg.result import Result, Row

SOURCE = {"report": "A report", "publisher": None, "date": "2021-12", "url": None, "sentence": "He said so.",
          "start": 3, "end": 14, "cites": None, "report_iri": "https://example.org/report"}  # fmt: skip
MIXED = Row(claim="https://example.org/claim", speaker="Ann", speaker_iri="https://example.org/ann",
            amount=Decimal("2.50"), day=date(2021, 12, 7), open=True, topics=["a|b", "c"], role=None,
            sources=[SOURCE])  # fmt: skip
RESULT = Result(MIXED, [MIXED])

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TABLES = st.integers(1, 4).flatmap(lambda size: st.lists(st.lists(TEXTS, min_size=size, max_size=size), max_size=4))


def result_of(cells: list[list[str]]) -> Result:
    names = string.ascii_lowercase[: len(cells[0]) if cells else 1]
    return Result(names, [Row(zip(names, row, strict=True)) for row in cells])


def test_csv_spreads_the_first_source_and_joins_lists():
    (row,) = csv.DictReader(io.StringIO(rows.write(RESULT, "csv"), newline=""))
    assert row == {
        "claim": "https://example.org/claim", "speaker": "Ann", "speaker_iri": "https://example.org/ann",
        "amount": "2.5", "day": "2021-12-07", "open": "true", "topics": "a|b; c", "role": "",
        "source_report": "A report", "source_publisher": "", "source_date": "2021-12", "source_url": "",
        "source_sentence": "He said so.", "source_start": "3", "source_end": "14", "source_cites": "",
    }  # fmt: skip


def test_markdown_shows_labels_and_what_sources_say():
    assert rows.write(RESULT, "markdown") == (
        "| speaker | amount | day | open | topics | role | receipt |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| Ann | 2.50 | 2021-12-07 | yes | a\\|b, c |  | He said so. |\n"
    )


@pytest.mark.parametrize("form", rows.FORMATS)
def test_the_last_line_ends_and_nothing_stands_behind_it(form):
    text = rows.write(RESULT, form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_json_and_json_lines_give_the_rows_as_they_are():
    assert json.loads(rows.write(RESULT, "json")) == RESULT.to_dicts()
    assert [json.loads(line) for line in rows.write(RESULT, "jsonl").splitlines()] == RESULT.to_dicts()
    assert (rows.write(Result("a", []), "json"), rows.write(Result("a", []), "jsonl")) == ("[]\n", "")


@given(TABLES, st.sampled_from([("csv", ","), ("tsv", "\t")]))
def test_separated_values_read_back_as_what_was_written(cells, form):
    name, separator = form
    result = result_of(cells)
    header, *read = csv.reader(io.StringIO(rows.write(result, name), newline=""), delimiter=separator)
    assert header == list(result.columns)
    assert read == cells


@given(TABLES)
def test_a_row_in_markdown_is_one_line_with_a_cell_for_each_column(cells):
    result = result_of(cells)
    lines = rows.write(result, "markdown").split("\n")[:-1]
    assert len(lines) == 2 + len(cells)
    assert all(line.replace("\\|", "").count("|") == len(result.columns) + 1 for line in lines)


@pytest.mark.parametrize("form", ["table", "xlsx", "", "JSON"])
def test_a_format_that_is_none_is_refused_with_those_there_are(form):
    with pytest.raises(InputError, match="json jsonl csv tsv markdown"):
        rows.write(RESULT, form)
