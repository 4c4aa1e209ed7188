"""What is seen of a report before anybody's statements or deals: its view, parts and day, its days and quantities."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from kg.read import dates, numbers
from kg.read.language import identify
from kg.read.language import language as language_of
from kg.read.segment import Document, segment
from kg.read.source import View


class Survey(NamedTuple):
    """A report's view, the parts of it, its own day where one is known, and the days and quantities in the view."""

    view: View
    document: Document
    today: date | None
    days: list[dates.Found]
    sums: list[numbers.Found]


def survey(text: str, language: str | None, day: date | None) -> Survey:
    """Look over a report: in `language` (found by itself where it is None), of `day` (else that of its dateline)."""
    view = View(text)
    known = language_of(language or identify(view.text))
    document = segment(view.text, known)
    today = day or dates.report_date(document.folded, known)
    days = dates.find(document.folded, known, today)
    local = numbers.local_currency(document.text, document.folded, known)
    sums = numbers.find(document.folded, known, [(one.start, one.end) for one in days], local)
    return Survey(view, document, today, days, sums)
