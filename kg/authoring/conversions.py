"""Amounts that a report prints in a second currency, or with an exchange rate: each becomes a claim of its own."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kg.authoring.values import Values
from kg.records import AmountRecord, ClaimRecord
from kg.schema import Schema
from kg.terms import IRI, XSD, Literal, literal
from kg.yaml_nodes import Mapping, Node

KEYS = ("also", "rate")
_DIGITS = 6
"""Significant digits of a rate that two printed amounts imply: more than either amount carries."""


def amount_of(values: Values, node: Node, schema: Schema) -> AmountRecord:
    """The amount that a mapping of value, currency and qualifier describes."""
    entry = values.mapping(node, "an amount")
    shape = schema.shapes["Amount"]
    values.check_keys(entry, [prop.name for prop in shape.properties], "an amount")
    # A single value is exact unless said otherwise; a range says itself how exact it is.
    found: dict[str, Literal] = {"qualifier": Literal("exact")} if "value" in entry.entries else {}
    for prop in shape.properties:
        if prop.name in entry.entries:
            value = values.of(prop, entry.entries[prop.name])[0]
            assert isinstance(value, Literal)
            found[prop.name] = value
    if "currency" not in found or not found.keys() & {"value", "minimum", "maximum"}:
        raise values.fail("an amount needs a currency, and a value, minimum or maximum", node)
    return AmountRecord(found)


def conversions(values: Values, node: Mapping, claim: ClaimRecord, iri: IRI, schema: Schema) -> Iterator[ClaimRecord]:
    """The claims that the keys `also` and `rate` of an authored claim give, one for each currency.

    The rate is the printed one, or the one that two printed amounts imply; where only a rate is printed, the
    second amount is worked out with it.
    """
    if not node.entries.keys() & set(KEYS):
        return
    at = node.keys[next(key for key in KEYS if key in node.entries)]
    money = _money(claim)
    if money is None:
        raise values.fail("`also` and `rate` need an amount, or a figure in a currency, to convert", at)
    value, currency, qualifier = money
    given: dict[str, AmountRecord] = {}
    for item in values.items(node.entries["also"]) if "also" in node.entries else ():
        amount = amount_of(values, item, schema)
        given[amount.values["currency"].value] = amount
    rates = (
        dict(_rate(values, item, schema) for item in values.items(node.entries["rate"]))
        if "rate" in node.entries
        else {}
    )
    for other in sorted({*given, *rates}):
        if other == currency:
            raise values.fail(f"the amount is in {currency} already; `also` and `rate` name another currency", at)
        amount = given.get(other) or AmountRecord({})
        if not amount.values:
            # What is worked out is no more exact than about, even from an exact amount.
            how = Literal("about") if qualifier.value == "exact" else qualifier
            worked_out = {"value": _decimal(value * rates[other]), "currency": Literal(other), "qualifier": how}
            amount = AmountRecord(worked_out)
        elif "value" not in amount.values and other not in rates:
            raise values.fail("an amount in a second currency needs a value, or a rate beside it", at)
        rate, basis = (rates[other], "printed") if other in rates else (_implied(amount, value), "implied")
        yield _conversion(claim, iri, other, amount, rate, basis)


def _conversion(
    claim: ClaimRecord, iri: IRI, currency: str, amount: AmountRecord, rate: Decimal, basis: str
) -> ClaimRecord:
    shown = amount.values.get("value") or amount.values.get("minimum") or amount.values["maximum"]
    label = literal(f"{Decimal(shown.value):,f} {currency}, at {rate:f}, for: {claim.labels[0].value}", "en")
    carried = {name: claim.values[name] for name in ("start", "end", "scope") if name in claim.values}
    own: dict[str, tuple[IRI | Literal, ...]] = {
        "converts": (iri,),
        "rate": (_decimal(rate),),
        "rateBasis": (Literal(basis),),
    }
    return ClaimRecord(
        f"{claim.key}-in-{currency.lower()}", "Conversion", carried | own, claim.receipts, (label,), amount
    )


def _money(claim: ClaimRecord) -> tuple[Decimal, str, Literal] | None:
    """The value, currency and qualifier that are converted."""
    found = claim.amount.values if claim.amount else None
    if found and "value" in found:
        return Decimal(found["value"].value), found["currency"].value, found["qualifier"]
    unit, value, qualifier = (claim.values.get(name, (None,))[0] for name in ("unit", "value", "qualifier"))
    if not (isinstance(unit, Literal) and isinstance(value, Literal) and isinstance(qualifier, Literal)):
        return None
    is_currency = len(unit.value) == 3 and unit.value.isascii() and unit.value.isupper()
    return (Decimal(value.value), unit.value, qualifier) if is_currency else None


def _rate(values: Values, node: Node, schema: Schema) -> tuple[str, Decimal]:
    entry = values.mapping(node, "a rate")
    values.check_keys(entry, ("value", "currency"), "a rate")
    for key in ("value", "currency"):
        if key not in entry.entries:
            raise values.fail(f"a rate needs {key!r}: rate: {{value: 2212, currency: IDR}}", node)
    amount = schema.shapes["Amount"].find("currency")
    conversion = schema.shapes["Conversion"].find("rate")
    assert amount
    assert conversion
    (currency,), (value,) = values.of(amount, entry.entries["currency"]), values.of(conversion, entry.entries["value"])
    assert isinstance(currency, Literal)
    assert isinstance(value, Literal)
    if Decimal(value.value) <= 0:
        raise values.fail(f"a rate is more than nothing, not {value.value}", entry.entries["value"])
    return currency.value, Decimal(value.value)


def _implied(amount: AmountRecord, value: Decimal) -> Decimal:
    rate = Decimal(amount.values["value"].value) / value
    return rate.quantize(Decimal(1).scaleb(rate.adjusted() + 1 - _DIGITS))


def _decimal(value: Decimal) -> Literal:
    text = f"{value:f}"
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, XSD + "decimal")
