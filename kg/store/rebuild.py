"""The derived tables made anew from the graph: for a store of an older format, and to check one against."""

from __future__ import annotations

import sqlite3

from kg.schema import Schema
from kg.store import ddl, file, support
from kg.store.derive import derive, general_row, places_of
from kg.store.rows import Rows
from kg.terms import GRAPH_SHARED, Token, triple_of

_GRAPH_TABLES = ("term", "meta", "graph", "shared", "document", "history", "history_document")


def bring_forward(connection: sqlite3.Connection, schema: Schema) -> None:
    """Make the tables of an older store those of this version, within a transaction; the graph is the contract."""
    own = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = [(name, sql) for name, sql in connection.execute(own).fetchall() if name not in _GRAPH_TABLES]
    tables.sort(key=lambda table: not table[1].startswith("CREATE VIRTUAL"))
    connection.execute(f"DROP VIEW IF EXISTS {ddl.VIEW}")
    for name, _ in tables:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in ddl.statements(ddl.GRAPH_TABLES):
        connection.execute(statement.replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ").replace(
            "CREATE INDEX ", "CREATE INDEX IF NOT EXISTS "
        ))  # fmt: skip
    for statement in ddl.derived_tables(schema):
        connection.execute(statement)
    fill(connection, schema)
    file.set_meta(connection, "shared", support.summed(connection))
    connection.execute(f"PRAGMA user_version = {file.VERSION}")


def fill(connection: sqlite3.Connection, schema: Schema) -> None:
    """Fill empty derived tables from the tables of the graph."""
    rows = Rows(connection, schema)
    places: set[Token] = set()
    for number, text in connection.execute("SELECT id, triples FROM graph ORDER BY id").fetchall():
        triples = [triple_of(line) for line in text.split("\n")] if text else []
        rows.insert(derive(triples, schema), number)
        places |= places_of(triples)
    graph = rows.id(f"<{GRAPH_SHARED}>")
    for (line,) in connection.execute("SELECT DISTINCT triple FROM shared ORDER BY triple").fetchall():
        triple = triple_of(line)
        places |= places_of([triple])
        made = general_row(triple)
        if made:
            rows.insert_row(*made, graph=graph)
    rows.close_containment(places)
