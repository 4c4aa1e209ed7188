"""Programs that read reports, as agents of provenance: the rules, and each model under its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import kg
from kg.claimed.known import digest, slug
from kg.read import Reading, read
from kg.records import EntityRecord
from kg.terms import ID, IRI, PROV, RDF, SCHEMA, Literal, literal

_AGENT = f"{ID}agent/"
_MODEL = f"{_AGENT}kabar-model-"

Read = Callable[[str, str | None, date | None], Reading]
"""What reads a text in a language (None: to be found) of a day (None: that of the dateline)."""


@dataclass(frozen=True)
class Reader:
    """A program that reads: its IRI, its labels, and how it reads."""

    iri: IRI
    labels: tuple[Literal, ...]
    read: Read

    def agent(self) -> EntityRecord:
        """The program as an agent, with the version of kabar, which holds the rules and what a model is told."""
        values: dict[str, tuple[IRI | Literal, ...]] = {
            RDF + "type": (IRI(PROV + "SoftwareAgent"),),
            SCHEMA + "softwareVersion": (Literal(kg.__version__),),
        }
        return EntityRecord(self.iri, "", self.labels, (), values)


RULES = Reader(
    IRI(f"{_AGENT}kabar-rules"),
    (literal("rules of kabar", "en"), literal("aturan kabar", "id"), literal("kabar 规则", "zh")),
    read,
)
"""The program that reads by rules."""


def by_model(name: str, reading: Read) -> Reader:
    """The program that reads by asking a model of that name, wherever the model is run."""
    plain = slug(name)
    labels = (
        literal(f"{name}, read by kabar", "en"),
        literal(f"{name}, dibaca oleh kabar", "id"),
        literal(f"{name}（kabar 读取）", "zh"),
    )
    return Reader(IRI(_MODEL + (plain if plain == name else f"{plain}-{digest(name)}")), labels, reading)


def is_program(agent: str) -> bool:
    """Whether an IRI is that of such a program; what it read, another reading may replace."""
    return agent == RULES.iri or agent.startswith(_MODEL)
