"""Coded English sentences cut into clauses, and which of these tell no fact: denied, hoped for, called off."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from kg.read.coded import Coded, Item, by_sentence
from kg.read.languages.en.described import with_described
from kg.read.languages.en.patterns import cancelled, compiled, data, find
from kg.read.segment import Document


class Clause(NamedTuple):
    """A stretch of a coded sentence with one finite verb or a few; `is_dubious` where it tells no fact."""

    start: int
    end: int
    is_dubious: bool


class Sentence(NamedTuple):
    """A coded sentence and its clauses."""

    coded: Coded
    clauses: list[Clause]


_latest: list[tuple[Document, list[Item], list[Sentence]]] = []
"""The last document that was coded: its investments and its agreements are read off the same sentences."""


def sentences(document: Document, items: list[Item]) -> list[Sentence]:
    """The sentences of a document, coded, with what `the company` and `it` mean among their items."""
    for known, given, coded in _latest[-1:]:
        if known is document and given is items:
            return coded
    coded = _coded(document, items)
    _latest[:] = [(document, items, coded)]
    return coded


def _coded(document: Document, items: list[Item]) -> list[Sentence]:
    items = with_described(document, items)
    found: list[Sentence] = []
    for sentence, touching in by_sentence(document.sentences, items):
        coded = Coded(document.folded, sentence.start, sentence.end, touching)
        found.append(Sentence(coded, _clauses(coded.text)))
    return found


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
