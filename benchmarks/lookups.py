"""Times the canned lookups on a store file against Oxigraph and rdflib on the same facts, once their answers are equal.

    python -m benchmarks.lookups --reports 1000 10000

For each lookup some values are bound, from the most frequent to the rarest. Each is answered by the store's fast form
and by Oxigraph, in memory and on disk, in turn, warm, some rounds; the figures are the median (p50) and the 95th
percentile (p95) over the values of each value's median, in milliseconds. The store gives terms, as its callers get
them, Oxigraph tuples of strings. Oxigraph is asked the canned SPARQL as it stands, on a few values, and a SPARQL
written by hand for the lookup; the ratio is against the better of the two. rdflib is asked the one written by hand,
but for searches by text, which take it a minute each.
With --terms the engines give terms too.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import platform
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from benchmarks import stores
from benchmarks.canned import Patient
from benchmarks.cases import CASES, Case
from benchmarks.stores import Engine, Kabar
from benchmarks.timing import VALUES, Measured, measure
from kg.backends.store import StoreBackend

RDFLIB_UP_TO = 1000
"""The most reports that rdflib is asked about: with more it needs minutes to load."""

RDFLIB_VALUES = 5

T = TypeVar("T")


def main() -> None:
    """Measure, and print a table for each number of reports."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, nargs="+", default=[1000, 10000], help="how many (1000 10000)")
    options.add_argument("--repeat", type=int, default=5, help="rounds, of which the median (5)")
    options.add_argument("--folder", type=Path, help="where to build the stores, which are kept there and used again")
    options.add_argument("--terms", action="store_true", help="let the engines give terms, as the store does")
    options.add_argument("--only", help="lookups whose title holds this")
    given = options.parse_args()
    stores.Engine.gives_terms = given.terms
    print(_machine())
    for count in given.reports:
        with tempfile.TemporaryDirectory() as temporary:
            _compare(count, given.repeat, given.folder or Path(temporary), given.only or "")


def _compare(count: int, rounds: int, folder: Path, only: str) -> None:
    store, facts, disk = folder / f"{count}.kg", folder / f"{count}.nt", folder / f"{count}.oxigraph"
    print(f"\n{count} reports")
    if not store.exists():
        print(f"  kabar: {stores.build(store, count):.1f} s to add, {stores.BATCH} reports a transaction")
        stores.write_facts(store, facts)
        print(f"  Oxigraph on disk: {_timed(lambda: stores.load_disk(facts, disk))[1]:.1f} s to load and optimize")
    memory, seconds = _timed(lambda: stores.in_memory(facts))
    print(f"  Oxigraph in memory: {seconds:.1f} s to load")
    size = sum(file.stat().st_size for file in disk.rglob("*"))
    print(f"  {len(memory.store)} facts: kabar {store.stat().st_size / 1e6:.0f} MB, Oxigraph {size / 1e6:.0f} MB\n")
    kabar = Kabar(StoreBackend(store))
    cases = [case for case in CASES if only in case.title]
    asked = [Patient(partial(stores.in_memory, facts)), Patient(partial(stores.on_disk, disk))]
    gc.freeze()
    _table(cases, kabar, [memory, stores.on_disk(disk)], asked, rounds)
    for patient in asked:
        patient.close()
    if count <= RDFLIB_UP_TO:
        rdflib, seconds = _timed(lambda: stores.in_rdflib(facts))
        print(f"\n  rdflib: {seconds:.1f} s to load\n")
        _table([case for case in cases if case.parameter != "text"], kabar, [rdflib], [], rounds, RDFLIB_VALUES)
    kabar.backend.close()


def _timed(run: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    return run(), time.perf_counter() - start


def _table(
    cases: Sequence[Case],
    kabar: Kabar,
    engines: Sequence[Engine],
    asked: Sequence[Patient],
    rounds: int,
    most: int = VALUES,
) -> None:
    print(_header(engines, bool(asked)))
    measured = []
    for case in cases:
        measured.append(measure(case, kabar, engines, asked, rounds, most))
        print(_line(measured[-1]), flush=True)
    for number, engine in enumerate(engines):
        mean = statistics.geometric_mean(found.ratio(number) for found in measured)
        least, where = min((found.ratio(number), found.case.title) for found in measured)
        print(f"{engine.name}: {mean:.1f} times in the geometric mean, {least:.1f} at least ({where})")


def _header(engines: Sequence[Engine], canned: bool) -> str:
    cells = f"{'lookup':30}{'values':>6}{'rows':>6}{'kabar p50':>10}{'p95':>8}"
    for engine in engines:
        cells += f" |{'canned' if canned else '':>{9 * canned}}{engine.name + ' p50':>12}{'p95':>9}{'ratio':>7}"
    return cells


def _line(found: Measured) -> str:
    cells = f"{found.case.title:30}{found.values:6}{found.rows:6}"
    cells += f"{_shown(found.kabar.middle, 10)}{_shown(found.kabar.high, 8)}"
    for number, timing in enumerate(found.engines):
        canned = "" if math.isnan(timing.canned) else _shown(timing.canned, 9)
        cells += f" |{canned}{_shown(timing.middle, 12)}{_shown(timing.high, 9)}{found.ratio(number):7.1f}"
    return cells


def _shown(seconds: float, width: int) -> str:
    text = "gave up" if seconds == math.inf else f"{seconds * 1000:.3g}" if seconds < 1 else f"{seconds * 1000:.0f}"
    return f"{text:>{width}}"


def _machine() -> str:
    return (
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, pyoxigraph {version('pyoxigraph')}, "
        f"rdflib {version('rdflib')}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main()
