"""HTML pages: the report on a page without what stands around it, and what the page says of the report."""

from __future__ import annotations

import codecs
import re
import warnings
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from kg.documents import page
from kg.documents.model import Extracted, tidy
from kg.errors import ParseError

if TYPE_CHECKING:
    from configparser import ConfigParser

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,500}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_DECLARED_WITHIN = 4096
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What is meant where a page names an encoding: browsers read the wider one (WHATWG Encoding Standard, 4.2, and
HTML, 13.2.3.2: bytes in which UTF-16 was declared in ASCII are UTF-8)."""
_TAG = re.compile(r"<(?:[a-zA-Z]|!doctype|!--|\?xml|/[a-zA-Z])", re.I)
_OTHERS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive, such as DOCX"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
_LEAST = 40
"""Characters that a page's report has at least; the extractor's own 250 are too many for a short one in Chinese."""


def extract(data: bytes, source: str) -> Extracted:
    """The report on a page, its headline first; ParseError where the bytes are no HTML or hold no words."""
    tree = _tree(_decoded(data, source), source)
    said = page.said(tree)
    headline = page.headline(tree, said.get("label"))
    text = _report(tree)
    if not text.strip():
        raise ParseError("there is no text on the page; save the page as the browser shows it", source)
    if headline and headline not in text[: 2 * len(headline) + 400]:
        text = tidy([headline]) + text
    return Extracted(text, said)


def _decoded(data: bytes, source: str) -> str:
    """The page's characters: by its byte order mark, else by what it declares, else as UTF-8, else by guess."""
    for begin, what in _OTHERS:
        if data.startswith(begin):
            raise ParseError(f"the file is {what} by its content, no HTML; give it the right ending", source)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\0" in data:
        raise ParseError("the file holds bytes of zero, so it is no HTML; name a page", source)
    return _declared(data) or _guessed(data)


def _declared(data: bytes) -> str | None:
    """The characters by the encoding that a page declares, where it declares one that is known and fits."""
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else "utf-8"
        text = data.decode(_WIDER.get(name, name))
    except (LookupError, UnicodeError):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            return data.decode(_WIDER.get(name, name), "replace") if found and _nearly(data, name) else None
    return text if isinstance(text, str) else None


def _nearly(data: bytes, name: str) -> bool:
    """Whether but few bytes are not in the encoding of that name."""
    try:
        text = data.decode(_WIDER.get(name, name), "replace")
    except (LookupError, UnicodeError):
        return False
    return text.count("\ufffd") * 200 <= len(text)


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:100_000]).best()
    return data.decode(best.encoding if best else "cp1252", "replace")


def _tree(markup: str, source: str) -> Any:
    """The page's tree; the parser reads no other file, and cuts nesting without end."""
    from lxml import etree, html

    if not _TAG.search(markup):
        raise ParseError("there is no HTML in the file; name it .txt if it is a text", source)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        raise ParseError("there is no text on the page; save the page as the browser shows it", source) from None
    return tree


@cache
def extractor() -> ModuleType:
    """trafilatura, imported without its remarks on what downloading would need: nothing is downloaded here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import trafilatura
    return trafilatura


def _report(tree: Any) -> str:
    """The report on a page by trafilatura, or all that stands on it where that finds none."""
    from lxml import etree

    trafilatura = extractor()
    whole = tidy(page.lines(tree))
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False, config=_settings())
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        found = None  # the page's tree is so odd that the extractor fails on it
    text = getattr(found, "text", None)
    return tidy(text.splitlines()) if text and text.strip() else whole


@cache
def _settings() -> ConfigParser:
    from trafilatura.settings import use_config

    settings = use_config()
    for name in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        settings.set("DEFAULT", name, str(_LEAST))
    return settings
