"""What the tests of the store share: reports about invented firms, stores to add them to, and a store as a value."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from pathlib import Path

from kg import formats, pipeline
from kg.store import file
from kg.store.verify import problems
from kg.terms import GRAPH_SHARED, ID, IRI, Quad, triple_of

FILES = Path(__file__).parent / "files"
CORP = IRI(ID + "company/example-corp")
State = dict[str, Counter[tuple[object, ...]]]

_NUMBERS = {"name": {"id"}, "name_words": {"rowid"}}
_NO_IRIS = {"start", "stop"}


def make(path: Path, *names: str) -> Path:
    """A store with some of the reports in `files/`, each added by itself in that order."""
    pipeline.add(path, [])
    for name in names:
        pipeline.add(path, [FILES / name])
    return path


def report(name: str) -> IRI:
    """The IRI of a report of `files/`."""
    return IRI(f"{ID}report/{name}")


def state(path: Path) -> State:
    """All a store says: the rows of every table with IRIs for integers, whatever order they were written in."""
    connection = file.open_read(path)
    try:
        assert problems(connection) == []
        iris = dict(connection.execute("SELECT id, iri FROM term"))
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT NULL"
        names = [name for (name,) in connection.execute(listed) if not name.startswith(("sqlite_", "term"))]
        shadows = ("_data", "_idx", "_content", "_docsize", "_config")
        found = {name: _rows(connection, name, iris) for name in sorted(names) if not name.endswith(shadows)}
        del found["meta"]
        return found
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, table: str, iris: dict[int, str]) -> Counter[tuple[object, ...]]:
    cursor = connection.execute(f"SELECT {'rowid, ' if table == 'statement_words' else ''}* FROM {table}")
    columns = [name for name, *_ in cursor.description]
    keep = [i for i, name in enumerate(columns) if name not in _NUMBERS.get(table, ())]
    return Counter(
        tuple(
            iris.get(row[i], row[i]) if isinstance(row[i], int) and columns[i] not in _NO_IRIS else row[i] for i in keep
        )
        for row in cursor
    )


def without_support(found: State) -> State:
    """A store's state apart from what shared triples rest on."""
    return {name: rows for name, rows in found.items() if name != "shared"} | {
        "shared": Counter({(row[0],): 1 for row in found["shared"]})
    }


def quads(path: Path) -> set[Quad]:
    """Every quad of a store."""
    connection = file.open_read(path)
    try:
        found = {
            (*triple_of(line), f"<{graph}>")
            for graph, text in connection.execute("SELECT iri, triples FROM graph")
            for line in text.split("\n")
            if line
        }
        shared = connection.execute("SELECT triple FROM shared")
        return found | {(*triple_of(line), f"<{GRAPH_SHARED}>") for (line,) in shared}
    finally:
        connection.close()


def nquads(path: Path) -> bytes:
    """A store as N-Quads."""
    return b"".join(formats.serialise(quads(path), formats.FORMATS["nquads"]))


def revision(path: Path) -> int:
    """The number of changes a store has seen."""
    connection = file.open_read(path)
    try:
        return int(file.meta(connection, "revision"))
    finally:
        connection.close()


def bytes_of(path: Path) -> str:
    """A hash of a store's file with its log."""
    log = path.with_name(path.name + "-wal")
    return hashlib.sha256(path.read_bytes() + (log.read_bytes() if log.exists() else b"")).hexdigest()
