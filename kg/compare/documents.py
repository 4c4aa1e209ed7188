"""Rules over whole documents: parts and their sum, printed rates, a total and what it counts in, copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations, product

from kg.compare.facts import Claim, Facts
from kg.compare.kinds import ALTERED, CONFLICT, CURRENCY, WITHIN, Pair
from kg.compare.matching import differ
from kg.compare.readings import Reading, quantity
from kg.compare.times import covers
from kg.terms import ID, IRI, KG, XSD, Literal

_RATE_SLACK = Decimal("0.01")
"""Reports cut a converted amount off rather than round it: within this part it is what the rate gives."""

_OUT_OF_PROPORTION = 3
"""An edition worth more than so many times the mean of a total that counts it in is in doubt of its unit."""


def parts_that_do_not_add_up(readings: Iterable[Reading], facts: Facts) -> Iterator[Pair]:
    """Parts that come to more than their whole, or to less where the report says that they are all of it."""
    for reading in readings:
        parts = facts.parts.get(reading.claim.iri, [])
        if not parts or reading.quantity is None or reading.quantity.value is None or reading.is_converted:
            continue
        known = [(part, number) for part in parts if (number := _part(part, reading)) is not None]
        if not known:
            continue
        total = sum((number for _, number in known), Decimal(0))
        is_all = reading.claim.one("complete") in ("true", "1") and len(known) == len(parts)
        low, high = reading.quantity.span()
        if (high is not None and total > high) or (is_all and low is not None and total < low):
            shown = Literal(f"{total:f}", XSD + "decimal")
            yield Pair(reading, reading, WITHIN, shown, tuple(part for part, _ in known))


def _part(part: Claim, whole: Reading) -> Decimal | None:
    """The number of a part in the unit of its whole."""
    if whole.measure == KG + "count":
        count = part.one("count")
        return Decimal(count) if count else None
    number = quantity(part)
    assert whole.quantity
    same = number is not None and number.unit == whole.quantity.unit
    same = same and (part.kind != "Figure" or part.one("measure") == whole.measure)
    return number.value if same and number else None


def rates_that_do_not_fit(readings: Iterable[Reading]) -> Iterator[Pair]:
    """Amounts in a second currency that the printed rate does not give."""
    of = {(reading.claim.iri, reading.measure): reading for reading in readings}
    for (_, measure), converted in of.items():
        whole = of.get((IRI(converted.claim.one("converts") or ""), measure))
        if whole is None or whole.quantity is None or converted.quantity is None:
            continue
        if converted.claim.one("rateBasis") != "printed" or whole.quantity.value is None:
            continue
        rate = Decimal(converted.claim.one("rate") or 1)
        given = whole.quantity.value * rate
        off = abs(given - converted.quantity.nominal)
        if off > max(_RATE_SLACK * abs(given), converted.quantity.slack()):
            yield Pair(converted, whole, WITHIN, Literal(f"{given:f}", XSD + "decimal"))


def out_of_proportion(readings: Iterable[Reading], facts: Facts) -> Iterator[Pair]:
    """What one edition of a series is said to come to, against a total over several editions that include it."""
    listed = list(readings)
    totals = [r for r in listed if r.measure == f"{ID}measure/value-signed-total" and None not in r.period]
    dates = {r.about[0]: r.period for r in listed if r.measure == KG + "start"}
    for total, edition in product(totals, listed):
        if edition.measure != KG + "amount" or edition.is_converted or not edition.about or not edition.quantity:
            continue
        event = edition.about[0]
        in_series = not facts.series.get(event, set()).isdisjoint(total.about)
        assert total.quantity
        if not in_series or edition.quantity.unit != total.quantity.unit:
            continue
        if not covers(total.period, dates.get(event, (None, None))):
            continue
        first, last = total.period
        years = int((last or "")[:4]) - int((first or "")[:4]) + 1
        if edition.nominal > total.nominal:
            yield Pair(edition, total, CONFLICT)
        elif edition.nominal * years > _OUT_OF_PROPORTION * total.nominal:
            yield Pair(edition, total, CURRENCY)


def swapped_digits(readings: Iterable[Reading], facts: Facts) -> Iterator[Pair]:
    """Two reports' numbers at one event, in one unit yet of other things, one the other written backwards."""
    by_event: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.is_at_event and reading.quantity is not None and not reading.is_converted:
            by_event[reading.claim.one("event") or ""].append(reading)
    for found in by_event.values():
        for one, other in combinations(found, 2):
            apart = one.claim.report != other.claim.report and one.measure != other.measure
            if apart and not facts.are_apart(one.claim.iri, other.claim.iri) and _are_swapped(one, other):
                yield Pair(one, other, CONFLICT)


def _are_swapped(one: Reading, other: Reading) -> bool:
    assert one.quantity
    assert other.quantity
    mine, yours = (f"{number.nominal:f}" for number in (one.quantity, other.quantity))
    return one.quantity.unit == other.quantity.unit and mine == yours[::-1] and mine != yours and mine[-1] != "0"


def altered_numbers(readings: Iterable[Reading], facts: Facts) -> Iterator[Pair]:
    """Numbers that a copy gives as its original does, but of another measure, or the other way round."""
    by_report: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        if reading.quantity is not None:
            by_report[reading.claim.report].append(reading)
    for report, mine in sorted(by_report.items()):
        known = facts.reports.get(report)
        original = by_report.get(known.one("copyOf") or "", []) if known else []
        for reading in mine:
            same = [other for other in original if _is_same_number(reading, other)]
            if same and not any(_is_same_thing(reading, other) for other in same):
                yield Pair(same[0], reading, ALTERED)


def _is_same_number(one: Reading, other: Reading) -> bool:
    assert one.quantity
    assert other.quantity
    return one.quantity.unit == other.quantity.unit and one.quantity.nominal == other.quantity.nominal


def _is_same_thing(one: Reading, other: Reading) -> bool:
    shared = one.measure == other.measure and bool(set(one.subjects) & set(other.subjects))
    return shared and not differ(one.origin, other.origin) and not differ(one.place, other.place)
