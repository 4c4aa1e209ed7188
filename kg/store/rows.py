"""Writing derived rows: IRIs become integers, rows go into their tables, and a graph's rows go out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from kg.errors import DataError
from kg.names import folded, key
from kg.schema import Schema
from kg.store import ddl
from kg.store.derive import Derived, Row
from kg.terms import ID, Token

_IRI_COLUMNS = {
    "claim": ("claim", "report"),
    "link": ("claim", "value"),
    "text": ("claim",),
    "involves": ("entity", "claim"),
    "receipt": ("claim", "receipt"),
    "passage": ("passage", "report"),
    "citation": ("citation", "report"),
    "label": ("entity",),
    "name": ("entity", "source"),
    "type": ("entity", "type"),
    "contained": ("place", "parent"),
    "place_type": ("place", "type"),
    "judged": ("judgement", "member"),
    "decision": ("judgement",),
    "decider": ("judgement", "agent"),
    "refers": ("entity",),
    "statement_words": ("rowid",),
}

CITY: Token = f"<{ID}place-type/city>"

_OWN = ("claim", "passage", "citation")
"""Tables with a row for each node of a report, which no other report may describe."""

_SINGLE = {
    "label": "entity",
    "type": "entity",
    "contained": "place",
    "place_type": "place",
    **dict.fromkeys(("judged", "decision", "decider"), "judgement"),
}
"""Tables whose rows single triples give, beside `name`, and the column of what they are about."""

_BELOW = (
    "WITH RECURSIVE below (place) AS (SELECT value FROM json_each(?) UNION"
    " SELECT contained.place FROM below JOIN contained ON contained.parent = below.place) SELECT place FROM below"
)
_CLOSURE = (
    "DELETE FROM within WHERE place IN (SELECT value FROM json_each(:moved))",
    "INSERT INTO within WITH RECURSIVE above (place, ancestor) AS ("
    " SELECT place, parent FROM contained WHERE place IN (SELECT value FROM json_each(:moved)) UNION"
    " SELECT above.place, contained.parent FROM above JOIN contained ON contained.place = above.ancestor)"
    " SELECT place, ancestor FROM above",
    "DELETE FROM city WHERE place IN (SELECT value FROM json_each(:moved))",
    "INSERT INTO city WITH"
    " moved (place) AS (SELECT value FROM json_each(:moved)),"
    " reach (place, ancestor) AS ("
    "  SELECT within.place, ancestor FROM moved JOIN within USING (place) UNION SELECT place, place FROM moved),"
    " near (place, city) AS (SELECT place, ancestor FROM reach WHERE EXISTS ("
    "  SELECT 1 FROM place_type WHERE place_type.place = reach.ancestor AND place_type.type = :city))"
    " SELECT place, city FROM near WHERE NOT EXISTS ("
    "  SELECT 1 FROM near AS nearer JOIN within ON within.place = nearer.city AND within.ancestor = near.city"
    "  WHERE nearer.place = near.place AND nearer.city <> near.city)",
)


class Rows:
    """The derived tables of one connection, as far as writing goes."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema) -> None:
        self.connection = connection
        self._ids: dict[Token, int] = {}
        self._iri_columns = dict(_IRI_COLUMNS)
        self._class_tables = [shape.table for shape in ddl.table_shapes(schema)]
        for shape in ddl.table_shapes(schema):
            holds = ddl.columns(shape, schema)
            self._iri_columns[shape.table] = ("id", *(name for name, prop in holds if not prop.is_literal))

    def forget_ids(self) -> None:
        """Drop the remembered integers: after a rollback they may not be there."""
        self._ids.clear()

    def id(self, iri: Token) -> int:
        """The integer of an IRI's token, given out where it has none."""
        known = self._ids.get(iri)
        if known is not None:
            return known
        row = self.connection.execute("SELECT id FROM term WHERE iri = ?", (iri[1:-1],)).fetchone()
        if row is None:
            row = self.connection.execute("INSERT INTO term (iri) VALUES (?) RETURNING id", (iri[1:-1],)).fetchone()
        self._ids[iri] = row[0]
        return int(row[0])

    def insert(self, derived: Derived, graph: int) -> None:
        """Insert all rows that a graph gives."""
        silent = {row["claim"] for row in derived.rows["claim"]} | {row["id"] for row in derived.rows["correction"]}
        for table, rows in derived.rows.items():
            for row in rows:
                self.insert_row(table, row, graph, is_name=row.get("entity") not in silent)

    def insert_row(self, table: str, row: Row, graph: int, is_name: bool = True) -> None:
        """Insert one row; a label is a name too, unless it is a claim's."""
        if table == "name":
            self._insert_name(row, graph)
            return
        if table == "label" and is_name:
            self._insert_name({"name": row["label"], **row}, graph)
        values = self._with_ids(table, row)
        if table in ddl.GRAPH_KEYED or table in self._class_tables:
            values["graph"] = graph
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        verb = "INSERT" if table in self._class_tables or table in _OWN else "INSERT OR IGNORE"
        try:
            self.connection.execute(f"{verb} INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
        except sqlite3.IntegrityError:
            subject = next(value for value in row.values() if isinstance(value, str))
            raise DataError(
                f"{subject} stands in the graph of another report already; give it an IRI of its own"
            ) from None

    def forget_entity(self, entity: Token, graph: int) -> None:
        """Delete every row about an entity that a graph gave by single triples."""
        number = self.id(entity)
        query = "SELECT id FROM name WHERE entity = ? AND +graph = ? AND source IS NULL"  # + keeps off name_graph
        self._delete_names([name for (name,) in self.connection.execute(query, (number, graph)).fetchall()])
        for table, column in _SINGLE.items():
            self.connection.execute(f"DELETE FROM {table} WHERE {column} = ? AND +graph = ?", (number, graph))

    def forget_graph(self, graph: int) -> None:
        """Delete every row that a graph gave."""
        claims: list[tuple[int]] = []
        for table in self._class_tables:
            claims += self.connection.execute(f"SELECT id FROM {table} WHERE graph = ?", (graph,)).fetchall()
        for table in ddl.CLAIM_KEYED:
            self.connection.executemany(f"DELETE FROM {table} WHERE claim = ?", claims)
        self.connection.executemany("DELETE FROM statement_words WHERE rowid = ?", claims)
        named = self.connection.execute("SELECT id FROM name WHERE graph = ?", (graph,)).fetchall()
        self._delete_names([number for (number,) in named])
        for table in (*self._class_tables, *ddl.GRAPH_KEYED):
            self.connection.execute(f"DELETE FROM {table} WHERE graph = ?", (graph,))

    def close_containment(self, places: Iterable[Token]) -> None:
        """Make anew `within`, the transitive closure of containment, and `city`, the nearest city at or above a place.

        Only for `places`, whose containment or type has changed, and what lies within them.
        """
        changed = json.dumps([self.id(place) for place in places])
        moved = json.dumps([place for (place,) in self.connection.execute(_BELOW, (changed,))])
        for statement in _CLOSURE:
            self.connection.execute(statement, {"moved": moved, "city": self.id(CITY)})

    def _insert_name(self, row: Row, graph: int) -> None:
        name = str(row["name"])
        source = self.id(str(row["source"])) if row.get("source") else None
        entity = self.id(str(row["entity"]))
        made = self.connection.execute(
            "INSERT INTO name (entity, name, language, key, source, graph) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
            (entity, name, row["language"], key(name), source, graph),
        ).fetchone()
        self.connection.execute("INSERT INTO name_words (rowid, folded) VALUES (?, ?)", (made[0], folded(name)))

    def _delete_names(self, numbers: Iterable[int]) -> None:
        each = [(number,) for number in numbers]
        self.connection.executemany("DELETE FROM name WHERE id = ?", each)
        self.connection.executemany("DELETE FROM name_words WHERE rowid = ?", each)

    def _with_ids(self, table: str, row: Row) -> Row:
        integers = self._iri_columns.get(table, ())
        return {
            name: self.id(value) if name in integers and isinstance(value, str) else value
            for name, value in row.items()
        }
