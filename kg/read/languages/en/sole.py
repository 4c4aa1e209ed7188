"""Investments told without a verb of building: the one firm of a sentence, a new facility, and the one place for it."""

from __future__ import annotations

from typing import NamedTuple

from kg.read.coded import Coded
from kg.read.languages.en.amounts import money
from kg.read.languages.en.clauses import Clause, Sentence
from kg.read.languages.en.patterns import compiled, find
from kg.read.languages.en.sites import places_of
from kg.read.model import COMPANY, ORGANIZATION, Amount
from kg.read.names import Named

_LONG = 200
"""Characters of a clause in which more is told than what one firm builds."""
_BESIDE = 70
"""Characters between a facility and the firm that builds it."""


class Sole(NamedTuple):
    """An investment that a sentence tells by what it names."""

    firms: list[Named]
    place: str
    amount: Amount | None


def sole(coded: Coded, clause: Clause, following: Sentence | None, topic: Named | None) -> Sole | None:
    """The investment of a clause that names a facility as new, and one firm alone or firms that act together.

    Without a firm, `its mill` is that of `topic`, and whose it is may be told by the sentence `following`.
    """
    text = coded.text[clause.start : clause.end]
    if clause.is_dubious or len(text) > _LONG or find("not new").search(text):
        return None
    fresh = find("fresh").search(text) or find("fresh of firm").search(text)
    if not fresh or not (find("afoot").search(text) or find("fresh of firm").search(text)):
        return None
    if not compiled("{MONEY}").search(text) and find("soft facility").search(fresh[0]):
        return None
    is_part = clause.end - clause.start < len(coded.text.rstrip(" ."))
    place = _place(coded, text) or ("" if is_part else _place(coded, coded.text))
    firms = _firms(coded, text)
    if firms is None or not place or (firms and not find("builder stands").search(text)):
        return None
    if firms and not _is_beside(coded, text, fresh.span()):
        return None
    if not firms and topic and find("of topic").search(text):
        firms = [topic]
    if not firms and following and find("afoot alone").search(text):
        firms = _told_next(following)
    return Sole(firms, place, money(coded, text)) if firms else None


def _is_beside(coded: Coded, text: str, facility: tuple[int, int]) -> bool:
    """Whether a firm stands near the facility, so that it may be the one that builds it."""
    spans = [match.span() for match in compiled("{FIRM}").finditer(text)]
    return any(start - facility[1] < _BESIDE and facility[0] - end < _BESIDE for start, end in spans)


def _place(coded: Coded, text: str) -> str:
    """The place that goes with a facility: beside it, at the head of the sentence, or the receiver of it."""
    for name in ("placed", "place of facility", "host", "lead"):
        match = find(name).search(text) if name != "host" else find(name).match(text)
        if match:
            places = places_of(coded, text[match.start("place") - 4 if match.start("place") > 4 else 0 :])
            return places[0] if places else str(coded.item(match["place"]).thing.name)
    places = places_of(coded, text)
    ruled = None if places else find("mayor of").search(text)
    if ruled:
        return str(coded.item(ruled["place"] or ruled["place2"]).thing.name)
    return places[0] if places else ""


def _firms(coded: Coded, text: str) -> list[Named] | None:
    """The one firm of a sentence, or all of one list; None where it names several apart."""
    named = {item.thing.name: item.thing for item in coded.found(text, COMPANY, ORGANIZATION)}
    if not named:
        return []
    if not all(_builds(thing) for thing in named.values()):
        return None
    if len(named) == 1 or find("jointly").search(text):
        return list(named.values())
    listed = compiled("{firms}").search(find("brackets").sub("", text))
    group = {item.thing.name for item in coded.found(listed[0], COMPANY, ORGANIZATION)} if listed else set()
    return list(named.values()) if group == named.keys() else None


def _builds(thing: Named) -> bool:
    return thing.type == COMPANY or find("building body").search(thing.name) is not None


def _told_next(following: Sentence) -> list[Named]:
    """Whom the next sentence calls the builder of `the mill`."""
    coded = following.coded
    if any(clause.is_dubious for clause in following.clauses) or find("not new").search(coded.text):
        return []
    return (_firms(coded, coded.text) or []) if find("its builder").search(coded.text) else []
