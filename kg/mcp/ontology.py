"""The vocabulary in short, for who writes queries: classes, what they mean, and the properties their shapes allow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg import formats, resources, schema
from kg.schema import Property, Shape
from kg.terms import KG, PREFIXES, RDFS, Literal, shorten, term

_INTRODUCTION = f"""# Classes and properties of the graph

What a report says is a claim (kg:Statement, kg:Investment, kg:Agreement, kg:Figure, …): it names its report by
kg:report, and by prov:wasDerivedFrom its receipt. A receipt is a kg:Passage (oa:hasSource the report,
oa:hasSelector with oa:exact the sentence as printed, and with oa:start and oa:end its place in the text) or a
kg:Citation (kg:report, and kg:cites the number of the fact). People, organizations, places, events and deals carry
identity alone: rdfs:label, skos:altLabel, types. Places lie in places: schema:containedInPlace+.
Labels are in English, Indonesian and Chinese (@en, @id, @zh).

These prefixes need no declaration: {", ".join(f"{name}: <{base}>" for name, base in PREFIXES.items())}
"""


def in_short() -> str:
    """The vocabulary as text in Markdown: each class with its properties, then what the properties mean."""
    shapes = schema.load().shapes
    meanings = _meanings()
    used = {prop.iri for shape in shapes.values() for prop in shape.properties}
    told = [f"- {shorten(iri)}: {meanings[iri]}" for iri in sorted(used & meanings.keys())]
    classes = [_class(shapes[name], meanings) for name in sorted(shapes)]
    return "\n".join([_INTRODUCTION, *classes, "## What the properties mean\n", *told, ""])


def _class(shape: Shape, meanings: Mapping[str, str]) -> str:
    head = f"## {shorten(shape.target)}\n\n{meanings.get(shape.target, '')}\n"
    return "\n".join([head, *(f"- {_property(prop)}" for prop in shape.properties), ""])


def _property(prop: Property) -> str:
    """A property with the type of its values, and how many a thing may have."""
    kind = " | ".join(prop.allowed) or shorten(prop.datatype or prop.value_class or "IRI")
    most = "*" if prop.maximum is None else prop.maximum
    return f"{shorten(prop.iri)} ({kind}, {prop.minimum}..{most})"


def _meanings() -> dict[str, str]:
    """What classes and properties of ours mean, in English."""
    path = resources.ontology() / "core.ttl"
    quads: Iterable[tuple[str, str, str, str]] = formats.parse(path.read_bytes(), formats.format_of(path), str(path))
    comments = ((s[1:-1], term(o)) for s, p, o, _ in quads if p == f"<{RDFS}comment>" and s.startswith(f"<{KG}"))
    return {name: value.value for name, value in comments if isinstance(value, Literal) and value.language == "en"}
