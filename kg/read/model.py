"""What is found in a report: entities, statements, investments, agreements, quantities and dates, with their spans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kg.text import Span

PERSON, COMPANY, ORGANIZATION, PLACE, EVENT = "Person", "Company", "Organization", "Place", "Event"
TYPES = (PERSON, COMPANY, ORGANIZATION, PLACE, EVENT)
"""The sorts of entities."""

DIRECT, INDIRECT = "direct", "indirect"
MONEY, PERCENT, COUNT = "money", "percent", "count"

EXACT, ABOUT, MORE, LESS, LEAST, MOST = "exact", "about", "more_than", "less_than", "at_least", "at_most"


class Why(NamedTuple):
    """The rule that found something, how sure it is (from 0 to 1; None where nobody knows), and its words."""

    rule: str
    confidence: float | None
    words: tuple[Span, ...] = ()


class Amount(NamedTuple):
    """Money as a number, its ISO 4217 currency, and how exactly it is meant."""

    value: Decimal
    currency: str
    qualifier: str


class Entity(NamedTuple):
    """Something named: its fullest name in the report, its sort, and every place where it is named."""

    name: str
    type: str
    mentions: tuple[Span, ...]
    why: Why


class Statement(NamedTuple):
    """What somebody is reported to have said; `speaker` is empty where the source is not named."""

    speaker: str
    role: str
    kind: str
    span: Span
    why: Why


class Investment(NamedTuple):
    """A firm that puts money, a plant, an office or a venture into a place."""

    investor: str
    place: str
    amount: Amount | None
    span: Span
    why: Why


class Agreement(NamedTuple):
    """A contract, memorandum, treaty or deal that was concluded, and between whom."""

    parties: tuple[str, ...]
    amount: Amount | None
    span: Span
    why: Why


class Quantity(NamedTuple):
    """A sum of money, a share in percent, or a number that counts things of `unit`."""

    kind: str
    value: Decimal
    unit: str
    qualifier: str
    span: Span
    why: Why


class DateMention(NamedTuple):
    """Words that fix one calendar day."""

    date: date
    span: Span
    why: Why


class Reading(NamedTuple):
    """All that was found in one report; spans are code points into `text`, which is the report as it was handed in."""

    text: str
    language: str
    date: date | None
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    investments: tuple[Investment, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
