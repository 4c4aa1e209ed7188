"""What adding one report costs a store that holds many, against one that holds none; and removing it.

    python -m benchmarks.append --reports 10000

Each turn takes a report that neither store holds, adds it to both and removes it from both. Every change is a
transaction of its own, on the disk when it returns. Medians, in milliseconds, and their ratios.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path

from benchmarks import stores
from benchmarks.generate import reports
from kg import pipeline, schema
from kg.store.write import Writer
from kg.terms import token


def main() -> None:
    """Measure, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=10000, help="what the full store holds (10000)")
    options.add_argument("--turns", type=int, default=21, help="how many reports are added and removed (21)")
    options.add_argument("--folder", type=Path, help="where a store of that size is, or is built and kept")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        full, empty = (given.folder or Path(temporary)) / f"{given.reports}.kg", Path(temporary) / "empty.kg"
        if not full.exists():
            print(f"building {given.reports} reports: {stores.build(full, given.reports):.1f} s")
        pipeline.add(empty, [])
        taken = measure(empty, full, given.reports, given.turns)
    for what in ("add", "remove"):
        none, many = (statistics.median(taken[what, which]) for which in ("none", "many"))
        figures = f"{none * 1000:.1f} ms with none, {many * 1000:.1f} ms with {given.reports}"
        print(f"{what} one report: {figures} (p95 {_high(taken[what, 'many']):.1f}); ratio {many / none:.2f}")


def measure(empty: Path, full: Path, held: int, turns: int) -> dict[tuple[str, str], list[float]]:
    """Seconds of each change, by what it is and by the store it was made to."""
    taken: dict[tuple[str, str], list[float]] = {}
    fresh = list(islice(reports(held + turns), held, None))
    with ExitStack() as stack:
        writers = {
            "none": stack.enter_context(Writer(empty, schema.load())),
            "many": stack.enter_context(Writer(full, schema.load())),
        }
        first = next(iter(reports(1, seed=1)))
        for writer in writers.values():
            writer.add([stores.batch_of(first)])
            writer.remove(token(first.iri))
        for report in fresh:
            batch = stores.batch_of(report)
            for which, writer in writers.items():
                taken.setdefault(("add", which), []).append(_seconds(partial(writer.add, [batch])))
            for which, writer in writers.items():
                taken.setdefault(("remove", which), []).append(_seconds(partial(writer.remove, token(report.iri))))
    return taken


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _high(seconds: list[float]) -> float:
    return sorted(seconds)[math.ceil(0.95 * len(seconds)) - 1] * 1000


if __name__ == "__main__":
    main()
