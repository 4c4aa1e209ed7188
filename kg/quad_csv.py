"""Quads as CSV: a row each, with the kind, datatype and language of the object in cells of their own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from kg.errors import InputError, ParseError
from kg.terms import IRI, RDF, BlankNode, Quad, Token, iri, literal, term, token

_COLUMNS = ["subject", "predicate", "object", "kind", "datatype", "language", "graph"]
_LONGEST_CELL = 2**31 - 1
_QUOTED_CELL = re.compile(r"[\",\s\x00-\x1f]|^'")


def read(text: str, source: str) -> list[Quad]:
    """The quads of a CSV text; ParseError with the line of a row that is none."""
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    usual = csv.field_size_limit(_LONGEST_CELL)
    try:
        if rows.fieldnames != _COLUMNS:
            raise ParseError(f"the first line must name the columns {','.join(_COLUMNS)}", source, 1)
        return [_quad_of_row(row) for row in rows]
    except (InputError, csv.Error) as error:
        if isinstance(error, ParseError):
            raise
        raise ParseError(str(error), source, rows.reader.line_num) from None
    finally:
        csv.field_size_limit(usual)


def _quad_of_row(row: dict[str, str]) -> Quad:
    if None in row or None in row.values():
        raise InputError(f"a row needs {len(_COLUMNS)} cells")
    subject, obj = _node(row["subject"]), row["object"]
    if row["kind"] == "iri":
        target = _node(obj)
    elif row["kind"] == "literal":
        if bool(row["language"]) != (row["datatype"] == RDF + "langString") or row["datatype"] == RDF + "dirLangString":
            raise InputError(f"a language goes with the datatype {RDF}langString, and that with a language")
        target = token(literal(obj, row["language"] or None, iri(row["datatype"])))
    else:
        raise InputError(f"kind is {row['kind']!r}; it must be iri or literal")
    return subject, token(iri(row["predicate"])), target, _node(row["graph"]) if row["graph"] else ""


def _node(text: str) -> Token:
    return token(BlankNode(text[2:]) if re.fullmatch(r"_:\w+", text) else iri(text))


def write(quads: Iterable[Quad]) -> bytes:
    """`quads` in their order, a row each."""
    lines = [",".join(_COLUMNS)]
    for s, p, o, g in quads:
        value = term(o)
        if isinstance(value, IRI | BlankNode):
            cells = ["_:" + value if isinstance(value, BlankNode) else value, "iri", "", ""]
        else:
            cells = [value.value, "literal", value.datatype, value.language or ""]
        lines.append(",".join(map(_cell, (s.strip("<>"), p.strip("<>"), *cells, g.strip("<>")))))
    return "\n".join([*lines, ""]).encode()


def _cell(text: str) -> str:
    """A cell of CSV (RFC 4180), quoted wherever a reader could take it for anything else."""
    return '"' + text.replace('"', '""') + '"' if _QUOTED_CELL.search(text) else text
