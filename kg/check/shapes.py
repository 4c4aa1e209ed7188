"""SHACL: every claim, receipt and entity against the shape of its class. pySHACL is imported here alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg import resources
from kg.terms import Quad, local_name

SH = "http://www.w3.org/ns/shacl#"
Problem = tuple[str, str]
"""The IRI of what is wrong, and what is wrong with it."""


def problems(quads: Iterable[Quad]) -> Iterator[Problem]:
    """What the shapes of the ontology find wrong; the quads must hold the ontology's too."""
    import pyshacl
    import rdflib

    from kg.result import rdflib_graph

    shapes = rdflib.Graph()
    for path in sorted((resources.ontology() / "shapes").glob("*.ttl")):
        shapes.parse(path)
    data = rdflib_graph(sorted({quad[:3] for quad in quads}))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False)
    for result in sorted(report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))):
        yield _problem(report, result)


def _problem(report: Any, result: Any) -> Problem:
    import rdflib

    def value(name: str) -> str:
        return str(report.value(result, rdflib.URIRef(SH + name)) or "")

    path = local_name(value("resultPath")) if value("resultPath") else ""
    message = " ".join(value("resultMessage").split())
    kind = local_name(value("sourceConstraintComponent")).removesuffix("ConstraintComponent")
    return value("focusNode"), f"{path}: {message} ({kind})" if path else f"{message} ({kind})"
