"""What goes into a change of a store, and what a change did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from kg.errors import DataError
from kg.terms import Quad, Token

Patch = Callable[[list[Quad]], tuple[set[Quad], set[Quad]]]
"""Says, of all quads there are, which are to go and which to come."""


@dataclass(frozen=True)
class Batch:
    """What one file brings: its quads, the reports it gives whole, the bytes they came in, and the file's name.

    Where a batch `revises`, what a report it replaces said before stays in the store's history.
    What `stands` was described in its own right, and stays when the reports that speak of it go.
    A batch that `may_fail` costs the others of its transaction nothing where it is refused.
    """

    quads: Sequence[Quad]
    replaces: frozenset[Token] = frozenset()
    documents: tuple[tuple[Token, str, bytes], ...] = ()
    source: str = ""
    stands: bool = False
    revises: bool = False
    may_fail: bool = False


@dataclass(frozen=True)
class Brought:
    """What is kept of a batch while its transaction lasts: its file, and hashes of its documents and quads."""

    source: str
    documents: bytes
    quads: bytes

    @classmethod
    def of(cls, batch: Batch) -> Brought:
        """That of a batch."""
        files, triples = sha256(), sha256()
        for report, name, content in batch.documents:
            files.update(repr((report, name, len(content))).encode() + content)
        for quad in sorted(set(batch.quads)):
            triples.update(repr(quad).encode())
        return cls(batch.source, files.digest(), triples.digest())


@dataclass
class Change:
    """What a transaction did: how many triples came and went, and the reports it touched.

    `changed` are the reports whose graphs are not what they were, `moved` the places whose containment or
    type may have changed, `shared` the shared triples that came, by subject, `fresh` those of them that were
    not there before, `given` the files that gave a report whole, `judged` says whether judgements came, and
    `kept` how many triples stay that were to go, because the package itself brought them.
    """

    added: int = 0
    removed: int = 0
    reports: set[Token] = field(default_factory=set)
    changed: set[Token] = field(default_factory=set)
    moved: set[Token] = field(default_factory=set)
    shared: dict[Token, set[str]] = field(default_factory=lambda: defaultdict(set))
    fresh: set[str] = field(default_factory=set)
    given: dict[Token, Brought] = field(default_factory=dict)
    judged: bool = False
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)

    def take(self, part: Change) -> None:
        """Add to this what a part of the transaction did."""
        self.added += part.added
        self.removed += part.removed
        self.kept += part.kept
        self.judged |= part.judged
        self.reports |= part.reports
        self.changed |= part.changed
        self.moved |= part.moved
        self.fresh |= part.fresh
        self.given |= part.given
        for subject, lines in part.shared.items():
            self.shared[subject] |= lines


def is_given(batch: Batch, change: Change, before: Change) -> bool:
    """Whether another file of the transaction gave the same reports; DataError where it gave them otherwise.

    That this one gives them is noted in `change`.
    """
    if not batch.replaces:
        return False
    brought = Brought.of(batch)
    earlier = [before.given.get(report) for report in sorted(batch.replaces)]
    for report, given in zip(sorted(batch.replaces), earlier, strict=True):
        if given and given.documents != brought.documents and given.quads != brought.quads:
            raise DataError(f"{given.source} gives the report {report} too, with other claims; keep one of them")
        change.given[report] = brought
    return any(earlier)
