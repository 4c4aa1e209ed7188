"""Who makes a deal in Indonesian: firms by name, and whom `perseroan`, `kami`, `ketiganya` or `bank itu` means."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.read.attribution import Found as Said
from kg.read.coded import Coded
from kg.read.languages.id.attribution import main_firm
from kg.read.languages.id.expressions import FIRM_SIGN, PARTY_SIGN, expressions
from kg.read.languages.id.words import after_dateline
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Named, Names
from kg.read.segment import Document

_CHILD = re.compile(r"\b(?:[Aa]nak|[Uu]nit|[Cc]ucu) (?:usaha|perusahaan) $")
_FROM = re.compile(r"\b(?:asal|dari|di|ke|milik) $")
_NUMBERS = {"kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5}
_REMEMBERED = 60
_BESIDE = re.compile(r"\b(?:[Ss]elain|[Ss]eperti|[Mm]enyusul|[Mm]engikuti|[Bb]erbeda (?:dengan|dari)|[Ss]etelah) $")
"""What comes before a firm that is told of besides, and is not who acts."""
_LEADER = re.compile(
    r"(?:(?:[Ww]akil )?[Pp]residen|[Dd]irektur|[Kk]omisaris|[Cc]hief|CEO|COO|CFO|CTO|[Mm]anajer|[Gg]eneral [Mm]anager"
    r"|[Pp]endiri|[Pp]emilik|[Ss]ekretaris [Pp]erusahaan|[Cc]orporate|[Vv]ice [Pp]resident|[Cc]hairman|[Hh]ead"
    r"|[Jj]uru bicara|[Mm]anaging|[Kk]etua|[Kk]epala)"
)
_BOTH = re.compile(r"\b[Kk]edua (?:kota|negara|pihak|provinsi|wilayah|perusahaan|lembaga)\b")


class _Subject(NamedTuple):
    """Firms that a later sentence may mean by a pronoun."""

    firms: tuple[str, ...]
    paragraph: int


class Parties:
    """Who is spoken of, sentence after sentence; `said` are the statements, which tell who `kami` is."""

    def __init__(self, document: Document, names: Names, said: list[Said]) -> None:
        self.document, self.names, self.said = document, names, said
        self.main = main_firm(names)
        self.subjects: list[_Subject] = []
        self.pair: tuple[str, ...] = ()
        self.paragraph = 0

    def note(self, coded: Coded) -> tuple[str, ...]:
        """Keep in mind the firms of a sentence, which are returned, and the two that `kedua pihak` means in it."""
        words = expressions()
        bare = words.without_kin(coded.text[after_dateline(coded.text) :])
        named = [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(bare)]
        firms = tuple(dict.fromkeys(name for name in named if not words.government.match(name)))
        if firms:
            self.subjects.append(_Subject(firms, self.paragraph))
            del self.subjects[:-_REMEMBERED]
        both = _BOTH.search(coded.text)
        if both:
            before = coded.text[: both.start()]
            distinct = list(
                dict.fromkeys(item.thing.name for item in coded.found(before, PLACE, COMPANY, ORGANIZATION))
            )
            if len(distinct) >= 2:
                self.pair = tuple(distinct[:2])
        return firms

    def firms(self, words: str, coded: Coded, position: int) -> tuple[str, ...]:
        """The firms that a subject means, named or by a pronoun."""
        bare = re.split(r"\b(?:melalui|lewat)\b", expressions().without_kin(words))[-1]
        named = [item.thing.name for item in coded.found(bare, COMPANY, ORGANIZATION)]
        if named:
            before = coded.text[max(0, position - 20) : position]
            if re.match(r"(?:[Aa]nak|[Uu]nit) (?:usaha|perusahaan)", words) or _CHILD.search(before):
                return tuple(named[-1:])
            if re.search(r"\b(?:[Mm]elalui|[Ll]ewat) $", before):
                return tuple(named[:1])
            if len(named) > 1 and _BESIDE.search(before):
                return tuple(dict.fromkeys(named[1:]))
            again = expressions().again.match(bare)
            taken = [self._taken_up(again[0].lower())] if again else []
            return tuple(dict.fromkeys([*filter(None, taken), *named]))
        plain = words.strip().lower()
        number = next((count for word, count in _NUMBERS.items() if re.search(rf"\b{word}(?:nya)?\b", plain)), 0)
        if number:
            named = [one.thing.name for one in coded.found(coded.text[:position], COMPANY, ORGANIZATION)]
            distinct = tuple(dict.fromkeys(named))
            return distinct[-number:] if len(distinct) >= number else self._last_of(number)
        if plain == "mereka":
            return self._last_of(0)
        if plain in ("kami", "kita", "perusahaannya", "pihaknya"):
            return self.speakers_firm(coded.back(position)) or (
                self._before(coded, position) if plain.endswith("nya") else ()
            )
        if plain.startswith(("perseroan", "emiten", "manajemen")):
            return (self.main,) if self.main else ()
        if plain in ("ia", "perusahaan") or re.search(r"\b(?:itu|tersebut|ini)$", plain):
            firm = self._taken_up(plain)
            return (firm,) if firm else ()
        return ()

    def side(self, words: str, coded: Coded, position: int) -> list[str]:
        """The parties on one side; who signs for a firm is none, nor is a place where somebody is from."""
        known = expressions()
        bare = known.origin.sub("", known.without_kin(words))
        signs = [(match.start(), coded.item(match[0])) for match in PARTY_SIGN.finditer(bare)]
        names: list[str] = []
        for number, (at, item) in enumerate(signs):
            before = bare[signs[number - 1][0] + 1 : at] if number else ""
            signs_for = number and before in (" ", ", ") and signs[number - 1][1].kind in (COMPANY, ORGANIZATION)
            if item.kind == PERSON and signs_for:
                continue
            if item.kind == PLACE and at == 0 and _FROM.search(coded.text, max(0, position - 12), position):
                continue
            if item.kind == PLACE and any(one.kind != PLACE for _, one in signs):
                continue
            names.append(item.thing.name)
        if names:
            again = [self._taken_up(found[0].lower()) for found in known.again.finditer(bare)]
            return list(dict.fromkeys([*filter(None, again), *names]))
        return list(self.firms(words, coded, position))

    def speakers_firm(self, position: int) -> tuple[str, ...]:
        """The firm for which somebody says `kami`: that of the speaker's post."""
        for one in self.said:
            if one.start <= position < one.end and one.speaker:
                known = self.names.known(one.speaker, COMPANY, ORGANIZATION)
                if known is not None:
                    return (known.name,)
                for thing in self.names.things:
                    if thing.type in (COMPANY, ORGANIZATION) and any(
                        re.search(rf"(?<!\w){re.escape(form)}(?!\w)", one.role)
                        for form in sorted(self._forms(thing), key=len, reverse=True)
                    ):
                        return (thing.name,)
                if _LEADER.match(one.role):
                    return self.spoken_of() or ((self.main,) if self.main else ())
        return ()

    def is_leader(self, start: int, end: int) -> bool:
        """Whether something between two positions is told by a firm's leader."""
        return any(one.start < end and start < one.end and _LEADER.match(one.role) for one in self.said)

    def leaders_firm(self, position: int) -> tuple[str, ...]:
        """The firm of which a leader of it tells; who watches it from elsewhere speaks for nobody."""
        said = [one for one in self.said if one.start <= position < one.end]
        return self.speakers_firm(position) if any(_LEADER.match(one.role) for one in said) else ()

    def _before(self, coded: Coded, position: int) -> tuple[str, ...]:
        """The firm named last before a position: whose `pihaknya` it is."""
        named = coded.found(coded.text[:position], COMPANY, ORGANIZATION)
        return (named[-1].thing.name,) if named else ()

    def _forms(self, thing: Named) -> set[str]:
        text = self.document.text
        return {text[mention.start : mention.end] for mention in thing.mentions} | {thing.name}

    def _taken_up(self, plain: str) -> str:
        """The firm that `bank itu` or `ia` means: the one whose name has the word, else the last."""
        head = plain.split()[0]
        for subject in reversed(self.subjects[-10:]):
            for firm in subject.firms:
                if head in firm.lower().split() or (head == "grup" and "group" in firm.lower().split()):
                    return firm
        if head in ("koperasi", "bank", "universitas", "yayasan", "konsorsium", "dana", "grup", "lembaga"):
            return ""
        recent = self.subjects[-1] if self.subjects else None
        if recent is None or self.paragraph - recent.paragraph > 1:
            return self.main
        return recent.firms[0]

    def last(self, but: str) -> tuple[str, ...]:
        """The firm that the sentences before speak of, other than `but`."""
        for subject in reversed(self.subjects[-2:]):
            others = [firm for firm in subject.firms if firm != but]
            if others:
                return (others[0],)
        return ()

    def those(self) -> tuple[str, ...]:
        """The two of which the sentence before spoke, and of no others; else none."""
        recent = self.subjects[-1] if self.subjects else None
        near = recent is not None and self.paragraph - recent.paragraph <= 1
        return recent.firms if recent is not None and near and len(recent.firms) == 2 else ()

    def spoken_of(self) -> tuple[str, ...]:
        """The firms of the sentence before, where it stands in this paragraph or the one before."""
        recent = self.subjects[-1] if self.subjects else None
        return recent.firms[:1] if recent and self.paragraph - recent.paragraph <= 1 else ()

    def _last_of(self, number: int) -> tuple[str, ...]:
        for subject in reversed(self.subjects[-10:]):
            if len(subject.firms) == number or (number == 0 and len(subject.firms) > 1):
                return subject.firms
        for subject in reversed(self.subjects[-10:]):
            if number and len(subject.firms) > number:
                return subject.firms[:number]
        near = [subject for subject in self.subjects[-8:] if self.paragraph - subject.paragraph <= 4]
        recent = list(dict.fromkeys(firm for subject in reversed(near) for firm in subject.firms))
        return tuple(reversed(recent[:number])) if number and len(recent) >= number else ()
