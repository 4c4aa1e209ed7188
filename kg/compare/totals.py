"""Deals, each once: which reports speak of one, whose value is taken, and sums that add no part to its whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.compare.facts import Claim, Facts
from kg.compare.kinds import UPDATE
from kg.compare.matching import comparable
from kg.compare.numbers import Quantity, Relation, last_place, relation
from kg.compare.pairs import flows_of, kind_of
from kg.compare.readings import Reading, quantity
from kg.terms import ID, IRI

_CANCELLED = f"{ID}stage/cancelled"
_EXACT = ("exact", "about", "at_least", "at_most", "more_than", "less_than")
"""Qualifiers, the most exact first."""


@dataclass(frozen=True)
class Deal:
    """An investment or agreement as all its reports give it: the claim whose value is taken, and the others.

    `sources` are groups of reports of one source each that give that value, or none.
    """

    taken: Claim
    claims: tuple[Claim, ...]
    sources: tuple[tuple[str, ...], ...]

    @property
    def amount(self) -> Quantity | None:
        """The value that is taken."""
        return quantity(self.taken)


@dataclass(frozen=True)
class LeftOut:
    """A claim that is not counted, why, in words, and the claim that is counted instead, if one is."""

    claim: Claim
    why: str
    instead: str | None = None


@dataclass(frozen=True)
class Sum:
    """The money of some deals in one currency, how exact it is, how many agreements they count, and the deals.

    Deals without an amount are summed apart: they have no currency and no total.
    """

    currency: str | None
    total: Decimal | None
    qualifier: str | None
    count: int | None
    deals: tuple[Deal, ...]


def deals(readings: Sequence[Reading], facts: Facts) -> tuple[list[Deal], list[LeftOut]]:
    """Every deal once, and the claims that are not taken as the value of one.

    Claims are of one deal where a judgement joins them, where they name one deal, or where they speak of one thing as
    `kg.compare.readings.deal_subjects` says; a judgement that keeps two apart keeps them two. The value
    taken is one that no later count has overtaken, and of these the one that most independent reports give, a rounding
    of it counted in; then the more exact; then that of the later report. A range is taken only where there is no value.
    """
    found: list[Deal] = []
    left: list[LeftOut] = []
    superseded = _superseded(readings, facts)
    for group in _groups(readings, facts):
        claims, without = _counted(group, facts)
        left += without
        if not claims:
            continue
        taken = _taken(claims, facts, superseded)
        backing = (claim.report for claim in claims if _is_backed(taken, claim))
        found.append(Deal(taken, claims, tuple(facts.independent(backing))))
        others = (claim for claim in claims if claim != taken)
        left += [LeftOut(claim, "another report of a deal that is counted", taken.iri) for claim in others]
    return found, left


def _groups(readings: Sequence[Reading], facts: Facts) -> list[tuple[Claim, ...]]:
    """Investments and agreements by deal.

    What a judgement joins, or names one deal, goes together in any case; what only speaks of one thing does so unless
    that would bring together what a judgement keeps apart.
    """
    claims = [claim for claim in facts.claims.values() if claim.kind in ("Agreement", "Investment")]
    member_of = {claim.iri: {claim.iri} for claim in sorted(claims, key=lambda claim: claim.key)}

    def join(one: str, other: str, is_judged: bool) -> None:
        mine, yours = member_of[IRI(one)], member_of[IRI(other)]
        apart = not is_judged and any(facts.are_apart(a, b) for a in mine for b in yours)
        if mine is not yours and not apart:
            mine |= yours
            member_of.update(dict.fromkeys(yours, mine))

    named: dict[str, IRI] = {}
    for iri in list(member_of):
        for other in facts.identity.alike(iri):
            if other in member_of:
                join(iri, other, is_judged=True)
        if deal := facts.claims[iri].one("deal"):
            join(named.setdefault(deal, iri), iri, is_judged=True)
    for first, second in comparable((reading for reading in readings if reading.claim.iri in member_of), facts):
        join(first.claim.iri, second.claim.iri, is_judged=False)
    each = {id(members): members for members in member_of.values()}
    ordered = [sorted((facts.claims[iri] for iri in members), key=lambda claim: claim.key) for members in each.values()]
    return sorted((tuple(group) for group in ordered), key=lambda group: group[0].key)


def _superseded(readings: Sequence[Reading], facts: Facts) -> set[str]:
    """Claims whose amount or count a later report has brought up to a later day."""
    flows = flows_of(readings)
    pairs = ((one, other) for one, other in comparable(readings, facts) if one.quantity and other.quantity)
    updates = (pair for pair in pairs if kind_of(*pair, facts, flows) == UPDATE)
    return {min(pair, key=lambda reading: reading.period[1] or "").claim.iri for pair in updates}


def _is_backed(taken: Claim, other: Claim) -> bool:
    """Whether a claim of the same deal gives the value and count that are taken, or none."""
    mine, yours = quantity(taken), quantity(other)
    one, two = taken.one("count"), other.one("count")
    return (mine is None or yours is None or mine.unit != yours.unit or _backs(yours, mine)) and (
        not one or not two or one == two
    )


def _counted(group: tuple[Claim, ...], facts: Facts) -> tuple[tuple[Claim, ...], list[LeftOut]]:
    """The claims of a deal that count, and those that do not: all of them where it is a part, or was cancelled."""
    within = {claim.iri for claim in group}
    whole = next((whole for claim in group if (whole := _whole(claim, facts)) and whole not in within), None)
    if whole:
        return (), [LeftOut(claim, "part of a whole that is counted", whole) for claim in group]
    last = max(_published(claim, facts) for claim in group)
    cancelled = [claim for claim in group if claim.one("stage") == _CANCELLED]
    if any(_published(claim, facts) == last for claim in cancelled):
        return (), [LeftOut(claim, "cancelled") for claim in group]
    kept = tuple(claim for claim in group if claim not in cancelled)
    return kept, [LeftOut(claim, "cancelled, and told otherwise by a later report") for claim in cancelled]


def sums(of: Iterable[tuple[str, Deal]]) -> dict[str, list[Sum]]:
    """Deals under a heading each, summed by heading and currency; a deal counts once under a heading."""
    gathered: dict[tuple[str, str], dict[str, Deal]] = defaultdict(dict)
    for heading, deal in of:
        gathered[heading, deal.amount.unit if deal.amount else ""][deal.taken.iri] = deal
    found: dict[str, list[Sum]] = defaultdict(list)
    for (heading, _), under in sorted(gathered.items()):
        found[heading].append(_sum(tuple(under.values())))
    return found


def _sum(deals: tuple[Deal, ...]) -> Sum:
    amounts = [deal.amount for deal in deals if deal.amount]
    counts = [int(printed) for deal in deals if (printed := deal.taken.one("count"))]
    count = sum(counts) if counts else None
    if not amounts:
        return Sum(None, None, None, count, deals)
    total = sum((amount.nominal for amount in amounts), Decimal(0))
    return Sum(amounts[0].unit, total, _qualifier({amount.qualifier for amount in amounts}), count, deals)


def only_range(deal: Deal) -> bool:
    """Whether reports give only a range for a deal, which no sum can take."""
    return deal.amount is not None and deal.amount.value is None


def _whole(claim: Claim, facts: Facts) -> str | None:
    """The whole that counts a claim in: one that has an amount, or where the part has none itself."""
    whole = facts.claims.get(claim.one("partOf") or "")
    while whole is not None:
        if quantity(whole) is not None or quantity(claim) is None:
            return whole.iri
        whole = facts.claims.get(whole.one("partOf") or "")
    return None


def _published(claim: Claim, facts: Facts) -> str:
    """The last day on which a claim's report may have been published."""
    report = facts.reports.get(claim.report)
    return (report.period[1] or "") if report else ""


def _taken(claims: Sequence[Claim], facts: Facts, superseded: set[str]) -> Claim:
    """The claim whose value a deal is counted with: `superseded` are those that a later count has overtaken."""
    amounts = {claim.iri: number for claim in claims if (number := quantity(claim)) is not None}

    def rank(claim: Claim) -> tuple[object, ...]:
        number = amounts.get(claim.iri)
        day = _published(claim, facts)
        is_copy = facts.original(claim.report) != claim.report
        if number is None:
            return (2, False, 0, is_copy, 0, _reversed(day), claim.key)
        backing = [other for other in claims if other.iri in amounts and _backs(amounts[other.iri], number)]
        independent = len(facts.independent(other.report for other in backing))
        exact = (_EXACT.index(number.qualifier), last_place(number.nominal))
        outdated = claim.iri in superseded
        return (number.value is None, outdated, -independent, is_copy, exact, _reversed(day), claim.key)

    return min(claims, key=rank)


def _backs(one: Quantity, other: Quantity) -> bool:
    return one.unit == other.unit and relation(one, other) is not Relation.APART


def _reversed(day: str) -> tuple[int, ...]:
    """Days in order, the latest first."""
    return tuple(-ord(char) for char in day)


def _qualifier(of: set[str]) -> str:
    """How exact a sum is of numbers that are so exact."""
    if of <= {"exact"}:
        return "exact"
    if of <= {"exact", "at_least", "more_than"}:
        return "at_least"
    return "at_most" if of <= {"exact", "at_most", "less_than"} else "about"
