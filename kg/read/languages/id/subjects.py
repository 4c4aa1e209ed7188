"""Of whom Indonesian sentences and reports speak: whom the next sentence's `dia` and `-nya` mean, and `perseroan`."""

from __future__ import annotations

import re

from kg.read.attribution import PERSONS
from kg.read.coded import code_class
from kg.read.model import COMPANY, PERSON
from kg.read.names import Names

_NOT_SUBJECT = re.compile(r"\b(?:dengan|kepada|oleh|bersama|dari|untuk|bagi|antara|milik|atas|terhadap|seperti)\s*$")
_TOPIC = re.compile(r"(?:^|^Namun, |^Tetapi, |^Tapi )[Bb]agi (?:[a-z]+ ){0,3}$")
"""Words before a name with which a sentence begins that goes on to tell of its bearer."""
_COMES_FROM = re.compile(r"\b(?:datang|muncul|keluar|terdengar|terlontar) dari (?:[a-z]+ ){0,4}$")
"""Words before the name of somebody whose opinion is told next."""
_ANSWERED = re.compile(
    r"\b(?:dijawab|ditanggapi|dibantah|ditolak|disanggah|ditepis|direspons|disambut|dibenarkan|diamini|dikritik|dipuji)\b"
    rf"[^,.{code_class(PERSON)}]{{0,90}}[{code_class(PERSON)}]"
)
"""Who answers something; what is said next is that one's."""
_KIN = re.compile(
    r"\b(?i:anak|putra|putri|istri|suami|adik|kakak|ibu|ayah|paman|rekan|kolega|atasan|bawahan|wakil|pengacara|ajudan"
    r"|tetangga|sahabat|mitra)(?: [a-z]+){0,2} $"
)
_APPOSED = re.compile(rf"[^,.;]{{0,40}}, (?:[A-Z][a-z]{{0,4}}\. ?)*[{code_class(PERSON)}],")
"""By whom somebody is told of whose own name follows: `Istri A, B, …`."""


def subject(text: str) -> re.Match[str] | None:
    """The person that a coded sentence is about: who answers, whose opinion comes, or the first that is no object."""
    answering = _ANSWERED.search(text)
    if answering:
        return PERSONS.match(text, answering.end() - 1)
    for match in PERSONS.finditer(text):
        before = text[: match.start()]
        if _KIN.search(before) and _APPOSED.match(text, match.end()):
            continue
        if _TOPIC.search(before) or _COMES_FROM.search(before) or not _NOT_SUBJECT.search(before):
            return match
    return None


def main_firm(names: Names) -> str:
    """The firm that a report is about: the one named most, the first of those; empty where it names none."""
    things = [thing for thing in names.things if thing.type == COMPANY]
    best = max(things, key=lambda thing: len(thing.mentions), default=None)
    return best.name if best else ""
