"""Which reports carry a claim: how many of them are independent, which only copy, and which say otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.compare.facts import Claim, Facts
from kg.compare.kinds import BOTH_CANNOT_HOLD, ROUNDING, WORDING
from kg.compare.matching import agreement, comparable
from kg.compare.numbers import Relation
from kg.compare.pairs import flows_of, kind_of
from kg.compare.readings import Reading, deal_subjects, words
from kg.compare.times import are_disjoint
from kg.terms import IRI, Literal

_SILENT = ("Mention", "Conversion")
"""Classes of claims that say nothing by themselves that a report could carry."""


@dataclass(frozen=True)
class Support:
    """A claim, the claims of other reports that carry it, and those that say otherwise.

    `sources` are groups of reports that go back to one source; how many there are is how often the claim is
    reported independently.
    """

    claim: Claim
    carriers: tuple[Claim, ...]
    contradicted: tuple[Claim, ...]
    sources: tuple[tuple[str, ...], ...]


def support(readings: Sequence[Reading], facts: Facts) -> Iterator[Support]:
    """What carries each claim, in order of report and claim."""
    alike, apart = _links(readings, facts)
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        if claim.kind in _SILENT:
            continue
        against = tuple(facts.claims[iri] for iri in sorted(apart[claim.iri]) if iri in facts.claims)
        silent = {claim.report, *(other.report for other in against)}
        carried = (facts.claims[iri] for iri in sorted(alike[claim.iri]) if iri in facts.claims)
        carriers = tuple(other for other in carried if other.report not in silent)
        reports = {claim.report, *(other.report for other in carriers)}
        yield Support(claim, carriers, against, tuple(facts.independent(reports)))


def _links(readings: Sequence[Reading], facts: Facts) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The claims that say the same as a claim, and those beside which it cannot hold.

    An update, another scope or another currency is neither.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    apart: dict[str, set[str]] = defaultdict(set)
    flows = flows_of(readings)
    for one, other in comparable(readings, facts):
        into = _into(one, other, kind_of(one, other, facts, flows), (alike, apart))
        if into is not None:
            ends = [reading.claim.one("converts") or reading.claim.iri for reading in (one, other)]
            into[ends[0]].add(ends[1])
            into[ends[1]].add(ends[0])
    for one_claim, other_claim in _same_otherwise(facts):
        alike[one_claim].add(other_claim)
        alike[other_claim].add(one_claim)
    return alike, apart


def _into(
    one: Reading, other: Reading, kind: IRI | None, links: tuple[dict[str, set[str]], dict[str, set[str]]]
) -> dict[str, set[str]] | None:
    """Where a pair of readings belongs: to what is alike, to what is apart, or nowhere."""
    alike, apart = links
    if kind in BOTH_CANNOT_HOLD:
        return apart
    found = agreement(one, other)
    of_one_time = not one.is_figure or None in (one.period[1], other.period[1]) or one.period == other.period
    says_it = found is Relation.SAME or (found is Relation.NEAR and kind in (None, ROUNDING, WORDING))
    return alike if of_one_time and says_it and not _of_other_scope(one.claim, other.claim) else None


def _of_other_scope(one: Claim, other: Claim) -> bool:
    """Whether two claims say that they count different things, or only one of them says what it counts."""
    mine, yours = one.texts("scope"), other.texts("scope")
    return bool(mine) != bool(yours) or (bool(mine) and not set(mine.items()) & set(yours.items()))


def _same_otherwise(facts: Facts) -> Iterator[tuple[str, str]]:
    """Claims that say the same without a number: joined by a judgement, one post, one deal, one firm's description."""
    buckets: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        for mark in _marks(claim, facts):
            buckets[mark].append(claim)
    for mark, found in buckets.items():
        for number, one in enumerate(found):
            for other in found[number + 1 :]:
                if (
                    one.report != other.report
                    and not facts.are_apart(one.iri, other.iri)
                    and _fits(mark, one, other, facts)
                ):
                    yield one.iri, other.iri


def _marks(claim: Claim, facts: Facts) -> Iterator[tuple[object, ...]]:
    if head := facts.identity.claim.get(claim.iri):
        yield "joined", head
    if claim.kind == "Position":
        yield "position", claim.one("person"), claim.one("organization")
    if claim.kind == "CompanyDescription" and (base := claim.one("base")):
        yield "base", claim.one("company"), base
    if claim.kind in ("Investment", "Agreement"):
        # Investments of one investor in one place have been held against one another by their stages.
        yield from (subject for subject in deal_subjects(claim, facts) if subject[0] in ("deal", "parties"))


def _fits(mark: tuple[object, ...], one: Claim, other: Claim, facts: Facts) -> bool:
    """Whether two claims under one mark say the same: of posts, in words of which one holds the other."""
    if mark[0] == "joined" and _of_other_scope(one, other):
        return False
    if mark[0] == "parties":
        return not are_disjoint(one.period, other.period)
    if one.kind != "Position" or other.kind != "Position":
        return True
    mine, yours = one.texts("role"), other.texts("role")
    shared = mine.keys() & yours.keys()
    if not shared:
        # A translation tells nothing of the post by itself: its original does.
        return not any(facts.original(claim.report) != claim.report for claim in (one, other))
    pairs = [(words(Literal(mine[tag])), words(Literal(yours[tag]))) for tag in shared]
    return any(a <= b or b <= a for a, b in pairs)
