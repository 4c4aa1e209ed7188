"""Who said what: the rules of a language's `attribution.yaml` over coded sentences, and what carries over between them.

A rule's groups say what its parts are: `quote` (a quotation), `content` (words told indirectly), `speaker`, `role`.
A rule without `speaker` means whoever spoke last; one marked `previous: yes` makes the sentence before what was said.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from kg.read import lexicon
from kg.read.coded import QUOTE, Coded, Item, by_sentence, code_class
from kg.read.language import language
from kg.read.model import COMPANY, DIRECT, INDIRECT, ORGANIZATION, PERSON
from kg.read.names import Named, Names
from kg.read.rules import Rule, fitting
from kg.read.segment import Document, Sentence

ACTORS = re.compile(f"[{code_class(PERSON, COMPANY, ORGANIZATION)}]")
PERSONS = re.compile(f"[{code_class(PERSON)}]")
QUOTED = re.compile(f"[{code_class(QUOTE)}]")
"""A quotation in a coded sentence."""
REMEMBERED = 50
"""Speakers to whom a description may refer back; few reports have more, and a search stays short."""
_TRIMMED = " \t.,;:，。；：、…—–-"


class Found(NamedTuple):
    """A statement by its place in the view; `cue` is the span of the words that the rule fired on."""

    start: int
    end: int
    kind: str
    speaker: str
    role: str
    rule: str
    cue: tuple[int, int]


class Speaker(NamedTuple):
    """Who speaks: the name (empty for an unnamed source), the position as worded."""

    name: str
    role: str
    type: str = PERSON


class Firing(NamedTuple):
    """A rule that matches a sentence: where, the sentence before, and what is taken of this one already."""

    rule: Rule
    match: re.Match[str]
    coded: Coded
    sentence: Sentence
    previous: Sentence | None
    taken: list[tuple[int, int]]


def find(document: Document, names: Names, items: list[Item]) -> list[Found]:
    """The statements in a document, in order; a language's `rules.py` may hold a `Speech` of its own."""
    own: type[Attribution] = getattr(document.language.rules, "Speech", Attribution)
    return own(document, names, items).run()


@cache
def _pronouns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words for the speaker before, for the firm before, and for a source that is not named."""
    known = language(code)
    edge = r"\b" if known.is_spaced else "$"
    pronouns = lexicon.any_of(known.words("attribution", "pronouns"))
    firms = lexicon.any_of(known.words("attribution", "firm words"))
    unnamed = known.data("attribution").get("unnamed article") or "$^"
    return (
        re.compile(rf"\s*(?:{pronouns}){edge}", re.IGNORECASE),
        re.compile(rf"(?:^|\s)(?:{firms}){edge}", re.IGNORECASE),
        re.compile(unnamed, re.IGNORECASE),
    )


class Attribution:
    """The statements of one document, sentence after sentence; a language may override what its grammar asks for."""

    def __init__(self, document: Document, names: Names, items: list[Item]) -> None:
        self.document, self.names, self.items = document, names, items
        self.code = document.language.code
        self.found: list[Found] = []
        self.last: Speaker | None = None
        self.last_person: Speaker | None = None
        self.last_firm: str = ""
        self.roles: dict[str, str] = {}
        self.quoted_in: int = -2

    def run(self) -> list[Found]:
        """Go through the sentences; what one establishes, the next may refer to."""
        previous: Sentence | None = None
        for sentence, items in by_sentence(self.document.sentences, self.items):
            coded = Coded(self.document.folded, sentence.start, sentence.end, items)
            self._sentence(coded, sentence, previous)
            self._remember(coded)
            previous = sentence
        self.found.sort()
        return [one._replace(role=one.role or self.roles.get(one.speaker, "")) for one in self.found]

    def _sentence(self, coded: Coded, sentence: Sentence, previous: Sentence | None) -> None:
        taken: list[tuple[int, int]] = []
        for rule in fitting(self.code, "attribution", "rules", coded.text):
            for match in rule.matches(coded.text):
                if any(match.start() < end and start < match.end() for start, end in self._parts(match, taken)):
                    continue
                self._apply(Firing(rule, match, coded, sentence, previous, taken))
        self._continued(coded, sentence, taken)

    def _parts(self, match: re.Match[str], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """What is already taken of the parts of a match that would become statements."""
        spans = [match.span(group) for group in ("quote", "content") if match.groupdict().get(group)]
        return [span for span in taken if any(start < span[1] and span[0] < end for start, end in spans)]

    def _apply(self, firing: Firing) -> None:
        rule, match, coded, sentence, previous, taken = firing
        speaker = self._speaker(match, coded)
        if speaker is None:
            return
        cue = (coded.back(match.start()), coded.back(match.end()))
        groups = match.groupdict()
        if rule.data.get("previous") == "yes":
            if (
                previous is not None
                and previous.paragraph >= sentence.paragraph - 1
                and not self._has_statement(previous)
            ):
                self._add(previous.start, previous.end, INDIRECT, speaker, rule.name, cue)
            return
        if groups.get("quote"):
            item = coded.item(groups["quote"])
            quotation = item.thing
            self._add(quotation.start, quotation.end, DIRECT, speaker, rule.name, cue)
            taken.append(match.span("quote"))
            self.quoted_in = sentence.paragraph
        if groups.get("content"):
            start, end = match.span("content")
            self._add(coded.back(start), coded.back(end), INDIRECT, speaker, rule.name, cue)
            taken.append((start, end))

    def _has_statement(self, sentence: Sentence) -> bool:
        return any(sentence.start < one.end and one.start < sentence.end for one in self.found[-4:])

    def _add(self, start: int, end: int, kind: str, speaker: Speaker, rule: str, cue: tuple[int, int]) -> None:
        text = self.document.text
        if kind == INDIRECT:
            while start < end and text[start] in _TRIMMED:
                start += 1
            while end > start and text[end - 1] in _TRIMMED:
                end -= 1
        if end - start < 2:
            return
        self.found.append(Found(start, end, kind, speaker.name, speaker.role, rule, cue))
        self._set_last(speaker)

    def _set_last(self, speaker: Speaker) -> None:
        self.last = speaker
        if speaker.name:
            if speaker.role and speaker.name not in self.roles:
                self.roles[speaker.name] = speaker.role
            if speaker.type == PERSON:
                self.last_person = speaker

    def _speaker(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        """Who a match says is speaking; None where that is nobody it could be."""
        words = match.groupdict().get("speaker")
        if words is None:
            return self.last_person or self.last
        pronoun, firm, unnamed = _pronouns(self.code)
        persons = PERSONS.findall(words)
        if persons:
            return self._named(coded.item(persons[-1]).thing, words.rpartition(persons[-1])[0], match, coded)
        if pronoun.fullmatch(words.strip()) or pronoun.fullmatch(words):
            return self.last_person or self.last
        role = match.groupdict().get("role")
        if unnamed.match(words):
            return Speaker("", self._plain(words, coded))
        if firm.search(words) and self.last_firm and not ACTORS.search(words):
            return Speaker(self.last_firm, "", COMPANY)
        actors = ACTORS.findall(words)
        if actors:
            thing = coded.item(actors[-1]).thing
            if words.endswith(actors[-1]) and not role:
                return Speaker(thing.name, "", thing.type)
        known = self._described(self._plain(words, coded))
        return known or Speaker("", self._plain(words, coded))

    def _described(self, words: str) -> Speaker | None:
        """A speaker named before whose position is described again (`the minister`, `ketua koperasi itu`)."""
        wanted = {word for word in re.findall(r"\w+", words.casefold()) if len(word) > 3}
        for name, role in islice(reversed(self.roles.items()), REMEMBERED):
            if wanted & set(re.findall(r"\w+", role.casefold())):
                return Speaker(name, role)
        return None

    def _named(self, thing: Named, before: str, match: re.Match[str], coded: Coded) -> Speaker:
        role = match.groupdict().get("role") or before
        return Speaker(thing.name, self._plain(role, coded) or self.roles.get(thing.name, ""), thing.type)

    def _plain(self, words: str, coded: Coded) -> str:
        """Coded words as they stand in the text."""
        plain = "".join(
            self.document.text[coded.item(sign).start : coded.item(sign).end] if ord(sign) >= 0xF0000 else sign
            for sign in words
        )
        return plain.strip(" ,，、:：")

    def _continued(self, coded: Coded, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        """Quotations without attribution of their own, beside or after one that has it: the same speaker goes on."""
        for match in QUOTED.finditer(coded.text):
            position, item = match.start(), coded.item(match[0])
            if self.last is None or any(start <= position < end for start, end in taken):
                continue
            alone = not coded.text[:position].strip(" ") and not coded.text[position + 1 :].strip(" .。")
            near = self.quoted_in == sentence.paragraph or (
                self.quoted_in == sentence.paragraph - 1 and len(coded.text) == len(coded.text.strip())
            )
            if alone and near:
                self._add(
                    item.thing.start, item.thing.end, DIRECT, self.last, "quote-continued", (item.start, item.end)
                )
                self.quoted_in = sentence.paragraph

    def _remember(self, coded: Coded) -> None:
        for item in coded.items:
            if item.kind == COMPANY:
                self.last_firm = item.thing.name
                break
