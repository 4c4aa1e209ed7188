"""`kg show`: everything known about one thing, each line with its source."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable

import kg
from kg.backends.store import StoreBackend
from kg.card import Card, card
from kg.cli.terminal import clean, receipts, width, wrap
from kg.result import Row, jsonable
from kg.store import history


def run(options: argparse.Namespace) -> int:
    """Print what is known."""
    with kg.open(options.store) as graph:
        found = card(graph, options.name, options.lang)
        earlier = _earlier(graph, found.iri)
    if options.format == "json":
        values = found.as_dict() | ({"revisions": earlier + 1} if earlier else {})
        print(json.dumps(jsonable(values), ensure_ascii=False, indent=2))
    else:
        for line in _lines(found, width(), earlier):
            print(line)
    return 0


def _earlier(graph: kg.Graph, iri: str) -> int:
    """How many revisions of a report came before the one that is there; none where the graph is no store file."""
    return history.earlier(graph.backend.connection, iri) if isinstance(graph.backend, StoreBackend) else 0


def _lines(found: Card, line_width: int, earlier: int = 0) -> Iterable[str]:
    yield clean(f"{found.label}  ({', '.join(found.kinds) or 'of no known class'})")
    yield clean(found.iri)
    if len(found.names) > 1:
        yield from wrap(
            clean(f"also called: {'; '.join(name for name in found.names if name != found.label)}"), line_width
        )
    for name, value in found.facts:
        yield from wrap(clean(f"{name}: {value}"), line_width)
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
