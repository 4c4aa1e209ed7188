"""Random graphs that keep the shapes, and are otherwise as awkward as reports can be.

Properties, how many values they take and of which kind are read from the shapes, so a new class or property joins in
by itself. Places lie within several others, cities within cities; claims lack what they may lack, have several values
where they may, periods open at either end, ranges for amounts, and parts; texts and names are hostile; some entities
are only ever referred to; some reports have no text, so that their claims rest on citations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from kg import build, schema
from kg.records import AmountRecord, ClaimRecord, EntityRecord, JudgementRecord, ReportRecord
from kg.schema import LANG_STRING, Property, Shape
from kg.store.change import Batch
from kg.terms import ID, IRI, KG, SCHEMA, SKOS, XSD, Literal, Quad, literal, token
from kg.text import Span

WORDS = [
    *(
        "Beijing",
        "BEIJING",
        "北京",
        "a\x00b",
        "İstanbul",
        "ΣΑΣ",
        "straße",
        "香港",
        "é",
        "e\u0301",
        "😀",
        "\u202eabc",
        "\ufeff",
    ),
    *("O'Brien", 'say "hi"', "back\\slash", "two\nlines", "\r\n", "tab\t", "\x01", "\x7f", "\u2028", "a  b"),
    *("*", "?", "[x]", "[^x]", "a*b?c", "%_", "{}", "<>", "\\u0022", "\\", "'''", '"""', "?__text", "$x", "#+ x"),
    *("') OR 1=1 --", "; DROP TABLE claim", "} UNION {", "\\\\n", "null", "NaN", "-- if place", "lam"),
]
CONCEPTS = {
    "topic": ["medicine", "capital-flows", "pandemic"],
    "industry": ["biomedicine", "new-energy", "car-making"],
    "stage": ["announced", "signed", "cancelled"],
    "mode": ["direct", "indirect", "paraphrase"],
    "kind": ["agreement-kind/project", "agreement-kind/memorandum", "agreement-kind/no-such-kind"],
    "attendance": ["both", "online"],
    "measure": ["capital-invested", "companies-founded", "investment-growth"],
    "hosting": ["rehost", "publisher"],
    "translation": ["likely-translated", "original"],
}
DAYS = ["2019-12-31", "2020-01-01", "2020-02-29", "2021-12-06", "2021-12-07", "2022-06-30"]
DECIMALS = ["2.50", "2.5", "0", "-1", "007", "8810000000", "58.1", "1000000000000000.000000001", "+3.0"]
POOLS = {"Person": "person", "Organization": "organization", "Company": "company", "Event": "event",
         "EventSeries": "series", "Place": "place", "Deal": "deal"}  # fmt: skip
SHIPPED_PLACES = ["beijing", "daxing-district", "hong-kong", "china"]


@dataclass
class Graph:
    """A random graph: what to add to a store, and what there is to ask for."""

    seed: int
    size: int = 3
    random: Random = field(init=False)
    entities: dict[str, list[IRI]] = field(default_factory=dict)
    records: list[EntityRecord] = field(default_factory=list)
    reports: list[ReportRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        for kind, folder in POOLS.items():
            self.entities[kind] = [IRI(f"{ID}{folder}/{kind.lower()}-{n}") for n in range(4)]
        for iri in self.entities["Place"]:
            self.records.append(self.entity(iri, "Place", self.place_values(iri)))
        for kind in POOLS.keys() - {"Place"}:
            self.records += [self.entity(iri, kind, {}) for iri in self.entities[kind]]
        self.entities["Place"] += [IRI(f"{ID}place/{name}") for name in SHIPPED_PLACES]
        for kind, folder in POOLS.items():
            self.entities[kind].append(IRI(f"{ID}{folder}/undescribed"))
        self.records.sort(key=lambda record: record.iri)
        self.reports = [self.report(n) for n in range(self.size)]

    def batches(self) -> Iterator[Batch]:
        """What to add to a store, a report at a time; entities come with the first."""
        entities = [quad for record in self.records for quad in build.entity_quads(record)]
        entities += [quad for record in self.judgements() for quad in build.judgement_quads(record)]
        for report in self.reports:
            quads = [*build.report_quads(report, schema.load()), *self.beside_the_shapes(report)]
            yield Batch([*entities, *quads], frozenset([token(report.iri)]), (), report.iri)
            entities = []

    def judgements(self) -> Iterator[JudgementRecord]:
        """People who are one, organizations who are one through a third, firms that are two, claims that are one."""
        people, bodies, firms = (self.entities[kind] for kind in ("Person", "Organization", "Company"))
        claims = [build.claim_iri(report.iri, claim.key) for report in self.reports for claim in report.claims]
        chosen = tuple(self.random.sample(claims, 3))
        for joins, members in (
            (True, tuple(people[1:3])),
            (True, tuple(bodies[:2])),
            (True, tuple(bodies[1:3])),
            (True, (*chosen[:2], build.claim_iri(self.reports[0].iri, "no-such-claim"))),
            (False, (firms[0], firms[1])),
            (False, chosen[1:]),
        ):
            yield JudgementRecord(joins, members, self.texts(many=True), IRI(ID + "agent/random"))

    def beside_the_shapes(self, report: ReportRecord) -> Iterator[Quad]:
        """What shapes neither ask for nor forbid: any claim may say what it is about."""
        for claim in report.claims:
            if self.random.random() < 0.2:
                about = self.any_entity()
                yield token(build.claim_iri(report.iri, claim.key)), f"<{KG}about>", token(about), ""

    def words(self) -> str:
        """Some hostile text that is not blank."""
        return " ".join(["x", *self.random.choices(WORDS, k=self.random.randint(1, 3))])

    def texts(self, many: bool) -> tuple[Literal, ...]:
        """Texts, one a language."""
        languages = self.random.sample(["en", "id", "zh", "en-gb", "zh-hans"], self.random.randint(1, 3) if many else 1)
        return tuple(literal(self.words(), language) for language in languages)

    def entity(self, iri: IRI, kind: str, values: dict[str, tuple[IRI | Literal, ...]]) -> EntityRecord:
        labels = self.texts(many=True)
        aliases = self.texts(many=True) if self.random.random() < 0.5 else ()
        return EntityRecord(iri, kind, labels, (*aliases, labels[0]) if self.random.random() < 0.2 else aliases, values)

    def place_values(self, iri: IRI) -> dict[str, tuple[IRI | Literal, ...]]:
        """Sorts of a place, and the places that contain it: any made before it, so that there is no circle."""
        sorts = self.random.sample(["city", "city", "district", "country", "area"], self.random.randint(1, 2))
        before = self.entities["Place"][: self.entities["Place"].index(iri)]
        above = [*before, IRI(f"{ID}place/beijing"), IRI(f"{ID}place/undescribed")]
        return {
            KG + "placeType": tuple(IRI(f"{ID}place-type/{sort}") for sort in dict.fromkeys(sorts)),
            SCHEMA + "containedInPlace": tuple(self.random.sample(above, self.random.randint(0, 2))),
        }

    def any_entity(self) -> IRI:
        return self.random.choice(self.entities[self.random.choice(sorted(self.entities))])

    def report(self, number: int) -> ReportRecord:
        iri = IRI(f"{ID}report/random-{number}")
        shape = schema.load().shapes["Report"]
        text = " ".join(self.random.choices(WORDS, k=40)) if number % 2 == 0 else None
        own = {p.name: v for p in shape.properties if p.name not in ("label", "text", "language", "sha256")
               if (v := self.values(p, iri, {}))}  # fmt: skip
        own.pop("note", None)
        if self.random.random() < 0.7:
            own[SKOS + "note"] = self.texts(many=True)
        kinds = [*schema.load().claim_classes, "Correction"]
        chosen = [*kinds, *self.random.choices(kinds, k=8)]
        keys = {kind: [f"c{n}" for n, each in enumerate(chosen) if each == kind] for kind in kinds}
        claims = tuple(self.claim(iri, f"c{n}", kind, keys, text) for n, kind in enumerate(chosen))
        reader = IRI(ID + "agent/random")
        return ReportRecord(
            iri, self.texts(many=True), own, self.random.choice(["id", "en", "zh"]), text, reader, claims
        )

    def claim(self, report: IRI, key: str, kind: str, keys: dict[str, list[str]], text: str | None) -> ClaimRecord:
        shape = schema.load().shapes[kind]
        given = {p.name: v for p in shape.properties if (v := self.values(p, report, keys))}
        for end in ("start", "end"):
            given.pop(end, None)
        if kind != "Correction":
            given.update(self.period())
        amount = self.amount(shape) if given.pop("amount", None) else None
        for carried in ("report", "wasDerivedFrom", "wasGeneratedBy", "label"):
            given.pop(carried, None)
        return ClaimRecord(key, kind, given, self.receipts(text), self.texts(many=True), amount)

    def period(self) -> dict[str, tuple[Literal]]:
        first, last = sorted(self.random.choices(DAYS, k=2))
        ends = {"start": (Literal(first, XSD + "date"),), "end": (Literal(last, XSD + "date"),)}
        kept = self.random.choice([(), ("start",), ("end",), ("start", "end"), ("start", "end")])
        return {name: ends[name] for name in kept}

    def receipts(self, text: str | None) -> tuple[Span | str, ...]:
        if text is None:
            return tuple(self.random.sample(["1", "2", 'fact "3"'], self.random.randint(1, 2)))
        starts = self.random.sample(range(len(text) - 10), self.random.randint(1, 2))
        return tuple(Span(start, start + self.random.randint(1, 9)) for start in starts)

    def amount(self, shape: Shape) -> AmountRecord:
        values = {"currency": literal("USD"), "qualifier": literal(self.random.choice(["exact", "about", "more_than"]))}
        if self.random.random() < 0.4:
            values |= {"minimum": Literal("1.50", XSD + "decimal"), "maximum": Literal("2.00", XSD + "decimal")}
        else:
            values["value"] = Literal(self.random.choice(DECIMALS), XSD + "decimal")
        if self.random.random() < 0.5:
            values["printed"] = literal(self.words())
        return AmountRecord(values)

    def values(self, prop: Property, report: IRI, keys: dict[str, list[str]]) -> tuple[IRI | Literal, ...]:
        """Values of a property: none where it may have none, several where it may."""
        if prop.minimum == 0 and self.random.random() < 0.4:
            return ()
        most = 1 if prop.maximum == 1 else self.random.randint(1, 2)
        if prop.datatype == LANG_STRING and prop.maximum != 1:
            return self.texts(many=True)
        return tuple(dict.fromkeys(self.value(prop, report, keys) for _ in range(most)))

    def value(self, prop: Property, report: IRI, keys: dict[str, list[str]]) -> IRI | Literal:
        if prop.datatype:
            return self.literal(prop)
        if prop.is_concept:
            scheme = CONCEPTS[prop.name]
            name = self.random.choice(scheme)
            return IRI(ID + (name if "/" in name else f"{prop.name}/{name}"))
        if prop.name == "copyOf":
            return IRI(f"{ID}report/random-{self.random.randrange(self.size)}")
        kind = (prop.value_class or "").removeprefix(KG)
        claims = {"Position": "Position", "Statement": "Statement", "Claim": "Mention"}.get(kind)
        if prop.name in ("corrects", "partOf", "position", "statement", "converts") and claims:
            wanted = self.random.choice(sorted(keys.keys() - {"Correction"})) if claims == "Mention" else claims
            return build.claim_iri(report, self.random.choice([*keys[wanted], "no-such-claim"]))
        return self.random.choice(self.entities[kind]) if kind in self.entities else self.any_entity()

    def literal(self, prop: Property) -> Literal:
        kind = (prop.datatype or "").removeprefix(XSD)
        if prop.allowed:
            return literal(self.random.choice(prop.allowed))
        if prop.datatype == LANG_STRING:
            return self.texts(many=False)[0]
        lexical = {
            "decimal": self.random.choice(DECIMALS),
            "integer": self.random.choice(["1", "24", "007", "1997"]),
            "date": self.random.choice(DAYS),
            "boolean": self.random.choice(["true", "false"]),
            "anyURI": "https://example.org/?a=" + self.random.choice(["1", "2"]),
        }.get(kind)
        return Literal(lexical, XSD + kind) if lexical is not None else literal(self.words())
