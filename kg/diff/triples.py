"""Quads as what two states are compared by: triples whose numbers are written in one way, without what is inferred."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.errors import InputError
from kg.reason import Unsupported, closure
from kg.schema import Schema
from kg.terms import GRAPH_INFERRED, KG, PREFIXES, PROV, RDF, RDF_TYPE, RDFS, XSD, Quad, Token, Triple

_NUMBERS = {f'"^^<{XSD}{name}>' for name in ("decimal", "integer")}
_BOOLEAN = f'"^^<{XSD}boolean>'
_WRITTEN = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?", re.ASCII)
_INFERRED = f"<{GRAPH_INFERRED}>"
_BY = f"<{PROV}wasAttributedTo>"  # stated of judgements, inferred of statements
_OF_TERMS = (
    *(f"<{RDFS}{name}>" for name in ("subClassOf", "subPropertyOf", "domain", "range")),
    f"<{RDF}first>",
    f"<{RDF}rest>",
)
_SIGNS_OF_INFERENCE = (f"<{KG}Claim>", f"<{KG}Entity>")
"""Classes that are never asserted of anything: a graph that does holds what was inferred, among what was asserted."""


def comparable(before: Iterable[Quad], after: Iterable[Quad], schema: Schema) -> tuple[set[Triple], set[Triple]]:
    """The triples of two states, without graph names and without what is inferred.

    Where what was inferred stands among what was asserted, as in Turtle, it is known by what it follows from.
    """
    one, other = _plain(before), _plain(after)
    common = one & other
    if one == other or not (_is_marked(one) or _is_marked(other)):
        return one, other
    return common | _news(one, other, schema), common | _news(other, one, schema)


def normal(token: Token) -> Token:
    """`token` with a number, truth value or language tag written in the one way that is canonical."""
    if token[0] != '"' or token[-1] == '"':
        return token
    if token[-1] != ">":
        text, _, tag = token.rpartition("@")
        return f"{text}@{tag.lower()}"
    end = token.rindex('"')
    datatype = token[end:]
    if datatype in _NUMBERS:
        return _number(token[1:end], datatype) or token
    if datatype == _BOOLEAN:
        value = token[1:end]
        return f'"{ {"1": "true", "0": "false"}.get(value, value) }{datatype}'
    return token


def _number(value: str, datatype: str) -> Token | None:
    match = _WRITTEN.fullmatch(value)
    if match is None or not any(char.isdigit() for char in value) or (datatype.endswith("integer>") and "." in value):
        return None
    sign, whole, fraction = match[1], match[2] or "0", match[3] or ""
    minus = "-" if sign == "-" and (whole != "0" or fraction) else ""
    return f'"{minus}{whole}{"." + fraction if fraction else ""}{datatype}'


def _plain(quads: Iterable[Quad]) -> set[Triple]:
    return {(s, p, normal(o)) for s, p, o, graph in quads if graph != _INFERRED}


def _is_marked(triples: set[Triple]) -> bool:
    return any(p == RDF_TYPE and o in _SIGNS_OF_INFERENCE for _, p, o in triples)


def is_axiom(triple: Triple) -> bool:
    """Whether a triple is about terms, as those of an ontology are, rather than about things."""
    subject, predicate, value = triple
    if subject.startswith(f"<{KG}") or subject == f"<{KG.rstrip('#')}>":
        return True
    if predicate == RDF_TYPE:
        return value.startswith(f"<{PREFIXES['owl']}")
    return predicate.startswith((f"<{PREFIXES['owl']}", *_OF_TERMS))


def _news(of: set[Triple], beside: set[Triple], schema: Schema) -> set[Triple]:
    """The triples that only one state has; where it holds what was inferred, those alone that are no such thing.

    A triple counts as inferred where it follows from the other state, or where it is of a kind that authors do not
    state and follows from what they do.
    """
    own = of - beside
    if not own or not _is_marked(of):
        return own
    classes = schema.by_target().keys() - set(_SIGNS_OF_INFERENCE)
    stated = {f"<{prop.iri}>" for shape in schema.shapes.values() for prop in shape.properties} - {_BY}
    doubtful = {
        triple
        for triple in of
        if (triple[2] not in classes if triple[1] == RDF_TYPE else triple[1] not in stated) and not is_axiom(triple)
    }
    return own - _following(beside) - (doubtful & _following(of - doubtful))


def _following(triples: set[Triple]) -> set[Triple]:
    """What follows from `triples`; nothing where their axioms are of no use."""
    try:
        return {(s, p, normal(o)) for s, p, o in closure(triples)}
    except (Unsupported, InputError):
        return set()
