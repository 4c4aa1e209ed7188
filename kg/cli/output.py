"""An answer on standard output, in the format that was asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg import rows

if TYPE_CHECKING:
    from kg.result import Result, Triples

ROW_FORMATS = ("table", *rows.FORMATS)
GRAPH_FORMATS = ("turtle", "ntriples", "jsonld", "rdfxml")


def write_rows(result: Result, form: str, empty: str = "no rows") -> None:
    """Write rows; `empty` is what a table says where there are none."""
    if form == "table":
        _write_table(result, empty)
    else:
        sys.stdout.write(rows.write(result, form))


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
