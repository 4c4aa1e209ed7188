"""How much of marked reports the reader finds, and how much of that is right: `python -m benchmarks.scores`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks import marked

DRAWS = 1000
"""How often reports are drawn with replacement for an interval."""


class Score(NamedTuple):
    """How many items were right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The part of what was found that is right; 0 where nothing was found."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The part of what is marked that was found."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def total(scores: Iterable[Score]) -> Score:
    """All of several reports taken together."""
    return Score(*map(sum, zip(*scores, strict=True)))


def interval(scores: list[Score]) -> tuple[float, float]:
    """Where F1 lies in 95 of 100 draws of as many reports (bootstrap by report)."""
    random = Random(1)
    drawn = sorted(total(random.choices(scores, k=len(scores))).f1 for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS)]


def main() -> None:
    """Print a row for each language and task, and with --errors what was wrong and missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=marked.HERE)
    parser.add_argument("--names", default="*", metavar="GLOB", help="reports of such names alone, as '*-c*'")
    parser.add_argument("--errors", action="store_true", help="what was found wrongly (+) and what was missed (-)")
    options = parser.parse_args()
    counted: dict[str, dict[str, list[Score]]] = {}
    for report in marked.reports(options.folder, options.names):
        for task in marked.TASKS:
            outcome = marked.compare(report, task)
            counted.setdefault(report.language, {}).setdefault(task.name, []).append(Score(*map(len, outcome)))
            if options.errors:
                _print_errors(report.name, task.name, outcome)
    print(
        "| language | task | precision | recall | F1 | 95 of 100 draws | marked |\n"
        "| --- | --- | --- | --- | --- | --- | --- |"
    )
    for language, tasks in counted.items():
        for name, scores in tasks.items():
            one, (low, high) = total(scores), interval(scores)
            print(
                f"| {language} | {name} | {one.precision:.2f} | {one.recall:.2f} | {one.f1:.2f} "
                f"| {low:.2f} to {high:.2f} | {one.right + one.missed} |"
            )


def _print_errors(report: str, task: str, outcome: marked.Outcome) -> None:
    for sign, items in (("+", outcome.wrong), ("-", outcome.missed)):
        for item in items:
            print(sign, report, task, json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    main()
