"""Who speaks in Chinese: pronouns and elided subjects, firms that stand for themselves, positions named again."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.read.attribution import ACTORS, PERSONS, Attribution, Firing, Speaker
from kg.read.coded import QUOTE, Coded, code_class
from kg.read.languages.zh.actors import defined_firm
from kg.read.languages.zh.positions import position
from kg.read.model import COMPANY, DIRECT, ORGANIZATION, PERSON
from kg.read.names import Named
from kg.read.rules import fitting
from kg.read.segment import Sentence

_HIM = re.compile(r"[他她]们?|彼|本人|后者|前者|其")
_THAT = re.compile(r"(?:该|这位|这名|上述)(?P<what>.{2,30})")
_BRACKETED = re.compile(rf".*([{code_class(COMPANY, ORGANIZATION)}])（[^）]*）")
_HOLDER = re.compile(
    r"(?![一有多数几某另前副这那该每各])[^，。；：的了]{0,8}?(?:长官|[司局部处署省市县区州行院]长|总统|总理|首相|主席|总裁|国务卿|特首)"
)
"""A post that only one person holds, told without the name."""
_OTHER = re.compile("[前副助]$|副|前|助理")
_NEAR = 500
"""Things named before, or at the beginning, among which a body is looked for."""
_LEAST = 3
"""Code points that words told indirectly have more of."""
_CODED = 0xF0000
_FRAGMENT = 6
"""Code points of a quotation without an end that is a term, not what was said."""
_LEADS = re.compile(r"^(?:有|.* (?=\S{4}))")
_ENDED = re.compile(r"[。！？…]$")
_ENDED_FIRST = frozenset(["zh-quote-then-person", "zh-speaker-clause-colon-quote"])
"""Rules whose quotation must be a whole sentence."""
_GOING_ON = frozenset(["zh-and-says", "zh-goes-on-colon-quote", "zh-quote-resumed"])
"""Rules that need a statement in their sentence before them."""
_THIS = re.compile(rf"[该本](?P<what>[^{code_class(COMPANY, ORGANIZATION)}]{{1,4}}?)(?:方面)?")
_KINDS = frozenset(
    ["券商", "投行", "药企", "车企", "房企", "厂商", "机构", "平台", "智库", "媒体", "开发商", "厂", "店"]
)
"""Words for a kind of firm or body that its name need not end with."""
_SHE = re.compile("[，。；]?[他她彼]")
_ISSUED = frozenset(["公司", "本公司", "集团", "本集团", "本行", "公司方面"])


class Speech(Attribution):
    """The statements of a Chinese report."""

    is_same = False
    waiting: tuple[int, int, int] | None = None
    """A paragraph's quotation that was not closed and has no speaker yet: its span and its paragraph."""
    announced = -1
    """The paragraph that ended with a colon after somebody was named, so that the next may be their words."""

    def _sentence(self, coded: Coded, sentence: Sentence, previous: Sentence | None) -> None:
        """As elsewhere; but a match that overlaps what is taken gives way to one that begins within it."""
        taken: list[tuple[int, int]] = []
        for rule in fitting(self.code, "attribution", "rules", coded.text):
            match = rule.pattern.search(coded.text)
            while match is not None:
                if any(match.start() < end and start < match.end() for start, end in self._parts(match, taken)):
                    step = max(match.end("speaker") if match.groupdict().get("speaker") else 0, match.start() + 1)
                else:
                    self._apply(Firing(rule, match, coded, sentence, previous, taken))
                    step = max(match.end(), match.start() + 1)
                match = rule.pattern.search(coded.text, step)
        self._continued(coded, sentence, taken)

    def _apply(self, firing: Firing) -> None:
        rule, match, coded, sentence = firing[:4]
        between = (
            coded.text[match.end("quote") : match.start("speaker")] if rule.name == "zh-quote-speaker-says" else ""
        )
        if len(between) > 1 and not _ENDED.search(self._quoted(match, coded)):
            return
        if rule.name == "zh-speaker-says-quote-at-once" and self._is_term(self._quoted(match, coded)):
            return
        if rule.name in _ENDED_FIRST and not _ENDED.search(self._quoted(match, coded)):
            return
        self.is_same = rule.data.get("same") in ("yes", "sentence")
        if rule.name == "zh-transcript" and sentence.paragraph == 0:
            return
        if rule.name in _GOING_ON and not self._has_statement(sentence):
            return
        before = len(self.found)
        super()._apply(firing)
        if len(self.found) > before and self.found[-1].kind == DIRECT and self.waiting and self.last:
            start, end, paragraph = self.waiting
            if paragraph == sentence.paragraph - 1:
                self._add(start, end, DIRECT, self.last, rule.name, self.found[-1].cue)
            self.waiting = None

    def _is_term(self, quoted: str) -> bool:
        return len(quoted) < _FRAGMENT and not _ENDED.search(quoted)

    def _quoted(self, match: re.Match[str], coded: Coded) -> str:
        """The words of the quotation that a rule has found."""
        quotation = coded.item(match["quote"]).thing
        return self.document.text[quotation.start : quotation.end]

    def _add(self, start: int, end: int, kind: str, speaker: Speaker, rule: str, cue: tuple[int, int]) -> None:
        if kind == DIRECT or end - start > _LEAST:
            super()._add(start, end, kind, speaker, rule, cue)

    def _speaker(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        words = match.groupdict().get("speaker")
        if words is None:
            return self.last if self.is_same else self.last_person or self.last
        if _HIM.fullmatch(words):
            persons = PERSONS.findall(coded.text[: match.start("speaker")])
            return self._mentioned(coded, persons[-1]) if persons else self.last_person or self.last
        if (firm := defined_firm(self.document, self.items)) and words in _ISSUED:
            return Speaker(firm, "", COMPANY)
        if (this := _THIS.fullmatch(words)) and (found := self._body(this["what"], words[0] == "本", coded.start)):
            return found
        if words.endswith("方面") and len(actors := ACTORS.findall(words)) == 1:
            thing = coded.item(actors[0]).thing
            return Speaker(thing.name, self.roles.get(thing.name, ""), thing.type)
        bracketed = _BRACKETED.fullmatch(words)
        if bracketed is not None:
            thing = coded.item(bracketed[1]).thing
            return Speaker(thing.name, self.roles.get(thing.name, ""), thing.type)
        if _HOLDER.fullmatch(words) and (holder := self._holder(self._plain(words, coded))):
            return holder
        found = super()._speaker(match, coded)
        if found is None or found.name or not (again := _THAT.fullmatch(found.role)):
            return found
        return self._again(again["what"]) or self._anaphor(words) or found

    def _is_open_before(self, sentence: Sentence) -> bool:
        """Whether the paragraph before ended inside a quotation that somebody speaks."""
        start = self.document.paragraphs[sentence.paragraph][0]
        at = bisect_left(self.document.quotations, start, key=lambda one: one.end) - 1
        if at < 0:
            return False
        before = self.document.quotations[at]
        return not before.is_closed and before.end == self._end_before(sentence)

    def _end_before(self, sentence: Sentence) -> int:
        return self.document.paragraphs[sentence.paragraph - 1][1] if sentence.paragraph else -1

    def _plain(self, words: str, coded: Coded) -> str:
        """Coded words as they stand in the text, even in traditional characters, without what only leads to them."""
        at = coded.text.find(words)
        if not words or at < 0:
            return super()._plain(words, coded)
        plain = self.document.text[coded.back(at) : coded.back(at + len(words) - 1)]
        last = coded.text[at + len(words) - 1]
        plain += super()._plain(last, coded) if ord(last) >= _CODED else self._last(coded, at + len(words) - 1)
        return _LEADS.sub("", re.split(r"[】\n：｜|]", plain)[-1]).strip(" ,，、:：。“”「」")

    def _last(self, coded: Coded, at: int) -> str:
        return self.document.text[coded.back(at)]

    def _body(self, what: str, is_own: bool, at: int) -> Speaker | None:
        """The body that `this office` means: the last one named with such an ending; `our` means the report's first."""
        until = bisect_left(self.items, at, key=lambda item: item.start)
        near = self.items[: min(until, _NEAR)] if is_own else self.items[max(0, until - _NEAR) : until][::-1]
        named = [item.thing for item in near if item.kind in (COMPANY, ORGANIZATION)]
        fold = self.document.language.fold
        bodies = [thing for thing in named if fold(thing.name).endswith(what)]
        if not bodies and not is_own and what in _KINDS:
            bodies = named
        if not bodies:
            return None
        thing = bodies[0]
        return Speaker(thing.name, self.roles.get(thing.name, ""), thing.type)

    def _named(self, thing: Named, before: str, match: re.Match[str], coded: Coded) -> Speaker:
        """As elsewhere; but of the words before a name only those that tell a position."""
        found = super()._named(thing, before, match, coded)
        return found._replace(role=self._position(thing, found.role))

    def _position(self, thing: Named, words: str) -> str:
        if thing.type != PERSON or not words:
            return words
        return position(words, self.document.language.fold(words)) or self.roles.get(thing.name, "")

    def _again(self, what: str) -> Speaker | None:
        """Who was named before with a position that ends like this, or the organization whose name does."""
        for name, role in reversed(list(self.roles.items())[-50:]):
            if self.document.language.fold(role).endswith(what):
                return Speaker(name, role)
        return None

    def _holder(self, post: str) -> Speaker | None:
        """The one person named before who holds a post that is told alone: `the president`."""
        post = self.document.language.fold(post)
        holders = {
            name: role
            for name, role in list(self.roles.items())[-50:]
            if (held := self.document.language.fold(role)).endswith(post) and not _OTHER.search(held[: -len(post)])
        }
        return Speaker(*next(iter(holders.items()))) if len(holders) == 1 else None

    def _anaphor(self, words: str) -> Speaker | None:
        """Who `this chairman of the firm` is: the last person, if so far it has no other position."""
        last = self.last_person
        is_post = ACTORS.search(words) is not None and words.startswith(("这位", "这名", "该名"))
        return last if last is not None and is_post and not self.roles.get(last.name) else None

    def _mentioned(self, coded: Coded, sign: str) -> Speaker:
        thing = coded.item(sign).thing
        before = re.split(r"[，。；：！？]", coded.text[: coded.text.index(sign)])[-1]
        held = self.roles.get(thing.name) or self._position(thing, self._plain(before, coded))
        return Speaker(thing.name, held, thing.type)

    def _remember(self, coded: Coded) -> None:
        """What a sentence leaves for the next: the firm it is about, and the one person it names."""
        if coded.text.endswith(("：", ":")) and (PERSONS.search(coded.text) or _SHE.search(coded.text)):
            self.announced = bisect_left(self.document.paragraphs, (coded.start + 1, 0)) - 1
        first = next((item for item in coded.items if item.kind == COMPANY), None)
        if first is not None:
            self.last_firm = first.thing.name
        if self.found and self.found[-1].end > coded.start and self.found[-1].speaker:
            return
        persons = PERSONS.findall(coded.text)
        if len({coded.item(sign).thing.name for sign in persons}) == 1:
            self.last_person = self._mentioned(coded, persons[0])
            self.roles.setdefault(self.last_person.name, self.last_person.role)

    def _continued(self, coded: Coded, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        """As elsewhere; but a quotation left open by itself belongs to who speaks in the next paragraph."""
        if len(coded.items) == 1 and coded.items[0].kind == QUOTE and not coded.text[1:].strip():
            quotation = coded.items[0].thing
            if self.announced == sentence.paragraph - 1 >= 0 and self.last_person is not None:
                span = quotation.start, quotation.end
                self._add(*span, DIRECT, self.last_person, "zh-quote-announced", span)
                self.quoted_in = sentence.paragraph
                return
            if not quotation.is_closed and not self._is_open_before(sentence):
                self.waiting = (quotation.start, quotation.end, sentence.paragraph)
                return
        super()._continued(coded, sentence, taken)
        if len(coded.text) > 2 or not coded.items or coded.items[0].kind != QUOTE or not coded.text.strip("。 "):
            return
        quotation = coded.items[0].thing
        if self.last_person is None or not _ENDED.search(self.document.text[quotation.start : quotation.end]):
            return
        if not self._has_statement(sentence) and sentence.place > 0:
            self._add(
                quotation.start,
                quotation.end,
                DIRECT,
                self.last_person,
                "zh-quote-after-person",
                (quotation.start, quotation.end),
            )
