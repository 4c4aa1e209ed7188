"""Names in Latin letters within a Chinese text: persons by what stands beside them, firms by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import COMPANY, PERSON

_LATIN_GIVEN = re.compile("[A-ZÀ-ÖØ-Þ][a-zß-ÿ]{2,}")
"""One word in Latin letters that may be a person's name, as no abbreviation or brand is written."""
_NO_PERSON = re.compile(
    r"(?:Times|Post|Globe|News|Morning|Today|Telegraph|Guardian|Journal|Herald|Tribune|Daily|Mail|Press|Street|Road"
    r"|Avenue|Plaza|Square|Crescent|Park|Beach|University|College|School|House|Church|Club|United|Awards?|Twitter)$"
)
"""How names in Latin letters end that are no person's."""


def names(page: Page) -> Iterator[Piece]:
    """Names in Latin letters: persons after a title or before a verb of speech, firms by their words or beside one."""
    text, words = page.text, page.words
    for match in words["latin"].finditer(text):
        start, end = match.span()
        before = text[max(0, start - 4) : start]
        if before.endswith(("（", "(")) or re.match(
            f"[{HAN}A-Za-z0-9]{{0,8}}(?:公司|集团|银行|基金|大学)", text[end : end + 10]
        ):
            continue
        is_joined = words["joined latin firm"].search(before) and words["latin firm acts"].match(text, end)
        if words["latin firm"].search(match[0]) or words["beside latin firm"].search(before) or is_joined:
            yield Piece(start, end, COMPANY, "name-latin-firm", 0.7, (start, end, end))
        elif _is_latin_person(page, start, end):
            yield Piece(start, end, PERSON, "name-latin", 0.75)


def _is_latin_person(page: Page, start: int, end: int) -> bool:
    """Whether a name in Latin letters is a person's: of two words that speak, or with a title or an age beside it."""
    text, words = page.text, page.words
    if _NO_PERSON.search(text, start, end):
        return False
    before = start - (text[start - 1 : start] == " ")
    has_post = any(words.role.fullmatch(text, max(0, before - size), before) for size in range(2, 7))
    if re.search("岁的$", text[max(0, before - 2) : before]):
        return True
    if " " not in text[start:end]:
        return has_post and _LATIN_GIVEN.fullmatch(text, start, end) is not None
    if text[max(0, before - 1) : before] in tuple("向对给"):
        return False
    return has_post or words.say.match(text, end + (text[end : end + 1] == " ")) is not None
