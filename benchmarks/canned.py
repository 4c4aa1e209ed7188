"""Asks the canned SPARQL in a process of its own, which is ended when it takes too long: engines do not stop."""

from __future__ import annotations

import math
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from benchmarks import stores
from benchmarks.stores import Engine, Plain

PATIENCE = 5.0
"""Seconds after which a query is given up."""

LOADING = 600.0
"""Seconds after which a process that does not start is given up."""

_CHECKED_UP_TO = 2.0

Answer = tuple[float, int, Counter[Plain] | None]
"""Seconds, how many rows, and the rows themselves where they came fast enough to be asked for twice."""


class Patient:
    """An engine in a process of its own, started anew after a query that was given up."""

    def __init__(self, opened: Callable[[], Engine]) -> None:
        self._opened = opened
        self._process: BaseProcess | None = None

    def ask(self, text: str) -> Answer | None:
        """What a query gives, or None where it is given up."""
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(self._opened, theirs), daemon=True)
            self._process.start()
            theirs.close()
            if not self._pipe.poll(LOADING) or self._pipe.recv() != "open":
                raise SystemExit("the process that asks the canned SPARQL does not start")
        self._pipe.send(text)
        if self._pipe.poll(PATIENCE):
            found: Answer = self._pipe.recv()
            return found
        self.close()
        return None

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def seconds(asked: Patient, texts: Sequence[str], expected: Sequence[Counter[Plain]]) -> float:
    """The median of the seconds that the queries take; infinity where one is given up."""
    taken: list[float] = []
    for text, rows in zip(texts, expected, strict=True):
        found = asked.ask(text)
        if found is None:
            return math.inf
        if found[1] != rows.total() or found[2] not in (None, rows):
            raise SystemExit(f"the canned SPARQL answers otherwise: {found[1]} rows, kabar has {rows.total()}\n{text}")
        taken.append(found[0])
    return sorted(taken)[len(taken) // 2]


def _serve(opened: Callable[[], Engine], pipe: Connection) -> None:
    engine = opened()
    pipe.send("open")
    while True:
        text = pipe.recv()
        start = time.perf_counter()
        count = len(engine.run(text))
        taken = time.perf_counter() - start
        rows = stores.plain(engine.solutions(text)) if taken < _CHECKED_UP_TO else None
        pipe.send((taken, count, rows))
