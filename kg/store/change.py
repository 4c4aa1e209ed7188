"""What goes into a change of a store, and what a change did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.terms import Quad, Token

Patch = Callable[[list[Quad]], tuple[set[Quad], set[Quad]]]
"""Says, of all quads there are, which are to go and which to come."""


@dataclass(frozen=True)
class Batch:
    """What one file brings: its quads, the reports it gives whole, the bytes they came in, and the file's name.

    Where a batch `revises`, what a report it replaces said before stays in the store's history.
    What `stands` was described in its own right, and stays when the reports that speak of it go.
    """

    quads: Sequence[Quad]
    replaces: frozenset[Token] = frozenset()
    documents: tuple[tuple[Token, str, bytes], ...] = ()
    source: str = ""
    stands: bool = False
    revises: bool = False


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
    given: dict[Token, Batch] = field(default_factory=dict)
    judged: bool = False
    kept: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)
