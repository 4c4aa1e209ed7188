"""Who speaks in English: pronouns, descriptions, firms and sources without a name; and quotations that go on."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from kg.read.attribution import _ACTORS, _PERSONS, _REMEMBERED, Attribution, Speaker
from kg.read.coded import QUOTE, Coded, Item, code_class
from kg.read.language import language
from kg.read.model import COMPANY, DIRECT, INDIRECT, ORGANIZATION, PERSON
from kg.read.names import Named, Names
from kg.read.rules import Rule
from kg.read.segment import Document, Quotation, Sentence

_NEAR = 2
"""Paragraphs after a statement in which a quotation by itself still has its speaker."""


@cache
def _meaning(name: str) -> re.Pattern[str]:
    """An expression of `attribution.yaml` under `meanings`."""
    data = language("en").data("attribution")["meanings"]
    return re.compile(data[name], re.IGNORECASE if name in ("he or she", "it", "unnamed", "firm", "body") else 0)


_APART_PERSON = re.compile(rf"(?:[A-Z][\w.’-]*\.? ){{0,3}}([{code_class(PERSON)}])(?:,|$)")
_MEDIUM = re.compile(r" (?:newspaper|news agency|magazine|website|daily|television)$")
_SPEECHLIKE = re.compile(r"[,.!?…—–-][’']?$")


class Speech(Attribution):
    """The statements of an English report."""

    subject: Speaker | None = None
    said_in: int = -9
    actors: tuple[Named, ...] = ()
    unnamed: Speaker | None = None

    def __init__(self, document: Document, names: Names, items: list[Item]) -> None:
        super().__init__(document, names, items)
        self.used: list[tuple[int, int]] = []
        self.people: list[str] = []
        self.sex: dict[str, str] = {}

    def _sentence(self, coded: Coded, sentence: Sentence, previous: Sentence | None) -> None:
        before = len(self.found)
        self.used = []
        super()._sentence(coded, sentence, previous)
        if len(self.found) > before:
            self.said_in = sentence.paragraph

    def _apply(
        self,
        rule: Rule,
        match: re.Match[str],
        coded: Coded,
        sentence: Sentence,
        previous: Sentence | None,
        taken: list[tuple[int, int]],
    ) -> None:
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
        if match.groupdict().get("quote") and not rule.data.get("goes on") and self._is_term(match, coded):
            return
        if rule.data.get("whole") == "yes" and self._is_fragment(match, coded):
            return
        span = match.span("speaker") if match.groupdict().get("speaker") else (0, 0)
        if rule.data.get("again") != "yes" and any(start < span[1] and span[0] < end for start, end in self.used):
            return
        count = len(self.found)
        super()._apply(rule, match, coded, sentence, previous, taken)
        if len(self.found) > count and span[1]:
            self.used.append(span)

    def _is_term(self, match: re.Match[str], coded: Coded) -> bool:
        """Whether marks stand around a term or two: few words, no capital, no stop at the end."""
        quotation: Quotation = coded.item(match["quote"]).thing
        words = self.document.text[quotation.start : quotation.end]
        return words[:1].islower() and words.count(" ") < 4 and not _SPEECHLIKE.search(words)

    def _is_fragment(self, match: re.Match[str], coded: Coded) -> bool:
        """Whether a quotation only goes on with a clause told indirectly: it begins small, after more than the verb."""
        quotation: Quotation = coded.item(match["quote"]).thing
        between = match.string[match.end("speaker") : match.start("quote")].strip()
        return self.document.text[quotation.start].islower() and not between.endswith(":") and between.count(" ") > 2

    def _add(self, start: int, end: int, kind: str, speaker: Speaker, rule: Rule, cue: tuple[int, int]) -> None:
        dateline = _meaning("dateline").match(self.document.text, start, end) if kind == INDIRECT else None
        if dateline:
            start = dateline.end()
        if kind == INDIRECT and self.document.text.count(" ", start, end) < 1:
            return
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
        plain = words.strip(" ,")
        persons = _PERSONS.findall(plain)
        if _meaning("he or she").fullmatch(plain):
            inside = self._before(match, coded)
            return (
                inside or self._person("she" if plain.casefold().endswith(("she", "her")) else "he") or Speaker("", "")
            )
        apart = _APART_PERSON.match(match.groupdict().get("role") or "")
        if apart and not plain.endswith(tuple(persons or " ")):
            return self._named(coded.item(apart[1]).thing, plain, match, coded)._replace(role=self._plain(plain, coded))
        if _meaning("unnamed").match(plain) and not (persons and plain.endswith(persons[-1])):
            return Speaker("", self._plain(re.sub(r"^(?:an?|the) ", "", plain, flags=re.IGNORECASE), coded))
        if persons:
            last = persons[-1]
            return self._named(coded.item(last).thing, plain.rpartition(last)[0], match, coded)
        if _meaning("it").fullmatch(plain):
            return self._institution() or self.last
        actors = _ACTORS.findall(plain)
        if actors and _MEDIUM.sub("", plain).endswith(actors[-1]):
            thing = coded.item(actors[-1]).thing
            return Speaker(thing.name, "", thing.type)
        described = self._plain(plain, coded)
        return self._meant(described, plain) or Speaker("", described)

    def _before(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        """Whom a pronoun means that follows its name, or `one broker`, in its own sentence, before a quotation."""
        if not match.groupdict().get("quote") or match.start("quote") > match.start("speaker"):
            return None
        words = match.string[: match.start()]
        if not words.rstrip().endswith((":", ",", "—", "–", "-")):
            return None
        persons = _PERSONS.findall(words)
        if persons:
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
        return speaker._replace(role=role or self.roles.get(thing.name, ""))

    def _person(self, pronoun: str = "") -> Speaker | None:
        """Whom `he` or `she` means: the person a sentence since the last statement was about, else who spoke last.

        Somebody known to be a woman is no `he`, and the other way round; then it is the nearest person who may be.
        """
        first = self.subject or self.last_person or self.last
        if not pronoun or first is None or self.sex.get(first.name, pronoun) == pronoun:
            if pronoun and first is not None and first.name:
                self.sex.setdefault(first.name, pronoun)
            return first
        for name in reversed(self.people):
            if self.sex.get(name, pronoun) == pronoun:
                return Speaker(name, self.roles.get(name, ""))
        return first

    def _institution(self) -> Speaker | None:
        """Whom `it` means: who spoke last, where that is no person, else the last firm or body named first."""
        if self.last and self.last.name and self.last.type in (COMPANY, ORGANIZATION):
            return self.last
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
        for name, role in islice(reversed(self.roles.items()), _REMEMBERED):
            if wanted[-1] in re.findall(r"\w+", role.casefold()):
                return Speaker(name, role)
        if re.fullmatch(r"(?:the )?\d+-year-old|the (?:man|woman|businessman|businesswoman)", words.casefold()):
            return self._person()
        return None

    def _continued(self, coded: Coded, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        """Quotations without attribution of their own, beside or after a statement: the same speaker goes on."""
        for position, sign in enumerate(coded.text):
            if ord(sign) < 0xF0000 or any(start <= position < end for start, end in taken):
                continue
            item = coded.item(sign)
            if item.kind != QUOTE or self.last is None or sentence.paragraph - self.said_in > _NEAR:
                continue
            if not coded.text[:position].strip(" ") and not coded.text[position + 1 :].strip(" ."):
                self._go_on(item, sentence)

    def _go_on(self, item: Item, sentence: Sentence) -> None:
        quoted = self.document.text[item.thing.start : item.thing.end]
        if self.last is None or not _SPEECHLIKE.search(quoted.rstrip()):
            return
        rule = Rule("en-quote-continued", DIRECT, 0.85, re.compile(""), {})
        self._add(item.thing.start, item.thing.end, DIRECT, self.last, rule, (item.start, item.end))
        self.said_in = sentence.paragraph

    def _remember(self, coded: Coded) -> None:
        """What the sentences after this one may refer to: its firm, its bodies, the person it is about."""
        firms = [item.thing.name for item in coded.items if item.kind == COMPANY]
        if firms:
            self.last_firm = firms[0]
        self.actors = (*self.actors, *(item.thing for item in coded.items if item.kind in (COMPANY, ORGANIZATION)))[
            -40:
        ]
        spoke = self.found and self.found[-1].start >= coded.start
        people = [item for item in coded.items if item.kind == PERSON]
        if spoke:
            self.subject = None
        elif people and people[0].start - coded.start < 70 and not any(item.kind == QUOTE for item in coded.items[:1]):
            thing = people[0].thing
            self.subject = Speaker(thing.name, self.roles.get(thing.name, ""))
        for item in people:
            self._position(item, coded)
            before = self.document.text[max(0, item.start - 16) : item.start]
            if _meaning("male").search(before):
                self.sex[item.thing.name] = "he"
            elif _meaning("female").search(before):
                self.sex[item.thing.name] = "she"
        self.people = [*self.people, *(item.thing.name for item in people)][-20:]

    def _position(self, item: Item, coded: Coded) -> None:
        """Remember a person's position where a sentence tells it without a statement."""
        name = item.thing.name
        if name in self.roles:
            return
        text = self.document.text
        after = re.match(
            r", ((?:the |an? |its |their )?[a-z][^,.;:“”\"\n]{3,100})[,.]", text[item.end : item.end + 110]
        )
        if after and not _meaning("no position").match(after[1]):
            self.roles[name] = re.sub(r"^(?:the|an?|its|their) ", "", after[1])
