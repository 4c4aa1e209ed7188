"""What a claim says, put together from its values, where nobody gave it a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from kg.records import AmountRecord
from kg.schema import Property, Shape
from kg.terms import IRI, Literal, local_name

TO_CLAIMS = ("position", "partOf", "statement", "corrects", "converts")
"""Properties that lead from one claim to another of the same report."""

_NOT_TOLD = ("start", "end", "qualifier", "countQualifier", "complete", "translated", "partOf", "position")
"""Properties that a label put together from values leaves out."""


def summary(
    shape: Shape,
    values: Mapping[str, tuple[IRI | Literal, ...]],
    amount: AmountRecord | None,
    name_of: Callable[[IRI], str],
) -> str:
    """The class and the values of a claim in one line; `name_of` gives the name of an entity."""
    told = (prop for prop in shape.properties if prop.name not in _NOT_TOLD)
    parts = [_shown(prop, value, name_of) for prop in told for value in values.get(prop.name, ())[:3]]
    if amount and (number := amount.values.get("value")):
        parts.append(f"{amount.values['currency'].value} {Decimal(number.value):,f}")
    return f"{shape.name}: {'; '.join(parts)}"


def _shown(prop: Property, value: IRI | Literal, name_of: Callable[[IRI], str]) -> str:
    if isinstance(value, Literal):
        return value.value if len(value.value) <= 80 else value.value[:79] + "…"
    by_path = prop.is_concept or prop.name in TO_CLAIMS
    return local_name(value).replace("-", " ") if by_path else name_of(value)
