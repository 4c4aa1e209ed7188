"""What a store keeps of reports that changed: triples and files of each earlier revision, in tables of their own.

The tables are made when the first report changes; a store without them is of the same format.
"""

from __future__ import annotations

import hashlib
import sqlite3

from kg.terms import Token

_TABLE = (
    "CREATE TABLE IF NOT EXISTS history (report TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " triples TEXT NOT NULL, PRIMARY KEY (report, revision)) WITHOUT ROWID"
)

_FILES = (
    "CREATE TABLE IF NOT EXISTS history_document (report TEXT NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL,"
    " sha256 TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (report, revision, name)) WITHOUT ROWID"
)


def keep(connection: sqlite3.Connection, report: Token, triples: str) -> None:
    """Keep what a report's graph holds, and its files, as its latest revision before the one that comes."""
    connection.execute(_TABLE)
    connection.execute(_FILES)
    number = earlier(connection, report[1:-1]) + 1
    digest = hashlib.sha256(triples.encode()).hexdigest()
    connection.execute("INSERT INTO history VALUES (?, ?, ?, ?)", (report[1:-1], number, digest, triples))
    connection.execute(
        "INSERT INTO history_document SELECT term.iri, ?, name, sha256, content"
        " FROM document JOIN term ON term.id = document.report WHERE term.iri = ?",
        (number, report[1:-1]),
    )


def earlier(connection: sqlite3.Connection, report: str) -> int:
    """How many revisions of a report there were before the one that is there."""
    if not _exists(connection):
        return 0
    return int(connection.execute("SELECT count(*) FROM history WHERE report = ?", (report,)).fetchone()[0])


def rows(connection: sqlite3.Connection) -> list[tuple[str, int, str, str]]:
    """Every revision that is kept: report, number from 1, triples and their SHA-256."""
    if not _exists(connection):
        return []
    return connection.execute("SELECT report, revision, triples, sha256 FROM history ORDER BY 1, 2").fetchall()


def files(connection: sqlite3.Connection) -> list[tuple[str, int, str, bytes, str]]:
    """Every file that is kept of an earlier revision: report, number, name, content and its SHA-256."""
    if not _exists(connection, "history_document"):
        return []
    query = "SELECT report, revision, name, content, sha256 FROM history_document ORDER BY 1, 2, 3"
    return connection.execute(query).fetchall()


def forget(connection: sqlite3.Connection, report: Token) -> None:
    """Forget the earlier revisions of a report that is withdrawn."""
    if _exists(connection):
        connection.execute("DELETE FROM history WHERE report = ?", (report[1:-1],))
    if _exists(connection, "history_document"):
        connection.execute("DELETE FROM history_document WHERE report = ?", (report[1:-1],))


def _exists(connection: sqlite3.Connection, table: str = "history") -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(query, (table,)).fetchone() is not None
