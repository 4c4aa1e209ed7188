"""The made-up world that made-up reports speak of: people, bodies, firms, places and events, each named by its number.

Names are put together from syllables and mean nobody. How often a thing is spoken of falls with its number, and
more things come up the more reports there are, so the first reports are the same however many are made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from kg import formats, resources
from kg.records import EntityRecord
from kg.terms import ID, IRI, KG, RDF, SCHEMA, SKOS, Literal

LANGUAGES = ("en", "id", "zh")
COUNTRIES, CITIES = 12, 60
PLACE_TYPE = KG + "placeType"
WITHIN = SCHEMA + "containedInPlace"

_SYLLABLES = ["ba", "do", "fe", "ga", "ki", "lo", "mu", "na", "po", "ra", "se", "ti", "vu", "za", "ke", "ri"]
_SIGNS = "巴多费加基洛穆纳波拉塞提武扎克里"
_GROWTH = {
    "person": (60, 0.5), "company": (50, 0.4), "organization": (30, 0.05), "district": (40, 0.2), "event": (20, 0.1),
    "series": (10, 0.02),
}  # fmt: skip
"""How many things of a kind there are before the first report, and how many more come up with each."""

_SERIES = {"en": "{} Cooperation Forum", "id": "Forum Kerja Sama {}", "zh": "{}合作论坛"}
_EVENT = {"en": "{} ({})", "id": "{} ke-{}", "zh": "第{1}届{0}"}
_BODY = {"en": "{} Trade Office", "id": "Kantor Perdagangan {}", "zh": "{}贸易办公室"}
_FIRM = {"en": "{} Works", "id": "{} Karya", "zh": "{}实业"}


@dataclass(frozen=True)
class Thing:
    """Something reports speak of: its IRI, its names by language, and the record that describes it."""

    iri: IRI
    names: dict[str, str]
    record: EntityRecord
    above: tuple[Thing, ...] = ()

    def __hash__(self) -> int:
        return hash(self.iri)


def size(kind: str, report: int) -> int:
    """How many things of a kind have come up by the time of a report."""
    base, growth = _GROWTH[kind]
    return int(base + growth * report)


def pick(random: Random, count: int, flat: int = 8) -> int:
    """A number below `count`; number k comes up about as often as 1 / (k + flat) says (Zipf and Mandelbrot)."""
    return int(((count + flat) / flat) ** random.random() * flat) - flat


@cache
def person(number: int) -> Thing:
    """A person."""
    return _thing("person", number, dict.fromkeys(LANGUAGES, "{}"), words=2)


@cache
def company(number: int) -> Thing:
    """A firm."""
    return _thing("company", number, _FIRM)


@cache
def organization(number: int) -> Thing:
    """A public body."""
    return _thing("organization", number, _BODY)


@cache
def series(number: int) -> Thing:
    """A series of events."""
    return _thing("series", number, _SERIES)


def edition(of: Thing) -> int:
    """Which edition of its series an event is."""
    return int(of.iri.rpartition("-")[2]) % 30 + 1


@cache
def event(number: int) -> Thing:
    """An event: an edition of a series."""
    of = series(_spread(number, size("series", number * 10)))
    names = {language: _EVENT[language].format(of.names[language], number % 30 + 1) for language in LANGUAGES}
    return _described("event", IRI(f"{of.iri.replace('/series/', '/event/')}-{number}"), names, {}, (of,))


@cache
def country(number: int) -> Thing:
    """A country."""
    return _place("country", number)


@cache
def city(number: int) -> Thing:
    """A city, in a country."""
    return _place("city", number, country(_spread(number, COUNTRIES)))


@cache
def district(number: int) -> Thing:
    """A district, in a city."""
    return _place("district", number, city(_spread(number, CITIES)))


def around(place: Thing) -> tuple[Thing, ...]:
    """The places that a place lies in; none for what is no place."""
    inner = place.above if place.record.kind == "Place" else ()
    return (*inner, *(outer for above in inner for outer in around(above)))


@cache
def reader() -> EntityRecord:
    """The agent that "read" the reports."""
    return EntityRecord(IRI(ID + "agent/made-up-reports"), "", (_text("generator of made-up reports", "en"),))


@cache
def concepts(scheme: str) -> tuple[IRI, ...]:
    """The concepts of a scheme of the ontology, in the order of their IRIs."""
    path = resources.ontology() / "vocab" / f"{scheme}.ttl"
    quads = formats.parse(path.read_bytes(), formats.format_of(path), str(path))
    return tuple(sorted(IRI(s[1:-1]) for s, p, _, _ in quads if p == f"<{SKOS}inScheme>"))


def word(number: int, syllables: int = 3) -> tuple[str, str]:
    """A made-up word, in letters and in Chinese signs; another number below 16 ** syllables gives another word."""
    mixed = number * 2654435761 % 16**syllables
    digits = [mixed >> 4 * place & 15 for place in reversed(range(syllables))]
    return "".join(_SYLLABLES[digit] for digit in digits), "".join(_SIGNS[digit] for digit in digits)


def _spread(number: int, count: int) -> int:
    """A number below `count` for a number, always the same; low ones more often."""
    return pick(Random(number), count, 4)


def _place(kind: str, number: int, above: Thing | None = None) -> Thing:
    offset = {"country": 0, "city": 100, "district": 1000}[kind]
    values: dict[str, tuple[IRI | Literal, ...]] = {PLACE_TYPE: (IRI(f"{ID}place-type/{kind}"),)}
    if above:
        values[WITHIN] = (above.iri,)
    return _thing("place", offset + number, dict.fromkeys(LANGUAGES, "{}"), values, (above,) if above else ())


def _thing(
    kind: str,
    number: int,
    patterns: dict[str, str],
    values: dict[str, tuple[IRI | Literal, ...]] | None = None,
    above: tuple[Thing, ...] = (),
    words: int = 1,
) -> Thing:
    salt = {"person": 0, "company": 70_001, "organization": 140_009, "series": 210_011, "place": 280_019}[kind]
    parts = [word(number + salt, 4), word(number * 7 + salt, 3)][:words]
    latin, signs = " ".join(part[0].capitalize() for part in parts), "·".join(part[1] for part in parts)
    names = {language: patterns[language].format(signs if language == "zh" else latin) for language in LANGUAGES}
    iri = IRI(f"{ID}{kind}/{re.sub('[^a-z]+', '-', latin.lower())}-{number}")
    return _described(kind, iri, names, values or {}, above)


def _described(
    kind: str, iri: IRI, names: dict[str, str], values: dict[str, tuple[IRI | Literal, ...]], above: tuple[Thing, ...]
) -> Thing:
    name = {"series": "EventSeries"}.get(kind, kind.capitalize())
    labels = tuple(_text(names[language], language) for language in LANGUAGES)
    return Thing(iri, names, EntityRecord(iri, name, labels, (), values), above)


def _text(value: str, language: str) -> Literal:
    return Literal(value, RDF + "langString", language)
