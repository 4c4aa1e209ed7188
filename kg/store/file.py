"""A store file: one SQLite database, opened for reading or writing, created, refused or brought forward."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from kg.errors import DiskError, StoreError

if TYPE_CHECKING:
    from kg.schema import Schema

APPLICATION_ID = 0x6B616261
"""Marks an SQLite file as ours ("kaba")."""

VERSION = 2
"""Version of the format. Tables of the graph are the contract; derived tables are made anew from them."""

BUSY_SECONDS = 30.0
"""How long a writer waits for another one."""


def open_read(path: Path) -> sqlite3.Connection:
    """A read-only connection to a store file; StoreError in one line for what is no store of ours."""
    if not path.is_file():
        raise StoreError(f"{path}: there is no such store; create it with: kg add --store {path} FILE")
    writable = os.access(path, os.W_OK) and os.access(path.resolve().parent, os.W_OK)
    # A connection that could write tidies the log away when the last one closes; one that cannot leaves it lying.
    address = f"{_address(path)}?mode={'rw' if writable else 'ro'}"
    if not writable and not _log_of(path).exists():
        address += "&immutable=1"
    connection = _connect(address, path, _Reading)
    try:
        with faults(path):
            connection.execute("PRAGMA query_only = TRUE")
            _verify(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


class Opened(NamedTuple):
    """A store file that is open for writing: whether it was created for that, and which file of the disk it is."""

    path: Path
    connection: sqlite3.Connection
    created: bool
    identity: tuple[int, int]


def open_write(path: Path, must_exist: bool = False) -> Opened:
    """A store file opened for writing; a file that is missing begins as an empty one, unless it `must_exist`.

    A write is on the disk when it is acknowledged: write-ahead log, `synchronous = FULL`.
    """
    if must_exist and not path.exists():
        raise StoreError(f"{path}: there is no such store; check the name")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: this is not a file; name a file for the store")
    if not path.resolve().parent.is_dir():
        raise StoreError(f"{path}: the folder does not exist; create it first")
    if path.exists() and path.stat().st_size and not os.access(path, os.W_OK):
        raise StoreError(f"{path}: the store cannot be written; check its permissions")
    created = not path.exists()
    connection = _connect(f"{_address(path)}?mode=rwc", path)
    try:
        with faults(path):
            if not is_empty(connection):
                _verify(connection, path, may_be_older=True)
            connection.execute("PRAGMA synchronous = FULL")
            _log_ahead(connection)
    except BaseException:
        if created and path.stat().st_size == 0:
            _delete(path)
        connection.close()
        raise
    return Opened(path, connection, created, _identity(path))


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether the file holds no table yet, so that the next transaction is to create them."""
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


@contextmanager
def transaction(opened: Opened) -> Iterator[None]:
    """All or nothing: what is done inside is committed at the end, or undone where anything goes wrong.

    A file that was created for this transaction goes when it fails.
    """
    connection, path = opened.connection, opened.path
    with faults(path):
        connection.execute("BEGIN IMMEDIATE")
    was_empty = False
    try:
        with faults(path):
            was_empty = is_empty(connection)
            if _identity(path) != opened.identity:
                raise StoreError(f"{path}: another program removed the store meanwhile; try again")
            yield
            connection.execute("COMMIT")
    except BaseException:
        if was_empty and opened.created and _identity(path) == opened.identity:
            _delete(path)
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """One state of the store for all that is read inside, whatever a writer does meanwhile."""
    try:
        nested = connection.in_transaction
        if not nested:
            connection.execute("BEGIN")
    except sqlite3.ProgrammingError:
        reason = "the graph is closed, or is asked from another thread than it was opened in; open one in each thread"
        raise StoreError(reason) from None
    try:
        yield
    finally:
        if not nested:
            connection.execute("COMMIT")


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into errors of ours, in one line."""
    try:
        yield
    except sqlite3.OperationalError as error:
        message = str(error)
        if "malformed" in message or "not a database" in message or "decode" in message:
            raise _damaged(path, message) from None
        if "locked" in message:
            raise StoreError(f"{path}: another program is writing to it; try again when it has finished") from None
        if "interrupted" in message:
            raise
        if any(word in message for word in ("disk", "full", "I/O", "readonly", "unable to open")):
            raise DiskError(f"{path}: {message}; nothing was changed; free space or choose another place") from None
        raise StoreError(f"{path}: {message}; nothing was changed") from None
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from None


def meta(connection: sqlite3.Connection, key: str) -> str:
    """A value of the table `meta`, empty where there is none."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of the table `meta`."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def create(connection: sqlite3.Connection, schema: Schema) -> None:
    """Create the tables of the format, within a transaction."""
    from kg.store import ddl

    for statement in ddl.statements(ddl.GRAPH_TABLES):
        connection.execute(statement)
    for statement in ddl.derived_tables(schema):
        connection.execute(statement)
    set_meta(connection, "revision", "0")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def new_state(connection: sqlite3.Connection) -> None:
    """Count the revision up, and give the state a name that no other state has, of this file or of a copy of it."""
    set_meta(connection, "revision", str(int(meta(connection, "revision") or 0) + 1))
    set_meta(connection, "store", os.urandom(16).hex())


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Set the write-ahead log, which is kept in the file; waits as any writer does, which SQLite does not do here."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _identity(path: Path) -> tuple[int, int]:
    """Which file of the disk a path leads to: what is written to one that is no longer there would be lost."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def _delete(path: Path) -> None:
    for each in (path, _log_of(path), path.with_name(path.name + "-shm")):
        with suppress(OSError):
            each.unlink()


def _log_of(path: Path) -> Path:
    resolved = path.resolve()
    return resolved.with_name(resolved.name + "-wal")


def _address(path: Path) -> str:
    """A file's address as SQLite reads it (https://sqlite.org/uri.html, section 3.1)."""
    name = path.resolve().as_posix()
    for char, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        name = name.replace(char, escape)
    return f"file:{name if name.startswith('/') else '/' + name}"


class _Reading(sqlite3.Connection):
    """A connection whose statements fail with errors of ours, as `faults` makes them."""

    path = Path()

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        """Run a statement; the cursor does the same for the rows it fetches."""
        return self.cursor(_Fetching).execute(*arguments)


class _Fetching(sqlite3.Cursor):
    def execute(self, *arguments: Any) -> Self:
        with faults(self._path):
            return super().execute(*arguments)

    def fetchone(self) -> Any:
        with faults(self._path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with faults(self._path):
            return super().fetchall()

    def __next__(self) -> Any:
        with faults(self._path):
            return super().__next__()

    @property
    def _path(self) -> Path:
        assert isinstance(self.connection, _Reading)
        return self.connection.path


def _connect(address: str, path: Path, factory: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    with faults(path):
        connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, factory=factory)
    try:
        if isinstance(connection, _Reading):
            connection.path = path
        with faults(path):
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA mmap_size = 1073741824")
    except BaseException:
        connection.close()
        raise
    return connection


def _verify(connection: sqlite3.Connection, path: Path, may_be_older: bool = False) -> None:
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        connection.close()
        raise _damaged(path, str(error)) from None
    if not may_be_older and is_empty(connection):
        connection.close()
        raise StoreError(f"{path}: the store is still empty; add to it with: kg add --store {path} FILE")
    if application != APPLICATION_ID:
        connection.close()
        raise StoreError(f"{path}: this is not a kabar store; name one, or a new file")
    if version > VERSION:
        connection.close()
        raise StoreError(
            f"{path}: the store has format {version} and this program knows {VERSION}; update it: pip install -U kabar"
        )
    if version < VERSION and not may_be_older:
        connection.close()
        raise StoreError(
            f"{path}: the store has the older format {version}; bring it forward with: kg add --store {path}"
        )


def _damaged(path: Path, reason: str) -> StoreError:
    return StoreError(f"{path}: the store is damaged or is no store ({reason}); restore it from a copy")
