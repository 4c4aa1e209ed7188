"""A view cut into paragraphs, quotations and sentences; a sentence keeps the quotations in it whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kg.read.language import Language

_ANNOUNCED = frozenset(f"{verb}，" for verb in "说道称示出调言为答问应露容充释叹慨笑析述告议吁醒")
"""Ends of verbs of speech in Chinese with the comma that a quotation follows."""
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}[A-Z]")
_WRAPPED = 5
"""One of so many lines begins with a small letter where lines were broken at a width; elsewhere hardly any does."""
MAX_SENTENCE = 3000
"""Longer stretches are cut: rules look at one sentence, so the time for a report stays in proportion to its length."""

_ALWAYS = '“”"„«»「」『』＂〝〞〟'
_MARKS = re.compile(
    f"[{_ALWAYS}‘’'](?:(?<=[{_ALWAYS}])|(?<=[‘'])(?=[一-鿿])|(?<=[一-鿿。！？，；…][’'])"
    f"|(?<=[‘'])(?<![^\\s(（“\"—–:：].)(?=\\w)|(?<=[,.?!…][’'])(?=[\\s)）,.—–]|$))"
)
"""A mark of quotation; it begins with what it may be, so that `re` skips all else at one go."""
_LOOSE = re.compile(r'(?<![^\s])(?<!\d )"(?=\s)')
"""A straight mark with spaces on both sides, but for the sign of inches."""
_OPENERS = "“„«「『‘〝"
_CLOSERS = {
    "“": '”"“',
    "”": "”",
    '"': '"”',
    "„": "“”",
    "«": "»",
    "「": "」",
    "『": "』",
    "‘": "’'",
    "'": "'’",
    "〝": "〞〟",
}
_STRAIGHT = "\"'＂"
_HAN = re.compile("[一-鿿]")
_WORD = re.compile(r" *(\w+)")
_LINE = re.compile(r"[^\n]+")
_END = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])(?<![.!?…].)[.!?…]*+[)\]’'”\"]*+(?=\s|$)|(?<=[。！？])[。！？]*+[”’」』）]*+)"
)


class Quotation(NamedTuple):
    """What stands between quotation marks: where, the mark that opened it, and whether one closed it.

    `spaces` are those right inside its marks, as some houses set them; they are no part of what is quoted.
    """

    start: int
    end: int
    mark: str
    is_closed: bool
    spaces: tuple[int, int] = (0, 0)

    @property
    def outer(self) -> tuple[int, int]:
        """The span with the marks."""
        return self.start - self.spaces[0] - 1, self.end + self.spaces[1] + (1 if self.is_closed else 0)


class _Short(NamedTuple):
    """What is written short with a full stop, and words that begin a sentence even behind such a one."""

    words: frozenset[str]
    starters: frozenset[str]


class Sentence(NamedTuple):
    """A sentence, by its place in the view, its paragraph's number, and its place in the paragraph (0 is the first)."""

    start: int
    end: int
    paragraph: int
    place: int


@dataclass
class Document:
    """A text with its paragraphs, sentences and quotations, all in the order in which they stand.

    `text` is for showing, `folded` for matching: the same positions, in the spelling of the lexicons.
    """

    text: str
    folded: str
    language: Language
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)

    @cached_property
    def lower_words(self) -> frozenset[str]:
        """Every word that somewhere begins without a capital."""
        return frozenset(re.findall(r"(?<![\w'’-])[a-zà-öø-ÿ][\w'’-]*", self.text))


def segment(text: str, language: Language) -> Document:
    """Cut the text of a view into its parts."""
    text = _unwrapped(text)
    document = Document(text, language.fold(text), language)
    abbreviations = _Short(
        frozenset(language.words("language", "abbreviations")), frozenset(language.words("language", "starters"))
    )
    for line in _LINE.finditer(text):
        start, end = _stripped(text, line.start(), line.end())
        if start == end:
            continue
        number = len(document.paragraphs)
        document.paragraphs.append((start, end))
        quotations = list(_quotations(text, start, end))
        document.quotations += quotations
        for place, (first, last) in enumerate(_sentences(text, start, end, quotations, abbreviations)):
            document.sentences.append(Sentence(first, last, number, place))
    return document


def _unwrapped(text: str) -> str:
    """A text whose lines were broken at a width, with spaces for the breaks inside its paragraphs.

    Positions stay. It is one where many lines begin small. A break belongs to the width where the next word had no
    room before it.
    """
    lines = [(line.start(), line.end()) for line in _LINE.finditer(text)]
    breaks = [(one, other) for one, other in pairwise(lines) if other[0] == one[1] + 1]
    small = sum(text[other[0]].islower() for _, other in breaks)
    if small < 3 or small * _WRAPPED < len(breaks):
        return text
    width = sorted(len(text[start:end].rstrip()) for start, end in lines)[len(lines) * 9 // 10]
    joined = list(text)
    for (start, end), (following, last) in breaks:
        room = width - len(text[start:end].rstrip())
        word = text[following:last].lstrip().partition(" ")[0]
        if text[following].islower() or (len(word) >= room and not text[following].isspace()):
            joined[end] = " "
    return "".join(joined)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip()) if words.strip() else end - len(words.lstrip())


def _quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of a paragraph.

    House styles differ: closing marks that open, straight marks, British single ones. A mark that is never
    closed opens a quotation up to the paragraph's end, as where one runs over several paragraphs. Straight marks with
    spaces on both sides do not show which way they face; they open and close by turns.
    """
    found: list[Quotation] = []
    opened: int | None = None
    closers = ""
    depth = 0
    by_turns = _LOOSE.search(text, start, end) is not None and text.count('"', start, end) % 2 == 0
    for mark in _MARKS.finditer(text, start, end):
        sign, position = mark[0], mark.start()
        if opened is None:
            if (by_turns and sign == '"') or _may_open(text, start, end, position, sign):
                opened, closers, depth = position + 1, _CLOSERS.get(sign, sign), 0
        elif sign in closers and (
            (by_turns and sign == '"') or not (sign in _STRAIGHT and _opens_anew(text, start, end, position))
        ):
            if depth and sign not in _STRAIGHT:
                depth -= 1
                continue
            if position > opened:
                found.append(_quotation(text, opened, position, True))
            opened = None
        elif sign == text[opened - 1] and sign in _OPENERS:
            depth += 1
    if opened is not None and opened < end and text[opened - 1] not in "'‘”＂":
        found.append(_quotation(text, opened, end, False))
    return found


def _quotation(text: str, opened: int, closed: int, is_closed: bool) -> Quotation:
    """A quotation without the spaces right inside its marks."""
    start, end = _stripped(text, opened, closed)
    if start == end:
        start, end = opened, closed
    return Quotation(start, end, text[opened - 1], is_closed, (start - opened, closed - end))


def _may_open(text: str, start: int, end: int, position: int, sign: str) -> bool:
    if sign in _OPENERS:
        return True
    return sign in "”\"'＂" and (_is_han(text, position) or _looks_opening(text, start, end, position))


def _opens_anew(text: str, start: int, end: int, position: int) -> bool:
    """Whether a straight mark within a quotation opens another; in Chinese, without spaces, it closes the first."""
    return not _is_han(text, position) and _looks_opening(text, start, end, position)


def _is_han(text: str, position: int) -> bool:
    """Whether a mark stands beside a Chinese character."""
    return _HAN.search(text, max(0, position - 2), position + 2) is not None


def _looks_opening(text: str, start: int, end: int, position: int) -> bool:
    """Whether a mark that both opens and closes stands where one opens: before a word, after none."""
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return not after.isspace() and (before.isspace() or before in "([（—–-:：，。/")


def _sentences(
    text: str, start: int, end: int, quotations: list[Quotation], abbreviations: _Short
) -> list[tuple[int, int]]:
    """The sentences of a paragraph; none ends inside a quotation, but one may end with it."""
    stops = _stops(text, start, end, quotations, abbreviations)
    found: list[tuple[int, int]] = []
    first = start
    for stop in [*stops, end]:
        while stop - first > MAX_SENTENCE:
            cut = text.rfind(" ", first + 1, first + MAX_SENTENCE)
            cut = cut if cut > first else first + MAX_SENTENCE
            found.append((first, cut))
            first = cut
        if text[first:stop].strip():
            found.append(_stripped(text, first, stop))
        first = stop
    return found


def _stops(text: str, start: int, end: int, quotations: list[Quotation], abbreviations: _Short) -> list[int]:
    stops: list[int] = []
    position = start
    for quotation in [*quotations, None]:
        until = quotation.outer[0] if quotation else end
        stops += [
            stop.end()
            for stop in _END.finditer(text, position, until)
            if _ends_sentence(text, start, end, stop, abbreviations)
        ]
        if quotation:
            position = quotation.outer[1]
            if quotation.is_closed and _ends_with(text, quotation, end):
                stops.append(position)
    return stops


def _ends_with(text: str, quotation: Quotation, end: int) -> bool:
    """Whether a sentence ends with a quotation: it holds the full stop, and what follows begins anew.

    In Chinese the speaker may follow at once, so there only a quotation that was announced ends its sentence.
    """
    last = text[quotation.end - 1]
    rest = text[quotation.end + 1 : min(end, quotation.end + 4)].lstrip(" ")
    if not rest:
        return False
    if last in "。！？":
        before = text[max(0, quotation.start - 3) : quotation.start - 1]
        return before[-1:] in ("：", ":") or before in _ANNOUNCED or rest[0] in "“「"
    return last in ".…" and (rest[0].isupper() or rest[0] in '“"”‘「')


def _ends_sentence(text: str, start: int, end: int, stop: re.Match[str], abbreviations: _Short) -> bool:
    after = text[stop.end() : min(end, stop.end() + 3)].lstrip(" ")
    if stop[0][0] in "。！？":
        return True
    if after and (after[0].islower() or after[0] in ",;:)"):
        return False
    if stop[0] != ".":
        return True
    word = re.split(r"[\s(“\"'‘]", text[max(start, stop.start() - 12) : stop.start()])[-1]
    if (len(word) == 1 and word.isupper()) or _INITIALS.fullmatch(word):
        return not after
    if word not in abbreviations.words or not after:
        return True
    following = _WORD.match(text, stop.end(), end)
    return following is not None and following[1] in abbreviations.starters
