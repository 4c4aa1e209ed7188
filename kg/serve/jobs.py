"""What the workers of a server do: queries, canned answers, graphs and pages for reading, and all that writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import formats
from kg.errors import InputError, NotFound
from kg.graph import Graph
from kg.serve import answers, media, things
from kg.serve.state import State, open_state
from kg.terms import GRAPH_OTHER, IRI, Quad, Token, iri
from kg.workers.frames import Reply

if TYPE_CHECKING:
    from kg.index import Dataset
    from kg.store.change import Patch


def query(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """A SPARQL query over the whole graph or the dataset that the request names."""
    results = state.index().results(_text(body), _dataset(asked), asked["base"])
    offered = media.GRAPHS if results.form == "triples" else media.ROWS
    syntax = media.ENDINGS.get(asked["format"] or "", asked["format"])
    if results.form == "triples" and syntax in ("json", "xml"):
        syntax = {"json": "jsonld", "xml": "rdfxml"}[syntax]
    if syntax not in offered:
        syntax = media.chosen(asked["accept"], offered)
    return Reply(
        lambda output: results.write(output, syntax), media.content_type(offered[syntax][0]), headers=media.VARY
    )


def graph(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """A named graph, the triples that stand in none (`graph` empty), or the whole dataset (`graph` null)."""
    found = _quads_of(state.refreshed(), asked["graph"])
    if found is None:
        named = asked["graph"] or "without a name"
        raise NotFound(f"there is no graph {named}; list them with: SELECT DISTINCT ?g {{ GRAPH ?g {{}} }}")
    whole = asked["graph"] is None
    offered = {n: t for n, t in media.GRAPHS.items() if not whole or formats.FORMATS[n].keeps_graphs}
    syntax = media.chosen(asked["accept"], dict(reversed(offered.items())) if whole else offered)
    quads = found if whole else [(s, p, o, "") for s, p, o, _ in found]
    return media.rdf(_with_blank_nodes(quads), syntax)


def _quads_of(graph: Graph, name: str | None) -> Iterable[Quad] | None:
    if name is None:
        return [(s, p, o, "" if g == f"<{GRAPH_OTHER}>" else g) for s, p, o, g in graph.backend.quads()]
    return graph.backend.graph_quads(str(iri(name)) if name else GRAPH_OTHER)


def _with_blank_nodes(quads: Iterable[Quad]) -> list[Quad]:
    """Nodes that were blank when they came, blank again (RDF 1.1 Concepts, section 3.5)."""
    names: dict[Token, Token] = {}
    start = f"<{formats.GENID}"

    def node(token: Token) -> Token:
        return names.setdefault(token, f"_:b{len(names)}") if token.startswith(start) else token

    return [(node(s), p, node(o), g) for s, p, o, g in sorted(quads)]


def state_of(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """The name of the graph's state, for headers and for health."""
    return Reply(state.state().encode(), "text/plain; charset=utf-8")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"the bytes are not UTF-8 (byte {error.start}); send UTF-8") from None


def _dataset(asked: Mapping[str, Any]) -> Dataset | None:
    """The graphs that a request names, None where it names none."""
    from kg.index import Dataset

    default, named = asked["default"], asked["named"]
    return Dataset(default, named) if default or named else None


def update(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """A SPARQL update, in one transaction."""
    from kg.update import updated

    text, using = _text(body), _dataset(asked)
    return _patched(state, lambda quads: updated(quads, text, using, asked["base"]), "the update")


def put_graph(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """Replace a graph (`replace`) or merge into it, by what the body holds in its syntax."""
    parts = [formats.parse(bytes(part["text"], "utf-8"), formats.FORMATS[part["syntax"]], "the body", asked["base"])
             for part in asked["parts"]]  # fmt: skip
    given = [quad for part in parts for quad in part]
    name = asked["graph"]
    existed = name is None or _quads_of(state.refreshed(), name) is not None
    target = f"<{iri(name)}>" if name else f"<{GRAPH_OTHER}>"
    come = {(s, p, o, g if name is None else target) for s, p, o, g in given}

    def patch(quads: list[Quad]) -> tuple[set[Quad], set[Quad]]:
        present = {quad for quad in quads if name is None or quad[3] == target}
        return (present - come if asked["replace"] else set()), come - present

    created = {"Location": asked["location"]} if asked["location"] else {}
    return _patched(state, patch, "the body", 200 if existed else 201, created)


def delete_graph(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """Take a graph away, whole."""
    name = asked["graph"]
    if name is not None and _quads_of(state.refreshed(), name) is None:
        raise NotFound(f"there is no graph {name or 'without a name'}; nothing was deleted")
    target = f"<{iri(name)}>" if name else f"<{GRAPH_OTHER}>"
    return _patched(state, lambda quads: ({q for q in quads if name is None or q[3] == target}, set()), "the request")


def _patched(
    state: State,
    patch: Patch,
    source: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    from kg import pipeline

    change = pipeline.patch(_store(state), patch, source)
    said = f"{change.added} statement{'s' if change.added != 1 else ''} came, {change.removed} went"
    if change.kept:
        said += f"; {change.kept} stay, which the ontology and the shared places of the package need"
    return Reply(f"{said}\n".encode(), "text/plain; charset=utf-8", status, headers or {})


def add_report(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """Add a report, entities or RDF that came in the body."""
    from kg import pipeline

    change = pipeline.add_content(_store(state), asked["name"], body, asked["syntax"])
    reports = sorted(report[1:-1] for report in change.reports)
    return _json({"added": change.added, "removed": change.removed, "reports": reports}, 201 if change else 200)


def remove_report(state: State, asked: Mapping[str, Any], body: bytes) -> Reply:
    """Withdraw a report, with all that rested on it alone."""
    from kg import pipeline
    from kg.query.params import entity
    from kg.terms import KG

    report = entity(asked["report"], [KG + "Report"], state.refreshed().backend.names())
    change = pipeline.remove(_store(state), IRI(report))
    return _json({"added": change.added, "removed": change.removed, "reports": [str(report)]})


def _store(state: State) -> Path:
    assert state.source is not None
    return Path(state.source)


def _json(value: Any, status: int = 200) -> Reply:
    import json

    return Reply(json.dumps(value, ensure_ascii=False).encode(), "application/json", status)


JOBS: dict[str, Callable[[State, Mapping[str, Any], bytes], Reply]] = {
    "query": query,
    "graph": graph,
    "state": state_of,
    "ask": answers.answer,
    "thing": things.thing,
    "ontology": things.ontology,
    "service": things.service,
    "void": things.void,
    "examples": things.examples,
    "openapi": things.openapi,
    "home": things.home,
    "update": update,
    "put": put_graph,
    "delete": delete_graph,
    "add": add_report,
    "remove": remove_report,
}
"""The jobs by name."""

__all__ = ["JOBS", "State", "open_state"]
