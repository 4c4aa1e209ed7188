"""What a store knows of names, for reports that are read into it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kg.claimed.known import Names
from kg.store import lookup
from kg.terms import IRI


class Stored(Names):
    """The entities of a store, as they are at this point of the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def entities(self, name: str, kind: str) -> list[str]:
        """The IRIs of the entities of that name and class."""
        return lookup.entities(self.connection, name, [kind] if kind else [])

    def own(self, report: IRI, names: Iterable[str], kind: str) -> list[str]:
        """The IRIs of the entities of a class that the report, as it is stored, calls by one of `names`."""
        return lookup.mentioned(self.connection, report, names, [kind])

    def around(self, place: str) -> set[str]:
        """The IRIs of the places that a place lies in."""
        return lookup.containers(self.connection, place)

    def called(self, iri: str) -> str | None:
        """The English label of an entity, or another where it has none."""
        labels = lookup.labels(self.connection, [iri]).get(iri, {})
        return labels.get("en") or next(iter(labels.values()), None)

    def is_taken(self, iri: str) -> bool:
        """Whether something is said of that IRI."""
        return lookup.is_described(self.connection, iri)
