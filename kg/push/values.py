"""Terms by their value, for stores that write literals in another form than they were sent in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from kg.terms import RDF, XSD, Literal, Token, Triple, term

_NUMBERS = frozenset(
    XSD + name
    for name in (
        *("integer", "decimal", "double", "float", "long", "int", "short", "byte"),
        *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
_KEPT = frozenset((XSD + "string", XSD + "anyURI", RDF + "langString"))
"""Datatypes whose literals stores keep as they are. What a store makes of others is its own affair."""

_TRUTH = {"true": Decimal(1), "false": Decimal(0), "1": Decimal(1), "0": Decimal(0)}
Comparable = tuple[str, object]


def by_value(triple: Triple) -> tuple[Token, Token, Comparable]:
    """A triple, its object by value: numbers and truth values as one number, days and moments as such.

    Of literals of other datatypes than those that reports use, only that there is one is compared.

    Virtuoso 7 writes true as 1, 2.50 as 2.5 and a large integer as a decimal (docs/stores.md).
    """
    subject, predicate, obj = triple
    return subject, predicate, _comparable(obj)


def _comparable(text: Token) -> Comparable:
    if not text.startswith('"'):
        return "iri", text
    literal = term(text)
    assert isinstance(literal, Literal)
    kind = literal.datatype
    try:
        if kind == XSD + "boolean":
            return "number", _TRUTH[literal.value.strip()]
        if kind in _NUMBERS:
            return "number", Decimal(literal.value.strip()).normalize()
        if kind == XSD + "date":
            return "date", date.fromisoformat(literal.value.strip())
        if kind == XSD + "dateTime":
            moment = datetime.fromisoformat(literal.value.strip())
            return "moment", moment.astimezone(UTC) if moment.tzinfo else moment
    except (KeyError, ValueError, InvalidOperation):
        pass
    if kind in _KEPT:
        return "text", (literal.value, kind, (literal.language or "").lower())
    return "other", ""
