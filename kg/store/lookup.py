"""Reading a store for what stands around an answer: entities by name, labels, and the sources of claims."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.names import folded, key
from kg.terms import GRAPH_SHARED, ID, Quad, triple_of, with_below

_FOLDERS = ("person", "organization", "company", "place", "event", "series", "deal")


def entities(connection: sqlite3.Connection, name: str, kinds: Sequence[str]) -> list[str]:
    """The IRIs of what is called `name`, in any language or as its IRI ends, within classes or concept schemes."""
    query = "SELECT DISTINCT term.iri FROM name JOIN term ON term.id = name.entity WHERE name.key = ?"
    found = _restricted(connection, query, key(name), kinds)
    if found or not kinds:
        return found
    query = (
        "SELECT DISTINCT term.iri FROM name JOIN term ON term.id = name.entity WHERE term.iri LIKE '%/' || ? ESCAPE '!'"
    )
    ends = re.sub(r"([%_!])", r"!\1", name)
    return [iri for iri in _restricted(connection, query, ends, kinds) if iri.endswith("/" + name)]


def mentioned(connection: sqlite3.Connection, report: str, names: Iterable[str], kinds: Sequence[str]) -> list[str]:
    """The IRIs of the things of the classes `kinds` that a report calls by one of `names`."""
    rows = connection.execute(
        "SELECT DISTINCT term.iri FROM claim JOIN term AS source ON source.id = claim.report"
        " JOIN name ON name.source = claim.claim JOIN term ON term.id = name.entity"
        " JOIN type ON type.entity = name.entity JOIN term AS class ON class.id = type.type"
        " WHERE source.iri = ? AND name.key IN (SELECT value FROM json_each(?))"
        " AND class.iri IN (SELECT value FROM json_each(?)) ORDER BY term.iri",
        (report, json.dumps(sorted(map(key, names))), json.dumps(with_below(kinds))),
    )
    return [iri for (iri,) in rows]


def is_described(connection: sqlite3.Connection, iri: str) -> bool:
    """Whether the store says of which class something is."""
    query = "SELECT 1 FROM term JOIN type ON type.entity = term.id WHERE term.iri = ? LIMIT 1"
    return connection.execute(query, (iri,)).fetchone() is not None


def containers(connection: sqlite3.Connection, place: str) -> set[str]:
    """The IRIs of the places that a place lies in, as far as they are known in this very transaction."""
    rows = connection.execute(
        "WITH RECURSIVE up (place) AS (SELECT contained.parent FROM contained JOIN term ON term.id = contained.place"
        " WHERE term.iri = ? UNION SELECT contained.parent FROM contained JOIN up ON up.place = contained.place)"
        " SELECT term.iri FROM up JOIN term ON term.id = up.place",
        (place,),
    )
    return {iri for (iri,) in rows}


def original(connection: sqlite3.Connection, report: str) -> tuple[str, bytes] | None:
    """The name and bytes of the file that a report came in; None where there is none."""
    found: tuple[str, bytes] | None = connection.execute(
        "SELECT name, content FROM document JOIN term ON term.id = document.report"
        " WHERE term.iri = ? AND name <> 'text' ORDER BY name",
        (report,),
    ).fetchone()
    return found


def resting(connection: sqlite3.Connection, report: str) -> list[Quad]:
    """The quads of the shared graph that rest on a report."""
    rows = connection.execute(
        "SELECT triple FROM shared JOIN term ON term.id = shared.report WHERE term.iri = ? ORDER BY triple", (report,)
    )
    return [(*triple_of(line), f"<{GRAPH_SHARED}>") for (line,) in rows]


def names(connection: sqlite3.Connection, kinds: Sequence[str]) -> list[str]:
    """All names of things of the classes or concept schemes `kinds`."""
    return _restricted(connection, "SELECT DISTINCT name.name FROM name WHERE name.key <> ?", "", kinds)


def undescribed(connection: sqlite3.Connection, reports: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Entities that reports name and nothing describes, in order, each with those described under the same folder."""
    named = connection.execute(
        "SELECT DISTINCT entity.iri FROM json_each(?) AS asked JOIN term ON term.iri = asked.value"
        " JOIN report ON report.id = term.id JOIN refers ON refers.graph = report.graph"
        " JOIN term AS entity ON entity.id = refers.entity"
        " WHERE NOT EXISTS (SELECT 1 FROM type WHERE type.entity = entity.id) ORDER BY entity.iri",
        (json.dumps(sorted(reports)),),
    ).fetchall()
    found = []
    for (iri,) in named:
        folder = next((f"{ID}{name}/" for name in _FOLDERS if iri.startswith(f"{ID}{name}/")), None)
        if folder:
            query = "SELECT iri FROM term WHERE iri >= ? AND iri < ? AND id IN (SELECT entity FROM type)"
            among = connection.execute(query, (folder, folder[:-1] + "0")).fetchall()
            found.append((iri, [each for (each,) in among]))
    return found


def pattern(text: str) -> str:
    """The pattern (GLOB) of folded texts that hold `text`.

    The index of the full text holds runs of three characters, yet SQLite asks it for any run of three bytes, and
    finds nothing by a shorter one, such as a Chinese name of two: those stand in brackets, which it does not index.
    """
    pieces = re.split(r"([*?\[])", folded(text))
    return "*" + "".join(_bracketed(piece) if len(piece) < 3 else piece for piece in pieces) + "*"


def _bracketed(piece: str) -> str:
    return "".join(char if char.isascii() and char not in "*?[" else f"[{char}]" for char in piece)


def labels(connection: sqlite3.Connection, iris: Iterable[str]) -> dict[str, dict[str, str]]:
    """Labels by IRI and language; where a language has several, the first in order."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    rows = connection.execute(
        "SELECT term.iri, label.language, min(label.label) FROM json_each(?) AS asked"
        " JOIN term ON term.iri = asked.value JOIN label ON label.entity = term.id GROUP BY 1, 2",
        (json.dumps(list(iris)),),
    )
    for iri, language, label in rows:
        found[iri][language] = label
    return found


_SOURCES = """
SELECT DISTINCT asked.value, source.iri, publisher.iri, report.date, report.start_date, report.end_date, report.url,
       passage.exact, passage.start, passage.stop, citation.cites
FROM json_each(?) AS asked
JOIN term ON term.iri = asked.value
JOIN receipt ON receipt.claim = term.id
LEFT JOIN passage ON passage.passage = receipt.receipt
LEFT JOIN citation ON citation.citation = receipt.receipt
JOIN term AS source ON source.id = coalesce(passage.report, citation.report)
LEFT JOIN report ON report.id = source.id
LEFT JOIN term AS publisher ON publisher.id = report.publisher
"""

_REPORT_SOURCES = """
SELECT source.iri, source.iri, publisher.iri, report.date, report.start_date, report.end_date, report.url,
       NULL, NULL, NULL, NULL
FROM json_each(?) AS asked
JOIN term AS source ON source.iri = asked.value
JOIN report ON report.id = source.id
LEFT JOIN term AS publisher ON publisher.id = report.publisher
"""

_Text = str | None
SourceRow = tuple[str, str, _Text, _Text, _Text, _Text, _Text, _Text, int | None, int | None, _Text]
"""Claim, report, publisher, day, first and last day of publishing, address, sentence, start, end, cited fact."""


def sources(connection: sqlite3.Connection, claims: Iterable[str]) -> list[SourceRow]:
    """The receipts of claims, with what is known of their reports."""
    return [tuple(row) for row in connection.execute(_SOURCES, (json.dumps(list(claims)),))]


def report_sources(connection: sqlite3.Connection, reports: Iterable[str]) -> list[SourceRow]:
    """Reports as their own sources, without a sentence."""
    return [tuple(row) for row in connection.execute(_REPORT_SOURCES, (json.dumps(list(reports)),))]


def _restricted(connection: sqlite3.Connection, query: str, value: str, kinds: Sequence[str]) -> list[str]:
    values = [value]
    if kinds:
        query += (
            " AND name.entity IN (SELECT type.entity FROM type JOIN term AS class ON class.id = type.type"
            " WHERE class.iri IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(with_below(kinds)))
    return sorted(row[0] for row in connection.execute(query, values))


def quads(connection: sqlite3.Connection) -> Iterator[Quad]:
    """Every asserted quad, its literals as they were written."""
    for graph, text in connection.execute("SELECT iri, triples FROM graph ORDER BY iri").fetchall():
        for line in text.split("\n") if text else ():
            yield (*triple_of(line), f"<{graph}>")
    for (line,) in connection.execute("SELECT DISTINCT triple FROM shared ORDER BY triple").fetchall():
        yield (*triple_of(line), f"<{GRAPH_SHARED}>")


def graph_quads(connection: sqlite3.Connection, graph: str) -> list[Quad] | None:
    """The quads of one named graph, None where there is none of that name."""
    if graph == GRAPH_SHARED:
        rows = connection.execute("SELECT DISTINCT triple FROM shared ORDER BY triple").fetchall()
        lines = [line for (line,) in rows]
    else:
        row = connection.execute("SELECT triples FROM graph WHERE iri = ?", (graph,)).fetchone()
        lines = row[0].split("\n") if row and row[0] else []
    return [(*triple_of(line), f"<{graph}>") for line in lines] or None
