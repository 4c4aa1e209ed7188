"""What stands behind a key of an authored file, turned into RDF terms as the shapes ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from kg.errors import InputError, ParseError
from kg.names import nearest
from kg.periods import days
from kg.schema import LANG_STRING, SCHEMES, Property, Shape, lexical_problem
from kg.terms import ID, IRI, XSD, Literal, expand, literal, token
from kg.yaml_nodes import Items, Mapping, Node, Scalar

Resolve = Callable[[str, str | None], list[str]]
"""From a name and the IRI of a class (or None) to the IRIs of the entities so called."""

Known = Callable[[str | None], list[str]]
"""From the IRI of a class (or None) to the names of its entities."""

_SLUG = re.compile(r"\w[\w.~-]*")
_PATH = re.compile(r"\w[\w.~-]*(?:/\w[\w.~-]*)+")


class Values:
    """Reads the values of one authored file, whose own language is `language`."""

    def __init__(self, source: str, language: str, resolve: Resolve, known: Known) -> None:
        self.source, self.language, self.resolve, self.known = source, language, resolve, known

    def fail(self, reason: str, at: Node) -> ParseError:
        """The error that names this file and the node's line and column."""
        return ParseError(reason, self.source, at.line, at.column)

    def mapping(self, node: Node, what: str) -> Mapping:
        """`node` as a mapping."""
        if not isinstance(node, Mapping):
            raise self.fail(f"{what} needs keys and values", node)
        return node

    def string(self, node: Node, what: str) -> str:
        """`node` as a plain string."""
        if not isinstance(node, Scalar) or not node.value.strip():
            hint = "; inside { } quote a value that holds a comma" if isinstance(node, Scalar) else ""
            raise self.fail(f"{what} needs a value on its line{hint}", node)
        return node.value

    def items(self, node: Node) -> tuple[Node, ...]:
        """The items of a list, or the node itself as the only one."""
        return node.items if isinstance(node, Items) else (node,)

    def check_keys(self, node: Mapping, known: Iterable[str], what: str) -> None:
        """Refuse a key that is not among `known`, naming the nearest that is."""
        among = sorted(known)
        for name, key in node.keys.items():
            if name not in among:
                near = nearest(name, among, 1)
                hint = f"did you mean {near[0]!r}?" if near else f"the keys are {' '.join(among)}"
                if not re.fullmatch(r"[\w -]*[A-Za-z][\w-]*", name) or " " in name:
                    hint = "quote a value that holds a comma"
                raise self.fail(f"{what} has no key {name!r}; {hint}", key)

    def labels(self, node: Node, what: str) -> tuple[Literal, ...]:
        """Text in one or several languages: a mapping from language to text, or text in the file's language."""
        if isinstance(node, Mapping):
            return tuple(self._tagged(self.string(value, what), tag, value) for tag, value in node.entries.items())
        return (self._tagged(self.string(node, what), self.language, node),)

    def names(self, node: Node) -> tuple[Literal, ...]:
        """Other names: a list, each item a text or a mapping from language to text or texts."""
        found: list[Literal] = []
        for item in self.items(node):
            entries = item.entries if isinstance(item, Mapping) else {self.language: item}
            for tag, value in entries.items():
                found += [self._tagged(self.string(name, "a name"), tag, name) for name in self.items(value)]
        return tuple(found)

    def of(self, prop: Property, node: Node) -> tuple[IRI | Literal, ...]:
        """The values of a property, in the kind of term its shape asks for."""
        if prop.datatype == LANG_STRING:
            values: tuple[IRI | Literal, ...] = self.labels(node, prop.name)
        else:
            values = tuple(self._one(prop, item) for item in self.items(node))
        if prop.maximum is not None and len(values) > prop.maximum:
            raise self.fail(f"{prop.name} takes {prop.maximum} value, not {len(values)}", node)
        return values

    def period(self, node: Node, shape: Shape) -> dict[str, tuple[IRI | Literal, ...]]:
        """`start` and `end` from one period in ISO 8601."""
        if shape.find("start") is None:
            raise self.fail(f"{shape.name} takes no period", node)
        try:
            first, last = days(self.string(node, "period"))
        except InputError as error:
            raise self.fail(str(error), node) from None
        found = {"start": first, "end": last}
        return {name: (Literal(day, XSD + "date"),) for name, day in found.items() if day}

    def entity(self, node: Node, value_class: str | None) -> IRI:
        """An entity by its path (`person/li-zhijie`), its IRI, or any of its names."""
        text = self.string(node, "an entity")
        if "://" in text:
            return self.iri(node, "an entity")
        if "/" in text and " " not in text:
            return self.path(text, node)
        found = self.resolve(text, value_class)
        if len(found) == 1:
            return IRI(found[0])
        if found:
            raise self.fail(f"{text!r} names {len(found)} entities; write one of {' '.join(found)}", node)
        near = nearest(text, self.known(value_class), 1)
        hint = f"did you mean {near[0]!r}?" if near else "describe it under `entities`, or write its path"
        raise self.fail(f"no entity is called {text!r}; {hint}", node)

    def iri(self, node: Node, what: str) -> IRI:
        """An IRI, as it stands or as a prefixed name."""
        try:
            return expand(self.string(node, what))
        except InputError as error:
            raise self.fail(str(error), node) from None

    def path(self, text: str, at: Node) -> IRI:
        """The IRI that a path such as `person/li-zhijie` stands for."""
        try:
            if _PATH.fullmatch(text):
                return expand(ID + text)
        except InputError as error:
            raise self.fail(str(error), at) from None
        raise self.fail(f"{text!r} is not a path such as person/li-zhijie; use letters, digits and hyphens", at)

    def slug(self, node: Node, what: str) -> str:
        """A name that becomes part of IRIs."""
        text = self.string(node, what)
        if not _SLUG.fullmatch(text):
            raise self.fail(f"{what} is {text!r}; use letters, digits and hyphens", node)
        return text

    def _one(self, prop: Property, node: Node) -> IRI | Literal:
        if prop.is_concept:
            return self._concept(prop, node)
        if not prop.is_literal:
            return self.entity(node, prop.value_class)
        value = literal(self.string(node, prop.name), datatype=prop.datatype or XSD + "string")
        problem = lexical_problem(prop.name, value) or prop.problem([token(value)] * max(prop.minimum, 1))
        if problem:
            raise self.fail(problem, node)
        return value

    def _concept(self, prop: Property, node: Node) -> IRI:
        slug = self.string(node, prop.name)
        if "://" in slug:
            return self.iri(node, prop.name)
        scheme = SCHEMES.get(prop.name, prop.name)
        known = concepts().get(scheme, [])
        if slug not in known:
            near = nearest(slug, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the list is {' '.join(known)}"
            raise self.fail(f"{prop.name} has no {slug!r}; {hint}", node)
        return IRI(f"{ID}{scheme}/{slug}")

    def _tagged(self, text: str, tag: str, at: Node) -> Literal:
        try:
            return literal(text, tag)
        except InputError as error:
            raise self.fail(str(error), at) from None


@cache
def concepts() -> dict[str, list[str]]:
    """The slugs of the concepts of each scheme of the ontology, by the scheme's name."""
    from kg import formats, resources
    from kg.terms import RDF_TYPE, SKOS

    found: dict[str, list[str]] = {}
    for path in sorted((resources.ontology() / "vocab").glob("*.ttl")):
        quads = formats.parse(path.read_bytes(), formats.format_of(path), str(path))
        start = f"<{ID}{path.stem}/"
        found[path.stem] = sorted(
            s[len(start) : -1]
            for s, p, o, _ in quads
            if p == RDF_TYPE and o == f"<{SKOS}Concept>" and s.startswith(start)
        )
    return found
