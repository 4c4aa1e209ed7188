"""One run that adds files to a store: what each brings, in order; what may fail alone; and what it all came to."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg import build, claimed, schema
from kg.claimed import Given, Reader
from kg.errors import InputError, KgError
from kg.intake.each import READ, Came, each, is_read
from kg.intake.folders import files_in
from kg.intake.take import Taken
from kg.intake.tally import Tally
from kg.store import lookup
from kg.store.change import Batch, Change
from kg.store.write import Writer
from kg.terms import PROV, Token, token

AUTHORED = (".yaml", ".yml")
"""Endings of files that people write."""

Progress = Callable[[Iterable[Path]], Iterable[Path]]

Other = Callable[[Path, Writer, set[Path]], Batch]
"""What a file brings that is not read: RDF or YAML; the texts that it names go to the set."""

_READ_BY: Token = f"<{PROV}wasAssociatedWith>"


class Item(NamedTuple):
    """A file of a run, and whether it may fail alone."""

    path: Path
    is_read: bool
    may_fail: bool


class Run:
    """Adds files to one store, in one transaction."""

    def __init__(self, writer: Writer, other: Other, given: Given | None, reader: Reader | None) -> None:
        self._writer, self._other = writer, other
        self._given, self._reader = given or Given(), reader or claimed.RULES
        self._known = claimed.Stored(writer.connection)
        self._texts: set[Path] = set()
        self._refused: KgError | None = None
        self.tally = Tally()
        self.tell: Callable[[str], None] = lambda line: None
        self.keep: Callable[[Batch], None] = lambda batch: None
        """Gets every batch that the store took."""

    def add(self, items: list[Item], jobs: int | None, progress: Progress = iter) -> Change:
        """Add the files of a run; InputError, and nothing added, where none of them could be."""
        reports = each([item.path for item in items if item.is_read], self._given, self._reader, jobs)
        with closing(reports), closing(self._batches(items, reports, progress)) as batches:
            change = self._writer.add(batches, self._refuse)
        self.tally.changed = change.changed
        return change

    def _batches(self, items: list[Item], reports: Iterator[Came], progress: Progress) -> Generator[Batch, None, None]:
        """What each file brings. The store takes a batch before the next is asked for, and knows its names by then."""
        for item, _ in zip(items, progress([item.path for item in items]), strict=True):
            came = next(reports) if item.is_read else None
            if item.path in self._texts:
                continue
            try:
                found, batch = self._brought(item, came)
            except KgError as error:
                self._failed(item, error)
                continue
            was_there = found is not None and bool(self._writer.claims(token(found.record.iri)))
            yield replace(batch, may_fail=item.may_fail)
            if self._refused is not None:
                self._failed(item, self._refused)
                self._refused = None
            else:
                self._took(item, found, was_there, batch)
        if self.tally.failures and not self.tally.read and not self.tally.others:
            count = len(self.tally.failures)
            raise InputError(f"{'the file' if count == 1 else f'all {count} files'} failed; nothing was added")

    def _brought(self, item: Item, came: Came | None) -> tuple[claimed.Claimed | None, Batch]:
        return self._claimed(came) if came else (None, self._other(item.path, self._writer, self._texts))

    def _took(self, item: Item, found: claimed.Claimed | None, was_there: bool, batch: Batch) -> None:
        self.keep(batch)
        if found is None:
            self.tally.others += 1
        else:
            self.tally.took(found, was_there)
            self.tell(f"{item.path}: {found}")

    def _failed(self, item: Item, error: KgError) -> None:
        if not item.may_fail:
            raise error
        self.tally.failed(str(item.path), error)

    def _refuse(self, batch: Batch, error: KgError) -> None:
        self._refused = error

    def _claimed(self, came: Came) -> tuple[claimed.Claimed, Batch]:
        """A report that was read, with what the store holds already of the entities that it alone brought."""
        if isinstance(came.taken, KgError):
            raise came.taken
        taken, name = came.taken, str(came.path)
        assert taken.reading is not None
        found = claimed.claimed(taken.reading, name, taken.told, self._known, schema.load(), self._reader)
        record, report = found.record, token(found.record.iri)
        read_by = {o for _, p, o in self._writer.claims(report) if p == _READ_BY}
        if not all(claimed.is_program(agent[1:-1]) for agent in read_by):
            raise InputError(
                f"{name}: the store holds {record.iri} as somebody else read it; remove that, or name another --report"
            )
        own = list(build.report_quads(record, schema.load()))
        named = {o for _, _, o, _ in own}
        quads = [*own, *(quad for quad in lookup.resting(self._writer.connection, record.iri) if quad[0] in named)]
        return found, Batch(quads, frozenset([report]), _documents(report, came, taken), name, revises=True)


def items_of(files: Iterable[Path], has_syntax: bool = False, must_be_read: bool = False) -> list[Item]:
    """The files of a run: those named, and what lies in folders among them.

    None is read where an RDF syntax is given for all; where all must be read, whatever is named is taken for a text.

    Of several files, those that are read may fail alone, and whatever lies in a folder. What people wrote comes before
    what is read, folder by folder, so that its entities are known; the text beside it is its own.
    """
    given = list(files)
    found: dict[Path, Item] = {}
    for path in given:
        if path.is_dir() and not has_syntax:
            for item in _folder(path):
                if item.is_read or not must_be_read:
                    found.setdefault(item.path, item)
        else:
            reads = must_be_read or (not has_syntax and is_read(path))
            found[path] = Item(path, reads, reads and len(given) > 1)
    return list(found.values())


def _folder(folder: Path) -> Iterator[Item]:
    """What lies in a folder, authored files first, without the texts that belong to them."""
    files = files_in(folder, (*AUTHORED, *READ))
    authored = [path for path in files if path.suffix.lower() in AUTHORED]
    stems = {path.with_suffix("") for path in authored}
    yield from (Item(path, False, True) for path in authored)
    yield from (
        Item(path, True, True)
        for path in files
        if is_read(path) and not (path.suffix.lower() == ".txt" and path.with_suffix("") in stems)
    )


def _documents(report: Token, came: Came, taken: Taken) -> tuple[tuple[Token, str, bytes], ...]:
    """The file as it came, and its text."""
    return (report, came.path.name, came.content), (report, "text", taken.text.encode())
