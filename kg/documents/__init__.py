"""Documents as text: HTML, PDF and DOCX through maintained extractors, and what a document says of itself.

Each extractor is imported where it is used. None reaches out to the network or to other files. Time and memory are
bounded by whoever calls: `kg.intake` extracts in processes that can be ended.
"""

from __future__ import annotations

from pathlib import PurePath

from kg.documents import docx, html, pdf
from kg.documents.model import Extracted
from kg.errors import InputError

__all__ = ["ENDINGS", "MEDIA_TYPES", "Extracted", "extract", "media_type"]

_EXTRACTORS = {".html": html.extract, ".htm": html.extract, ".pdf": pdf.extract, ".docx": docx.extract}

ENDINGS = tuple(_EXTRACTORS)
"""Endings of the names of documents."""

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
"""Media types of the files that reports come in, by the endings of their names."""

MOST_BYTES = 64 * 1024 * 1024
"""The largest document that is taken apart, in bytes."""


def extract(name: str, data: bytes) -> Extracted:
    """The text of a document, a paragraph a line, and what the document says of itself.

    `name` tells the format by its ending, and stands in errors. ParseError where the bytes are not what the name says,
    are damaged or locked, or hold no text.
    """
    if not data.strip():
        raise InputError(f"{name}: the file is empty; there is nothing to read")
    if len(data) > MOST_BYTES:
        raise InputError(f"{name}: the file is larger than {MOST_BYTES >> 20} MiB; split it, or save its text as .txt")
    return _EXTRACTORS[PurePath(name).suffix.lower()](data, name)


def load() -> None:
    """Import the extractors, so that a process is ready to use them."""
    from importlib import import_module

    html.extractor()
    for name in ("mammoth", "pdfminer.high_level", "lxml.html"):
        import_module(name)


def media_type(name: str) -> str:
    """The media type that a file's name tells (RFC 6838); that of unknown bytes where it tells none."""
    return MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")
