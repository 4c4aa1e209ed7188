"""All that is known of one thing: its names, its identity, what reports claim of it, and what is inferred of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.answer import label_of
from kg.backends.base import Backend
from kg.errors import UnknownName
from kg.graph import Graph
from kg.names import nearest
from kg.query.params import entity
from kg.result import Row
from kg.terms import IRI, KG, PROV, RDF_TYPE, RDFS, SKOS, Literal, Token, shorten, term, token

KINDS = (KG + "Entity", KG + "Report")
_LABEL = f"<{RDFS}label>"
_EVIDENCE = (f"<{PROV}wasDerivedFrom>", f"<{PROV}wasGeneratedBy>")
_HIDDEN = (_LABEL, f"<{SKOS}prefLabel>", RDF_TYPE, f"<{KG}text>", f"<{SKOS}inScheme>", *_EVIDENCE)
_EVERY_CLAIM = f"<{KG}report>"


@dataclass(frozen=True)
class Card:
    """What is known of a thing. `facts` are identity, as pairs of property and value; `claims` come with sources."""

    iri: str
    label: str
    kinds: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    claims: Sequence[Row]

    def as_dict(self) -> dict[str, Any]:
        """The card as JSON knows it."""
        return {
            "iri": self.iri,
            "label": self.label,
            "kinds": list(self.kinds),
            "names": list(self.names),
            "facts": [{"property": name, "value": value} for name, value in self.facts],
            "claims": [dict(row) for row in self.claims],
        }


def card(graph: Graph, name: str, language: str = "en") -> Card:
    """The card of whatever goes by `name`: an entity, a concept, a report, or by IRI a claim or anything else.

    UnknownName names the nearest names, AmbiguousName the candidates.
    """
    subject = _subject(graph.backend, name)
    facts = graph.backend.facts(subject)
    for amount in [o for _, p, o in facts if p == f"<{KG}amount>"]:
        facts = [f for f in facts if f[2] != amount] + [
            f for f in graph.backend.facts(amount[1:-1]) if f[1] != RDF_TYPE
        ]
    if not facts:
        raise UnknownName(name, nearest(name, graph.backend.all_names(())))
    mentioned = {o[1:-1] for _, _, o in facts if o.startswith("<")} | {p[1:-1] for _, p, _ in facts} | {subject}
    labels = graph.backend.labels(mentioned)

    def shown(value: Token) -> str:
        read = term(value)
        if isinstance(read, Literal):
            return f"{read.value} ({read.language})" if read.language else read.value
        return label_of(read, labels, language) if read in labels else str(read)

    types = [o[1:-1] for _, p, o in facts if p == RDF_TYPE]
    spelled = [term(o) for _, p, o in facts if p in (_LABEL, f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>")]
    claims = _claims(graph, subject, types, language, any(p == _EVERY_CLAIM for _, p, _ in facts))
    return Card(
        iri=subject,
        label=label_of(subject, labels, language),
        kinds=tuple(label_of(kind, labels, language) for kind in sorted(types)),
        facts=tuple(
            (label_of(p[1:-1], labels, language) if p[1:-1] in labels else shorten(p[1:-1]), shown(o))
            for _, p, o in facts
            if p not in (*_HIDDEN, f"<{SKOS}altLabel>")
        ),
        names=tuple(dict.fromkeys(found.value for found in spelled if isinstance(found, Literal))),
        claims=claims,
    )


def _subject(backend: Backend, name: str) -> IRI:
    names = backend.names()
    try:
        return entity(name, KINDS, names)
    except UnknownName:
        return entity(name, (), names)


def _claims(graph: Graph, subject: str, types: list[str], language: str, is_claim: bool) -> Sequence[Row]:
    """What reports claim of it: of a report, what it claims; of a claim, itself with its sources."""
    if KG + "Report" in types:
        return list(graph.ask("claims", report=subject, lang=language))
    if is_claim:
        report = next(o[1:-1] for _, p, o in graph.backend.facts(subject) if p == _EVERY_CLAIM)
        rows = [
            *graph.ask("claims", report=report, lang=language),
            *graph.ask("corrections", report=report, lang=language),
        ]
        own = [row for row in rows if subject in (row.get("claim"), row.get("correction"))]
        return [*own, *graph.ask("judgements", about=subject, lang=language)]
    if SKOS + "Concept" in types:
        listed = graph.backend.sparql(f"SELECT ?claim {{ ?claim kg:report ?report ; ?property {token(IRI(subject))} }}")
        wanted = {str(row["claim"]) for row in listed.solutions}
        return [row for row in graph.ask("timeline", lang=language) if row["claim"] in wanted]
    return [
        *graph.ask("timeline", about=subject, lang=language),
        *graph.ask("names", entity=subject, lang=language),
        *graph.ask("judgements", about=subject, lang=language),
    ]
