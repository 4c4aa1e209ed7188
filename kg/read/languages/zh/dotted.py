"""Persons' names with a dot between their parts in Chinese: where each begins and ends, which no space tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import EDGE, Page
from kg.read.languages.zh.words import HAN

_SIGNS = "·・•‧"
_DOT = re.compile(
    rf"(?<=[{HAN}A-Za-z])[{_SIGNS}](?=[{HAN}A-Za-z])|(?<![A-Za-z][A-Z])(?<=[A-Z])[.．](?=[A-Z][.．]|[{HAN}])"
)
"""What parts the names of a person; a full stop only after an initial, as in no host name or abbreviation."""
_REACH = 8
"""Code points that a part of a name has at most."""
_AND = re.compile("[和与及跟同、]|以及")
_LATIN = re.compile("[A-Za-z]+")
_PREPOSITION = frozenset("于因由当让从向对被比据")
"""Characters that names from other scripts are written with, too, but that may lead to a name."""
_SO = re.compile(rf"([{HAN}])(?!\1)[{HAN}]地")
"""An adverb that tells how somebody speaks."""
_LED = frozenset("于因由今")
"""Characters that end hardly any name, but may lead to what follows one."""


def names(page: Page, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the names with dots begin and end; `start` and `end` are where their first dot may be."""
    done = 0
    for dot in _DOT.finditer(page.text, start, len(page.text) if end is None else end):
        if dot.start() < done:
            continue
        finish, last = _end(page, dot.end())
        first = max(_start(page, dot.start(), finish), done)
        done = max(done, finish)
        if first < dot.start() and finish > dot.end() and _is_name(page, first, last, finish):
            yield first, finish


def name_at(page: Page, start: int) -> int:
    """Where the dotted name that begins here ends; 0 where none begins."""
    dot = _DOT.search(page.text, start + 1, start + _REACH + 2)
    if dot is None or EDGE.search(page.text[start : dot.start()]):
        return 0
    end, last = _end(page, dot.end())
    return end if end > dot.end() and _is_name(page, start, last, end) else 0


def _is_name(page: Page, start: int, last: int, end: int) -> bool:
    """Whether the parts between the dots are no common words, as in the heading of a section."""
    if page.words["body goes on"].match(page.text, end):
        return False
    parts = re.split(rf"[{_SIGNS}.．]", page.text[start:end])
    if parts[0].startswith("第") or parts[0].endswith("版"):
        return False
    if "." in page.text[start:end] and _run(page, last, end) < last + 2:
        return False
    return not any(_is_plain(page, part) for part in parts if len(part) > 1)


def _is_plain(page: Page, part: str) -> bool:
    """Whether a part is a common word, and none that sounds like a name."""
    is_common = part in page.words.common and not set(part) <= page.words.dotted_signs
    return is_common or page.words.plain.fullmatch(part) is not None


def _end(page: Page, at: int) -> tuple[int, int]:
    """Where the name ends whose part behind a dot begins at `at`, and where its last part begins."""
    for _ in range(5):
        following = _DOT.search(page.text, at + 1, at + _REACH + 1)
        if following is None or EDGE.search(page.text[at : following.start()]):
            break
        stop = _run(page, at, following.start())
        if stop < following.start() and not _is_whole(page, at, following.start()):
            break
        at = following.end()
    return _last_end(page, at), at


def _is_whole(page: Page, start: int, end: int) -> bool:
    """Whether what stands between two dots is one part of a name, though not all its characters sound so."""
    part = page.text[start:end]
    if end - start > 5 or _AND.search(part) or page.words.verb.search(part, 1):
        return False
    return not any(part[at : at + 2] in page.words.common for at in range(len(part) - 1))


def _run(page: Page, start: int, stop: int) -> int:
    """Where the Latin letters, or the characters that names from other scripts are written with, end."""
    latin = _LATIN.match(page.text, start, stop)
    if latin is not None:
        return latin.end()
    at = start
    while at < min(stop, start + _REACH) and page.text[at] in page.words.dotted_signs:
        at += 1
    return at


def _last_end(page: Page, last: int) -> int:
    """The end of the last part of a name, without the verb or the preposition after it."""
    text, common = page.text, page.words.common
    stop = _run(page, last, len(text))
    if _LATIN.match(text, last):
        return stop
    for at in range(last + 1, stop):
        speaks = at > last + 1 and not _SO.match(text, at + 1) and page.words.say.match(text, at)
        if speaks or page.words["after dotted"].match(text, at):
            return at
    if stop > last + 1:
        return stop + 1 if _is_one_more(page, last, stop) else _trimmed(page, last, stop)
    stop = last + 1
    while stop < last + 5 and stop < len(text) and not EDGE.match(text[stop]):
        if (
            _goes_on(page, stop)
            or text[stop : stop + 2] in common
            or page.times(last - 2, stop) > page.times(last - 2, stop + 1)
        ):
            break
        stop += 1
    return stop


def _is_one_more(page: Page, last: int, stop: int) -> bool:
    """Whether a character that sounds like none ends a name: it belongs to no word, and what follows a name follows."""
    text, words = page.text, page.words
    if (
        not re.match(f"[{HAN}]", text[stop : stop + 1])
        or {text[stop - 1 : stop + 1], text[stop : stop + 2]} & words.common
    ):
        return False
    is_word = text[stop + 1 : stop + 3] in words.common or _SO.match(text, stop + 1) is not None
    if (
        (not is_word and _goes_on(page, stop))
        or words.follows.match(text, stop)
        or words.breaks.match(text[stop])
        or words.honor.match(text, stop)
    ):
        return False
    is_repeated = page.times(last - 2, stop + 1) == page.times(last - 2, stop) > 1
    return is_repeated or words.say.match(text, stop + 1) is not None


def _goes_on(page: Page, at: int) -> bool:
    """Whether what follows a name begins here."""
    words = page.words
    return any(one.match(page.text, at) for one in (words.say, words["after dotted"], words.follows, words.suffix))


def _trimmed(page: Page, last: int, stop: int) -> int:
    """A name's last part without a character that belongs to the next word."""
    text, common = page.text, page.words.common
    shorter = page.times(last, stop - 1) > page.times(last, stop)
    is_next = text[stop - 1 : stop + 1] in common and text[stop : stop + 2] not in common
    is_led = text[stop - 1] in _LED and stop < len(text) and not EDGE.match(text[stop]) and not _goes_on(page, stop)
    if stop - last > 2 and page.times(last, stop) < 2 and (is_next or is_led):
        return stop - 1
    return stop - 1 if stop - last == 2 and shorter and (is_next or is_led) else stop


def _start(page: Page, dot: int, end: int) -> int:
    """Where the first part of a name begins, without the title, verb or preposition before it."""
    text, common = page.text, page.words.common
    first = dot
    while first > max(0, dot - _REACH):
        if not _belongs(page, text[first - 1], text[first:dot]) and not _is_gap(page, first - 1, dot):
            break
        first -= 1
    if first > dot - 1 or (first == dot - 1 and text[first - 1 : dot] in common):
        return _plain_start(page, dot)
    first = _behind_title(page, first + (text[first] == "-"), dot)
    while dot - first > 1 and re.match(f"[{HAN}]", text[first - 1 : first]) and _is_led(page, first, end):
        first += 1
    if dot - first > 2 and text[first] in _PREPOSITION and page.times(first + 1, end) > page.times(first, end):
        first += 1
    if text[first] in "让当" and dot - first > 2 and text[first + 1] != "-":
        first += 1
    return first


def _belongs(page: Page, sign: str, behind: str) -> bool:
    """Whether a character before others of a name may be one of it: sounding Han, or Latin where all are."""
    if sign == "-":
        return behind != ""
    is_latin = sign.isascii() and sign.isalpha()
    if is_latin:
        return not behind or behind[0].isascii()
    return sign in page.words.dotted_signs and not (behind and behind[0].isascii() and behind[0] != "-")


def _is_gap(page: Page, at: int, dot: int) -> bool:
    """Whether a character that sounds like none stands between two of a name and belongs to no word."""
    text, words = page.text, page.words
    if at + 1 >= dot or not {text[at - 1], text[at + 1]} <= words.dotted_signs or EDGE.match(text[at]):
        return False
    if {text[at - 1 : at + 1], text[at : at + 2], text[at - 2 : at], text[at + 1 : at + 3]} & words.common:
        return False
    return not words.breaks.match(text[at]) and not words.title.search(text, at - 2, at + 1)


def _is_led(page: Page, first: int, end: int) -> bool:
    """Whether the first character of a name belongs to the word before it."""
    common = page.words.common
    if page.text[first - 1 : first + 1] not in common or page.text[first - 2 : first] in common:
        return False
    return page.times(first, end) < 2 or page.times(first + 1, end) > page.times(first, end)


def _behind_title(page: Page, first: int, dot: int) -> int:
    """Where a name begins behind a title or a place that it does not begin with."""
    low = max(0, first - 6)
    titles = [one.end() for one in page.words.title.finditer(page.text, low, dot)]
    if titles and first < titles[-1] < dot:
        return titles[-1]
    leads = [one.end() for one in page.words["dotted leads"].finditer(page.text, low, dot)]
    if leads and first < leads[-1] < dot:
        return leads[-1]
    place = page.place_at.get(first, 0)
    return place if first < place < dot - 1 and page.text[first:place] in page.words.countries else first


def _plain_start(page: Page, dot: int) -> int:
    """Where a first part begins whose last character sounds like none."""
    text = page.text
    if text[dot - 2 : dot] in page.words.common:
        return dot - 2
    low = dot
    while low > max(0, dot - 4) and not EDGE.match(text[low - 1]):
        low -= 1
    cuts = [one.end() for one in page.words.breaks.finditer(page.masked, low, dot) if one.end() < dot]
    titles = [one.end() for one in page.words.title.finditer(text, max(0, dot - 12), dot) if one.end() < dot]
    leads = [one.end() for one in page.words["dotted leads"].finditer(text, low, dot) if one.end() < dot]
    return max([low, *cuts, *titles, *leads])
