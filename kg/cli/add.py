"""`kg add`: reports and RDF into a store, all or nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import kg
from kg import pipeline
from kg.backends.store import StoreBackend
from kg.claimed import Given
from kg.cli.models import asked
from kg.cli.progress import shown
from kg.cli.stores import store_file
from kg.cli.terminal import clean
from kg.errors import InputError
from kg.intake import Tally
from kg.names import nearest
from kg.store import lookup
from kg.terms import ID, Token

_MOST_LINES = 20
"""Reports of which each is told in a line of its own; of more, and of folders, the sums are."""


def run(options: argparse.Namespace) -> int:
    """Add files to a store, and say what changed."""
    if not options.file and not options.from_shipped:
        raise InputError("there is nothing to add; name files, or --from-shipped")
    path = store_file(options.store, "add", must_exist=False)
    given = Given(options.report, options.publisher, options.date, options.url, options.language)
    if given.names_one and len(options.file) > 1:
        raise InputError("--report and --url hold of one report; name one file, or write NAME.meta.yaml beside each")
    told: list[str] = []
    tally = Tally()
    try:
        with asked(options) as model:
            change = pipeline.add(
                path, options.file, options.format, options.from_shipped, shown, given, told.append, model,
                options.jobs, tally,
            )  # fmt: skip
    finally:
        for line in tally.failures:
            print(f"kg: {clean(line)}", file=sys.stderr)
    is_many = any(map(Path.is_dir, options.file)) or len(told) > _MOST_LINES
    for line in tally.lines() if is_many else told:
        print(clean(line))
    print(_says(path, change.added, change.removed, len(change.reports)))
    for note in _undescribed(path, change.changed):
        print(f"kg: note: {note}", file=sys.stderr)
    return 1 if tally.failures else 0


def _undescribed(path: Path, reports: set[Token]) -> Iterator[str]:
    """A line for each entity that the reports name by a path which nothing describes: it may be a slip."""
    with kg.open(path) as graph:
        backend = graph.backend
        assert isinstance(backend, StoreBackend)
        for iri, among in lookup.undescribed(backend.connection, [report[1:-1] for report in reports]):
            named = iri.removeprefix(ID)
            near = nearest(named, (each.removeprefix(ID) for each in among), 1)
            hint = f"did you mean {near[0]!r}?" if near else "describe it under `entities`"
            yield f"nothing describes {named!r}; {hint}"


def _says(path: Path, added: int, removed: int, reports: int) -> str:
    if not added and not removed:
        return f"{path}: nothing new; the store holds all of it already"
    lost = f", {removed} replaced" if removed else ""
    return f"{path}: {added} triples added{lost}, {reports} report{'' if reports == 1 else 's'} touched"
