"""What claims and reports say, gathered from solutions of one property each, with what is joined put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.identity import Identity, groups
from kg.solutions import Solution
from kg.terms import IRI, Literal, Term, local_name

Values = Mapping[str, tuple[Term, ...]]
Period = tuple[str | None, str | None]
"""First and last day, None where open or not known."""


@dataclass(frozen=True)
class Node:
    """A claim, report or place: its IRI and its values by the local name of the property."""

    iri: IRI
    values: Values

    def one(self, name: str) -> str | None:
        """The value of a property that has one: the text of a literal, or an IRI."""
        return next((plain(term) for term in self.values.get(name, ())), None)

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a property, in order."""
        return tuple(sorted({plain(term) for term in self.values.get(name, ())}))

    def texts(self, name: str) -> dict[str, str]:
        """The values of a property by language."""
        found = (term for term in self.values.get(name, ()) if isinstance(term, Literal))
        return {term.language or "": term.value for term in sorted(found)}

    @property
    def period(self) -> Period:
        """The time it is about; of a report, the time in which it was published."""
        day = self.one("date")
        return (day, day) if day else (self.one("start"), self.one("end"))


@dataclass(frozen=True)
class Claim(Node):
    """A claim: the class and the report it has, beside its values."""

    kind: str
    report: IRI

    @property
    def key(self) -> tuple[str, str]:
        """What claims are put in order by."""
        return self.report, self.iri


@dataclass
class Facts:
    """All that was gathered: claims, reports and places by IRI, and what judgements join or keep apart."""

    identity: Identity
    claims: dict[str, Claim] = field(default_factory=dict)
    reports: dict[str, Node] = field(default_factory=dict)
    containers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    apart: set[frozenset[str]] = field(default_factory=set)

    @cached_property
    def by_report(self) -> dict[str, list[Claim]]:
        """The claims of each report, in order."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self.claims.values(), key=lambda claim: claim.key):
            found[claim.report].append(claim)
        return found

    @cached_property
    def parts(self) -> dict[str, list[Claim]]:
        """The claims that are parts of a claim, by the whole."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self.claims.values(), key=lambda claim: claim.key):
            whole = claim.one("partOf")
            if whole:
                found[whole].append(claim)
        return found

    @cached_property
    def days_of_events(self) -> dict[str, set[Period]]:
        """The times that reports give for each event."""
        found: dict[str, set[Period]] = defaultdict(set)
        for claim in self.claims.values():
            if claim.kind == "EventDescription" and (event := claim.one("event")):
                found[event].add(claim.period)
        return found

    @cached_property
    def hosts(self) -> dict[str, set[str]]:
        """The places that reports give for each event."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims.values():
            if claim.kind == "EventDescription" and (event := claim.one("event")):
                found[event].update(claim.all("place"))
        return found

    @cached_property
    def series(self) -> dict[str, set[str]]:
        """The series in which reports place each event."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims.values():
            event, series = claim.one("event"), claim.one("series")
            if claim.kind == "EventDescription" and event and series:
                found[event].add(series)
        return found

    def original(self, report: str) -> str:
        """The report at the beginning of the chain of copies that `report` stands in; itself where it copies none."""
        seen = {report}
        while (known := self.reports.get(report)) and (before := known.one("copyOf")) and before not in seen:
            seen.add(before)
            report = before
        return report

    def independent(self, reports: Iterable[str]) -> list[tuple[str, ...]]:
        """`reports` in groups of one source each: copies of one report, reports of one agency or publisher.

        A report that relays what another outlet reports belongs to that outlet's group.
        """
        return groups((key, report) for report in sorted(set(reports)) for key in self._origins(report))

    def around(self, place: str) -> set[str]:
        """A place and all that contain it."""
        found: set[str] = set()
        waiting = [place]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting += self.containers.get(here, ())
        return found

    def spots(self, claim: Claim) -> set[str]:
        """The places of a claim with all that contain them.

        Of one that names none: what all places have in common that its event is said to take place in.
        """
        named = claim.all("place")
        if named:
            return {around for place in named for around in self.around(place)}
        each = [self.around(place) for place in self.hosts.get(claim.one("event") or "", ())]
        return set.intersection(*each) if each else set()

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a judgement keeps two claims apart."""
        return frozenset((one, other)) in self.apart

    def _origins(self, report: str) -> list[str]:
        keys = [f"copy {report}", f"copy {self.original(report)}"]
        known = self.reports.get(report)
        if known:
            own = known.one("agency") or known.one("publisher")
            # What relays another outlet is that outlet's word, not its own.
            keys += [f"outlet {name}" for name in known.all("relays") or filter(None, [own])]
        return keys


def read(solutions: Iterable[Solution], identity: Identity) -> Facts:
    """Gather solutions with the variables `claim`, `kind`, `report`, `property` and `value`.

    `kind` and `report` stand for claims alone; what has none is a judgement, a place or a report. Entities that are
    joined go by the one that stands for all of them.
    """
    values: dict[IRI, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[IRI, tuple[str, IRI]] = {}
    for row in solutions:
        subject, value = row["claim"], row["value"]
        assert isinstance(subject, IRI)
        if "kind" in row:
            kinds[subject] = local_name(plain(row["kind"])), IRI(str(row["report"]))
        if isinstance(value, IRI) and value in identity.entity:
            value = IRI(identity.entity[value])
        values[subject][local_name(plain(row["property"]))].append(value)
    facts = Facts(identity)
    for subject, found in values.items():
        settled = {name: tuple(dict.fromkeys(terms)) for name, terms in found.items()}
        if subject in kinds:
            facts.claims[subject] = Claim(subject, settled, *kinds[subject])
        elif "separates" in settled:
            facts.apart.add(frozenset(map(str, settled["separates"])))
        elif "containedInPlace" in settled:
            facts.containers[subject].update(map(str, settled["containedInPlace"]))
        else:
            facts.reports[subject] = Node(subject, settled)
    return facts


def plain(term: Term) -> str:
    """The text of a literal, or an IRI as text."""
    return term.value if isinstance(term, Literal) else str(term)
