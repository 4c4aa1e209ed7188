"""SPARQL updates as text: their operations, and what in each stands where, seen without an engine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.errors import InputError
from kg.query.lexer import Lexeme, keywords, lexemes
from kg.terms import PREFIXES

_COPYING = ("ADD", "MOVE", "COPY")
_NUMBER = re.compile(r"[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)")
_SUFFIX = re.compile(r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*|\s*\^\^\s*(?:<[^>]*>|[\w.-]*:[\w.-]*\w)")


class Operation(NamedTuple):
    """One operation: its first two words, the update with all other operations blanked out, and where it begins."""

    words: tuple[str, str]
    text: str
    begin: int

    @property
    def prologue(self) -> str:
        """The prefixes and the base that hold for it, ours before its own."""
        return "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items()) + self.text[: self.begin]

    @property
    def own(self) -> str:
        """The operation alone."""
        return self.text[self.begin :]

    @property
    def is_data(self) -> bool:
        """Whether it is INSERT DATA or DELETE DATA."""
        return self.words[1] == "DATA"


def operations(update: str) -> list[Operation]:
    """The operations of an update, each with the prologue so far and all else blanked, so that places stay true.

    Its syntax is not checked, but for labels of blank nodes: InputError where one stands in the data of two
    operations (SPARQL 1.1 Query, section 19.6).
    """
    found = []
    blanked = list(update)
    for begin, end, words in _spans(list(lexemes(update))):
        found.append(Operation(words, "".join(blanked[:end]), begin))
        for i in range(begin, end):
            blanked[i] = "\n" if update[i] == "\n" else " "
        if end < len(update):
            blanked[end] = " "
    _check_labels(operation for operation in found if operation.is_data)
    return found


def _spans(pieces: list[Lexeme]) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Where each operation begins and ends, and its first two words; a prologue alone is none."""
    depth, begin, words = 0, None, list[str]()
    prologue: int | None = None
    for piece in pieces:
        word = piece.text.upper()
        if piece.kind in ("space", "comment"):
            continue
        if begin is None and piece.kind == "word" and word in ("PREFIX", "BASE"):
            prologue = piece.start
        elif prologue is not None:
            prologue = None if piece.kind == "iri" else prologue
        elif piece.text == ";" and depth == 0 and begin is not None:
            yield begin, piece.start, _pair(words)
            begin, words = None, []
        else:
            begin = piece.start if begin is None else begin
            words.append(word)
            depth += (piece.text == "{") - (piece.text == "}")
    begin = prologue if begin is None else begin
    if begin is not None:
        yield begin, pieces[-1].start + len(pieces[-1].text), _pair(words)


def _pair(words: list[str]) -> tuple[str, str]:
    first, second, *_ = (*words, "", "")
    return first, second


def _check_labels(given: Iterable[Operation]) -> None:
    known = set[str]()
    for operation in given:
        pieces = [piece.text for piece in lexemes(operation.own)]
        labels = {label for mark, label in pairwise(pieces) if mark == "_:"}
        if again := sorted(labels & known):
            raise InputError(
                f"the blank node _:{again[0]} stands in two operations; give it another label in one of them"
            )
        known |= labels


def as_trig(operation: Operation) -> str:
    """The data of an operation as TriG: without keywords and outer braces, full stops where TriG has them."""
    return operation.prologue + "".join(_as_trig(operation.own))


def _as_trig(text: str) -> Iterator[str]:
    depth = 0
    last = last_given = ""
    for piece in lexemes(text):
        word = piece.text.upper()
        if piece.kind in ("space", "comment"):
            yield piece.text
            continue
        depth += (word == "{") - (word == "}")
        outer = (word == "{" and depth == 1) or (word == "}" and depth == 0)
        if outer or (depth == 0 and word in ("INSERT", "DELETE", "DATA", ";")):
            yield " "
            last_given, last = last, ""
            continue
        if word == "GRAPH" and last not in (".", "}", "", ":"):
            yield " . GRAPH"
        elif not (word == "." and last == "}"):
            yield piece.text
        last = word
    if last_given not in (".", "}", ""):
        yield " ."


def source_of(operation: Operation) -> str | None:
    """The graph from which ADD, MOVE or COPY take, as it is written, where it must be there."""
    text = operation.own
    words = [piece for piece in keywords(text) if piece.text.upper() in (*_COPYING, "SILENT", "DEFAULT", "GRAPH", "TO")]
    names = [word.text.upper() for word in words]
    if operation.words[0] not in _COPYING or names[1] in ("SILENT", "DEFAULT"):
        return None
    begin = words[1] if names[1] == "GRAPH" else words[0]
    return text[begin.start + len(begin.text) : words[names.index("TO")].start]


def inserted_literals(text: str) -> Iterator[tuple[int, int]]:
    """Where literals that are no plain text begin and end in the template of INSERT."""
    depth, done, before = 0, 0, ""
    is_template, may_begin = False, True
    for piece in lexemes(text):
        if piece.start < done:
            continue
        word = piece.text.upper()
        depth += (word == "{") - (word == "}")
        is_template = word == "{" if depth == 1 and before == "INSERT" else is_template and depth > 0
        number = _NUMBER.match(text, piece.start) if may_begin else None
        suffix = _SUFFIX.match(text, piece.start + len(piece.text)) if piece.kind == "string" else None
        if is_template and (found := number or suffix):
            done = found.end()
            yield piece.start, done
        may_begin = piece.kind in ("space", "comment", "iri") or piece.text in ("(", "[", ",", "{")
        before = before if piece.kind in ("space", "comment") else word


def with_using(text: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An operation by patterns with the protocol's dataset as USING clauses before its WHERE.

    InputError where it names a dataset itself (SPARQL 1.1 Protocol, section 2.2.3).
    """
    clauses = "".join(f" USING <{graph}>" for graph in default) + "".join(f" USING NAMED <{graph}>" for graph in named)
    depth, last = 0, ""
    for piece in lexemes(text):
        word = piece.text.upper()
        if piece.kind == "word" and depth == 0 and word in ("USING", "WITH"):
            raise InputError(f"the update says {word} and the request names graphs too; use one of them")
        if piece.kind == "word" and depth == 0 and word == "WHERE":
            pattern = text[piece.start + len("WHERE") :] if last == "DELETE" else ""
            return f"{text[: piece.start]}{pattern}{clauses} {text[piece.start :]}"
        depth += (piece.text == "{") - (piece.text == "}")
        last = last if piece.kind in ("space", "comment") else word
    return text
