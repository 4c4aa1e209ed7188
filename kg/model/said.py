"""Statements that a model gives, held against the report: the words, who speaks, in what post, and how it is quoted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kg.model.answer import Said
from kg.model.cast import Cast
from kg.model.dropped import Dropped
from kg.model.locate import Place, Searched
from kg.model.parts import Part
from kg.model.sentences import Sentences, nearest
from kg.read.model import COMPANY, DIRECT, INDIRECT, ORGANIZATION, PERSON
from kg.read.names import Named as Thing
from kg.read.segment import Document

NOT_THERE = "statement that the report does not print"
SEVERAL = "statement that the report prints more than once"
PARAGRAPHS = "statement over several paragraphs"
TOO_LONG = "statement longer than any is"
OVERLAPS = "statement that overlaps another"
NO_SPEAKER = "statement whose speaker the report does not print there"
OTHER_SPEAKER = "statement whose speaker is somebody else there"
NO_ROLE = "post that the report does not print beside its holder"

SPEAKERS = (PERSON, ORGANIZATION, COMPANY)

_LONGEST, _LONGEST_ROLE = 5000, 200
_MOST_APART = 0.2
"""The share of a quotation that may lie outside what is given of it, for it to count as that quotation."""


class Found(NamedTuple):
    """A statement by its place in the view, with the places of its sentence and of the words that name the speaker."""

    start: int
    end: int
    cues: tuple[Place, ...]
    speaker: str
    role: str
    kind: str


class Statements:
    """The statements of one report, as they are found part by part."""

    def __init__(self, document: Document, searched: Searched, cast: Cast, sentences: Sentences) -> None:
        self._document, self._searched, self._cast, self._sentences = document, searched, cast, sentences
        self._found: list[Found] = []

    def add(self, said: Iterable[Said], part: Part, dropped: Dropped) -> None:
        """Take in what of a part's statements stands in the report."""
        for one in said:
            found = self._statement(one, part, dropped)
            if isinstance(found, str):
                dropped.add(found, one.content)
            else:
                self._found.append(found)

    def all(self, dropped: Dropped) -> list[Found]:
        """The statements in order, none over another, each speaker's post the same where it was given once."""
        kept: list[Found] = []
        for one in sorted(self._found, key=lambda found: (found.start, -found.end)):
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
            elif one[:2] != kept[-1][:2]:
                dropped.add(OVERLAPS, self._document.text[one.start : one.end])
        roles: dict[str, str] = {}
        for one in kept:
            if one.speaker and one.role:
                roles.setdefault(one.speaker, one.role)
        return [one._replace(role=roles.get(one.speaker, one.role)) for one in kept]

    def _statement(self, one: Said, part: Part, dropped: Dropped) -> Found | str:
        """A statement that stands in the report, or why there is none."""
        places = self._sentences.places(one.content, one.sentence, part)
        if len(places) != 1:
            return SEVERAL if places else NOT_THERE
        start, end = self._bare(*places[0])
        if "\n" in self._document.text[start:end]:
            return PARAGRAPHS
        if not 2 <= end - start <= _LONGEST:
            return TOO_LONG if end - start > 2 else NOT_THERE
        sentence = self._sentences.around(start, end)
        kind = self._kind(start, end, one.kind)
        thing: Thing | None = None
        cues: tuple[Place, ...] = (sentence,)
        if one.name:
            thing = self._cast.known(one.name, *SPEAKERS)
            if thing is None:
                return NO_SPEAKER
            named = self._named(thing, one.speaker, sentence, kind)
            if isinstance(named, str):
                return named
            cues = (sentence, *named)
        role = self._role(one, sentence, thing)
        if one.role and not role:
            dropped.add(NO_ROLE, one.role)
        return Found(start, end, cues, thing.name if thing else "", role, kind)

    def _bare(self, start: int, end: int) -> Place:
        """A place without spaces around it, and without the marks of the one quotation that it is, or a part of."""
        text = self._document.text
        start, end = end - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
        for one in self._sentences.quotations(start, end) if start < end else ():
            first, last = one.outer
            if first <= start and end <= last:
                return max(start, one.start), min(end, one.end)
        return start, end

    def _kind(self, start: int, end: int, told: str) -> str:
        """Direct for what stands inside a quotation, or is one but for a little; indirect for what holds none."""
        touched = self._sentences.quotations(start, end)
        for one in touched:
            if one.start <= start and end <= one.end:
                return DIRECT
            apart = abs(one.start - start) + abs(one.end - end)
            if apart <= _MOST_APART * (one.end - one.start):
                return DIRECT
        return INDIRECT if told != DIRECT or not touched else told

    def _named(self, thing: Thing, printed: str, sentence: Place, kind: str) -> tuple[Place, ...] | str:
        """Where the report says that `thing` speaks, or why it cannot be so; nowhere for a quotation that goes on."""
        near = self._sentences.near(sentence)
        if not printed:
            own = [(item.start, item.end) for item in self._cast.named(*near, *SPEAKERS) if item.thing == thing]
            return nearest(own, sentence) if own or kind == DIRECT else NO_SPEAKER
        places = self._searched.find(printed, *near)
        if not places:
            return NO_SPEAKER
        within = {place: [item.thing for item in self._cast.named(*place, *SPEAKERS)] for place in places}
        fitting = [place for place, things in within.items() if not things or thing in things]
        return nearest(fitting, sentence) if fitting else OTHER_SPEAKER

    def _role(self, one: Said, sentence: Place, speaker: Thing | None) -> str:
        """The post as printed in a paragraph that names its holder, or near the statement; empty where it is not."""
        if not one.role or len(one.role) > _LONGEST_ROLE:
            return ""
        holders = {self._sentences.paragraph(mention.start) for mention in speaker.mentions} if speaker else set()
        first, last = self._sentences.near(sentence)
        for start, end in self._searched.find(one.role):
            is_near = first <= start and end <= last
            if "\n" not in self._document.text[start:end] and (is_near or self._sentences.paragraph(start) in holders):
                return self._document.text[start:end]
        return ""
