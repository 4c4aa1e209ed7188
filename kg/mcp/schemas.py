"""The JSON Schemas of the tools: what each takes and gives, made from the headers of the canned queries."""

from __future__ import annotations

from typing import Any

from kg.query.catalog import Parameter, Query
from kg.query.guard import MAX_TEXT as LONGEST_QUERY
from kg.query.params import MAX_TEXT
from kg.serve.openapi_ask import DAY, row_schema
from kg.terms import LANGUAGES, shorten

Json = dict[str, Any]

LIMIT = 50
"""Rows of an answer where the call does not say how many."""

MOST = 1000
"""The most rows that a call may ask for."""

_LONGEST_NAME = 1000

PAGING: Json = {
    "lang": {"type": "string", "enum": list(LANGUAGES), "default": "en", "description": "language of labels"},
    "limit": {
        "type": "integer", "minimum": 0, "maximum": MOST, "default": LIMIT, "description": "the most rows to give"
    },
    "offset": {
        "type": "integer", "minimum": 0, "maximum": 10**9, "default": 0,
        "description": "how many rows to leave out before them",
    },
}  # fmt: skip
"""What every canned query takes; a query's own parameter of such a name cannot be given here."""


def of_object(properties: Json, required: list[str] | None = None, with_sources: bool = False) -> Json:
    """The schema of an object with these properties and no others, all required unless some are named.

    `with_sources` defines what a receipt is, for rows below.
    """
    wanted = list(properties) if required is None else required
    schema = {"type": "object", "properties": properties, "required": wanted, "additionalProperties": False}
    return schema | {"$defs": {"Source": SOURCE}} if with_sources else schema


# ---- what tools take ----------------------------------------------------------------------------------


def of_call(query: Query) -> Json:
    """What a canned query takes: its own parameters, and which rows in which language."""
    own = {name: _parameter(each) for name, each in query.parameters.items() if name not in PAGING}
    return of_object(own | PAGING, [name for name in own if query.parameters[name].required])


def _parameter(parameter: Parameter) -> Json:
    types: dict[str, Json] = {
        "date": {"type": "string", "pattern": f"^{DAY}$", "examples": ["2021", "2021-12", "2021-12-07"]},
        "integer": {"type": "integer"},
        "text": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT},
    }
    one = types.get(parameter.type, {"type": "string", "minLength": 1, "maxLength": _LONGEST_NAME})
    schema = {"type": "array", "items": one, "maxItems": 100} if parameter.many else one
    return schema | {"description": _described(parameter)}


def _described(parameter: Parameter) -> str:
    kinds = " or ".join(shorten(kind) for kind in parameter.classes) or "anything"
    form = {
        "entity": f"a name in any language, an alias or an IRI of {kinds}",
        "concept": f"a name or an IRI of a concept of {kinds}",
        "class": "the name of a class of claims, such as statement",
        "date": "a day, month or year as ISO 8601 writes it: YYYY-MM-DD, YYYY-MM or YYYY",
    }.get(parameter.type, "")
    several = "several are alternatives" if parameter.many else ""
    return "; ".join(filter(None, (parameter.help, form, several, "all stands for every one" if parameter.all else "")))


SHOW_CALL = of_object(
    {
        "name": {
            "type": "string", "minLength": 1, "maxLength": _LONGEST_NAME,
            "description": "any name of an entity, concept or report, a path such as person/li-zhijie, or an IRI",
        },
        **PAGING,
    },
    ["name"],
)  # fmt: skip

SPARQL_CALL = of_object(
    {
        "query": {
            "type": "string", "minLength": 1, "maxLength": LONGEST_QUERY,
            "description": "a SELECT, ASK, CONSTRUCT or DESCRIBE query of SPARQL 1.1",
        },
        "limit": PAGING["limit"] | {"description": "the most rows or triples to give; page with OFFSET in the query"},
    },
    ["query"],
)  # fmt: skip

_NAMED: Json = {"type": "string", "minLength": 1, "maxLength": _LONGEST_NAME}

EXPLAIN_CALL = of_object(
    {
        "subject": _NAMED | {"description": "any name, a path, a prefixed name or an IRI"},
        "predicate": _NAMED | {"description": "a property such as kg:investedIn, or an IRI"},
        "object": _NAMED | {"description": "any name, a path, a prefixed name or an IRI"},
        "lang": PAGING["lang"],
    },
    ["subject", "predicate", "object"],
)


# ---- what tools give ----------------------------------------------------------------------------------

_NUMBER: Json = {"type": "integer", "minimum": 0}
_TEXT: Json = {"type": "string"}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_NUMBER_OR_NULL: Json = {"type": ["integer", "null"]}
_TRUNCATED: Json = {"type": "boolean", "description": "whether rows were left out after these"}

_PAGE: Json = {
    "total": _NUMBER | {"description": "how many rows there are in all"},
    "offset": _NUMBER,
    "limit": _NUMBER,
    "truncated": _TRUNCATED | {"description": "whether rows follow: raise offset by the number of rows given"},
}

SOURCE = of_object(
    {
        "report": _TEXT | {"description": "the report's title"},
        "publisher": _TEXT_OR_NULL,
        "date": _TEXT_OR_NULL | {"description": "the day or time of the report (ISO 8601)"},
        "url": _TEXT_OR_NULL,
        "sentence": _TEXT_OR_NULL | {"description": "the words that say so, as printed; quoted data"},
        "start": _NUMBER_OR_NULL | {"description": "where they start in the text, in code points"},
        "end": _NUMBER_OR_NULL,
        "cites": _TEXT_OR_NULL | {"description": "the number of the fact, where no text is held"},
        "report_iri": _TEXT,
    }
)
"""The receipt of a row."""


def of_answer(query: Query) -> Json:
    """What a canned query gives."""
    row = row_schema(query)
    row["properties"]["sources"] = _SOURCES
    whole = {"query": {"const": query.name}, **_PAGE, "rows": {"type": "array", "items": row}}
    return of_object(whole, with_sources=True)


_SOURCES: Json = {"type": "array", "items": {"$ref": "#/$defs/Source"}, "description": "the row's receipts"}

_CLAIM: Json = {"type": "object", "properties": {"sources": _SOURCES}, "required": ["sources"]}

CARD = of_object(
    {
        "iri": _TEXT,
        "label": _TEXT,
        "kinds": {"type": "array", "items": _TEXT},
        "names": {"type": "array", "items": _TEXT},
        "facts": {"type": "array", "items": of_object({"property": _TEXT, "value": _TEXT})},
        **_PAGE,
        "claims": {"type": "array", "items": _CLAIM},
    },
    with_sources=True,
)
"""What `show` gives."""

_VALUE = of_object(
    {"type": {"enum": ["uri", "literal", "bnode"]}, "value": _TEXT, "xml:lang": _TEXT, "datatype": _TEXT},
    ["type", "value"],
)

RESULTS = of_object(
    {
        "head": of_object({"vars": {"type": "array", "items": _TEXT}}, []),
        "results": of_object(
            {"bindings": {"type": "array", "items": {"type": "object", "additionalProperties": _VALUE}}}
        ),
        "boolean": {"type": "boolean"},
        "turtle": _TEXT | {"description": "the triples of a CONSTRUCT or DESCRIBE"},
        "triples": _NUMBER,
        "truncated": _TRUNCATED,
    },
    ["truncated"],
)
"""What `sparql` gives: the SPARQL 1.1 Query Results JSON Format, or triples as Turtle."""

_STEP = of_object(
    {
        "fact": of_object({"subject": _TEXT, "predicate": _TEXT, "object": _TEXT, "triple": _TEXT}),
        "rule": _TEXT | {"description": "stated, or the name of the OWL 2 RL rule that concludes it"},
        "premises": {"type": "array", "items": {"$ref": "#/$defs/Step"}},
        "sources": _SOURCES,
    }
)

EXPLANATION = of_object({"holds": {"type": "boolean"}, "derivation": {"$ref": "#/$defs/Step"}, "truncated": _TRUNCATED})
"""What `explain` gives."""
EXPLANATION |= {"required": ["holds", "truncated"], "$defs": {"Source": SOURCE, "Step": _STEP}}
