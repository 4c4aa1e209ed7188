"""What no person and no place in Indonesian is called, whatever stands around it: numbers, kinds of things, firms."""

from __future__ import annotations

import re

from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token
from kg.read.model import COMPANY, PERSON, PLACE

_CODED = re.compile(r"\w*\d\w*|[A-Z]-\w+")
_CRAFT = re.compile(r"\b(?:pesawat|maskapai|kapal|KRI|KM|helikopter|jet|blok|kereta|satelit|roket)(?: [a-z]+){0,2} $")
"""What stands before the name of a craft or field."""
_ABOARD = re.compile(r"\b(?:penumpang|korban|pramugari|awak|kru|menteri|pejabat|anggota|rekan-rekan) $")
"""Who as often belongs to a firm or body named next as bears the name."""
_JOINED = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Du|Fitz)[A-Z][a-z]+[A-Z][a-z]+|[A-Z][a-z]{3,}(?:bank|soft|tech|corp)")
"""Words joined into one, as firms are called."""
_WIDE = frozenset(["Indonesia", "International", "Internasional", "Asia"])
_LEAST = 4
"""Letters of a word that tells something by standing elsewhere without its capital."""


def checked(report: Report, tokens: list[Token], part: Part) -> Part:
    """A part as it is, or with another type or none where it cannot be a person or place."""
    if part.type == PERSON:
        return _person(report, tokens, part)
    if part.type == PLACE and part.rule in ("name-after-place-lead", "name-beside"):
        return part._replace(type="") if _is_kind(report, tokens) else part
    return part


def _person(report: Report, tokens: list[Token], part: Part) -> Part:
    words, known = [token.text for token in tokens], report.known.phrases
    named = known["given names"] | known["family names"]
    if any(_CODED.fullmatch(word) for word in words):
        return part._replace(type="")
    if any(word in named for word in words) or report.known.is_("honorifics", tokens, 0):
        return part
    if any(_JOINED.fullmatch(word) for word in words) or (len(words) > 1 and words[-1] in _WIDE):
        return part._replace(type=COMPANY, rule="name-joined-words", confidence=0.6)
    before = report.text[max(0, tokens[0].start - 40) : tokens[0].start]
    if len(words) == 1 and words[0].isupper() and len(words[0]) > 2 and before[-2:-1].islower():
        return part._replace(type="")
    if _CRAFT.search(before) or (len(words) == 1 and _ABOARD.search(before)):
        return part._replace(type="")
    return part._replace(type="") if _is_kind(report, tokens) else part


def _is_kind(report: Report, tokens: list[Token]) -> bool:
    """Whether words only tell what something is: class words, fields, words that stand elsewhere without capital."""
    words, known = [token.text for token in tokens], report.known
    keys = ("fields", "post tails", "roles", "organization heads", "place heads", "english posts")
    kinds = [any(known.is_(key, tokens, here) for key in keys) for here in range(len(words))]
    if len(words) == 1:
        word = words[0]
        return kinds[0] or _is_common(report, word) or word.endswith("nya")
    if all(word.isupper() for word in words):
        return sum(kinds) == len(words)
    return sum(kinds) * 2 > len(words) or all(
        kind or word.isupper() or _is_common(report, word) for kind, word in zip(kinds, words, strict=True)
    )


def _is_common(report: Report, word: str) -> bool:
    """Whether a word stands elsewhere in the report without its capital."""
    return len(word) >= _LEAST and word.lower() in report.document.lower_words
