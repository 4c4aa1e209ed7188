"""What is known of a report beside its text: from options, from `NAME.meta.yaml` beside `NAME.txt`, or from a document.

Options come before the file beside it, that before what a document says of itself, and that before the text.
"""

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
    """Options, the file beside a report and the document as one mapping, read when the report's language is known.

    `weak` are the keys that the document alone gives; what cannot stand of them is left out without a word.
    """

    entry: Mapping
    source: str
    weak: frozenset[str] = frozenset()

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
        if "publisher" in self.weak and not _may_be_outlet(entries["publisher"], known):
            del entries["publisher"]
        for key in _OUTLETS:
            node = entries.get(key)
            if isinstance(node, Scalar) and (record := _outlet(node.value, language, known)):
                entries[key] = replace(node, value=str(record.iri))
                proposed.append(record)
        entry = replace(self.entry, entries=entries)
        resolve = lambda name, kind: known.entities(name, kind or "")  # noqa: E731
        return authoring.read_head(entry, self.source, schema, language, resolve), tuple(proposed)


def told(given: Given, beside: str | None, source: str, said: dict[str, str] | None = None) -> Told:
    """What `given`, the text of the file beside a report and the report's document say; `source` names that file."""
    root: Node = load(beside, source) if beside is not None else Mapping({}, {}, 1, 1)
    if not isinstance(root, Mapping):
        raise ParseError("what is known of a report needs keys and values", source, root.line, root.column)
    weak = {key: Scalar(words, 1, 1) for key, words in (said or {}).items()}
    entries, keys = weak | root.entries, weak | root.keys
    for field in fields(given):
        value = getattr(given, field.name)
        if value is not None:
            entries[field.name] = keys[field.name] = Scalar(value, 1, 1)
    alone = frozenset(key for key, node in weak.items() if entries[key] is node)
    return Told(Mapping(entries, keys, root.line, root.column), source if beside is not None else "the options", alone)


def _may_be_outlet(node: Node, known: Known) -> bool:
    """Whether a name that a document gives can be that of a publisher: it is no path, and no name of several things."""
    if not isinstance(node, Scalar) or "/" in node.value:
        return False
    return len(known.entities(node.value, KG + "Organization")) <= 1


def _outlet(name: str, language: str, known: Known) -> EntityRecord | None:
    """A new organization of that name; None where the name is an address, a path or known."""
    if "://" in name or ("/" in name and " " not in name) or not name.strip():
        return None
    found = known.entities(name, KG + "Organization")
    if found:
        return None
    iri = known.free(IRI(f"{ID}organization/"), name)
    return EntityRecord(iri, "Organization", (literal(name, language),))
