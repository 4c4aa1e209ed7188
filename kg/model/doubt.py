"""Words of the language's own lexicon that make a deal no fact, whatever a model thinks of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.model.cast import Cast
from kg.model.locate import Place
from kg.read import lexicon
from kg.read.coded import Coded
from kg.read.language import Language, language
from kg.read.rules import expand
from kg.read.segment import Document

_UNDONE = ("cancelled", "undone")
_DOUBTED = ("doubt", "weak doubt", "governs")
"""Keys of `deals.yaml`: words that undo a deal wherever its sentence holds them, and those that do up to its verb."""

_EXPRESSION = re.compile(r"[\\|(\[]")


class _Doubts(NamedTuple):
    whole: tuple[re.Pattern[str], ...]
    before: tuple[re.Pattern[str], ...]
    none: re.Pattern[str]


def is_doubtful(document: Document, cast: Cast, sentence: Place, words: Place) -> bool:
    """Whether a deal told by `words` in `sentence` is denied, called off, hoped for or only possible there.

    Names are hidden from the lexicon, so that no firm's name casts a doubt.
    """
    doubts = _doubts(document.language.code)
    folded, start = document.folded, sentence[0]
    whole = doubts.none.sub("", Coded(folded, start, sentence[1], cast.items(*sentence)).text)
    before = doubts.none.sub("", Coded(folded, start, words[1], cast.items(start, words[1])).text)
    before = before[:1].lower() + before[1:]
    return any(found.search(whole) for found in doubts.whole) or any(found.search(before) for found in doubts.before)


@cache
def _doubts(code: str) -> _Doubts:
    """What a language's lexicon says; where it has no words of their own for what is called off, `doubt` has them."""
    known = language(code)
    whole = _expressions(known, _UNDONE) or _expressions(known, _DOUBTED[:1])
    none = known.words("deals", "no doubt")
    return _Doubts(whole, _expressions(known, _DOUBTED), re.compile(lexicon.any_of(none) or "(?!)"))


def _expressions(known: Language, keys: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The lexicon's expressions, and its lists of words as such."""
    data = known.data("deals")
    found = [data[key] for key in keys if data.get(key)]
    return tuple(
        re.compile(expand(each, known, "deals"))
        if isinstance(each, str) and _EXPRESSION.search(each)
        else re.compile(lexicon.any_of(lexicon.words(each)))
        for each in found
    )
