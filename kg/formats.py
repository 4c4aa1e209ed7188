"""RDF files in and out: bytes in any syntax to quads of tokens, and quads to bytes in one fixed order.

The RDF parser and serialiser (pyoxigraph) is imported here and in `kg.index` only.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from kg import limits, quad_csv, rdfxml
from kg.errors import InputError, ParseError
from kg.terms import IRI, PREFIXES, RDF_TYPE, XSD, BlankNode, Quad, Token, line_of, term

if TYPE_CHECKING:
    import pyoxigraph as ox

GENID = "https://w3id.org/kabar/.well-known/genid/"
DEFAULT_GRAPH: Token = ""

SHORT_PREFIXES = {name: base for name, base in PREFIXES.items() if name != "id"}
"""Prefixes that files use: names below `id:` hold slashes, which must be escaped and some parsers then refuse."""

_PLAINER = {
    "No scheme found in an absolute IRI": "the IRI is relative and the file gives no base; write it in full",
    "No LoadDocumentCallback": "remote contexts are not fetched; write the context into the file",
}
"""What the parser says of some faults, and what its user can do about them."""


@dataclass(frozen=True, slots=True)
class Format:
    """A syntax: its name, its file endings, whether it keeps named graphs, and its media type."""

    name: str
    endings: tuple[str, ...]
    keeps_graphs: bool
    media_type: str


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("turtle", (".ttl",), False, "text/turtle"),
        Format("ntriples", (".nt",), False, "application/n-triples"),
        Format("nquads", (".nq",), True, "application/n-quads"),
        Format("trig", (".trig",), True, "application/trig"),
        Format("jsonld", (".jsonld", ".json"), True, "application/ld+json"),
        Format("rdfxml", (".rdf", ".xml", ".owl"), False, "application/rdf+xml"),
        Format("csv", (".csv",), True, "text/csv"),
    )
}


def format_of(path: Path) -> Format:
    """The syntax that a file's ending names; InputError where it names none."""
    ending = path.suffix.lower()
    for found in FORMATS.values():
        if ending in found.endings:
            return found
    known = " ".join(ending for found in FORMATS.values() for ending in found.endings)
    raise InputError(f"{path}: the ending {ending or '(none)'!r} names no RDF syntax; use one of {known}, or --format")


def format_named(name: str) -> Format:
    """The syntax of that name; InputError where there is none."""
    if name not in FORMATS:
        raise InputError(f"there is no format {name!r}; use one of {' '.join(FORMATS)}")
    return FORMATS[name]


def read_bytes(path: Path) -> bytes:
    """A file's bytes; InputError in one line for what is missing, a directory, empty or unreadable."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise InputError(f"{path}: there is no such file; check the name") from None
    except OSError as error:
        if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
            raise InputError(f"{path}: this is a directory; name the files in it") from None
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    if not data.strip():
        raise InputError(f"{path}: the file is empty; there is nothing to add")
    return data


def parse(data: bytes, syntax: Format, source: str, base: str | None = None) -> list[Quad]:
    """The quads that `data` states, without repeats, blank nodes made IRIs (RDF 1.1, section 3.5).

    A triple outside any named graph has the graph `DEFAULT_GRAPH`. Relative IRIs are taken from `base`,
    or from the one the file gives itself. Raises ParseError with line and column for what does not parse
    and for what is made to exhaust a parser.
    """
    text = _decoded(data, source)
    limits.refuse_hostile(text, syntax.name, source)
    quads = quad_csv.read(text, source) if syntax.name == "csv" else _parse_rdf(text, syntax, source, base)
    return without_blank_nodes(dict.fromkeys(quads), data)


def serialise(quads: Iterable[Quad], syntax: Format) -> Iterator[bytes]:
    """`quads` as bytes, sorted, so that the same graph gives the same bytes.

    Syntaxes without named graphs get each triple once. DataError for what a syntax cannot write.
    """
    if not syntax.keeps_graphs:
        quads = {(s, p, o, DEFAULT_GRAPH) for s, p, o, _ in quads}
    if syntax.name in ("ntriples", "nquads"):
        lines = sorted(line_of(quad if quad[3] else quad[:3]) for quad in set(quads))
        return (line.encode() + b"\n" for line in lines)
    ordered = sorted(set(quads), key=_reading_order)
    if syntax.name == "csv":
        return iter([quad_csv.write(ordered)])
    if syntax.name == "rdfxml":
        return iter([rdfxml.write(quad[:3] for quad in ordered)])
    return iter([_as_rdf(ordered, syntax)])


def canonical_hash(quads: Iterable[Quad]) -> str:
    """SHA-256 of the dataset in canonical form (RDFC-1.0), in hexadecimal digits."""
    import pyoxigraph as ox

    dataset = ox.Dataset(_to_ox(quad) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _decoded(data: bytes, source: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError("the bytes are not UTF-8; save the file as UTF-8", source, line) from None


def _parse_rdf(text: str, syntax: Format, source: str, base: str | None) -> Iterator[Quad]:
    import pyoxigraph as ox

    try:
        for quad in ox.parse(text, format=engine_format(syntax.name), base_iri=base):
            yield _from_ox(quad, source)
    except SyntaxError as error:
        line = error.lineno or (_line_of_fault(text, syntax, base) if syntax.name == "rdfxml" else None)
        raise ParseError(_short(error.msg), source, line, error.offset) from None
    except ValueError as error:
        raise ParseError(_short(str(error)), source) from None
    except MemoryError:
        raise ParseError("a single value is longer than the 16 MiB that the parser takes; shorten it", source) from None


def _line_of_fault(text: str, syntax: Format, base: str | None) -> int:
    """The line at which the parser fails, for a parser that does not say: fed line by line, how far it comes."""
    import pyoxigraph as ox

    lines = _Lines(text)
    with suppress(SyntaxError, ValueError, MemoryError):
        for _ in ox.parse(cast(IO[bytes], lines), format=engine_format(syntax.name), base_iri=base):
            pass
    return lines.number


class _Lines(io.RawIOBase):
    """A text as a file that gives no more than one line at a time, and counts them."""

    def __init__(self, text: str) -> None:
        self._lines = io.BytesIO(text.encode())
        self._left = b""
        self.number = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes, up to the end of the line."""
        if not self._left:
            self._left = self._lines.readline()
            self.number += bool(self._left)
        size = len(self._left) if size < 0 else size
        given, self._left = self._left[:size], self._left[size:]
        return given


def _from_ox(quad: Any, source: str) -> Quad:
    import pyoxigraph as ox

    if isinstance(quad.object, ox.Triple):
        raise ParseError("triple terms of RDF 1.2 are not supported; state the triple and describe a node", source)
    obj = str(quad.object)
    if obj.endswith(("--ltr", "--rtl")):
        raise ParseError("texts with a direction, of RDF 1.2, are not supported; leave --ltr or --rtl out", source)
    graph = DEFAULT_GRAPH if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return str(quad.subject), str(quad.predicate), obj, graph


def without_blank_nodes(quads: Iterable[Quad], data: bytes) -> list[Quad]:
    """Name each blank node after the bytes it came in and its order there, so that a file added twice is one."""
    names: dict[Token, Token] = {}
    base = GENID + hashlib.sha256(data).hexdigest()[:16]

    def named(node: Token) -> Token:
        if not node.startswith("_:"):
            return node
        return names.setdefault(node, f"<{base}/{len(names)}>")

    return [(named(s), p, named(o), named(g)) for s, p, o, g in quads]


def _reading_order(quad: Quad) -> tuple[Token, Token, bool, Token, Token]:
    """By graph and subject, the type first: the order a reader expects in Turtle."""
    subject, predicate, obj, graph = quad
    return graph, subject, predicate != RDF_TYPE, predicate, obj


def _as_rdf(quads: list[Quad], syntax: Format) -> bytes:
    import pyoxigraph as ox

    statements: Iterator[Any] = map(_to_ox, quads)
    if not syntax.keeps_graphs:
        statements = (quad.triple for quad in statements)
    terms = {part for quad in quads for part in quad}
    used = {name: base for name, base in SHORT_PREFIXES.items() if any(f"<{base}" in part for part in terms)}
    written = ox.serialize(statements, format=engine_format(syntax.name), prefixes=used)
    assert written is not None
    return written


def _to_ox(quad: Quad) -> ox.Quad:
    import pyoxigraph as ox

    subject, predicate, obj, graph = quad
    where = ox.NamedNode(graph[1:-1]) if graph else ox.DefaultGraph()
    node = ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject[1:-1])
    return ox.Quad(node, ox.NamedNode(predicate[1:-1]), _ox_term(obj), where)


def _ox_term(text: Token) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    import pyoxigraph as ox

    value = term(text)
    if isinstance(value, IRI):
        return ox.NamedNode(value)
    if isinstance(value, BlankNode):
        return ox.BlankNode(value)
    if value.language:
        return ox.Literal(value.value, language=value.language)
    if value.datatype == XSD + "string":
        return ox.Literal(value.value)
    return ox.Literal(value.value, datatype=ox.NamedNode(value.datatype))


def engine_format(name: str) -> ox.RdfFormat:
    """The engine's name for a syntax."""
    import pyoxigraph as ox

    return {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "nquads": ox.RdfFormat.N_QUADS,
        "trig": ox.RdfFormat.TRIG,
        "jsonld": ox.RdfFormat.JSON_LD,
        "rdfxml": ox.RdfFormat.RDF_XML,
    }[name]


def _short(message: str | None) -> str:
    text = " ".join((message or "the syntax is wrong").split())
    text = re.sub(r"^Parser error (at|between) .*?: | \(line \d+\)$", "", text)
    for engine, ours in _PLAINER.items():
        if engine in text:
            return ours
    return text[:300]
