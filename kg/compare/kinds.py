"""The kinds of disagreement, and a pair of readings that disagree."""

from __future__ import annotations

from dataclasses import dataclass

from kg.compare.facts import Claim
from kg.compare.readings import Reading
from kg.terms import ID, IRI, Term

CONFLICT, ROUNDING, SCOPE, UPDATE, CURRENCY, ALTERED, WITHIN, WORDING = (
    IRI(f"{ID}disagreement-kind/{name}")
    for name in ("conflict", "rounding", "scope", "update", "currency", "altered-copy", "within-document", "wording")
)

BOTH_CANNOT_HOLD = frozenset((CONFLICT, ALTERED, WITHIN))
"""The kinds in which one of the two must be wrong."""


@dataclass(frozen=True)
class Pair:
    """Two readings that differ. `others` are further claims that the second value is worked out from."""

    one: Reading
    other: Reading
    kind: IRI
    other_value: Term | None = None
    others: tuple[Claim, ...] = ()
