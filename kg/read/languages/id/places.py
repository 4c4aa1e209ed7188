"""Places in Indonesian: after a class word, from the gazetteer, and inside the names of other things."""

from __future__ import annotations

import re
from functools import cache

from kg.read import lexicon
from kg.read.language import language
from kg.read.languages.id import persons
from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token, spelled
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention

_SITES = frozenset(["Kawasan", "KEK", "Pelabuhan", "Bandara", "Stasiun", "Terminal", "Pasar", "Zona"])
_LANDFORMS = frozenset(
    ["Tanjung", "Muara", "Batu", "Bandar", "Kuala", "Ujung", "Karang", "Lubuk", "Rantau", "Simpang", "Padang"]
)
"""Words that begin the names of many places, and are some by themselves."""
_SIDES = frozenset(["Utara", "Selatan", "Barat", "Timur", "Tengah", "Raya", "I", "II"])
_NO_PLACE = re.compile(r"\b(?:[Bb]ahasa|dolar|dollar|franc|peso|rupee|poundsterling|aksara|masakan) $")
"""What stands before a country's name that is a language's or a currency's."""
_SMALL = frozenset(["Kecamatan", "Kelurahan", "Desa", "Dusun", "Kampung", "Nagari"])
"""Small places, often called after larger ones: `Kecamatan Medan Marelan`."""
_RULED = frozenset(["Kabupaten", "Kota", "Provinsi", "Kecamatan", "Desa", "Kelurahan", "Distrik", "Pulau"])


def classed(report: Report, tokens: list[Token], at: int, expects: bool) -> Part | None:
    """A place whose name begins or ends with a class word, at `at`; None where none does."""
    head = report.known.is_("place heads", tokens, at)
    if head and at + head < len(tokens) and tokens[at + head].joint == " ":
        here = at + head
        stop = report.stop(tokens, at)
        firm = report.alias_end(tokens, at, stop, COMPANY)
        if firm:
            return Part(firm - at, COMPANY, "name-known", 0.9)
        if stop <= here:
            return None
        count = report.known.gazetteer.longest(tokens, here)
        if tokens[at].text in ("Pasar", "Kawasan") and spelled(tokens[here : here + count]) in report.known.wide:
            return None
        if count == 1 and tokens[here].text in _LANDFORMS and here + 1 < stop and tokens[here + 1].joint == " ":
            count = 0
        inner = report.known.is_("place heads", tokens, here)
        if inner and not count and here + inner < stop:
            count = inner + max(1, report.known.gazetteer.longest(tokens, here + inner))
        if tokens[at].text == "Pasar" and tokens[stop - 1].text in report.known.phrases["fields"]:
            return None
        end = here + count if count else here + 1
        while not count and end < stop and end - here < 3 and not expects:
            is_site = tokens[at].text in _SITES
            if report.head(tokens, end) or (report.known.gazetteer.longest(tokens, end) and not is_site):
                break
            end += 1
        if count and tokens[at].text in _SMALL and end == stop - 1 and not expects and not report.head(tokens, end):
            end = stop
        while end < stop and tokens[end].text in _SIDES:
            end += 1
        return Part(end - at, PLACE, "name-place-class", 0.95)
    return _tailed(report, tokens, at)


def _tailed(report: Report, tokens: list[Token], at: int) -> Part | None:
    """A place whose name ends with a class word; None where none does."""
    stop = report.stop(tokens, at)
    for here in range(stop - 1, at, -1):
        tail = report.known.is_("place tails", tokens, here)
        if tail and not any(_is_firm_word(report, tokens[each]) for each in range(here + tail, stop)):
            return Part(here + tail - at, PLACE, "name-place-tail", 0.9)
    return None


def _is_firm_word(report: Report, token: Token) -> bool:
    return token.text in report.known.phrases["company tails"] or token.text in report.known.phrases["legal after"]


def count_at(report: Report, tokens: list[Token], at: int) -> int:
    """How many tokens at `at` are a place inside a name, its class word counted."""
    head = report.known.is_("place heads", tokens, at)
    here = at + head
    count = report.known.gazetteer.longest(tokens, here) if here < len(tokens) else 0
    if head:
        return head + count if count else head + (1 if here < len(tokens) else 0)
    words = spelled(tokens[at : at + count])
    return count if count and (report.known.is_sure_place(words) or count > 1) else 0


def gazetted(report: Report, tokens: list[Token], at: int, stop: int, expects: bool) -> Part | None:
    """A place of the gazetteer: sure by itself, or led to by the words before."""
    count = min(report.known.gazetteer.longest(tokens, at), stop - at)
    if not count:
        return None
    words = spelled(tokens[at : at + count])
    if words not in report.known.gazetteer.names and not words.isupper():
        return None
    if words == "AS" and report.text[max(0, tokens[at].start - 7) : tokens[at].start].endswith(("dolar ", "dollar ")):
        return None
    if words == "Arab" or _NO_PLACE.search(report.text, max(0, tokens[at].start - 12), tokens[at].start):
        return Part(count, "", "", 0.0)
    names = report.known.phrases["given names"] | report.known.phrases["family names"]
    if words in names and count == 1 and (stop - at > 1 or expects):
        return None
    sure = report.known.is_sure_place(words) or (words.isupper() and report.known.is_sure_place(words.title()))
    if at + count < stop:
        # a place begins a longer run only before a person's name after a post, or before another place
        is_ruled = expects and stop - at - count > 1 and persons.is_ruled(report, tokens, at)
        if (sure and (expects or count_at(report, tokens, at + count))) or is_ruled:
            return Part(count, PLACE, "name-place", 0.85)
        return None
    if sure and not (expects and persons.is_expected(report, tokens, at, stop)):
        return Part(count, PLACE, "name-place", 0.9)
    if expects:
        return None
    before = report.text[max(0, tokens[at].start - 30) : tokens[at].start]
    after = report.text[tokens[at + count - 1].end : tokens[at + count - 1].end + 12]
    if _place_leads().search(before) or re.match(r" ?[(,–—-] ?(?:\d|[A-Z]{3,}|–|—)", after):
        return Part(count, PLACE, "name-place-led", 0.8)
    return None


def within(report: Report, tokens: list[Token], part: Part) -> list[Mention]:
    """Places named inside another name; they count for themselves, without their class word."""
    if part.type in (PERSON, COMPANY):
        return []
    found: list[Mention] = []
    pieces = _pieces(report, tokens)
    zone = next((n for n, piece in enumerate(pieces) if piece.text == "Kawasan"), 0)
    if part.type == ORGANIZATION and 0 < zone < len(pieces) - 2:
        name = report.text[pieces[zone].start : tokens[-1].end]
        return [Mention(pieces[zone].start, tokens[-1].end, name, PLACE, "name-place-within", 0.8)]
    at = 0
    while at < len(pieces):
        head = report.known.is_("place heads", pieces, at) if part.type != PLACE else 0
        at += head
        count = _longest_piece(report, pieces, at)
        if not count and head and at < len(pieces) and pieces[at - head].text in _RULED:
            count = 1
        while count and head and at + count < len(pieces) and pieces[at + count].text in _SIDES:
            count += 1
        inner = pieces[at : at + count]
        if [piece.text for piece in inner] == ["Nusantara"]:
            count, inner = 0, []
        is_whole = bool(count) and inner[0].start == tokens[0].start and inner[-1].end == tokens[-1].end
        is_wide = {piece.text for piece in inner} & (report.known.wide | {"Nusantara", "Nasional"})
        is_national = part.type == ORGANIZATION and not head and is_wide and not report.is_government(tokens)
        is_class = part.type == PLACE and pieces[0].text in report.known.phrases["place heads"]
        is_rest = part.rule == "name-place-tail" and bool(count) and inner[-1].end == tokens[-1].end
        if count and not (is_whole or is_national or is_class or is_rest) and (head or _is_sure(report, inner)):
            name = report.text[inner[0].start : inner[-1].end]
            found.append(Mention(inner[0].start, inner[-1].end, name, PLACE, "name-place-within", 0.8))
        at += max(count, 1)
    return found


def _pieces(report: Report, tokens: list[Token]) -> list[Token]:
    """The tokens of a name, those with a hyphen that are no place as a whole cut in two."""
    pieces: list[Token] = []
    for token in tokens:
        at = token.start
        is_whole = token.text in report.known.gazetteer.names
        for piece in [token.text] if is_whole else re.split(r"(?<=\w)-(?=[A-Z])", token.text):
            pieces.append(Token(at, at + len(piece), piece, " "))
            at += len(piece) + 1
    return pieces


def _longest_piece(report: Report, pieces: list[Token], at: int) -> int:
    """How many pieces of a name from `at` are a place, a hyphen in it or not."""
    for count in (3, 2):
        if at + count <= len(pieces):
            words = report.text[pieces[at].start : pieces[at + count - 1].end]
            if "-" in words and report.known.is_sure_place(words):
                return count
    return report.known.gazetteer.longest(pieces, at) if at < len(pieces) else 0


def _is_sure(report: Report, tokens: list[Token]) -> bool:
    words = report.text[tokens[0].start : tokens[-1].end]
    return report.known.is_sure_place(words) or report.known.is_sure_place(" ".join(token.text for token in tokens))


@cache
def _place_leads() -> re.Pattern[str]:
    known = language("id")
    return re.compile(rf"\b(?:{lexicon.any_of(known.words('names', 'place lead'))}) $", re.IGNORECASE)
