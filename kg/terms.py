"""RDF terms as plain values and as N-Triples tokens, and the one table of prefixes.

A *token* is a term as canonical N-Triples writes it (`<iri>`, `_:b0`, `"x"@en`). Bulk data moves through
the program as tuples of tokens, so that a literal stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple, TypeAlias

from kg.errors import InputError

Token: TypeAlias = str
Triple: TypeAlias = tuple[Token, Token, Token]
Quad: TypeAlias = tuple[Token, Token, Token, Token]

KG = "https://w3id.org/kabar/ontology#"
ID = "https://w3id.org/kabar/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
SCHEMA = "https://schema.org/"

PREFIXES: dict[str, str] = {
    "dcterms": "http://purl.org/dc/terms/",
    "id": ID,
    "kg": KG,
    "oa": OA,
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
    "xsd": XSD,
}

BELOW: dict[str, tuple[str, ...]] = {
    KG + "Entity": tuple(
        KG + name for name in ("Person", "Organization", "Company", "Place", "Event", "EventSeries", "Deal")
    ),
    KG + "Organization": (KG + "Organization", KG + "Company"),
}
"""Classes whose instances are asserted to be of a class below them."""

LANGUAGES = ("en", "id", "zh")
"""The languages in which the ontology and the queries have labels."""

RDF_TYPE: Token = f"<{RDF}type>"

GRAPH_ONTOLOGY = ID + "graph/ontology"
GRAPH_SHARED = ID + "graph/shared"
GRAPH_INFERRED = ID + "graph/inferred"
GRAPH_OTHER = ID + "graph/other"


class IRI(str):
    """An absolute IRI."""

    __slots__ = ()


class BlankNode(str):
    """A blank node's label, without `_:`."""

    __slots__ = ()


class Literal(NamedTuple):
    """A literal: its lexical form, its datatype's IRI, and its language tag if it has one."""

    value: str
    datatype: str = XSD + "string"
    language: str | None = None


Term: TypeAlias = IRI | BlankNode | Literal
Value: TypeAlias = str | int | bool | Decimal | date

_PLAIN_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?://[A-Za-z0-9.-]+)?(?:/[A-Za-z0-9._~/-]*)?(?:#[A-Za-z0-9._-]*)?")
_LANGUAGE = re.compile(  # BCP 47, section 2.1
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f\ufffe\uffff]')
_ESCAPES = {"\b": r"\b", "\t": r"\t", "\n": r"\n", "\f": r"\f", "\r": r"\r", '"': r"\"", "\\": r"\\"}
_UNESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNESCAPES = {short[1]: char for char, short in _ESCAPES.items()} | {"'": "'"}
_LITERAL = re.compile(r'"((?:[^"\\]++|\\.)*+)"(?:\^\^<([^>]*)>|@([A-Za-z0-9-]+))?', re.DOTALL)


def iri(text: str) -> IRI:
    """The absolute IRI `text`; InputError where it is none (RFC 3987)."""
    if _PLAIN_IRI.fullmatch(text):
        return IRI(text)
    host = re.search(r"\[(.*?)\]", text)
    if not _iri_pattern().fullmatch(text) or (host and not _is_address(host[1])):
        raise InputError(f"{text!r} is not an absolute IRI")
    return IRI(text)


def expand(text: str) -> IRI:
    """The IRI that `text` names, as an absolute IRI or as a prefixed name such as `kg:Person`."""
    prefix, colon, local = text.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return iri(PREFIXES[prefix] + local)
    return iri(text)


def shorten(name: str) -> str:
    """`name` as a prefixed name where a prefix fits and the rest needs no escape, else unchanged."""
    best = max((pair for pair in PREFIXES.items() if name.startswith(pair[1])), key=lambda p: len(p[1]), default=None)
    return f"{best[0]}:{name[len(best[1]) :]}" if best else name


def local_name(name: str) -> str:
    """The part of an IRI behind its last `#` or `/`."""
    return re.split(r"[#/]", name.rstrip("/#"))[-1]


def with_below(classes: Iterable[str]) -> list[str]:
    """The classes asserted of instances of `classes`: each itself, or those that `BELOW` has for it; none twice."""
    return list(dict.fromkeys(below for each in classes for below in BELOW.get(each, (each,))))


def literal(value: str, language: str | None = None, datatype: str = XSD + "string") -> Literal:
    """A literal; InputError for a language tag that is none, or text with lone surrogates."""
    if re.search(r"[\ud800-\udfff]", value):
        raise InputError("text holds half a surrogate pair, which no encoding can write")
    if language is None:
        return Literal(value, datatype)
    if not _LANGUAGE.fullmatch(language):
        raise InputError(f"{language!r} is not a language tag")
    return Literal(value, RDF + "langString", language.lower())


def token(term: Term) -> Token:
    """`term` as canonical N-Triples (RDF 1.2 N-Triples, section 4) writes it."""
    if isinstance(term, IRI):
        return f"<{term}>"
    if isinstance(term, BlankNode):
        return f"_:{term}"
    quoted = '"' + _ESCAPED.sub(_escape, term.value) + '"'
    if term.language:
        return f"{quoted}@{term.language}"
    return quoted if term.datatype == XSD + "string" else f"{quoted}^^<{term.datatype}>"


def term(text: Token) -> Term:
    """The term that a token writes."""
    if text.startswith("<"):
        return IRI(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    match = _LITERAL.fullmatch(text)
    if match is None:
        raise InputError(f"{text!r} is not an N-Triples term")
    value = match[1] if "\\" not in match[1] else _UNESCAPE.sub(_unescape, match[1])
    if match[3]:
        return Literal(value, RDF + "langString", match[3])
    return Literal(value, match[2] or XSD + "string")


def python_value(of: Term) -> Value:
    """A term as a Python value: integers, decimals, dates and booleans as such, all else as text."""
    if not isinstance(of, Literal):
        return of
    kind = of.datatype[len(XSD) :] if of.datatype.startswith(XSD) else ""
    convert = _CONVERT.get(kind)
    if convert is None:
        return of.value
    try:
        return convert(of.value)
    except (ValueError, ArithmeticError):
        return of.value


def quad_of(line: str) -> Quad:
    """The four tokens of one canonical N-Quads line that names a graph."""
    try:
        subject, predicate, rest = line.split(" ", 2)
        obj, graph, _ = rest.rsplit(" ", 2)
    except ValueError:
        raise InputError(f"{line[:80]!r} is not a line of N-Quads that names a graph") from None
    return subject, predicate, obj, graph


def triple_of(line: str) -> Triple:
    """The three tokens of one canonical N-Triples line."""
    try:
        subject, predicate, rest = line.split(" ", 2)
    except ValueError:
        raise InputError(f"{line[:80]!r} is not a line of N-Triples") from None
    return subject, predicate, rest[:-2]


def line_of(tokens: Triple | Quad) -> str:
    """Tokens as one line of canonical N-Triples or N-Quads, without its line end."""
    return " ".join(tokens) + " ."


@cache
def _iri_pattern() -> re.Pattern[str]:
    """What an absolute IRI is made of (RFC 3987, 2.2): compiled when first asked for, as it takes its time."""
    planes = (rf"\U{plane:04X}{'1000' if plane == 14 else '0000'}-\U{plane:04X}FFFD" for plane in range(1, 15))
    letter = rf"A-Za-z0-9._~!$&'()*+,;=\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef{''.join(planes)}"
    private = r"\ue000-\uf8ff\U000F0000-\U000FFFFD\U00100000-\U0010FFFD"

    def some(more: str) -> str:
        return rf"(?:[{letter}{more}]|%[0-9A-Fa-f]{{2}})*+"

    authority = rf"(?:{some(':')}@)?(?:\[[0-9A-Za-z:.]+\]|{some('')})(?::[0-9]*)?"
    return re.compile(
        rf"[A-Za-z][A-Za-z0-9+.-]*:(?://{authority}(?:/{some(':@/')})?|(?!//){some(':@/')})"
        rf"(?:\?{some(':@/?' + private)})?(?:#{some(':@/?')})?"
    )


def _is_address(text: str) -> bool:
    """Whether what stands in brackets as a host is an address of IP version 6 or of one to come (RFC 3986, 3.2.2)."""
    if text.startswith("v"):
        return re.fullmatch(r"v[0-9A-Fa-f]+\.[^.].*", text) is not None
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _unescape(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    return chr(int(digits, 16)) if digits else _UNESCAPES.get(match[3], match[3])


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(text)
    return text in ("true", "1")


_CONVERT: dict[str, Callable[[str], Value]] = {
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "boolean": _boolean,
}
