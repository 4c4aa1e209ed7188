"""`kg candidates`: pairs of things that may be one, with the reasons, for a person to decide."""

from __future__ import annotations

import argparse

import kg
from kg.candidates import KINDS, LEAST, candidates
from kg.cli.deadline import within
from kg.cli.output import write_rows

_HOW = "decide with: kg same A B --because … or kg different A B --because …"


def run(options: argparse.Namespace) -> int:
    """Print the pairs that are proposed."""
    with kg.open(options.store, timeout=options.timeout) as graph, within(options.timeout):
        result = candidates(
            graph,
            options.name,
            kinds=options.kinds or KINDS,
            least=LEAST if options.least is None else options.least,
            limit=options.limit,
            lang=options.lang,
        )
    write_rows(result, options.format, _nothing(options.name))
    if options.format == "table" and len(result):
        print(_HOW)
    return 0


def _nothing(name: str | None) -> str:
    return (
        "no pair seems to be one thing"
        + (f" with {name}" if name else "")
        + "; give a lower --least to see less likely ones"
    )
