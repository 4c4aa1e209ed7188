"""Files of entities: who and what reports speak of, with names in several languages, places with what contains them."""

from __future__ import annotations

from kg.authoring.values import Values
from kg.records import EntityRecord
from kg.schema import Schema
from kg.terms import IRI, PREFIXES, SCHEMA, SKOS, Literal, literal
from kg.yaml_nodes import Mapping, Node, load

KINDS = {
    "person": "Person",
    "organization": "Organization",
    "company": "Company",
    "place": "Place",
    "event": "Event",
    "series": "EventSeries",
    "deal": "Deal",
}
"""The first part of an entity's path, and the class it stands for."""

_KEYS = ("label", "also", "type", "within", "confirmed", "probable", "note", "source", "identifier")


def read_entities(text: str, source: str, schema: Schema) -> tuple[EntityRecord, ...]:
    """The entities of a file whose keys are paths such as `person/li-zhijie`; ParseError names file and line."""
    values = Values(source, "en", lambda name, kind: [], lambda kind: [])
    return entities(values, load(text, source), schema)


def entities(values: Values, node: Node, schema: Schema) -> tuple[EntityRecord, ...]:
    """The entities of a mapping from path to description."""
    found = values.mapping(node, "the list of entities")
    return tuple(_entity(values, path, entry, found, schema) for path, entry in found.entries.items())


def _entity(values: Values, path: str, node: Node, parent: Mapping, schema: Schema) -> EntityRecord:
    kind, _, slug = path.partition("/")
    at = parent.keys[path]
    if kind not in KINDS and kind != "agent":
        raise values.fail(f"{path!r} must start with one of {' '.join([*KINDS, 'agent'])} and a slash", at)
    if not slug:
        raise values.fail(f"{path!r} needs a name of its own behind the slash", at)
    entry = values.mapping(node, path)
    values.check_keys(entry, _KEYS, path)
    if "label" not in entry.entries:
        raise values.fail(f"{path} has no label; give its name: label: …", at)
    more: dict[str, tuple[IRI | Literal, ...]] = {}
    place = schema.shapes["Place"]
    for key, name in (("type", "placeType"), ("within", "containedInPlace")):
        prop = place.find(name)
        if key in entry.entries and prop:
            if kind != "place":
                raise values.fail(f"only a place has {key!r}", entry.keys[key])
            more[prop.iri] = values.of(prop, entry.entries[key])
    for key, iri in (("confirmed", SKOS + "exactMatch"), ("probable", SKOS + "closeMatch")):
        if key in entry.entries:
            more[iri] = tuple(values.iri(item, key) for item in values.items(entry.entries[key]))
    for key, iri in (("source", PREFIXES["dcterms"] + "source"), ("identifier", SCHEMA + "identifier")):
        if key in entry.entries:
            more[iri] = tuple(literal(values.string(item, key)) for item in values.items(entry.entries[key]))
    if "note" in entry.entries:
        more[SKOS + "note"] = values.labels(entry.entries["note"], "note")
    aliases = values.names(entry.entries["also"]) if "also" in entry.entries else ()
    labels = values.labels(entry.entries["label"], "label")
    name = KINDS.get(kind, "")
    return EntityRecord(values.path(path, at), name, labels, aliases, more)
