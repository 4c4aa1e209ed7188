"""A made-up report while it is written: sentences, and the claims that rest on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from benchmarks import phrases, world
from benchmarks.world import Thing, concepts, pick, size
from kg.build import claim_iri
from kg.records import AmountRecord, ClaimRecord, EntityRecord, ReportRecord
from kg.terms import ID, IRI, RDF, XSD, Literal
from kg.text import Span

Values = dict[str, tuple[IRI | Literal, ...]]
"""What a claim or a report says, by property."""

_FIRST_DAY = date(2018, 1, 1)


@dataclass
class Draft:
    """A report while it is written."""

    number: int
    seed: int
    random: Random = field(init=False)
    text: str = ""
    claims: list[ClaimRecord] = field(default_factory=list)
    things: dict[Thing, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(f"{self.seed}-{self.number}")
        self.language = self.random.choice(world.LANGUAGES)
        self.day = _FIRST_DAY + timedelta(days=self.random.randrange(2500))
        self.iri = IRI(f"{ID}report/{self.day}-made-up-{self.seed}-{self.number:05}")
        self.event = self.draw("event") if self.random.random() < 0.8 else None
        self.publisher = world.organization(pick(self.random, 30))

    def write(self) -> None:
        """Write the report, sentence by sentence."""
        chance = self.random.random
        self.sentence("Dateline", (self.publisher,), publisher=self.publisher.names[self.language], date=str(self.day))
        if self.event and chance() < 0.6:
            self.event_description()
        for _ in range(1 + int(4 * chance() ** 2)):
            self.investment()
        for _ in range(1 + int(3 * chance() ** 3)):
            self.agreement()
        speakers = [self.draw("person") for _ in range(self.random.randrange(1, 4))]
        for number in range(3 + int(6 * chance() ** 3)):
            self.statement(speakers[number % len(speakers)])
        for _ in range(int(2.5 * chance())):
            self.figure()
        if chance() < 0.3:
            self.company_description()
        if chance() < 0.1:
            self.series_description()
        named = [
            thing
            for thing, span in self.things.items()
            if thing.names[self.language] in self.text[span.start : span.end]
        ]
        for thing in self.random.sample(named, min(2, len(named))):
            self.mention(thing)

    def record(self, entities: tuple[EntityRecord, ...]) -> ReportRecord:
        """The report as it stands, with the descriptions of entities that it brings."""
        values: Values = {
            "date": (_day(self.day),),
            "publisher": (self.publisher.iri,),
            "url": (Literal(f"https://news.example/{self.number}", XSD + "anyURI"),),
        }
        labels = (_text(f"Made-up report {self.number} of {self.day}", "en"),)
        claims = tuple(self.claims)
        return ReportRecord(self.iri, labels, values, self.language, self.text, world.reader().iri, claims, entities)

    def referred(self) -> list[Thing]:
        """The things that claims refer to, and the places these lie in."""
        named = {value for claim in self.claims for values in claim.values.values() for value in values}
        found = dict.fromkeys(thing for thing in self.things if thing.iri in named or thing is self.publisher)
        for thing in list(found):
            found.update(dict.fromkeys(world.around(thing)))
        return list(found)

    def draw(self, kind: str) -> Thing:
        """A thing of a kind, the first ones more often."""
        made = {"person": world.person, "company": world.company, "organization": world.organization,
                "district": world.district, "event": world.event, "series": world.series}  # fmt: skip
        return made[kind](pick(self.random, size(kind, self.number)))

    def place(self) -> Thing:
        """A district, or the city or the country it lies in."""
        district = self.draw("district")
        city = district.above[0]
        return self.random.choice((district, district, city, city, city.above[0]))

    def sentence(self, kind: str, things: tuple[Thing, ...], **parts: str) -> Span:
        """Add a sentence to the text; `things` are what it speaks of."""
        written = phrases.SENTENCES[self.language][kind].format(**parts)
        start = len(self.text)
        self.text += written + "\n"
        span = Span(start, start + len(written))
        for thing in things:
            self.speak_of(thing, span)
        return span

    def speak_of(self, thing: Thing, span: Span) -> None:
        """Note that a sentence speaks of a thing, and so of what the thing belongs to."""
        for above in thing.above:
            self.speak_of(above, span)
        self.things.setdefault(thing, span)

    def claim(
        self,
        kind: str,
        span: Span,
        label: str,
        values: Values,
        amount: AmountRecord | None = None,
    ) -> IRI:
        """Add a claim that rests on a sentence; its label is English, and often in the language of the report too."""
        key = f"{kind.lower()}-{len(self.claims)}"
        labels = [_text(label, "en")]
        if self.language != "en" and self.random.random() < 0.4:
            labels.append(_text(label, self.language))
        self.claims.append(ClaimRecord(key, kind, values, (span,), tuple(labels), amount))
        return claim_iri(self.iri, key)

    def period(self) -> Values:
        """The day of the report, a month up to it, or nothing."""
        chance = self.random.random()
        if chance < 0.1:
            return {}
        start = self.day - timedelta(days=30) if chance < 0.3 else self.day
        return {"start": (_day(start),), "end": (_day(self.day),)}

    def some(self, scheme: str, most: int = 1) -> tuple[IRI, ...]:
        """One concept of a scheme, or up to `most`."""
        return tuple(self.random.sample(concepts(scheme), self.random.randint(1, most)))

    def amount(self) -> tuple[AmountRecord, str]:
        """An amount of money, and how it is printed."""
        currency = self.random.choice(list(phrases.UNITS))
        value = f"{self.random.randrange(100, 100_000) / 100:.2f}"
        printed = phrases.millions(value, currency, self.language)
        qualifier = self.random.choice(("exact", "exact", "about", "more_than", "at_least"))
        whole = Literal(value.replace(".", "").lstrip("0") + "0000", XSD + "decimal")
        fields = {
            "value": whole,
            "currency": Literal(currency),
            "qualifier": Literal(qualifier),
            "printed": Literal(printed),
        }
        return AmountRecord(fields), printed

    def statement(self, speaker: Thing) -> None:
        """Somebody says something, in a post that is a claim of its own when it comes up first."""
        random, body = self.random, self.draw("organization")
        direct = random.random() < 0.6
        spoken, role = phrases.words(random, self.language), random.choice(phrases.ROLES[self.language])
        about = self.draw("company") if random.random() < 0.3 else self.place()
        is_new = speaker not in self.things
        span = self.sentence(
            "Statement" if direct else "Statement indirect", (speaker, body), words=spoken, role=role,
            name=speaker.names[self.language], body=body.names[self.language],
        )  # fmt: skip
        self.speak_of(about, span)
        values: Values = {
            "speaker": (speaker.iri,), "text": (_text(spoken, self.language),), "about": (about.iri,),
            "mode": (IRI(f"{ID}mode/{'direct' if direct else 'indirect'}"),), "topic": self.some("topic", 2),
            **self.period(),
        }  # fmt: skip
        if is_new:
            held: Values = {
                "person": (speaker.iri,), "role": (_text(role, self.language),), "organization": (body.iri,),
                "start": (_day(self.day),), "end": (_day(self.day),),
            }  # fmt: skip
            label = f"{speaker.names['en']} is {role} of {body.names['en']}"
            values["position"] = (self.claim("Position", span, label, held),)
        if self.event and random.random() < 0.7:
            values["event"] = (self.event.iri,)
            self.speak_of(self.event, span)
        self.claim("Statement", span, f"{speaker.names['en']}: {spoken[:60]}", values)

    def investment(self) -> None:
        """A firm builds something somewhere."""
        random, firm, place = self.random, self.draw("company"), self.place()
        what, (amount, printed) = random.randrange(len(phrases.WHATS["en"])), self.amount()
        has_amount = random.random() < 0.6
        span = self.sentence(
            "Investment" if has_amount else "Investment plain", (firm, place), firm=firm.names[self.language],
            what=phrases.WHATS[self.language][what], place=place.names[self.language], money=printed,
        )  # fmt: skip
        values: Values = {
            "investor": (firm.iri,), "place": (place.iri,), "stage": self.some("stage"),
            "industry": self.some("industry", 2), "what": (_text(phrases.WHATS["en"][what], "en"),), **self.period(),
        }  # fmt: skip
        if self.event and random.random() < 0.3:
            values["event"] = (self.event.iri,)
            self.speak_of(self.event, span)
        label = f"{firm.names['en']} will build {phrases.WHATS['en'][what]} in {place.names['en']}"
        self.claim("Investment", span, label, values, amount if has_amount else None)

    def agreement(self) -> None:
        """Two or three sign something, at the report's event or at another."""
        random = self.random
        event = self.event or self.draw("event")
        parties = list(dict.fromkeys((self.draw("company"), self.place(), self.draw("company"))))
        what, (amount, printed) = random.randrange(len(phrases.WHATS["en"])), self.amount()
        has_amount = random.random() < 0.6
        comma = "、" if self.language == "zh" else ", "
        span = self.sentence(
            "Agreement" if has_amount else "Agreement plain", (event, *parties), event=event.names[self.language],
            parties=comma.join(thing.names[self.language] for thing in parties), money=printed,
            what=phrases.WHATS[self.language][what],
        )  # fmt: skip
        values: Values = {
            "party": tuple(thing.iri for thing in parties), "kind": self.some("agreement-kind"), "event": (event.iri,),
            "what": (_text(phrases.WHATS["en"][what], "en"),), **self.period(),
        }  # fmt: skip
        if random.random() < 0.3:
            values["count"] = (Literal(str(random.randrange(2, 30)), XSD + "integer"),)
        if random.random() < 0.4:
            self.speak_of(where := self.place(), span)
            values["place"] = (where.iri,)
        label = f"{' and '.join(thing.names['en'] for thing in parties)} sign {phrases.WHATS['en'][what]}"
        self.claim("Agreement", span, label, values, amount if has_amount else None)

    def figure(self) -> None:
        """How much firms from one place put into another."""
        origin, place, year = world.country(self.random.randrange(world.COUNTRIES)), self.place(), self.day.year
        value = f"{self.random.randrange(10, 90_000) / 10:.1f}"
        unit = self.random.choice(list(phrases.UNITS))
        span = self.sentence(
            "Figure", (origin, place), origin=origin.names[self.language], place=place.names[self.language],
            year=str(year), value=phrases.millions(value, unit, self.language),
        )  # fmt: skip
        values: Values = {
            "about": (place.iri,), "measure": self.some("measure"), "value": (Literal(value, XSD + "decimal"),),
            "unit": (Literal(f"million {unit}"),), "qualifier": (Literal("exact"),), "printed": (Literal(value),),
            "origin": (origin.iri,), "place": (place.iri,), "start": (_day(date(year, 1, 1)),),
            "end": (_day(self.day),),
        }  # fmt: skip
        label = f"Firms from {origin.names['en']} put {value} million {unit} into {place.names['en']}"
        self.claim("Figure", span, label, values)

    def event_description(self) -> None:
        """When and where the report's event took place."""
        assert self.event is not None
        place = self.draw("district").above[0]
        span = self.sentence(
            "EventDescription", (self.event, place), event=self.event.names[self.language], date=str(self.day),
            place=place.names[self.language],
        )  # fmt: skip
        values: Values = {
            "event": (self.event.iri,), "series": (self.event.above[0].iri,), "place": (place.iri,),
            "edition": (Literal(str(world.edition(self.event)), XSD + "integer"),),
            "attendance": self.some("attendance"), "start": (_day(self.day),), "end": (_day(self.day),),
        }  # fmt: skip
        self.claim("EventDescription", span, f"{self.event.names['en']} in {place.names['en']}", values)

    def series_description(self) -> None:
        """Since when a series is held."""
        series, year = self.draw("series"), str(1980 + self.random.randrange(35))
        span = self.sentence("SeriesDescription", (series,), series=series.names[self.language], year=year)
        values: Values = {
            "series": (series.iri,), "firstYear": (Literal(year, XSD + "integer"),), "frequency": (Literal("yearly"),),
            "what": (_text("a forum on trade", "en"),), "topic": self.some("topic"),
        }  # fmt: skip
        self.claim("SeriesDescription", span, f"{series.names['en']}, yearly since {year}", values)

    def company_description(self) -> None:
        """Where a firm is based and what it makes."""
        firm, base = self.draw("company"), self.draw("district").above[0]
        what = self.random.randrange(len(phrases.GOODS["en"]))
        span = self.sentence(
            "CompanyDescription", (firm, base), firm=firm.names[self.language], place=base.names[self.language],
            what=phrases.GOODS[self.language][what],
        )  # fmt: skip
        values: Values = {
            "company": (firm.iri,), "base": (base.iri,), "industry": self.some("industry", 2),
            "what": (_text(f"maker of {phrases.GOODS['en'][what]}", "en"),),
        }  # fmt: skip
        self.claim("CompanyDescription", span, f"{firm.names['en']} makes {phrases.GOODS['en'][what]}", values)

    def mention(self, thing: Thing) -> None:
        """The name by which the report calls a thing."""
        name = thing.names[self.language]
        values: dict[str, tuple[IRI | Literal, ...]] = {"entity": (thing.iri,), "name": (_text(name, self.language),)}
        self.claim("Mention", self.things[thing], f"{thing.names['en']}, printed as {name}", values)


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), XSD + "date")


def _text(value: str, language: str) -> Literal:
    return Literal(value, RDF + "langString", language)
