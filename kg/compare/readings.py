"""The single things that a claim says and that other claims may say otherwise: numbers, days, modes, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kg.compare.facts import Claim, Facts, Period
from kg.compare.numbers import Quantity
from kg.names import key
from kg.terms import IRI, KG, XSD, Literal, Term

Subject = tuple[str | frozenset[str], ...]
"""What a reading is about, as far as readings must agree in it to be compared."""


@dataclass(frozen=True)
class Reading:
    """One thing that one claim says.

    `subjects` are the things it may be compared under; `value` is how it is shown, `quantity` the number it is, if
    it is one. `is_converted` says that it is worked out from or printed beside an amount in another currency.
    `places` are those it gives, each with all that contain it.
    """

    claim: Claim
    measure: IRI
    subjects: tuple[Subject, ...]
    about: tuple[str, ...]
    value: Term
    quantity: Quantity | None = None
    period: Period = (None, None)
    origin: str | None = None
    place: str | None = None
    is_at_event: bool = False
    is_converted: bool = False
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def is_figure(self) -> bool:
        """Whether it tells of a time of its own, as figures do, rather than of an event or deal."""
        return not self.is_at_event and any(subject[0] == "figure" for subject in self.subjects)

    @property
    def nominal(self) -> Decimal:
        """The number to go by; nothing where the reading is none."""
        return self.quantity.nominal if self.quantity else Decimal(0)

    @property
    def scope(self) -> dict[str, str]:
        """What is counted, by language."""
        return self.claim.texts("scope")


def readings(facts: Facts) -> Iterator[Reading]:
    """All readings of all claims, in order."""
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        yield from _of(claim, facts)


def _of(claim: Claim, facts: Facts) -> Iterator[Reading]:
    if claim.kind == "Figure":
        yield from _figure(claim, claim, facts)
    elif claim.kind in ("Agreement", "Investment"):
        yield from _deal(claim, claim, facts)
    elif claim.kind == "Conversion":
        whole = facts.claims.get(claim.one("converts") or "")
        if whole is not None:
            yield from _figure(claim, whole, facts) if whole.kind == "Figure" else _deal(claim, whole, facts)
    elif claim.kind == "EventDescription":
        yield from _event(claim, facts)
    elif claim.kind == "SeriesDescription":
        yield from _plain(claim, "series", ("firstYear", "frequency"))
    elif claim.kind == "Position":
        yield from _position(claim)
    elif claim.kind == "Mention":
        yield from _mention(claim)


def quantity(claim: Claim) -> Quantity | None:
    """The number of a figure, or the amount of another claim."""
    unit = claim.one("currency") or claim.one("unit")
    if unit is None:
        return None
    value, minimum, maximum = (_decimal(claim.one(name)) for name in ("value", "minimum", "maximum"))
    if value is None and minimum is None and maximum is None:
        return None
    return Quantity(unit, claim.one("qualifier") or "exact", value, minimum, maximum)


def _figure(claim: Claim, figure: Claim, facts: Facts) -> Iterator[Reading]:
    number, measure = quantity(claim), figure.one("measure")
    if number is None or measure is None:
        return
    event = figure.one("event")
    named = {*figure.all("about")}
    origin, place = figure.one("origin"), figure.one("place")
    # At an event it goes without saying where; else the places are what tells two figures apart.
    subject = named | {event} if event else named | {name for name in (origin, place) if name}
    subjects: tuple[Subject, ...] = ()
    if figure.one("partOf") is None:
        subjects = (("figure", measure, frozenset(filter(None, subject))),)
    if head := facts.identity.claim.get(figure.iri):
        subjects += (("joined", head),)
    yield Reading(
        claim, IRI(measure), subjects, figure.all("about"), _shown(number), number, figure.period, origin, place,
        event is not None, claim is not figure,
    )  # fmt: skip


def _deal(claim: Claim, deal: Claim, facts: Facts) -> Iterator[Reading]:
    subjects = deal_subjects(deal, facts)
    about = _about_deal(deal)
    is_converted = claim is not deal
    number, count, stage = quantity(claim), _decimal(claim.one("count")), claim.one("stage")
    if number is not None:
        event = deal.one("event")
        at_event: tuple[Subject, ...] = (("event amount", event),) if event and not deal.one("partOf") else ()
        yield Reading(claim, IRI(KG + "amount"), subjects + at_event, about, _shown(number), number, deal.period,
                      is_converted=is_converted)  # fmt: skip
    if count is not None:
        counted = Quantity("", claim.one("countQualifier") or "exact", count)
        yield Reading(claim, IRI(KG + "count"), subjects, about, _shown(counted), counted, deal.period)
    if stage is not None and not is_converted:
        yield Reading(claim, IRI(KG + "stage"), subjects, about, IRI(stage), period=deal.period)


def deal_subjects(deal: Claim, facts: Facts) -> tuple[Subject, ...]:
    """What an investment or agreement may be known by as the one that another report speaks of.

    A judgement or a deal that both name; else, for agreements counted together, event and kind; for agreements
    between named parties, the parties and kind; for investments, investor, place and what is built.
    """
    found: list[Subject] = []
    if head := facts.identity.claim.get(deal.iri):
        found.append(("joined", head))
    if named := deal.one("deal"):
        found.append(("deal", named))
    if deal.one("partOf"):
        return tuple(found)
    event, kind = deal.one("event"), deal.one("kind") or ""
    parties, investors = frozenset(deal.all("party")), frozenset(deal.all("investor"))
    if deal.kind == "Agreement" and event and (deal.one("count") or quantity(deal) is not None):
        found.append(("agreements", event, kind))
    if deal.kind == "Agreement" and len(parties) > 1 and not event:
        found.append(("parties", parties, kind))
    if deal.kind == "Investment" and investors and (place := deal.one("place")):
        found.append(("investors", investors, place))
    return tuple(found)


def _about_deal(deal: Claim) -> tuple[str, ...]:
    event = deal.one("event")
    if deal.kind == "Agreement" and event:
        return (event,)
    names = (*deal.all("investor"), *deal.all("party"))
    return names or deal.all("place") or tuple(filter(None, [event]))


def _event(claim: Claim, facts: Facts) -> Iterator[Reading]:
    event = claim.one("event")
    if event is None:
        return
    subjects: tuple[Subject, ...] = (("event", event),)
    start, end = claim.period
    if start or end:
        shown = Literal(f"{start or '..'}" if start == end else f"{start or '..'}/{end or '..'}")
        yield Reading(claim, IRI(KG + "start"), subjects, (event,), shown, period=(start, end))
    if places := {place: frozenset(facts.around(place)) for place in claim.all("place")}:
        yield Reading(claim, IRI(KG + "place"), subjects, (event,), IRI(min(places)), places=places)
    if edition := claim.one("edition"):
        yield Reading(claim, IRI(KG + "edition"), subjects, (event,), Literal(edition, XSD + "integer"))
    if attendance := claim.one("attendance"):
        yield Reading(claim, IRI(KG + "attendance"), subjects, (event,), IRI(attendance))


def _plain(claim: Claim, of: str, names: tuple[str, ...]) -> Iterator[Reading]:
    subject = claim.one(of)
    for name in names if subject else ():
        value = claim.one(name)
        if subject and value:
            datatype = XSD + ("integer" if value.isdigit() else "string")
            yield Reading(claim, IRI(KG + name), ((of, subject),), (subject,), Literal(value, datatype))


def _position(claim: Claim) -> Iterator[Reading]:
    person = claim.one("person")
    for language, role in claim.texts("role").items():
        if person:
            subjects: tuple[Subject, ...] = (("role", person, language),)
            yield Reading(claim, IRI(KG + "role"), subjects, (person,), Literal(role), period=claim.period)


def _mention(claim: Claim) -> Iterator[Reading]:
    entity = claim.one("entity")
    for language, name in claim.texts("name").items():
        if entity:
            yield Reading(claim, IRI(KG + "name"), (("name", entity, language),), (entity,), Literal(name))


def words(text: Term) -> frozenset[str]:
    """The words of a name or post, whatever their case and order."""
    return frozenset(key(text.value if isinstance(text, Literal) else str(text)).split())


def _shown(number: Quantity) -> Literal:
    if number.value is None and number.minimum is not None and number.maximum is not None:
        return Literal(f"{_plainly(number.minimum)}–{_plainly(number.maximum)}")
    return Literal(_plainly(number.nominal), XSD + "decimal")


def _plainly(number: Decimal) -> str:
    """A number without zeros at its end behind the point: engines drop them."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None
