"""Coded English sentences cut into clauses, and which of these tell no fact: denied, hoped for, called off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kg.read.coded import Coded, Item, by_sentence
from kg.read.languages.en.described import with_described
from kg.read.languages.en.patterns import cancelled, compiled, data, find
from kg.read.model import PLACE
from kg.read.segment import Document
from kg.read.segment import Sentence as Segment

_BULLET = re.compile(r"(?:[-–—•*·▪◦]|\d{1,2}[.)]) ?\w")


class Clause(NamedTuple):
    """A stretch of a coded sentence with one finite verb or a few; `is_dubious` where it tells no fact."""

    start: int
    end: int
    is_dubious: bool


class Sentence:
    """A coded sentence, and its clauses, which are cut where something in it may be a deal."""

    def __init__(self, coded: Coded) -> None:
        self.coded = coded

    @cached_property
    def clauses(self) -> list[Clause]:
        """The stretches of the sentence."""
        return _clauses(self.coded.text)


def sentences(document: Document, items: list[Item]) -> list[Sentence]:
    """The sentences of a document, coded, with what `the company` and `it` mean among their items."""
    items = with_described(document, items)
    found: list[Sentence] = []
    for sentence, touching in by_sentence(_whole_lines(document), items):
        start = _after_dateline(document, sentence, touching)
        coded = Coded(document.folded, start, sentence.end, touching)
        found.append(Sentence(coded))
    return found


def _whole_lines(document: Document) -> Iterator[Segment]:
    """The sentences, those of a line of a list (`- Example Ltd, Japan. A mill in B.`) as one."""
    for sentence in document.sentences:
        paragraph = document.paragraphs[sentence.paragraph]
        if not _BULLET.match(document.text, paragraph[0]):
            yield sentence
        elif sentence.place == 0:
            yield sentence._replace(end=paragraph[1])


def _after_dateline(document: Document, sentence: Segment, touching: Sequence[Item]) -> int:
    """Where a sentence begins behind a dateline, which names a place that the deal told there is not in."""
    opens = sentence.place == 0 and touching and touching[0].kind == PLACE and touching[0].start == sentence.start
    dateline = find("dateline").match(document.folded, sentence.start, sentence.end) if opens else None
    return dateline.end() if dateline else sentence.start


def _clauses(text: str) -> list[Clause]:
    """A coded sentence cut into clauses; `and` cuts only after a verb and before another."""
    doubt, called_off = compiled(data("doubt")), cancelled()
    cuts = [0]
    for match in find("boundary").finditer(text):
        sofar, after = text[cuts[-1] : match.start()], text[match.end() : match.end() + 200]
        if match[0] == ", and " and not (find("finite").search(sofar) and find("finite").search(after)):
            continue
        cuts.append(match.start())
    cuts.append(len(text))
    clauses: list[Clause] = []
    for start, end in pairwise(cuts):
        part = find("aside").sub(" ", find("adjunct").sub("", text[start:end]))
        clauses.append(Clause(start, end, bool(doubt.search(part) or called_off.search(part))))
    for at in range(len(clauses) - 1, 0, -1):
        part = text[clauses[at].start : clauses[at].end]
        turned = re.match(r",? ?(?:but|although|though|while|before)\b", part) or re.search(
            r"\b(?:it|them|the (?:plan|project|deal|scheme|idea|contract|agreement|signing)s?)\b", part
        )
        if turned and called_off.search(part) and not compiled("{FIRM}|{PLACE}").search(part):
            clauses[at - 1] = clauses[at - 1]._replace(is_dubious=True)
    return clauses
