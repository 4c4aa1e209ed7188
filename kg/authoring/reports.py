"""A report written by hand: what is known of it, whom it mentions, and each claim with the words it rests on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from kg.authoring.conversions import KEYS as CONVERSION_KEYS
from kg.authoring.conversions import amount_of, conversions
from kg.authoring.entities import entities
from kg.authoring.summary import TO_CLAIMS, summary
from kg.authoring.values import Known, Resolve, Values
from kg.build import claim_iri
from kg.errors import InputError
from kg.names import nearest
from kg.records import AmountRecord, ClaimRecord, EntityRecord, ReportRecord
from kg.schema import Schema, Shape
from kg.terms import IRI, SKOS, Literal, literal, local_name
from kg.text import Span, enclosing, find_word, locate, sentences
from kg.yaml_nodes import Items, Mapping, Node, Scalar, load

_REPORT_KEYS = ("report", "label", "also", "date", "language", "text", "publisher", "agency", "relays", "copyOf", "url",
                "hosting", "translation", "note", "reader", "entities", "mentions", "claims")  # fmt: skip
_HEAD_KEYS = tuple(key for key in _REPORT_KEYS if key not in ("text", "reader", "entities", "mentions", "claims"))
_CLAIM_KEYS = ("is", "key", "label", "receipt", "period", *CONVERSION_KEYS)
_PRINTED = ("text", "printed", "role", "name")
"""Properties whose values are words of the report."""

_READER = "agent/author"


def read_report(
    text: str,
    source: str,
    schema: Schema,
    resolve: Resolve,
    read_text: Callable[[Path], str],
    known: Known = lambda kind: [],
    called: Callable[[str], str | None] = lambda iri: None,
) -> ReportRecord:
    """The report that a YAML text describes.

    `resolve` finds entities the store knows by name and `known` lists their names and `called` gives
    the label of one; `read_text` gives the text of the file that the key `text` names, relative to `source`.
    ParseError names file, line and what to write instead.
    """
    root = load(text, source)
    return _Reader(source, schema, resolve, read_text, known, called).report(root)


class Head(NamedTuple):
    """What is known of a report beside its text; what nobody said is None or empty."""

    iri: IRI | None
    labels: tuple[Literal, ...]
    language: str | None
    values: dict[str, tuple[IRI | Literal, ...]]


def read_head(
    root: Node, source: str, schema: Schema, language: str, resolve: Resolve, known: Known = lambda kind: []
) -> Head:
    """What a mapping with the keys at the head of an authored report says, none of which it must have.

    Words are in its `language`, or in `language` where it names none. ParseError names file, line and what to write.
    """
    return _Reader(source, schema, resolve, lambda path: "", known, lambda iri: None).head(root, language)


class _Reader:
    def __init__(
        self,
        source: str,
        schema: Schema,
        resolve: Resolve,
        read_text: Callable[[Path], str],
        known: Known,
        called: Callable[[str], str | None],
    ) -> None:
        self.source, self.schema, self.read_text, self.called = source, schema, read_text, called
        self.resolve_in_store = resolve
        self.values = Values(source, "en", self._resolve, lambda kind: [*self._own_names(), *known(kind)])
        self.entities: tuple[EntityRecord, ...] = ()
        self.text: str | None = None
        self.spans: list[Span] = []
        self.report_iri = IRI("")
        self.claim_keys: dict[str, str] = {}

    def report(self, root: Node) -> ReportRecord:
        """The report that the document describes."""
        entry = self.values.mapping(root, "a report")
        self.values.check_keys(entry, _REPORT_KEYS, "a report")
        for needed in ("report", "label", "language"):
            if needed not in entry.entries:
                raise self.values.fail(f"the report has no {needed!r}; add it at the top", entry)
        self.values.language = self._language(entry.entries["language"])
        self.report_iri = self._report_iri(entry.entries["report"])
        if "text" in entry.entries:
            self._read_text(entry.entries["text"])
        if "entities" in entry.entries:
            self.entities = entities(self.values, entry.entries["entities"], self.schema)
        mentions = self._mentions(entry)
        self.claim_keys = {claim.key: claim.kind for claim in mentions}
        claims = (*self._claims(entry), *mentions)
        return ReportRecord(
            iri=self.report_iri,
            labels=self.values.labels(entry.entries["label"], "label"),
            values=self._report_values(entry),
            language=self.values.language,
            text=self.text,
            reader=self.values.entity(entry.entries.get("reader", Scalar(_READER, 1, 1)), None),
            claims=claims,
            entities=self.entities,
        )

    def head(self, root: Node, language: str) -> Head:
        """What the head of a report says, without its text."""
        entry = self.values.mapping(root, "what is known of a report")
        self.values.check_keys(entry, _HEAD_KEYS, "what is known of a report")
        given = self._language(entry.entries["language"]) if "language" in entry.entries else None
        self.values.language = given or language
        iri = self._report_iri(entry.entries["report"]) if "report" in entry.entries else None
        labels = self.values.labels(entry.entries["label"], "label") if "label" in entry.entries else ()
        return Head(iri, labels, given, self._report_values(entry))

    def _language(self, node: Node) -> str:
        tag = self.values.string(node, "language")
        try:
            return literal("", tag).language or ""
        except InputError as error:
            raise self.values.fail(str(error), node) from None

    def _date(self, node: Node, shape: Shape) -> dict[str, tuple[IRI | Literal, ...]]:
        """The day a report bears, or the days between which it was published, where no day is known."""
        found = self.values.period(node, shape)
        return {"date": found["start"]} if found.get("start") == found.get("end") else found

    def _report_iri(self, node: Node, what: str = "report") -> IRI:
        written = self.values.string(node, what)
        if "://" in written:
            return self.values.iri(node, what)
        return self.values.path("report/" + written.removeprefix("report/"), node)

    def _read_text(self, node: Node) -> None:
        name = self.values.string(node, "text")
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise self.values.fail(f"the text {name!r} must lie beside this file, or in a folder below", node)
        try:
            self.text = self.read_text(Path(self.source).parent / name)
        except InputError as error:
            raise self.values.fail(str(error), node) from None
        self.spans = sentences(self.text)

    def _report_values(self, entry: Mapping) -> dict[str, tuple[IRI | Literal, ...]]:
        shape = self.schema.shapes["Report"]
        found: dict[str, tuple[IRI | Literal, ...]] = {}
        for name in ("publisher", "agency", "relays", "url", "hosting", "translation"):
            prop = shape.find(name)
            if name in entry.entries and prop:
                found[name] = self.values.of(prop, entry.entries[name])
        if "date" in entry.entries:
            found |= self._date(entry.entries["date"], shape)
        if "copyOf" in entry.entries:
            found["copyOf"] = (self._report_iri(entry.entries["copyOf"], "copyOf"),)
        if "also" in entry.entries:
            found["altLabel"] = self.values.names(entry.entries["also"])
        if "note" in entry.entries:
            found[SKOS + "note"] = self.values.labels(entry.entries["note"], "note")
        return found

    def _claims(self, entry: Mapping) -> list[ClaimRecord]:
        listed = entry.entries.get("claims", Items((), 1, 1))
        nodes = [self.values.mapping(node, "a claim") for node in self.values.items(listed)]
        for node in nodes:
            for needed in ("is", "key"):
                if needed not in node.entries:
                    raise self.values.fail(f"the claim has no {needed!r}; start it with: - is: CLASS", node)
            key = self.values.slug(node.entries["key"], "key")
            if key in self.claim_keys:
                raise self.values.fail(f"two claims have the key {key!r}; give each its own", node.entries["key"])
            self.claim_keys[key] = self.values.string(node.entries["is"], "is")
        claims: list[ClaimRecord] = []
        for node in nodes:
            claim = self._claim(node)
            iri = claim_iri(self.report_iri, claim.key)
            claims += [claim, *conversions(self.values, node, claim, iri, self.schema)]
        return claims

    def _claim(self, node: Mapping) -> ClaimRecord:
        shape = self._shape(node.entries["is"])
        key = self.values.string(node.entries["key"], "key")
        known = [prop.name for prop in shape.properties if prop.name not in ("report", "label", "wasGeneratedBy")]
        renamed = {"wasDerivedFrom": "receipt", "wasAttributedTo": "by"}
        self.values.check_keys(node, {*_CLAIM_KEYS, *(renamed.get(name, name) for name in known)}, _a(shape.name))
        values: dict[str, tuple[IRI | Literal, ...]] = {}
        if "period" in node.entries:
            values |= self.values.period(node.entries["period"], shape)
        amount = None
        for prop in shape.properties:
            written = node.entries.get(renamed.get(prop.name, prop.name))
            if written is None or prop.name in ("wasDerivedFrom", "label"):
                continue
            if prop.name == "amount":
                amount = self._amount(written)
            elif prop.name in TO_CLAIMS:
                values[prop.name] = tuple(self._claim_iri(item) for item in self.values.items(written))
            else:
                values[prop.name] = self.values.of(prop, written)
        receipts = self._receipts(node, shape)
        self._check(shape, values, node)
        return ClaimRecord(key, shape.name, values, receipts, self._labels(node, shape, values, amount), amount)

    def _shape(self, node: Node) -> Shape:
        written = self.values.string(node, "is")
        classes = {name.lower(): name for name in (*self.schema.claim_classes, "Correction")}
        name = classes.get(written.replace("-", "").replace(" ", "").lower())
        if name is None:
            near = nearest(written, classes.values(), 1)
            hint = f"did you mean {near[0]!r}?" if near else f"the classes are {' '.join(classes.values())}"
            raise self.values.fail(f"there is no class of claims {written!r}; {hint}", node)
        return self.schema.shapes[name]

    def _check(self, shape: Shape, values: dict[str, tuple[IRI | Literal, ...]], node: Mapping) -> None:
        """Say here, with the line, what the store would refuse later."""
        skip = ("report", "wasDerivedFrom", "wasGeneratedBy", "label")
        missing = [p.name for p in shape.properties if p.minimum and p.name not in values and p.name not in skip]
        if missing:
            raise self.values.fail(f"{_a(shape.name)} needs {missing[0]!r}", node)
        for name in _PRINTED:
            for value in values.get(name, ()) if name in node.entries else ():
                self._must_stand(str(getattr(value, "value", value)), node.entries[name])

    def _amount(self, node: Node) -> AmountRecord:
        amount = amount_of(self.values, node, self.schema)
        if "printed" in amount.values:
            self._must_stand(amount.values["printed"].value, node)
        return amount

    def _receipts(self, node: Mapping, shape: Shape) -> tuple[Span | str, ...]:
        if "receipt" not in node.entries:
            if shape.name == "Correction":
                return ()
            raise self.values.fail("the claim has no 'receipt'; quote the words it rests on", node)
        return tuple(self._receipt(item) for item in self.values.items(node.entries["receipt"]))

    def _receipt(self, node: Node) -> Span | str:
        words = self.values.string(node, "receipt")
        if self.text is None:
            return words
        try:
            return enclosing(self.spans, locate(self.text, words))
        except InputError as error:
            raise self.values.fail(str(error), node) from None

    def _claim_iri(self, node: Node) -> IRI:
        key = self.values.string(node, "the key of a claim")
        if key not in self.claim_keys:
            near = nearest(key, self.claim_keys, 1)
            raise self.values.fail(
                f"no claim has the key {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""), node
            )
        return claim_iri(self.report_iri, key)

    def _mentions(self, entry: Mapping) -> list[ClaimRecord]:
        """A claim for each name by which the report calls an entity, resting on the sentence that first does."""
        listed = entry.entries.get("mentions")
        if listed is None:
            return []
        claims: list[ClaimRecord] = []
        slugs: dict[str, IRI] = {}
        table = self.values.mapping(listed, "mentions")
        for path, node in table.entries.items():
            entity = self.values.entity(table.keys[path], None)
            slug = local_name(entity)
            if slugs.setdefault(slug, entity) != entity:
                slug = f"{local_name(entity.removesuffix(slug))}-{slug}"
            for number, item in enumerate(self.values.items(node), 1):
                name, receipt = self._mention(item)
                key = f"mention-{slug}" + (f"-{number}" if number > 1 else "")
                label = literal(f"{self._name_of(entity)}, printed as {name}", "en")
                values: dict[str, tuple[IRI | Literal, ...]] = {
                    "entity": (entity,),
                    "name": (literal(name, self.values.language),),
                }
                claims.append(ClaimRecord(key, "Mention", values, (receipt,), (label,)))
        return claims

    def _mention(self, node: Node) -> tuple[str, Span | str]:
        if isinstance(node, Mapping):
            self.values.check_keys(node, ("name", "receipt"), "a mention")
            name = self.values.string(node.entries.get("name", node), "name")
            return name, self._receipt(node.entries.get("receipt", node))
        name = self.values.string(node, "a name")
        if self.text is None:
            raise self.values.fail("without a text, a mention needs a receipt: {name: …, receipt: …}", node)
        at = find_word(self.text, name)
        if at < 0:
            raise self.values.fail(f"the text does not hold {name!r}; write the name as printed", node)
        return name, enclosing(self.spans, Span(at, at + len(name)))

    def _labels(
        self,
        node: Mapping,
        shape: Shape,
        values: dict[str, tuple[IRI | Literal, ...]],
        amount: AmountRecord | None,
    ) -> tuple[Literal, ...]:
        if "label" in node.entries:
            return self.values.labels(node.entries["label"], "label")
        return (literal(summary(shape, values, amount, self._name_of), "en"),)

    def _must_stand(self, words: str, node: Node) -> None:
        if self.text is not None and words not in self.text:
            raise self.values.fail(f"the text does not hold {words!r}; write it as printed", node)

    def _name_of(self, iri: IRI) -> str:
        for entity in self.entities:
            if entity.iri == iri:
                return entity.labels[0].value
        return self.called(iri) or local_name(iri).replace("-", " ")

    def _own_names(self) -> list[str]:
        return [literal.value for entity in self.entities for literal in (*entity.labels, *entity.aliases)]

    def _resolve(self, name: str, kind: str | None) -> list[str]:
        mine = [
            str(entity.iri)
            for entity in self.entities
            if any(literal.value == name for literal in (*entity.labels, *entity.aliases))
        ]
        return mine or self.resolve_in_store(name, kind)


def _a(name: str) -> str:
    """The name of a class with the article before it."""
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"
