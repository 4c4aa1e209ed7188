"""What is known of a report beside its text: from options, or from the file `NAME.meta.yaml` beside `NAME.txt`."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date

from kg import authoring
from kg.authoring import Head
from kg.claimed.known import Known
from kg.errors import ParseError
from kg.records import EntityRecord
from kg.schema import Schema
from kg.terms import ID, IRI, KG, literal
from kg.yaml_nodes import Mapping, Node, Scalar, load

_OUTLETS = ("publisher", "agency")


@dataclass(frozen=True)
class Given:
    """What options say of a report; each takes the place of what the file beside it says."""

    report: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None

    @property
    def names_one(self) -> bool:
        """Whether something is said that holds of one report alone."""
        return bool(self.report or self.url)


@dataclass(frozen=True)
class Told:
    """Options and the file beside a report as one mapping, read when the report's language is known."""

    entry: Mapping
    source: str

    @property
    def language(self) -> str | None:
        """The language that is named, as it is written."""
        node = self.entry.entries.get("language")
        return node.value if isinstance(node, Scalar) else None

    @property
    def day(self) -> date | None:
        """The day the report bears, where one is named; what is no day is told of when the head is read."""
        node = self.entry.entries.get("date")
        try:
            return date.fromisoformat(node.value) if isinstance(node, Scalar) else None
        except ValueError:
            return None

    def head(self, schema: Schema, language: str, known: Known) -> tuple[Head, tuple[EntityRecord, ...]]:
        """What is known, and the publisher or agency where nothing known is called so."""
        entries, proposed = dict(self.entry.entries), []
        for key in _OUTLETS:
            node = entries.get(key)
            if isinstance(node, Scalar) and (record := _outlet(node.value, language, known)):
                entries[key] = replace(node, value=str(record.iri))
                proposed.append(record)
        entry = replace(self.entry, entries=entries)
        resolve = lambda name, kind: known.entities(name, kind or "")  # noqa: E731
        return authoring.read_head(entry, self.source, schema, language, resolve), tuple(proposed)


def told(given: Given, beside: str | None, source: str) -> Told:
    """What `given` and the text of the file beside a report say; `source` names that file in errors."""
    root: Node = load(beside, source) if beside is not None else Mapping({}, {}, 1, 1)
    if not isinstance(root, Mapping):
        raise ParseError("what is known of a report needs keys and values", source, root.line, root.column)
    entries, keys = dict(root.entries), dict(root.keys)
    for field in fields(given):
        value = getattr(given, field.name)
        if value is not None:
            entries[field.name] = keys[field.name] = Scalar(value, 1, 1)
    return Told(Mapping(entries, keys, root.line, root.column), source if beside is not None else "the options")


def _outlet(name: str, language: str, known: Known) -> EntityRecord | None:
    """A new organization of that name; None where the name is an address, a path or known."""
    if "://" in name or ("/" in name and " " not in name) or not name.strip():
        return None
    found = known.entities(name, KG + "Organization")
    if found:
        return None
    iri = known.free(IRI(f"{ID}organization/"), name)
    return EntityRecord(iri, "Organization", (literal(name, language),))
