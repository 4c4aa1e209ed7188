"""The sentences of a report as a model cites them: where words stand in the one that is cited, and what is near."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.model.locate import Place, Searched
from kg.model.parts import Part
from kg.read.segment import Document, Quotation

_NEAR = 2
"""Sentences before and after one in which what it speaks of may be named."""


class Sentences:
    """Looks up words in the sentence that a model cites for them."""

    def __init__(self, document: Document, searched: Searched) -> None:
        self._document, self._searched = document, searched
        self._starts = [one.start for one in document.sentences]
        self._ends = [one.end for one in document.sentences]
        self._paragraphs = [start for start, _ in document.paragraphs]
        self._quotations = [one.start - 1 for one in document.quotations]

    def places(self, words: str, sentence: str, part: Part) -> list[Place]:
        """Where words stand in the sentence cited for them, or in the whole part where that is not printed so."""
        cited = self._searched.find(sentence, part.start, part.end)
        found = [place for one in cited for place in self._searched.find(words, *one)]
        return found or self._searched.find(words, part.start, part.end)

    def around(self, start: int, end: int) -> Place:
        """The sentence, or run of sentences, that holds a place."""
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        return min(start, self._starts[first]), max(end, self._ends[last])

    def near(self, sentence: Place) -> Place:
        """A sentence with those just before and after it."""
        first = max(0, bisect_right(self._ends, sentence[0]) - _NEAR)
        last = min(len(self._ends), bisect_left(self._starts, sentence[1]) + _NEAR) - 1
        return self._starts[first], self._ends[last]

    def paragraph(self, position: int) -> int:
        """The number of the paragraph in which a position stands."""
        return bisect_right(self._paragraphs, position)

    def quotations(self, start: int, end: int | None = None) -> list[Quotation]:
        """The quotations, with their marks, that touch a place."""
        last = start + 1 if end is None else end
        at = max(0, bisect_right(self._quotations, start) - 1)
        found = self._document.quotations[at : bisect_left(self._quotations, last)]
        return [one for one in found if one.outer[1] > start and one.outer[0] < last]


def nearest(places: list[Place], sentence: Place) -> tuple[Place, ...]:
    """The one of some places that is nearest to a sentence, or none where there are none."""
    return tuple(sorted(places, key=lambda place: max(sentence[0] - place[0], place[1] - sentence[1], 0))[:1])
