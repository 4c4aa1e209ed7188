"""A query without what its bound parameters already decide: a filter on a parameter that is not given goes away.

The idioms by which a canned query stands for all its parameters at once (`COALESCE(?x IN (?__p), "none" IN (?__p),
true)`) are SPARQL 1.1, and yet some stores stumble over variables that nothing binds. What is left here is what a
person would have written for the parameters at hand, and means the same (SPARQL 1.1 Query, section 17.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.query.lexer import Lexeme, lexemes

TRUE, FALSE, ERROR = "true", "false", "error"
_CLOSING = {"(": ")", "{": "}"}
_SPACE = ("space", "comment")
_COMPARISONS = ("=", "!=", "<", ">", "<=", ">=")


class Value(NamedTuple):
    """An expression: its text, and what it comes to where that is known (true, false, error, or a constant term)."""

    text: str
    known: str | None = None

    @property
    def kind(self) -> str | None:
        """`iri` or `literal` for a constant term."""
        if self.known in (None, TRUE, FALSE, ERROR):
            return None
        assert self.known is not None
        return "iri" if self.known.startswith("<") else "literal"


class _PuzzlingError(Exception):
    """An expression that is not understood, and therefore left as it is."""


def folded(query: str) -> str:
    """`query`, its filters worked out as far as constants and variables named `?_…`, which nothing binds, decide them.

    Comments go away too.
    """
    try:
        return _folded([piece for piece in lexemes(query) if piece.kind != "comment"])
    except _PuzzlingError:
        return query


def _folded(pieces: Sequence[Lexeme]) -> str:
    out: list[str] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        opening = _next(pieces, at + 1)
        if piece.kind == "word" and piece.text.upper() == "FILTER" and opening and pieces[opening].text == "(":
            end = _matching(pieces, opening)
            out.append(_filter(pieces[opening + 1 : end]))
            at = end + 1
        else:
            out.append(piece.text)
            at += 1
    return "".join(out)


def _filter(inside: Sequence[Lexeme]) -> str:
    try:
        value = _Reader(inside).whole()
    except _PuzzlingError:
        return f"FILTER({_folded(inside)})"
    if value.known == TRUE:
        return ""
    if value.known in (FALSE, ERROR):
        return "FILTER(false)"
    return f"FILTER({_as_condition(value).text})"


def _as_condition(value: Value) -> Value:
    """A condition that a filter tests: there an error is as good as false, which `COALESCE(…, false)` says."""
    inside = value.text.removeprefix("COALESCE(").removesuffix(", false)")
    if value.text == f"COALESCE({inside}, false)" and _balanced(inside) and "," not in _outside(inside):
        return Value(inside)
    return value


class _Reader:
    """Reads an expression from left to right and works it out on the way."""

    def __init__(self, pieces: Sequence[Lexeme]) -> None:
        self.pieces = [*pieces]
        self.at = 0

    def whole(self) -> Value:
        value = self._or()
        if self._peek() is not None:
            raise _PuzzlingError
        return value

    def _or(self) -> Value:
        return self._joined("|", " || ", TRUE, FALSE, self._and)

    def _and(self) -> Value:
        return self._joined("&", " && ", FALSE, TRUE, self._relation)

    def _joined(self, mark: str, sign: str, decides: str, leaves: str, read: object) -> Value:
        assert callable(read)
        parts = [read()]
        while self._take(mark):
            if not self._take(mark):
                raise _PuzzlingError
            parts.append(read())
        if len(parts) == 1:
            return Value(*parts[0])
        if any(part.known == decides for part in parts):
            return Value(decides, decides)
        open_ones = [part for part in parts if part.known != leaves]
        if not open_ones:
            return Value(leaves, leaves)
        if all(part.known == ERROR for part in open_ones):
            return Value(open_ones[0].text, ERROR)
        return Value(sign.join(part.text for part in open_ones))

    def _relation(self) -> Value:
        left = self._primary()
        piece = self._peek()
        if piece is None:
            return left
        negated = piece.text.upper() == "NOT"
        if negated:
            self.at += 1
        if self._take("IN"):
            return self._in(left, negated)
        if negated:
            raise _PuzzlingError
        sign = ""
        while (piece := self._peek()) is not None and piece.text in "=!<>" and len(sign) < 2:
            sign += piece.text
            self.at += 1
        if sign not in _COMPARISONS:
            return left
        right = self._primary()
        text = f"{left.text} {sign} {right.text}"
        return Value(text, ERROR if ERROR in (left.known, right.known) else None)

    def _in(self, left: Value, negated: bool) -> Value:
        items = self._arguments()
        text = f"{left.text} {'NOT ' if negated else ''}IN ({', '.join(item.text for item in items)})"
        if left.known == ERROR or (items and all(item.known == ERROR for item in items)):
            return Value(text, ERROR)
        equal = [_equal(left, item) for item in items]
        if True in equal:
            return _truth(not negated)
        return Value(text) if None in equal else _truth(negated)

    def _primary(self) -> Value:
        piece = self._peek()
        if piece is None:
            raise _PuzzlingError
        self.at += 1
        word = piece.text.upper()
        if piece.text == "(":
            self.at -= 1
            (value,) = self._arguments()
            return value if value.known else Value(f"({value.text})")
        if piece.text == "!":
            value = self._primary()
            known = {TRUE: FALSE, FALSE: TRUE, ERROR: ERROR}.get(value.known or "")
            return Value(known if known in (TRUE, FALSE) else f"!{value.text}", known)
        if piece.kind == "variable":
            return Value(piece.text, ERROR if piece.text[1] == "_" else None)
        if piece.kind == "iri":
            return self._called(piece.text) if self._is("(") else Value(piece.text, piece.text)
        if piece.kind == "string":
            return self._literal(piece.text)
        if piece.kind != "word":
            raise _PuzzlingError
        if word in ("TRUE", "FALSE"):
            return Value(word.lower(), word.lower())
        if word == "NOT" and self._is("EXISTS"):
            self.at += 1
            return Value(f"NOT EXISTS {self._group()}")
        if word == "EXISTS":
            return Value(f"EXISTS {self._group()}")
        return self._called(self._name(piece.text))

    def _called(self, name: str) -> Value:
        """A function with its arguments, or a prefixed name or number by itself."""
        if not self._is("("):
            return Value(name)
        given = self._arguments()
        text = f"{name}({', '.join(value.text for value in given)})"
        match name.upper(), given:
            case "COALESCE", _:
                return _coalesced(given)
            case "IF", [condition, then, otherwise]:
                if condition.known in (TRUE, FALSE):
                    return then if condition.known == TRUE else otherwise
                return Value(text, ERROR if condition.known == ERROR else None)
            case "BOUND", [value]:
                return _truth(False) if value.known == ERROR else Value(text)
            case (("ISIRI" | "ISURI" | "ISLITERAL"), [value]) if value.kind:
                return _truth(value.kind == ("literal" if name.upper() == "ISLITERAL" else "iri"))
        return Value(text, ERROR if any(value.known == ERROR for value in given) else None)

    def _name(self, word: str) -> str:
        """A word with what follows it without a space: the rest of a prefixed name."""
        while word.endswith(":") and self.at < len(self.pieces) and self.pieces[self.at].kind == "word":
            word += self.pieces[self.at].text
            self.at += 1
        return word

    def _literal(self, text: str) -> Value:
        """A string with the language or the datatype behind it."""
        while self.at < len(self.pieces) and self.pieces[self.at].text in ("^", "@"):
            text += self.pieces[self.at].text
            self.at += 1
            if text.endswith(("^^", "@")):
                text += self._name(self.pieces[self.at].text)
                self.at += 1
                while self.at + 1 < len(self.pieces) and self.pieces[self.at].text == "-":
                    text += "-" + self.pieces[self.at + 1].text
                    self.at += 2
        return Value(text, text)

    def _arguments(self) -> list[Value]:
        """What stands between brackets, separated by commas."""
        start = self._next_at()
        if start is None or self.pieces[start].text != "(":
            raise _PuzzlingError
        end = _matching(self.pieces, start)
        inside = _Reader(self.pieces[start + 1 : end])
        self.at = end + 1
        values: list[Value] = []
        while inside._peek() is not None:
            values.append(inside._or())
            if inside._peek() is not None and not inside._take(","):
                raise _PuzzlingError
        return values

    def _group(self) -> str:
        start = self._next_at()
        if start is None or self.pieces[start].text != "{":
            raise _PuzzlingError
        end = _matching(self.pieces, start)
        self.at = end + 1
        return _folded(self.pieces[start : end + 1])

    def _next_at(self) -> int | None:
        return _next(self.pieces, self.at)

    def _peek(self) -> Lexeme | None:
        found = self._next_at()
        if found is None:
            return None
        self.at = found
        return self.pieces[found]

    def _is(self, text: str) -> bool:
        piece = self._peek()
        return piece is not None and piece.text.upper() == text

    def _take(self, text: str) -> bool:
        if self._is(text):
            self.at += 1
            return True
        return False


def _coalesced(given: list[Value]) -> Value:
    """The first argument that is no error; those behind one that is known to be none are never reached."""
    kept: list[Value] = []
    for value in given:
        if value.known == ERROR:
            continue
        kept.append(value)
        if value.known is not None:
            break
    if not kept:
        return Value("COALESCE()", ERROR)
    if len(kept) == 1:
        return kept[0] if kept[0].known else Value(f"COALESCE({kept[0].text})")
    return Value(f"COALESCE({', '.join(value.text for value in kept)})")


def _equal(left: Value, right: Value) -> bool | None:
    """Whether two terms are the same; None where it is not known, or an error."""
    if left.kind is None or right.kind is None:
        return None
    if left.known == right.known:
        return True
    return False if "iri" in (left.kind, right.kind) else None


def _truth(value: bool) -> Value:
    return Value(TRUE, TRUE) if value else Value(FALSE, FALSE)


def _next(pieces: Sequence[Lexeme], at: int) -> int | None:
    while at < len(pieces) and pieces[at].kind in _SPACE:
        at += 1
    return at if at < len(pieces) else None


def _matching(pieces: Sequence[Lexeme], start: int) -> int:
    """Where the bracket that opens at `start` closes."""
    opening, closing = pieces[start].text, _CLOSING[pieces[start].text]
    depth = 0
    for at in range(start, len(pieces)):
        depth += (pieces[at].text == opening) - (pieces[at].text == closing)
        if not depth:
            return at
    raise _PuzzlingError


def _balanced(text: str) -> bool:
    depth = 0
    for piece in lexemes(text):
        depth += (piece.text in _CLOSING) - (piece.text in _CLOSING.values())
        if depth < 0:
            return False
    return depth == 0


def _outside(text: str) -> str:
    """What of a text stands outside brackets and strings."""
    depth, kept = 0, []
    for piece in lexemes(text):
        depth += (piece.text in _CLOSING) - (piece.text in _CLOSING.values())
        if depth == 0 and piece.kind == "mark":
            kept.append(piece.text)
    return "".join(kept)
