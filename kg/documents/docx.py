"""DOCX: the paragraphs of a Word document; its properties tell of the file and its template, so none is taken over."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from typing import Any

from kg.documents import page
from kg.documents.model import Extracted, tidy
from kg.errors import ParseError

MOST_UNPACKED = 96 * 1024 * 1024
"""Bytes of XML that a document may unpack to; pictures do not count, they are not unpacked."""
_MOST_PARTS = 10_000
_MAIN = "word/document.xml"
_BROKEN = "the DOCX is damaged or cut short; save or fetch it again"
_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def extract(data: bytes, source: str) -> Extracted:
    """The document's paragraphs, cells of tables among them, without headers, footers, comments and deleted words."""
    _refuse(data, source)
    text = tidy(_lines(data, source))
    if not text:
        raise ParseError(
            "there is no text in the DOCX; pictures of text need character recognition (OCR) first", source
        )
    return Extracted(text)


def _lines(data: bytes, source: str) -> list[str]:
    import mammoth
    from lxml import html

    try:
        markup = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {}),
            style_map="r[style-name='Footnote Reference'] => !\nr[style-name='Endnote Reference'] => !",
        ).value
        if not markup:
            return []
        tree: Any = html.document_fromstring(f"<body>{markup}</body>")
    except MemoryError:
        raise
    except Exception:  # the reader raises whatever its own code stumbles on in a broken file
        raise ParseError(_BROKEN, source) from None
    for node in tree.xpath("//sup[a[starts-with(@href, '#footnote') or starts-with(@href, '#endnote')]]"):
        node.drop_tree()
    return list(page.lines(tree))


def _refuse(data: bytes, source: str) -> None:
    """ParseError for what is no DOCX, is locked, or is made to exhaust a reader."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ParseError("the file is an old or a locked Word document; save it as DOCX without a password", source)
    if not data.startswith(b"PK"):
        raise ParseError("the file is no DOCX by its content; give it the right ending", source)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts if _is_parsed(part)) > MOST_UNPACKED:
                raise ParseError(
                    f"the DOCX unpacks to more than {MOST_UNPACKED >> 20} MiB; save its text as .txt", source
                )
            if _MAIN not in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
                raise ParseError("the file is a ZIP archive without a Word document in it; name a DOCX", source)
            for part in parts:
                if _is_parsed(part) and _DECLARATION.search(archive.read(part).replace(b"\0", b"")):
                    raise ParseError("the DOCX declares XML entities, which none needs; save it again", source)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, OSError):
        raise ParseError(_BROKEN, source) from None


def _is_parsed(part: zipfile.ZipInfo) -> bool:
    """Whether a part may be parsed: all but pictures, which are left out."""
    return "/media/" not in part.filename
