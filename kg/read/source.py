"""A report's bytes as text, and a plainer view of it in which every position leads back to the text as it stands.

The view has entities of HTML resolved, no-break and ideographic spaces and line ends made plain, characters without
width left out, and digits and letters of full width made ordinary. It is what rules are written for.
"""

from __future__ import annotations

import codecs
import html
import re
from bisect import bisect_right
from contextlib import suppress

from kg.errors import ParseError
from kg.text import Span

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|[\u00ad\u200b-\u200f\u2060\ufeff]"
)
_SPACES = dict.fromkeys([0x09, 0x0B, 0x0C, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_WIDE = {code: chr(code - 0xFEE0) for code in (0xFF05, 0xFF0B, 0xFF0D, 0xFF0E, *range(0xFF10, 0xFF1A))}
_WIDE |= {code: chr(code - 0xFEE0) for code in (0xFF04, *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_RESERVED = dict.fromkeys(range(0xF0000, 0xF0000 + 0x10000), "\ufffd")
"""Characters that coded sentences use for their own ends, so that a text cannot forge one."""
_PLAIN = _SPACES | _WIDE | {0xFFE5: "¥", 0x2028: "\n", 0x2029: "\n"}
_FORGED = re.compile("[\U000f0000-\U000fffff]")


def decode(data: bytes, source: str) -> str:
    """The text of `data`, which is UTF-8; a byte order mark and all line ends stay. ParseError where it is not text.

    What begins with the byte order mark of UTF-16 is that; its mark goes.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(data) % 2 == 0:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-16")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
        raise ParseError(
            f"the byte 0x{data[error.start]:02X} is no UTF-8; save the report as UTF-8", source, line, column
        ) from None


class View:
    """The plainer text, and the way back from its positions to those of the report as it stands."""

    def __init__(self, source: str) -> None:
        self._positions: list[int] = []
        self._shifts: list[int] = []
        plain = source.replace("\r\n", " \n").replace("\r", "\n").translate(_PLAIN)
        if _FORGED.search(plain):
            plain = plain.translate(_RESERVED)
        self.text = self._without_entities(plain)

    def _without_entities(self, text: str) -> str:
        parts: list[str] = []
        done = length = 0
        for found in _ENTITY.finditer(text):
            words = _resolved(found[0])
            if words == found[0]:
                continue
            parts += (text[done : found.start()], words)
            length += found.start() - done + len(words)
            done = found.end()
            self._positions.append(length)
            self._shifts.append(done - length)
        parts.append(text[done:])
        return "".join(parts)

    def back(self, position: int) -> int:
        """The position in the report as it stands of a position in this view."""
        known = bisect_right(self._positions, position) - 1
        return position + self._shifts[known] if known >= 0 else position

    def span(self, start: int, end: int) -> Span:
        """The span in the report as it stands of a span in this view."""
        return Span(self.back(start), self.back(end))


def _resolved(entity: str) -> str:
    """What an entity stands for, nothing for a character without width; itself where it stands for nothing known."""
    if not entity.startswith("&"):
        return ""
    words = html.unescape(entity)
    if len(words) != 1:
        return entity
    plain = words.translate(_PLAIN)
    return " " if plain.isspace() else plain if plain.isprintable() and not _FORGED.match(plain) else entity
