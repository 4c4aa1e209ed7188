"""What the header of a canned query may hold, and how it must fit the query under it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from kg.errors import InputError, ParseError
from kg.query.header import line_of
from kg.query.lexer import Lexeme, lexemes
from kg.terms import expand

PARAMETER_TYPES = {
    "entity": "_iri",
    "concept": "_iri",
    "class": "_iri",
    "date": "_xsd_date",
    "text": "",
    "integer": "_integer",
}
"""Types of parameters, with the ending of their variables, by which grlc knows them."""

COLUMN_TYPES = (
    *("entity", "concept", "class", "iri", "text", "localized", "string", "url"),
    *("integer", "decimal", "date", "period", "value"),
)

_KEYS: dict[str, type] = {
    "summary": str,
    "description": str,
    "tags": list,
    "method": str,
    "pagination": int,
    "defaults": list,
    "enumerate": list,
    "endpoint": str,
    "x-title": dict,
    "x-question": dict,
    "x-params": dict,
    "x-columns": dict,
    "x-order": list,
    "x-sources": list,
    "x-examples": list,
    "x-view": str,
    "x-step": str,
    "x-fast": str,
}

STEPS = (
    *("disagreements", "corroboration", "single-source", "deals"),
    *("investment-by-place", "investment-by-year", "top-investors", "topics", "speakers"),
)
"""What may be worked out from a query's solutions before they become rows."""

QUERY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
"""What a canned query may be called, and so the files beside it."""

_PARAMETER_KEYS = {"type": str, "class": list, "many": bool, "edge": str, "all": bool, "help": str}
_COLUMN_KEYS = {"type": str, "variable": str, "from": list, "many": bool, "table": bool, "help": str}
_KINDS = {str: "text", list: "a list", dict: "keys and values", bool: "true or false", int: "a whole number"}


def variables_of(name: str, kind: str) -> tuple[str, str]:
    """How a parameter stands in a query: where it may be left out, and where it may not."""
    ending = PARAMETER_TYPES[kind]
    return f"?__{name}{ending}", f"?_{name}{ending}"


def check(header: Mapping[str, Any], text: str, source: str) -> None:
    """ParseError with the line for a header that holds something wrong, or does not fit its query."""
    _Checks(header, text, source).run()


class _Checks:
    """The header, the query under it, and where both stand."""

    def __init__(self, header: Mapping[str, Any], text: str, source: str) -> None:
        self.header, self.text, self.source = header, text, source
        self.pieces = [piece for piece in lexemes(text) if piece.kind not in ("space", "comment")]

    def run(self) -> None:
        """All checks, in the order of the header."""
        self.keys(self.header, _KEYS, "the header")
        for needed in ("summary", "x-columns"):
            if not self.header.get(needed):
                self.fail(f"the header has no {needed!r}; add a line: #+ {needed}: …")
        for key in ("x-title", "x-question"):
            if key in self.header and "en" not in self.header[key]:
                self.fail(f"{key} has no English text; add: en: …", key)
        step = self.header.get("x-step")
        if step is not None and step not in STEPS:
            self.fail(f"there is no step {step!r}; the steps are {' '.join(STEPS)}", "x-step")
        self.fast_form()
        projected = self.projected() if step is None else None
        used = {piece.text for piece in self.pieces if piece.kind == "variable"}
        parameters = self.header.get("x-params", {})
        declared = {variable for name, given in parameters.items() for variable in self.parameter(name, given, used)}
        for piece in self.pieces:
            if piece.kind == "variable" and re.match(r"[?$]_", piece.text) and piece.text not in declared:
                self.fail_at(piece, f"{piece.text} stands for no parameter of the header; add it to x-params")
        for name, given in self.header["x-columns"].items():
            self.column(name, given, projected)
        self.order_and_examples(projected)

    def fast_form(self) -> None:
        """Check that the fast form that the header names stands beside the query, and is its only one."""
        name = self.header.get("x-fast")
        if name is None:
            return
        path = Path(self.source)
        if not QUERY_NAME.fullmatch(name) or not path.with_name(f"{name}.sql").is_file():
            self.fail(
                f"there is no {name}.sql beside the query; x-fast is the name of such a file, without .sql", "x-fast"
            )
        if name != path.stem and path.with_suffix(".sql").is_file():
            self.fail(f"x-fast names {name}.sql, and there is {path.stem}.sql too; keep one of them", "x-fast")

    def order_and_examples(self, projected: set[str] | None) -> None:
        """Check that rows are ordered by what is selected, and that examples give parameters."""
        parameters = self.header.get("x-params", {})
        for name in (each.removeprefix("-") for each in self.header.get("x-order", ())):
            if projected is not None and name not in projected and name not in self.header["x-columns"]:
                self.fail(f"x-order names {name!r}, which the query does not select", "x-order")
        for example in self.header.get("x-examples", ()):
            for name in example if isinstance(example, dict) else [example]:
                if name not in parameters:
                    self.fail(f"an example gives {name!r}, which is no parameter", "x-examples")

    def keys(self, given: Any, allowed: Mapping[str, type], what: str, *place: str) -> None:
        """Whether `given` is a mapping of allowed keys to values of their kinds."""
        if not isinstance(given, dict):
            self.fail(f"{what} must be keys and values", *place)
        for key, value in given.items():
            if key not in allowed:
                self.fail(f"{what} has no key {key!r}; the keys are {' '.join(sorted(allowed))}", *place, str(key))
            if not isinstance(value, allowed[key]):
                self.fail(f"{key!r} of {what} must be {_KINDS[allowed[key]]}", *place, key)

    def parameter(self, name: str, given: Any, used: set[str]) -> tuple[str, ...]:
        """Check a parameter, and give the variables it may stand in."""
        what, place = f"the parameter {name!r}", ("x-params", str(name))
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9]+", name):
            self.fail(f"{what} must be letters and digits only (grlc reads the rest)", *place)
        self.keys(given, _PARAMETER_KEYS, what, *place)
        kind = given.get("type")
        if kind not in PARAMETER_TYPES:
            self.fail(f"{what} has the type {kind!r}; use one of {' '.join(PARAMETER_TYPES)}", *place)
        if given.get("edge", "first") not in ("first", "last"):
            self.fail(f"the edge of {what} must be first or last", *place, "edge")
        for item in given.get("class", ()):
            try:
                expand(str(item))
            except InputError as error:
                self.fail(f"the class of {what}: {error}", *place, "class")
        variables = variables_of(name, kind)
        if "x-step" in self.header and not used & set(variables):
            return variables
        if len(used & set(variables)) != 1:
            how = "both as {1} and as {0}" if used & set(variables) else "nowhere"
            self.fail(f"{what} stands {how.format(*variables)} in the query; write it as {variables[0]}", *place)
        return variables

    def column(self, name: str, given: Any, projected: set[str] | None) -> None:
        """Check a column: its type, and that the query selects what it is made from."""
        what, place = f"the column {name!r}", ("x-columns", str(name))
        self.keys(given, _COLUMN_KEYS, what, *place)
        kind = given.get("type")
        if kind not in COLUMN_TYPES:
            self.fail(f"{what} has the type {kind!r}; use one of {' '.join(COLUMN_TYPES)}", *place)
        variables = given.get("from") or [given.get("variable", name)]
        if len(variables) != (2 if kind == "period" else 1):
            needs = "its two ends, from: [start, end]" if kind == "period" else "one variable"
            self.fail(f"{what} needs {needs}", *place)
        for variable in variables:
            if projected is not None and variable not in projected:
                self.fail(f"{what} is made from ?{variable}, which the query does not select", *place)

    def projected(self) -> set[str] | None:
        """The variables that the query selects, or None where it selects all there are."""
        words = [piece.text.upper() for piece in self.pieces]
        if "SELECT" not in words:
            self.fail("a canned query gives rows; start it with SELECT")
        start = words.index("SELECT")
        end = next((at for at, word in enumerate(words) if at > start and word in ("WHERE", "{", "FROM")), len(words))
        chosen = self.pieces[start + 1 : end]
        if [word for word in words[start + 1 : end] if word not in ("DISTINCT", "REDUCED")] == ["*"]:
            return None
        return {piece.text[1:] for piece in chosen if piece.kind == "variable"}

    def fail(self, reason: str, *keys: str) -> NoReturn:
        """Raise ParseError for what stands at `keys` of the header."""
        raise ParseError(reason, self.source, line_of(self.text, *keys))

    def fail_at(self, piece: Lexeme, reason: str) -> NoReturn:
        """Raise ParseError for a piece of the query."""
        before = self.text[: piece.start]
        column = piece.start - (before.rfind("\n") + 1) + 1
        raise ParseError(reason, self.source, before.count("\n") + 1, column)
