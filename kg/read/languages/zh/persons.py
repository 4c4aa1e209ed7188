"""Persons in Chinese: by the dot in their name, a title, a byline, a verb of speech or a title of courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import EDGE, Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import PERSON


def persons(page: Page) -> Iterator[Piece]:
    """Persons: by their dot, after a title or in a byline, before a verb of speech, before a title of courtesy."""
    text, words = page.text, page.words
    for match in words.dotted.finditer(text):
        start = _dotted_start(page, match.start(), match.end())
        yield Piece(start, _dotted_end(page, match.start(), match.end()), PERSON, "name-dot", 0.94)
    for match in words.byline.finditer(text):
        yield from _listed(page, match.end(), "name-byline", 0.95)
    for match in words.title.finditer(text):
        yield from _listed(page, match.end(), "name-title", 0.9)
    for match in words.honor.finditer(text):
        yield from _listed(page, match.end(), "name-honorific", 0.88)
    for match in words.clause.finditer(text):
        start = match.end()
        end = _person_end(page, start, speaks=True)
        if end:
            yield Piece(start, end, PERSON, "name-saying", 0.72)
            continue
        end = _courtesy_end(page, start)
        if end:
            yield Piece(start, end, PERSON, "name-courtesy", 0.8)


def _courtesy_end(page: Page, start: int) -> int:
    """Where a name that begins here and has a title of courtesy after it ends, or 0."""
    words = page.words
    surname = words.surname.match(page.text, start)
    if surname is None:
        return 0
    for stop in (surname.end() + 2, surname.end() + 1):
        given = page.text[surname.end() : stop]
        suffix = words.suffix.match(page.text, stop)
        if suffix is None or len(suffix[0]) < 2 or not re.fullmatch(f"[{HAN}]+", given):
            continue
        if not (words.suffix.match(given) or words.breaks.search(given) or words.plain.fullmatch(given)):
            return stop
    return 0


def _dotted_start(page: Page, start: int, end: int) -> int:
    """A dotted name without the title or break before it."""
    dot = min((at for at in (page.text.find(sign, start, end) for sign in "·・•‧.．") if at > 0), default=end)
    stop = max((found.end() for found in page.words.title.finditer(page.text, max(0, start - 12), dot)), default=start)
    start = stop if start < stop < dot else start
    cuts = [found.end() for found in page.words.breaks.finditer(page.masked, start, dot) if found.end() < dot]
    return max(
        [start, *(cut for cut in cuts if not re.fullmatch(f"[{page.words.sound_signs}]+", page.text[start:dot]))]
    )


def _dotted_end(page: Page, start: int, end: int) -> int:
    """The end of a dotted name without the verb after it."""
    last = max(page.text.rfind(sign, start, end) for sign in "·・•‧.．") + 1
    sounded = re.compile(f"[{page.words.sound_signs}A-Za-z]+").match(page.text, last, end)
    stop = sounded.end() if sounded else end
    return next(
        (
            at
            for at in range(last + 1, stop)
            if page.words.say.match(page.text, at) or page.words["after dotted"].match(page.text, at)
        ),
        stop,
    )


def _listed(page: Page, start: int, rule: str, sure: float) -> Iterator[Piece]:
    """The name that begins here, and those joined to it."""
    start += page.text[start : start + 1] in ("：", ":", " ")
    for _ in range(6):
        honor = page.words.honor.match(page.text, start)
        start = honor.end() if honor else start
        end = _person_end(
            page,
            start,
            speaks=False,
            is_byline=rule == "name-byline",
            is_honored=rule == "name-honorific" or honor is not None,
        )
        if not end:
            return
        yield Piece(start, end, PERSON, rule, sure)
        if page.text[end : end + 1] not in ("、", "和", "与", " ", "，" if rule == "name-byline" else "、"):
            return
        start = end + 1


def _person_end(page: Page, start: int, speaks: bool, is_byline: bool = False, is_honored: bool = False) -> int:
    """Where the person's name that begins at `start` ends, or 0."""
    text, words = page.text, page.words
    follows = words.say if speaks else words.follows
    dotted = words.dotted.match(text, start)
    if dotted:
        return _dotted_end(page, start, dotted.end())
    for end in _person_ends(page, start):
        if _is_person(page, start, end, speaks) and (end >= len(text) or follows.match(text, end)):
            return end
    if speaks:
        return 0
    if is_byline:
        return _byline_end(page, start)
    for end in (start + 2, start + 3):
        if _is_known_by_saying(page, start, end):
            return end
    return _sounding_end(page, start, is_honored)


def _byline_end(page: Page, start: int) -> int:
    """Where a name without a known surname ends that a mark parts from the word for who wrote; or 0."""
    found = re.compile(f"[{HAN}]{{2,4}}(?![{HAN}])").match(page.text, start)
    if found is None or page.text[start - 1] not in ":：/／ " or page.words.own.match(page.text, start):
        return 0
    return 0 if page.words.plain.fullmatch(found[0]) or page.words.title.match(found[0]) else found.end()


def _is_known_by_saying(page: Page, start: int, end: int) -> bool:
    """Whether words after a title, without a known surname, speak more than once, and so must be a name."""
    name = page.text[start:end]
    if not re.fullmatch(f"[{HAN}]{{2,}}", name) or page.begins_plain(name):
        return False
    if page.words.breaks.search(name) or page.words.verb.match(name) or not page.words.verb.match(page.text, end):
        return False
    return page.text.count(name) > 1


def _person_ends(page: Page, start: int) -> list[int]:
    """Where a Chinese or Japanese name that begins here may end, the likeliest first."""
    ends: list[int] = []
    found = page.words.own.match(page.text, start)
    if found:
        two = _own_two(page, start)
        ends += [two + 1, found.end("double"), two] if found["double"] else [two + 1, two]
        if not found["double"] and _is_verb(page, two):
            ends.remove(two + 1)
    japanese = page.words.japanese.match(page.text, start)
    if japanese:
        ends += [start + length for length in (4, 5, 3) if start + length <= japanese.end()]
    return ends


def _is_person(page: Page, start: int, end: int, speaks: bool) -> bool:
    """Whether these characters can be a person's name: Han, no common word, no verb or title at its end."""
    words, name = page.words, page.text[start:end]
    surname = words.surname.match(name)
    if len(name) < end - start or not re.fullmatch(f"[{HAN}]+", name) or words.role.fullmatch(name):
        return False
    if end - start > 2 and words.suffix.fullmatch(name, surname.end() if surname else 1):
        return False
    if words.plain.fullmatch(name) or words.plain.fullmatch(name[-2:]) or name in words.places:
        return False
    if speaks:
        return name[-1] not in "也还又则并曾就都再说称指表续氏"
    goes_on = re.match(f"[{HAN}]", page.text[end : end + 1])
    return not (len(name) > 2 and goes_on and words.breaks.fullmatch(name[-1]))


def _sounding_end(page: Page, start: int, is_honored: bool) -> int:
    """Where a name from another script that begins here ends, told by its characters and what follows; or 0."""
    text, words = page.text, page.words
    sounded = words.sounds.match(text, start)
    if is_honored and sounded and words.follows.match(text, sounded.end()):
        return sounded.end()
    last = start + 8 if is_honored else sounded.end() if sounded else 0
    for end in range(start + 2, min(last, len(text)) + 1):
        if EDGE.match(text[end - 1]):
            return 0
        if text[start:end] not in words.places and words.say.match(text, end):
            return end
    return 0


def _is_verb(page: Page, at: int) -> bool:
    """Whether a verb of speech of two characters or more begins here."""
    verb = page.words.verb.match(page.text, at)
    return verb is not None and len(verb[0]) > 1


def _own_two(page: Page, start: int) -> int:
    surname = page.words.surname.match(page.text, start)
    assert surname is not None
    return surname.end() + 1
