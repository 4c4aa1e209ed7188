"""One state of a graph as things with their facts: what is said of each, what belongs to it, what it is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

from kg.answer import best
from kg.diff.record import Kind
from kg.diff.values import Citation, Number, Passage, Period, decimal
from kg.periods import shown
from kg.schema import Schema
from kg.terms import KG, OA, PREFIXES, PROV, RDF_TYPE, RDFS, SCHEMA, SKOS, Literal, Token, Triple, term

Atom: TypeAlias = Token | Number | Period | Passage | Citation
"""A value that is compared as one: a term, or what several triples say together."""

LABEL = f"<{RDFS}label>"
TEXT = f"<{KG}text>"
REPORT = f"<{KG}report>"
PUBLISHER = f"<{KG}publisher>"
AMOUNT = f"<{KG}amount>"
RECEIPT = f"<{PROV}wasDerivedFrom>"
PERIOD = "period"
READER = "reader"
_USED, _READER = f"<{PROV}used>", f"<{PROV}wasAssociatedWith>"
_SELECTOR = f"<{OA}hasSelector>"
_START, _END = f"<{KG}start>", f"<{KG}end>"
_PRINTED = f"<{KG}printed>"


def _parts(*names: str) -> tuple[Token, ...]:
    return tuple(f"<{KG}{name}>" for name in names)


_MONEY = _parts("value", "minimum", "maximum", "qualifier", "currency")
_FIGURE = _parts("value", "minimum", "maximum", "qualifier", "unit")
_COUNT = _parts("count", "", "", "countQualifier", "")
"""What numbers are made of: value, ends of a range, how exact, and of what."""

_ENTITIES = ("Person", "Organization", "Company", "Place", "Event", "EventSeries", "Deal")
_AGENTS = frozenset(f"<{PROV}{name}>" for name in ("Agent", "Person", "Organization", "SoftwareAgent"))
_ACTIVITY = f"<{PROV}Activity>"
_OF_EVERYTHING = frozenset(
    [LABEL]
    + [f"<{SKOS}{name}>" for name in ("altLabel", "exactMatch", "closeMatch", "note")]
    + [f"<{PREFIXES['dcterms']}source>", f"<{SCHEMA}identifier>"]
)
_OF_ACTIVITIES = frozenset((_USED, _READER))
_GENERAL = f"<{KG}Claim>"


class Field(NamedTuple):
    """A property, with the language where its values are in one."""

    property: str
    language: str = ""


class State:
    """A state of a graph. `kinds` has every thing that is compared; `facts` its values by property."""

    def __init__(self, triples: Iterable[Triple], schema: Schema) -> None:
        self.facts: dict[Token, dict[Token, list[Token]]] = {}
        self.kinds: dict[Token, Kind] = {}
        self._known: dict[Token, frozenset[Token]] = {}
        self._schema = schema
        self._targets = {token: shape for token, shape in schema.by_target().items() if token != _GENERAL}
        self._by_class = {
            token: frozenset(f"<{prop.iri}>" for prop in shape.properties) for token, shape in self._targets.items()
        }
        self._classify(triples)
        self._owners = self._owned()
        self._readings: dict[Token, list[Token]] = defaultdict(list)
        for node, owners in self._owners.items():
            for owner in owners if _USED in self.facts.get(node, ()) else ():
                self._readings[owner].append(node)

    def one(self, subject: Token, *properties: Token) -> Token | None:
        """The first value of the first of `properties` that `subject` has."""
        facts = self.facts.get(subject, {})
        return next((facts[name][0] for name in properties if name in facts), None)

    def classes(self, thing: Token) -> list[Token]:
        """The classes of a thing that have a shape, the narrower where there is one."""
        found = [
            name for name in self.facts.get(thing, {}).get(RDF_TYPE, ()) if name in self._targets or name in _AGENTS
        ]
        own = [name for name in found if name not in _AGENTS]
        narrow = [name for name in own if name != f"<{KG}Organization>" or f"<{KG}Company>" not in own]
        return narrow or found

    def reports(self) -> set[Token]:
        """All reports: those that are described, and those that claims name."""
        described = {thing for thing, kind in self.kinds.items() if kind == "report"}
        return described | {report for thing in self.kinds if (report := self.report_of(thing))}

    def report_of(self, thing: Token) -> Token | None:
        """The report of a claim or correction; a report is its own."""
        kind = self.kinds.get(thing)
        if kind == "report":
            return thing
        return self.one(thing, REPORT) if kind in ("claim", "correction") else None

    def knows(self, triple: Triple) -> bool:
        """Whether a triple is in our vocabulary, given what its subject is."""
        subject, predicate, value = triple
        if predicate == RDF_TYPE:
            return value in self._targets or (value in _AGENTS | {_ACTIVITY} and subject in self._known)
        return predicate in self._known.get(subject, ())

    def roots(self, subject: Token) -> set[Token]:
        """The things that a subject is, or belongs to as a receipt or an amount belongs to its claim."""
        if subject in self.kinds:
            return {subject}
        seen: set[Token] = set()
        waiting, found = [subject], set[Token]()
        while waiting:
            for owner in self._owners.get(waiting.pop(), ()):
                if owner in self.kinds:
                    found.add(owner)
                elif owner not in seen:
                    seen.add(owner)
                    waiting.append(owner)
        return found

    def fields(self, thing: Token) -> dict[Field, set[Atom]]:
        """What is said of a thing, ready to be compared."""
        facts = self.facts[thing] | {RDF_TYPE: list[Token](self.classes(thing))}
        found: dict[Field, set[Atom]] = defaultdict(set)
        for name, number, parts in self._numbers(thing):
            found[Field(name)].add(number)
            facts = _without(facts, name, *parts)
        if max(len(facts.get(_START, ())), len(facts.get(_END, ()))) == 1:
            found[Field(PERIOD)].add(Period(self._text(thing, _START), self._text(thing, _END)))
            facts = _without(facts, _START, _END)
        for reading in self._readings.get(thing, ()):
            found[Field(READER)].update(self.facts[reading].get(_READER, ()))
        amount = self.one(thing, AMOUNT)
        if amount and AMOUNT not in facts:
            found[Field(_PRINTED)].update(self.facts[amount].get(_PRINTED, ()))
        for name, values in facts.items():
            if name in self._known[thing] or name == RDF_TYPE:
                for value in values:
                    found[Field(name, _language(value))].add(self._receipt(value) if name == RECEIPT else value)
        return found

    def names(self, subject: Token) -> dict[str, str]:
        """Labels by language; where a language has several, the first in order."""
        facts = self.facts.get(subject, {})
        found: dict[str, str] = {}
        for value in sorted([*facts.get(LABEL, ()), *facts.get(f"<{SKOS}prefLabel>", ())], reverse=True):
            read = term(value)
            if isinstance(read, Literal):
                found[read.language or ""] = read.value
        return found

    def label(self, subject: Token, language: str) -> str | None:
        """The label in a language, else in English, else in any."""
        return best(self.names(subject), language)

    def date(self, report: Token) -> str | None:
        """The day, month or time in which a report was published."""
        return self._text(report, f"<{KG}date>") or span(self._text(report, _START), self._text(report, _END))

    def _classify(self, triples: Iterable[Triple]) -> None:
        for subject, predicate, value in triples:
            self.facts.setdefault(subject, {}).setdefault(predicate, []).append(value)
        kinds: dict[Token, Kind] = {f"<{KG}{name}>": "entity" for name in _ENTITIES}
        kinds |= dict.fromkeys(_AGENTS, "entity")
        kinds |= {f"<{KG}Judgement>": "judgement", f"<{KG}Correction>": "correction", f"<{KG}Report>": "report"}
        kinds |= {f"<{self._schema.shapes[name].target}>": "claim" for name in self._schema.claim_classes}
        order = ("report", "claim", "correction", "judgement", "entity")
        for subject, facts in self.facts.items():
            for values in facts.values():
                values.sort()
            types = facts.get(RDF_TYPE, ())
            found = {kinds[name] for name in types if name in kinds}
            if found:
                self.kinds[subject] = min(found, key=order.index)
            shapes = [self._by_class[name] for name in types if name in self._by_class]
            if found or shapes:
                more = _OF_EVERYTHING if found else _OF_ACTIVITIES if _ACTIVITY in types else ()
                self._known[subject] = frozenset[Token]().union(*shapes, more)

    def _owned(self) -> dict[Token, set[Token]]:
        """What each amount, receipt, selector and reading belongs to."""
        owners: dict[Token, set[Token]] = defaultdict(set)
        for subject, facts in self.facts.items():
            for name in (AMOUNT, RECEIPT, _SELECTOR):
                for value in facts.get(name, ()):
                    owners[value].add(subject)
            if _ACTIVITY in facts.get(RDF_TYPE, ()):
                owners[subject].update(facts.get(_USED, ()))
        return owners

    def _numbers(self, thing: Token) -> Iterable[tuple[Token, Number, tuple[Token, ...]]]:
        """The numbers of a claim: the property that stands for each, and the others that are in it."""
        amounts = self.facts[thing].get(AMOUNT, ())
        sum_of_money = self._number(amounts[0], _MONEY) if len(amounts) == 1 else None
        if sum_of_money:
            yield AMOUNT, sum_of_money, ()
        for parts in (_FIGURE, _COUNT):
            number = self._number(thing, parts)
            if number:
                yield parts[0], number, parts

    def _number(self, node: Token, parts: tuple[Token, ...]) -> Number | None:
        """The number that a node gives; None where it gives none, or several."""
        facts = self.facts.get(node, {})
        given = {name: facts[name] for name in parts if name in facts}
        if not given.keys() & parts[:3] or any(len(values) > 1 for values in given.values()):
            return None
        texts = [_value(given[name][0]) if name in given else None for name in parts]
        digits = [decimal(text) if text is not None else None for text in texts[:3]]
        if any(text is not None and number is None for text, number in zip(texts, digits, strict=False)):
            return None
        value, minimum, maximum = digits
        return Number(value, minimum, maximum, texts[4] or "", texts[3])

    def _receipt(self, node: Token) -> Atom:
        """A receipt by what it says; its IRI where it says nothing."""
        cites = self.one(node, f"<{KG}cites>")
        if cites:
            return Citation(_value(cites))
        parts: dict[str, str] = {}
        for selector in self.facts.get(node, {}).get(_SELECTOR, ()):
            for name in Passage._fields:
                found = self.one(selector, f"<{OA}{name}>")
                if found is not None:
                    parts[name] = _value(found)
        return Passage(**{name: parts.get(name, "") for name in Passage._fields}) if "exact" in parts else node

    def _text(self, subject: Token, name: Token) -> str | None:
        found = self.one(subject, name)
        return _value(found) if found is not None else None


def span(start: str | None, end: str | None) -> str | None:
    """A period as ISO 8601 writes it; of days that are none, as they stand."""
    try:
        return shown(start, end)
    except ValueError:
        return f"{start or '..'}/{end or '..'}"


def _without(facts: dict[Token, list[Token]], *properties: Token) -> dict[Token, list[Token]]:
    return {name: values for name, values in facts.items() if name not in properties}


def _value(token: Token) -> str:
    read = term(token)
    return read.value if isinstance(read, Literal) else str(read)


def _language(token: Token) -> str:
    return token.rpartition("@")[2] if token[0] == '"' and token[-1] not in '">' else ""
