"""SPARQL as tokens, as far as parameters and guards need it: what is a string, an IRI or a comment is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.errors import InputError
from kg.terms import Token

_LEXEME = re.compile(
    r"(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r'|(?P<string>"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""|\'\'\'(?:(?:\'|\'\')?(?:[^\'\\]|\\.))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\')'
    r"|(?P<comment>\#[^\n\r]*)"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<word>\w+(?:[-.]\w+)*:?|:)"
    r"|(?P<space>\s+)"
    r"|(?P<mark>\\.|.)",
    re.DOTALL,
)


class Lexeme(NamedTuple):
    """A piece of a query: its kind, its text, and where it starts."""

    kind: str
    text: str
    start: int


def lexemes(query: str) -> Iterator[Lexeme]:
    """The pieces of `query` in order; joined, they are the query again."""
    for match in _LEXEME.finditer(query):
        yield Lexeme(match.lastgroup or "mark", match[0], match.start())


def keywords(query: str) -> Iterator[Lexeme]:
    """The words of `query` that may be keywords: not those within a prefixed name or a language tag."""
    last = ""
    for piece in lexemes(query):
        if piece.kind == "word" and not piece.text.endswith(":") and not last.endswith((":", "@")):
            yield piece
        last = piece.text if piece.kind in ("word", "mark") else ""


def substitute(query: str, values: Mapping[str, Sequence[Token]]) -> str:
    """`query` with each variable named in `values` replaced by its terms, several separated by commas.

    Only whole variables outside strings, IRIs and comments are replaced, by serialised terms: a value can
    change no other part of the query. InputError where several terms stand outside `IN ( … )`.
    """
    slots, rest = _slots(query)
    out: list[str] = []
    for before, variable, inside_in in slots:
        terms = values.get(variable, (variable,))
        if len(terms) != 1 and not inside_in:
            raise InputError(f"{variable} takes one value here, not {len(terms)}")
        out += (before, ", ".join(terms))
    return "".join(out) + rest


@lru_cache(maxsize=64)
def _slots(query: str) -> tuple[tuple[tuple[str, str, bool], ...], str]:
    """The variables of `query`: what stands before each, its name, whether it stands first in `IN (`; and the rest."""
    slots: list[tuple[str, str, bool]] = []
    last_words = ("", "")
    end = 0
    for piece in lexemes(query):
        if piece.kind == "variable":
            slots.append((query[end : piece.start], piece.text, last_words == ("IN", "(")))
            end = piece.start + len(piece.text)
        if piece.kind not in ("space", "comment"):
            last_words = (last_words[1], piece.text.upper())
    return tuple(slots), query[end:]
