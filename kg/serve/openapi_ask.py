"""Canned queries in OpenAPI: their addresses, the types of their parameters, and the schemas of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.query.catalog import LABELLED, Column, Parameter, Query
from kg.query.params import MAX_TEXT
from kg.serve import media
from kg.terms import shorten

Json = dict[str, Any]

LIMIT = 1000
"""Rows of an answer where the request does not say how many."""

MOST = 10_000
"""The most rows that a request may ask for at once."""

RESERVED = ("lang", "limit", "offset", "format")
"""What every canned query takes; a query's own parameter of such a name cannot be given over HTTP."""

ENDINGS = {name: ending for ending, name in reversed(media.ENDINGS.items()) if name in media.ANSWERS}
"""The ending, and the value of `format`, for each format of an answer."""

DAY = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""How a day, month or year is written."""

_TEXT = "^$|\\S"
"""What forms send for a field that is left empty counts as not given; blanks alone are refused."""

_PERIOD = f"^(({DAY})|((\\.\\.|{DAY})/(\\.\\.|{DAY})))$"


def ask_paths(queries: Sequence[Query], operations: Mapping[str, str]) -> Json:
    """The addresses of the canned queries: their list, each of them, and each in a format by its ending."""
    listed = {"application/json": {"schema": {"$ref": "#/components/schemas/Queries"}}, **contents(["HTML"])}
    paths: Json = {
        "/ask": {
            "get": {
                "operationId": "ask",
                "tags": ["answers"],
                "summary": "The canned queries, with the question each answers",
                "parameters": [_LANG],
                "responses": {"200": {"description": "All canned queries", "content": listed}, **errors([400, 406])},
            }
        }
    }
    for query in queries:
        paths[f"/ask/{query.name}"] = {"get": _ask(query, operations[query.name])}
    if queries:
        paths["/ask/{name}.{ending}"] = {"get": _ask_in_format(queries)}
    return paths


_LANG = {"$ref": "#/components/parameters/lang"}


def _paging(default: Json) -> list[Json]:
    limit = {"type": "integer", "minimum": 0, "maximum": MOST, **default}
    return [
        _LANG,
        _parameter("limit", limit, "The most rows to give; formats that cannot say what is left give all"),
        _parameter("offset", {"type": "integer", "minimum": 0, "default": 0}, "How many rows to leave out before them"),
    ]


def _ask(query: Query, operation: str) -> Json:
    own = [_own_parameter(p, query) for p in query.parameters.values() if p.name not in RESERVED]
    syntax = _parameter("format", {"type": "string", "enum": sorted(ENDINGS.values())}, "In place of the header Accept")
    return {
        "operationId": operation,
        "tags": ["answers"],
        "summary": query.question["en"],
        "description": query.description or query.question["en"],
        "parameters": [*own, *_paging({"default": LIMIT}), syntax],
        "responses": {
            "200": _rows(f"#/components/schemas/{type_name(operation)}"),
            **errors([400, 404, 406, 503]),
        },
    }


def _ask_in_format(queries: Sequence[Query]) -> Json:
    name = {"type": "string", "enum": [query.name for query in queries]}
    ending = {"type": "string", "enum": sorted(ENDINGS.values())}
    own = {"type": "object", "additionalProperties": {"type": "string"}}
    required = [query.name for query in queries if any(p.required for p in query.parameters.values())]
    needing = f" Parameters are needed by {', '.join(required)}." if required else ""
    return {
        "operationId": "ask_in_format",
        "tags": ["answers"],
        "summary": "The answer of a canned query, in the format of an ending",
        "description": f"Takes the parameters of the query beside these, as /ask/NAME does.{needing}",
        "parameters": [
            _parameter("name", name, "The query", "path"),
            _parameter("ending", ending, "The format", "path"),
            _parameter("parameters", own, "The query's own parameters", style="form", explode=True),
            *_paging({}),
        ],
        "responses": {"200": _rows(None), **errors([400, 404, 406, 503])},
    }


def _rows(schema: str | None) -> Json:
    content = contents(["ANSWERS"])
    as_json = {"schema": {"$ref": schema} if schema else {"type": "object"}}
    if schema:
        content["application/json"] = as_json
    else:  # clients made from the document expect what stands first: here, text
        content = {kind: each for kind, each in content.items() if kind != "application/json"}
        content["application/json"] = as_json
    headers = {
        "X-Total-Count": {"description": "How many rows there are in all", "schema": {"type": "integer"}},
        "Link": {"description": "The next rows, and the other formats (RFC 8288)", "schema": {"type": "string"}},
    }
    return {"description": "The rows, or in RDF the claims that they rest on", "headers": headers, "content": content}


def _parameter(name: str, schema: Json, text: str, place: str = "query", **more: Any) -> Json:
    made = {"name": name, "in": place, "description": text, "schema": schema, **more}
    return made | {"required": True} if place == "path" else made


def _own_parameter(parameter: Parameter, query: Query) -> Json:
    """A parameter as its header types it."""
    types: dict[str, Json] = {
        "date": {"type": "string", "pattern": f"^({DAY})?$"},
        "integer": {"type": "integer"},
        "text": {"type": "string", "maxLength": MAX_TEXT, "pattern": _TEXT},
    }
    one = types.get(parameter.type, {"type": "string", "pattern": _TEXT})
    if parameter.required:
        one |= {"minLength": 1}
    schema = {"type": "array", "items": one} if parameter.many else one
    made = _parameter(parameter.name, schema, _described(parameter))
    if parameter.many:
        made |= {"style": "form", "explode": True}
    if parameter.required:
        made["required"] = True
    shown = next((example[parameter.name] for example in query.examples if parameter.name in example), None)
    if shown is not None:
        made["example"] = shown if isinstance(shown, list) or not parameter.many else [shown]
    return made


def _described(parameter: Parameter) -> str:
    kinds = " or ".join(shorten(kind) for kind in parameter.classes)
    more = {
        "entity": f"a name in any language, an alias or an IRI of a {kinds}",
        "concept": f"the name or the IRI of a concept of {kinds}",
        "class": "the name or the IRI of a class, such as statement",
        "date": "a day, month or year",
    }.get(parameter.type)
    return "; ".join(filter(None, (parameter.help, more, "all for every one" if parameter.all else None)))


def type_name(operation: str) -> str:
    """`ask_who_said_what` as `WhoSaidWhat`."""
    return "".join(part[:1].upper() + part[1:] for part in operation.split("_")[1:])


# ---- rows ---------------------------------------------------------------------------------------------


def row_schema(query: Query) -> Json:
    """The schema of a row of a canned query (JSON Schema 2020-12), by the columns of its header."""
    columns: Json = {}
    for column in query.columns.values():
        columns[column.name] = _cell(column) | {"description": column.help}
        if column.type in LABELLED:
            iri = {"type": "string", "format": "iri"}
            columns[f"{column.name}_iri"] = {"type": "array", "items": iri} if column.many else _or_null(iri)
    columns["sources"] = {"type": "array", "items": {"$ref": "#/components/schemas/Source"}}
    return {"type": "object", "additionalProperties": False, "required": list(columns), "properties": columns}


def _cell(column: Column) -> Json:
    """The schema of a value: JSON has numbers, and texts for all else."""
    types: dict[str, Json] = {
        "integer": {"type": "integer"},
        "decimal": {"type": "number"},
        "date": {"type": "string", "format": "date"},
        "period": {"type": "string", "pattern": _PERIOD},
        "iri": {"type": "string", "format": "iri"},
        "value": {"type": ["string", "number", "boolean"]},
    }
    one = types.get(column.type, {"type": "string"})
    is_list = column.many and column.type not in ("localized", "period")
    return {"type": "array", "items": one} if is_list else _or_null(one)


def _or_null(schema: Json) -> Json:
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema | {"type": [*kinds, "null"]}


def schemas(query: Query, name: str) -> Json:
    """The schemas of a query's rows and of its answer."""
    row = {"$ref": f"#/components/schemas/{name}Row"}
    properties = {
        "query": {"const": query.name},
        "question": {"type": "string"},
        "total": {"type": "integer", "minimum": 0, "description": "How many rows there are in all"},
        "offset": {"type": "integer", "minimum": 0},
        "limit": {"type": "integer", "minimum": 0},
        "next": {"type": ["string", "null"], "format": "uri", "description": "Where the next rows are"},
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {"type": "array", "items": row},
    }
    return {
        f"{name}Row": row_schema(query),
        name: {
            "type": "object",
            "additionalProperties": False,
            "required": list(properties),
            "properties": properties,
        },
    }


# ---- bodies -------------------------------------------------------------------------------------------


def contents(tables: Iterable[str]) -> Json:
    """The content of a body by media type, for tables of formats named `ROWS`, `GRAPHS` and so on."""
    found: Json = {}
    for table in tables:
        for name, (kind, *_) in _TABLES[table].items():
            found[kind] = {"schema": _SCHEMAS.get((table, name), _SCHEMAS.get(("", name), {"type": "string"}))}
    return found


_TABLES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "ROWS": media.ROWS,
    "GRAPHS": media.GRAPHS,
    "ANSWERS": media.ANSWERS,
    "PAGES": media.PAGES,
    "HTML": {"html": ("text/html",)},
    "TEXT": {"text": ("text/plain",)},
    "YAML": {"yaml": ("application/yaml",)},
}
_SCHEMAS: dict[tuple[str, str], Json] = {
    ("ROWS", "json"): {"$ref": "#/components/schemas/SparqlResults"},
    ("", "jsonld"): {},
    ("", "yaml"): {"type": "object"},
}
"""Schemas of what is not text: any JSON, where no other is known."""


def errors(statuses: Iterable[int]) -> Json:
    """What is answered where something is wrong, by status."""
    return {str(name): {"$ref": f"#/components/responses/{name}"} for name in (*statuses, "default")}
