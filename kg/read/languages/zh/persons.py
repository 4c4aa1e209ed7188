"""Persons in Chinese: by the dot in their name, a title, a byline, a verb of speech or a title of courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import EDGE, Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import COMPANY, PERSON

_TO_US = re.compile(r"[向随由与和](?:本[报台网社刊]|记者|笔者|媒体|外界)")
"""Words that begin with what is also a surname, but lead to who reports."""


def persons(page: Page) -> Iterator[Piece]:
    """Persons: by their dot, after a title or in a byline, before a verb of speech, before a title of courtesy."""
    for match in page.words.dotted.finditer(page.text):
        start = _dotted_start(page, match.start(), match.end())
        end = _dotted_end(page, match.start(), match.end())
        if _is_dotted_name(page, start, end):
            yield Piece(start, end, PERSON, "name-dot", 0.94)
    yield from _introduced(page)
    yield from _titled(page)
    yield from _saying(page)


def _titled(page: Page) -> Iterator[Piece]:
    """Persons in a byline, after a title of office, or after one of honour."""
    text, words = page.text, page.words
    for match in words.byline.finditer(text):
        yield from _listed(page, match.end(), "name-byline", 0.95)
    for match in words.title.finditer(text):
        yield from _listed(page, match.end(), "name-title", 0.9)
    for match in words.honor.finditer(text):
        if len(match[0]) > 1 or not re.match(f"[{HAN}]", text[match.start() - 1 : match.start()]):
            yield from _listed(page, match.end(), "name-honorific", 0.88)


def _saying(page: Page) -> Iterator[Piece]:
    """Persons before a verb of speech, by whose words something is so, or before a title of courtesy."""
    text, words = page.text, page.words
    for match in words["by the words of"].finditer(text):
        if _is_person(page, *match.span("name"), speaks=True):
            yield Piece(*match.span("name"), PERSON, "name-saying", 0.75)
    for match in re.finditer("的", text):
        end = _person_end(page, match.end(), speaks=True)
        if end and "·" not in text[match.end() : end] and not _is_across(page, match.end(), end):
            yield Piece(match.end(), end, PERSON, "name-saying", 0.7)
    for match in words.clause.finditer(text):
        start = match.end()
        end = _person_end(page, start, speaks=True)
        if end:
            yield Piece(start, end, PERSON, "name-saying", 0.72)
            continue
        end = _courtesy_end(page, start) or _bracketed_end(page, start)
        if end:
            yield Piece(start, end, PERSON, "name-courtesy", 0.8)


def _courtesy_end(page: Page, start: int) -> int:
    """Where a name that begins here and has a title of courtesy after it ends, or 0."""
    words = page.words
    surname = words.surname.match(page.text, start)
    if surname is None:
        return 0
    married = page.words.surname.match(page.text, surname.end())
    for stop in (surname.end() + 2 + (married is not None), surname.end() + 2, surname.end() + 1):
        given = page.text[surname.end() : stop]
        suffix = words.suffix.match(page.text, stop)
        if suffix is None or len(suffix[0]) < 2 or not re.fullmatch(f"[{HAN}]+", given):
            continue
        if len(given) == 3 and any(given[at : at + 2] in words.common for at in (0, 1)):
            continue
        if not (
            given[-1] in "总副前代名荣正兼"
            or words.suffix.match(given)
            or words.breaks.search(given)
            or words.plain.fullmatch(given)
        ):
            return stop
    return 0


def _is_dotted_name(page: Page, start: int, end: int) -> bool:
    """Whether the parts between the dots are no common words, as in the heading of a section."""
    if page.words["body goes on"].match(page.text, end):
        return False
    parts = re.split("[·・•‧]", page.text[start:end])
    if parts[0].startswith("第") or parts[0].endswith("版"):
        return False
    return not any(page.words.plain.fullmatch(part) or part in page.words.common for part in parts)


def _dotted_start(page: Page, start: int, end: int) -> int:
    """A dotted name without the title or break before it."""
    dot = min((at for at in (page.text.find(sign, start, end) for sign in "·・•‧.．") if at > 0), default=end)
    stop = max((found.end() for found in page.words.title.finditer(page.text, max(0, start - 12), dot)), default=0)
    if start < stop < dot and not page.words.breaks.match(page.text, stop):
        return stop
    sounded = re.compile(f"(?:[{page.words.sound_signs}]{{1,3}}-)?[{page.words.sound_signs}A-Za-z]+$").search(
        page.text, start, dot
    )
    if sounded and dot - sounded.start() > 1:
        return sounded.start()
    cuts = [found.end() for found in page.words.breaks.finditer(page.masked, start, dot) if found.end() < dot]
    return max(
        [start, *(cut for cut in cuts if not re.fullmatch(f"[{page.words.sound_signs}]+", page.text[start:dot]))]
    )


def _bracketed_end(page: Page, start: int) -> int:
    """Where a name that begins here and has its title in brackets after it ends, or 0."""
    found = page.words["titled after"].match(page.text, start)
    if found is None or not _is_person(page, start, found.end("name"), speaks=True):
        return 0
    return found.end("name")


def _dotted_end(page: Page, start: int, end: int) -> int:
    """The end of a dotted name without the verb after it."""
    last = max(page.text.rfind(sign, start, end) for sign in "·・•‧.．") + 1
    sounded = page.words.sounded.match(page.text, last, end)
    stop = sounded.end() if sounded else last
    if stop > last + 1 and page.words.say.match(page.text, stop):
        return stop
    for at in range(last + 2, stop):
        if page.words.say.match(page.text, at) or page.words["after dotted"].match(page.text, at):
            return at
    if stop > last + 1:
        return stop
    stop = last + 2
    while stop < min(end, last + 7) and not (EDGE.match(page.text[stop]) or page.words.follows.match(page.text, stop)):
        stop += 1
    return stop


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
        end = _dotted_end(page, start, dotted.end())
        return end if _is_dotted_name(page, start, end) else 0
    for end in _person_ends(page, start):
        if _is_person(page, start, end, speaks) and (end >= len(text) or follows.match(text, end)):
            return end
    if speaks:
        return 0
    if is_byline:
        return _byline_end(page, start)
    if not is_honored and (unfollowed := _unfollowed_end(page, start)):
        return unfollowed
    for end in (start + 2, start + 3):
        if _is_known_by_saying(page, start, end):
            return end
    if (strange := _strange_end(page, start)) and not is_honored:
        return strange
    return _sounding_end(page, start, is_honored)


def _unfollowed_end(page: Page, start: int) -> int:
    """Where a name of three characters after a title ends whatever follows: nothing in it is a common word; or 0."""
    words, end = page.words, start + 3
    compound = words.surname.match(page.text, start)
    end += compound is not None and len(compound[0]) > 1 and page.times(start, end + 1) == page.times(start, end)
    name = page.text[start:end]
    sounded = words.sounds.match(page.text, start)
    stop = _sounded_stop(page, start, sounded.end()) if sounded is not None else 0
    if stop > end:
        return stop if stop < start + 8 else 0
    if words.surname.match(name) is None or not _is_person(page, start, end, speaks=False):
        return 0
    if {name[:2], name[1:], page.text[end - 1 : end + 1]} & words.common or words.verb.match(name, 1):
        return 0
    return 0 if words.breaks.search(name) or words.suffix.match(name, 1) else end


def _sounded_stop(page: Page, start: int, end: int) -> int:
    """The last place up to `end` where a name told by its sounds may end by what follows; or 0."""
    return next((at for at in range(end, start + 2, -1) if page.words.follows.match(page.text, at)), 0)


def _introduced(page: Page) -> Iterator[Piece]:
    """Chinese names without a title that hold no common word, and come again or stand where somebody is named."""
    text, words = page.text, page.words
    for match in (*words["introduced"].finditer(text), *words["introduced surely"].finditer(text)):
        start, end = match.span("name")
        if _is_across(page, start, end) or words.breaks.search(match["name"], 1) or not words.follows.match(text, end):
            continue
        if not _is_person(page, start, end, speaks=True) or words.suffix.match(match["name"], 1):
            continue
        if text.count(match["name"]) > 1 or match.start() < start:
            yield Piece(start, end, PERSON, "name-introduced", 0.7)


def _is_across(page: Page, start: int, end: int) -> bool:
    """Whether two characters in a stretch, or one and its neighbour, are a common word."""
    return any(page.text[at : at + 2] in page.words.common for at in range(start - 1, end))


def latin(page: Page) -> Iterator[Piece]:
    """Names in Latin letters: persons after a title or before a verb of speech, firms by their words or beside one."""
    text, words = page.text, page.words
    for match in words["latin"].finditer(text):
        start, end = match.span()
        before = text[max(0, start - 4) : start]
        if before.endswith(("（", "(")) or re.match(
            f"[{HAN}A-Za-z0-9]{{0,8}}(?:公司|集团|银行|基金|大学)", text[end : end + 10]
        ):
            continue
        if words["latin firm"].search(match[0]) or words["beside latin firm"].search(before):
            yield Piece(start, end, COMPANY, "name-latin-firm", 0.7, (start, end, end))
        elif " " in match[0] and (words.say.match(text, end) or words.role.search(text, max(0, start - 4), start)):
            yield Piece(start, end, PERSON, "name-latin", 0.75)


def _strange_end(page: Page, start: int) -> int:
    """Where a name without a known surname ends that stands after a title and before what follows a name; or 0."""
    text, words = page.text, page.words
    for end, follows in ((start + 3, words.follows), (start + 2, words.say)):
        name = text[start:end]
        if not re.fullmatch(f"[{HAN}]+", name) or _is_across(page, start, end) or not follows.match(text, end):
            continue
        if end == start + 3 and re.match(r"[^、（一-鿿\x01]", text[end : end + 1]):
            continue
        if start in page.place_at or words.breaks.search(name) or page.begins_plain(name) or words.role.search(name):
            continue
        if not (words.verb.search(name) or words.suffix.search(name) or words.follows.match(text, start)):
            return end
    return 0


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
        if not found["double"] and (_is_verb(page, two) or page.text[two : two + 1] in tuple("说称指")):
            ends.remove(two + 1)
        follow = page.words.follows.match(page.text, two) if two - start > 2 else None
        if follow is not None and len(follow[0]) > 1:
            ends.sort(key=lambda end: end > two)
        else:
            ends.sort(key=lambda end: -page.times(start, end))
    japanese = page.words.japanese.match(page.text, start)
    if japanese:
        lengths = (3, 4, 5) if page.words.say.match(page.text, start + 3) else (4, 5, 3)
        ends += [start + length for length in lengths if start + length <= japanese.end()]
    return ends


def _is_person(page: Page, start: int, end: int, speaks: bool) -> bool:
    """Whether these characters can be a person's name: Han, no common word, no verb or title at its end."""
    words, name = page.words, page.text[start:end]
    surname = words.surname.match(name)
    if len(name) < end - start or not re.fullmatch(f"[{HAN}]+", name) or words.role.fullmatch(name):
        return False
    if _TO_US.match(page.text, start):
        return False
    if len(name) == 3 and name.endswith(("层", "方", "部")) and name[1:] != "东方":
        return False
    if len(name) == 2 and (name in words.common or words.breaks.search(name, 1)):
        return False
    if end - start > 2 and words.suffix.fullmatch(name, surname.end() if surname else 1):
        return False
    if words.plain.fullmatch(name) or words.plain.fullmatch(name[-2:]) or name in words.places:
        return False
    if speaks:
        return name[-1] not in "也还又则并曾就都再说称指表续氏总董工某在对向给把被跟"
    goes_on = re.match(f"[{HAN}]", page.text[end : end + 1])
    return not (len(name) > 2 and goes_on and words.breaks.fullmatch(name[-1]))


def _sounding_end(page: Page, start: int, is_honored: bool) -> int:
    """Where a name from another script that begins here ends, told by its characters and what follows; or 0."""
    text, words = page.text, page.words
    sounded = words.sounds.match(text, start)
    is_own = sounded is not None and sounded[0] not in words.places and not _is_across(page, start, sounded.end())
    if sounded and (is_honored or is_own) and words.follows.match(text, sounded.end()):
        return sounded.end()
    is_long = sounded is not None and len(sounded[0]) > 2 and sounded[0][:2] not in words.common
    if sounded and is_long and sounded[0] not in words.places and not re.match(f"[{HAN}]", text[sounded.end() :][:1]):
        return sounded.end()
    if is_long and sounded and sounded[0] not in words.places and (stop := _sounded_stop(page, start, sounded.end())):
        return stop
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
