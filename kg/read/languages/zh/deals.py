"""The deals of a Chinese report, sentence by sentence and clause by clause."""

from __future__ import annotations

from kg.read import deals as engine
from kg.read.attribution import Found as Said
from kg.read.coded import Coded, Item, by_sentence
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.agreements import Agreements
from kg.read.languages.zh.clauses import clauses_of
from kg.read.languages.zh.investments import Investments
from kg.read.names import Names
from kg.read.segment import Document


class Deals(engine.Deals):
    """The deals of a Chinese report."""

    def __init__(self, document: Document, names: Names, items: list[Item], said: list[Said]) -> None:
        super().__init__(document, names, items, said)
        self.actors = Actors(document, items)
        self.invested = Investments(self.actors)
        self.agreed = Agreements(self.actors)

    def run(self) -> tuple[list[Found], list[Found]]:
        """Go through the sentences."""
        for sentence, items in by_sentence(self.document.sentences, self.items):
            if items:
                self._sentence(Coded(self.document.folded, sentence.start, sentence.end, items))
            elif self.document.text[sentence.start : sentence.end].strip("“”「」 "):
                self.invested.close()
        return self.invested.chosen(), sorted(self.agreed.found)

    def _sentence(self, coded: Coded) -> None:
        clauses = clauses_of(coded)
        self.actors.learn_posts(coded, clauses)
        parties = self.agreed.sentence(coded, clauses)
        self.invested.sentence(coded, clauses)
        self.actors.remember(coded, clauses, parties)
