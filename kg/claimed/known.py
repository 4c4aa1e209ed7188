"""What a store, or a list of entities, knows of the names that a report prints."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from kg.names import key
from kg.terms import IRI, RDF_TYPE, RDFS, SCHEMA, SKOS, Literal, Quad, term, with_below

_LABELS = tuple(f"<{name}>" for name in (RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel"))
_WITHIN = f"<{SCHEMA}containedInPlace>"
_LONGEST_SLUG = 80


class Known(Protocol):
    """Entities by name, and what tells several of one name apart."""

    def entities(self, name: str, kind: str) -> list[str]:
        """The IRIs of the entities of that name and class (an IRI; empty for any), in order."""

    def own(self, report: IRI, names: Iterable[str], kind: str) -> list[str]:
        """The IRIs of the entities of a class that an earlier reading of the report calls by one of `names`."""

    def around(self, place: str) -> set[str]:
        """The IRIs of the places that a place lies in."""

    def called(self, iri: str) -> str | None:
        """The name of an entity."""

    def is_taken(self, iri: str) -> bool:
        """Whether something is said of that IRI."""

    def free(self, folder: IRI, name: str, report: str = "", apart: bool = False) -> IRI:
        """An IRI in `folder` for something new of that name; with a hash where it stands `apart` or is taken."""


class Names(ABC):
    """What all that know names have in common: how something new is called."""

    @abstractmethod
    def is_taken(self, iri: str) -> bool:
        """Whether something is said of that IRI."""

    def free(self, folder: IRI, name: str, report: str = "", apart: bool = False) -> IRI:
        """An IRI in `folder` for something new of that name; with a hash where it stands `apart` or is taken."""
        plain = IRI(folder + slug(name))
        return plain if not apart and not self.is_taken(plain) else IRI(f"{plain}-{digest(report, name)}")


class Listed(Names):
    """What quads say of entities, without a store: the shared places, when a report is read and stored nowhere."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._named: dict[str, set[str]] = defaultdict(set)
        self._types: dict[str, set[str]] = defaultdict(set)
        self._within: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, dict[str, str]] = defaultdict(dict)
        for s, p, o, _ in quads:
            subject, value = s[1:-1], term(o) if p in _LABELS else None
            if isinstance(value, Literal):
                self._named[key(value.value)].add(subject)
                if p == _LABELS[0]:
                    self._called[subject].setdefault(value.language or "", value.value)
            elif p == RDF_TYPE:
                self._types[subject].add(o[1:-1])
            elif p == _WITHIN:
                self._within[subject].add(o[1:-1])

    def entities(self, name: str, kind: str) -> list[str]:
        """The IRIs of the entities of that name and class."""
        kinds = set(with_below([kind])) if kind else set()
        return sorted(iri for iri in self._named.get(key(name), ()) if not kinds or self._types[iri] & kinds)

    def own(self, report: IRI, names: Iterable[str], kind: str) -> list[str]:
        """No report was read before."""
        return []

    def around(self, place: str) -> set[str]:
        """The IRIs of the places that a place lies in."""
        found: set[str] = set()
        waiting = [place]
        while waiting:
            new = self._within.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def called(self, iri: str) -> str | None:
        """The English label of an entity, or another where it has none."""
        labels = self._called.get(iri, {})
        return labels.get("en") or next(iter(labels.values()), None)

    def is_taken(self, iri: str) -> bool:
        """Whether something is said of that IRI."""
        return iri in self._types


def slug(name: str) -> str:
    """`name` as a part of an address: letters of any script, digits and hyphens; a hash where none are left."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    found = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    if len(found) > _LONGEST_SLUG:
        found = f"{found[:_LONGEST_SLUG].strip('-')}-{digest(name)}"
    return found or digest(name)


def digest(*parts: str) -> str:
    """A short hash of some words."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
