"""Who makes a deal in Indonesian: firms by name, and whom `perseroan`, `kami`, `ketiganya` or `bank itu` means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from kg.read.attribution import Found as Said
from kg.read.coded import Coded, code_class
from kg.read.languages.id.expressions import FIRM_SIGN, PARTY_SIGN, expressions
from kg.read.languages.id.subjects import main_firm
from kg.read.model import COMPANY, COUNT, ORGANIZATION, PERSON, PLACE
from kg.read.names import Names
from kg.read.segment import Document

_CHILD = re.compile(r"\b(?:[Aa]nak|[Uu]nit|[Cc]ucu) (?:usaha|perusahaan) $")
_FROM = re.compile(r"\b(?:asal|dari|di|ke|milik) $")
_AGAIN = re.compile(
    r"\b[Pp]erseroan\b|\b[Pp]erusahaan (?:[a-z]+ ){0,3}?(?:itu|tersebut|ini)\b"
    r"|(?:^|, )[Pp]erusahaan (?=(?:akan|juga|telah|me))"
)
"""Words that mean the firm spoken of before."""
_WITH_WHOM = re.compile(
    r"\b(?:kepada|terhadap|nasabah|pelanggan)\b"
    r"|\b(?:diteken|ditandatangani|perjanjian|kontrak|utang|pinjaman)\b[^,;]{0,40} dengan\b"
)
"""What tells that a firm is only dealt with, and that the one before is still spoken of."""
_TITLED = re.compile(r",? (?:(?:[A-Z][a-z]{0,4}\.|Haji|Bapak|Ibu|Pak|Bu) ?)*")
"""What stands between a firm and the name of who signs for it."""
_INSIDE = re.compile(rf"([{code_class(COMPANY, ORGANIZATION)}])[^,;]{{0,30}}, yang [^,;]{{2,90}} $")
"""A firm, and the clause about it in which another one is named that does not act: `A, yang dibeli B, membangun …`."""
_WORD = re.compile(r"\w+")
_NESTED = 20
"""Statements before a position in which one that holds it stands, since hardly any stands within others."""
_SOME = re.compile(
    rf"(?:[{code_class(COUNT)}]|\b(?i:sebuah|suatu|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh"
    r"|sejumlah|beberapa|para|puluhan|banyak|salah satu)) $"
)
"""What comes before firms that are not named."""
_NUMBERS = {"kedua": 2, "ketiga": 3, "keempat": 4, "kelima": 5}
_REMEMBERED = 60
_BESIDE = re.compile(r"\b(?:[Ss]elain|[Ss]eperti|[Mm]enyusul|[Mm]engikuti|[Bb]erbeda (?:dengan|dari)|[Ss]etelah) $")
"""What comes before a firm that is told of besides, and is not who acts."""
_THROUGH = re.compile(
    r"\b(?:[Mm]elalui|[Ll]ewat)(?: (?:anak|unit|cucu) (?:usaha|perusahaan)(?:nya)?,?| perusahaan patungan,?)? $"
)
"""What leads to the subsidiary by which a firm acts."""
_RELATED = re.compile(
    r"\b(?i:mitra|rekan|pemasok|pelanggan|pesaing|induk|cabang|afiliasi|pembeli|kontraktor|pemilik|pemegang saham)"
    r"(?: [a-z]+)? $"
)
"""By what relation to the firm named next somebody is told of, whose own name follows: `Mitra lokal A, B, akan …`."""
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
        self.acting: tuple[str, ...] = ()
        self.paragraph = 0

    def note(self, coded: Coded, own: int) -> tuple[str, ...]:
        """Keep in mind the firms of a sentence, which are returned, and the two that `kedua pihak` means in it.

        Its `own` words begin behind the dateline.
        """
        words = expressions()
        bare = words.without_kin(coded.text[own:])
        named = [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(bare)]
        beside = [coded.item(sign).thing.name for sign in words.beside.findall(bare)]
        again = _AGAIN.search(bare) if "erus" in bare or "erseroan" in bare else None
        if again and not FIRM_SIGN.search(bare, 0, again.start()):
            named.insert(0, self._taken_up(again[0].lower()))
        named.sort(key=lambda name: name in beside)
        firms = tuple(dict.fromkeys(name for name in named if name and not words.government.match(name)))
        self.acting = tuple(name for name in firms if name not in beside) or firms
        if firms and self.subjects and set(named) <= set(beside) and _WITH_WHOM.search(bare):
            firms = (self._taken_up("perusahaan"), *firms)
            firms = tuple(dict.fromkeys(filter(None, firms)))
        if firms:
            self.subjects.append(_Subject(firms, self.paragraph))
            del self.subjects[:-_REMEMBERED]
        both = _BOTH.search(coded.text) if "edua " in coded.text else None
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
        if not named:
            return self._meant(words.strip(" .,").lower(), coded, position)
        before = coded.text[max(0, position - 20) : position]
        within = _INSIDE.search(coded.text, max(0, position - 140), position)
        if within and coded.text[position + 1 : position + 2] == ",":
            return (coded.item(within[1]).thing.name,)
        if re.match(r"(?:[Aa]nak|[Uu]nit) (?:usaha|perusahaan)", words) or _CHILD.search(before):
            return tuple(named[-1:])
        if _THROUGH.search(coded.text, max(0, position - 50), position):
            return tuple(named[:1])
        if len(named) > 1 and words[1:3] == ", " and _RELATED.search(before):
            return tuple(dict.fromkeys(named[1:]))
        if len(named) > 1 and _BESIDE.search(before):
            return tuple(dict.fromkeys(named[1:]))
        again = expressions().again.match(bare)
        taken = [self._taken_up(again[0].lower())] if again else []
        return tuple(dict.fromkeys([*filter(None, taken), *named]))

    def _meant(self, plain: str, coded: Coded, position: int) -> tuple[str, ...]:
        """The firms that a pronoun or a description means."""
        if _SOME.search(coded.text, max(0, position - 12), position):
            return ()
        number = next((count for word, count in _NUMBERS.items() if re.search(rf"\b{word}(?:nya)?\b", plain)), 0)
        if number:
            named = [one.thing.name for one in coded.found(coded.text[:position], COMPANY, ORGANIZATION)]
            distinct = tuple(dict.fromkeys(named))
            return distinct[-number:] if len(distinct) >= number else self._last_of(number)
        if plain == "mereka":
            recent = self.subjects[-1] if self.subjects else None
            if recent is None or len(recent.firms) > 1 or self.paragraph - recent.paragraph > 1:
                return self._last_of(0)
            is_near = recent.paragraph == self.paragraph or all(len(one.firms) == 1 for one in self.subjects[-3:])
            return recent.firms if is_near else self._last_of(0)
        if plain in ("kami", "kita", "perusahaannya", "pihaknya"):
            return self.speakers_firm(coded.back(position)) or (
                self._before(coded, position) if plain.endswith("nya") else ()
            )
        if plain.startswith(("perseroan", "emiten", "manajemen")):
            return (self.main,) if self.main else ()
        if plain == "perusahaan" and (leads := self.leaders_firm(coded.back(position))):
            return leads
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
            signs_for = number and _TITLED.fullmatch(before) and signs[number - 1][1].kind in (COMPANY, ORGANIZATION)
            behind = bare[at + 1 : signs[number + 1][0]] if number + 1 < len(signs) else ""
            if item.kind == PERSON and (signs_for or behind in (" dari ", " mewakili ")):
                continue
            if item.kind == PLACE and at == 0 and _FROM.search(coded.text, max(0, position - 12), position):
                continue
            if item.kind == PLACE and any(one.kind != PLACE for _, one in signs):
                continue
            names.append(item.thing.name)
        again = [self._taken_up(found[0].lower()) for found in known.again.finditer(bare)]
        if names or (signs and any(again)):
            return list(dict.fromkeys([*filter(None, again), *names]))
        return list(self.firms(words, coded, position))

    def speakers_firm(self, position: int) -> tuple[str, ...]:
        """The firm for which somebody says `kami`: that of the speaker's post."""
        for one in self._said_over(position, position + 1):
            if one.speaker:
                known = self.names.known(one.speaker, COMPANY, ORGANIZATION)
                if known is not None:
                    return (known.name,)
                if named := self._named_in(one.role):
                    return (named,)
                if _LEADER.match(one.role):
                    return self.spoken_of() or ((self.main,) if self.main else ())
        return ()

    def is_leader(self, start: int, end: int) -> bool:
        """Whether something between two positions is told by a firm's leader."""
        return any(_LEADER.match(one.role) for one in self._said_over(start, end))

    def leaders_firm(self, position: int) -> tuple[str, ...]:
        """The firm of which a leader of it tells; who watches it from elsewhere speaks for nobody."""
        return self.speakers_firm(position) if self.is_leader(position, position + 1) else ()

    def _said_over(self, start: int, end: int) -> list[Said]:
        """The statements that share something with a stretch."""
        last = bisect_left(self.said, end, key=lambda one: one.start)
        return [one for one in self.said[max(0, last - _NESTED) : last] if start < one.end]

    def _named_in(self, role: str) -> str:
        """The first of the report's firms and bodies that a role names; empty where there is none."""
        found = [known for word in _WORD.findall(role) for known in self._forms.get(word, ())]
        told = (thing for _, form, thing in sorted(found) if re.search(rf"(?<!\w){re.escape(form)}(?!\w)", role))
        return next(told, "")

    @cached_property
    def _forms(self) -> dict[str, list[tuple[int, str, str]]]:
        """By its first word each form of a firm's or body's name, with its place among the things and its full name."""
        text, forms = self.document.text, defaultdict(list)
        for place, thing in enumerate(self.names.things):
            if thing.type in (COMPANY, ORGANIZATION):
                for form in {thing.name, *(text[one.start : one.end] for one in thing.mentions)}:
                    first = _WORD.search(form)
                    if first:
                        forms[first[0]].append((place, form, thing.name))
        return forms

    def _before(self, coded: Coded, position: int) -> tuple[str, ...]:
        """The firm named last before a position: whose `pihaknya` it is."""
        named = coded.found(coded.text[:position], COMPANY, ORGANIZATION)
        return (named[-1].thing.name,) if named else ()

    def _taken_up(self, plain: str) -> str:
        """The firm that `bank itu` or `ia` means: the one whose name has the word, else the last."""
        head = plain.split()[0]
        for subject in reversed(self.subjects[-10:]):
            for firm in subject.firms:
                if head in firm.lower().split() or (head == "grup" and "group" in firm.lower().split()):
                    return firm
        recent = self.subjects[-1] if self.subjects else None
        if head in ("koperasi", "bank", "universitas", "yayasan", "konsorsium", "dana", "grup", "lembaga"):
            is_near = recent is not None and len(recent.firms) == 1 and self.paragraph - recent.paragraph <= 1
            is_body = is_near and recent is not None and self.names.known(recent.firms[0], ORGANIZATION) is not None
            is_body = is_body or (is_near and head in ("grup", "konsorsium"))
            return recent.firms[0] if is_body and recent is not None and head != "universitas" else ""
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

    def both(self) -> tuple[str, ...]:
        """The two that `keduanya` means."""
        return self._last_of(2)

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
