"""An answer on standard output, in the format that was asked for."""

from __future__ import annotations

import json
import sys
from typing import Any

from kg.result import Result, Row, Triples, jsonable

ROW_FORMATS = ("table", "json", "jsonl", "csv", "tsv", "markdown")
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")
_SOURCE_PARTS = ("report", "publisher", "date", "url", "sentence", "start", "end", "cites")


def write_rows(result: Result, form: str, empty: str = "no rows") -> None:
    """Write rows; `empty` is what a table says where there are none."""
    if form == "json":
        print(result.to_json(indent=2))
    elif form == "jsonl":
        for row in result.to_dicts():
            print(json.dumps(row, ensure_ascii=False))
    elif form in ("csv", "tsv"):
        sys.stdout.write(_separated(result, "," if form == "csv" else "\t"))
    elif form == "markdown":
        _write_markdown(result)
    else:
        _write_table(result, empty)


def write_triples(triples: Triples, form: str) -> None:
    """Write triples in an RDF syntax."""
    sys.stdout.write(triples.serialise(form))


def _write_table(result: Result, empty: str) -> None:
    from kg.cli.terminal import table, width

    if not len(result):
        print(empty)
        return
    for line in table(result, width()):
        print(line)
    if result.total > len(result):
        print(f"{len(result)} of {result.total} rows; give a larger --limit for more")


def _separated(result: Result, separator: str) -> str:
    """CSV or TSV with a header; the first source of each row is spread over columns of its own."""
    import csv
    import io

    names = [name for name in result.columns if name != "sources"]
    has_sources = "sources" in result.columns
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(names + ([f"source_{part}" for part in _SOURCE_PARTS] if has_sources else []))
    for row in result:
        writer.writerow([_cell(row[name]) for name in names] + (_first_source(row) if has_sources else []))
    return out.getvalue()


def _first_source(row: Row) -> list[Any]:
    first = row["sources"][0] if row["sources"] else {}
    return [_cell(first.get(part)) for part in _SOURCE_PARTS]


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(str(jsonable(item)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else jsonable(value)


def _write_markdown(result: Result) -> None:
    from kg.cli.terminal import clean
    from kg.result import text_of

    names = [name for name in result.columns if not name.endswith("_iri") and name not in ("sources", "claim")]
    has_sources = "sources" in result.columns
    head = [*names, *(["receipt"] if has_sources else [])]
    print(f"| {' | '.join(head)} |\n|{' --- |' * len(head)}")
    for row in result:
        cells = [text_of(row[name]) for name in names]
        if has_sources:
            cells.append(" ".join(source["sentence"] or source["cites"] or "" for source in row["sources"]))
        print(f"| {' | '.join(clean(cell).replace('|', chr(92) + '|') for cell in cells)} |")
