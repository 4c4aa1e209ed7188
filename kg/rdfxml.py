"""RDF/XML as this package writes it: one element a subject, one line a triple, and nothing that XML would change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from kg.errors import DataError
from kg.terms import IRI, PREFIXES, RDF, XSD, BlankNode, Token, Triple, local_name, term

_LETTERS = (
    r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0401-\u040c\u040e-\u044f"
    r"\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5"
)
"""Letters of names in every edition of XML 1.0, which differ on many others."""

_LOCAL = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9.\-]*")
_NO_NAME = re.compile(rf"[^{_LETTERS}0-9.\-]")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SYNTAX = frozenset(
    RDF + name for name in ("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "li",
                            "Description", "aboutEach", "aboutEachPrefix")
)  # fmt: skip
_RESERVED = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")


def write(triples: Iterable[Triple]) -> bytes:
    """`triples` in their order as RDF/XML; DataError for what it cannot write."""
    given = list(triples)
    names = _Names(predicate for _, predicate, _ in given)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<rdf:RDF"]
    lines += [f'    xmlns:{prefix}="{_attribute(base)}"' for prefix, base in names.declared()]
    lines[-1] += ">"
    for subject, about in groupby(given, key=lambda triple: triple[0]):
        lines.append(f"  <rdf:Description {_node('rdf:about', subject)}>")
        lines += [f"    {_property(names.of(predicate), predicate, obj)}" for _, predicate, obj in about]
        lines.append("  </rdf:Description>")
    return "\n".join([*lines, "</rdf:RDF>", ""]).encode()


class _Names:
    """Predicates as names of elements, with a prefix for each namespace."""

    def __init__(self, predicates: Iterable[Token]) -> None:
        self._split = {predicate: _split(predicate) for predicate in predicates}
        known = {base: prefix for prefix, base in PREFIXES.items()}
        others = sorted({base for base, _ in self._split.values()} - known.keys())
        self._prefixes = known | {base: f"ns{number}" for number, base in enumerate(others, 1)}

    def of(self, predicate: Token) -> str:
        """The element's name for a predicate."""
        base, local = self._split[predicate]
        return f"{self._prefixes[base]}:{local}"

    def declared(self) -> Iterator[tuple[str, str]]:
        """The prefixes that are used, and what they stand for."""
        used = {RDF, *(base for base, _ in self._split.values())}
        yield from sorted((self._prefixes[base], base) for base in used)


def _split(predicate: Token) -> tuple[str, str]:
    """A predicate's namespace and local name."""
    iri = predicate[1:-1]
    known = [base for base in PREFIXES.values() if iri.startswith(base) and _LOCAL.fullmatch(iri[len(base) :])]
    local = iri[len(known[0]) :] if known else _NO_NAME.split(iri)[-1].lstrip("0123456789.-")
    base = iri.removesuffix(local)
    if not local or not base or iri in _SYNTAX or base in _RESERVED:
        raise DataError(f"{predicate} cannot be the name of an XML element; export another format than RDF/XML")
    return base, local


def _property(name: str, predicate: Token, obj: Token) -> str:
    value = term(obj)
    if isinstance(value, IRI | BlankNode):
        return f"<{name} {_node('rdf:resource', obj)}/>"
    if _UNWRITABLE.search(value.value):
        raise DataError(
            f"a value of {local_name(predicate[1:-1])} holds a control character, which XML cannot write;"
            " export another format than RDF/XML"
        )
    kind = ""
    if value.language:
        kind = f' xml:lang="{value.language}"'
    elif value.datatype != XSD + "string":
        kind = f' rdf:datatype="{_attribute(value.datatype)}"'
    return f"<{name}{kind}>{escape(value.value, {chr(13): '&#13;'})}</{name}>"


def _node(attribute: str, node: Token) -> str:
    if node.startswith("_:"):
        return f'rdf:nodeID="b{node[2:]}"'
    return f'{attribute}="{_attribute(node[1:-1])}"'


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
