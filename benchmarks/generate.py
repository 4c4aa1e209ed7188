"""Makes up reports of the real shape, the same ones for the same seed.

    python -m benchmarks.generate 1000 --out made-up.nq

A report has a text in English, Indonesian or Chinese, three to eight statements, one to four investments, one to
three agreements, figures, positions, descriptions of events, series and companies, and mentions of names, each
resting on a sentence of its text. The first reports are the same however many are made. Nobody is meant.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import world
from benchmarks.draft import Draft
from kg import schema
from kg.build import report_quads
from kg.records import EntityRecord, ReportRecord
from kg.store.route import route
from kg.terms import IRI, line_of

REPEATED = 0.15
"""The share of descriptions of entities that repeat what an earlier report brought."""


def reports(n: int, seed: int = 0) -> Iterator[ReportRecord]:
    """The first `n` made-up reports of a seed."""
    described: dict[IRI, None] = {}
    brought = repeated = 0
    for number in range(n):
        report = Draft(number, seed)
        report.write()
        entities: list[EntityRecord] = [] if number else [world.reader()]
        for thing in report.referred():
            if thing.iri in described and repeated >= REPEATED * brought:
                continue
            repeated += thing.iri in described
            brought += 1
            described[thing.iri] = None
            entities.append(thing.record)
        yield report.record(tuple(entities))


def lines(n: int, seed: int = 0) -> Iterator[str]:
    """The reports as lines of N-Quads, each report in a graph of its own, entities in the shared one."""
    for report in reports(n, seed):
        routed = route(report_quads(report, schema.load()), lambda subjects: {})
        for graph, triples in sorted(routed.graphs.items()):
            yield from (line_of((*triple, f"<{graph}>")) for triple in sorted(triples))


def main() -> None:
    """Write the reports to a file."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("reports", type=int, metavar="N", help="how many reports to make up")
    options.add_argument("--out", type=Path, required=True, help="the file, in N-Quads")
    options.add_argument("--seed", type=int, default=0, help="what the reports depend on (0)")
    given = options.parse_args()
    count = 0
    with given.out.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines(given.reports, given.seed):
            out.write(line + "\n")
            count += 1
    print(f"{given.out}: {given.reports} reports, {count} quads, {given.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
