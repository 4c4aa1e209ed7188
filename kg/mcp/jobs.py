"""What the workers behind the tools do: canned answers, cards and free SPARQL, each cut to what a reader can take."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from kg.mcp.cuts import cut, cut_text, fitting
from kg.result import jsonable
from kg.serve.state import State, open_state
from kg.solutions import Solution
from kg.terms import XSD, BlankNode, Literal, Term, Triple, term, token
from kg.workers.frames import Reply

_MOST_NAMES = 200
"""Names and facts on one card."""


def ask(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The rows of a canned query, each with its sources."""
    result = state.refreshed().ask(
        asked["name"], lang=asked["lang"], limit=asked["limit"], offset=asked["offset"], **asked["parameters"]
    )
    rows, _ = fitting(map(cut, result.to_dicts()), asked["limit"])
    return _json({"query": asked["name"], **_page(asked, rows, result.total), "rows": rows})


def show(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """All that is known of one thing: who or what it is, and what reports claim of it, page by page."""
    from kg.card import card

    found = card(state.refreshed(), asked["name"], asked["lang"]).as_dict()
    claims = found.pop("claims")
    rows, _ = fitting((cut(jsonable(row)) for row in islice(claims, asked["offset"], None)), asked["limit"])
    for part in ("names", "facts"):
        found[part] = found[part][:_MOST_NAMES]
    return _json({**cut(found), **_page(asked, rows, len(claims)), "claims": rows})


def _page(asked: Mapping[str, Any], rows: list[Any], total: int) -> dict[str, Any]:
    """Which rows these are, and whether any were left out after them."""
    offset = asked["offset"]
    return {"total": total, "offset": offset, "limit": asked["limit"], "truncated": offset + len(rows) < total}


def sparql(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """What a SPARQL query gives, in the form of the SPARQL 1.1 Query Results JSON Format; triples as Turtle."""
    results = state.index().results(asked["query"])
    if results.form == "boolean":
        return _json({"head": {}, "boolean": results.boolean, "truncated": False})
    if results.form == "triples":
        triples, truncated = fitting(map(_shortened, results.triples()), asked["limit"])
        return _json({"turtle": _turtle(triples), "triples": len(triples), "truncated": truncated})
    bindings, truncated = fitting(map(_binding, results.solutions()), asked["limit"])
    return _json({"head": {"vars": list(results.variables)}, "results": {"bindings": bindings}, "truncated": truncated})


def _binding(solution: Solution) -> dict[str, dict[str, str]]:
    return {name: _value(value) for name, value in solution.items()}


def _value(value: Term) -> dict[str, str]:
    """A term as in section 3.2.2 of the SPARQL 1.1 Query Results JSON Format."""
    if not isinstance(value, Literal):
        return {"type": "bnode" if isinstance(value, BlankNode) else "uri", "value": cut_text(value)}
    shown = {"type": "literal", "value": cut_text(value.value)}
    if value.language:
        return shown | {"xml:lang": value.language}
    return shown if value.datatype == XSD + "string" else shown | {"datatype": value.datatype}


def _shortened(triple: Triple) -> Triple:
    """A triple whose literal is cut where it is long."""
    subject, predicate, obj = triple
    value = term(obj)
    return (
        (subject, predicate, token(value._replace(value=cut_text(value.value))))
        if isinstance(value, Literal)
        else triple
    )


def _turtle(triples: list[Triple]) -> str:
    from kg import formats

    quads = ((s, p, o, formats.DEFAULT_GRAPH) for s, p, o in triples)
    return b"".join(formats.serialise(quads, formats.FORMATS["turtle"])).decode()


def explain(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """Why a fact holds, stated or inferred."""
    from kg.mcp.explaining import explained

    words = (asked["subject"], asked["predicate"], asked["object"])
    return _json(explained(state.refreshed().backend, words, asked["lang"]))


def schema(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The vocabulary in short."""
    from kg.mcp.ontology import in_short

    return Reply(in_short().encode(), "text/markdown; charset=utf-8")


def _json(value: Any) -> Reply:
    return Reply(json.dumps(value, ensure_ascii=False).encode(), "application/json")


JOBS: dict[str, Callable[[State, Mapping[str, Any], bytes], Reply]] = {
    "ask": ask,
    "show": show,
    "sparql": sparql,
    "explain": explain,
    "schema": schema,
}
"""The jobs by name."""

__all__ = ["JOBS", "open_state"]
