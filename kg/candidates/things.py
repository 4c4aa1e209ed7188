"""What a graph says of the things that may be one: their names and identifiers, and the claims that speak of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.backends.base import Backend
from kg.candidates.likeness import Name, read_name
from kg.candidates.words import DEAL, EVENT, ORGANIZATION, PERSON, PLACE, SERIES
from kg.compare.facts import Claim, Facts, plain, read
from kg.identity import Identity
from kg.solutions import Solution
from kg.terms import KG, PREFIXES, Literal, local_name

CLASSES = {
    "Person": PERSON,
    "Organization": ORGANIZATION,
    "Company": ORGANIZATION,
    "Place": PLACE,
    "Event": EVENT,
    "EventSeries": SERIES,
    "Deal": DEAL,
}
"""The sort of each class of entities; a company and an organization may be one."""

_LINKS = (
    "speaker",
    "about",
    "person",
    "organization",
    "party",
    "investor",
    "event",
    "series",
    "company",
    "entity",
    "place",
)
"""Properties by which a claim speaks of an entity."""

Printed = tuple[str, str]
"""A wording and its language."""


@dataclass
class Thing:
    """An entity, with what is joined with it: the class and names it has, and what claims say of it."""

    iri: str
    kind: str
    class_iri: str
    names: tuple[Name, ...] = ()
    identifiers: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    reports: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    roles: set[Printed] = field(default_factory=set)
    editions: set[tuple[str, str]] = field(default_factory=set)
    spans: set[tuple[str, str]] = field(default_factory=set)
    first_years: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Known:
    """Everything that pairs are judged by: the things by IRI, and the claims as `kg.compare` gathers them."""

    things: dict[str, Thing]
    facts: Facts

    @property
    def identity(self) -> Identity:
        """What judgements join."""
        return self.facts.identity

    def day(self, report: str) -> str | None:
        """The day a report bears."""
        known = self.facts.reports.get(report)
        return known.one("date") if known else None


def gather(backend: Backend) -> Known:
    """Read a graph, by two queries on asserted triples."""
    identity = backend.identity()
    facts = read(backend.sparql(_FACTS).solutions, identity)
    things = _things(backend.sparql(_NAMED).solutions, facts)
    for claim in sorted(facts.claims.values(), key=lambda claim: claim.key):
        _note(claim, things)
    for thing in things.values():
        if thing.kind == PLACE:
            thing.places = _nearest_around(thing.iri, facts)
    return Known(things, facts)


def _things(rows: Iterable[Solution], facts: Facts) -> dict[str, Thing]:
    """The entities, those that are joined as one, without what claims say of them."""
    classes: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    identifiers: dict[str, set[str]] = defaultdict(set)
    types: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        iri = facts.identity.entity.get(str(row["thing"]), str(row["thing"]))
        classes[iri].add(local_name(str(row["kind"])))
        value, name = row["value"], local_name(str(row["property"]))
        target = {"exactMatch": identifiers, "placeType": types}.get(name, own)
        if target is not own or isinstance(value, Literal):
            target[iri].add(plain(value))
    printed: dict[str, set[str]] = defaultdict(set)
    for claim in facts.claims.values():
        entity, called = claim.one("entity"), claim.one("name")
        if claim.kind == "Mention" and entity and called:
            printed[entity].add(called)
    found = {}
    for iri in sorted(classes):
        # Where a company counts as an organization too, it is shown as what it is.
        lowest = min(classes[iri], key=lambda name: (name == "Organization", name))
        found[iri] = Thing(
            iri, CLASSES[lowest], KG + lowest, identifiers=frozenset(identifiers[iri]), types=frozenset(types[iri])
        )
        found[iri].names = _names(found[iri].kind, own[iri], printed[iri])
    return found


def _names(kind: str, own: set[str], printed: set[str]) -> tuple[Name, ...]:
    names = [read_name(text, kind) for text in sorted(own)]
    names += [read_name(text, kind, is_printed=True) for text in sorted(printed - own)]
    if kind == EVENT and any(name.numbers for name in names):
        # Without its number, an edition's name is that of its series.
        names = [name for name in names if name.numbers]
    return tuple(names)


def _note(claim: Claim, things: dict[str, Thing]) -> None:
    """Add what a claim says to the things that it speaks of."""
    spoken_of = {iri for name in _LINKS for iri in claim.all(name) if iri in things}
    for iri in spoken_of:
        thing = things[iri]
        thing.reports.add(claim.report)
        thing.events.update(event for event in claim.all("event") if event != iri)
        thing.organizations.update(claim.all("organization") if claim.kind == "Position" else ())
        thing.people.update(claim.all("person") if thing.kind == ORGANIZATION else ())
    person, company = things.get(claim.one("person") or ""), things.get(claim.one("company") or "")
    if claim.kind == "Position" and person:
        person.roles.update((text, language) for language, text in claim.texts("role").items())
    if company:
        company.places.update(claim.all("base"))
    event, series = things.get(claim.one("event") or ""), things.get(claim.one("series") or "")
    if claim.kind == "EventDescription" and event:
        edition, in_series = claim.one("edition"), claim.one("series")
        if edition and in_series:
            event.editions.add((in_series, edition))
        start, end = claim.period
        if start and end:
            event.spans.add((start, end))
        event.places.update(claim.all("place"))
    if claim.kind == "SeriesDescription" and series:
        series.first_years.update(claim.all("firstYear"))


def _nearest_around(place: str, facts: Facts) -> set[str]:
    """The places that contain `place`, without those that contain these: a graph may hold what is inferred too."""
    around = facts.around(place) - {place}
    return around - {outer for inner in around for outer in facts.around(inner) - {inner}}


_PREFIXES = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("kg", "rdfs", "schema", "skos"))

_NAMED = (
    _PREFIXES
    + f"""SELECT ?thing ?kind ?property ?value WHERE {{
  ?thing a ?kind .
  FILTER(?kind IN ({", ".join(f"kg:{name}" for name in CLASSES)}))
  ?thing ?property ?value .
  FILTER(?property IN (rdfs:label, skos:altLabel, skos:exactMatch, kg:placeType))
}}"""
)

_CLAIMS = (
    *("Agreement", "Investment", "Conversion", "Statement", "Figure", "Assertion", "Position", "EventDescription"),
    *("SeriesDescription", "CompanyDescription", "Mention"),
)
_SAID = (
    *_LINKS,
    *(
        "base",
        "role",
        "name",
        "edition",
        "firstYear",
        "start",
        "end",
        "count",
        "kind",
        "partOf",
        "deal",
        "what",
        "converts",
    ),
)
_OF_AMOUNTS = ("value", "minimum", "maximum", "currency", "qualifier")
_IS_CLAIM = f"""?claim a ?kind ; kg:report ?report .
    FILTER(?kind IN ({", ".join(f"kg:{name}" for name in _CLAIMS)}))"""

# Filters rather than VALUES: an engine that joins as it reads would go through every class times every property.
_FACTS = (
    _PREFIXES
    + f"""SELECT ?claim ?kind ?report ?property ?value WHERE {{
  {{
    {_IS_CLAIM}
    ?claim ?property ?value .
    FILTER(?property IN ({", ".join(f"kg:{name}" for name in _SAID)}))
  }} UNION {{
    {_IS_CLAIM}
    ?claim kg:amount ?money .
    ?money ?property ?value .
    FILTER(?property IN ({", ".join(f"kg:{name}" for name in _OF_AMOUNTS)}))
  }} UNION {{
    ?claim a kg:Report ; kg:date ?value .
    BIND(kg:date AS ?property)
  }} UNION {{
    ?claim schema:containedInPlace ?value .
    BIND(schema:containedInPlace AS ?property)
  }} UNION {{
    ?claim kg:separates ?value .
    BIND(kg:separates AS ?property)
  }}
}}"""
)
