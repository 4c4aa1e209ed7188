"""The OpenAPI document of the server, and the JSON that it promises: made from the headers of the canned queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.query.catalog import Query
from kg.result import Result
from kg.serve.openapi_ask import RESERVED, Json, ask_paths, contents, errors, schemas, type_name
from kg.serve.problems import LINES

_FIXED = Path(__file__).with_name("openapi.yaml")
_WRITING: list[Json] = [{"bearer": []}, {"basic": []}]
_METHODS = ("get", "head", "post", "put", "delete")
_LINE = "-line"
"""The end of names of responses whose errors are a line of text, unless the request accepts problem details alone."""


def document(queries: Sequence[Query], base: str, write: bool, version: str) -> Json:
    """The OpenAPI 3.1 document of a server at `base` with these canned queries.

    `write` says whether it changes the graph, `version` is that of the package.
    """
    found: Json = _expanded(_fixed(), write)
    parts = found["components"]
    found["info"]["version"] = version
    found["servers"] = [{"url": base}]
    fixed = {name: path for name, path in found["paths"].items() if any(method in path for method in _METHODS)}
    operations = _operation_ids(queries, fixed)
    found["paths"] = {**ask_paths(queries, operations), **fixed}
    for query in queries:
        parts["schemas"] |= schemas(query, type_name(operations[query.name]))
    details = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    lines = {f"{name}{_LINE}": response | {"content": {**contents(["TEXT"]), **details, **contents(["HTML"])}}
             for name, response in parts["responses"].items()}  # fmt: skip
    for response in parts["responses"].values():
        response["content"] = {**details, **contents(["TEXT", "HTML"])}
    parts["responses"] |= lines
    for name, path in fixed.items():
        if name.startswith(LINES):
            _say_in_lines(path)
    if write:
        found["paths"]["/sparql"]["post"]["security"] = [{}, *_WRITING]
    else:
        parts["schemas"]["QueryForm"]["required"] = ["query"]
        del parts["securitySchemes"]
    return found


def _say_in_lines(path: Json) -> None:
    """Let errors be lines of text first: clients that are made from the document expect what stands first."""
    for operation in _operations(path):
        for response in operation["responses"].values():
            if "$ref" in response:
                response["$ref"] += _LINE


def _fixed() -> Any:
    import yaml

    return yaml.load(_FIXED.read_bytes(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe


def _expanded(node: Any, write: bool) -> Any:
    """A copy of what is fixed, short forms written out, and without what writes unless `write` says so."""
    if isinstance(node, list):
        return [_expanded(item, write) for item in node if write or not _writes(item)]
    if not isinstance(node, dict):
        return node
    made = {
        key: contents(value) if key == "content" and isinstance(value, list) else _expanded(value, write)
        for key, value in node.items()
        if key not in ("writes", "errors") and (write or not _writes(value))
    }
    if "operationId" in made:
        made["responses"] = {**errors(node.get("errors", ())), **made["responses"]}
        if _writes(node):
            made["security"] = _WRITING
    return made


def _writes(node: Any) -> bool:
    return isinstance(node, dict) and node.get("writes") is True


def _operation_ids(queries: Sequence[Query], fixed: Json) -> dict[str, str]:
    """A name for each query that code can bear, unlike any other in the document in whatever case."""
    taken = {each["operationId"].lower() for path in fixed.values() for each in _operations(path)}
    taken |= {"ask", "ask_in_format"}
    names: dict[str, str] = {}
    for query in queries:
        plain = "ask_" + re.sub(r"[^A-Za-z0-9]+", "_", query.name).strip("_")
        name, number = plain, 1
        while name.replace("_", "").lower() in {each.replace("_", "") for each in taken}:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.lower())
        names[query.name] = name
    return names


def _operations(path: Json) -> Iterator[Json]:
    return (each for each in path.values() if isinstance(each, dict) and "operationId" in each)


def catalogue(queries: Iterable[Query], base: str, language: str = "en") -> Json:
    """The answer of `/ask`: every canned query with its parameters and columns."""
    return {"queries": [_listed(query, base, language) for query in queries]}


def _listed(query: Query, base: str, language: str) -> Json:
    parameters = [p for p in query.parameters.values() if p.name not in RESERVED]
    return {
        "name": query.name,
        "title": query.title.get(language, query.title["en"]),
        "question": query.question.get(language, query.question["en"]),
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            {key: getattr(p, key) for key in ("name", "type", "many", "required", "help")} for p in parameters
        ],
        "columns": [{key: getattr(c, key) for key in ("name", "type", "many", "help")} for c in query.columns.values()],
        "url": f"{base}/ask/{query.name}",
    }


def answer(query: Query, result: Result, offset: int, limit: int, further: str | None, language: str = "en") -> Json:
    """The answer of `/ask/NAME`: the rows from `offset` on, and `further`, the address of the next ones."""
    return {
        "query": query.name,
        "question": query.question.get(language, query.question["en"]),
        "total": result.total,
        "offset": offset,
        "limit": limit,
        "next": further,
        "columns": list(result.columns),
        "rows": result.to_dicts(),
    }
