"""A reading as the record of a report: its claims with rule and receipts, and the entities it brings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from kg.authoring import Head, summary
from kg.build import claim_iri
from kg.claimed.entities import Cast
from kg.claimed.given import Told
from kg.claimed.known import Known, digest, slug
from kg.claimed.readers import RULES, Reader
from kg.errors import InputError
from kg.read import model
from kg.records import AmountRecord, ClaimRecord, EntityRecord, ReportRecord, RuleRecord
from kg.schema import Schema
from kg.terms import ID, IRI, XSD, Literal, literal, local_name
from kg.text import Span, enclosing, find_word, sentences

UNNAMED = "statement without a named speaker"

_LONGEST_LABEL = 200

Values = dict[str, tuple[IRI | Literal, ...]]


class Claimed(NamedTuple):
    """A report that was read: its record, how many names were joined to known entities, and what was left out."""

    record: ReportRecord
    joined: int
    left_out: Counter[str]

    def __str__(self) -> str:
        kinds = Counter(claim.kind for claim in self.record.claims)
        parts = [_counted(count, kind.lower()) for kind, count in sorted(kinds.items())]
        parts.append(f"{self.joined} names joined, {len(self.record.entities) - 1} new")
        parts += [f"{_counted(count, what)} left out" for what, count in sorted(self.left_out.items())]
        return "; ".join(parts)


def find(text: str, source: str, told: Told, reader: Reader = RULES) -> model.Reading:
    """What a reader finds in a report of which `told` says what is known; InputError where it holds no text."""
    if "\0" in text:
        raise InputError(f"{source}: the file holds bytes of zero, so it is no text; name a text file")
    if not text.replace("\ufeff", "").strip():
        raise InputError(f"{source}: the file holds no words; there is nothing to read")
    language = told.language.split("-")[0].lower() if told.language else None
    return reader.read(text, language, told.day)


def claimed(
    reading: model.Reading, source: str, told: Told, known: Known, schema: Schema, reader: Reader = RULES
) -> Claimed:
    """The record of a report that `reader` read from `source`, whose name gives the report's unless `told` does.

    Entities are those of `known` where exactly one fits. ParseError where what is told of the report cannot stand.
    """
    language = (told.language or reading.language).lower()
    head, outlets = told.head(schema, language, known)
    iri = head.iri or IRI(f"{ID}report/{_report_slug(reading.text, source)}")
    cast = Cast(reading, iri, language, known)
    made = _Claims(reading, iri, language, cast, schema)
    made.statements()
    made.investments()
    made.agreements()
    made.mentions()
    record = ReportRecord(
        iri=iri,
        labels=head.labels or (literal(_headline(reading), language),),
        values=_values(head, reading),
        language=language,
        text=reading.text,
        reader=reader.iri,
        claims=tuple(made.claims),
        entities=(reader.agent(), *_distinct([*outlets, *cast.new])),
    )
    return Claimed(record, cast.joined, made.left_out)


class _Claims:
    """The claims of one reading, in the order in which they are made."""

    def __init__(self, reading: model.Reading, report: IRI, language: str, cast: Cast, schema: Schema) -> None:
        self.reading, self.report, self.language, self.cast, self.schema = reading, report, language, cast, schema
        self.claims: list[ClaimRecord] = []
        self.left_out: Counter[str] = Counter()
        self._sentences = sentences(reading.text)
        self._starts = [span.start for span in self._sentences]
        self._ends = [span.end for span in self._sentences]
        self._keys: set[str] = set()
        self._numbers: Counter[str] = Counter()
        self._positions: dict[tuple[IRI, str], str | None] = {}
        self._money = sorted(
            (one for one in reading.quantities if one.kind == model.MONEY), key=lambda one: one.span.start
        )
        self._money_starts = [one.span.start for one in self._money]

    def statements(self) -> None:
        """Who said what; the shape needs a speaker, so what nobody named is said to have said is left out."""
        for number, one in enumerate(self.reading.statements, 1):
            if one.speaker not in self.cast.iris:
                self.left_out[UNNAMED] += 1
                continue
            receipts = self._receipts(one.span, *one.why.words)
            values: Values = {
                "speaker": (self.cast.iris[one.speaker],),
                "text": (self._words(self._text(one.span)),),
                "mode": (IRI(f"{ID}mode/{one.kind}"),),
            }
            position = self._position(one, receipts)
            if position:
                values["position"] = (claim_iri(self.report, position),)
            self._add(f"statement-{number}", "Statement", values, receipts, one.why)

    def investments(self) -> None:
        """Who invests where; what a report tells of is announced at least, and the rules find no later stage."""
        for number, one in enumerate(self.reading.investments, 1):
            if one.investor not in self.cast.iris:
                self.left_out["investment without a named investor"] += 1
                continue
            values: Values = {"investor": (self.cast.iris[one.investor],)}
            if self.cast.types.get(one.place) == model.PLACE:
                values["place"] = (self.cast.iris[one.place],)
            values["stage"] = (IRI(f"{ID}stage/announced"),)
            receipts = self._receipts(one.span, *one.why.words)
            self._add(f"investment-{number}", "Investment", values, receipts, one.why, self._amount(one, receipts))

    def agreements(self) -> None:
        """What was signed, and between whom."""
        for number, one in enumerate(self.reading.agreements, 1):
            parties = dict.fromkeys(self.cast.iris[name] for name in one.parties if name in self.cast.iris)
            values: Values = {"party": tuple(parties), "stage": (IRI(f"{ID}stage/signed"),)}
            receipts = self._receipts(one.span, *one.why.words)
            self._add(f"agreement-{number}", "Agreement", values, receipts, one.why, self._amount(one, receipts))

    def mentions(self) -> None:
        """The forms by which the report calls each entity, each where it first stands."""
        for entity in self.reading.entities:
            iri, seen = self.cast.iris[entity.name], set()
            for span in sorted(entity.mentions, key=lambda span: (span.start, span.end)):
                printed = self._text(span)
                if printed in seen or not printed.strip():
                    continue
                seen.add(printed)
                key = self._free_key("mention-" + local_name(iri))
                label = literal(f"{self.cast.name_of(iri)}, printed as {printed}", "en")
                values: Values = {"entity": (iri,), "name": (self._words(printed),)}
                receipts = self._receipts(span)
                self.claims.append(ClaimRecord(key, "Mention", values, receipts, (label,), None, _rule(entity.why)))

    def _position(self, one: model.Statement, receipts: tuple[Span, ...]) -> str | None:
        """The key of the claim that the speaker holds a post, made where the report first prints it."""
        if not one.role.strip() or self.cast.types[one.speaker] != model.PERSON:
            return None
        person = self.cast.iris[one.speaker]
        if (person, one.role) in self._positions:
            return self._positions[person, one.role]
        at = self._printed_at(one.role, receipts)
        if at is None:
            self.left_out["post that is not printed as read"] += 1
            self._positions[person, one.role] = None
            return None
        key = self._free_key(f"position-{local_name(person)}")
        values: Values = {"person": (person,), "role": (self._words(one.role),)}
        self._add(key, "Position", values, self._receipts(at), one.why)
        self._positions[person, one.role] = key
        return key

    def _free_key(self, plain: str) -> str:
        """A key that no claim of the report has: `plain`, or that with the next number that is free."""
        key = plain
        while key in self._keys:
            self._numbers[plain] += 1
            key = f"{plain}-{self._numbers[plain] + 1}"
        self._keys.add(key)
        return key

    def _printed_at(self, words: str, receipts: tuple[Span, ...]) -> Span | None:
        """Where words stand, in the receipts if they do."""
        for receipt in receipts:
            at = self.reading.text.find(words, receipt.start, receipt.end)
            if at >= 0:
                return Span(at, at + len(words))
        at = find_word(self.reading.text, words)
        return Span(at, at + len(words)) if at >= 0 else None

    def _amount(self, one: model.Investment | model.Agreement, receipts: tuple[Span, ...]) -> AmountRecord | None:
        """The sum of a deal, as its value and, where the receipts print it, as it is printed."""
        if one.amount is None:
            return None
        values = {
            "value": Literal(_plain(one.amount.value), XSD + "decimal"),
            "currency": Literal(one.amount.currency),
            "qualifier": Literal(one.amount.qualifier),
        }
        first = bisect_left(self._money_starts, receipts[0].start)
        last = bisect_right(self._money_starts, receipts[-1].end)
        same = [
            money.span
            for money in self._money[first:last]
            if (money.value, money.unit, money.qualifier) == tuple(one.amount)
        ]
        if same:
            values["printed"] = Literal(self._text(same[0]))
        return AmountRecord(values)

    def _add(
        self,
        key: str,
        kind: str,
        values: Values,
        receipts: tuple[Span, ...],
        why: model.Why,
        amount: AmountRecord | None = None,
    ) -> None:
        label = literal(summary(self.schema.shapes[kind], values, amount, self.cast.name_of), "en")
        self.claims.append(ClaimRecord(key, kind, values, receipts, (label,), amount, _rule(why)))

    def _receipts(self, *spans: Span) -> tuple[Span, ...]:
        """The sentences, or runs of sentences, that hold the spans; none that lies in another."""
        found = {self._enclosing(span) for span in spans if span.start < span.end}
        outer = [one for one in found if not any(one != two and _holds(two, one) for two in found)]
        return tuple(sorted(outer, key=lambda span: span.start))

    def _enclosing(self, span: Span) -> Span:
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        return enclosing(self._sentences[first:last], span)

    def _text(self, span: Span) -> str:
        return self.reading.text[span.start : span.end]

    def _words(self, text: str) -> Literal:
        return literal(text, self.language)


def _values(head: Head, reading: model.Reading) -> Values:
    """What is known of the report; its day is the one in its dateline, where nobody named one."""
    values = dict(head.values)
    if reading.date and not values.keys() & {"date", "start", "end"}:
        values["date"] = (Literal(reading.date.isoformat(), XSD + "date"),)
    return values


def _headline(reading: model.Reading) -> str:
    """The first line that says more than a date, or the first that says anything."""
    days = {(each.span.start, each.span.end) for each in reading.dates}
    first, at = "", 0
    for line in reading.text.splitlines(keepends=True):
        words = line.strip().strip("\ufeff").strip()
        start = at + line.find(words)
        if words and (start, start + len(words)) not in days:
            return _cut(words)
        first, at = first or words, at + len(line)
    return _cut(first)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_LABEL else words[: _LONGEST_LABEL - 1] + "…"


def _report_slug(text: str, source: str) -> str:
    """From the file's name; standard input has none, so there the text gives it."""
    return digest(text) if source == "-" else slug(PurePath(source).stem)


def _rule(why: model.Why) -> RuleRecord:
    sure = None if why.confidence is None else _plain(Decimal(str(why.confidence)))
    return RuleRecord(slug(why.rule), sure)


def _distinct(records: Iterable[EntityRecord]) -> list[EntityRecord]:
    return list({record.iri: record for record in records}.values())


def _plain(value: Decimal) -> str:
    """A number in digits, without zeros that say nothing."""
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _counted(count: int, what: str) -> str:
    """A number of things, in the plural where there are several."""
    first, *rest = what.split(" ")
    return f"{count} {' '.join([first if count == 1 else first + 's', *rest])}"
