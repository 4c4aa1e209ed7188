"""`kg check`: findings as `FILE:LINE: message`; exit code 1 where anything is wrong, notes aside."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import kg
from kg.check import check_files, check_graph
from kg.cli.terminal import clean
from kg.records import Finding


def run(options: argparse.Namespace) -> int:
    """Check a graph or files, and say what was found."""
    if options.file:
        found = check_files(options.file, Path(options.store) if options.store else None)
        what = ", ".join(map(str, options.file))
    else:
        what = options.store or "the graph that ships"
        with kg.open(options.store) as graph:
            found = check_graph(graph.backend, what)
    wrong = [finding for finding in found if not finding.is_note]
    if options.format == "json":
        print(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=2))
    else:
        _print(found, what, len(wrong))
    return 1 if wrong else 0


def _print(found: list[Finding], what: str, wrong: int) -> None:
    for finding in found:
        print(clean(str(finding)))
    notes = len(found) - wrong
    verdict = "nothing is wrong" if not wrong else f"{wrong} finding{'' if wrong == 1 else 's'}"
    print(f"{what}: {verdict}" + (f", {notes} note{'' if notes == 1 else 's'}" if notes else ""))
