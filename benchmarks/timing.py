"""How a lookup is measured: answers first, then rounds in turn, medians by value."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks import stores
from benchmarks.canned import Patient, seconds
from benchmarks.cases import Case
from benchmarks.stores import Engine, Kabar
from kg.terms import Term, token

VALUES, SAMPLE = 24, 3
"""How many values are bound in a lookup, and how many of them are asked in the canned SPARQL."""

BUDGET = 40.0
"""Seconds an engine may take for a lookup; where it would need more, fewer values are bound, but no fewer than five."""


@dataclass
class Timing:
    """What one engine took for a lookup: medians by value, in seconds, and the canned SPARQL where it was asked."""

    seconds: list[float]
    canned: float = math.nan

    @property
    def middle(self) -> float:
        """The median over the values."""
        return statistics.median(self.seconds)

    @property
    def high(self) -> float:
        """The 95th percentile over the values."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]


@dataclass
class Measured:
    """A lookup with how many values were bound, the median of rows, and the timings of kabar and of each engine."""

    case: Case
    values: int
    rows: int
    kabar: Timing
    engines: list[Timing]

    def ratio(self, engine: int) -> float:
        """How many times longer an engine took than kabar, by their medians."""
        return self.engines[engine].middle / self.kabar.middle


def measure(
    case: Case, kabar: Kabar, engines: Sequence[Engine], asked: Sequence[Patient], rounds: int, most: int = VALUES
) -> Measured:
    """Check that all answer alike, choose the better SPARQL for each engine, and time all in turn.

    `asked` are the engines to ask the canned SPARQL of, in the same order; the others are asked the other one alone.
    """
    values = stores.values_of(kabar.backend, case, most)
    sample = _some(values, SAMPLE)
    by_hand = [[_seconds(engine, case.tuned(token(value))) for value in sample] for engine in engines]
    slowest = max(statistics.mean(each) for each in by_hand)
    values = _some(values, max(5, int(BUDGET / rounds / slowest)))
    solutions = [_checked(case, value, kabar, engines) for value in values]
    texts, expected = zip(*((stores.canned(case, v), stores.plain(kabar.run(case, v))) for v in sample), strict=True)
    canned = [seconds(patient, texts, expected) for patient in asked] or [math.nan] * len(engines)
    calls: list[list[Callable[[], object]]] = []
    for value in values:
        own: Callable[[], object] = lambda value=value: kabar.run(case, value)  # type: ignore[misc]  # noqa: E731
        calls.append([own])
        for engine, took, tuned in zip(engines, canned, by_hand, strict=True):
            is_canned = took < statistics.median(tuned)
            text = stores.canned(case, value) if is_canned else case.tuned(token(value))
            calls[-1].append(lambda engine=engine, text=text: engine.run(text))  # type: ignore[misc]
    timings = [Timing(one) for one in _in_turn(calls, rounds)]
    for timing, took in zip(timings[1:], canned, strict=True):
        timing.canned = took
    return Measured(case, len(values), int(statistics.median(solutions)), timings[0], timings[1:])


def _in_turn(calls: Sequence[Sequence[Callable[[], object]]], rounds: int) -> list[list[float]]:
    """For each engine the median seconds by value; in each round every engine answers all values, one after another."""
    taken: list[list[list[float]]] = [[[] for _ in calls] for _ in calls[0]]
    for _ in range(rounds):
        for engine in range(len(taken)):
            for number, of_value in enumerate(calls):
                start = time.perf_counter()
                of_value[engine]()
                taken[engine][number].append(time.perf_counter() - start)
    return [[statistics.median(rounds_of) for rounds_of in by_value] for by_value in taken]


def _checked(case: Case, value: Term, kabar: Kabar, engines: Sequence[Engine]) -> int:
    """How many solutions all give; SystemExit where one gives others."""
    for engine in engines:
        _check(case, value, kabar, engine, case.tuned(token(value)))
    return len(kabar.run(case, value))


def _check(case: Case, value: Term, kabar: Kabar, engine: Engine, text: str) -> None:
    ours, theirs = stores.plain(kabar.run(case, value)), stores.plain(engine.solutions(text))
    if ours != theirs:
        more, fewer = list((ours - theirs).items())[:2], list((theirs - ours).items())[:2]
        raise SystemExit(f"{case.title}, {value}: {engine.name} answers otherwise: kabar has {more}, it has {fewer}")


def _seconds(engine: Engine, text: str) -> float:
    start = time.perf_counter()
    engine.run(text)
    return time.perf_counter() - start


def _some(values: Sequence[Term], count: int) -> list[Term]:
    """So many of the values, evenly spread, or all."""
    if count >= len(values):
        return list(values)
    return [values[round(place * (len(values) - 1) / (count - 1))] for place in range(count)]
