"""The names of a report and the entities they stand for: those that are known where it is safe, else new ones."""

from __future__ import annotations

import re

from kg.claimed.known import Known
from kg.names import key
from kg.read import model
from kg.read.language import language as language_of
from kg.records import EntityRecord
from kg.terms import ID, IRI, KG, literal

_FOLDERS = {
    model.PERSON: "person",
    model.COMPANY: "company",
    model.ORGANIZATION: "organization",
    model.PLACE: "place",
    model.EVENT: "event",
}
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Cast:
    """Who and what a report names: `iris` by name, the new ones as records, and how many were known."""

    def __init__(self, reading: model.Reading, report: IRI, language: str, known: Known) -> None:
        self._reading, self._report, self._language, self._known = reading, report, language, known
        self.iris: dict[str, IRI] = {}
        self.types = {entity.name: entity.type for entity in reading.entities}
        self.new: list[EntityRecord] = []
        self.joined = 0
        self._labels: dict[IRI, str] = {}
        self._given: dict[tuple[str, str], IRI] = {}
        several: list[tuple[model.Entity, list[str]]] = []
        for entity in reading.entities:
            found = self._found(entity)
            if len(found) > 1 and entity.type == model.PLACE:
                several.append((entity, found))
            else:
                self._settle(entity, found)
        named = set(self.iris.values())
        for entity, found in several:
            self._settle(entity, [iri for iri in found if named & self._known.around(iri)])

    def name_of(self, iri: IRI) -> str:
        """The name of an entity: as it is known, else as the report gives it."""
        return self._labels.get(iri) or self._known.called(iri) or iri.removeprefix(ID)

    def _found(self, entity: model.Entity) -> list[str]:
        """The known entities that it may be; an earlier reading of the same report has settled it."""
        kind = KG + entity.type
        printed = {self._reading.text[span.start : span.end] for span in entity.mentions}
        for names in ({entity.name}, printed):
            before = self._known.own(self._report, names, kind)
            if len(before) == 1:
                return before
        return [] if _is_bare(entity) else self._known.entities(entity.name, kind)

    def _settle(self, entity: model.Entity, found: list[str]) -> None:
        """Join an entity to the one that was found, or propose a new one."""
        same = (entity.type, key(entity.name))
        if same in self._given:
            self.iris[entity.name] = self._given[same]
            return
        if len(found) == 1:
            self.joined += 1
            iri = IRI(found[0])
        else:
            folder = IRI(f"{ID}{_FOLDERS[entity.type]}/")
            iri = self._known.free(folder, entity.name, self._report, apart=_is_bare(entity))
            self._labels[iri] = entity.name
            self.new.append(self._record(iri, entity))
        self.iris[entity.name] = self._given[same] = iri

    def _record(self, iri: IRI, entity: model.Entity) -> EntityRecord:
        values: dict[str, tuple[IRI, ...]] = {}
        if entity.type == model.PLACE:
            values[KG + "placeType"] = (IRI(f"{ID}place-type/{self._sort(entity.name)}"),)
        return EntityRecord(iri, entity.type, (literal(entity.name, self._language),), (), values)

    def _sort(self, place: str) -> str:
        """A country or city by the gazetteers of the language, else an area, which says least."""
        from kg.read.places import gazetteer

        places, name = gazetteer(self._reading.language), language_of(self._reading.language).fold(place)
        return "country" if name in places.countries else "city" if name in places.cities else "area"


def _is_bare(entity: model.Entity) -> bool:
    """Whether it is a person of a single name, which many bear: such a name says too little to join by."""
    if entity.type != model.PERSON:
        return False
    return len(entity.name) < 2 if _HAN.search(entity.name) else len(key(entity.name).split()) < 2
