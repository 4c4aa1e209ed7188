"""A report read from beginning to end: its view, its language, its parts, and what the rules find in them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from kg.read import attribution, capitals, dates, deals, numbers
from kg.read.coded import DATE, QUOTE, Item
from kg.read.language import Language, identify
from kg.read.language import language as language_of
from kg.read.model import (
    Agreement,
    DateMention,
    Entity,
    Investment,
    Quantity,
    Reading,
    Statement,
    Why,
)
from kg.read.names import Mention, Names
from kg.read.segment import Document, segment
from kg.read.source import View

Found = TypeVar("Found", attribution.Found, deals.Found)


def read(text: str, language: str | None = None, date: date | None = None) -> Reading:
    """What the rules find in a report.

    `text` is the report as it stands in its file; the spans in the answer are code points into it. `language` is a code
    (found by itself where it is not given; BadParameter for one without rules), `date` the report's own (else that of
    its dateline).
    """
    view = View(text)
    known = language_of(language or identify(view.text))
    document = segment(view.text, known)
    today = date or dates.report_date(document.folded, known)
    days = dates.find(document.folded, known, today)
    local = numbers.local_currency(document.text, document.folded, known)
    sums = numbers.find(document.folded, known, [(day.start, day.end) for day in days], local)
    names = Names(_mentions(document, known, days, sums), known.is_spaced)
    items = _items(names, days, sums)
    quoted = [Item(*quotation.outer, QUOTE, quotation) for quotation in document.quotations]
    said = attribution.find(document, names, sorted([*items, *quoted], key=lambda item: (item.start, -item.end)))
    said = _own(known, "statements", said, document, names, items)
    invested, agreed = deals.find(document, names, items, said)
    investments = _own(known, "investments", invested, document, names, items)
    agreements = _own(known, "agreements", agreed, document, names, items)
    return Reading(
        text,
        known.code,
        today,
        _entities(view, names),
        _statements(view, said),
        tuple(
            Investment(
                one.parties[0],
                one.place,
                one.amount,
                view.span(one.start, one.end),
                _why(view, one.rule, one.confidence, one.cue),
            )
            for one in investments
        ),
        tuple(
            Agreement(
                one.parties, one.amount, view.span(one.start, one.end), _why(view, one.rule, one.confidence, one.cue)
            )
            for one in agreements
        ),
        _quantities(view, sums),
        _dates(view, days),
    )


def _own(
    known: Language, kind: str, found: list[Found], document: Document, names: Names, items: list[Item]
) -> list[Found]:
    """What was found after the language's own function of that name, where it has one, has gone over it."""
    own = getattr(known.rules, kind, None)
    return list(own(found, document, names, items)) if own else found


def _mentions(document: Document, known: Language, days: list[dates.Found], sums: list[numbers.Found]) -> list[Mention]:
    taken = sorted([(day.start, day.end) for day in days] + [(one.start, one.end) for one in sums])
    own = getattr(known.rules, "mentions", None)
    return list(own(document, taken) if own else capitals.find(document, taken))


def _items(names: Names, days: list[dates.Found], sums: list[numbers.Found]) -> list[Item]:
    """Names, dates and quantities as items of coded sentences, in order."""
    items = names.items()
    items += [Item(day.start, day.end, DATE, day) for day in days]
    items += [Item(one.start, one.end, one.kind, one) for one in sums]
    return sorted(items, key=lambda item: (item.start, -item.end))


def _why(view: View, rule: str, confidence: float, *cues: tuple[int, int]) -> Why:
    return Why(rule, confidence, tuple(view.span(*cue) for cue in cues))


def _entities(view: View, names: Names) -> tuple[Entity, ...]:
    found = []
    for thing in names.things:
        best = max(thing.mentions, key=lambda mention: (mention.type == thing.type, mention.confidence, -mention.start))
        spans = tuple(view.span(mention.start, mention.end) for mention in thing.mentions)
        found.append(
            Entity(thing.name, thing.type, spans, Why(best.rule, best.confidence, (view.span(best.start, best.end),)))
        )
    return tuple(found)


def _statements(view: View, said: list[attribution.Found]) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            one.speaker,
            one.role,
            one.kind,
            view.span(one.start, one.end),
            _why(view, one.rule, one.confidence, one.cue),
        )
        for one in said
    )


def _quantities(view: View, sums: list[numbers.Found]) -> tuple[Quantity, ...]:
    return tuple(
        Quantity(
            one.kind,
            one.value,
            one.unit,
            one.qualifier,
            view.span(one.start, one.end),
            _why(view, one.rule, one.confidence, (one.start, one.end)),
        )
        for one in sums
    )


def _dates(view: View, days: list[dates.Found]) -> tuple[DateMention, ...]:
    return tuple(
        DateMention(day.day, view.span(day.start, day.end), _why(view, day.rule, day.confidence, (day.start, day.end)))
        for day in days
    )
