"""What things, properties and values are called, by the labels of the two states that are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from kg.answer import best
from kg.diff.record import UNSAID, Said
from kg.diff.state import LABEL, PERIOD, PUBLISHER, READER, RECEIPT, Atom, Field, State, span
from kg.diff.values import Citation, Number, Passage, Period
from kg.schema import Schema
from kg.terms import ID, KG, PREFIXES, PROV, RDF_TYPE, SCHEMA, SKOS, XSD, Literal, Token, local_name, term

LONGEST = 80
"""Texts are cut to so many characters where they are printed."""

_PROPERTIES = {
    RDF_TYPE: "class",
    LABEL: "label",
    RECEIPT: "receipt",
    PERIOD: "period",
    READER: "reader",
    f"<{PROV}wasGeneratedBy>": "reading",
    f"<{PROV}wasAttributedTo>": "author",
    f"<{SKOS}altLabel>": "other name",
    f"<{SKOS}exactMatch>": "identifier",
    f"<{SKOS}closeMatch>": "probable identifier",
    f"<{SKOS}note>": "note",
    f"<{SCHEMA}identifier>": "identifier",
    f"<{SCHEMA}containedInPlace>": "containing place",
    f"<{PREFIXES['dcterms']}source>": "source",
}
"""Properties that the ontology gives no label, or one that says less here."""

_JOINS, _SEPARATES = f"<{KG}joins>", f"<{KG}separates>"


class Wording:
    """Words for what two states hold, labels in `language`; the later state's where both have one."""

    def __init__(self, before: State, after: State, language: str, schema: Schema) -> None:
        self._states, self._language = (after, before), language
        self._codes = {f"<{prop.iri}>" for shape in schema.shapes.values() for prop in shape.properties if prop.allowed}
        self.label = cache(self._label)

    def thing(self, thing: Token) -> str:
        """What a thing is called; of a judgement or correction, what it says."""
        state = self._where(thing)
        kind = state.kinds.get(thing)
        if kind == "judgement":
            return self._judged(state, thing)
        if kind == "correction":
            printed, corrected = (self._texts(state, thing, f"<{KG}{name}>") for name in ("printed", "corrected"))
            return f"“{cut(printed)}”, corrected to “{cut(corrected)}”"
        return self.label(thing)

    def type(self, thing: Token) -> str:
        """The classes of a thing."""
        return ", ".join(map(self.label, self._where(thing).classes(thing)))

    def property(self, field: Field, is_entity: bool = False) -> str:
        """A property in words, with the language of its values where that is not the one of the labels."""
        name = "name" if is_entity and field.property == LABEL else _PROPERTIES.get(field.property)
        known = name or self.label(field.property)
        return f"{known} ({field.language})" if field.language and field.language != self._language else known

    def source(self, report: Token | None) -> Said:
        """A report with its publisher and date."""
        if report is None:
            return UNSAID
        state = self._where(report)
        publisher = state.one(report, PUBLISHER)
        return Said(self.label(report), report[1:-1], self.label(publisher) if publisher else None, state.date(report))

    def counted(self, claims: Counter[str], corrections: int) -> str:
        """How many claims of which class, as `23 claims: 12 figures, 11 statements`."""

        def some(number: int, name: str, is_english: bool = True) -> str:
            return f"{number} {name}{'s' if number != 1 and is_english else ''}"

        parts = ", ".join(some(number, name, self._language == "en") for name, number in sorted(claims.items()))
        counted = some(claims.total(), "claim") + (f": {parts}" if parts else "")
        return f"{counted}; {some(corrections, 'correction')}" if corrections else counted

    def reason(self, thing: Token) -> tuple[str, ...]:
        """Why a judgement or correction was made, as its author says."""
        reason = self._texts(self._where(thing), thing, f"<{KG}reason>")
        return (reason,) if reason else ()

    def values(self, field: Field, before: set[Atom], after: set[Atom]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The values of two states in words; where these are the same on both sides, as terms."""
        words = self._worded(field, before), self._worded(field, after)
        return words if words[0] != words[1] else (_as_terms(before), _as_terms(after))

    def is_text(self, field: Field, atoms: Iterable[Atom]) -> bool:
        """Whether values are words of a report or an author, which are quoted."""
        if field.property in self._codes:
            return False
        return all(isinstance(atom, Passage) or (isinstance(atom, str) and _is_text(atom)) for atom in atoms)

    def _label(self, subject: Token) -> str:
        for state in self._states:
            found = state.label(subject, self._language)
            if found:
                return found
        if not subject.startswith("<"):
            return subject
        name = subject[1:-1]
        if subject.startswith((f"<{KG}", f"<{SCHEMA}", f"<{PROV}")):
            return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", local_name(name)).lower()
        return local_name(name) if name.startswith(ID) else name

    def _where(self, thing: Token) -> State:
        """The state to tell of a thing by: the later one where it has the thing."""
        return next((state for state in self._states if thing in state.kinds), self._states[0])

    def _texts(self, state: State, thing: Token, name: Token) -> str:
        found: dict[str, str] = {}
        for value in sorted(state.facts[thing].get(name, ()), reverse=True):
            read = term(value)
            if isinstance(read, Literal):
                found[read.language or ""] = read.value
        return best(found, self._language) or ""

    def _judged(self, state: State, judgement: Token) -> str:
        facts = state.facts[judgement]
        parts = []
        for name, verdict in ((_JOINS, "are one"), (_SEPARATES, "are not one")):
            members = [self._member(member) for member in facts.get(name, ())]
            if members:
                parts.append(f"{' and '.join(members)} {verdict}")
        return "; ".join(parts) or self.label(judgement)

    def _member(self, member: Token) -> str:
        """A member of a judgement: a claim's label is not enough, as two reports may word it alike."""
        state = self._where(member)
        label = cut(self.label(member))
        if state.kinds.get(member) != "claim":
            return label
        said = self.source(state.report_of(member))
        parts = [part for part in (said.publisher or cut(said.report or ""), said.date) if part]
        return f"“{label}” ({', '.join(parts)})" if parts else f"“{label}”"

    def _worded(self, field: Field, atoms: set[Atom]) -> tuple[str, ...]:
        return tuple(sorted(self._value(field, atom) for atom in atoms))

    def _value(self, field: Field, atom: Atom) -> str:
        if isinstance(atom, Period):
            return span(atom.start, atom.end) or ""
        if isinstance(atom, Passage):
            return atom.exact
        if isinstance(atom, Citation):
            return f"fact {atom.cites}"
        if isinstance(atom, Number):
            return str(atom)
        read = term(atom)
        if not isinstance(read, Literal):
            return self.label(atom)
        if read.datatype == XSD + "boolean":
            return {"true": "yes", "false": "no"}.get(read.value, read.value)
        return read.value.replace("_", " ") if field.property in self._codes else read.value


def cut(text: str, start: int = 0) -> str:
    """`text` from `start` on, at most as long as texts are printed."""
    rest = f"…{text[start:]}" if start else text
    return rest if len(rest) <= LONGEST else rest[: LONGEST - 1].rstrip() + "…"


def differing(before: str, after: str) -> int:
    """Where to begin two texts that are too long to print whole, so that what differs is seen: shortly before it."""
    if len(before) <= LONGEST and len(after) <= LONGEST:
        return 0
    pairs = zip(before, after, strict=False)
    first = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
    if first < LONGEST // 2:
        return 0
    start = before.rfind(" ", first - LONGEST // 2, first - LONGEST // 4)
    return start + 1 if start >= 0 else first - LONGEST // 4


def _as_terms(atoms: set[Atom]) -> tuple[str, ...]:
    return tuple(sorted(atom if isinstance(atom, str) else " ".join(map(str, atom)) for atom in atoms))


def _is_text(token: Token) -> bool:
    """Whether a term is a string, in a language or not."""
    return token.startswith('"') and not token.endswith(">")
