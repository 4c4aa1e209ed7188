"""Media types: which one a request prefers among those there are (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg import formats
from kg.errors import NotAcceptable
from kg.terms import Quad
from kg.workers.frames import Reply

ROWS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Media types of the formats of rows and truth values, the proper one first."""

GRAPHS = {
    "turtle": ("text/turtle", "application/x-turtle"),
    "ntriples": ("application/n-triples",),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "trig": ("application/trig",),
    "nquads": ("application/n-quads",),
}
"""Media types of the syntaxes of graphs, the proper one first."""

ANSWERS = {
    "json": ("application/json",),
    "html": ("text/html", "application/xhtml+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "jsonl": ("application/x-ndjson", "application/jsonl"),
    "markdown": ("text/markdown",),
    **{name: types[:1] for name, types in GRAPHS.items() if name not in ("trig", "nquads")},
}
"""Media types of the formats of canned answers: rows, a page, or the claims that the rows rest on."""

PAGES = {"html": ("text/html", "application/xhtml+xml"), **GRAPHS}
"""Media types of what describes one thing."""

ENDINGS = {
    "json": "json", "jsonl": "jsonl", "csv": "csv", "tsv": "tsv", "md": "markdown", "html": "html", "xml": "xml",
    **{ending[1:]: name for name, each in formats.FORMATS.items() for ending in each.endings if name in GRAPHS},
}  # fmt: skip
"""Formats by the endings of addresses."""
ENDINGS["json"] = "json"
ENDINGS["xml"] = "xml"

VARY = {"Vary": "Accept"}
"""What an answer says whose format the request chose."""

_TEXT = ("text/", "application/x-ndjson")


class _Range(NamedTuple):
    kind: str
    quality: float


def ending(form: str) -> str:
    """The ending of addresses that stands for a format."""
    return next(ending for ending, name in ENDINGS.items() if name == form)


def content_type(media_type: str) -> str:
    """The value of the header Content-Type: texts name their character set."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_TEXT) else media_type


def chosen(accept: str, offered: Mapping[str, Sequence[str]]) -> str:
    """The format that a header Accept likes best; the first offered where it likes several, or says nothing.

    NotAcceptable where it takes none of them.
    """
    ranges = list(_ranges(accept))
    if not ranges:
        return next(iter(offered))
    best = max(offered, key=lambda name: max(_quality(kind, ranges) for kind in offered[name]))
    if max(_quality(kind, ranges) for kind in offered[best]) <= 0:
        known = ", ".join(types[0] for types in offered.values())
        raise NotAcceptable(f"nothing here is {accept[:200]}; accept one of {known}")
    return best


def _ranges(accept: str) -> Iterable[_Range]:
    for part in accept.split(","):
        kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if "/" not in kind:
            continue
        quality = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        try:
            yield _Range(kind, min(max(float(quality), 0.0), 1.0))
        except ValueError:
            yield _Range(kind, 0.0)


def _quality(kind: str, ranges: Sequence[_Range]) -> float:
    """How much a media type is liked: the most specific range that holds it decides."""
    for wanted in (kind, kind.partition("/")[0] + "/*", "*/*"):
        found = [each.quality for each in ranges if each.kind == wanted]
        if found:
            return max(found)
    return 0.0


def rdf(quads: Iterable[Quad], syntax: str, headers: Mapping[str, str] | None = None) -> Reply:
    """Quads as the answer to a request that chose their syntax."""
    chunks = formats.serialise(quads, formats.FORMATS[syntax])
    return Reply(chunks, content_type(GRAPHS[syntax][0]), headers=VARY | dict(headers or {}))
