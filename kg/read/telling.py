"""From what rules found in the view to things in the report as it stands, each with how sure its rule is."""

from __future__ import annotations

from collections.abc import Iterable

from kg.read import attribution, confidence, dates, deals, numbers
from kg.read.model import Agreement, DateMention, Entity, Investment, Quantity, Statement, Why
from kg.read.names import Named
from kg.read.source import View


class Telling:
    """Tells of what was found in one report: spans of the view led back, and why each was found."""

    def __init__(self, view: View, language: str) -> None:
        self._view = view
        self._language = language

    def entities(self, things: Iterable[Named]) -> tuple[Entity, ...]:
        """Each thing that is named, with the surest of its mentions as the reason."""
        found = []
        for thing in things:
            best = max(thing.mentions, key=lambda one: (one.type == thing.type, one.confidence, -one.start))
            spans = tuple(self._view.span(one.start, one.end) for one in thing.mentions)
            why = self._why("entities", best.rule, (best.start, best.end))
            found.append(Entity(thing.name, thing.type, spans, why))
        return tuple(found)

    def statements(self, found: Iterable[attribution.Found]) -> tuple[Statement, ...]:
        """Who is reported to have said what."""
        return tuple(
            Statement(one.speaker, one.role, one.kind, self._view.span(one.start, one.end), why)
            for one in found
            for why in [self._why("statements", one.rule, one.cue)]
        )

    def investments(self, found: Iterable[deals.Found]) -> tuple[Investment, ...]:
        """Who invests where."""
        return tuple(
            Investment(one.parties[0], one.place, one.amount, self._view.span(one.start, one.end), why)
            for one in found
            for why in [self._why("investments", one.rule, one.cue)]
        )

    def agreements(self, found: Iterable[deals.Found]) -> tuple[Agreement, ...]:
        """Who agreed with whom."""
        return tuple(
            Agreement(one.parties, one.amount, self._view.span(one.start, one.end), why)
            for one in found
            for why in [self._why("agreements", one.rule, one.cue)]
        )

    def quantities(self, found: Iterable[numbers.Found]) -> tuple[Quantity, ...]:
        """Sums, shares and counts."""
        return tuple(
            Quantity(one.kind, one.value, one.unit, one.qualifier, self._view.span(one.start, one.end), why)
            for one in found
            for why in [self._why("quantities", one.rule, (one.start, one.end))]
        )

    def dates(self, found: Iterable[dates.Found]) -> tuple[DateMention, ...]:
        """Words that fix a day."""
        return tuple(
            DateMention(
                one.day, self._view.span(one.start, one.end), self._why("dates", one.rule, (one.start, one.end))
            )
            for one in found
        )

    def _why(self, kind: str, rule: str, cue: tuple[int, int]) -> Why:
        return Why(rule, confidence.of(self._language, kind, rule), (self._view.span(*cue),))
