"""The first report read by the rules, against its claims written by hand: every difference has a line in a file.

`first-report-differences.txt` names the claims that only one of the two has, and each value in which a claim of both
differs, first as written by hand and then as read. What one rule changes shows there, and nothing else may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import kg
from kg import claimed, pipeline, schema
from kg.records import ClaimRecord, ReportRecord
from kg.store import lookup
from kg.terms import ID, IRI, Literal
from kg.text import Span

HERE = Path(__file__).parent
TEXT = HERE.parents[1] / "data" / "reports" / "2021-12-07-hong-kong-beijing.txt"

MAIN = {
    "Statement": ("speaker",),
    "Investment": ("investor",),
    "Agreement": ("stage",),
    "Position": ("person",),
    "Mention": ("entity", "name"),
}
"""The classes of claims that are read, and the values by which two claims on the same words are one."""

APART = ("position", "label", "topic", "industry")
"""Values that lead to other claims, or that nobody but a person chooses."""


def by_hand(shipped: kg.Graph) -> ReportRecord:
    connection = shipped.backend.connection  # type: ignore[attr-defined]
    path = TEXT.with_suffix(".yaml")
    record = pipeline.read_authored(
        path, path.read_text(encoding="utf-8"), lambda name, kind: lookup.entities(connection, name, [kind or ""])
    )
    assert isinstance(record, ReportRecord)
    return record


def by_rules(shipped: kg.Graph) -> ReportRecord:
    entities = (quad for quad in shipped.backend.quads() if "/claim/" not in quad[0])
    told = claimed.told(claimed.Given(), None, "")
    reading = claimed.find(TEXT.read_bytes().decode(), TEXT.name, told)
    return claimed.claimed(reading, TEXT.name, told, claimed.Listed(entities), schema.load()).record


def differences(hand: ReportRecord, rules: ReportRecord) -> Iterator[str]:
    assert hand.text == rules.text
    left = [claim for claim in rules.claims if claim.kind in MAIN]
    for claim in hand.claims:
        same = next((other for other in left if is_same(claim, other)), None)
        if same is None:
            yield f"only by hand: {claim.kind} {claim.key}"
            continue
        left.remove(same)
        mine, yours = values(claim), values(same)
        for name in sorted({*mine, *yours} - {*APART}):
            if mine.get(name) != yours.get(name):
                yield f"{claim.kind} {claim.key}: {name}: {mine.get(name)} → {yours.get(name)}"
    for claim in left:
        yield f"only by rules: {claim.kind} {values(claim)}"


def is_same(hand: ClaimRecord, rules: ClaimRecord) -> bool:
    return (
        hand.kind == rules.kind
        and all(shown(hand.values.get(name, ())) == shown(rules.values.get(name, ())) for name in MAIN[hand.kind])
        and (hand.kind == "Position" or overlap(hand.receipts, rules.receipts))
    )


def overlap(ones: Iterable[Span | str], others: tuple[Span | str, ...]) -> bool:
    return any(
        one.start < other.end and other.start < one.end
        for one in ones
        for other in others
        if isinstance(one, Span) and isinstance(other, Span)
    )


def values(claim: ClaimRecord) -> dict[str, str]:
    found = {name: shown(each) for name, each in claim.values.items()}
    if claim.amount:
        found |= {f"amount {name}": each.value for name, each in claim.amount.values.items()}
    return found


def shown(found: Iterable[IRI | Literal]) -> str:
    return ", ".join(sorted(each.value if isinstance(each, Literal) else each.removeprefix(ID) for each in found))


def test_every_difference_from_the_claims_by_hand_is_named(shipped: kg.Graph) -> None:
    found = sorted(differences(by_hand(shipped), by_rules(shipped)))
    named = (HERE / "first-report-differences.txt").read_text(encoding="utf-8").splitlines()
    assert found == named
