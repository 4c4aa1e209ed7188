"""A report's text: its sentences, and passages found in it by their exact words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import InputError

CONTEXT = 32
"""Characters of prefix and suffix that a passage keeps, to find it again after an edit (Web Annotation, 4.2.4)."""

_OPENING = "“\"'‘「『(（[《"
_CLOSING = "”\"'’」』)）]》"
_SENTENCE_END = re.compile(
    rf"(?<![.!?…])[.!?…]++[{re.escape(_CLOSING)}]*+(?=\s++[{re.escape(_OPENING)}]?[^\Wa-z_])"
    rf"|[。！？]++[{re.escape(_CLOSING)}]*+"
)
_ABBREVIATION = re.compile(
    r"Mrs?|Ms|Drs?|Prof|Ir|St|Inc|Ltd|Co|Corp|No|vs|Tbk|Bpk|Sdr|Hj|Jl|Rp|a\.m|p\.m|e\.g|i\.e|ca|cf|PT|CV|Tn|Ny|Jr|Sr"
    r"|Gen|Gov|Sen|Rep|Lt|Col|Capt|Jend|Kol|Art|Fig|Vol|Pte|Sdn|Bhd|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
    r"|[A-Z](?:\.[A-Z])*"
)
_LONGEST_ABBREVIATION = 12
_LATIN = r"[0-9A-Za-z\u00c0-\u024f]"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: code points from `start` to `end`, end exclusive."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order; a line end always ends one, and no span holds outer white space.

    An abbreviation ends none, and a quotation stays whole, with what attributes it.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\r\n]+", text):
        start = seen = line.start()
        curly = corner = 0
        for stop in _SENTENCE_END.finditer(text, line.start(), line.end()):
            if _ends_with_abbreviation(text, line.start(), stop):
                continue
            part = text[seen : stop.end()]
            curly += part.count("“") - part.count("”")
            corner += part.count("「") - part.count("」")
            seen = stop.end()
            if curly > 0 or corner > 0:
                continue
            _append(spans, text, start, seen)
            start, curly, corner = seen, 0, 0
        _append(spans, text, start, line.end())
    return spans


def locate(text: str, words: str) -> Span:
    """Where `words` stand in `text`; InputError where they do not, or stand more than once."""
    first = text.find(words)
    if first < 0:
        raise InputError(f"the text does not hold {_shown(words)}; quote it exactly as printed")
    if text.find(words, first + 1) >= 0:
        raise InputError(f"the text holds {_shown(words)} more than once; quote more of it")
    return Span(first, first + len(words))


def find_word(text: str, word: str) -> int:
    """Where `word` first stands and is no part of a longer word of the Latin script, or -1."""
    before = rf"(?<!{_LATIN})" if re.match(_LATIN, word) else ""
    after = rf"(?!{_LATIN})" if re.match(_LATIN, word[-1:]) else ""
    found = re.search(f"{before}{re.escape(word)}{after}", text)
    return found.start() if found else -1


def enclosing(spans: list[Span], inner: Span) -> Span:
    """The sentence, or the run of sentences, of `spans` that holds `inner`."""
    touched = [span for span in spans if span.start < inner.end and inner.start < span.end]
    return Span(touched[0].start, touched[-1].end) if touched else inner


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _ends_with_abbreviation(text: str, first: int, stop: re.Match[str]) -> bool:
    """Whether the word before a single full stop is an abbreviation, or initials."""
    if stop[0] != ".":
        return False
    before = text[max(first, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]
    word = re.split(r"[\s(（\[“‘\"']", before)[-1]
    return _ABBREVIATION.fullmatch(word) is not None


def _shown(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:57] + "...")
