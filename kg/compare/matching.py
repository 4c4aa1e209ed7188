"""Which readings speak of one thing, and whether two that do say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

from kg.compare.facts import Claim, Facts, plain
from kg.compare.numbers import Relation, relation
from kg.compare.readings import Reading, Subject, words
from kg.compare.times import are_disjoint, are_one_time, covers
from kg.names import alike, key
from kg.terms import ID, IRI, KG, Term

_BOTH = f"{ID}attendance/both"
_CANCELLED = f"{ID}stage/cancelled"
_RANKS = frozenset(["deputy", "vice", "acting", "former", "assistant", "wakil", "mantan", "pelaksana", "asisten"])
"""Words that make another post of a post."""

_ALIKE = 75
"""Percent of letters that two names share from which on one is taken for the other misspelled."""


def agreement(one: Reading, other: Reading) -> Relation | None:
    """Whether two comparable readings say the same, can both hold, or cannot; None where they tell nothing."""
    if one.quantity and other.quantity:
        return _numbers(one, other)
    if one.measure == KG + "start":
        return Relation.SAME if are_one_time(one.period, other.period) else Relation.APART
    if one.measure == KG + "place":
        return Relation.SAME if _meet(one, other) else Relation.APART
    if one.measure == KG + "attendance" and one.value != other.value:
        return Relation.NEAR if _BOTH in (one.value, other.value) else Relation.APART
    if one.measure == KG + "stage" and one.value != other.value:
        return Relation.APART if _CANCELLED in (one.value, other.value) else Relation.NEAR
    if one.measure in (KG + "role", KG + "name"):
        mine, yours = words(one.value), words(other.value)
        if (mine <= yours or yours <= mine) and not (mine ^ yours) & _RANKS:
            return Relation.SAME
        is_garbled = one.measure == KG + "role" or _is_garbled(one.value, other.value)
        return Relation.NEAR if is_garbled else Relation.SAME
    return Relation.SAME if one.value == other.value else Relation.APART


def _meet(one: Reading, other: Reading) -> bool:
    """Whether a place of the one lies in, or around, a place of the other."""
    pairs = product(one.places.items(), other.places.items())
    return any(here in around or there in wider for (here, wider), (there, around) in pairs)


def comparable(readings: Iterable[Reading], facts: Facts) -> Iterator[tuple[Reading, Reading]]:
    """All pairs of readings that speak of one thing, each once, the earlier report first."""
    buckets: dict[tuple[IRI, Subject], list[Reading]] = defaultdict(list)
    for reading in readings:
        for subject in reading.subjects:
            buckets[reading.measure, subject].append(reading)
    seen: set[tuple[IRI, IRI, IRI]] = set()
    for (measure, subject), found in buckets.items():
        for pair in combinations(found, 2):
            one, other = sorted(pair, key=lambda reading: _order(reading, facts))
            mark = (measure, one.claim.iri, other.claim.iri)
            if mark not in seen and _is_comparable(one, other, subject, facts):
                seen.add(mark)
                yield one, other


def _is_comparable(one: Reading, other: Reading, subject: Subject, facts: Facts) -> bool:
    if _are_kept_apart(one.claim, other.claim, facts) or _are_of_two_units(one, other):
        return False
    if differ(one.origin, other.origin) or differ(one.place, other.place):
        return False
    if one.is_at_event and are_disjoint(one.period, other.period):
        return False  # on two days
    if one.measure == KG + "start" and _are_days_of_one_event(one, other, facts):
        return False
    fits = _FITS.get(subject[0] if isinstance(subject[0], str) else "")
    return fits is None or fits(one, other, facts)


def _are_days_of_one_event(one: Reading, other: Reading, facts: Facts) -> bool:
    """Whether two days are given for an event that some report gives more days, among which are both."""
    if not are_disjoint(one.period, other.period):
        return False
    known = facts.days_of_events.get(one.about[0], set())
    return any(covers(days, one.period) and covers(days, other.period) for days in known)


def _are_kept_apart(one: Claim, other: Claim, facts: Facts) -> bool:
    """Whether two claims are never compared: by judgement, as one claim's two amounts, or as a part and its whole."""
    if one.iri == other.iri or facts.are_apart(_whole(one), _whole(other)):
        return True
    if one.iri == other.one("converts") or other.iri == one.one("converts"):
        return True
    mine, yours = one.one("partOf"), other.one("partOf")
    return one.iri == yours or other.iri == mine or (mine is not None and mine == yours)


def _are_of_two_units(one: Reading, other: Reading) -> bool:
    """Whether numbers are in two currencies, or one is a share: what is counted goes by many names, money by one."""
    if not one.quantity or not other.quantity or one.quantity.unit == other.quantity.unit:
        return False
    return any(number.is_money or number.unit == "%" for number in (one.quantity, other.quantity))


def _figures_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    return one.is_at_event or (one.period == (None, None)) == (other.period == (None, None))


def _investments_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    return one.claim.report != other.claim.report and _is_one_project(one.claim, other.claim)


def _parties_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    return not are_disjoint(one.period, other.period)


def _agreements_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    """Whether claims of one event and kind may tell of the same: what is not counted, but named, has its parties."""
    deals = [facts.claims.get(reading.claim.one("converts") or "", reading.claim) for reading in (one, other)]
    mine, yours = (set(deal.all("party")) for deal in deals)
    is_named = any(deal.one("count") is None and len(deal.all("party")) > 1 for deal in deals)
    return mine == yours or not is_named


def _amounts_at_event_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    return one.claim.one("kind") != other.claim.one("kind") and agreement(one, other) is not Relation.APART


def _copies_fit(one: Reading, other: Reading, facts: Facts) -> bool:
    return facts.original(one.claim.report) == facts.original(other.claim.report)


_FITS: dict[str, Callable[[Reading, Reading, Facts], bool]] = {
    "figure": _figures_fit,
    "investors": _investments_fit,
    "parties": _parties_fit,
    "agreements": _agreements_fit,
    "event amount": _amounts_at_event_fit,
    "role": _copies_fit,
    "name": _copies_fit,
}
"""What two readings under one kind of subject must have in common beside it, to be compared."""


def _is_one_project(one: Claim, other: Claim) -> bool:
    """Whether two investments of one investor in one place are told as the same: by event, or by what is built."""
    mine, yours = one.texts("what"), other.texts("what")
    shared = mine.keys() & yours.keys()
    same_event = one.one("event") is not None and one.one("event") == other.one("event")
    return same_event or not mine or not yours or any(key(mine[tag]) == key(yours[tag]) for tag in shared)


def _numbers(one: Reading, other: Reading) -> Relation:
    assert one.quantity
    assert other.quantity
    return relation(one.quantity, other.quantity)


def _is_garbled(one: Term, other: Term) -> bool:
    """Whether one name is another misspelled, rather than another name of the same thing."""
    return alike(plain(one), plain(other)) >= _ALIKE


def _order(reading: Reading, facts: Facts) -> tuple[bool, str, str, str]:
    """Originals before copies, then by the day of the report."""
    report = facts.reports.get(reading.claim.report)
    day = (report.period[0] or "9999") if report else "9999"
    return facts.original(reading.claim.report) != reading.claim.report, day, reading.claim.report, reading.claim.iri


def _whole(claim: Claim) -> str:
    return claim.one("converts") or claim.iri


def differ(one: str | None, other: str | None) -> bool:
    """Whether both are known and are not the same."""
    return one is not None and other is not None and one != other
