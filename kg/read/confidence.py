"""How sure a rule is: how often it was right on marked reports, drawn towards all of its kind where it fired seldom.

The counts are data, written by `benchmarks/confidence.py`. A rule that was right r of n times, where all rules for the
same kind of thing in its language were right in the part p, is as sure as (r + 5p) / (n + 5): the mean of a Beta
distribution whose prior weighs as much as five observations, so that a rule never seen has the confidence p.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.read import lexicon

FILE = Path(__file__).with_name("confidence.yaml")

PRIOR = 5
"""How many observations the rules of a kind together weigh beside a rule's own."""


@cache
def of(language: str, kind: str, rule: str) -> float:
    """How sure a rule is, from 0 to 1, to two places; `kind` is a list of the answer, such as `statements`.

    A half where nothing of that kind was ever counted for the language.
    """
    counts = _counts(language, kind)
    right, fired = (sum(numbers) for numbers in zip(*counts.values(), strict=True)) if counts else (1, 2)
    own = counts.get(rule, (0, 0))
    return round((own[0] + PRIOR * right / fired) / (own[1] + PRIOR), 2)


@cache
def _counts(language: str, kind: str) -> dict[str, tuple[int, int]]:
    """For each rule how often it was right and how often it fired."""
    rules = lexicon.load(FILE).get(language, {}).get(kind, {}) if FILE.exists() else {}
    return {rule: (int(right), int(fired)) for rule, (right, _, fired) in ((r, c.split()) for r, c in rules.items())}
