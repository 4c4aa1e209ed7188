"""Rows of an answer as text that other programs read: JSON, JSON lines, CSV, TSV, and tables in Markdown.

What writes them is imported where it is used, so that the command line knows the formats without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from kg.result import Result, Row

FORMATS = ("json", "jsonl", "csv", "tsv", "markdown")

_SOURCE_PARTS = ("report", "publisher", "date", "url", "sentence", "start", "end", "cites")


def write(result: Result, form: str) -> str:
    """Rows in one of `FORMATS`, every line with its end (a line feed); InputError for any other."""
    if form == "json":
        return result.to_json(indent=2) + "\n"
    if form == "jsonl":
        return _json_lines(result)
    if form in ("csv", "tsv"):
        return _separated(result, "," if form == "csv" else "\t")
    if form == "markdown":
        return _markdown(result)
    raise InputError(f"rows cannot be written as {form!r}; the formats are {' '.join(FORMATS)}")


def _json_lines(result: Result) -> str:
    import json

    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in result.to_dicts())


def _separated(result: Result, separator: str) -> str:
    """CSV or TSV with a header; the first source of each row is spread over columns of its own."""
    import csv
    import io

    names = [name for name in result.columns if name != "sources"]
    has_sources = "sources" in result.columns
    head = names + ([f"source_{part}" for part in _SOURCE_PARTS] if has_sources else [])
    body = ([_cell(row[name]) for name in names] + (_first_source(row) if has_sources else []) for row in result)

    def line(cells: list[Any]) -> str:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=separator, lineterminator="\r\n").writerow(cells)  # quotes either of the two
        return out.getvalue().removesuffix("\r\n") + "\n"

    return "".join(map(line, [head, *body]))


def _first_source(row: Row) -> list[Any]:
    first = row["sources"][0] if row["sources"] else {}
    return [_cell(first.get(part)) for part in _SOURCE_PARTS]


def _cell(value: Any) -> Any:
    from kg.result import jsonable

    if isinstance(value, list):
        return "; ".join(str(jsonable(item)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else jsonable(value)


def _markdown(result: Result) -> str:
    """A table for people: labels without their IRIs, and as the last column what each row's sources say."""
    from kg.result import clean, text_of

    names = [name for name in result.columns if not name.endswith("_iri") and name not in ("sources", "claim")]
    has_sources = "sources" in result.columns
    head = [*names, *(["receipt"] if has_sources else [])]
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for row in result:
        cells = [text_of(row[name]) for name in names]
        if has_sources:
            cells.append(" ".join(source["sentence"] or source["cites"] or "" for source in row["sources"]))
        lines.append(f"| {' | '.join(clean(cell).replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines) + "\n"
