"""The values that stages hand to one another: reports, claims and receipts before they are triples; findings after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.terms import IRI, Literal
from kg.text import Span


@dataclass(frozen=True)
class AmountRecord:
    """Money as reported: values by the local name of the property (value, currency, qualifier, printed, …)."""

    values: Mapping[str, Literal]


@dataclass(frozen=True, order=True)
class RuleRecord:
    """A rule that read a claim, and how sure it is, as a decimal from 0 to 1, where that is known."""

    name: str
    confidence: str | None = None


@dataclass(frozen=True)
class ClaimRecord:
    """One claim of a report: its key there, its class, its values by property, and what it rests on.

    A receipt is a span of the report's text, or, where we do not hold the text, the number of a fact. `rule` is
    what read it, where that was no person; in one report a rule has one confidence.
    """

    key: str
    kind: str
    values: Mapping[str, tuple[IRI | Literal, ...]]
    receipts: tuple[Span | str, ...]
    labels: tuple[Literal, ...]
    amount: AmountRecord | None = None
    rule: RuleRecord | None = None


@dataclass(frozen=True)
class EntityRecord:
    """An entity's identity: its class (empty for an agent that reads), labels, other names, more properties by IRI."""

    iri: IRI
    kind: str
    labels: tuple[Literal, ...]
    aliases: tuple[Literal, ...] = ()
    values: Mapping[str, tuple[IRI | Literal, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class JudgementRecord:
    """What somebody judged to be one (`joins`), or two things (`separates`): what it is about, who judged, and why."""

    joins: bool
    members: tuple[IRI, ...]
    reasons: tuple[Literal, ...]
    by: IRI


@dataclass(frozen=True)
class ReportRecord:
    """A report with the claims it makes; `text` is None where we do not hold it."""

    iri: IRI
    labels: tuple[Literal, ...]
    values: Mapping[str, tuple[IRI | Literal, ...]]
    language: str
    text: str | None
    reader: IRI
    claims: tuple[ClaimRecord, ...]
    entities: tuple[EntityRecord, ...] = ()


@dataclass(frozen=True, order=True)
class Finding:
    """Something `kg check` found: where, what, and whether it is wrong or only worth knowing."""

    source: str
    line: int
    message: str
    is_note: bool = False

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        return f"{place}: {'note: ' if self.is_note else ''}{self.message}"
