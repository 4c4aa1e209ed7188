"""Whether a store file is whole: its pages, the hashes of its graphs, its receipts, and the derived tables."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from itertools import zip_longest

from kg import schema
from kg.errors import KgError
from kg.store import ddl, file, history, rebuild, support

_RESTORE = "restore the store from a copy"
_UNNUMBERED = {
    "name": "SELECT entity, name, language, key, source, graph FROM name",
    "name_words": "SELECT entity, name, graph, folded FROM name_words JOIN name ON name.id = name_words.rowid",
}
"""Tables whose integers are given out in the order of writing, and what of them can be compared."""


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with a store file, a line each; none where every byte that matters is as it was written.

    It is looked at in a copy, so that one state is, and that full text can be checked, which takes a writer.
    """
    copy = sqlite3.connect("", isolation_level=None)
    try:
        connection.backup(copy)
        found = [*_pages(copy), *_hashes(copy)]
        found = found or [*_receipts(copy), *_derived(copy), *_full_text(copy)]
    except (sqlite3.DatabaseError, UnicodeDecodeError, KgError) as error:
        found = [f"the store is damaged ({error}); {_RESTORE}"]
    finally:
        copy.close()
    return [" ".join(message.split()) for message in found]


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (message,) in connection.execute("PRAGMA integrity_check(10)"):
        if message != "ok":
            yield f"the store is damaged: {message}; {_RESTORE}"


def _hashes(connection: sqlite3.Connection) -> Iterator[str]:
    for iri, triples, sha256 in connection.execute("SELECT iri, triples, sha256 FROM graph ORDER BY iri"):
        if _sha256(triples) != sha256:
            yield f"the triples of {iri} are not those that were written: their hash differs; {_RESTORE}"
    if support.summed(connection) != file.meta(connection, "shared"):
        yield f"the shared triples are not those that were written: their sum differs; {_RESTORE}"
    for report, number, triples, sha256 in history.rows(connection):
        if _sha256(triples) != sha256:
            yield f"revision {number} of {report} is not as it was written: its hash differs; {_RESTORE}"
    for report, number, name, content, sha256 in history.files(connection):
        if _sha256(content) != sha256:
            of = f"revision {number} of {report}"
            yield f"the document {name!r} of {of} is not as it came: its hash differs; {_RESTORE}"
    for name, report, content, sha256 in connection.execute(
        "SELECT name, coalesce(iri, report), content, sha256 FROM document LEFT JOIN term ON term.id = report"
    ):
        if _sha256(content) != sha256:
            yield f"the document {name!r} of {report} is not as it came: its hash differs; {_RESTORE}"


def _receipts(connection: sqlite3.Connection) -> Iterator[str]:
    """`text[start:end] == exact` for every passage of a report whose text is held; a passage of none is one too."""
    texts = dict(connection.execute("SELECT id, text FROM report WHERE text IS NOT NULL").fetchall())
    for passage, report, exact, start, stop in connection.execute(
        "SELECT iri, report, exact, start, stop FROM passage JOIN term ON term.id = passage ORDER BY iri"
    ):
        if report in texts and texts[report][start:stop] != exact:
            yield f"{passage} does not stand at {start} to {stop} of its report's text"


def _derived(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare each derived table with one that is made anew from the graph."""
    known = schema.load()
    fresh = sqlite3.connect("", isolation_level=None)
    try:
        fresh.execute("BEGIN")
        file.create(fresh, known)
        for table, columns in (
            ("term", "id, iri"),
            ("graph", "id, iri, triples, sha256"),
            ("shared", "triple, report"),
        ):
            marks = ", ".join("?" * len(columns.split(", ")))
            rows = connection.execute(f"SELECT {columns} FROM {table}")
            fresh.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        rebuild.fill(fresh, known)
        for table in ddl.derived_names(known):
            if not _same(connection, fresh, table):
                yield f"the table {table} is not what the graph gives; export the store and add that to a new one"
    except (KgError, sqlite3.IntegrityError, ValueError, KeyError) as error:
        yield f"the tables cannot be made anew from the graph: {error}"
    finally:
        fresh.close()


def _full_text(copy: sqlite3.Connection) -> Iterator[str]:
    """What full text finds (https://sqlite.org/fts5.html, section 6.5) against the words it is made of."""
    for table in ("name_words", "statement_words"):
        try:
            copy.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError:
            yield f"the full text of {table} is damaged; export the store and add that to a new one"


def _same(one: sqlite3.Connection, other: sqlite3.Connection, table: str) -> bool:
    query = _UNNUMBERED.get(table) or f"SELECT {'rowid, ' if table.endswith('_words') else ''}* FROM {table}"
    width = len(other.execute(f"{query} LIMIT 0").description)
    query += f" ORDER BY {', '.join(str(number) for number in range(1, width + 1))}"
    return all(mine == yours for mine, yours in zip_longest(one.execute(query), other.execute(query)))


def _sha256(content: object) -> str:
    data = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else ""
