"""Names in Indonesian that no rule tells: their type is that of the names beside them, or told by their own words."""

from __future__ import annotations

import re

from kg.read.languages.id.persons import MOST_WORDS
from kg.read.languages.id.words import lists
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold
from kg.read.segment import Document

_LAST = re.compile(r"\.?,? (?:dan|serta|maupun|atau) ")
_ORIGIN = r"(?: \([A-Z][\w ]+\)| (?:dari|asal) [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
_PAIR = re.compile(rf"\.?{_ORIGIN}(?:,? (?:dan|serta|maupun|bersama(?: dengan)?) )")
_WHO = re.compile(
    r"(?: \(\d\d\))?,? "
    r"(?:yang (?:me|ber|di|ter|juga|sudah|telah|kini|pernah|sehari|akrab|biasa|saban|turut|hadir|datang)"
    r"|(?:tampak|hadir|duduk|berdiri|tersenyum|tertawa|terkekeh|terlihat|mengangguk|menggeleng|menyeka|menatap|lahir)\b)"
)
_FIRST = re.compile(r"(?:[.!?”\"\n] |\n|, |^)$")
_DOES = re.compile(
    r"(?: (?:baru saja|akan|telah|sudah|kini|pernah|masih|lalu|pun|juga|sendiri|kembali|hanya|lantas|kemudian|sempat"
    r"|tak|tidak|belum|justru))*"
    r" (?:me(?!nit|ter|rek|dia|nteri|sin)|ber(?!sama)|ter(?!sebut|hadap|kait|masuk))[a-z]{3,}"
)
"""How a clause goes on of which the name is the subject."""
_OWNED = re.compile(
    r"\b(?:milik|kepunyaan|dimiliki|dikelola|dikendalikan|besutan|garapan|digarap|dibangun)(?: oleh)? $"
)
"""What stands before the name of an owner; a person's would have a given name in it."""
_BEHIND = re.compile(
    r"(?: (?:dari|asal) [A-Z]\w+)?[^.!?\nA-Z]{0,60}[.!?][”\"]?\s{1,3}"
    r"(?P<head>[A-Z][a-z]+)(?: [a-z]+){0,3} (?:itu|tersebut)\b"
)
"""What stands between a name and the words that take it up in the next sentence."""
_INSIDE = re.compile(r"[a-z,] $")
_CAMEL = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Du)[A-Z][a-z]+[A-Z][a-z]{2,}")
_TITLE = re.compile(r"[A-Z][a-z’'-]+(?:[A-Z][a-z]+)?")


def settle(document: Document, found: list[Mention]) -> list[Mention]:
    """The mentions, those without a type given one where their neighbours or their words tell it."""
    told = {fold(one.name): one.type for one in found if one.type}
    settled: dict[str, tuple[str, str]] = {}
    for number, one in enumerate(found):
        key = fold(one.name)
        if one.type or key in told or key in settled:
            continue
        kind = _beside(document.text, found, number)
        rule = "name-beside"
        if not kind:
            kind, rule = _worded(document, one) or _taken_up(document.text, one), "name-worded"
        if kind:
            settled[key] = kind, rule
    return [
        one._replace(type=settled[fold(one.name)][0], rule=settled[fold(one.name)][1], confidence=0.55)
        if not one.type and fold(one.name) in settled
        else one
        for one in found
    ]


def _beside(text: str, found: list[Mention], number: int) -> str:
    """The type of the name that this one is listed with (`A dan B`, `A, B, dan C`)."""
    one = found[number]
    if " " not in one.name and text[max(0, one.start - 2) : one.start].strip() in ("", ".", "“", '"'):
        return ""
    for other, gap in (
        (number + 1, text[one.end : found[number + 1].start] if number + 1 < len(found) else ""),
        (number - 1, text[found[number - 1].end : one.start] if number else ""),
    ):
        if not _PAIR.fullmatch(gap):
            continue
        kind = found[other].type
        if kind == COMPANY and found[other].confidence > 0.6:
            return kind
        is_field = any(word in lists().phrases["fields"] for word in one.name.split())
        if kind == PERSON and 1 < len(one.name.split()) <= MOST_WORDS and not is_field:
            return kind
        if kind == PLACE and _LAST.fullmatch(gap):
            return kind
    return ""


def _taken_up(text: str, one: Mention) -> str:
    """The type told by the sentence behind, which takes the name up by its kind (`Organisasi lingkungan itu …`)."""
    match = _BEHIND.match(text, one.end)
    if match is None or (" " not in one.name and not _INSIDE.match(text, max(0, one.start - 2), one.start)):
        return ""
    known = lists().phrases
    head = match["head"].lower()
    for key, kind in (("firm noun", COMPANY), ("body noun", ORGANIZATION), ("person noun", PERSON)):
        if head in known[key]:
            return kind if kind != PERSON or len(one.name.split()) <= MOST_WORDS else ""
    return ""


def _worded(document: Document, one: Mention) -> str:
    """The type that the words of a name tell, or how a clause goes on that speaks of a person."""
    known, words = lists(), one.name.split()
    if len(words) == 1 and _CAMEL.fullmatch(one.name) and one.name not in known.phrases["organizations"]:
        return COMPANY
    if not 2 <= len(words) <= MOST_WORDS or not all(_TITLE.fullmatch(word) for word in words):
        return ""
    given = sum(word in known.phrases["given names"] or word in known.phrases["family names"] for word in words)
    firm = sum(word in known.phrases["company words"] for word in words)
    if firm > 1 and firm > given and len(words) > 2:
        return COMPANY
    if not given and _OWNED.search(document.text, max(0, one.start - 24), one.start):
        return COMPANY
    if any(word in known.phrases["fields"] or word in known.phrases["post tails"] for word in words):
        return ""
    if not given and any(len(word) > 3 and word.lower() in document.lower_words for word in words):
        return ""
    if _FIRST.search(document.text, max(0, one.start - 3), one.start) and _DOES.match(document.text, one.end):
        return PERSON
    if _WHO.match(document.text, one.end) or words[-1] in known.phrases["family names"]:
        return PERSON
    return ""
