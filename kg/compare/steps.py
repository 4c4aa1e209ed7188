"""What a canned query's `x-step` names: from one property a solution to the rows of the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from kg.compare import totals
from kg.compare.documents import out_of_proportion
from kg.compare.facts import Claim, Facts, Period, plain, read
from kg.compare.kinds import BOTH_CANNOT_HOLD, Pair
from kg.compare.pairs import disagreements
from kg.compare.readings import readings
from kg.compare.support import Support, support
from kg.compare.totals import Deal, LeftOut, Sum
from kg.identity import Identity
from kg.query.params import ALL, Bound
from kg.solutions import Solution
from kg.terms import IRI, KG, XSD, Literal, Term

Step = Callable[[Iterable[Solution], Bound, Identity], Iterable[Solution]]


def _disagreements(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)
    kinds = _wanted(bound, "kind")
    for pair in disagreements(list(readings(facts)), facts):
        shown = (kinds is None and pair.kind in BOTH_CANNOT_HOLD) or (
            kinds is not None and (ALL in kinds or pair.kind in kinds)
        )
        if shown and _is_asked(pair, bound, facts):
            yield from _pair(pair)


def _is_asked(pair: Pair, bound: Bound, facts: Facts) -> bool:
    claims = (pair.one.claim, pair.other.claim, *pair.others)
    about = {name for claim in claims for name in _entities(claim)} | set(pair.one.about)
    return (
        _meets(bound, "about", {*about, *_series(about, facts)})
        and _meets(bound, "measure", {pair.one.measure, pair.other.measure})
        and _meets(bound, "report", {claim.report for claim in claims})
    )


def _pair(pair: Pair) -> Iterator[Solution]:
    row: Solution = {
        "measure": pair.one.measure,
        "value": pair.one.value,
        "report": pair.one.claim.report,
        "other_value": pair.other.value if pair.other_value is None else pair.other_value,
        "other_report": pair.other.claim.report,
        "kind": pair.kind,
        "claim": pair.one.claim.iri,
        "other_claim": pair.other.claim.iri,
    }
    if pair.one.measure != pair.other.measure:
        row["other_measure"] = pair.other.measure
    for name, reading in (("", pair.one), ("other_", pair.other)):
        if reading.quantity:
            row[f"{name}unit"] = Literal(reading.quantity.unit)
            row[f"{name}qualifier"] = Literal(reading.quantity.qualifier)
        row |= _days(reading.period, name)
        scope = reading.scope
        if scope:
            row[f"{name}scope"] = Literal(scope.get("en") or next(iter(scope.values())))
    if pair.other_value is not None:
        row.pop("other_qualifier", None)
        row |= {"other_unit": row["unit"]} if "unit" in row else {}
    for about in pair.one.about:
        for other in pair.others or (pair.other.claim,):
            yield row | {"about": IRI(about), "evidence": other.iri}


def _corroboration(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)
    for found in support(list(readings(facts)), facts):
        if _is_asked_claim(found.claim, bound, facts):
            yield from _support(found, facts)


def _single_source(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)
    for found in support(list(readings(facts)), facts):
        if len(found.sources) == 1 and _is_asked_claim(found.claim, bound, facts):
            for row in _support(found, facts):
                row.pop("copy", None)  # copies have no column of their own here: each would be a row
                yield row


def _support(found: Support, facts: Facts) -> Iterator[Solution]:
    claims = (found.claim, *found.carriers)
    reports = sorted({claim.report for claim in claims})
    row: Solution = {
        "claim": found.claim.iri,
        "kind": IRI(KG + found.claim.kind),
        "report": found.claim.report,
        "independent": _integer(len(found.sources)),
        "total": _integer(len(reports)),
        **_days(found.claim.period),
    }
    copies = [name for name in reports if facts.original(name) != name]
    for number in range(max(len(claims), len(copies), len(found.contradicted))):
        more: Solution = {}
        if number < len(claims):
            more |= {"carrier": claims[number].report, "evidence": claims[number].iri}
        if number < len(copies):
            more["copy"] = copies[number]
        if number < len(found.contradicted):
            more["against"] = found.contradicted[number].report
        yield row | more


def _deals(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)
    found, _ = totals.deals(list(readings(facts)), facts)
    for deal in found:
        if any(_is_asked_claim(claim, bound, facts) for claim in deal.claims):
            yield from _deal(deal)


def _deal(deal: Deal) -> Iterator[Solution]:
    row: Solution = {
        "claim": deal.taken.iri,
        "kind": IRI(KG + deal.taken.kind),
        "report": deal.taken.report,
        "independent": _integer(len(deal.sources)),
        **_days(deal.taken.period),
    }
    amount = deal.amount
    if amount:
        row |= {"currency": Literal(amount.unit), "qualifier": Literal(amount.qualifier)}
        row |= {"amount": _decimal(amount.value)} if amount.value is not None else {}
    if count := deal.taken.one("count"):
        row["count"] = _integer(int(count))
    if stage := deal.taken.one("stage"):
        row["stage"] = IRI(stage)
    for claim in deal.claims:
        more: Solution = {"carrier": claim.report, "evidence": claim.iri}
        for event in (claim.one("event"),):
            more |= {"event": IRI(event)} if event else {}
        yield row | more


def _by_place(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)

    def headings(claim: Claim) -> Iterable[str]:
        return sorted(facts.spots(claim))

    places = _wanted(bound, "place")
    for row in _summed(facts, bound, headings, "no report names a place"):
        if places is None or "heading" not in row or str(row["heading"]) in places:
            yield _renamed(row, "place")


def _by_year(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)

    def headings(claim: Claim) -> Iterable[str]:
        start, end = claim.period
        return [start[:4]] if start and end and start[:4] == end[:4] else []

    for row in _summed(facts, bound, headings, "it tells of no single year"):
        heading = row.pop("heading", None)
        yield row | {"year": _integer(int(plain(heading)))} if heading else row


def _top_investors(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    facts = read(solutions, identity)
    for row in _summed(facts, bound, lambda claim: claim.all("investor"), "", kinds=("Investment",)):
        yield _renamed(row, "investor")


def _summed(
    facts: Facts,
    bound: Bound,
    headings: Callable[[Claim], Iterable[str]],
    without: str,
    kinds: tuple[str, ...] = ("Investment", "Agreement"),
) -> Iterator[Solution]:
    """Deals summed under headings, kind by kind; then a row for each claim that was left out, and why."""
    listed = list(readings(facts))
    found, left = totals.deals(listed, facts)
    gathered: dict[str, list[tuple[str, Deal]]] = defaultdict(list)
    doubtful = {pair.one.claim.iri for pair in out_of_proportion(listed, facts)}
    for deal in found:
        under = list(headings(deal.taken))
        why = None if under else without
        if totals.only_range(deal):
            why = "only a range is reported, no single amount"
        elif deal.taken.iri in doubtful:
            why = "its unit is in doubt: it is out of proportion with a total that counts it in"
        if why:
            left.append(LeftOut(deal.taken, why))
        elif _is_asked_claim(deal.taken, bound, facts):
            gathered[deal.taken.kind] += [(heading, deal) for heading in under]
    for kind in kinds:
        yield from _sums(kind, totals.sums(gathered[kind]))
    for one in sorted(left, key=lambda one: one.claim.key):
        if one.claim.kind in kinds and _is_asked_claim(one.claim, bound, facts):
            yield {"kind": IRI(KG + one.claim.kind), **_left_out(one)}


def _sums(kind: str, by_heading: Mapping[str, Sequence[Sum]]) -> Iterator[Solution]:
    for heading, sums in by_heading.items():
        for total in sums:
            row: Solution = {
                "heading": Literal(heading) if heading.isdigit() else IRI(heading),
                "kind": IRI(KG + kind),
                "deals": _integer(len(total.deals)),
            }
            if total.total is not None:
                row |= {"total": _decimal(total.total), "currency": Literal(total.currency or "")}
                row["qualifier"] = Literal(total.qualifier or "")
            if total.count is not None:
                row["count"] = _integer(total.count)
            for deal in total.deals:
                yield row | {"claim": deal.taken.iri}


def _left_out(one: LeftOut) -> Solution:
    row: Solution = {"left_out": one.claim.iri, "why": Literal(one.why), "claim": one.claim.iri}
    return row | {"instead": IRI(one.instead)} if one.instead else row


def _renamed(row: Solution, name: str) -> Solution:
    heading = row.pop("heading", None)
    return row | {name: heading} if heading is not None else row


def _topics(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    yield from _counted(read(solutions, identity), bound, "topic", "speaker")


def _speakers(solutions: Iterable[Solution], bound: Bound, identity: Identity) -> Iterator[Solution]:
    yield from _counted(read(solutions, identity), bound, "speaker", "topic")


def _counted(facts: Facts, bound: Bound, by: str, other: str) -> Iterator[Solution]:
    """Statements counted under their topics or speakers: each once, and none that a copy repeats."""
    under: dict[str, dict[str, Claim]] = defaultdict(dict)
    left: list[LeftOut] = []
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        if claim.kind != "Statement" or not _is_asked_claim(claim, bound, facts):
            continue
        original = facts.original(claim.report)
        head = facts.identity.claim.get(claim.iri, claim.iri)
        if original != claim.report and original in facts.reports:
            left.append(LeftOut(claim, "stands in a copy of a report that is counted", original))
        elif head != claim.iri and head in facts.claims:
            left.append(LeftOut(claim, "another report of a statement that is counted", head))
        else:
            for heading in claim.all(by):
                under[heading][claim.iri] = claim
            if not claim.all(by):
                left.append(LeftOut(claim, f"no {by} is given"))
    for heading, claims in under.items():
        listed = list(claims.values())
        row: Solution = {
            by: IRI(heading),
            "statements": _integer(len(listed)),
            f"{other}s": _integer(len({name for claim in listed for name in claim.all(other)})),
            "reports": _integer(len({claim.report for claim in listed})),
        }
        for claim in listed:
            yield row | {"claim": claim.iri}
    for one in left:
        yield _left_out(one)


# ---- parameters and terms ---------------------------------------------------------------------------


def _wanted(bound: Bound, name: str) -> set[str] | None:
    terms = bound.get(name)
    return {plain(term) for term in terms} if terms else None


def _meets(bound: Bound, name: str, found: set[str]) -> bool:
    wanted = _wanted(bound, name)
    return wanted is None or bool(wanted & found)


def _series(names: Iterable[str], facts: Facts) -> set[str]:
    """The series of those of the names that are events."""
    return {series for name in names for series in facts.series.get(name, ())}


def _entities(claim: Claim) -> set[str]:
    """The entities a claim speaks of."""
    return {str(term) for terms in claim.values.values() for term in terms if isinstance(term, IRI)}


def _is_asked_claim(claim: Claim, bound: Bound, facts: Facts) -> bool:
    """Whether a claim passes every parameter that was given."""
    spoken = _entities(claim)
    around = facts.spots(claim)
    series = _series(spoken, facts)
    start, end = claim.period
    since, until = (next((plain(term) for term in bound.get(name, ())), None) for name in ("since", "until"))
    return (
        _meets(bound, "claim", {claim.iri})
        and _meets(bound, "about", spoken | around | series)
        and _meets(bound, "report", {claim.report})
        and _meets(bound, "place", around)
        and _meets(bound, "event", spoken)
        and _meets(bound, "investor", set(claim.all("investor")))
        and _meets(bound, "speaker", set(claim.all("speaker")))
        and _meets(bound, "topic", set(claim.all("topic")))
        and _meets(bound, "industry", set(claim.all("industry")))
        and _meets(bound, "stage", set(claim.all("stage")))
        and _meets(bound, "class", {KG + claim.kind})
        and (since is None or (end is not None and end >= since) or (end is None and start is not None))
        and (until is None or (start is not None and start <= until) or (start is None and end is not None))
    )


def _days(period: Period, before: str = "") -> Solution:
    ends: dict[str, Term] = {}
    for name, day in zip(("start", "end"), period, strict=True):
        if day:
            ends[f"{before}{name}"] = Literal(day, XSD + "date")
    return ends


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _decimal(number: Decimal | None) -> Literal:
    return Literal(f"{number:f}", XSD + "decimal")


STEPS: dict[str, Step] = {
    "disagreements": _disagreements,
    "corroboration": _corroboration,
    "single-source": _single_source,
    "deals": _deals,
    "investment-by-place": _by_place,
    "investment-by-year": _by_year,
    "top-investors": _top_investors,
    "topics": _topics,
    "speakers": _speakers,
}
"""The steps by the name that a query's header gives."""
