"""`kg remove`: withdraws a report, and all that rested on it alone."""

from __future__ import annotations

import argparse

import kg
from kg import pipeline
from kg.cli.stores import store_file
from kg.query.params import entity
from kg.terms import KG


def run(options: argparse.Namespace) -> int:
    """Remove a report from a store, and say what went."""
    path = store_file(options.store, "remove", must_exist=True)
    with kg.open(path) as graph:
        report = entity(options.report.removesuffix(".yaml"), [KG + "Report"], graph.backend.names())
    change = pipeline.remove(path, report)
    print(f"{path}: {report} withdrawn, {change.removed} triples removed")
    return 0
