"""One difference between two states of a graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

How = Literal["came", "went", "changed"]
Kind = Literal["report", "claim", "entity", "judgement", "correction", "other"]

HOW: tuple[How, ...] = ("came", "went", "changed")
KINDS: tuple[Kind, ...] = ("report", "claim", "entity", "judgement", "correction", "other")


class Said(NamedTuple):
    """Where something is said: the report, its publisher and its date, as far as they are known."""

    report: str | None = None
    report_iri: str | None = None
    publisher: str | None = None
    date: str | None = None


UNSAID = Said()
"""What stands for the report of something that no report says."""


@dataclass(frozen=True)
class Change:
    """What came, went or changed, in words.

    `iri` and `label` name the thing and `type` its class; `property` is what of it changed, from the values `before`
    to the values `after`. Of a report that came or went they say how many claims it makes, of a judgement or a
    correction they give the reason.

    `unit` is what both numbers end with, `is_text` whether values are words of others, `is_moved` whether a receipt
    gives the same words from another place.
    """

    change: How
    kind: Kind
    label: str
    iri: str | None = None
    type: str | None = None
    property: str | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    said: Said = UNSAID
    unit: str = ""
    is_text: bool = False
    is_moved: bool = False

    def as_dict(self) -> dict[str, str | None]:
        """The change as JSON knows it; several values are parted by semicolons."""
        return {
            "change": self.change,
            "kind": self.kind,
            "iri": self.iri,
            "label": self.label,
            "type": self.type,
            "property": self.property,
            "before": "; ".join(self.before) if self.before else None,
            "after": "; ".join(self.after) if self.after else None,
            "report": self.said.report,
            "publisher": self.said.publisher,
            "date": self.said.date,
            "report_iri": self.said.report_iri,
        }

    def order(self) -> tuple[int, int, str, str, str, str, str, tuple[str, ...], tuple[str, ...]]:
        """What changes are sorted by: kind, what happened, then report and thing."""
        return (
            KINDS.index(self.kind),
            HOW.index(self.change),
            self.said.date or "",
            self.said.report_iri or "",
            self.label,
            self.iri or "",
            self.property or "",
            self.before,
            self.after,
        )
