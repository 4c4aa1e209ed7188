"""What no RDF parser is given: entity bombs and nesting without end. Each check takes time linear in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.parsers import expat

from kg.errors import ParseError

MAX_DEPTH = 1000
"""Levels of nested elements or triple terms."""

MAX_JSON_DEPTH = 200
"""Levels of nested objects and lists: the JSON-LD parser needs memory with the square of them."""

MAX_ENTITIES = 64
"""Entities that an XML file may declare; files of OWL declare one for each prefix."""

MAX_GROWTH = 8 * 1024 * 1024
"""Characters that entities may add to an XML file, beside ten times its length."""

_JSON_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NESTING = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:""")?|\'\'\'(?:[^\'\\]++|\\.|\'(?!\'\'))*+(?:\'\'\')?'
    r'|"(?:[^"\\\n\r]++|\\.)*+"?|\'(?:[^\'\\\n\r]++|\\.)*+\'?'
    r"|<(?!<)[^<>\"{}|^`\\\s]*+>|#[^\n\r]*+|\\.|(<<\(|\)>>)",
    re.DOTALL,
)
"""Strings, IRIs and comments, to be passed over; and what opens or closes a triple term."""


def refuse_hostile(text: str, syntax: str, source: str) -> None:
    """ParseError for a text in the RDF syntax of that name that is made to exhaust its parser."""
    if syntax == "rdfxml":
        _XmlCheck(source).run(text)
    elif syntax == "jsonld":
        bare = _JSON_STRING.sub("", text)
        _refuse_depth((1 if char in "{[" else -1 for char in re.findall(r"[{}\[\]]", bare)), MAX_JSON_DEPTH, source)
    elif text.count("<<(") > MAX_DEPTH:
        marks = (match[1] for match in _NESTING.finditer(text) if match[1])
        _refuse_depth((1 if mark == "<<(" else -1 for mark in marks), MAX_DEPTH, source)


def _refuse_depth(steps: Iterable[int], most: int, source: str) -> None:
    depth = 0
    for step in steps:
        depth += step
        if depth > most:
            raise ParseError(_too_deep(most), source)


def _too_deep(most: int) -> str:
    return f"nested more than {most} levels deep, which no graph needs"


class _XmlCheck:
    """One reading of an XML text for its form alone: says where it is broken, and stops at what would explode."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.depth = 0
        self.entities: dict[str, str] = {}
        self.text = ""
        self.parser = parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.EntityDeclHandler = self._entity
        parser.StartDoctypeDeclHandler = self._document_type
        parser.EndDoctypeDeclHandler = self._weigh
        parser.specified_attributes = True

    def run(self, text: str) -> None:
        """Read `text`; ParseError with line and column for what is no XML, or is too much."""
        self.text = text
        try:
            self.parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            raise ParseError(expat.ErrorString(error.code), self.source, error.lineno, error.offset + 1) from None

    def _fail(self, reason: str) -> ParseError:
        return ParseError(reason, self.source, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._fail(_too_deep(MAX_DEPTH))

    def _close(self, name: str) -> None:
        self.depth -= 1

    def _document_type(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        if system or public:
            raise self._fail("the XML names an external document type; remove it")

    def _entity(self, name: str, is_parameter: int, value: str | None, base: str | None, *external: str | None) -> None:
        if value is None or is_parameter or re.search(r"&(?!#)|%", value):
            raise self._fail(f"the XML declares {name!r} as an external or nested entity; remove it")
        self.entities[name] = value
        if len(self.entities) > MAX_ENTITIES:
            raise self._fail(f"the XML declares more than {MAX_ENTITIES} entities; write their values out")

    def _weigh(self) -> None:
        grown = sum(self.text.count(f"&{name};") * len(value) for name, value in self.entities.items())
        if grown > MAX_GROWTH + 10 * len(self.text):
            raise self._fail("the entities of the XML would grow it out of all measure; write their values out")
