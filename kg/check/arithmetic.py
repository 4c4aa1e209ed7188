"""Sums and sequences that reports let us check: parts against their whole, editions against the first year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kg.index import Index
from kg.solutions import Solution
from kg.terms import Literal


class Sum(NamedTuple):
    """Something that does not add up, or that only adds up with what is not printed."""

    claim: str
    message: str
    is_note: bool


_PREFIX = "PREFIX kg: <https://w3id.org/kabar/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "

_PARTS = (
    _PREFIX
    + """SELECT ?whole ?total ?sum ?currency ?part ?count ?amount ?unit WHERE {
  ?part kg:partOf ?whole .
  OPTIONAL { ?whole kg:count ?total }
  OPTIONAL { ?whole kg:amount ?all . ?all kg:value ?sum ; kg:currency ?currency }
  OPTIONAL { ?part kg:count ?count }
  OPTIONAL { ?part kg:amount ?some . ?some kg:value ?amount ; kg:currency ?unit }
}"""
)

_EDITIONS = (
    _PREFIX
    + """SELECT (MIN(?each) AS ?claim) ?event ?edition ?start ?first WHERE {
  ?each kg:event ?event ; kg:edition ?edition ; kg:series ?series ; kg:start ?start .
  ?description a kg:SeriesDescription ; kg:series ?series ; kg:firstYear ?first ; kg:frequency "yearly" .
} GROUP BY ?event ?edition ?start ?first"""
)


def sums(index: Index) -> Iterator[Sum]:
    """All that the graph lets us check and that does not fit, or fits only by what is not printed."""
    yield from _parts(index)
    yield from _editions(index)


def _parts(index: Index) -> Iterator[Sum]:
    wholes: dict[str, list[Solution]] = defaultdict(list)
    for row in index.answer(_PARTS).solutions:
        wholes[str(row["whole"])].append(row)
    for whole, rows in sorted(wholes.items()):
        total = _number(rows[0], "total")
        counts = {str(row["part"]): _number(row, "count") for row in rows}
        if total is not None:
            yield from _count(whole, total, counts)
        amounts = [_number(row, "amount") for row in rows if row.get("unit") == row.get("currency")]
        known = sum((amount for amount in amounts if amount is not None), Decimal(0))
        sum_of_all = _number(rows[0], "sum")
        if sum_of_all is not None and known > sum_of_all:
            yield Sum(whole, f"its parts are worth {known:,f}, more than the {sum_of_all:,f} of the whole", False)


def _count(whole: str, total: Decimal, counts: dict[str, Decimal | None]) -> Iterator[Sum]:
    known = sum((count for count in counts.values() if count is not None), Decimal(0))
    open_parts = sum(count is None for count in counts.values())
    rest = total - known
    terms = (
        " + ".join(str(count) for count in sorted((c for c in counts.values() if c is not None), reverse=True)) or "0"
    )
    if rest < open_parts:
        yield Sum(whole, f"its parts do not add up: {terms}{' and more' if open_parts else ''} against {total}", False)
    elif open_parts and rest == open_parts == 1:
        yield Sum(whole, f"{terms} + {rest} = {total}: it adds up if the part without a number is {rest}", True)
    elif rest and known:
        yield Sum(whole, f"{terms} of {total} are accounted for; {rest} remain", True)


def _editions(index: Index) -> Iterator[Sum]:
    for row in index.answer(_EDITIONS).solutions:
        edition, first, start = _number(row, "edition"), _number(row, "first"), row["start"]
        assert edition is not None
        assert first is not None
        assert isinstance(start, Literal)
        year = int(start.value[:4])
        expected = year - int(first) + 1
        if edition != expected:
            message = (
                f"edition {edition} in {year} does not fit a series begun in {first} and held every year, "
                f"whose edition of {year} would be number {expected}; both stay as the report says"
            )
            yield Sum(str(row["claim"]), message, True)


def _number(row: Solution, name: str) -> Decimal | None:
    value = row.get(name)
    return Decimal(value.value) if isinstance(value, Literal) else None
