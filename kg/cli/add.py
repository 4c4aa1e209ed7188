"""`kg add`: reports and RDF into a store, all or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg import pipeline
from kg.cli.progress import shown
from kg.cli.stores import store_file
from kg.errors import InputError


def run(options: argparse.Namespace) -> int:
    """Add files to a store, and say what changed."""
    if not options.file and not options.from_shipped:
        raise InputError("there is nothing to add; name files, or --from-shipped")
    path = store_file(options.store, "add", must_exist=False)
    change = pipeline.add(path, options.file, options.format, options.from_shipped, shown)
    print(_says(path, change.added, change.removed, len(change.reports)))
    return 0


def _says(path: Path, added: int, removed: int, reports: int) -> str:
    if not added and not removed:
        return f"{path}: nothing new; the store holds all of it already"
    lost = f", {removed} replaced" if removed else ""
    return f"{path}: {added} triples added{lost}, {reports} report{'' if reports == 1 else 's'} touched"
