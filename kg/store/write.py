"""Changing a store: reports and triples in, a report out, each in one transaction that keeps derived tables true."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from kg.errors import DataError, UnknownName
from kg.schema import Schema
from kg.store import file, history, judged, lookup, owners, support
from kg.store.change import Batch, Change, Patch, is_given
from kg.store.derive import JUDGED, derive, general_row, places_of
from kg.store.rebuild import bring_forward
from kg.store.route import Routed, graph_of, route
from kg.store.rows import Rows
from kg.terms import GRAPH_ONTOLOGY, GRAPH_SHARED, ID, RDFS, Quad, Token, Triple, line_of, triple_of

_LABEL = f"<{RDFS}label>"


class Writer:
    """One writer of one store file, for use in a `with` statement."""

    def __init__(self, path: Path, schema: Schema, must_exist: bool = False) -> None:
        self.schema = schema
        self._opened = file.open_write(path, must_exist)
        self.connection = self._opened.connection
        self._rows = Rows(self.connection, schema)
        self._axioms: set[Triple] | None = None
        self._foundation: Batch | None = None

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def found(self, foundation: Batch) -> None:
        """Say what a store holds from the start: the ontology and the shared places.

        The next transaction gives it to a new store, and replaces what an older version gave.
        """
        self._foundation = foundation

    def resolve(self, name: str, kind: str | None) -> list[str]:
        """The IRIs of the entities of that name and class."""
        return lookup.entities(self.connection, name, [kind] if kind else [])

    def claims(self, report: Token) -> list[Triple]:
        """The triples of a report's graph, none where the store does not hold it."""
        found = self._graph(graph_of(report))
        return list(map(triple_of, _lines(found[1]))) if found else []

    def called(self, iri: str) -> str | None:
        """The English label of an entity, or another where it has none."""
        labels = lookup.labels(self.connection, [iri]).get(iri, {})
        return labels.get("en") or next(iter(labels.values()), None)

    def known(self, kind: str | None) -> list[str]:
        """The names of the entities of a class."""
        return lookup.names(self.connection, [kind] if kind else [])

    def add(
        self, batches: Iterable[Batch], refused: Callable[[Batch, DataError], None] = lambda batch, error: None
    ) -> Change:
        """Store what `batches` hold, in one transaction; what is there already changes nothing.

        DataError where a claim does not keep its shape; then nothing is stored. A batch that may fail is left out
        instead, and `refused` is told.
        """
        with self._transaction() as change:
            for batch in batches:
                try:
                    change.take(self._added(batch, change))
                except DataError as error:
                    if not batch.may_fail:
                        raise DataError(f"{batch.source}: {error}; nothing was added") from None
                    refused(batch, error)
        return change

    def _added(self, batch: Batch, before: Change) -> Change:
        """What a batch changes after what the transaction did `before`; one that fails leaves nothing."""
        part = Change()
        if not batch.may_fail:
            self._add(batch, part, before)
            return part
        self.connection.execute("SAVEPOINT batch")
        try:
            self._add(batch, part, before)
        except DataError:
            self.connection.execute("ROLLBACK TO batch")
            self._rows.forget_ids()
            raise
        finally:
            if self.connection.in_transaction:
                self.connection.execute("RELEASE batch")
        return part

    def remove(self, report: Token) -> Change:
        """Withdraw a report with all that rested on it alone; UnknownName where the store does not hold it."""
        with self._transaction() as change:
            if not self._graph(graph_of(report)):
                raise UnknownName(report[1:-1], [], "report")
            self._withdraw(report, change)
            history.forget(self.connection, report)
        return change

    def patch(self, patch: Patch, source: str) -> Change:
        """Take quads away and bring others, as `patch` says of all there are, in one transaction.

        What comes goes to the graphs it belongs in, as by `add`. DataError where what is left does not keep
        its shape; then nothing is changed.
        """
        with self._transaction() as change:
            removed, added = patch(list(lookup.quads(self.connection)))
            gone: dict[str, set[Triple]] = defaultdict(set)
            own = {quad[:3] for quad in self._foundation.quads} if self._foundation else set()
            for s, p, o, g in removed:
                gone[g[1:-1]].add((s, p, o))
            routed = self._routed(sorted(added))
            try:
                for graph in sorted({*gone, *routed.graphs}):
                    change.kept += len(gone[graph] & own)
                    self._change_graph(graph, gone[graph] - own, routed.graphs.get(graph, set()), change)
            except DataError as error:
                raise DataError(f"{source}: {error}; nothing was changed") from None
        return change

    def judge(self, judgement: Token, batch: Batch) -> Change:
        """Record a judgement, in place of what it said before; DataError where it contradicts others."""
        with self._transaction() as change:
            if set(support.about(self.connection, judgement)) != {quad[:3] for quad in batch.quads}:
                self._erase(judgement, change)
                self._add(batch, change)
        return change

    def take_back(self, judgement: Token) -> Change:
        """Take a judgement back; UnknownName where the store does not hold it."""
        with self._transaction() as change:
            if not any(triple[1] in JUDGED for triple in support.about(self.connection, judgement)):
                raise UnknownName(judgement[1:-1], [], "judgement")
            self._erase(judgement, change)
        return change

    @contextmanager
    def _transaction(self) -> Iterator[Change]:
        """A transaction, on a store that is new, brought forward or up to date with the foundation when it begins."""
        self._rows.forget_ids()
        with file.transaction(self._opened):
            if file.is_empty(self.connection):
                file.create(self.connection, self.schema)
            elif self.connection.execute("PRAGMA user_version").fetchone()[0] < file.VERSION:
                bring_forward(self.connection, self.schema)
            self._axioms = None
            self._lay_foundation()
            change = Change()
            yield change
            self._finish(change)

    def _lay_foundation(self) -> None:
        """Add the foundation, and take away what only an older version of it said."""
        if self._foundation is None:
            return
        digest = hashlib.sha256(repr(sorted(self._foundation.quads)).encode()).hexdigest()
        if file.meta(self.connection, "foundation") == digest:
            return
        change = Change()
        ontology = self._rows.id(f"<{GRAPH_ONTOLOGY}>")
        self._forget_graph(GRAPH_ONTOLOGY, change)
        self._axioms = set()
        self._add(self._foundation, change)
        self._axioms = None
        lines = set().union(*change.shared.values())
        support.insert(self.connection, [(line, ontology) for line in sorted(lines)])
        known = self.connection.execute("SELECT triple FROM shared WHERE report = ?", (ontology,)).fetchall()
        self._unshare(ontology, {line for (line,) in known} - lines, change)
        change.fresh.clear()
        self._finish(change)
        file.set_meta(self.connection, "foundation", digest)

    def _add(self, batch: Batch, change: Change, before: Change | None = None) -> None:
        if is_given(batch, change, before or change):
            return
        routed = self._routed(batch.quads)
        for report in sorted(batch.replaces):
            if self._holds(report, routed, batch):
                routed.graphs.pop(graph_of(report))
            elif found := self._graph(graph_of(report)):
                if batch.revises:
                    history.keep(self.connection, report, found[1])
                self._withdraw(report, change)
            self.connection.execute("DELETE FROM document WHERE report = ?", (self._rows.id(report),))
        for graph, triples in sorted(routed.graphs.items()):
            if graph == GRAPH_SHARED and batch.stands:
                self._replace_judgements(triples, change)
            if graph == GRAPH_SHARED:
                self._share(triples, change, batch.stands, before)
            elif triples and self._merge(graph, triples, change) and graph in routed.reports:
                change.changed.add(routed.reports[graph])
        change.reports.update(routed.reports.values())
        for report, name, content in batch.documents:
            values = (hashlib.sha256(content).hexdigest(), self._rows.id(report), name, content)
            self.connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", values)

    def _routed(self, quads: Sequence[Quad]) -> Routed:
        """Quads by the graph they belong in, without what the ontology's graph says already."""
        routed = route(quads, lambda subjects: owners.of(self.connection, subjects))
        axioms = self._ontology()
        for graph in routed.graphs:
            routed.graphs[graph] -= axioms
        return routed

    def _change_graph(self, graph: str, gone: set[Triple], come: set[Triple], change: Change) -> None:
        """Take triples from a graph and bring others; a report of which nothing is left is withdrawn."""
        if graph == GRAPH_SHARED:
            self._take(gone - come, change)
            self._share(come, change, stands=False)
            return
        found = self._graph(graph)
        present = set(map(triple_of, _lines(found[1]))) if found else set()
        left = (present - gone) | come
        report = self._report_of(graph)
        if not left and report:
            self._withdraw(report, change)
        elif not left:
            self._forget_graph(graph, change)
        else:
            self._put(graph, left, change)
        report = self._report_of(graph)
        if report and left != present:
            change.reports.add(report)
            change.changed.add(report)

    def _report_of(self, graph: str) -> Token | None:
        """The report whose graph it is, even where the graph no longer describes it."""
        known = (
            " AND (id IN (SELECT id FROM report) OR id IN (SELECT report FROM document)"
            " OR EXISTS (SELECT 1 FROM shared WHERE shared.report = term.id)) ORDER BY iri"
        )
        own = graph.replace(f"{ID}graph/report/", f"{ID}report/", 1)
        rows = self.connection.execute(f"SELECT iri FROM term WHERE iri = ? {known}", (own,)).fetchall()
        if not rows and graph != own:
            query = f"SELECT iri FROM term WHERE instr(iri, ?) <> 1 {known}"
            rows = self.connection.execute(query, (f"{ID}report/",)).fetchall()
        return next((report for (iri,) in rows if graph_of(report := f"<{iri}>") == graph), None)

    def _take(self, gone: set[Triple], change: Change) -> None:
        """Delete shared triples, whatever they rest on."""
        taken = support.take(self.connection, gone)
        change.judged |= any(triple[1] in JUDGED for triple in taken)
        self._shared_gone(taken, change)

    def _holds(self, report: Token, routed: Routed, batch: Batch) -> bool:
        """Whether the store has the report as it comes: its graph just so, or from the same file.

        To that more may have come, and labels put together from names may read otherwise by now.
        """
        graph = graph_of(report)
        found = self._graph(graph)
        if not found:
            return False
        lines = set(map(line_of, routed.graphs[graph]))
        present = set(_lines(found[1]))
        stored = self.connection.execute(
            "SELECT name, sha256 FROM document WHERE report = ?", (self._rows.id(report),)
        ).fetchall()
        comes = {(name, hashlib.sha256(content).hexdigest()) for _, name, content in batch.documents}
        missing = {triple_of(line)[1] for line in lines - present}
        if present != lines and not (set(stored) == comes and missing <= {_LABEL}):
            return False
        return all(map(self._is_shared, map(line_of, routed.graphs.get(GRAPH_SHARED, ()))))

    def _merge(self, graph: str, triples: set[Triple], change: Change) -> bool:
        """Add `triples` to a graph, and derive its rows anew where that changes it, which is the answer."""
        found = self._graph(graph)
        return self._put(graph, triples | set(map(triple_of, _lines(found[1])) if found else ()), change)

    def _put(self, graph: str, triples: set[Triple], change: Change) -> bool:
        """Make `triples` all that a graph holds; whether that changes it, and derives its rows anew, is the answer."""
        found = self._graph(graph)
        present = set(map(triple_of, _lines(found[1]))) if found else set()
        if triples == present:
            return False
        number = found[0] if found else self._rows.id(f"<{graph}>")
        self._rows.forget_graph(number)
        text = _text(triples)
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.connection.execute("INSERT OR REPLACE INTO graph VALUES (?, ?, ?, ?)", (number, graph, text, digest))
        self._rows.insert(derive(triples, self.schema), number)
        change.added += len(triples - present)
        change.removed += len(present - triples)
        change.moved |= places_of(triples ^ present)
        return True

    def _share(self, triples: set[Triple], change: Change, stands: bool, before: Change | None = None) -> None:
        """Add shared triples; what they rest on is settled when all files are in, unless they stand."""
        graph = self._rows.id(f"<{GRAPH_SHARED}>")
        for triple in sorted(triples):
            line = line_of(triple)
            is_known = line in change.fresh or (before and line in before.fresh) or self._is_shared(line)
            if stands:
                support.insert(self.connection, [(line, support.STANDING)])
            else:
                change.shared[triple[0]].add(line)
            if is_known:
                continue
            change.added += 1
            if not stands:
                change.fresh.add(line)
            change.judged |= triple[1] in JUDGED
            made = general_row(triple)
            if made:
                self._rows.insert_row(*made, graph=graph)
        change.moved |= places_of(triples)

    def _forget_graph(self, graph: str, change: Change) -> None:
        found = self._graph(graph)
        if found:
            self._rows.forget_graph(found[0])
            self.connection.execute("DELETE FROM graph WHERE id = ?", (found[0],))
            change.removed += len(_lines(found[1]))
            change.moved |= places_of(map(triple_of, _lines(found[1])))

    def _withdraw(self, report: Token, change: Change) -> None:
        self._forget_graph(graph_of(report), change)
        self.connection.execute("DELETE FROM document WHERE report = ?", (self._rows.id(report),))
        change.reports.add(report)
        change.changed.add(report)
        self._unshare(self._rows.id(report), None, change)

    def _unshare(self, report: int, lines: Iterable[str] | None, change: Change) -> None:
        """Take a report's support from shared triples, and the rows of those that go."""
        self._shared_gone(support.withdraw(self.connection, report, lines), change)

    def _shared_gone(self, gone: Sequence[Triple], change: Change) -> None:
        """Forget the rows of shared triples that went."""
        graph = self._rows.id(f"<{GRAPH_SHARED}>")
        change.removed += len(gone)
        change.moved |= places_of(gone)
        for subject in sorted({triple[0] for triple in gone}):
            self._rows.forget_entity(subject, graph)
            for made in map(general_row, support.about(self.connection, subject)):
                if made:
                    self._rows.insert_row(*made, graph=graph)

    def _replace_judgements(self, triples: set[Triple], change: Change) -> None:
        """Forget what judgements said before that a file gives otherwise, such as another reason."""
        for subject in sorted({triple[0] for triple in triples if triple[1] in JUDGED}):
            comes = {triple for triple in triples if triple[0] == subject}
            if not set(support.about(self.connection, subject)) <= comes:
                self._erase(subject, change)

    def _erase(self, subject: Token, change: Change) -> None:
        """Delete what the shared graph says of a subject, whatever it rests on."""
        change.removed += len(support.erase(self.connection, subject))
        self._rows.forget_entity(subject, self._rows.id(f"<{GRAPH_SHARED}>"))

    def _finish(self, change: Change) -> None:
        if not change:
            return
        if change.judged and (found := judged.problem(self.connection)):
            raise DataError(found)
        if change.moved:
            self._rows.close_containment(change.moved)
        reports = [self._rows.id(report) for report in sorted(change.reports)]
        changed = {self._rows.id(report) for report in change.changed}
        support.settle(self.connection, change.shared, change.fresh, reports, changed)
        file.new_state(self.connection)

    def _ontology(self) -> set[Triple]:
        """The triples of the ontology's graph, which need no place elsewhere."""
        if self._axioms is None:
            found = self._graph(GRAPH_ONTOLOGY)
            self._axioms = set(map(triple_of, _lines(found[1]))) if found else set()
        return self._axioms

    def _graph(self, graph: str) -> tuple[int, str] | None:
        row = self.connection.execute("SELECT id, triples FROM graph WHERE iri = ?", (graph,)).fetchone()
        return (row[0], row[1]) if row else None

    def _is_shared(self, line: str) -> bool:
        return bool(self.connection.execute("SELECT 1 FROM shared WHERE triple = ? LIMIT 1", (line,)).fetchone())


def _text(triples: Iterable[Triple]) -> str:
    return "\n".join(sorted(map(line_of, triples)))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
