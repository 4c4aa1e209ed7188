"""PDF: pages as paragraphs in reading order; its properties tell of the file and its program, so none is taken over."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.documents.columns import columns
from kg.documents.model import Extracted, tidy
from kg.documents.paragraphs import Line, paragraphs
from kg.errors import ParseError

if TYPE_CHECKING:
    from pdfminer.layout import LTPage

_BROKEN = "the PDF is damaged or cut short; save or fetch it again"
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_MOST_UNMAPPED = 0.1
"""Part of a PDF's characters of which its fonts do not say what they are, at most."""
_MARGIN = 0.1
"""Part of a page's height at its top and bottom where running heads and page numbers stand."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BEGINS_WITHIN, _ENDS_WITHIN = 1024, 4096

Page = tuple[float, list[Line]]
"""A page's height, and its pieces of lines."""


def extract(data: bytes, source: str) -> Extracted:
    """The paragraphs of a PDF, without running heads; ParseError where it is none, is locked, or holds no text."""
    if b"%PDF-" not in data[:_BEGINS_WITHIN]:
        raise ParseError("the file is no PDF by its content; give it the right ending", source)
    if b"%%EOF" not in data[-_ENDS_WITHIN:]:
        raise ParseError("the PDF is cut short; fetch it again", source)
    pages = _pages(data, source)
    blocks = [column for lines in _without_running_heads(pages) for column in columns(lines)]
    text = tidy(paragraphs(blocks)).translate(_LIGATURES)
    unmapped = sum(len(found[0]) for found in _UNMAPPED.finditer(text))
    if unmapped > _MOST_UNMAPPED * len(text):
        raise ParseError(
            "the PDF's fonts do not say what their characters are; it needs character recognition (OCR)", source
        )
    if not text:
        raise ParseError(
            "there is no text in the PDF; pictures of pages need character recognition (OCR) first", source
        )
    return Extracted(text)


def _pages(data: bytes, source: str) -> list[Page]:
    import logging

    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFEncryptionError

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        found = [_page(page) for page in extract_pages(io.BytesIO(data), laparams=LAParams(boxes_flow=None))]
    except PDFEncryptionError:
        raise ParseError("the PDF is locked by a password; save it without one", source) from None
    except MemoryError:
        raise
    except Exception:  # the parser raises whatever its own code stumbles on in a broken file
        raise ParseError(_BROKEN, source) from None
    if not found:
        raise ParseError(_BROKEN, source)
    return found


def _page(page: LTPage) -> Page:
    """A page's height, and its pieces of lines as they stand."""
    from pdfminer.layout import LTTextBox, LTTextLine

    return page.height, [
        Line(line.get_text(), line.x0, line.x1, line.y1, line.y0)
        for box in page
        if isinstance(box, LTTextBox)
        for line in box
        if isinstance(line, LTTextLine) and line.get_text().strip()
    ]


def _without_running_heads(pages: list[Page]) -> Iterator[list[Line]]:
    """The pieces of each page, without lines at its edges that recur but for numbers, and bare page numbers."""
    seen = Counter(key for page in pages for key in {_key(line) for line in _edge(page)})
    for page in pages:
        gone = {line for line in _edge(page) if seen[_key(line)] > 1 or _is_number(line.text)}
        yield [line for line in page[1] if line not in gone]


def _edge(page: Page) -> list[Line]:
    height, lines = page
    return [line for line in lines if line.top < _MARGIN * height or line.bottom > (1 - _MARGIN) * height]


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", " ".join(line.text.split())), round(line.top / 4)


def _is_number(words: str) -> bool:
    return re.fullmatch(r"\W*(?:page|halaman|hal\.?|第)?\s*\d{1,4}\s*页?\W*", words.strip(), re.I) is not None
