"""A report read by a model, part by part; what is kept stands in the report, and numbers and dates are our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import TracebackType

from kg.model import prompt
from kg.model.answer import Answer, parse
from kg.model.cast import RULE, Cast
from kg.model.chat import Chat, CutOffError
from kg.model.client import Client, Patience
from kg.model.cost import Cost
from kg.model.deals import Deals
from kg.model.dropped import Dropped
from kg.model.endpoint import Endpoint
from kg.model.locate import Place, Searched
from kg.model.parts import Part, halved, parts
from kg.model.said import Statements
from kg.model.sentences import Sentences
from kg.read import numbers
from kg.read.model import Agreement, Entity, Investment, Reading, Statement, Why
from kg.read.segment import Document
from kg.read.source import View
from kg.read.survey import survey
from kg.read.telling import Telling


class ModelReader:
    """Reads reports by asking one model; `cost` and `dropped` are sums over all that were read."""

    def __init__(self, endpoint: Endpoint, patience: Patience | None = None) -> None:
        self.endpoint = endpoint
        self.cost = Cost()
        self.dropped = Dropped()
        self._client = Client(endpoint, patience or Patience())
        self._chat = Chat(self._client, self.cost)

    def __enter__(self) -> ModelReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def read(self, text: str, language: str | None = None, date: date | None = None) -> Reading:
        """What the model finds in a report and the report bears out; the same parameters as `kg.read.read`.

        RemoteError where the server does not answer, or not in a form that can be used.
        """
        view, document, today, days, sums = survey(text, language, date)
        known = document.language
        tell = Telling(view, known.code)
        found = _Found(document, sums, self.dropped)
        for part in parts(document):
            found.ask(self._chat, part)
        found.settle()
        return Reading(
            text,
            known.code,
            today,
            found.entities(view),
            found.statements(view),
            found.investments(view),
            found.agreements(view),
            tell.quantities(sums),
            tell.dates(days),
        )


class _Found:
    """What a model gave of one report, gathered over its parts, and what of it the report bears out."""

    def __init__(self, document: Document, sums: list[numbers.Found], dropped: Dropped) -> None:
        self._document, self._dropped = document, dropped
        self._answers: list[tuple[Part, Answer]] = []
        searched = Searched(document.text)
        sentences = Sentences(document, searched)
        self._cast = Cast(document, searched)
        self._said = Statements(document, searched, self._cast, sentences)
        self._deals = Deals(document, searched, self._cast, sentences, sums)

    def ask(self, chat: Chat, part: Part) -> None:
        """Ask about a part, with the names so far; about its halves where the answer is too long for the server."""
        text = self._document.text
        words = prompt.part(text[part.start : part.end], self._cast.told, text[part.before : part.start].strip())
        try:
            answer = chat.ask(prompt.task(), words, lambda text: parse(text, self._dropped))
        except CutOffError:
            halves = halved(self._document, part)
            if halves is None:
                raise
            for half in halves:
                self.ask(chat, half)
            return
        self._cast.add(answer.entities, self._dropped)
        self._answers.append((part, answer))

    def settle(self) -> None:
        """Hold all answers against the report, now that all names are known."""
        self._cast.settle(self._dropped)
        for part, answer in self._answers:
            self._said.add(answer.statements, part, self._dropped)
            self._deals.invest(answer.investments, part, self._dropped)
            self._deals.agree(answer.agreements, part, self._dropped)

    def entities(self, view: View) -> tuple[Entity, ...]:
        """What is named, with spans in the report as it stands."""
        return tuple(
            Entity(thing.name, thing.type, spans, Why(RULE, None, spans[:1]))
            for thing in self._cast.things
            for spans in [tuple(view.span(one.start, one.end) for one in thing.mentions)]
        )

    def statements(self, view: View) -> tuple[Statement, ...]:
        """Who said what, in order."""
        return tuple(
            Statement(one.speaker, one.role, one.kind, view.span(one.start, one.end), _why(view, one.cues))
            for one in self._said.all(self._dropped)
        )

    def investments(self, view: View) -> tuple[Investment, ...]:
        """Who invests where, in order."""
        return tuple(
            Investment(one.parties[0], one.place, one.amount, view.span(one.start, one.end), _why(view, one.cues))
            for one in sorted(self._deals.investments, key=lambda one: one[:2])
        )

    def agreements(self, view: View) -> tuple[Agreement, ...]:
        """What was agreed, in order."""
        return tuple(
            Agreement(one.parties, one.amount, view.span(one.start, one.end), _why(view, one.cues))
            for one in sorted(self._deals.agreements, key=lambda one: one[:2])
        )


def _why(view: View, places: Iterable[Place]) -> Why:
    """How sure a model is, nobody has measured."""
    return Why(RULE, None, tuple(view.span(*place) for place in places))
