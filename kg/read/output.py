"""A reading as the JSON of reports that were marked by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kg.read.model import Amount, Reading
from kg.text import Span


def as_json(reading: Reading, explain: bool = False) -> dict[str, Any]:
    """A reading as plain values; with `explain`, each thing names its rule, how sure that is, and its words."""

    def item(thing: Any, **values: Any) -> dict[str, Any]:
        if not explain:
            return values
        words = [reading.text[span.start : span.end] for span in thing.why.words]
        return values | {"rule": thing.why.rule, "confidence": thing.why.confidence, "words": words}

    return {
        "report": {"date": reading.date.isoformat() if reading.date else None, "language": reading.language},
        "entities": [item(one, name=one.name, type=one.type) for one in reading.entities],
        "statements": [
            item(one, speaker=one.speaker, role=one.role, kind=one.kind, **_span(reading, one.span))
            for one in reading.statements
        ],
        "investments": [
            item(
                one,
                investor=one.investor,
                place=one.place,
                amount=_amount(one.amount),
                start=one.span.start,
                end=one.span.end,
            )
            for one in reading.investments
        ],
        "agreements": [
            item(one, parties=list(one.parties), amount=_amount(one.amount), start=one.span.start, end=one.span.end)
            for one in reading.agreements
        ],
        "quantities": [
            item(
                one,
                kind=one.kind,
                value=_number(one.value),
                unit=one.unit,
                qualifier=one.qualifier,
                **_span(reading, one.span),
            )
            for one in reading.quantities
        ],
        "dates": [item(one, date=one.date.isoformat(), **_span(reading, one.span)) for one in reading.dates],
    }


def _span(reading: Reading, span: Span) -> dict[str, Any]:
    return {"text": reading.text[span.start : span.end], "start": span.start, "end": span.end}


def _amount(amount: Amount | None) -> dict[str, Any] | None:
    if amount is None:
        return None
    return {"value": _number(amount.value), "currency": amount.currency, "qualifier": amount.qualifier}


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
