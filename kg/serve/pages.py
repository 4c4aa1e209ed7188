"""Pages for people: HTML without scripts, all text in it escaped by the templates' environment.

Text from reports stands in elements of its own direction and language, and only http and https become links.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from kg.card import Card
from kg.query.catalog import Parameter, Query
from kg.result import Result, Row, text_of
from kg.serve.markup import STYLE, Piece, address, in_language, linked, local, outward, page, words
from kg.serve.openapi_ask import DAY, RESERVED
from kg.terms import ID

__all__ = ["STYLE", "Links", "answer", "error", "home", "sparql_form", "thing"]

MOST_CLAIMS = 200
"""The most claims that the page of a thing shows."""

_FEW = 3
"""Links to claims beside a row."""

_QUOTES = "“”\"'‘「『"


class Links(NamedTuple):
    """Where the other rows and the other formats of an answer are: addresses on this server."""

    formats: Mapping[str, str] = {}
    previous: str | None = None
    next: str | None = None


def home(queries: Sequence[Query], counts: Mapping[str, int], language: str = "en") -> str:
    """The first page: `counts` of what there is (reports, claims, …), a search, and the canned queries."""
    return page(
        "home.html",
        language,
        words(language)["home"],
        counts=[(name, f"{number:,}") for name, number in counts.items()],
        has_search=any(query.name == "search" for query in queries),
        queries=[
            {
                "name": query.name,
                "question": query.question.get(language, query.question["en"]),
                "link": f"/ask/{quote(query.name, safe='')}{in_language(language)}",
            }
            for query in queries
        ],
    )


def answer(
    query: Query,
    result: Result | None,
    given: Mapping[str, Sequence[str]],
    links: Links = Links(),  # noqa: B008  # a tuple, which nothing changes
    language: str = "en",
    *,
    offset: int = 0,
    error: str | None = None,
    choices: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The page of a canned query: a form with the values `given`, and the rows of `result`, which start at `offset`.

    `error` says what is wrong with the values, `choices` gives for parameters the values to choose from, with
    their labels. `result` is None where there is no answer.
    """
    fields = [
        _field(p, given.get(p.name, ()), choices or {}) for p in query.parameters.values() if p.name not in RESERVED
    ]
    return page(
        "answer.html",
        language,
        query.question.get(language, query.question["en"]),
        name=query.name,
        description=query.description,
        error=error,
        fields=fields,
        shown=_shown(result, query.sources, offset, language) if result is not None else None,
        previous=address(links.previous),
        next=address(links.next),
        formats=_formats(links.formats),
    )


def thing(card: Card, formats: Mapping[str, str], language: str = "en") -> str:
    """The page of an entity, a claim or a report, with links to what is known of it in other `formats`."""
    said = words(language)
    claims = card.claims[:MOST_CLAIMS]
    says = "" if claims else said["no_rows"]
    if len(claims) < len(card.claims):
        says = said["some_claims"] % (len(claims), len(card.claims))
    return page(
        "thing.html",
        language,
        card.label,
        iri=card.iri,
        kinds=card.kinds,
        names=card.names if len(card.names) > 1 else (),
        facts=[(name, linked(value)) for name, value in card.facts],
        claims=[{"claims": [_headline(row)], "sources": _receipts(row)} for row in claims],
        says=says,
        formats=_formats(formats),
    )


def error(status: int, title: str, detail: str, language: str = "en") -> str:
    """The page that says what went wrong, in one line."""
    return page("error.html", language, f"{status} {title}", detail=detail)


def sparql_form(
    text: str,
    examples: Iterable[tuple[str, str]] = (),
    language: str = "en",
    *,
    error: str | None = None,
    result: Result | None = None,
    formats: Sequence[str] = (),
) -> str:
    """The page on which to write a query, and its `result` where it gave rows.

    `examples` are pairs of a question and the query that answers it, `formats` values of the parameter `format`.
    """
    shown = [{"question": question, "text": query} for question, query in examples]
    table = _shown(result, (), 0, language) if result is not None else None
    return page("sparql.html", language, "SPARQL", text=text, examples=shown, error=error, formats=formats, table=table)


# ---- what pages hold ----------------------------------------------------------------------------------


def _field(parameter: Parameter, given: Sequence[str], choices: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """One parameter in the form: an input for each value, and an empty one where there may be more.

    A date is a field of text, as browsers' own fields for dates take no year or month alone.
    """
    values = [value for value in given if value]
    options = choices.get(parameter.name, {})
    return {
        "name": parameter.name,
        "help": parameter.help,
        "required": parameter.required,
        "given": [*values, ""] if parameter.many or not values else values,
        "options": list(options.items()),
        "known": frozenset(options),
        "pattern": DAY if parameter.type == "date" else None,
        "placeholder": "YYYY, YYYY-MM, YYYY-MM-DD",
        "numeric": parameter.type == "integer",
    }


def _shown(result: Result, sources: Sequence[str], offset: int, language: str) -> dict[str, Any]:
    said = words(language)
    columns = [name for name in result.columns if _is_shown(name, result)]
    if result:
        says = said["rows"] % (offset + 1, offset + len(result), result.total)
    else:
        says = said["rows_outside"] % (offset + 1, result.total) if result.total else said["no_rows"]
    rows = [
        {
            "cells": [_pieces(row, name) for name in columns],
            "sources": _receipts(row),
            "claims": [Piece(iri.removeprefix(ID), local(iri)) for iri in _claims(row, sources)[:_FEW]],
        }
        for row in result
    ]
    return {"columns": columns, "rows": rows, "says": says}


def _is_shown(name: str, result: Result) -> bool:
    """Whether a column has a place in the table: not what the receipts say, nor what is empty in all rows."""
    if name == "sources" or not result.tabled.get(name, True):
        return False
    if name.endswith("_iri") and name.removesuffix("_iri") in result.columns:
        return False
    if "sources" in result.columns and name not in result.tabled:
        if name in ("claim", "correction") or name == "report" != result.columns[0]:
            return False
        if name == "printed" and "qualifier" in result.columns:
            return False
    return any(row[name] not in (None, [], "") for row in result)


def _claims(row: Row, sources: Sequence[str]) -> list[str]:
    """The IRIs of the claims that a row rests on, as far as the row tells them."""
    found = [row.get(f"{name}_iri") or row.get(name) for name in sources if name != "report"]
    return [str(iri) for each in found for iri in (each if isinstance(each, list) else [each]) if iri]


def _pieces(row: Row, name: str) -> list[Piece]:
    """A cell: its values, each with the page of what it names."""
    value, iris = row[name], row.get(f"{name}_iri")
    values = value if isinstance(value, list) else [] if value is None else [value]
    if iris is None:
        return [linked(text_of(each)) for each in values]
    targets = iris if isinstance(iris, list) else [iris]
    return [
        Piece(text_of(each), local(str(iri)) or outward(str(iri)), local(str(iri)) is None)
        for each, iri in zip(values, targets, strict=False)
    ]


def _receipts(row: Row) -> list[dict[str, Any]]:
    return [
        source
        | {"link": local(source["report_iri"]), "outward": outward(source["url"] or "")}
        | {"is_quoted": (source["sentence"] or "")[:1] in _QUOTES}
        for source in row.get("sources") or ()
    ]


def _headline(row: Row) -> Piece:
    """What a claim, a name, a judgement or a correction says, in one line, with its page."""
    link = local(str(row.get("claim") or row.get("judgement") or row.get("correction") or ""))
    if "summary" in row:
        return Piece(" · ".join(str(part) for part in (row["date"], row["kind"], row["summary"]) if part), link)
    if "verdict" in row:
        return Piece(f"{row['verdict']}: {text_of(row['members'])} ({row['because']})", link)
    if "corrected" in row:
        return Piece(f"{row['printed']} → {row['corrected']} ({row['reason']})", link)
    return Piece(f"“{row['name']}”", link)


def _formats(links: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, link) for name, given in links.items() if (link := address(given))]
