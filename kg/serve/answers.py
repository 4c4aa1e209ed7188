"""Canned answers over HTTP: rows as JSON with what was left out, as files that programs read, as RDF, or as a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from kg import formats, rows
from kg.errors import BadParameter, InputError
from kg.graph import Graph
from kg.query.catalog import Query
from kg.result import Result
from kg.serve import media, openapi, pages
from kg.serve.openapi_ask import LIMIT, MOST
from kg.serve.state import State
from kg.terms import LANGUAGES
from kg.workers.frames import Reply

ROWS = {"json": LIMIT, "html": 50}
"""Rows on a page where the request does not say: of formats that tell what is left. Others give all rows."""

Given = Mapping[str, list[str]]
"""The values of parameters, by their names."""

OWN = ("lang", "limit", "offset", "format")
"""Parameters of every answer, beside the query's own."""


def answer(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The rows of a canned query, from the claim tables where the query has a fast form over them."""
    graph = state.refreshed()
    query = graph.query(asked["name"])
    form = _format(asked)
    given = {name: found for name, values in asked["parameters"].items() if (found := _filled(name, values))}
    if form != "html":
        return _answered(graph, query, given, form, asked)
    try:
        return _answered(graph, query, given, form, asked)
    except InputError as error:
        language = given.get("lang", ["en"])[0]
        page = pages.answer(query, None, given, language=language if language in LANGUAGES else "en", error=str(error))
        return Reply(page.encode(), "text/html; charset=utf-8", error.http_status, media.VARY)


def _filled(name: str, values: list[str]) -> list[str]:
    """The values of a parameter: for a field of the query's own that a form leaves empty, none."""
    return values if name in OWN else [value for value in values if value]


def _answered(graph: Graph, query: Query, given: Given, form: str, asked: Mapping[str, Any]) -> Reply:
    """The rows in a format."""
    own = {name: values for name, values in given.items() if name not in OWN}
    language = _one(given, "lang") or "en"
    limit = _whole(given, "limit", MOST)
    offset = _whole(given, "offset", None) or 0
    size = ROWS.get(form) if limit is None else limit
    result = graph.ask(query.name, lang=language, limit=size, offset=offset, **own)
    reached = offset + len(result)
    following = _address(asked, given, reached) if len(result) and reached < result.total else None
    page = {"total": result.total, "offset": offset, "limit": size, "next": following}
    if form == "html":
        before = _address(asked, given, max(0, offset - (size or 0))) if offset else None
        links = pages.Links(_others(asked, given), before, following)
        return _text(pages.answer(query, result, given, links, language, offset=offset), form, page)
    if form == "json":
        assert size is not None
        made = openapi.answer(query, result, offset, size, following, language)
        return _text(json.dumps(made, ensure_ascii=False), form, page)
    if form in media.GRAPHS:
        return media.rdf(_claims(graph, result), form, _headers(page))
    return _text(rows.write(result, form), form, page)


def _format(asked: Mapping[str, Any]) -> str:
    """The format asked for: by the ending of the address, by the parameter `format`, or by the header Accept."""
    named = asked["format"] or _one(asked["parameters"], "format")
    if named is None:
        return media.chosen(asked["accept"], media.ANSWERS)
    form = media.ENDINGS.get(named, named)
    if form not in media.ANSWERS:
        raise BadParameter(f"there is no format {named!r}; there are {' '.join(media.ANSWERS)}")
    return form


def _one(given: Given, name: str) -> str | None:
    values = given.get(name, [])
    if len(values) > 1:
        raise BadParameter(f"{name} takes one value, not {len(values)}")
    if name == "lang" and values and values[0] not in LANGUAGES:
        raise BadParameter(f"there are no labels in {values[0]!r}; use one of {' '.join(LANGUAGES)}")
    return values[0] if values else None


def _whole(given: Given, name: str, most: int | None) -> int | None:
    value = _one(given, name)
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise BadParameter(f"{name} must be a whole number from 0 on, not {value!r}")
    if most is not None and int(value) > most:
        raise BadParameter(f"{name} is at most {most}; take the rows page by page with offset")
    return int(value)


def _address(asked: Mapping[str, Any], given: Given, offset: int) -> str:
    """The address of the page that starts at `offset`."""
    return f"{asked['address']}?{urlencode({**given, 'offset': [str(offset)]}, doseq=True)}"


def _others(asked: Mapping[str, Any], given: Given) -> dict[str, str]:
    """The addresses of all rows in other formats."""
    kept = {name: values for name, values in given.items() if name not in ("format", "limit", "offset")}
    tail = f"?{urlencode(kept, doseq=True)}" if kept else ""
    return {form: f"/ask/{asked['name']}.{media.ending(form)}{tail}" for form in media.ANSWERS if form != "html"}


def _headers(page: Mapping[str, Any]) -> dict[str, str]:
    """What every format says of the rows beside those it gives."""
    following = {"Link": f'<{page["next"]}>; rel="next"'} if page["next"] else {}
    return {"X-Total-Count": str(page["total"]), **following}


def _text(text: str, form: str, page: Mapping[str, Any]) -> Reply:
    kind = media.content_type(media.ANSWERS[form][0])
    return Reply(text.encode(), kind, headers=media.VARY | _headers(page))


def _claims(graph: Graph, result: Result) -> list[tuple[str, str, str, str]]:
    """The claims that the rows rest on, with their receipts."""
    return [(*triple, formats.DEFAULT_GRAPH) for triple in graph.backend.triples_about(result.claims)]
