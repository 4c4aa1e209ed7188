"""A store file as a backend: canned queries by their fast form, other SPARQL by an index made from the file."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.backends.base import Backend, Source, preferred
from kg.errors import DeadlineExceeded, StoreError
from kg.identity import Identity
from kg.periods import shown
from kg.query.catalog import Parameter, Query
from kg.query.params import Bound
from kg.solutions import Answer, Solution
from kg.store import file, judged, lookup
from kg.terms import IRI, KG, RDF, XSD, Literal, Quad, Term, Triple, triple_of

if TYPE_CHECKING:
    from kg.index import Index

_DATATYPES = {"integer": "integer", "decimal": "decimal", "date": "date", "period": "date", "url": "anyURI"}
_LANG_STRING = RDF + "langString"
_STRING = XSD + "string"
_ANY = "any"
"""In place of a datatype: what a step takes, which is an IRI where it is an integer, else text."""

_REMEMBERED = 1_000_000
"""How many IRIs a backend keeps in memory by their integers."""

_CONDITION = re.compile(r"-- if (\w+)\s*$")


class StoreBackend(Backend):
    """One store file, opened for reading."""

    def __init__(self, path: Path, timeout: float | None = None) -> None:
        self.path, self.timeout = path, timeout
        self.connection = file.open_read(path)
        self._iris: dict[int, IRI] = {}

    def reading(self) -> AbstractContextManager[None]:
        """One state of the file for all that is read inside, whatever a writer does meanwhile."""
        return file.snapshot(self.connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def sparql(self, query: str) -> Answer:
        """What any SPARQL query gives, by the index, with what is inferred."""
        return self.index.answer(query)

    @cached_property
    def index(self) -> Index:
        """The SPARQL engine's index of this file, with what is inferred in a graph of its own."""
        from kg.index import index_of

        return index_of(self)

    def solutions(self, query: Query, bound: Bound) -> Sequence[Solution]:
        """The solutions of a canned query: by its fast form where it has one, else by its SPARQL."""
        if query.sql is None:
            return super().solutions(query, bound)
        return self.fast(query, bound)

    def fast(self, query: Query, bound: Bound) -> list[Solution]:
        """The solutions by the fast form alone."""
        assert query.sql is not None
        values = {name: self._sql_value(query.parameters[name], terms) for name, terms in bound.items()}
        with file.faults(self.path):
            names, rows = self._execute(fast_text(query.sql, set(bound)), values)
        return self._as_solutions(query, names, rows)

    def labels(self, iris: Iterable[str]) -> dict[str, dict[str, str]]:
        """Labels by IRI and language."""
        return lookup.labels(self.connection, iris)

    def sources(self, claims: Iterable[str]) -> list[Source]:
        """The receipts of claims."""
        return list(map(_source, lookup.sources(self.connection, claims)))

    def report_sources(self, reports: Iterable[str]) -> list[Source]:
        """Reports as their own sources."""
        return list(map(_source, lookup.report_sources(self.connection, reports)))

    def identity(self) -> Identity:
        """What is one, by the judgements of the store."""
        return judged.identity(self.connection)

    def find(self, name: str, kinds: Sequence[str]) -> list[str]:
        """The IRIs of what is called `name`."""
        return preferred(name, lookup.entities(self.connection, name, kinds), self.labels)

    def all_names(self, kinds: Sequence[str]) -> list[str]:
        """All names of things of the classes or concept schemes `kinds`."""
        return lookup.names(self.connection, kinds)

    def quads(self) -> Iterable[Quad]:
        """Every asserted quad, its literals as they were written."""
        return lookup.quads(self.connection)

    def graph_quads(self, graph: str) -> Sequence[Quad] | None:
        """The quads of one named graph."""
        return lookup.graph_quads(self.connection, graph)

    def facts(self, subject: str) -> list[Triple]:
        """The asserted triples about a subject: in the shared graph, or in the graph its kind of row stands in."""
        start = f"<{subject}> "
        rows = self.connection.execute(
            "SELECT DISTINCT triple FROM shared WHERE triple >= ? AND triple < ?", (start, f"<{subject}>!")
        ).fetchall()
        found = [triple_of(line) for (line,) in rows]
        graphs = self.connection.execute("SELECT triples FROM graph WHERE instr(triples, ?) > 0", (start,))
        for (text,) in graphs:
            found += [triple_of(line) for line in text.split("\n") if line.startswith(start)]
        return sorted(set(found))

    def size(self) -> int:
        """How many bytes of triples the file holds: what decides where its index lives."""
        return int(self.connection.execute("SELECT coalesce(sum(length(triples)), 0) FROM graph").fetchone()[0])

    def state(self) -> str:
        """What changes whenever the graph does: the store's own name and the number of its revision."""
        return f"{file.meta(self.connection, 'store')}-{file.meta(self.connection, 'revision')}"

    def triples_about(self, claims: Iterable[str]) -> list[Triple]:
        """The triples about claims, their receipts and their amounts, read from their reports' graphs."""
        wanted = set(claims)
        graphs = self.connection.execute(
            "SELECT DISTINCT graph.iri, graph.triples FROM json_each(?) AS asked JOIN term ON term.iri = asked.value"
            " JOIN receipt ON receipt.claim = term.id LEFT JOIN passage ON passage.passage = receipt.receipt"
            " LEFT JOIN citation ON citation.citation = receipt.receipt"
            " JOIN graph ON graph.id = coalesce(passage.graph, citation.graph)",
            (json.dumps(sorted(wanted)),),
        )
        found: set[Triple] = set()
        for _, text in graphs:
            found |= _closed_about(list(map(triple_of, text.split("\n"))), {f"<{one}>" for one in wanted})
        return sorted(found)

    def _execute(self, sql: str, values: dict[str, str]) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The names of the columns and the rows, by the deadline."""
        if self.timeout is not None:
            ends = time.monotonic() + self.timeout
            self.connection.set_progress_handler(lambda: time.monotonic() > ends, 10_000)
        try:
            cursor = self.connection.execute(sql, values)
            return [name for name, *_ in cursor.description], cursor.fetchall()
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise DeadlineExceeded(self.timeout or 0) from None
            raise
        finally:
            self.connection.set_progress_handler(None, 0)

    def _sql_value(self, parameter: Parameter, terms: Sequence[Term]) -> str:
        """A parameter's terms as the SQL takes them: a JSON list of integers or class names, a day, or a pattern."""
        if parameter.type == "class":
            return json.dumps([str(term).removeprefix(KG) for term in terms])
        if parameter.type in ("entity", "concept"):
            known = self.connection.execute(
                "SELECT term.id FROM json_each(?) AS asked JOIN term ON term.iri = asked.value",
                (json.dumps([str(term) for term in terms]),),
            )
            return json.dumps([number for (number,) in known])
        (only,) = terms
        assert isinstance(only, Literal)
        if parameter.type == "text":
            return lookup.pattern(only.value)
        return only.value

    def _as_solutions(self, query: Query, names: list[str], rows: list[tuple[Any, ...]]) -> list[Solution]:
        """Rows as solutions: integers become IRIs, texts literals of the type their column has."""
        plan = _plan(query, names)
        self._learn({row[i] for row in rows for i, _, kind, _ in plan if kind in (None, _ANY)} - {None})
        iris = self._iris
        made: list[Solution] = []
        try:
            for row in rows:
                solution: Solution = {}
                for i, name, datatype, tag in plan:
                    value = row[i]
                    if value is None:
                        continue
                    if datatype is None:
                        solution[name] = iris[value] if value in iris else IRI(KG + value)
                    elif datatype == _ANY and isinstance(value, int):
                        solution[name] = iris[value]
                    elif tag is not None and row[tag]:
                        solution[name] = Literal(value, _LANG_STRING, row[tag])
                    else:
                        solution[name] = Literal(str(value), _STRING if datatype == _ANY else datatype)
                made.append(solution)
        except TypeError:
            raise StoreError(f"{self.path}: the store is damaged: a number stands for no IRI; run: kg check") from None
        return made

    def _learn(self, values: set[Any]) -> None:
        """Remember the IRIs of integers; an integer never stands for another IRI while a file is open."""
        missing = [value for value in values if isinstance(value, int) and value not in self._iris]
        if not missing:
            return
        if len(self._iris) > _REMEMBERED:
            self._iris.clear()
            missing = [value for value in values if isinstance(value, int)]
        known = self.connection.execute(
            "SELECT term.id, term.iri FROM json_each(?) AS asked JOIN term ON term.id = asked.value",
            (json.dumps(missing),),
        )
        self._iris.update((number, IRI(name)) for number, name in known)


def _source(row: lookup.SourceRow) -> Source:
    claim, report, publisher, day, first, last, url, sentence, start, end, cites = row
    return Source(claim, report, publisher, day or shown(first, last), url, sentence, start, end, cites)


Step = tuple[int, str, str | None, int | None]
"""How to read a column: its place, the variable, the datatype (None for an IRI), and the place of its language."""


def _plan(query: Query, names: list[str]) -> list[Step]:
    columns = () if query.step else query.columns.values()
    types = {variable: column.type for column in columns for variable in column.variables}
    places = {name: i for i, name in enumerate(names)}
    plan: list[Step] = []
    for i, name in enumerate(names):
        if name.endswith("_language"):
            continue
        kind = types.get(name, "any" if query.step else "iri")
        is_iri = kind in ("entity", "concept", "class", "iri")
        datatype = None if is_iri else _ANY if kind == "any" else XSD + _DATATYPES.get(kind, "string")
        plan.append((i, name, datatype, places.get(f"{name}_language")))
    return plan


def fast_text(sql: str, given: set[str]) -> str:
    """The fast form without the lines whose parameter is not given."""
    kept = []
    for line in sql.split("\n"):
        condition = _CONDITION.search(line)
        if condition is None or condition[1] in given:
            kept.append(line)
    return "\n".join(kept)


def _closed_about(triples: list[Triple], subjects: set[str]) -> set[Triple]:
    """The triples about `subjects` and about what they lead to within one report's graph, other claims aside."""
    by_subject: dict[str, list[Triple]] = {}
    for triple in triples:
        by_subject.setdefault(triple[0], []).append(triple)
    leads = {f"<{KG}amount>", "<http://www.w3.org/ns/prov#wasDerivedFrom>", "<http://www.w3.org/ns/oa#hasSelector>"}
    leads.add(f"<{KG}report>")
    waiting, seen = [s for s in subjects if s in by_subject], set[str]()
    found: set[Triple] = set()
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        for triple in by_subject[subject]:
            found.add(triple)
            if triple[1] in leads and triple[2] in by_subject:
                waiting.append(triple[2])
    return found
