"""Which named graph a triple belongs in: its report's, the shared one, the ontology's, or the one it came with."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.formats import DEFAULT_GRAPH
from kg.schema import types_of
from kg.terms import (
    GRAPH_INFERRED,
    GRAPH_ONTOLOGY,
    GRAPH_OTHER,
    GRAPH_SHARED,
    ID,
    KG,
    OA,
    PROV,
    RDF_TYPE,
    SKOS,
    Quad,
    Token,
    Triple,
)

_REPORT = f"<{KG}report>"
_SOURCE = f"<{OA}hasSource>"
_NESTED = (f"<{KG}amount>", f"<{OA}hasSelector>", f"<{PROV}wasGeneratedBy>")
_USED = f"<{PROV}used>"
_SHARED_CLASSES = (
    *("Entity", "Person", "Organization", "Company", "Place", "Event", "EventSeries", "Deal"),
    "Judgement",
)
_SHARED_TYPES = frozenset(
    [f"<{KG}{name}>" for name in _SHARED_CLASSES]
    + [f"<{SKOS}{name}>" for name in ("Concept", "ConceptScheme")]
    + [f"<{PROV}{name}>" for name in ("Agent", "Person", "Organization", "SoftwareAgent")]
)


@dataclass
class Routed:
    """Triples by the graph they belong in; `reports` says which graphs are a report's, and whose."""

    graphs: dict[str, set[Triple]] = field(default_factory=lambda: defaultdict(set))
    reports: dict[str, Token] = field(default_factory=dict)


def graph_of(report: Token) -> str:
    """The name of a report's graph."""
    iri = report[1:-1]
    own = ID + "report/"
    slug = iri[len(own) :] if iri.startswith(own) else hashlib.sha256(iri.encode()).hexdigest()[:16]
    return f"{ID}graph/report/{slug}"


def route(quads: Iterable[Quad], owner_in_store: Callable[[set[Token]], dict[Token, Token]]) -> Routed:
    """Sort `quads` into named graphs, whatever graphs they came in.

    What belongs to a report goes to its graph, entities to the shared one, terms of our namespace to the
    ontology's; triples about anything else stay in the graph they came in, or in `graph/other`. What was
    inferred is left out: it is made anew. `owner_in_store` tells, for subjects that `quads` alone do not
    place, the report that owns them or the shared graph's IRI.
    """
    found = [quad for quad in quads if quad[3] != f"<{GRAPH_INFERRED}>"]
    types = types_of((s, p, o) for s, p, o, _ in found)
    owners = _owners(found, {subject for subject in types if types[subject] & _SHARED_TYPES})
    open_subjects = {s for s, _, _, _ in found if s not in owners and not types[s] & _SHARED_TYPES}
    known = owner_in_store(open_subjects)
    routed = Routed()
    for s, p, o, g in found:
        report = owners.get(s) or known.get(s)
        if report == f"<{GRAPH_SHARED}>":
            graph = GRAPH_SHARED
        elif report:
            graph = graph_of(report)
            routed.reports[graph] = report
        elif s.startswith(f"<{KG}") or s == f"<{KG.rstrip('#')}>" or g == f"<{GRAPH_ONTOLOGY}>":
            graph = GRAPH_ONTOLOGY
        elif types[s] & _SHARED_TYPES:
            graph = GRAPH_SHARED
        else:
            graph = g[1:-1] if g != DEFAULT_GRAPH else GRAPH_OTHER
        routed.graphs[graph].add((s, p, o))
    return routed


def _owners(quads: list[Quad], shared: set[Token]) -> dict[Token, Token]:
    """The report that each claim, receipt, correction and their nested nodes belong to.

    A nested node of two reports' claims belongs to the shared graph; so does what is `shared` by its type.
    """
    passages = {s for s, p, o, _ in quads if p == RDF_TYPE and o == f"<{KG}Passage>"}
    owners: dict[Token, Token] = {}
    nested: dict[Token, list[Token]] = defaultdict(list)
    used: list[tuple[Token, Token]] = []
    for s, p, o, _ in quads:
        if not o.startswith("<"):
            continue
        if p == _REPORT or (p == _SOURCE and s in passages):
            owners[s] = min(o, owners.get(s, o))
        elif p == RDF_TYPE and o == f"<{KG}Report>":
            owners[s] = s
        elif p in _NESTED:
            nested[s].append(o)
        elif p == _USED:
            used.append((s, o))
    owners |= {s: o for s, o in sorted(used, reverse=True) if owners.get(o) == o and s not in owners}
    own = set(owners)
    waiting = sorted(own)
    while waiting:
        subject = waiting.pop()
        for inner in nested.get(subject, ()):
            owner = owners[subject] if owners.get(inner, owners[subject]) == owners[subject] else f"<{GRAPH_SHARED}>"
            if inner not in own and inner not in shared and owners.get(inner) != owner:
                owners[inner] = owner
                waiting.append(inner)
    return owners
