"""What judgements say is one: entities under several names, and claims that report one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Joined(NamedTuple):
    """A member of a judgement that joins: the judgement, what it joins, its report if it is a claim, any label."""

    judgement: str
    member: str
    report: str | None
    is_known: bool


class Identity:
    """Which IRIs stand for one thing, by all judgements together.

    `entity` and `claim` give for an IRI the one that stands for all it is joined with: the first in order that the
    graph says anything of. An IRI that nothing is joined with is not there.
    """

    def __init__(self, rows: Iterable[Joined] = ()) -> None:
        listed = list(rows)
        known = {row.member for row in listed if row.is_known}
        claims = {row.member for row in listed if row.report}
        self.groups = groups((row.judgement, row.member) for row in listed)
        self.entity: dict[str, str] = {}
        self.claim: dict[str, str] = {}
        self._group = {member: group for group in self.groups for member in group}
        for group in self.groups:
            head = min([member for member in group if member in known] or group)
            kind = self.claim if claims.intersection(group) else self.entity
            kind.update(dict.fromkeys(group, head))

    def alike(self, iri: str) -> tuple[str, ...]:
        """All IRIs that stand for the same thing as `iri`, itself among them, in order."""
        return self._group.get(iri, (iri,))


def groups(links: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The connected groups of what is linked through a common key, each in order: (key, member) pairs go in."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    first: dict[str, str] = {}
    for key, member in links:
        one, other = root(first.setdefault(key, member)), root(member)
        parent[max(one, other)] = min(one, other)
    gathered: dict[str, list[str]] = defaultdict(list)
    for name in sorted(parent):
        gathered[root(name)].append(name)
    return [tuple(found) for _, found in sorted(gathered.items())]
