"""Lines as a page is set, joined to paragraphs: where one ends, and what becomes of the hyphen at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

_ENDS = re.compile(r"[.!?…:;。！？：；][”’\"')\]」』）》]*$")
_WIDE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u201c\u201d\u2018\u2019\u2026\u2014]"
)
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_GOES_ON = re.compile(r"\w[-\u2010\u00ad]$")
_BROKEN_WORD = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+")
_ITEM = re.compile(r"(?:[•·▪●○■–—*]|\(?\d{1,2}[.)]|[a-z]\))\s")
_SHORT = 0.12
"""Part of a column's width that a line leaves free where it is a paragraph's last, at least."""


class _Style(NamedTuple):
    """How a document writes: its words, in lower case, and whether it sets Latin words and figures in Chinese apart."""

    words: frozenset[str]
    sets_apart: bool


class Line(NamedTuple):
    """A line as it stands on a page, in points: its edges, and the height of its letters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """The height of the letters, in points."""
        return max(self.top - self.bottom, 1.0)

    @property
    def middle(self) -> float:
        """How high the middle of the line stands."""
        return (self.top + self.bottom) / 2


def paragraphs(blocks: Iterable[Sequence[Line]]) -> list[str]:
    """The paragraphs of blocks of lines, each block in reading order; one may go on in the next block.

    A new paragraph begins where a line is indented, where the one before it stops short, or after a gap that is
    wider than between the lines before. Hyphens that only break a word go; those of compounds stay.
    """
    found: list[list[str]] = []
    goes_on = False
    for block in blocks:
        parts = _split(block)
        for number, part in enumerate(parts):
            words = [line.text.strip() for line in part]
            if number == 0 and goes_on and found and _continues(found[-1][-1], words[0]):
                found[-1] += words
            else:
                found.append(words)
        goes_on = bool(parts) and _is_open(parts[-1], block)
    style = _style(found)
    return [_joined(lines, style) for lines in found]


def _split(block: Sequence[Line]) -> list[list[Line]]:
    """A block of lines cut into paragraphs."""
    lines = [line for line in block if line.text.strip()]
    if not lines:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    step = _usual([one.top - two.top for one, two in pairwise(lines)])
    parts = [[lines[0]]]
    for before, line in pairwise(lines):
        if _begins(before, line, left, right, step):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _begins(before: Line, line: Line, left: float, right: float, step: float) -> bool:
    """Whether a paragraph begins with `line`, in a column between `left` and `right` with lines `step` apart."""
    height = line.height
    if abs(height - before.height) > 0.12 * height or (step > 0 and before.top - line.top > 1.35 * max(step, height)):
        return True
    if _GOES_ON.search(before.text.strip()):
        return False
    free = right - before.right
    is_ended = free > max(_SHORT * (right - left), height) and _ENDS.search(before.text.strip()) is not None
    if line.left > left + 0.6 * height and not (_is_centred(before, left, right) and _is_centred(line, left, right)):
        is_step = before.left < line.left - 0.6 * height
        return is_step or is_ended or free > 0.3 * (right - left)
    if is_ended:
        return True
    # The line's first word would have fitted: the break is meant.
    first = line.text.split()[0]
    needed = (line.right - line.left) * (len(first) + 1) / max(len(line.text.strip()), 1)
    is_spaced = not _HAN.search(before.text[-1:] + line.text[:1])
    return free > (1.5 * needed + 2 * height if is_spaced else 4 * height) or bool(_ITEM.match(line.text.strip()))


def _is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line stands in the middle of its column, as headings of several lines do."""
    return line.left > left + line.height and abs((line.left - left) - (right - line.right)) < 0.5 * line.height


def _is_open(part: list[Line], block: Sequence[Line]) -> bool:
    """Whether a block's last paragraph may go on: its last line is full, or says that more comes."""
    last = part[-1]
    if _BROKEN_WORD.search(last.text.strip()):
        return True
    left, right = min(line.left for line in block), max(line.right for line in block)
    is_full = right - last.right <= _SHORT * (right - left)
    return is_full and len(block) > 1 and not _ENDS.search(last.text.strip())


def _continues(before: str, after: str) -> bool:
    """Whether words can go on a paragraph that was open at the end of a block."""
    if _BROKEN_WORD.search(before):
        return after[:1].islower()
    return (
        after[:1].islower()
        or after[:1].isdigit()
        or bool(_HAN.match(after))
        or before.endswith(",")
        or (after[:1].isupper() and not _ENDS.search(before) and not before.isupper() and len(before.split()) > 3)
    )


def _joined(lines: list[str], style: _Style) -> str:
    """Lines as one: with a space between, none where writing has none, and broken words made whole."""
    text = lines[0]
    for line in lines[1:]:
        broken = _BROKEN_WORD.search(text)
        if broken and line[:1].isalpha():
            after = _WORD.match(line)
            text = (text if _keeps_hyphen(broken[1], after[0] if after else "", style.words) else text[:-1]) + line
        elif _is_one_run(text, line, style):
            text += line
        else:
            text += " " + line
    return text


def _is_one_run(text: str, line: str, style: _Style) -> bool:
    """Whether no space stands between a text and the line it goes on with.

    None does after a mark between two words or figures, nor in Chinese, where figures and Latin words may stand apart.
    """
    before, after = text[-1:], line[:1]
    if before in "-–/" and text[-2:-1].isalnum() and after.isalnum():
        return True
    if not (_HAN.match(before) or _HAN.match(after)):
        return False
    return bool(_WIDE.match(before) and _WIDE.match(after)) or not style.sets_apart


def _keeps_hyphen(before: str, after: str, words_of: frozenset[str]) -> bool:
    """Whether a hyphen at a line's end is the word's own: in names, doubled words, and where the text has it elsewhere.

    Indonesian doubles words (`proyek-proyek`), often with an ending (`kota-kotanya`).
    """
    one, two = before.lower(), after.lower()
    if after[:1].isupper() and not before.isupper():
        return True
    if f"{one}-{two}" in words_of:
        return True
    if one + two in words_of:
        return False
    return len(one) > 2 and (two.startswith(one) or (one.endswith(two) and len(two) > 3))


def _style(found: list[list[str]]) -> _Style:
    text = "\n".join(line for lines in found for line in lines)
    words = frozenset(word.lower() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))
    apart, together = len(re.findall(r"[\u4e00-\u9fff] \w", text)), len(re.findall(r"[\u4e00-\u9fff][0-9A-Za-z]", text))
    return _Style(words, apart > together)


def _usual(steps: list[float]) -> float:
    """How far apart lines of one paragraph stand, where a column may hold many paragraphs of a line."""
    ordered = sorted(step for step in steps if step > 0)
    return ordered[len(ordered) // 5] if ordered else 0.0
