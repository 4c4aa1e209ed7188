"""A report read from beginning to end: its view, its language, its parts, and what the rules find in them."""

from __future__ import annotations

from datetime import date

from kg.read import attribution, capitals, dates, deals, numbers
from kg.read.coded import DATE, QUOTE, Item
from kg.read.language import Language
from kg.read.model import Reading
from kg.read.names import Mention, Names
from kg.read.segment import Document
from kg.read.survey import survey
from kg.read.telling import Telling


def read(text: str, language: str | None = None, date: date | None = None) -> Reading:
    """What the rules find in a report.

    `text` is the report as it stands in its file; the spans in the answer are code points into it. `language` is a code
    (found by itself where it is not given; BadParameter for one without rules), `date` the report's own (else that of
    its dateline).
    """
    view, document, today, days, sums = survey(text, language, date)
    known = document.language
    names = Names(_mentions(document, known, days, sums), known.is_spaced)
    items = _items(names, days, sums)
    quoted = [Item(*quotation.outer, QUOTE, quotation) for quotation in document.quotations]
    said = attribution.find(document, names, sorted([*items, *quoted], key=lambda item: (item.start, -item.end)))
    investments, agreements = deals.find(document, names, items, said)
    tell = Telling(view, known.code)
    return Reading(
        text,
        known.code,
        today,
        tell.entities(names.things),
        tell.statements(said),
        tell.investments(investments),
        tell.agreements(agreements),
        tell.quantities(sums),
        tell.dates(days),
    )


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
