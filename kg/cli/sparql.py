"""`kg sparql`: any SPARQL 1.1 query, from the command line, a file or standard input."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import kg
from kg.cli.deadline import within
from kg.cli.output import GRAPH_FORMATS, ROW_FORMATS, write_rows, write_triples
from kg.errors import InputError
from kg.query.lexer import lexemes
from kg.result import Triples


def run(options: argparse.Namespace) -> int:
    """Run a query and write what it gives."""
    text = _text(options.query)
    with kg.open(options.store, timeout=options.timeout) as graph, within(options.timeout):
        if options.asserted:
            graph = graph.asserted()
        found = graph.sparql(text)
    if isinstance(found, bool):
        print(json.dumps({"boolean": found}) if options.format == "json" else str(found).lower())
    elif isinstance(found, Triples):
        write_triples(found, _format(options.format, GRAPH_FORMATS, "triples"))
    else:
        write_rows(found, _format(options.format, ROW_FORMATS, "rows"))
    return 0


_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "BASE", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP")


def _text(given: str) -> str:
    """The query: standard input for `-`, a file's text where there is such a file, else what was given."""
    if given == "-":
        return sys.stdin.read()
    first = next((piece.text.upper() for piece in lexemes(given) if piece.kind == "word"), "")
    if "{" in given or (" " in given.strip() and first in _FORMS):
        return given
    path = Path(given)
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise InputError(f"{given!r} is neither a SPARQL query nor a file that can be read") from None


def _format(given: str | None, known: tuple[str, ...], what: str) -> str:
    form = given or known[0]
    if form not in known:
        raise InputError(f"the query gives {what}, which {form} cannot write; use one of {' '.join(known)}")
    return form
