"""Invented reports small enough to read in a test, planted in a store, and what the store then answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import kg
from kg import pipeline
from kg.build import claim_iri, judgement_iri
from kg.records import JudgementRecord
from kg.terms import ID, IRI, literal, local_name

ENTITIES = Path(__file__).parent / "files" / "entities.yaml"
FAIR = "event/harbour-fair-7"
SERIES = "series/harbour-fair"
DAY = "2030-05-02"
"""The day of the fair, and of the reports where a test gives no other."""

Claim = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Report:
    """A report by its name, with its claims, and what else stands at its top."""

    name: str
    claims: tuple[Claim, ...]
    head: dict[str, Any]

    @property
    def text(self) -> str:
        """The report as its author would write it."""
        top = {"report": self.name, "label": {"en": f"Report {self.name}"}, "language": "en", "date": DAY}
        return yaml.safe_dump({**top, **self.head, "claims": list(self.claims)}, sort_keys=False, allow_unicode=True)


def report(name: str, *claims: Claim, **head: Any) -> Report:
    """A report called `name`; `head` are keys at its top, such as `publisher` and `copyOf`."""
    return Report(name, claims, head)


# ---- claims: each with what a test seldom cares about filled in --------------------------------------


def figure(value: object, key: str = "figure", **more: Any) -> Claim:
    """A figure: how many people came to the fair, unless `more` says otherwise."""
    given = {"about": FAIR, "measure": "participants", "value": value, "unit": "people", "qualifier": "exact"}
    return _claim("figure", key, given | ({} if "measure" in more else {"event": FAIR}) | more)


def signed(count: int | None = None, amount: object = None, key: str = "signed", **more: Any) -> Claim:
    """An agreement: how many projects were signed at the fair, and what they are worth in US dollars."""
    given: Claim = {"kind": "project", "event": FAIR, "stage": "signed", "period": DAY}
    if count is not None:
        given["count"] = count
    return _claim("agreement", key, given | _amount(amount) | more)


def invested(amount: object = None, key: str = "terminal", **more: Any) -> Claim:
    """An investment: Example Corp announces a terminal in Beijing, for an amount in US dollars."""
    given: Claim = {"investor": "company/example-corp", "place": "place/beijing", "what": {"en": "a terminal"}}
    return _claim("investment", key, given | {"stage": "announced", "period": DAY} | _amount(amount) | more)


def held(period: str | None = DAY, key: str = "held", **more: Any) -> Claim:
    """A description of the fair: when it was held, unless that is None."""
    return _claim("event description", key, {"event": FAIR} | ({"period": period} if period else {}) | more)


def said(text: str, key: str = "said", **more: Any) -> Claim:
    """A statement of Jo Example about trade."""
    given = {"speaker": "person/jo-example", "text": {"en": text}, "mode": "paraphrase", "topic": "trade"}
    return _claim("statement", key, given | more)


def holds(role: str, key: str = "post", **more: Any) -> Claim:
    """A post that Jo Example holds at the Harbour Office."""
    given = {"person": "person/jo-example", "role": {"en": role}, "organization": "organization/harbour-office"}
    return _claim("position", key, given | more)


def dollars(value: object, qualifier: str = "exact") -> Claim:
    """An amount in US dollars."""
    return {"value": value, "currency": "USD", "qualifier": qualifier}


def without(of: Claim, *keys: str) -> Claim:
    """A claim without some of its keys."""
    return {key: value for key, value in of.items() if key not in keys}


def _amount(amount: object) -> Claim:
    return {} if amount is None else {"amount": amount if isinstance(amount, dict) else dollars(amount)}


def _claim(kind: str, key: str, given: Claim) -> Claim:
    return {"is": kind, "key": key, **given, "receipt": key}


# ---- the store ---------------------------------------------------------------------------------------


class Planted:
    """A store with planted reports, to change and to ask."""

    def __init__(self, folder: Path, with_shipped: bool = False) -> None:
        self.folder = folder
        self.path = folder / "news.kg"
        self.names: list[str] = []
        self.judgements: set[IRI] = set()
        pipeline.add(self.path, [ENTITIES], with_shipped=with_shipped)

    def add(self, *reports: Report) -> Planted:
        """Add reports, all at once."""
        files = []
        for each in reports:
            files.append(self.folder / f"{each.name}.yaml")
            files[-1].write_text(each.text, encoding="utf-8")
            self.names.append(each.name)
        pipeline.add(self.path, files)
        return self

    def remove(self, name: str) -> None:
        """Withdraw a report."""
        self.names.remove(name)
        pipeline.remove(self.path, IRI(f"{ID}report/{name}"))

    def judge(self, joins: bool, *members: str) -> None:
        """Record that things named by their paths (`claim/one/signed`) are one, or are two."""
        named = tuple(IRI(ID + member) for member in members)
        reason = (literal("a test says so", "en"),)
        pipeline.judge(self.path, JudgementRecord(joins, named, reason, IRI(ID + "agent/author")))
        self.judgements.add(judgement_iri(joins, named))

    def take_back(self, joins: bool, *members: str) -> None:
        """Take back what `judge` recorded."""
        judgement = judgement_iri(joins, tuple(IRI(ID + member) for member in members))
        self.judgements.remove(judgement)
        pipeline.take_back(self.path, judgement)

    def clear(self) -> None:
        """Take back and withdraw all that was planted."""
        for judgement in sorted(self.judgements):
            pipeline.take_back(self.path, judgement)
        for name in self.names:
            pipeline.remove(self.path, IRI(f"{ID}report/{name}"))
        self.judgements, self.names = set(), []

    def ask(self, query: str, **parameters: Any) -> list[Row]:
        """The rows of a canned query."""
        with kg.open(self.path) as graph:
            return list(graph.ask(query, **parameters))

    def pairs(self, **parameters: Any) -> list[tuple[str, str, str, str]]:
        """Disagreements of every kind: the kind, the measure and the two values."""
        return [_pair(row) for row in self.ask("disagreements", kind="all", **parameters)]

    def alarms(self, **parameters: Any) -> list[tuple[str, str, str, str]]:
        """Disagreements that are listed by default: what cannot both hold."""
        return [_pair(row) for row in self.ask("disagreements", **parameters)]


def _pair(row: Row) -> tuple[str, str, str, str]:
    return slug(row, "kind"), slug(row, "measure"), str(row["value"]), str(row["other_value"])


def slug(row: Row, column: str) -> str:
    """The last part of the IRI in a column."""
    return local_name(row[f"{column}_iri"])


def claim(name: str, key: str) -> IRI:
    """The IRI of a claim of a planted report."""
    return claim_iri(IRI(f"{ID}report/{name}"), key)
