"""The shared graph: each triple rests on the reports whose coming brought it, or stands by itself."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from kg.store.file import meta, set_meta
from kg.terms import RDF_TYPE, SCHEMA, Token, Triple, line_of, triple_of

STANDING = 0
"""In the column `report` of the table `shared`: the triple rests on no report and stays when reports go.

What the package itself brought rests on the term of the ontology's graph, as if that were a report.
"""

Row = tuple[str, int]
"""A line of canonical N-Triples, and what it rests on."""

_CONTAINED = f"<{SCHEMA}containedInPlace>"
_MODULUS = 2**256


def settle(
    connection: sqlite3.Connection,
    brought: dict[Token, set[str]],
    fresh: set[str],
    reports: Iterable[int],
    changed: set[int],
) -> None:
    """Say what shared triples rest on: `brought` by subject in one transaction together with `reports`.

    A triple rests on those of the reports that refer to its subject, or to a place within it, where the
    triple is `fresh` or the report has `changed`; a fresh one that none refers to stands by itself.
    """
    rests: dict[str, list[int]] = defaultdict(list)
    for report in reports:
        referred = connection.execute(
            "WITH referred AS (SELECT refers.entity FROM report JOIN refers USING (graph) WHERE report.id = ?)"
            " SELECT iri FROM term WHERE id IN (SELECT entity FROM referred UNION"
            " SELECT ancestor FROM within WHERE place IN (SELECT entity FROM referred))",
            (report,),
        )
        for (iri,) in referred:
            for line in brought.get(f"<{iri}>", ()):
                if line in fresh or report in changed:
                    rests[line].append(report)
    rows = [(line, report) for line, on in rests.items() for report in on]
    insert(connection, [*rows, *((line, STANDING) for line in fresh if line not in rests)])


def withdraw(connection: sqlite3.Connection, report: int, lines: Iterable[str] | None = None) -> list[Triple]:
    """Take a report's support away, or that for `lines`, and return the shared triples left without any, deleted.

    What is left of an entity that others still refer to is handed over to them, unless its identity
    stands without it.
    """
    if lines is None:
        found = connection.execute("SELECT triple FROM shared WHERE report = ?", (report,)).fetchall()
        lines = [line for (line,) in found]
    rows = [(line, report) for line in lines]
    _delete(connection, rows)
    bare: dict[Token, list[Triple]] = defaultdict(list)
    for line, _ in rows:
        if not connection.execute("SELECT 1 FROM shared WHERE triple = ? LIMIT 1", (line,)).fetchone():
            triple = triple_of(line)
            bare[triple[0]].append(triple)
    open_subjects = [subject for subject in bare if not _is_described(connection, subject)]
    kept = {subject: heir for subject in open_subjects if (heir := _heir(connection, subject)) is not None}
    waiting = list(kept)
    while waiting:
        subject = waiting.pop()
        for _, predicate, obj in bare[subject]:
            if predicate == _CONTAINED and obj in open_subjects and obj not in kept:
                kept[obj] = kept[subject]
                waiting.append(obj)
    insert(connection, [(line_of(triple), heir) for subject, heir in kept.items() for triple in bare[subject]])
    return [triple for subject, triples in bare.items() if subject not in kept for triple in triples]


def erase(connection: sqlite3.Connection, subject: Token) -> list[Triple]:
    """Delete the shared triples about a subject, whatever they rest on, and return them."""
    return take(connection, about(connection, subject))


def take(connection: sqlite3.Connection, triples: Iterable[Triple]) -> list[Triple]:
    """Delete shared triples, whatever they rest on, and return those that were there."""
    taken = []
    for triple in sorted(triples):
        line = line_of(triple)
        rests = connection.execute("SELECT triple, report FROM shared WHERE triple = ?", (line,)).fetchall()
        _delete(connection, rests)
        if rests:
            taken.append(triple)
    return taken


def about(connection: sqlite3.Connection, subject: Token) -> list[Triple]:
    """The shared triples about a subject."""
    rows = connection.execute(
        "SELECT DISTINCT triple FROM shared WHERE triple > ? AND triple < ?", (f"{subject} ", f"{subject}!")
    )
    return [triple_of(line) for (line,) in rows]


def insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Add rows to the table `shared`, and to its sum."""
    statement = "INSERT OR IGNORE INTO shared VALUES (?, ?)"
    _shift(connection, sum(digest(row) for row in rows if connection.execute(statement, row).rowcount))


def digest(row: Row) -> int:
    """A row's part in the sum over the table `shared`, which `kg check` compares with the table."""
    return int.from_bytes(hashlib.sha256(f"{row[1]} {row[0]}".encode()).digest())


def summed(connection: sqlite3.Connection) -> str:
    """The sum over the table `shared` as it stands."""
    return f"{sum(map(digest, connection.execute('SELECT triple, report FROM shared'))) % _MODULUS:064x}"


def _delete(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    statement = "DELETE FROM shared WHERE triple = ? AND report = ?"
    _shift(connection, -sum(digest(row) for row in rows if connection.execute(statement, row).rowcount))


def _shift(connection: sqlite3.Connection, by: int) -> None:
    total = (int(meta(connection, "shared") or "0", 16) + by) % _MODULUS
    set_meta(connection, "shared", f"{total:064x}")


def _is_described(connection: sqlite3.Connection, subject: Token) -> bool:
    """Whether shared triples still say what sort of thing `subject` is."""
    return any(predicate == RDF_TYPE for _, predicate, _ in about(connection, subject))


def _heir(connection: sqlite3.Connection, subject: Token) -> int | None:
    """A report that refers to `subject`, or on which the containment of a place within it rests; else None."""
    found = connection.execute(
        "SELECT min(coalesce(report.id, 0)) FROM term"
        " JOIN refers ON refers.entity = term.id LEFT JOIN report ON report.graph = refers.graph"
        " WHERE term.iri = ?",
        (subject[1:-1],),
    ).fetchone()
    if found[0] is not None:
        return int(found[0])
    found = connection.execute(
        "SELECT min(shared.report) FROM term JOIN contained ON contained.parent = term.id"
        " JOIN term AS below ON below.id = contained.place"
        " JOIN shared ON shared.triple = '<' || below.iri || '> ' || ? || ' ' || ? || ' .'"
        " WHERE term.iri = ?",
        (_CONTAINED, subject, subject[1:-1]),
    ).fetchone()
    return None if found[0] is None else int(found[0])
