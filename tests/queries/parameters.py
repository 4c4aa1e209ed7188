"""Values to ask queries with: that give rows, that the graph knows yet give none, or that are nowhere; and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

from queries.engines import Everywhere

from kg.query.catalog import Parameter, Query
from kg.terms import ID, IRI, KG, XSD, Literal, Term, literal

Bound = dict[str, list[Term]]

NOWHERE = {
    "entity": IRI("https://example.org/nobody"),
    "concept": IRI(ID + "topic/no-such-topic"),
    "class": IRI(KG + "NoSuchClass"),
    "text": literal("no such words"),
}


_MOST = 60
"""Values of a parameter that are tried on a query with a step, which takes its time."""


@dataclass(frozen=True)
class Choice:
    """What may be given for one parameter: `hits` give rows when given alone, `misses` do not."""

    hits: Sequence[Term]
    misses: Sequence[Term]
    many: bool

    def alone(self, random: Random) -> list[Term]:
        return [random.choice(self.hits or self.misses)]

    def lists(self, random: Random) -> list[Term]:
        """Two values where the parameter takes several, one of them perhaps unknown; else one that may give nothing."""
        every = [*self.hits, *self.misses]
        if not self.many:
            return [random.choice(every)]
        return list(dict.fromkeys([*self.alone(random), random.choice(every)]))

    def nothing(self, random: Random) -> list[Term]:
        return [random.choice(self.misses or self.hits)]


class Choices:
    """What may be given for each parameter of a query on one graph."""

    def __init__(self, everywhere: Everywhere, query: Query, seed: int) -> None:
        self.everywhere, self.query = everywhere, query
        self.random = Random(f"{query.name} {seed}")
        self.of = {name: self._choice(parameter) for name, parameter in query.parameters.items()}

    def singles(self) -> Iterator[Bound]:
        """Each parameter by itself: a value, a list, and what gives nothing."""
        for name, choice in self.of.items():
            for way in (choice.alone, choice.lists, choice.nothing):
                yield {name: way(self.random)}

    def pairs(self) -> Iterator[list[Bound]]:
        """Each pair of parameters: values that go together if any do, lists, and one of the two without rows."""
        for one, other in combinations(self.of, 2):
            first, second = self.of[one], self.of[other]
            emptied = self.random.random() < 0.5
            yield [
                self._together(one, other),
                {one: first.lists(self.random), other: second.lists(self.random)},
                {
                    one: (first.nothing if emptied else first.alone)(self.random),
                    other: (second.alone if emptied else second.nothing)(self.random),
                },
            ]

    def _together(self, one: str, other: str) -> Bound:
        pairs = list(product(self.of[one].hits, self.of[other].hits))
        self.random.shuffle(pairs)
        found = ({one: [a], other: [b]} for a, b in pairs[:40] if self._gives_rows({one: [a], other: [b]}))
        return next(found, {one: self.of[one].alone(self.random), other: self.of[other].alone(self.random)})

    def _gives_rows(self, bound: Bound) -> bool:
        return bool(self.everywhere.fast(self.query, bound))

    def _choice(self, parameter: Parameter) -> Choice:
        known = list(dict.fromkeys(self._candidates(parameter)))
        if self.query.step and len(known) > _MOST:
            known = self.random.sample(known, _MOST)
        hits = [term for term in known if self._gives_rows({parameter.name: [term]})]
        misses = [term for term in known if term not in hits]
        if parameter.type == "date":
            beyond = [Literal(day, XSD + "date") for day in ("1900-01-01", "2100-12-31")]
            misses += [day for day in beyond if not self._gives_rows({parameter.name: [day]})]
        else:
            misses.append(NOWHERE[parameter.type])
        return Choice(hits, misses, parameter.many)

    def _candidates(self, parameter: Parameter) -> Iterator[Term]:
        """What the graph holds of the parameter's type."""
        if parameter.type == "class":
            yield from (IRI(KG + kind) for kind in self._column("SELECT DISTINCT kind FROM claim ORDER BY kind"))
        elif parameter.type == "date":
            days = "SELECT start_date FROM claim UNION SELECT end_date FROM claim UNION SELECT date FROM report"
            yield from (Literal(day, XSD + "date") for day in self._column(days) if day)
        elif parameter.type == "text":
            for text in self._column("SELECT text FROM statement UNION SELECT name FROM name ORDER BY 1"):
                start = self.random.randrange(len(text))
                yield literal(
                    self.random.choice([str.upper, str.lower, str])(text[start : start + self.random.randint(1, 5)])
                )
        else:
            folder = {KG + "Person": "person/", KG + "EventSeries": "series/"}.get(parameter.classes[0], "")
            every = self._column("SELECT iri FROM term ORDER BY iri")
            kinds = set(parameter.classes)
            if self.query.step and parameter.type == "entity":
                used = "SELECT value FROM link UNION SELECT entity FROM involves UNION SELECT report FROM claim"
                every = self._column(
                    f"SELECT iri FROM term WHERE id IN ({used} UNION SELECT claim FROM claim) ORDER BY iri"
                )
            yield from (IRI(iri) for iri in every if _may_be(iri, kinds, folder))

    def _column(self, sql: str) -> list[str]:
        return [row[0] for row in self.everywhere.store.connection.execute(sql)]


def _may_be(iri: str, kinds: set[str], folder: str) -> bool:
    """Whether an IRI looks like one of these kinds; what nothing describes has no other sign."""
    folders = {
        KG + "Entity": ("person/", "organization/", "company/", "place/", "event/", "series/", "deal/"),
        KG + "Organization": ("organization/", "company/"),
        KG + "Place": ("place/",),
        KG + "Event": ("event/",),
        KG + "Report": ("report/",),
        KG + "Claim": ("claim/",),
    }
    if any(kind.endswith("Property") for kind in kinds) and iri in (KG + "amount", KG + "count", KG + "start"):
        return True
    starts = [ID + name for kind in kinds for name in folders.get(kind, (folder,) if folder else ())]
    starts += [kind + "/" for kind in kinds if kind.startswith(ID)]
    return any(iri.startswith(start) and ("/" not in iri[len(start) :] or start == ID + "claim/") for start in starts)
