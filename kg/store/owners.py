"""To which report what a store holds belongs, for triples that come later and do not say."""

from __future__ import annotations

import sqlite3

from kg.store import support
from kg.terms import GRAPH_SHARED, Token

_OWNED = (
    ("claim", "claim", "report"),
    ("passage", "passage", "report"),
    ("citation", "citation", "report"),
    ("correction", "id", "report"),
    ("report", "id", "report.id"),
)
"""Tables of what belongs to a report: the table, its key, and the column that names the report."""


def of(connection: sqlite3.Connection, subjects: set[Token]) -> dict[Token, Token]:
    """For subjects that are in the store: the report that owns them, or the shared graph's IRI."""
    owners: dict[Token, Token] = {}
    for subject in subjects:
        report = _owner(connection, subject)
        if report:
            owners[subject] = f"<{report}>"
        elif support.about(connection, subject):
            owners[subject] = f"<{GRAPH_SHARED}>"
        elif nested := _owner_of_nested(connection, subject):
            owners[subject] = f"<{nested}>"
    return owners


def _owner(connection: sqlite3.Connection, subject: Token) -> str | None:
    row = connection.execute("SELECT id FROM term WHERE iri = ?", (subject[1:-1],)).fetchone()
    for table, key, report in _OWNED if row else ():
        query = f"SELECT term.iri FROM {table} JOIN term ON term.id = {report} WHERE {table}.{key} = ?"
        found = connection.execute(query, row).fetchone()
        if found:
            return str(found[0])
    return None


def _owner_of_nested(connection: sqlite3.Connection, subject: Token) -> str | None:
    """The report in whose graph `subject` is described, as amounts and selectors are."""
    found = connection.execute(
        "SELECT owner.iri, graph.triples FROM term JOIN refers ON refers.entity = term.id"
        " JOIN graph ON graph.id = refers.graph JOIN report ON report.graph = graph.id"
        " JOIN term AS owner ON owner.id = report.id WHERE term.iri = ? LIMIT 2",
        (subject[1:-1],),
    ).fetchall()
    return next((str(owner) for owner, text in found if f"\n{subject} " in f"\n{text}"), None)
