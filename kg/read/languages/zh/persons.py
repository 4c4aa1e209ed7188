"""Persons in Chinese: by the dot in their name, a title, a byline, a verb of speech or a title of courtesy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh import dotted
from kg.read.languages.zh.page import EDGE, Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import PERSON

_TOLD_AFTER = frozenset("（是系")
"""What stands between a name and the title that it is told by after it."""
_TO_US = re.compile(r"[向随由与和](?:本[报台网社刊]|记者|笔者|媒体|外界)")
"""Words that begin with what is also a surname, but lead to who reports."""
_TOLD = re.compile(rf"[向同][{HAN}]{{1,6}}?(?:社|报(?!道)|台|网|周刊|杂志|新闻|公司|委员会|大会)")
"""What could be a surname, but leads to a medium or a body that somebody tells."""
_NO_LAST = frozenset("她他它们者队亦皆")
"""Characters that end no person's name."""
_NO_LAST_OF_WORD = frozenset("人上下内中会成共次区赛病罪包落")
"""Characters that end none whose first two are a common word."""
_DOT = re.compile("[·・•‧.．]")
"""What parts the names of a person; it stands within so many characters as `dotted` has before it."""


def persons(page: Page) -> Iterator[Piece]:
    """Persons: by their dot, after a title or in a byline, before a verb of speech, before a title of courtesy."""
    for start, end in dotted.names(page):
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
        end = _person_end(page, match.end(), speaks=True) if _may_begin(page, match.end()) else 0
        if end and "·" not in text[match.end() : end] and not _is_across(page, match.end(), end):
            yield Piece(match.end(), end, PERSON, "name-saying", 0.7)
    for match in words.clause.finditer(text):
        start = match.end()
        if not _may_begin(page, start):
            end = _sounded_courtesy(page, start) if page.text[start : start + 1] in words.dotted_signs else 0
            if end:
                yield Piece(start, end, PERSON, "name-courtesy", 0.8)
            continue
        end = _person_end(page, start, speaks=True)
        if end:
            yield Piece(start, end, PERSON, "name-saying", 0.72)
            continue
        end = _courtesy_end(page, start) or _bracketed_end(page, start)
        if end:
            yield Piece(start, end, PERSON, "name-courtesy", 0.8)


def _may_begin(page: Page, start: int) -> bool:
    """Whether a person's name may begin here: with the first sign of a surname, or with one that has a dot."""
    return (
        page.text[start : start + 1] in page.words.surname_heads
        or _DOT.search(page.text, start, start + 13) is not None
    )


def _courtesy_end(page: Page, start: int) -> int:
    """Where a name that begins here and has a title of courtesy after it ends, or 0."""
    words = page.words
    if sounded := _sounded_courtesy(page, start):
        return sounded
    surname = words.surname.match(page.text, start)
    if surname is None or page.text.startswith("项目", start):
        return 0
    married = page.words.surname.match(page.text, surname.end())
    for stop in (surname.end() + 2 + (married is not None), surname.end() + 2, surname.end() + 1):
        given = page.text[surname.end() : stop]
        suffix = words.suffix.match(page.text, stop)
        if page.place_at.get(start, 0) >= stop:
            continue
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


def _sounded_courtesy(page: Page, start: int) -> int:
    """Where a name from another script that begins here and has a title after it ends, or 0."""
    found = page.words.sounds.match(page.text, start)
    if found is None or len(found[0]) < 3 or found[0][:2] in page.words.common or start in page.place_at:
        return 0
    suffix = page.words.suffix.match(page.text, found.end())
    return found.end() if suffix is not None and len(suffix[0]) > 1 else 0


def _bracketed_end(page: Page, start: int) -> int:
    """Where a name that begins here and has its title in brackets after it ends, or 0."""
    if not _TOLD_AFTER & set(page.text[start + 2 : start + 4]):
        return 0
    found = page.words["titled after"].match(page.text, start)
    if found is None or not _is_person(page, start, found.end("name"), speaks=True):
        return 0
    return found.end("name")


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
    if _DOT.search(text, start, start + 13) and (end := dotted.name_at(page, start)):
        return end
    for end in _person_ends(page, start):
        if _is_person(page, start, end, speaks) and (end >= len(text) or follows.match(text, end)):
            return end
    if speaks:
        return 0
    if is_byline:
        return _byline_end(page, start)
    if not is_honored and (unfollowed := _unfollowed_end(page, start)):
        return unfollowed
    if words.surname.match(text, start, start + 1) and _is_cut(page, start, start + 2):
        return start + 2 if _is_person(page, start, start + 2, speaks) else 0
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
    follows = (page.words.follows, page.words["verbs after name"])
    ends = range(end, start + 2, -1)
    return next((at for at in ends if any(one.match(page.text, at) for one in follows)), 0)


def _introduced(page: Page) -> Iterator[Piece]:
    """Chinese names without a title that hold no common word, and come again or stand where somebody is named."""
    text, words = page.text, page.words
    for match in (*words["introduced"].finditer(text), *words["introduced surely"].finditer(text)):
        start, end = match.span("name")
        if _is_across(page, start, end) or words.breaks.search(match["name"], 1) or not words.follows.match(text, end):
            continue
        if not _is_person(page, start, end, speaks=True) or words.suffix.match(match["name"], 1):
            continue
        if page.times(start, end) > 1 or match.start() < start:
            yield Piece(start, end, PERSON, "name-introduced", 0.7)


def _is_across(page: Page, start: int, end: int) -> bool:
    """Whether two characters in a stretch, or one and its neighbour, are a common word."""
    return any(page.text[at : at + 2] in page.words.common for at in range(start - 1, end))


def _strange_end(page: Page, start: int) -> int:
    """Where a name without a known surname ends that stands after a title and before what follows a name; or 0."""
    text, words = page.text, page.words
    for end, follows in ((start + 3, words.follows), (start + 2, words.say)):
        name = text[start:end]
        if not re.fullmatch(f"[{HAN}]+", name) or _is_across(page, start, end) or not follows.match(text, end):
            continue
        if end == start + 3 and re.match(r"[^、（一-鿿\x01]", text[end : end + 1]):
            continue
        if start in page.place_at or name[0] in "比被把让给向对从们应成" or words.breaks.search(name):
            continue
        if page.begins_plain(name) or words.role.search(name) or name[:2] in words.common or name[-1] in _NO_LAST:
            continue
        if not (words.verb.search(name) or words.suffix.search(name) or words.follows.match(text, start)):
            return end
    return 0


def _byline_end(page: Page, start: int) -> int:
    """Where a name without a known surname ends that a mark parts from the word for who wrote; or 0."""
    found = re.compile(f"[{HAN}]{{2,4}}(?![{HAN}])").match(page.text, start)
    if (
        found is None
        or page.text[start - 1] not in ":：/／ "
        or page.words.own.match(page.text, start)
        or found[0].startswith("发自")
    ):
        return 0
    return 0 if page.words.plain.fullmatch(found[0]) or page.words.title.match(found[0]) else found.end()


def _is_known_by_saying(page: Page, start: int, end: int) -> bool:
    """Whether words after a title, without a known surname, speak more than once, and so must be a name."""
    name = page.text[start:end]
    if not re.fullmatch(f"[{HAN}]{{2,}}", name) or page.begins_plain(name) or name[:2] in page.words.common:
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
        is_double = found["double"] is not None and not _is_verb(page, two)
        ends += [two + 1, found.end("double"), two] if is_double else [two + 1, two]
        is_next = _is_verb(page, two) or page.text[two : two + 1] in tuple("说称指却没看也还都已仍就才又")
        if two - start == 2 and _is_cut(page, start, two):
            ends = [two]
        elif not is_double and is_next:
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


def _is_cut(page: Page, start: int, two: int) -> bool:
    """Whether a verb or a day begins after two characters of a name, which with a third comes nowhere else."""
    text, common = page.text, page.words.common
    if text[two + 1 : two + 2] in tuple("和在与对把是说称则也向从就将已又还以于为的及同让被给并都曾由指"):
        return False
    if (
        not page.words["verbs after name"].match(text, two)
        or text[two + 1 : two + 3] in common
        or text[start:two] in common
    ):
        return False
    return page.times(start, two + 1) < 2 or page.times(start, two) > page.times(start, two + 1)


def _is_person(page: Page, start: int, end: int, speaks: bool) -> bool:
    """Whether these characters can be a person's name: Han, no common word, no verb or title at its end."""
    words, name = page.words, page.text[start:end]
    surname = words.surname.match(name)
    if len(name) < end - start or not re.fullmatch(f"[{HAN}]+", name) or words.role.fullmatch(name):
        return False
    if (
        _TO_US.match(page.text, start)
        or _is_addressee(page, start, end)
        or name.startswith(("项目", "单位", "时间", "地点"))
    ):
        return False
    if len(name) == 3 and name.endswith(("层", "方", "部")) and name[1:] != "东方":
        return False
    if name[-1] in _NO_LAST or (len(name) == 3 and name[-1] in _NO_LAST_OF_WORD and name[:2] in words.common):
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


def _is_addressee(page: Page, start: int, end: int) -> bool:
    """Whether what could be a surname leads to those whom somebody tells: `to Reuters`, `to the newspaper`."""
    text = page.text
    if text[start] not in "向同":
        return False
    if start + 1 in page.place_at or text[start + 1 : start + 2] in tuple("我他她它其你您咱各全"):
        return True
    return _TOLD.match(text, start) is not None or text[start + 1 : start + 3] in page.words.common


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
