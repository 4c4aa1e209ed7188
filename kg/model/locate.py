"""Where words stand in a text: exactly as given, or else but for spaces, forms of quotation marks and composition."""

from __future__ import annotations

import re
import unicodedata
from array import array
from functools import cached_property

Place = tuple[int, int]
"""Where something stands: code points, end exclusive."""

_CLUSTER = re.compile(
    r"\s+|.[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]*", re.DOTALL
)
_MARKS = str.maketrans(
    {**dict.fromkeys("“”„«»「」『』＂", '"'), **dict.fromkeys("‘’‚‛＇`´", "'"), **dict.fromkeys("‐‑–—―－", "-")}
)
_ENOUGH = 1000
"""Places of one string that are looked for at most."""


class Searched:
    """A text in which words are looked up as they are printed."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, words: str, start: int = 0, end: int | None = None) -> list[Place]:
        """All places between `start` and `end` where `words` stand and are no part of longer ones, in order."""
        last = len(self.text) if end is None else end
        words = words.strip()
        if not words or len(words) > 2 * (last - start) + _ENOUGH:
            return []
        return self._exact(words, start, last) or self._alike(words, start, last)

    def _exact(self, words: str, start: int, end: int) -> list[Place]:
        return [place for place in _all(self.text, words, start, end) if self._is_whole(*place)]

    def _alike(self, words: str, start: int, end: int) -> list[Place]:
        """Places that hold the words in another composition, with other spaces or other quotation marks."""
        plain, starts, ends = self._plain
        wanted = _plain(words)[0].strip()
        if not wanted:
            return []
        found = []
        for first, last in _all(plain, wanted, _index(starts, start), _index(starts, end)):
            place = starts[first], ends[last - 1]
            if start <= place[0] and place[1] <= end and self._is_whole(*place):
                found.append(place)
        return found

    @cached_property
    def _plain(self) -> tuple[str, array[int], array[int]]:
        return _plain(self.text)

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no word of letters is cut at either end."""
        text = self.text
        before = start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start])
        after = end < len(text) and _is_letter(text[end]) and _is_letter(text[end - 1])
        return not before and not after


def _all(text: str, words: str, start: int, end: int) -> list[Place]:
    found: list[Place] = []
    at = text.find(words, start, end)
    while at >= 0 and len(found) < _ENOUGH:
        found.append((at, at + len(words)))
        at = text.find(words, at + len(words), end)
    return found


def _plain(text: str) -> tuple[str, array[int], array[int]]:
    """A plainer text, and for each of its characters where what it comes from begins and ends."""
    parts: list[str] = []
    starts, ends = array("l"), array("l")
    for cluster in _CLUSTER.finditer(text):
        words = " " if cluster[0].isspace() else unicodedata.normalize("NFC", cluster[0]).translate(_MARKS)
        parts.append(words)
        starts.extend([cluster.start()] * len(words))
        ends.extend([cluster.end()] * len(words))
    return "".join(parts), starts, ends


def _index(starts: array[int], position: int) -> int:
    from bisect import bisect_left

    return bisect_left(starts, position)


def _is_letter(sign: str) -> bool:
    """Whether a character stands in words that spaces set apart; those of Chinese and Japanese do not."""
    return sign.isalnum() and not "\u2e80" <= sign <= "\u9fff" and sign < "\U00020000"
