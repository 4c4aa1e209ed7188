"""Where reports do not say the same: pairs of readings that differ, each with the kind of disagreement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.compare.documents import (
    altered_numbers,
    out_of_proportion,
    parts_that_do_not_add_up,
    rates_that_do_not_fit,
    swapped_digits,
)
from kg.compare.facts import Facts
from kg.compare.kinds import ALTERED, CONFLICT, CURRENCY, ROUNDING, SCOPE, UPDATE, WITHIN, WORDING, Pair
from kg.compare.matching import agreement, comparable, differ
from kg.compare.numbers import Relation
from kg.compare.readings import Reading, Subject
from kg.compare.times import are_disjoint, covers, is_inside
from kg.names import key
from kg.periods import shown
from kg.terms import IRI, KG

_MONTH = len("2021-12")
_TOTAL = "-total"
"""How the names of measures end that count from a beginning up to a day."""


def disagreements(readings: Sequence[Reading], facts: Facts) -> Iterator[Pair]:
    """All pairs that differ, by every rule."""
    flows = flows_of(readings)
    found = list(comparable(readings, facts))
    said = _said(found)
    for one, other in found:
        kind = kind_of(one, other, facts, flows)
        if kind is not None and not _is_told_elsewhere(one, other, kind, said, facts):
            yield Pair(one, other, kind)
    yield from parts_that_do_not_add_up(readings, facts)
    yield from rates_that_do_not_fit(readings)
    yield from out_of_proportion(readings, facts)
    yield from altered_numbers(readings, facts)
    yield from swapped_digits(readings, facts)


Said = dict[tuple[IRI, Subject, str], list[Reading]]
"""What each report says of each subject."""


def _said(pairs: Iterable[tuple[Reading, Reading]]) -> Said:
    said: Said = defaultdict(list)
    each = {(reading.claim.iri, reading.measure): reading for pair in pairs for reading in pair}
    for reading in each.values():
        for subject in reading.subjects:
            said[reading.measure, subject, reading.claim.report].append(reading)
    return said


def _is_told_elsewhere(one: Reading, other: Reading, kind: IRI, said: Said, facts: Facts) -> bool:
    """Whether a disagreement of two reports follows from another that is told.

    That of a copy with its original, whose word the copy only repeats or alters; or that of a report with itself,
    where what it also says agrees.
    """
    if kind == WITHIN:
        return False
    for mine, yours in ((one, other), (other, one)):
        original = facts.original(mine.claim.report)
        for subject in set(mine.subjects) & set(yours.subjects):
            is_copy = original not in (mine.claim.report, yours.claim.report)
            if kind == ALTERED and not is_copy:
                continue
            if is_copy and (mine.measure, subject, original) in said:
                return True
            also = said[mine.measure, subject, mine.claim.report] if kind == CONFLICT else ()
            if any(agreement(each, yours) is Relation.SAME for each in also if each.claim.iri != mine.claim.iri):
                return True
    return False


def kind_of(one: Reading, other: Reading, facts: Facts, flows: dict[Subject, list[Reading]]) -> IRI | None:
    """The kind of disagreement of two comparable readings, or None where they agree."""
    found = agreement(one, other)
    same_report = one.claim.report == other.claim.report
    if one.measure in (KG + "role", KG + "name"):
        return ALTERED if found is Relation.NEAR and not same_report else None
    if not same_report and _is_one_sum_for_two_kinds(one, other):
        return SCOPE
    if one.quantity and other.quantity and one.is_figure:
        found, kind = _over_time(one, other, found, flows)
        if kind is not None or found is None:
            return None if same_report else kind
    if found is None:
        return None
    if same_report:
        return WITHIN if found is Relation.APART and not _has_other_scope(one, other, found) else None
    if _has_other_scope(one, other, found):
        return SCOPE
    if found is Relation.APART:
        return _apart(one, other, facts)
    return _near(one, other) if found is Relation.NEAR else None


def _is_one_sum_for_two_kinds(one: Reading, other: Reading) -> bool:
    """Whether one amount is given for agreements of two kinds that have nothing in common but their event."""
    shared = set(one.subjects) & set(other.subjects)
    return bool(shared) and {subject[0] for subject in shared} == {"event amount"}


def _apart(one: Reading, other: Reading, facts: Facts) -> IRI:
    """The kind of disagreement of two reports that cannot both be right in the same sense."""
    if facts.original(one.claim.report) == facts.original(other.claim.report):
        return ALTERED
    if _is_later(one, other, facts) or _is_later(other, one, facts):
        return UPDATE
    if one.is_converted or other.is_converted:
        return CURRENCY
    if one.is_at_event and is_inside(one.period, other.period):
        return SCOPE
    return CONFLICT


def _near(one: Reading, other: Reading) -> IRI | None:
    if one.measure == KG + "stage":
        return UPDATE
    return ROUNDING if one.quantity else WORDING


def _over_time(
    one: Reading, other: Reading, found: Relation | None, flows: dict[Subject, list[Reading]]
) -> tuple[Relation | None, IRI | None]:
    """How figures of different times stand to one another: None where both tell of their own time."""
    if one.period == other.period or (None, None) in (one.period, other.period):
        return found, None
    if not one.measure.endswith(_TOTAL) and (one.period[0] is None) != (other.period[0] is None):
        return None, None
    if one.measure.endswith(_TOTAL) or one.period[0] is None:
        if are_disjoint(one.period, other.period):
            return None, None
        if one.period[1] == other.period[1]:
            return None, None if found in (Relation.SAME, Relation.FAR) else SCOPE
        return None, SCOPE if _falls(one, other) or _overflows(one, other, flows) else None
    if found is Relation.APART and is_inside(one.period, other.period):
        inner, outer = (one, other) if covers(other.period, one.period) else (other, one)
        if _is_extensive(inner) and inner.nominal > outer.nominal:
            return found, None
    return None, None


def _falls(one: Reading, other: Reading) -> bool:
    """Whether a number that only grows is smaller on the later day: then two things were counted."""
    earlier, later = sorted((one, other), key=lambda reading: reading.period[1] or "9999")
    return _is_extensive(one) and later.nominal < earlier.nominal


def _overflows(one: Reading, other: Reading, flows: dict[Subject, list[Reading]]) -> bool:
    """Whether the earlier total and what came in between exceed the later total: then two things were counted."""
    earlier, later = sorted((one, other), key=lambda reading: reading.period[1] or "9999")
    assert later.quantity
    if not one.measure.endswith(_TOTAL) or not _is_extensive(one):
        return False
    for flow in flows.get(_flow_subject(one), ()):
        start, end = flow.period
        if (
            start
            and end
            and earlier.period[1]
            and later.period[1]
            and earlier.period[1] < start
            and end <= later.period[1]
        ):
            same_way = not differ(flow.origin, one.origin) and not differ(flow.place, one.place)
            most = later.quantity.span()[1]
            one_unit = flow.quantity is not None and flow.quantity.unit == later.quantity.unit
            if same_way and one_unit and most is not None and earlier.nominal + flow.nominal > most:
                return True
    return False


def flows_of(readings: Iterable[Reading]) -> dict[Subject, list[Reading]]:
    """Figures of what came in a period, by what they are about."""
    found: dict[Subject, list[Reading]] = defaultdict(list)
    for reading in readings:
        subject = reading.subjects[0] if reading.subjects else ()
        if reading.quantity and subject and subject[0] == "figure" and not reading.measure.endswith(_TOTAL):
            found[subject].append(reading)
    return found


def _flow_subject(total: Reading) -> Subject:
    """What a figure of a period is about that adds to this total."""
    kind, measure, names = total.subjects[0]
    return kind, str(measure).removesuffix(_TOTAL), names


def _is_extensive(reading: Reading) -> bool:
    """Whether the numbers of two times add up: counts and money do, shares and ranks do not."""
    return reading.quantity is not None and reading.quantity.unit not in ("%", "rank")


def _has_other_scope(one: Reading, other: Reading, found: Relation) -> bool:
    """Whether two numbers count different things: by their scope, or all that came and what came from one place."""
    if one.is_at_event and one.origin != other.origin:
        return found not in (Relation.SAME, Relation.FAR)
    mine, yours = one.scope, other.scope
    if (not mine and not yours) or not one.quantity:
        return False
    shared = mine.keys() & yours.keys()
    if mine and yours and (not shared or any(key(mine[tag]) == key(yours[tag]) for tag in shared)):
        return False
    # One sum of money for two scopes is worth telling; that two scopes count the same number is chance.
    return found in (Relation.NEAR, Relation.APART) or (bool(mine) and bool(yours) and one.quantity.is_money)


def _is_later(one: Reading, other: Reading, facts: Facts) -> bool:
    """Whether `other` counts up to a day on which the report of `one` had been published, and no less."""
    report = facts.reports.get(one.claim.report)
    if None not in other.period and len(shown(*other.period) or "") <= _MONTH:
        return False  # a month or year says not on which day of it
    first, last = report.period if report else (None, None)
    published = last if first == last else one.period[1]
    end = other.period[1]
    if one.measure == KG + "stage":
        later = facts.reports.get(other.claim.report)
        return bool(published and later and later.period[0] and later.period[0] > published)
    if not one.quantity or not other.quantity or not published or not end or one.period[1] == end:
        return False
    return end > published and other.nominal >= one.nominal
