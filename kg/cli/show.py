"""`kg show`: everything known about one thing, each line with its source."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable

import kg
from kg.backends.store import StoreBackend
from kg.card import Card, card
from kg.cli.terminal import clean, receipts, width, wrap
from kg.documents import media_type
from kg.errors import InputError
from kg.result import Row, jsonable
from kg.store import history, lookup


def run(options: argparse.Namespace) -> int:
    """Print what is known."""
    with kg.open(options.store) as graph:
        found = card(graph, options.name, options.lang)
        earlier = _earlier(graph, found.iri)
        file = _original(graph, found.iri)
    if options.original:
        if file is None:
            raise InputError(f"the graph holds no file that {found.label!r} came in; name a report of a store")
        sys.stdout.buffer.write(file[1])
        return 0
    if options.format == "json":
        values = found.as_dict() | ({"revisions": earlier + 1} if earlier else {})
        print(json.dumps(jsonable(values), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, width(), earlier, file):
            print(line)
    return 0


def _original(graph: kg.Graph, iri: str) -> tuple[str, bytes] | None:
    """The file that a report came in, where the graph is a store file that holds it."""
    return lookup.original(graph.backend.connection, iri) if isinstance(graph.backend, StoreBackend) else None


def _earlier(graph: kg.Graph, iri: str) -> int:
    """How many revisions of a report came before the one that is there; none where the graph is no store file."""
    return history.earlier(graph.backend.connection, iri) if isinstance(graph.backend, StoreBackend) else 0


def _lines(found: Card, line_width: int, earlier: int = 0, file: tuple[str, bytes] | None = None) -> Iterable[str]:
    yield clean(f"{found.label}  ({', '.join(found.kinds) or 'of no known class'})")
    yield clean(found.iri)
    if len(found.names) > 1:
        yield from wrap(
            clean(f"also called: {'; '.join(name for name in found.names if name != found.label)}"), line_width
        )
    for name, value in found.facts:
        yield from wrap(clean(f"{name}: {value}"), line_width)
    if file:
        yield clean(f"file: {file[0]} ({media_type(file[0])}, {len(file[1])} bytes)")
    if earlier:
        yield f"revisions: {earlier + 1}; what the earlier said is kept in the store's history"
    if not found.claims:
        yield "no report in this graph says anything of it"
    for row in found.claims:
        yield ""
        yield from wrap(clean(_headline(row)), line_width)
        for receipt in receipts(row):
            yield from wrap(receipt, line_width, "    ")


def _headline(row: Row) -> str:
    """What a claim says, in one line: its time and class, and its summary or the name it gives."""
    if "summary" in row:
        return " · ".join(part for part in (row["date"], row["kind"], row["summary"]) if part)
    if "verdict" in row:
        return f"judgement · {row['verdict']} {' and '.join(row['members'])}: {row['because']}"
    if "corrected" in row:
        return f"correction · {row['printed']} → {row['corrected']}: {row['reason']}"
    return f"called “{row['name']}”"
