"""What a store keeps of reports that changed: the triples of each earlier revision, in a table of its own.

The table is made when the first report changes; a store without it is of the same format.
"""

from __future__ import annotations

import hashlib
import sqlite3

from kg.terms import Token

_TABLE = (
    "CREATE TABLE IF NOT EXISTS history (report TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT NOT NULL,"
    " triples TEXT NOT NULL, PRIMARY KEY (report, revision)) WITHOUT ROWID"
)


def keep(connection: sqlite3.Connection, report: Token, triples: str) -> None:
    """Keep what a report's graph holds as its latest revision before the one that comes."""
    connection.execute(_TABLE)
    number = earlier(connection, report[1:-1]) + 1
    digest = hashlib.sha256(triples.encode()).hexdigest()
    connection.execute("INSERT INTO history VALUES (?, ?, ?, ?)", (report[1:-1], number, digest, triples))


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


def forget(connection: sqlite3.Connection, report: Token) -> None:
    """Forget the earlier revisions of a report that is withdrawn."""
    if _exists(connection):
        connection.execute("DELETE FROM history WHERE report = ?", (report[1:-1],))


def _exists(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'history'"
    return connection.execute(query).fetchone() is not None
