"""What claims say for and against two things being one, beside their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from kg.candidates.things import Known, Thing
from kg.candidates.words import EVENT, ORGANIZATION, PERSON, PLACE, SERIES

SURE = 99
"""The most that evidence comes to: that two are one, a person says."""

_ALIKE = 90
"""How alike two wordings of a post must be, in percent, to be of one post."""


class Reason(NamedTuple):
    """A reason in words, with `{}` for each of the IRIs whose label belongs there, and how much it weighs."""

    weight: int
    text: str
    iris: tuple[str, ...] = ()


def is_ruled_out(one: Thing, other: Thing) -> bool:
    """Whether two things cannot be one, whatever their names.

    So it is with two confirmed identifiers from one register, and with two editions of one series.
    """
    if _other_identifiers(one, other):
        return True
    if one.editions & other.editions:
        return False
    return bool({series for series, _ in one.editions} & {series for series, _ in other.editions})


def _other_identifiers(one: Thing, other: Thing) -> bool:
    if one.identifiers & other.identifiers:
        return False
    return bool(set(map(_register, one.identifiers)) & set(map(_register, other.identifiers)))


def _register(identifier: str) -> str:
    """Who gave an identifier: the address without its last part."""
    return identifier.rpartition("/")[0].replace("https://", "http://")


def same_identifier(one: Thing, other: Thing) -> Iterator[Reason]:
    """The identifiers that both have: near certainty."""
    for identifier in sorted(one.identifiers & other.identifiers):
        yield Reason(SURE, f"the same identifier {identifier}")


def same_edition(one: Thing, other: Thing) -> Iterator[Reason]:
    """The editions of one series that both events are said to be: as good as a name."""
    for series, edition in sorted(one.editions & other.editions):
        yield Reason(88, f"both are number {edition} of {{}}", (series,))


def context(one: Thing, other: Thing, known: Known) -> list[Reason]:
    """What is said of both, for and against, in a fixed order."""
    found = list(_OF_KIND[one.kind](one, other, known)) if one.kind in _OF_KIND else []
    shared = sorted(one.events & other.events)
    if shared and one.kind in (PERSON, ORGANIZATION):
        found.append(Reason(3, "both at {}", (shared[0],)))
    days = {day for report in one.reports for day in [known.day(report)] if day}
    same_day = sorted(days & {known.day(report) for report in other.reports - one.reports})
    if same_day and not one.reports & other.reports:
        found.append(Reason(2, f"in reports of the same day ({same_day[0]})"))
    if one.reports & other.reports:
        found.append(Reason(-12, "the same report names both"))
    return found


def _of_persons(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    post = next(iter(_same_posts(one, other)), None)
    if post:
        yield Reason(4, f'both "{post}"')
    elif _comparable(one, other):
        yield Reason(-4, "different posts")
    shared = sorted(one.organizations & other.organizations)
    if shared:
        yield Reason(3, "both in {}", (shared[0],))
    if not post and not shared and not one.events & other.events:
        yield Reason(-8, "nothing else is known to be common to both")


def _same_posts(one: Thing, other: Thing) -> Iterator[str]:
    for text, language in sorted(one.roles):
        for wording, tongue in sorted(other.roles):
            if language == tongue and fuzz.token_set_ratio(text.casefold(), wording.casefold()) >= _ALIKE:
                yield min(text, wording, key=lambda each: (len(each), each))


def _comparable(one: Thing, other: Thing) -> bool:
    """Whether posts of both are given in one language."""
    return bool({language for _, language in one.roles} & {language for _, language in other.roles})


def _of_organizations(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    people = sorted(one.people & other.people)
    if people:
        yield Reason(4, "{} has a post in both", (people[0],))
    yield from _bases(one, other, known)


def _bases(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    pairs = [(a, b) for a in sorted(one.places) for b in sorted(other.places)]
    near = [(a, b) for a, b in pairs if a in known.facts.around(b) or b in known.facts.around(a)]
    if near:
        yield Reason(4, "both based in {}", (near[0][0],))
    elif pairs:
        yield Reason(-6, "one is based in {}, the other in {}", pairs[0])


def _of_places(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    if other.iri in known.facts.around(one.iri) or one.iri in known.facts.around(other.iri):
        yield Reason(-20, "one lies within the other")
        return
    shared = sorted(one.places & other.places)
    if shared:
        yield Reason(4, "both lie in {}", (shared[0],))
    elif one.places and other.places and not _contain_one_another(one.places, other.places, known):
        yield Reason(-12, "one lies in {}, the other in {}", (min(one.places), min(other.places)))
    if one.types and other.types and not one.types & other.types:
        yield Reason(-8, "one is a {}, the other a {}", (min(one.types), min(other.types)))


def _contain_one_another(places: Iterable[str], others: Iterable[str], known: Known) -> bool:
    return any(a in known.facts.around(b) or b in known.facts.around(a) for a in places for b in others)


def _of_events(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    if one.spans and other.spans:
        apart = min(days_between(span, other_span) for span in one.spans for other_span in other.spans)
        if apart <= 0:
            yield Reason(4, "on the same days")
        elif apart > 31:
            yield Reason(-25, f"{apart} days lie between them")
    if one.places and other.places:
        shared = sorted(one.places & other.places)
        if shared:
            yield Reason(3, "both in {}", (shared[0],))
        elif not _contain_one_another(one.places, other.places, known):
            yield Reason(-6, "one in {}, the other in {}", (min(one.places), min(other.places)))


def _of_series(one: Thing, other: Thing, known: Known) -> Iterator[Reason]:
    if one.first_years and other.first_years:
        shared = sorted(one.first_years & other.first_years)
        yield Reason(4, f"both since {shared[0]}") if shared else Reason(-6, "begun in different years")


def meet(one: Thing, other: Thing) -> bool:
    """Whether two events are at the same time, as far as is known."""
    return any(days_between(span, other_span) <= 0 for span in one.spans for other_span in other.spans)


def days_between(one: tuple[str, str], other: tuple[str, str]) -> int:
    """How many days lie between two spans; 0 or less where they meet, or where a day is none."""
    (start, end), (other_start, other_end) = one, other
    try:
        return (date.fromisoformat(max(start, other_start)) - date.fromisoformat(min(end, other_end))).days
    except ValueError:
        return 0


_OF_KIND: dict[str, Callable[[Thing, Thing, Known], Iterator[Reason]]] = {
    PERSON: _of_persons,
    ORGANIZATION: _of_organizations,
    PLACE: _of_places,
    EVENT: _of_events,
    SERIES: _of_series,
}
