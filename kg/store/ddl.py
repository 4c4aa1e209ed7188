"""The tables of a store file: those that hold the graph, and those derived from it, whose columns follow the shapes."""

from __future__ import annotations

from collections.abc import Iterator

from kg.schema import LANG_STRING, Property, Schema, Shape

AMOUNT = "Amount"
VIEW = "said"
EXTRA_TABLES = ("Report", "Correction")
"""Classes that are no claims and yet have a table of their own."""

GRAPH_TABLES = """
CREATE TABLE term (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE graph (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, triples TEXT NOT NULL, sha256 TEXT NOT NULL);
CREATE TABLE shared (triple TEXT NOT NULL, report INTEGER NOT NULL, PRIMARY KEY (triple, report)) WITHOUT ROWID;
CREATE INDEX shared_report ON shared (report);
CREATE TABLE document (sha256 TEXT NOT NULL, report INTEGER NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL,
                       PRIMARY KEY (report, name)) WITHOUT ROWID;
"""

COMMON_TABLES = """
CREATE TABLE claim (claim INTEGER PRIMARY KEY, graph INTEGER NOT NULL, kind TEXT NOT NULL, report INTEGER NOT NULL,
                    start_date TEXT, end_date TEXT);
CREATE INDEX claim_graph ON claim (graph);
CREATE INDEX claim_report ON claim (report);
CREATE TABLE link (claim INTEGER NOT NULL, property TEXT NOT NULL, value INTEGER NOT NULL,
                   PRIMARY KEY (claim, property, value)) WITHOUT ROWID;
CREATE INDEX link_value ON link (value, property, claim);
CREATE TABLE text (claim INTEGER NOT NULL, property TEXT NOT NULL, language TEXT NOT NULL, value TEXT NOT NULL,
                   PRIMARY KEY (claim, property, language, value)) WITHOUT ROWID;
CREATE TABLE involves (entity INTEGER NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (entity, claim)) WITHOUT ROWID;
CREATE INDEX involves_claim ON involves (claim);
CREATE TABLE receipt (claim INTEGER NOT NULL, receipt INTEGER NOT NULL, PRIMARY KEY (claim, receipt)) WITHOUT ROWID;
CREATE TABLE passage (passage INTEGER PRIMARY KEY, graph INTEGER NOT NULL, report INTEGER NOT NULL,
                      exact TEXT NOT NULL, prefix TEXT, suffix TEXT, start INTEGER NOT NULL, stop INTEGER NOT NULL);
CREATE INDEX passage_graph ON passage (graph);
CREATE TABLE citation (citation INTEGER PRIMARY KEY, graph INTEGER NOT NULL, report INTEGER NOT NULL,
                       cites TEXT NOT NULL);
CREATE INDEX citation_graph ON citation (graph);
CREATE TABLE label (entity INTEGER NOT NULL, language TEXT NOT NULL, label TEXT NOT NULL, graph INTEGER NOT NULL,
                    PRIMARY KEY (entity, language, label, graph)) WITHOUT ROWID;
CREATE INDEX label_graph ON label (graph);
CREATE TABLE name (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
                   key TEXT NOT NULL, source INTEGER, graph INTEGER NOT NULL);
CREATE INDEX name_key ON name (key);
CREATE INDEX name_entity ON name (entity);
CREATE INDEX name_graph ON name (graph);
CREATE TABLE type (entity INTEGER NOT NULL, type INTEGER NOT NULL, graph INTEGER NOT NULL,
                   PRIMARY KEY (entity, type, graph)) WITHOUT ROWID;
CREATE INDEX type_type ON type (type, entity);
CREATE INDEX type_graph ON type (graph);
CREATE TABLE contained (place INTEGER NOT NULL, parent INTEGER NOT NULL, graph INTEGER NOT NULL,
                        PRIMARY KEY (place, parent, graph)) WITHOUT ROWID;
CREATE INDEX contained_parent ON contained (parent);
CREATE TABLE within (place INTEGER NOT NULL, ancestor INTEGER NOT NULL, PRIMARY KEY (place, ancestor)) WITHOUT ROWID;
CREATE INDEX within_ancestor ON within (ancestor, place);
CREATE TABLE city (place INTEGER NOT NULL, city INTEGER NOT NULL, PRIMARY KEY (place, city)) WITHOUT ROWID;
CREATE TABLE place_type (place INTEGER NOT NULL, type INTEGER NOT NULL, graph INTEGER NOT NULL,
                         PRIMARY KEY (place, type, graph)) WITHOUT ROWID;
CREATE TABLE judged (judgement INTEGER NOT NULL, joins INTEGER NOT NULL, member INTEGER NOT NULL,
                     graph INTEGER NOT NULL, PRIMARY KEY (judgement, joins, member, graph)) WITHOUT ROWID;
CREATE INDEX judged_graph ON judged (graph);
CREATE INDEX judged_member ON judged (member);
CREATE TABLE decision (judgement INTEGER NOT NULL, reason TEXT NOT NULL, language TEXT NOT NULL, graph INTEGER NOT NULL,
                       PRIMARY KEY (judgement, reason, language, graph)) WITHOUT ROWID;
CREATE TABLE decider (judgement INTEGER NOT NULL, agent INTEGER NOT NULL, graph INTEGER NOT NULL,
                      PRIMARY KEY (judgement, agent, graph)) WITHOUT ROWID;
CREATE TABLE refers (graph INTEGER NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (graph, entity)) WITHOUT ROWID;
CREATE INDEX refers_entity ON refers (entity);
CREATE VIRTUAL TABLE name_words USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
CREATE VIRTUAL TABLE statement_words USING fts5 (folded, tokenize = 'trigram case_sensitive 1');
"""

GRAPH_KEYED = (
    "claim",
    "passage",
    "citation",
    "label",
    "name",
    "type",
    "contained",
    "place_type",
    "judged",
    "decision",
    "decider",
    "refers",
)
"""Derived tables that say in a column `graph` from which graph a row comes."""

CLAIM_KEYED = ("link", "text", "involves", "receipt")
"""Derived tables whose rows go with the claim they name."""


def table_shapes(schema: Schema) -> list[Shape]:
    """The classes that have a table of their own."""
    return [schema.shapes[name] for name in (*schema.claim_classes, *EXTRA_TABLES)]


def columns(shape: Shape, schema: Schema) -> Iterator[tuple[str, Property]]:
    """The columns of a class and what each holds: one for each property with at most one value."""
    for prop in shape.properties:
        if prop.maximum != 1 or prop.name == "wasGeneratedBy":
            continue
        if prop.value_class and prop.value_class.endswith("#" + AMOUNT):
            for part in schema.shapes[AMOUNT].properties:
                yield f"{prop.column}_{part.column}", part
        else:
            yield prop.column, prop


def side_properties(shape: Shape) -> list[Property]:
    """The properties with several values, which stand in the tables `link` and `text`."""
    return [p for p in shape.properties if p.maximum != 1 and p.name not in ("wasDerivedFrom", "label")]


def class_tables(schema: Schema) -> Iterator[str]:
    """The statements that create a table for each class, with an index on each column that names an entity."""
    for shape in table_shapes(schema):
        definitions = ["id INTEGER PRIMARY KEY", "graph INTEGER NOT NULL"]
        indexed = ["graph"]
        for name, prop in columns(shape, schema):
            definitions.append(f'"{name}" {"TEXT" if prop.is_literal else "INTEGER"}')
            if prop.datatype == LANG_STRING:
                definitions.append(f'"{name}_language" TEXT')
            if not prop.is_literal and not prop.is_concept:
                indexed.append(name)
        yield f"CREATE TABLE {shape.table} ({', '.join(definitions)})"
        for name in indexed:
            yield f'CREATE INDEX {shape.table}_{name} ON {shape.table} ("{name}")'


def said_view(schema: Schema) -> str:
    """The statement that creates a view of what claims, reports, places and judgements say, one property a row.

    A value is an integer where it is an IRI, text where it is a literal; properties go by their local names.
    """
    # The plus keeps a column's affinity off: with it, text that looks like a number would become one.
    parts = ["SELECT claim, property, +value, NULL AS language FROM link"]
    parts.append("SELECT claim, property, +value, language FROM text")
    parts.append("SELECT place, 'containedInPlace', +parent, NULL FROM contained")
    parts.append("SELECT judgement, 'separates', +member, NULL FROM judged WHERE NOT joins")
    for shape in table_shapes(schema):
        for name, prop in columns(shape, schema):
            language = f'"{name}_language"' if prop.datatype == LANG_STRING else "NULL"
            # The texts of reports are long, and nothing is worked out from them.
            if (shape.name, prop.name) != ("Report", "text"):
                parts.append(
                    f'SELECT id, \'{prop.name}\', +"{name}", {language} FROM {shape.table} WHERE "{name}" IS NOT NULL'
                )
    return f"CREATE VIEW {VIEW} (claim, property, value, language) AS " + " UNION ALL ".join(parts)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one."""
    return (statement for statement in script.split(";\n") if statement.strip())


def derived_tables(schema: Schema) -> Iterator[str]:
    """The statements that create all tables derived from the graph."""
    yield from statements(COMMON_TABLES)
    yield from class_tables(schema)
    yield said_view(schema)


def derived_names(schema: Schema) -> list[str]:
    """The names of all tables that are derived from the graph and can be made anew."""
    return [
        *(shape.table for shape in table_shapes(schema)),
        *GRAPH_KEYED,
        *CLAIM_KEYED,
        *("within", "city", "name_words", "statement_words"),
    ]
