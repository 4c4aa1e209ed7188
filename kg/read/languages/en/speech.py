"""Who speaks in English: pronouns, descriptions, firms and sources without a name; and quotations that go on."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from kg.read.attribution import ACTORS, PERSONS, QUOTED, REMEMBERED, Attribution, Firing, Found, Speaker
from kg.read.coded import QUOTE, Coded, Item
from kg.read.language import language
from kg.read.languages.en.voices import (
    APART_PERSON,
    AUXILIARY,
    GIRL,
    GROUP,
    HOLDER,
    HONOURS,
    MEDIUM,
    NO_HOLDER,
    OF_ACTOR,
    PAPER,
    SPEECHLIKE,
    TITLED,
    TURNED,
    is_apposed,
    is_beside,
    is_sentence,
    is_term,
    is_untold,
    sober,
)
from kg.read.languages.en.words import phrases
from kg.read.model import COMPANY, DIRECT, INDIRECT, ORGANIZATION, PERSON, PLACE
from kg.read.names import Named, Names
from kg.read.segment import Document, Quotation, Sentence

_OPENING = 30
"""Characters within which the firm that a sentence is about is named."""
_THE = 4
"""Characters that an article takes at the head of a sentence."""
_NEAR = 2
"""Paragraphs after a statement in which a quotation by itself still has its speaker."""


@cache
def _meaning(name: str) -> re.Pattern[str]:
    """An expression of `attribution.yaml` under `meanings`."""
    data = language("en").data("attribution")["meanings"]
    return re.compile(data[name], re.IGNORECASE if name in ("he or she", "it", "unnamed", "firm", "body") else 0)


class Speech(Attribution):
    """The statements of an English report."""

    subject: Speaker | None = None
    said_in: int = -9
    actors: tuple[Named, ...] = ()
    unnamed: Speaker | None = None
    group: Named | None = None
    body: str = ""

    def __init__(self, document: Document, names: Names, items: list[Item]) -> None:
        super().__init__(document, names, items)
        self.used: list[tuple[int, int]] = []
        self.people: list[str] = []
        self.present: list[str] = []
        self.sex: dict[str, str] = {}
        self.subject_in = self.paragraph = self.firm_in = -9
        self.outer = {one.outer: one for one in document.quotations}

    def run(self) -> list[Found]:
        """The statements, with those of `the mayor` given to the only person whom the report later calls so."""
        return [one if one.speaker else self._named_later(one) for one in super().run()]

    def _named_later(self, one: Found) -> Found:
        head = HOLDER.search(one.role)
        if head is None or NO_HOLDER.search(one.role):
            return one
        noun = (head[1] or head[2]).casefold()
        names = [name for name, role in self.roles.items() if name and noun in re.findall(r"[\w-]+", role.casefold())]
        return one._replace(speaker=names[0], role=self.roles[names[0]]) if len(names) == 1 else one

    def _sentence(self, coded: Coded, sentence: Sentence, previous: Sentence | None) -> None:
        before = len(self.found)
        self.used = []
        self.paragraph = sentence.paragraph
        super()._sentence(self._behind_dateline(coded), sentence, previous)
        if len(self.found) > before:
            self.said_in = sentence.paragraph

    def _behind_dateline(self, coded: Coded) -> Coded:
        """A sentence without its dateline, so that rules for a beginning see the one that it has."""
        opens = coded.items and coded.items[0].kind == PLACE and coded.items[0].start == coded.start
        dateline = _meaning("dateline").match(self.document.folded, coded.start, coded.end) if opens else None
        return Coded(self.document.folded, dateline.end(), coded.end, coded.items) if dateline else coded

    def _apply(self, firing: Firing) -> None:
        rule, match, coded, sentence = firing[:4]
        if rule.data.get("goes on") == "sentence" and not self._has_statement(sentence):
            return
        if rule.data.get("announces") == "yes":
            speaker = self._speaker(match, coded)
            if speaker is not None and not self._has_statement(sentence):
                self._set_last(speaker)
                self.said_in = sentence.paragraph
            return
        if rule.data.get("clause") == "yes" and not _meaning("finite").search(match["content"]):
            return
        if match.groupdict().get("quote") and not rule.data.get("goes on") and is_term(self._quoted(match, coded)):
            return
        if rule.data.get("whole") == "yes" and self._is_fragment(match, coded):
            return
        if rule.data.get("sentence") == "yes" and not is_sentence(self._quoted(match, coded)):
            return
        if is_untold(match) or self._is_embedded(match, coded):
            return
        span = match.span("speaker") if match.groupdict().get("speaker") else (0, 0)
        if rule.data.get("again") != "yes" and any(start < span[1] and span[0] < end for start, end in self.used):
            return
        count = len(self.found)
        super()._apply(firing)
        if len(self.found) > count and span[1]:
            self.used.append(span)

    def _quoted(self, match: re.Match[str], coded: Coded) -> str:
        """The words of the quotation of a match."""
        quotation: Quotation = coded.item(match["quote"]).thing
        return self.document.text[quotation.start : quotation.end]

    def _is_fragment(self, match: re.Match[str], coded: Coded) -> bool:
        """Whether a quotation only goes on with a clause told indirectly: it begins small, after more than the verb."""
        between = match.string[match.end("speaker") : match.start("quote")].strip()
        return self._quoted(match, coded)[:1].islower() and not between.endswith(":") and between.count(" ") > 2

    def _is_embedded(self, match: re.Match[str], coded: Coded) -> bool:
        """Whether a quotation only ends a clause told indirectly: `it would need “no more than a day”, he said`."""
        before = match.string[: match.start("quote")].rstrip() if match.groupdict().get("quote") else ""
        if not before or before[-1] in ",.:;!?…—–-" or match.groupdict().get("speaker") is None:
            return False
        after = match.start("speaker") > match.start("quote")
        clause = re.split(r"[;:]", before)[-1]
        return after and self._quoted(match, coded)[:1].islower() and bool(_meaning("finite").search(clause))

    def _add(self, start: int, end: int, kind: str, speaker: Speaker, rule: str, cue: tuple[int, int]) -> None:
        dateline = _meaning("dateline").match(self.document.text, start, end) if kind == INDIRECT else None
        if dateline:
            start = dateline.end()
        if kind == INDIRECT and self.document.text.count(" ", start, end) < 1:
            return
        alone = self.outer.get((start, end)) if kind == INDIRECT else None
        if alone:
            start, end, kind = alone.start, alone.end, DIRECT
        super()._add(start, end, kind, speaker, rule, cue)

    def _set_last(self, speaker: Speaker) -> None:
        super()._set_last(speaker)
        if not speaker.name:
            self.unnamed = speaker

    def _speaker(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        """Who a match says is speaking."""
        words = match.groupdict().get("speaker")
        if words is None:
            return self.last
        plain = AUXILIARY.sub("", words.strip(" ,"))
        turned = TURNED.search(match.groupdict().get("role") or "")
        if turned:
            return self._named(coded.item(turned["person"]).thing, turned["role"], match, coded)
        persons = PERSONS.findall(plain)
        if _meaning("he or she").fullmatch(plain):
            inside = self._before(match, coded)
            return (
                inside or self._person("she" if plain.casefold().endswith(("she", "her")) else "he") or Speaker("", "")
            )
        actors = ACTORS.findall(plain)
        parts = plain.rpartition(actors[-1]) if actors else ("", "", "")
        paper = PAPER.search(plain) and OF_ACTOR.match(match.string, match.end("speaker"))
        if paper and not actors:
            thing = coded.item(paper[1]).thing
            return Speaker(thing.name, "", thing.type)
        if actors and (_meaning("paper of").search(parts[0]) or _meaning("its paper").fullmatch(parts[2])):
            thing = coded.item(actors[-1]).thing
            return Speaker(thing.name, "", thing.type)
        apart = APART_PERSON.match(match.groupdict().get("role") or "")
        if apart and not plain.endswith(tuple(persons or " ")):
            return self._named(coded.item(apart[1]).thing, plain, match, coded)._replace(role=self._plain(plain, coded))
        if _meaning("unnamed").match(plain) and not (
            (persons and plain.endswith(persons[-1])) or is_apposed(plain, actors)
        ):
            return Speaker("", self._plain(re.sub(r"^(?:an?|the) ", "", plain, flags=re.IGNORECASE), coded))
        if persons and is_beside(plain):
            return Speaker("", self._plain(re.sub(r"^(?:an?|the) ", "", plain, flags=re.IGNORECASE), coded))
        if persons:
            last = persons[-1]
            return self._named(coded.item(last).thing, plain.rpartition(last)[0], match, coded)
        if _meaning("it").fullmatch(plain):
            return self._opening(match, coded) or self._institution() or self.last
        if actors and MEDIUM.sub("", plain).endswith(actors[-1]):
            thing = coded.item(actors[-1]).thing
            return Speaker(thing.name, "", thing.type)
        described = self._plain(plain, coded)
        opening = self._opening(match, coded) if _meaning("firm").fullmatch(described) else None
        return opening or self._meant(described, plain) or Speaker("", described)

    def _opening(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        """The firm or body that a sentence is about, behind its dateline, where `it said` follows."""
        dateline = _meaning("dateline").match(self.document.text, coded.start, coded.end)
        start = dateline.end() if dateline else coded.start
        first = next((item for item in coded.items if item.start >= start and item.kind != PLACE), None)
        if first is None or first.kind not in (COMPANY, ORGANIZATION) or first.start - start > _OPENING:
            return None
        if coded.back(match.start("speaker")) <= first.end or self.document.text[first.end] in "’'":
            return None
        if _meaning("finite").search(self.document.text, start, first.start):
            return None
        return Speaker(first.thing.name, "", first.kind)

    def _before(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        """Whom a pronoun means that follows its name, or `one broker`, in its own sentence, before a quotation."""
        if not match.groupdict().get("quote") or match.start("quote") > match.start("speaker"):
            return None
        words = match.string[: match.start()]
        if not words.rstrip().endswith((":", ",", "—", "–", "-")):
            return None
        if persons := PERSONS.findall(words):
            thing = coded.item(persons[-1]).thing
            return Speaker(thing.name, self.roles.get(thing.name, ""))
        unnamed = _meaning("unnamed").match(words)
        if unnamed:
            return Speaker("", self._plain(re.split(r",| is | was | had | has ", words)[0], coded))
        return None

    def _named(self, thing: Named, before: str, match: re.Match[str], coded: Coded) -> Speaker:
        """A named speaker with the position that stands before or after, without honorifics and small talk."""
        speaker = super()._named(thing, before, match, coded)
        role = _meaning("no role").sub("", speaker.role).strip(" ,")
        role = role or _meaning("no role").sub("", self._plain(before, coded)).strip(" ,")
        return speaker._replace(role=sober(role) or self.roles.get(thing.name, ""))

    def _person(self, pronoun: str = "") -> Speaker | None:
        """Whom `he` or `she` means: the person a sentence since the last statement was about, else who spoke last.

        Somebody known to be a woman is no `he`, and the other way round; then it is the nearest person who may be.
        """
        first = self.subject or self.last_person or self.last
        other = self._other(first, pronoun)
        if other:
            return other
        if not pronoun or first is None or self.sex.get(first.name, pronoun) == pronoun:
            if pronoun and first is not None and first.name:
                self.sex.setdefault(first.name, pronoun)
            return first
        for name in reversed(self.people):
            if self.sex.get(name, pronoun) == pronoun:
                return Speaker(name, self.roles.get(name, ""))
        return first

    def _other(self, first: Speaker | None, pronoun: str) -> Speaker | None:
        """A woman by her given name, beside the one whom a sentence is about, where `she` hardly means that one."""
        if first is None or first is not self.subject or pronoun != "she" or first.name in self.sex:
            return None
        for name in () if GIRL.match(first.name) else self.present:
            if GIRL.match(name) and self.sex.get(name, pronoun) == pronoun:
                return Speaker(name, self.roles.get(name, ""))
        return None

    def _institution(self) -> Speaker | None:
        """Whom `it` means: who spoke last, where that is no person, else the last firm or body named first."""
        if self.firm_in == self.paragraph and self.last_firm:
            return Speaker(self.last_firm, "", COMPANY)
        if self.last and self.last.name and self.last.type in (COMPANY, ORGANIZATION):
            return self.last
        if self.body:
            return Speaker(self.body, "", ORGANIZATION)
        return Speaker(self.last_firm, "", COMPANY) if self.last_firm else None

    def _meant(self, described: str, plain: str) -> Speaker | None:
        """Whom `the bureau`, `the company`, `the minister` or `Example’s chairman` means."""
        if _meaning("own words").fullmatch(described):
            return self._institution()
        body = _meaning("body").fullmatch(described)
        if body:
            noun = body[1].casefold().replace("-", "")
            for thing in reversed(self.actors):
                if thing.type != PERSON and noun in thing.name.casefold().replace("-", ""):
                    return Speaker(thing.name, "", thing.type)
            for thing in reversed(self.actors):
                if thing.type == ORGANIZATION and noun in (
                    "agency",
                    "body",
                    "organisation",
                    "organization",
                    "regulator",
                    "watchdog",
                ):
                    return Speaker(thing.name, "", ORGANIZATION)
        if described.casefold() == "the group" and self.group in self.actors[-4:] and self.group:
            return Speaker(self.group.name, "", self.group.type)
        if _meaning("firm").fullmatch(described) and self.last_firm:
            return Speaker(self.last_firm, "", COMPANY)
        return self._described(described)

    def _described(self, words: str) -> Speaker | None:
        """A person named before whose position is described again."""
        if re.search(r"\b(?:spokes\w+|statement|report|official)\b", words):
            return self.unnamed if self.unnamed and words.lower().startswith("the ") else None
        wanted = [word for word in re.findall(r"\w+", words.casefold()) if len(word) > 2 and word != "the"]
        if not wanted:
            return None
        for name, role in islice(reversed(self.roles.items()), REMEMBERED):
            if wanted[-1] in re.findall(r"\w+", role.casefold()):
                return Speaker(name, role)
        if self.unnamed and wanted[-1] in re.findall(r"\w+", self.unnamed.role.casefold()):
            return self.unnamed
        if re.fullmatch(r"(?:the )?\d+-year-old|the (?:man|woman)", words.casefold()):
            return self._person()
        if _meaning("holder").fullmatch(words):
            is_near = self.subject is not None and self.subject_in >= self.paragraph - 1
            return self.subject if is_near else self.last_person
        return None

    def _continued(self, coded: Coded, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        """Quotations without attribution of their own, beside or after a statement: the same speaker goes on."""
        for match in QUOTED.finditer(coded.text):
            position, item = match.start(), coded.item(match[0])
            if any(start <= position < end for start, end in taken):
                continue
            about = self.subject if self.subject_in >= sentence.paragraph - 1 else None
            speaker = about or (self.last if sentence.paragraph - self.said_in <= _NEAR else None)
            if speaker is None:
                continue
            if not coded.text[:position].strip(" ") and not coded.text[position + 1 :].strip(" ."):
                self._go_on(item, sentence, speaker)

    def _go_on(self, item: Item, sentence: Sentence, speaker: Speaker) -> None:
        quoted = self.document.text[item.thing.start : item.thing.end]
        if not SPEECHLIKE.search(quoted.rstrip()):
            return
        self._add(item.thing.start, item.thing.end, DIRECT, speaker, "en-quote-continued", (item.start, item.end))
        self.said_in = sentence.paragraph

    def _remember(self, coded: Coded) -> None:
        """What the sentences after this one may refer to: its firm, its bodies, the person it is about."""
        firms = [item.thing.name for item in coded.items if item.kind == COMPANY]
        opening = coded.items[0] if coded.items else None
        is_first = opening is not None and opening.start - coded.start <= _THE
        self.firm_in = self.paragraph if opening and opening.kind == COMPANY and opening.start == coded.start else -9
        self.body = opening.thing.name if opening and is_first and opening.kind == ORGANIZATION else ""
        if firms:
            self.last_firm = firms[0]
        self.actors = (*self.actors, *(item.thing for item in coded.items if item.kind in (COMPANY, ORGANIZATION)))[
            -40:
        ]
        for item in coded.items:
            if item.kind in (COMPANY, ORGANIZATION) and GROUP.search(
                self.document.text, max(0, item.start - 8), item.start
            ):
                self.group = item.thing
        spoke = self.found and self.found[-1].start >= coded.start
        people = [item for item in coded.items if item.kind == PERSON]
        if spoke:
            self.subject = None
        elif people and people[0].start - coded.start < 70 and not any(item.kind == QUOTE for item in coded.items[:1]):
            thing = people[0].thing
            self.subject, self.subject_in = Speaker(thing.name, self.roles.get(thing.name, "")), self.paragraph
        for item in people:
            self._position(item, coded)
            before = self.document.text[max(0, item.start - 16) : item.start]
            if _meaning("male").search(before):
                self.sex[item.thing.name] = "he"
            elif _meaning("female").search(before):
                self.sex[item.thing.name] = "she"
        self.present = [item.thing.name for item in people]
        self.people = [*self.people, *self.present][-20:]

    def _position(self, item: Item, coded: Coded) -> None:
        """Remember a person's position where a sentence tells it without a statement."""
        name = item.thing.name
        if name in self.roles:
            return
        text = self.document.text
        title = TITLED.search(text, max(coded.start, item.start - 40), item.start)
        if title and (title[1] in phrases("roles") or title[1] in HONOURS):
            self.roles[name] = HONOURS.get(title[1], title[1])
            return
        after = re.match(
            r", ((?:the |an? |its |their )?[a-z][^,.;:“”\"\n]{3,100})[,.]", text[item.end : item.end + 110]
        )
        if after and not _meaning("no position").match(after[1]) and not _meaning("finite").search(after[1]):
            role = sober(re.sub(r"^(?:the|an?|its|their) ", "", after[1]))
            self.roles.update({name: role} if role else {})
