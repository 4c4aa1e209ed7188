"""The deals of a Chinese report, sentence by sentence and clause by clause."""

from __future__ import annotations

from kg.read import deals as engine
from kg.read.attribution import Found as Said
from kg.read.coded import Coded, Item, by_sentence
from kg.read.deals import Found
from kg.read.languages.zh.actors import Actors
from kg.read.languages.zh.agreements import Agreements
from kg.read.languages.zh.clauses import PLACE_SIGN, Clause, clauses_of, words
from kg.read.languages.zh.investments import Investments
from kg.read.names import Names
from kg.read.segment import Document


class Deals(engine.Deals):
    """The deals of a Chinese report."""

    def __init__(self, document: Document, names: Names, items: list[Item], said: list[Said]) -> None:
        super().__init__(document, names, items, said)
        self.actors = Actors(document, items, said)
        self.invested = Investments(self.actors)
        self.agreed = Agreements(self.actors)
        self.places: list[Item] = []

    def run(self) -> tuple[list[Found], list[Found]]:
        """Go through the sentences."""
        for sentence, items in by_sentence(self.document.sentences, self.items):
            is_there = not items and words()["here"].search(self.document.folded[sentence.start : sentence.end])
            if items or is_there:
                self.invested.paragraph(sentence.paragraph)
                self._sentence(Coded(self.document.folded, sentence.start, sentence.end, items))
            elif self.document.text[sentence.start : sentence.end].strip("“”「」 "):
                self.invested.pass_by(self.document.folded[sentence.start : sentence.end])
        self.invested.projects.guess()
        return self.invested.ledger.chosen(), sorted(self.agreed.found)

    def _with_places(self, coded: Coded, clauses: list[Clause]) -> list[Clause]:
        """The clauses with the place that was named last instead of `here`, or of `this city` its like."""
        told: list[Clause] = []
        for clause in clauses:
            match = words()["here"].search(clause.text)
            place = self._meant(match[match.lastgroup or 0]) if match is not None else None
            if match is not None and place is not None:
                sign = coded.add(place)
                start, end = match.span(match.lastgroup or 0)
                clause = clause._replace(text=clause.text[:start] + sign + clause.text[end:])
            self.places += [coded.item(sign) for sign in PLACE_SIGN.findall(clause.text)]
            if self.actors.governs:
                named = self.actors.group(coded, clause.text)
                self.places += [seat for name in named if (seat := self.actors.seat(name))]
            told.append(clause)
        return told

    def _meant(self, word: str) -> Item | None:
        """The place that a word for one named before means."""
        kind = word[-1] if word[0] in "该同" and word[-1] in "市县区镇省州府郡岛" else ""
        fold = self.document.language.fold
        return next((item for item in reversed(self.places) if fold(item.thing.name).endswith(kind)), None)

    def _sentence(self, coded: Coded) -> None:
        clauses = self._with_places(coded, clauses_of(coded))
        self.actors.learn_posts(coded, clauses)
        parties = self.agreed.sentence(coded, clauses)
        self.invested.sentence(coded, clauses)
        self.actors.remember(coded, clauses, parties)
        self.invested.projects.is_topical = self.actors.is_named
