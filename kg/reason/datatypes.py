"""Datatypes of literals and what they are kinds of: rule dt-type2, for the datatypes that some rule asks for."""

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from kg.reason.vocabulary import LANG_STRING, TYPE, XSD, Triple

_DERIVED_FROM: Final = {
    "dateTimeStamp": "dateTime",
    "integer": "decimal",
    "long": "integer",
    "int": "long",
    "short": "int",
    "byte": "short",
    "nonNegativeInteger": "integer",
    "positiveInteger": "nonNegativeInteger",
    "unsignedLong": "nonNegativeInteger",
    "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt",
    "unsignedByte": "unsignedShort",
    "nonPositiveInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "normalizedString": "string",
    "token": "normalizedString",
    "language": "token",
    "Name": "token",
    "NCName": "Name",
    "NMTOKEN": "Name",  # XSD derives it from token; the reference engine says Name, and both must agree
}

_PRIMITIVE: Final = ("decimal", "float", "double", "string", "boolean", "hexBinary", "base64Binary", "anyURI")
_TIME: Final = ("dateTime", "time", "date")
_OTHER: Final = (
    "<http://www.w3.org/2000/01/rdf-schema#Literal>",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>",
    "<http://www.w3.org/1999/02/22-rdf-syntax-ns#PlainLiteral>",
    LANG_STRING,
)

KNOWN: Final = frozenset((*(f"{XSD}{name}>" for name in (*_DERIVED_FROM, *_PRIMITIVE, *_TIME)), *_OTHER))
"""Datatypes that rule dt-type2 knows; literals of any other have no type of their own."""


def datatype_of(literal: str) -> str:
    """The datatype of a literal token, itself a token: `xsd:string` where none is written."""
    tail = literal[literal.rindex('"') + 1 :]
    if tail.startswith("^^"):
        return tail[2:]
    return LANG_STRING if tail else f"{XSD}string>"


def broader(datatype: str) -> list[str]:
    """The datatypes that a datatype is derived from, nearest first."""
    found = []
    name = datatype.removeprefix(XSD).removesuffix(">")
    while name in _DERIVED_FROM:
        name = _DERIVED_FROM[name]
        found.append(f"{XSD}{name}>")
    return found


def typings(triples: Iterable[Triple], wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Rule dt-type2: each literal, and each node that is typed as a datatype, with each wanted datatype it belongs to.

    Yields pairs of a node and a datatype, some more than once.
    """
    kinds = {datatype: [kind for kind in (datatype, *broader(datatype)) if kind in wanted] for datatype in KNOWN}
    for subject, predicate, node in triples:
        if node[0] == '"':
            for kind in kinds.get(datatype_of(node), ()):
                yield node, kind
        elif predicate == TYPE and node in kinds:
            for kind in kinds[node]:
                yield subject, kind
