"""The canned queries: each `.rq` file with its header, from which commands, calls and pages are made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kg import resources
from kg.errors import ParseError, UnknownQuery
from kg.query.header import header_of
from kg.query.rules import QUERY_NAME, check, variables_of
from kg.terms import expand

LABELLED = ("entity", "concept", "class")
"""Types of columns whose IRI is shown by its label, the IRI standing beside it."""


class Parameter(NamedTuple):
    """A parameter of a query: its type, and the variable it stands for. `all` says that it takes the word `all`."""

    name: str
    type: str
    variable: str
    classes: tuple[str, ...]
    many: bool
    required: bool
    edge: str
    all: bool
    help: str


class Column(NamedTuple):
    """A column of the answer: its type, and the variables of the query it is made from.

    `table` says whether tables for people show it; where it says nothing, they leave out what receipts say anyway.
    """

    name: str
    type: str
    variables: tuple[str, ...]
    many: bool
    table: bool | None
    help: str


class Query(NamedTuple):
    """A canned query. `sql` is its fast form over the claim tables, and `fast` the file that holds it, or None.

    Queries that ask an engine for the same may share a fast form: their headers name it by `x-fast`.

    `step` names what is worked out from the solutions of the query before they become rows, or is None.
    """

    name: str
    path: Path
    text: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    description: str
    tags: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    columns: Mapping[str, Column]
    order: tuple[str, ...]
    sources: tuple[str, ...]
    examples: Sequence[Mapping[str, Any]]
    fast: Path | None
    sql: str | None
    step: str | None


def names(folder: Path | None = None) -> list[str]:
    """The names of the canned queries in `folder`, or of those that ship."""
    return sorted(path.stem for path in (folder or resources.queries()).glob("*.rq"))


def load(name: str, folder: Path | None = None) -> Query:
    """The query `name`; UnknownQuery where there is none, ParseError where its header is wrong."""
    where = folder or resources.queries()
    path = where / f"{name}.rq"
    if not QUERY_NAME.fullmatch(name) or not path.is_file():
        raise UnknownQuery(_no_such_query(name, where))
    return read(path)


def load_all(folder: Path | None = None) -> list[Query]:
    """All queries of a folder, in the order of their names."""
    return [load(name, folder) for name in names(folder)]


def read(path: Path) -> Query:
    """The query that a file holds, with its header checked."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ParseError("the bytes are not UTF-8; save the file as UTF-8", str(path)) from None
    header = _header(path, text)
    parameters = {name: _parameter(name, given, text) for name, given in header.get("x-params", {}).items()}
    columns = {name: _column(name, given) for name, given in header["x-columns"].items()}
    fast = _fast_form(path, header)
    title = header.get("x-title") or {"en": header["summary"]}
    return Query(
        name=path.stem,
        path=path,
        text=text,
        title=title,
        question=header.get("x-question") or title,
        description=" ".join(str(header.get("description", "")).split()),
        tags=tuple(header.get("tags", ())),
        parameters=parameters,
        columns=columns,
        order=tuple(header.get("x-order", ())),
        sources=tuple(header.get("x-sources", ("claim",))),
        examples=tuple(header.get("x-examples", ())),
        fast=fast,
        sql=fast.read_text(encoding="utf-8") if fast else None,
        step=header.get("x-step"),
    )


def _header(path: Path, text: str) -> dict[str, Any]:
    """The header of a query: read and checked, by the build of the package for one that ships, else now."""
    built = resources.headers()
    if built is not None and path.parent == resources.queries():
        import json

        return dict(json.loads(built.read_text(encoding="utf-8"))[path.stem])
    header = header_of(text, str(path))
    check(header, text, str(path))
    return header


def _fast_form(path: Path, header: Mapping[str, Any]) -> Path | None:
    """The file of a query's fast form: the one its header names, or the one of its own name if there is one."""
    named = path.with_name(f"{header.get('x-fast', path.stem)}.sql")
    return named if named.is_file() else None


def _parameter(name: str, given: Mapping[str, Any], text: str) -> Parameter:
    optional, required = variables_of(name, given["type"])
    is_required = re.search(re.escape(required) + r"(?![A-Za-z0-9_])", text) is not None
    return Parameter(
        name=name,
        type=given["type"],
        variable=required if is_required else optional,
        classes=tuple(str(expand(str(item))) for item in given.get("class", ())),
        many=given.get("many", False),
        required=is_required,
        edge=given.get("edge", "first"),
        all=given.get("all", False),
        help=given.get("help", ""),
    )


def _column(name: str, given: Mapping[str, Any]) -> Column:
    variables = tuple(given.get("from", ())) or (given.get("variable", name),)
    return Column(name, given["type"], variables, given.get("many", False), given.get("table"), given.get("help", ""))


def _no_such_query(name: str, where: Path) -> str:
    from kg.names import nearest

    known = names(where)
    near = nearest(name, known, 1)
    return f"there is no query {name!r}; " + (f"did you mean {near[0]!r}?" if near else f"there are {' '.join(known)}")
