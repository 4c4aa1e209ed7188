"""Who said what in Indonesian: what its rules alone cannot say, above all whom `dia`, `-nya` and a description mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from kg.read import lexicon
from kg.read.attribution import PERSONS, QUOTED, Firing, Found, Speaker
from kg.read.attribution import Attribution as Base
from kg.read.coded import DATE, Coded, Item, code_class
from kg.read.language import language
from kg.read.languages.id.clauses import is_statement
from kg.read.languages.id.posts import is_of_body, trimmed
from kg.read.languages.id.subjects import main_firm, subject
from kg.read.languages.id.undated import with_undated
from kg.read.languages.id.words import after_dateline, is_byline
from kg.read.model import COMPANY, DIRECT, INDIRECT, ORGANIZATION, PERSON
from kg.read.names import Names
from kg.read.rules import Rule, fitting
from kg.read.segment import Document, Quotation, Sentence

_FIRM = re.compile(f"[{code_class(COMPANY, ORGANIZATION)}]")
_APPOSED = re.compile(rf"^(?:[A-Z][a-z]+\.? )?([{code_class(PERSON)}])(?: \([^()]{{1,30}}\))?, $")
"""A name with which a sentence begins, before its bearer's post."""
_HE = re.compile(r"(?:[Dd]ia|[Ii]a|[Bb]eliau) (?!yang\b)[a-z]+$|[A-Za-z ]{3,30} (?:dia|ia|beliau)$")
"""A pronoun with an adverb beside it."""
_AGAIN = re.compile(r" (?:itu|tersebut|ini)$")
_NO_POST = re.compile(
    r"(?i:lebih|sebelum|namun|kepada|seperti|sebagai|selain|sementara|saat|ketika|dalam|menurut|adapun|selanjutnya|terpisah|tak|tidak"
    r"|wartawan|meski|pada|di|kemarin|kini|semula|awalnya|ditanya|ditemui|dihubungi|hal|akan|juga|untuk)\b"
)
"""How words before a name begin that are no post."""
_REPORTED = re.compile(
    r"^(?:taksiran|perkiraan|hitungan|perhitungan|proyeksi|pernyataan|data|laporan|catatan|kajian|survei|keterangan|estimasi"
    r"|prediksi|ramalan|analisis|rilis|siaran pers|pengakuan|penuturan|klaim|versi) (?=[a-z]+ (?:itu|tersebut|ini)$)"
)
"""What a body has told, before the words that mean it: `taksiran lembaga itu`."""
_WORDING = re.compile(r"(?:bunyi|isi|petikan|kutipan|penggalan) \w+(?: \w+)?(?: (?:itu|tersebut|ini))?$")
"""What is told of words that stand quoted, whose writer was named before."""
_DATES = re.compile(
    rf"^(?:(?:di|pada|dalam|saat)\b[^,]{{0,50}}, )?(?:pada )?[{code_class(DATE)}](?: (?:pagi|siang|sore|malam))?, ?"
)
_LED = re.compile(r"\b(?:yang di\w+|di(?:buka|hadiri|resmikan|pimpin|sampaikan|katakan|ungkapkan)\w*|oleh)\b")
_HONORIFICS = re.compile(r"(?:,? \b(?:Prof|Dr|drh|drg|dr|Ir|Drs|Dra|H|Hj|KH|Bapak|Ibu|Pak|Bu)\.?)+$")
_CONTINUED, _MORE, _OPENED = "id-quote-continued", "id-quote-goes-on", "id-quote-over-paragraphs"
_LATEST = 50
"""Statements among which one of a paragraph just before is looked for."""


class _Words:
    """The lists that tell whom the words for a speaker mean."""

    def __init__(self) -> None:
        known = language("id")

        def word(key: str) -> str:
            return lexicon.any_of(known.words("attribution", key))

        self.pronoun = re.compile(rf"(?:{word('pronouns')})\b", re.IGNORECASE)
        self.firm = re.compile(rf"\b(?:{word('firm words')})\b", re.IGNORECASE)
        self.main_firm = re.compile(rf"\b(?:{word('main firm words')})\b", re.IGNORECASE)
        self.office = re.compile(
            rf"{lexicon.any_of(known.words('names', 'governing roles'))}|Menteri|Rektor", re.IGNORECASE
        )
        self.unnamed = re.compile(known.data("attribution")["unnamed article"], re.IGNORECASE)
        self.before_body = re.compile(rf"(?:.*\b)?(?:{word('before bodies')})", re.IGNORECASE)
        self.also = re.compile(
            rf",? (?:dan|serta|seraya|sambil|lalu) (?:juga )?(?:{word('saying')}),? (?:bahwa|jika|kalau) "
        )


@cache
def _words() -> _Words:
    return _Words()


class Speech(Base):
    """The rules of `attribution.yaml`, with the memory of who is spoken of that Indonesian asks for."""

    current: Speaker | None = None
    subject_in: int = -2
    main_firm: str = ""

    def __init__(self, document: Document, names: Names, items: list[Item]) -> None:
        super().__init__(document, names, with_undated(document, items))
        self._unclosed = [one for one in document.quotations if not one.is_closed]
        self._ends = {end: number for number, (_, end) in enumerate(document.paragraphs)}

    def run(self) -> list[Found]:
        """Go through the sentences; what one establishes, the next may refer to."""
        self._bodies: list[tuple[str, str]] = []
        self._told_of: set[str] = set()
        return [one._replace(role=trimmed(one.role)) if one.speaker else one for one in super().run()]

    def _sentence(self, coded: Coded, sentence: Sentence, previous: Sentence | None) -> None:
        taken: list[tuple[int, int]] = []
        before = len(self.found)
        own = after_dateline(coded.text) if not sentence.place else 0
        if own:
            coded = Coded(self.document.folded, coded.back(own), sentence.end, coded.items)
        for rule in fitting(self.code, "attribution", "rules", coded.text):
            for match in rule.matches(coded.text):
                if self._parts(match, taken) or not is_statement(rule, match, coded, self.document):
                    continue
                self._apply(Firing(rule, match, coded, sentence, previous, taken))
        self._continued(coded, sentence, taken)
        if len(self.found) == before:
            self._subject(coded, sentence)

    def _apply(self, firing: Firing) -> None:
        rule, match, coded, sentence, previous, taken = firing
        speaker = self._speaker(match, coded)
        if speaker is None:
            return
        groups = match.groupdict()
        cue = (coded.back(match.start()), coded.back(match.end()))
        if rule.data.get("previous") == "yes":
            self.current = speaker
            self._set_last(speaker)
            is_near = previous is not None and previous.paragraph >= sentence.paragraph - 1 and self._is_told(previous)
            quoted = self._all_quoted(previous) if previous is not None and is_near else None
            if quoted is not None:
                self.found = [
                    one for one in self.found if one.start != quoted.start or one.rule not in (_CONTINUED, _MORE)
                ]
                if not self._has_statement(previous or sentence):
                    self._add(quoted.start, quoted.end, DIRECT, speaker, rule.name, cue)
            elif previous is not None and is_near and not self._has_statement(previous):
                start = previous.start + after_dateline(self.document.text[previous.start : previous.end])
                self._add(start, previous.end, INDIRECT, speaker, rule.name, cue)
            return
        if groups.get("quote"):
            quotation = coded.item(groups["quote"]).thing
            self._open_before(speaker, sentence, quotation.start)
            self._add(quotation.start, quotation.end, DIRECT, speaker, rule.name, cue)
            taken.append(match.span("quote"))
            self.quoted_in = sentence.paragraph
        if groups.get("content"):
            start, end = self._content(match, coded, rule)
            self._add(coded.back(start), coded.back(end), INDIRECT, speaker, rule.name, cue)
            taken.append(match.span("content"))
            more = _words().also.search(coded.text, match.start("content"), match.end("content"))
            if more and rule.name.startswith(("id-speaker", "id-according", "id-also")):
                self._add(coded.back(more.end()), coded.back(match.end("content")), INDIRECT, speaker, rule.name, cue)
        self.current = speaker
        self.subject_in = sentence.paragraph

    def _all_quoted(self, sentence: Sentence) -> Quotation | None:
        """The quotation that a sentence is and nothing else."""
        first = bisect_left(self.document.quotations, sentence.start, key=lambda one: one.outer[0])
        one = self.document.quotations[first] if first < len(self.document.quotations) else None
        return one if one is not None and one.outer[0] == sentence.start and one.outer[1] >= sentence.end - 1 else None

    def _is_told(self, sentence: Sentence) -> bool:
        """Whether a sentence can be what was said: no heading and no dateline."""
        words = self.document.text[sentence.start : sentence.end]
        return words[-1] in '.!?…"”' and len(words.split()) > 3

    def _content(self, match: re.Match[str], coded: Coded, rule: Rule) -> tuple[int, int]:
        """Where the words told begin and end: without the day and place of speaking, and what is told next."""
        start, end = match.span("content")
        if rule.name == "id-according-to":
            post = re.match(r"([^,]{3,120}), (?=[^ ])", coded.text[start:end])
            if post and _personal().match(post[1]) and PERSONS.search(match["speaker"] or ""):
                start += post.end()
        if rule.name.startswith(("id-speaker", "id-according")):
            day = _DATES.match(coded.text[start:end])
            if day:
                start += day.end()
            more = _words().also.search(coded.text, start, end)
            if more:
                end = more.start()
        return start, end

    # ---- who speaks ------------------------------------------------------------------------------------------------

    def _speaker(self, match: re.Match[str], coded: Coded) -> Speaker | None:
        words = match.groupdict().get("speaker")
        if words is None:
            is_person = self.current is not None and self.current.type == PERSON
            return (
                (self.current if is_person else self.last_person)
                or self.current
                or self.last
                or (Speaker("", "") if match.groupdict().get("quote") else None)
            )
        known, plain = _words(), words.strip(" ,")
        persons = PERSONS.findall(words)
        if persons:
            return self._person(coded.item(persons[0]).thing.name, words.partition(persons[0])[0], match, coded)
        if known.pronoun.fullmatch(plain) or _HE.match(plain):
            is_person = self.current is not None and self.current.type == PERSON
            known_before = self.current if is_person else self.last_person or self.current
            return known_before or (Speaker("", "") if match.groupdict().get("quote") else None)
        if plain.lower() in ("mereka", "keduanya"):
            return self.current or self.last
        if known.unnamed.match(plain):
            return Speaker("", self._plain(plain, coded))
        named = _APPOSED.search(coded.text, 0, match.start("speaker"))
        if named and _personal().match(plain[:1].lower() + plain[1:]):
            return Speaker(coded.item(named[1]).thing.name, self._plain(plain, coded), PERSON)
        firms = _FIRM.findall(words)
        means_person = _AGAIN.search(plain) and _personal().match(plain[:1].lower() + plain[1:])
        if firms and means_person and self.current and self.current.type == PERSON:
            return self._described(plain) or self.current
        if firms:
            return self._spokesman(firms[0], words, plain, coded)
        return self._taken_up(plain, coded)

    def _person(self, name: str, before: str, match: re.Match[str], coded: Coded) -> Speaker:
        """A person by name, with the post that stands before or after."""
        role = match.groupdict().get("role") or _LED.split(before)[-1].strip(" ,") or self._post_before(match, coded)
        role = trimmed(role)
        post = _personal().search(role)
        if _words().unnamed.match(role):
            role = ""
        elif post:
            role = role[post.start() :]
        elif _NO_POST.match(role):
            role = ""
        return Speaker(name, self._plain(_HONORIFICS.sub("", role), coded) or self.roles.get(name, ""), PERSON)

    def _spokesman(self, firm: str, words: str, plain: str, coded: Coded) -> Speaker:
        """A firm or body that speaks itself, or somebody without a name who speaks for it."""
        thing = coded.item(firm).thing
        before = words.partition(firm)[0].strip(" ,")
        if _words().firm.match(before) and before.endswith((" kepada", " ke", " lewat", " melalui", " terhadap")):
            return self._taken_up(before.split()[0], coded)
        if not before or _words().before_body.fullmatch(before):
            return Speaker(thing.name, "", thing.type)
        if is_of_body(before):
            return Speaker(thing.name, "", thing.type)
        if _words().firm.search(before) and not _personal().search(before):
            return Speaker(thing.name, "", thing.type)
        return self._described(plain) or Speaker("", self._plain(plain, coded))

    def _taken_up(self, plain: str, coded: Coded) -> Speaker:
        """Whom a description means (`perseroan`, `kementerian itu`, `ketua tersebut`); else an unnamed source."""
        known = _words()
        plain = _REPORTED.sub("", plain)
        own = _FIRM.search(coded.text, 0, max(0, coded.text.find(plain)))
        if own and known.firm.match(plain) and re.search(r"\b(?:itu|tersebut)$", plain):
            thing = coded.item(own[0]).thing
            return Speaker(thing.name, "", thing.type)
        if _WORDING.match(plain):
            return self.current or self.last or Speaker("", "")
        if known.main_firm.search(plain) and self.main_firm:
            return Speaker(self.main_firm, "", COMPANY)
        if known.firm.search(plain) and self.last_firm:
            return Speaker(self.last_firm, "", COMPANY)
        if re.search(r"^[Ss]ang\b|\b(?:itu|tersebut|ini)$", plain) and " yang " not in plain:
            found = self._body(plain) or self._described(plain)
            if found:
                return found
            if self.current and self.current.type == PERSON and _personal().search(plain[:1].lower() + plain[1:]):
                return self.current
        elif " " not in plain or known.office.fullmatch(plain):
            found = self._described(plain) if known.office.fullmatch(plain) else self._body(plain)
            if found:
                return found
        return Speaker("", self._plain(plain, coded))

    def _post_before(self, match: re.Match[str], coded: Coded) -> str:
        """The post that stands before a name with a comma between: `Ketua Umum X, NAME, mengatakan`."""
        before = coded.text[: match.start("speaker")].rstrip(" ")
        if not before.endswith(","):
            return ""
        post = before.rstrip(",").rpartition(",")[2].strip()
        return post if _personal().search(post) else ""

    def _body(self, words: str) -> Speaker | None:
        """A body named before whose class word is taken up again (`kementerian itu`)."""
        head = words.split()[0].casefold()
        for item in reversed(self._bodies[-30:]):
            if item[0].casefold().split()[0] == head:
                return Speaker(item[0], "", item[1])
        return None

    def _subject(self, coded: Coded, sentence: Sentence) -> None:
        """A sentence that says nothing still tells of whom the next one speaks."""
        match = subject(coded.text)
        if match is None or is_byline(coded.text):
            return
        thing = coded.item(match[0]).thing
        if thing.name in self._told_of and self.last_person is not None:
            return
        before = coded.text[: match.start()].rpartition(",")[2].strip()
        post = _personal().search(before)
        role = self.roles.get(thing.name) or (self._plain(before[post.start() :], coded) if post else "")
        self.current = Speaker(thing.name, role)
        self.last_person = self.current
        self.subject_in = sentence.paragraph

    def _remember(self, coded: Coded) -> None:
        for item in coded.items:
            if item.kind == COMPANY:
                self.last_firm = item.thing.name
                self.main_firm = self.main_firm or main_firm(self.names)
            if item.kind in (COMPANY, ORGANIZATION):
                self._bodies.append((item.thing.name, item.kind))
            if item.kind == PERSON:
                self._note_topic(item)
            if item.kind == PERSON and item.thing.name not in self.roles:
                self._post_of(coded, item.thing.name, item.start)

    def _note_topic(self, item: Item) -> None:
        """Note whom others speak of: a sentence about that one does not tell who speaks next, until he speaks too."""
        for one in self.found[-4:]:
            if one.speaker == item.thing.name:
                self._told_of.discard(one.speaker)
            elif one.speaker and one.start <= item.start < one.end:
                self._told_of.add(item.thing.name)

    def _post_of(self, coded: Coded, name: str, start: int) -> None:
        """Note the post that stands before or after a name, for descriptions that take it up again."""
        at = next(
            (n for n, sign in enumerate(coded.text) if ord(sign) >= 0xF0000 and coded.item(sign).start == start), None
        )
        if at is None:
            return
        before = re.split(rf"[,;:{code_class(PERSON)}]| dan ", coded.text[max(0, at - 120) : at])
        post = before[-1].strip() or (before[-2].strip() if len(before) > 1 else "")
        post = _LED.split(post)[-1].strip()
        found = _personal().search(post)
        if found:
            self.roles[name] = self._plain(post[found.start() :], coded)
            return
        after = re.match(r".(?: ?\([^)]*\))?, ([^,;:]{3,100})", coded.text[at : at + 140])
        if after and _personal().match(after[1]):
            self.roles[name] = self._plain(after[1], coded)

    # ---- quotations without words of speech ------------------------------------------------------------------------

    def _continued(self, coded: Coded, sentence: Sentence, taken: list[tuple[int, int]]) -> None:
        if self.current is None and self.last is None:
            return
        for found in QUOTED.finditer(coded.text):
            position = found.start()
            if any(start <= position < end for start, end in taken):
                continue
            item = coded.item(found[0])
            said = self.document.text[item.thing.start : item.thing.end]
            before, after = coded.text[:position].strip(" "), coded.text[position + 1 :].strip(" .")
            speaker = self.current or self.last
            assert speaker is not None
            if before and taken and max(end for _, end in taken) <= position and _is_speech(said):
                if before[-1] in ",:." and not after:
                    self._add(item.thing.start, item.thing.end, DIRECT, speaker, _MORE, (item.start, item.end))
                    self.quoted_in = sentence.paragraph
                continue
            if before or after or not _is_speech(said):
                continue
            if (
                self.quoted_in == sentence.paragraph
                or self.subject_in == sentence.paragraph
                or (self.quoted_in == sentence.paragraph - 1 and sentence.place == 0 and (said[-1:] in ".!?…,"))
            ):
                self._add(item.thing.start, item.thing.end, DIRECT, speaker, _CONTINUED, (item.start, item.end))
                self.quoted_in = sentence.paragraph

    def _open_before(self, speaker: Speaker, sentence: Sentence, start: int) -> None:
        """Paragraphs before that open a quotation and do not close it have the speaker that is named at last."""
        until = bisect_right(self._unclosed, start, key=lambda one: one.end)
        known, ends = self._unclosed[max(0, until - 10) : until], self._ends
        recent = range(len(self.found))[-_LATEST:]
        wanted = sentence.paragraph - 1
        for one in reversed(known):
            if ends.get(one.end) != wanted:
                break
            earlier = next(
                (n for n in reversed(recent) if self.found[n].start == one.start and self.found[n].kind == DIRECT), None
            )
            if earlier is None:
                self._add(one.start, one.end, DIRECT, speaker, _OPENED, (one.start, one.end))
            elif self.found[earlier].rule in (_CONTINUED, _OPENED):
                self.found[earlier] = self.found[earlier]._replace(speaker=speaker.name, role=speaker.role)
            wanted -= 1


def _is_speech(said: str) -> bool:
    """Whether words between marks are spoken and no mere term: a few of them, or with the stop of a sentence."""
    return len(said.split()) > 2 or said[-1:] in ".!?…,"


@cache
def _personal() -> re.Pattern[str]:
    known = language("id")
    nouns = lexicon.any_of([*known.words("names", "person noun"), *known.words("names", "roles")])
    return re.compile(rf"\b(?:{nouns}|pria|perempuan|wanita|lelaki|laki-laki|ibu|bapak|pemuda|politikus|juru)\b")
