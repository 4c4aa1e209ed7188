"""Runs of capitalised words in English sentences: the words, what may be a name's, and where a run ends."""

from __future__ import annotations

import re

from kg.read.languages.en.words import DOTTED, Name, Token, is_cap, lexicon, phrases, possessives
from kg.read.places import gazetteer
from kg.read.segment import Document

_WORD = re.compile(
    r"[a-z]+(?![\w’'-])|(?:[A-Z]\.){2,}(?=\W|$)|S\.p\.A\.?|\d+(?:st|nd|rd|th)\b|A/S\b|[A-Z][A-Za-z]*&[A-Z]\w*|[^\W\d_]\w*(?:[-’'][^\W\d_]\w*)*|\d\w*(?:-\w+)*|&"
)
_ADJECTIVE = re.compile(
    r"-(?:based|listed|born|owned|headquartered|style|made|led|backed|educated|trained|funded|controlled|registered|wide|bound|area|invested|flagged|era)$"
)
_OPENED = re.compile(r"(?:^|[\s(])[‘'](?=\w)")
_INITIALS = re.compile(r"(?:[A-Z]\.){1,4}")
_KIN = frozenset(
    ["Sons", "Son", "Daughters", "Daughter", "Brothers", "Nephews", "Partners", "Company", "Associates", "Co"]
)
"""Words after an `and` that go on with a firm's name."""
LONGEST = 14
"""Words in a name; longer runs are headings, and are cut so that the time stays in proportion."""


class Runs:
    """A document to find names in: `taken` are dates and sums, which are none; `found` the names found so far."""

    def __init__(self, document: Document, taken: list[tuple[int, int]]) -> None:
        self.document, self.text = document, document.text
        self.taken = bytearray(len(document.text) + 1)
        for start, end in taken:
            self.taken[start:end] = b"\1" * (end - start)
        self.places = gazetteer("en")
        self.not_places = phrases("not places") | phrases("nationalities")
        self.found: list[Name] = []

    def tokens(self, start: int, end: int) -> list[Token]:
        """The words between two positions, a possessive ending counted to the gap after it."""
        text = self.text
        spans = [match.span() for match in _WORD.finditer(text, start, end)]
        nexts = [*(begin for begin, _ in spans[1:]), end]
        tokens: list[Token] = []
        for (begin, last), until in zip(spans, nexts, strict=False):
            word, whole = text[begin:last], last
            if word[-1] in "sS" and word[-2:-1] in ("’", "'") and len(word) > 2 and not _keeps_ending(word, tokens):
                word, last = word[:-2], last - 2
            adjective = _ADJECTIVE.search(word) if "-" in word else None
            if adjective:
                word, last = word[: adjective.start()], begin + adjective.start()
            before = text[max(start, begin - 2) : begin]
            first = begin == start or (not before[:1].isalnum() and _begins(before))
            if (
                first
                and before == ". "
                and tokens
                and (len(tokens[-1].text) == 1 or tokens[-1].text in DOTTED or _INITIALS.fullmatch(tokens[-1].text))
            ):
                first = False
            gap = text[last:until]
            if gap in ("’ ", "' ") and word[-1] not in "sxzSXZ" and not _OPENED.search(text, start, whole):
                last, gap = last + 1, " "
            tokens.append(Token(begin, last, word, gap, first, is_cap(word)))
        return tokens

    def phrase_at(self, key: str, tokens: list[Token], at: int, stop: int | None = None) -> int:
        """How many words from `at` are a phrase of a list; the longest, or 0."""
        for count in lexicon().lengths[key].get(tokens[at].text, ()):
            if at + count <= (len(tokens) if stop is None else stop):
                part = tokens[at : at + count]
                if all(token.gap == " " for token in part[:-1]) and " ".join(t.text for t in part) in phrases(key):
                    return count
        return 0

    def is_free(self, token: Token) -> bool:
        """Whether a token has a capital and is not part of a date or sum."""
        return token.is_cap and not self.taken[token.start] and not self.taken[max(token.start, token.end - 1)]

    def extent(self, tokens: list[Token], at: int) -> int:
        """Where the run of capitalised words that begins at a token ends."""
        here = at
        while here < len(tokens) and here - at < LONGEST:
            token = tokens[here]
            following = tokens[here + 1] if here + 1 < len(tokens) else None
            if not token.joins:
                plural = token.gap in ("’ ", "' ") and token.text.endswith("s")
                if plural and following is not None and _ends_body(following.text):
                    here += 1
                    continue
                return here + 1
            if following is None:
                return here + 1
            if self.is_free(following) and not following.is_first:
                here += 1
                continue
            if (
                following.text in phrases("particles")
                and following.gap == " "
                and here + 2 < len(tokens)
                and self.is_free(tokens[here + 2])
            ):
                here += 2
                continue
            if (
                following.text in phrases("particles")
                and here + 3 < len(tokens)
                and tokens[here + 2].text in phrases("particles")
                and self.is_free(tokens[here + 3])
            ):
                here += 3
                continue
            if (
                following.text == "and"
                and here + 2 < len(tokens)
                and tokens[here + 2].text in _KIN
                and following.gap == " "
            ):
                here += 2
                continue
            if following.text == "and" and following.gap == " " and self._goes_on_as_firm(tokens, here + 2):
                here += 2
                continue
            if following.text == "&" and here + 2 < len(tokens) and self.is_free(tokens[here + 2]):
                here += 2
                continue
            return here + 1
        return min(here, len(tokens))

    def _goes_on_as_firm(self, tokens: list[Token], at: int) -> bool:
        """Whether a line of business and a legal form follow an `and`: `Example Construction and Engineering Ltd`."""
        return (
            at + 1 < len(tokens)
            and tokens[at].text in phrases("company tails")
            and tokens[at].gap == " "
            and tokens[at + 1].text in lexicon().after
        )

    def before_title(self, tokens: list[Token], at: int) -> int:
        """Where a run stops at the latest: before a title or position."""
        stop = self.extent(tokens, at)
        for here in range(at, stop):
            if self.phrase_at("honorifics", tokens, here, stop) or (
                here > at and self.phrase_at("roles", tokens, here, stop)
            ):
                return here
        return stop


def _keeps_ending(word: str, tokens: list[Token]) -> bool:
    """Whether a possessive ending is part of a known firm's name (`McDonald’s`), not of a person's before it."""
    if word not in possessives():
        return False
    return not (tokens and tokens[-1].is_cap and tokens[-1].joins) or f"{tokens[-1].text} {word}" in phrases(
        "known firms"
    )


def _begins(before: str) -> bool:
    """Whether what stands right before a word lets a sentence or a quotation begin with it."""
    return (
        not before.strip() or before[-1] in "“\"‘'(" or before.rstrip()[-1:] in "!?:;…—–•·*>|" or before.endswith(". ")
    )


def _ends_body(word: str) -> bool:
    """Whether a word after a plural possessive goes on with a body's name (`the Spinners' Forum`)."""
    return (
        word in phrases("organization nouns") or word in phrases("organization tails") or word in ("Forum", "Congress")
    )
