"""What the SHACL shapes say of each class, as plain values: the one source of columns, checks and authoring keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from kg import formats, resources
from kg.terms import KG, RDF, RDF_TYPE, RDFS, SKOS, XSD, Literal, Token, Triple, local_name, term

SH = "http://www.w3.org/ns/shacl#"
LANG_STRING = RDF + "langString"

SCHEMES = {"kind": "agreement-kind", "placeType": "place-type"}
"""Concept schemes that are not called like the property that draws on them."""


_NO_ENTITIES = frozenset(
    [
        *("report", "partOf", "position", "statement", "corrects", "converts", "amount"),
        *("wasDerivedFrom", "wasGeneratedBy", "wasAttributedTo"),
    ]
)
"""Properties of claims that lead neither to an entity nor to a concept."""


@dataclass(frozen=True, slots=True)
class Property:
    """What a shape says of one property of its class."""

    iri: str
    minimum: int
    maximum: int | None
    datatype: str | None
    value_class: str | None
    allowed: tuple[str, ...]
    pattern: str | None

    @property
    def name(self) -> str:
        """The local name, which authors and columns use."""
        return local_name(self.iri)

    @property
    def is_literal(self) -> bool:
        """Whether values are literals rather than IRIs."""
        return self.datatype is not None

    @property
    def is_concept(self) -> bool:
        """Whether values are SKOS concepts."""
        return self.value_class == SKOS + "Concept"

    @property
    def is_entity(self) -> bool:
        """Whether values of a claim are entities, rather than concepts, claims, receipts or amounts."""
        return not self.is_literal and not self.is_concept and self.name not in _NO_ENTITIES

    @property
    def column(self) -> str:
        """The name of the column, or of the property in the tables of links and texts."""
        snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.name).lower()
        return {"start": "start_date", "end": "end_date"}.get(snake, snake)

    def problem(self, values: list[Token]) -> str | None:
        """What is wrong with `values` for this property, or None."""
        if len(values) < self.minimum:
            return f"has no {self.name}"
        if self.maximum is not None and len(values) > self.maximum:
            return f"has {len(values)} values for {self.name}, where {self.maximum} is the most"
        return next((found for found in map(self._value_problem, values) if found), None)

    def _value_problem(self, value: Token) -> str | None:
        read = term(value)
        if not self.is_literal:
            return None if value.startswith("<") else f"{self.name} must be an IRI, not {value}"
        if not isinstance(read, Literal) or read.datatype != self.datatype:
            return f"{self.name} must be a literal of type {local_name(self.datatype or '')}, not {value}"
        if self.allowed and read.value not in self.allowed:
            return f"{self.name} is {read.value!r}; it must be one of {' '.join(self.allowed)}"
        if self.pattern and not re.search(self.pattern, read.value):
            return f"{self.name} is {read.value!r}, which does not fit {self.pattern}"
        return lexical_problem(self.name, read)


@dataclass(frozen=True, slots=True)
class Shape:
    """A class and the properties its instances may have, in the order the shape gives them."""

    name: str
    target: str
    properties: tuple[Property, ...]

    def find(self, name: str) -> Property | None:
        """The property of that local name, if the shape has it."""
        return next((found for found in self.properties if found.name == name), None)

    @property
    def table(self) -> str:
        """The name of the table that holds a row for each instance."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.name).lower()


@dataclass(frozen=True)
class Schema:
    """All shapes by the name of their class; a claim's shape includes what every claim carries."""

    shapes: dict[str, Shape]
    claim_classes: tuple[str, ...]

    @cached_property
    def entity_properties(self) -> frozenset[str]:
        """The IRIs of the properties by which claims name the entities they speak of."""
        properties = (prop for name in self.claim_classes for prop in self.shapes[name].properties)
        return frozenset(prop.iri for prop in properties if prop.is_entity)

    def by_target(self) -> dict[Token, Shape]:
        """Shapes by the token of their class."""
        return {f"<{shape.target}>": shape for shape in self.shapes.values()}


def lexical_problem(name: str, value: Literal) -> str | None:
    """What is wrong with the lexical form of a number, date or boolean (XML Schema 1.1, part 2), or None."""
    kind = value.datatype[len(XSD) :] if value.datatype.startswith(XSD) else ""
    fits = {
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
        "boolean": r"true|false|0|1",
    }.get(kind)
    if fits and not re.fullmatch(fits, value.value, re.ASCII):
        hint = "; write digits alone, such as 25000000" if kind in ("decimal", "integer") else ""
        return f"{name} is {value.value!r}, which is no {kind}{hint}"
    if kind == "date":
        from datetime import date

        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.value, re.ASCII):
                raise ValueError
            date.fromisoformat(value.value)
        except ValueError:
            return f"{name} is {value.value!r}, which is no day of the calendar; write YYYY-MM-DD"
    return None


@cache
def load() -> Schema:
    """The schema of the ontology that came with this package."""
    folder = resources.ontology()
    own = dict(_shape(path) for path in sorted((folder / "shapes").glob("*.ttl")))
    subclasses = {
        local_name(s)
        for s, p, o, _ in _quads(folder / "core.ttl")
        if p == f"<{RDFS}subClassOf>" and o == f"<{KG}Claim>"
    }
    claims = tuple(name.rstrip(">") for name in sorted(subclasses) if name.rstrip(">") in own)
    common = own["Claim"].properties
    for name in claims:
        mine = own[name].properties
        inherited = tuple(prop for prop in common if prop.iri not in {p.iri for p in mine})
        own[name] = Shape(name, own[name].target, inherited + mine)
    return Schema(own, claims)


def _quads(path: Path) -> list[tuple[Token, Token, Token, Token]]:
    return formats.parse(path.read_bytes(), formats.format_of(path), str(path))


def _shape(path: Path) -> tuple[str, Shape]:
    values: dict[Token, dict[str, list[Token]]] = defaultdict(lambda: defaultdict(list))
    order: list[Token] = []
    target = ""
    for subject, predicate, obj, _ in _quads(path):
        values[subject][predicate[1:-1]].append(obj)
        if predicate == f"<{SH}property>":
            order.append(obj)
        elif predicate == f"<{SH}targetClass>":
            target = obj[1:-1]
    properties = tuple(_property(values[node], values) for node in order)
    return path.stem, Shape(path.stem, target, properties)


def _property(node: dict[str, list[Token]], values: dict[Token, dict[str, list[Token]]]) -> Property:
    def one(local: str) -> str | None:
        found = node.get(SH + local)
        if not found:
            return None
        read = term(found[0])
        return read.value if isinstance(read, Literal) else str(read)

    allowed = tuple(_items(node[SH + "in"][0], values)) if SH + "in" in node else ()
    maximum = one("maxCount")
    return Property(
        iri=one("path") or "",
        minimum=int(one("minCount") or 0),
        maximum=int(maximum) if maximum else None,
        datatype=one("datatype"),
        value_class=one("class"),
        allowed=allowed,
        pattern=one("pattern"),
    )


def _items(head: Token, values: dict[Token, dict[str, list[Token]]]) -> Iterable[str]:
    while head in values and RDF + "first" in values[head]:
        read = term(values[head][RDF + "first"][0])
        yield read.value if isinstance(read, Literal) else str(read)
        head = values[head][RDF + "rest"][0]


def types_of(triples: Iterable[Triple]) -> dict[Token, set[Token]]:
    """The asserted types of each subject."""
    types: dict[Token, set[Token]] = defaultdict(set)
    for subject, predicate, obj in triples:
        if predicate == RDF_TYPE:
            types[subject].add(obj)
    return types
