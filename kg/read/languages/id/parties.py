"""Who makes a deal in Indonesian: firms by name, and whom `perseroan`, `kami`, `ketiganya` or `bank itu` means."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.read.attribution import Found as Said
from kg.read.coded import Coded
from kg.read.languages.id.attribution import main_firm
from kg.read.languages.id.expressions import FIRM_SIGN, PARTY_SIGN, expressions
from kg.read.languages.id.sites import is_country
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Named, Names
from kg.read.segment import Document

_FROM = re.compile(r"\b(?:asal|dari|di|ke|milik) $")
_NUMBERS = {"kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5}
_REMEMBERED = 60
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
        named = [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(words.without_kin(coded.text))]
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
            if re.match(r"(?:[Aa]nak|[Uu]nit) (?:usaha|perusahaan)", words):
                return tuple(named[-1:])
            return tuple(dict.fromkeys(named))
        plain = words.strip().lower()
        number = next((count for word, count in _NUMBERS.items() if plain.startswith(word)), 0)
        if number:
            return self._last_of(number)
        if plain == "mereka":
            return self._last_of(0)
        if plain in ("kami", "kita", "perusahaannya", "pihaknya"):
            return self.speakers_firm(coded.back(position))
        if plain.startswith(("perseroan", "emiten", "manajemen")):
            return (self.main,) if self.main else ()
        if plain == "ia" or re.search(r"\b(?:itu|tersebut|ini)$", plain):
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
            follows = number + 1 < len(signs) and bare[at + 1 : signs[number + 1][0]] in (" ", ", ")
            signs_for = number and before in (" ", ", ") and signs[number - 1][1].kind in (COMPANY, ORGANIZATION)
            if item.kind == PERSON and signs_for:
                continue
            if item.kind == PLACE and at == 0 and _FROM.search(coded.text, max(0, position - 12), position):
                continue
            if item.kind == PLACE and (
                (follows and signs[number + 1][1].kind == PERSON)
                or (len(signs) > 1 and not is_country(item.thing.name) and any(one.kind != PLACE for _, one in signs))
            ):
                continue
            names.append(item.thing.name)
        if names:
            return list(dict.fromkeys(names))
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
        return ()

    def _forms(self, thing: Named) -> set[str]:
        text = self.document.text
        return {text[mention.start : mention.end] for mention in thing.mentions} | {thing.name}

    def _taken_up(self, plain: str) -> str:
        """The firm that `bank itu` or `ia` means: the one whose name has the word, else the last."""
        head = plain.split()[0]
        for subject in reversed(self.subjects[-10:]):
            for firm in subject.firms:
                if firm.lower().split()[0] == head:
                    return firm
        if head in ("koperasi", "bank", "universitas", "yayasan", "konsorsium", "dana", "grup", "lembaga"):
            return ""
        recent = self.subjects[-1] if self.subjects else None
        if recent is None or self.paragraph - recent.paragraph > 1:
            return self.main
        return recent.firms[0]

    def _last_of(self, number: int) -> tuple[str, ...]:
        for subject in reversed(self.subjects[-10:]):
            if len(subject.firms) == number or (number == 0 and len(subject.firms) > 1):
                return subject.firms
        for subject in reversed(self.subjects[-10:]):
            if number and len(subject.firms) > number:
                return subject.firms[:number]
        recent = list(dict.fromkeys(firm for subject in reversed(self.subjects[-10:]) for firm in subject.firms))
        return tuple(reversed(recent[:number])) if number and len(recent) >= number else ()
