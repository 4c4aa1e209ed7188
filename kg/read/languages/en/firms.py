"""Firms known all over the world, in English: a list names them, as one names countries."""

from __future__ import annotations

import re

from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, lexicon
from kg.read.model import COMPANY

_MEDIUM = re.compile(
    r"\b(?:[Oo]n|[Vv]ia|[Uu]sing|[Tt]hrough|[Pp]osted (?:to|on)|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Oo]wn|official"
    r"|public|private) $"
)
_PLATFORMS = frozenset(["Facebook", "Twitter", "Instagram", "YouTube", "LinkedIn", "WhatsApp", "TikTok", "Snapchat"])
"""Firms whose name mostly means the medium where something is posted."""
_ARTICLE = re.compile(r"\b[Tt]he (?:[a-z]+ )?$")

_STANDS = re.compile(
    r"(?:\b(?:by|with|and|from|of|between|to|while)|[a-z](?:’s|'s)|-(?:based|owned|listed|backed|controlled)|,|^|:|[.!?][”\"’']?)"
    r" ?(?:the )?$"
)
"""What stands before a name that may be a firm's."""
_WORKS = re.compile(
    r"\b(?:plants?|factory|factories|mills?|kilns?|furnaces?|distillery|refinery|smelter|brewery|foundry|workshops?"
    r"|warehouses?|depots?|terminals?|laborator(?:y|ies)|production|units?|showrooms?|machining|hectares|acres"
    r"|square (?:feet|metres|meters)|(?:conference|data|call|service|research|distribution|logistics) cent(?:re|er)s?"
    r"|hub|shops?|stores?|shipyard|quarry|greenhouses?|facility|facilities|production lines?|campus|works|hotel|farm"
    r"|boatyard|dairy|bakery|cannery|tannery|(?:setting|set) (?:it up|aside))\b"
)
"""What firms own, rent and build."""
_SIGNED = re.compile(
    r"\b(?:signed|signs|contracts?|memorandum|joint venture|agreements?)\b[^.]{0,120}\b(?:with|by|between)\b"
)


def does_as_firms(before: str, after: str) -> bool:
    """Whether what stands around an unknown name in its line is told of firms: it owns or builds, or signed."""
    if not _STANDS.search(before):
        return False
    return bool(_WORKS.search(before + after) or _SIGNED.search(before.rpartition(". ")[2]))


def known_firm(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A firm that the list names, where its run ends with it."""
    count = known_count(runs, tokens, at, stop)
    has_form = at + count < len(tokens) and tokens[at + count].text in lexicon().after
    return (COMPANY, at + count, 0.96) if count and at + count >= stop and not has_form else ("", 0, 0.0)


def known_count(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    """How many words from `at` are a firm's name that the list holds; 0 where the word stands for something else."""
    count = runs.phrase_at("known firms", tokens, at, stop)
    word = tokens[at].text
    before = runs.text[max(0, tokens[at].start - 12) : tokens[at].start]
    if count == 1 and word in _PLATFORMS and _MEDIUM.search(before):
        return 0
    if count == 1 and (_ARTICLE.search(before) or (tokens[at].is_first and word.lower() in runs.document.lower_words)):
        return 0
    return count
