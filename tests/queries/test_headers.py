"""Every query is valid SPARQL 1.1 as it stands, and its header and text keep clear of the traps of those who read them.

What grlc does is written down here from its `src/gquery.py`: it knows parameters by the names of their variables and
replaces those as plain text. SPARQLWrapper looks for the form of a query in its comments too.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
import yaml
from rdflib.plugins.sparql import prepareQuery

from kg import schema
from kg.query import catalog
from kg.query.lexer import lexemes
from kg.query.params import bind
from kg.terms import KG, PREFIXES

GRLC = re.compile(r"[?$](?P<sign>_{1,2})(?P<name>[A-Za-z0-9]+)(?:_(?P<type>[A-Za-z]+)(?:_(?P<datatype>[A-Za-z]+))?)?")
GRLC_TYPES = {"entity": ("iri", None), "concept": ("iri", None), "class": ("iri", None), "text": (None, None),
              "integer": ("integer", None), "date": ("xsd", "date")}  # fmt: skip
FORMS = re.compile(r"\b(SELECT|ASK|DESCRIBE|CONSTRUCT)\b", re.IGNORECASE)
OTHERS = {"rdfs": {"label"}, "skos": {"prefLabel", "altLabel", "note", "Concept"}, "schema": {"containedInPlace"},
          "prov": {"wasAttributedTo", "wasDerivedFrom"}, "oa": set()}  # fmt: skip


def words(query):
    """The query without spaces and comments."""
    return [piece for piece in lexemes(query.text) if piece.kind not in ("space", "comment")]


def projected(query):
    chosen = re.search(r"^SELECT (.*)$", query.text, re.MULTILINE)[1]
    return re.findall(r"\?(\w+)", chosen)


def parameters_in(query):
    return {piece.text for piece in words(query) if piece.kind == "variable" and piece.text.startswith("?_")}


def test_parses_as_it_stands_on_both_engines(query):
    prepareQuery(query.text)
    pyoxigraph.Store().query(query.text)
    assert "\t" not in query.text
    assert query.text.endswith("}\n") or re.search(r"^ORDER BY [^\n]*\n$", query.text, re.MULTILINE)


def test_grlc_reads_the_header(query):
    lines = [line[2:] for line in query.text.split("\n") if line.startswith("#+")]
    assert query.text.startswith("#+ summary: ")
    header = yaml.safe_load("\n".join(lines))
    assert {"summary", "description", "tags", "method", "pagination"} <= header.keys()
    assert header["method"] == "GET"
    assert all(re.fullmatch(r"[a-z]+", tag) for tag in header["tags"])
    assert all(re.fullmatch(r"#\+( .*)?", line) for line in query.text.split("\n") if line.startswith("#"))


def test_grlc_knows_each_parameter_by_its_variable(query):
    if query.step:
        assert not parameters_in(query), "what a step works out, it narrows itself"
        return
    assert parameters_in(query) == {parameter.variable for parameter in query.parameters.values()}
    for name, parameter in query.parameters.items():
        read = GRLC.fullmatch(parameter.variable)
        assert read["name"] == name
        assert (read["type"], read["datatype"]) == GRLC_TYPES[parameter.type]
        assert (read["sign"] == "_") == parameter.required


def test_grlc_replaces_nothing_but_whole_parameters(query):
    variables = {piece.text for piece in words(query) if piece.kind == "variable"}
    for parameter in query.parameters.values() if not query.step else ():
        assert [v for v in variables if v.startswith(parameter.variable)] == [parameter.variable]
        outside = [p for p in lexemes(query.text) if p.kind != "variable" and parameter.variable in p.text]
        assert not outside, "grlc would replace it in a string or comment too"


def test_parameters_stand_only_where_a_term_may(query):
    """Never in a projection, AS, VALUES, BOUND or the modifiers: bound there, the query would not parse."""
    pieces = words(query)
    texts = [piece.text.upper() for piece in pieces]
    body = texts.index("WHERE"), len(texts) - texts[::-1].index("}")
    for at, piece in enumerate(pieces):
        if piece.text in parameters_in(query):
            assert body[0] < at < body[1]
            assert texts[at - 1] != "AS"
            assert texts[at - 2 : at] != ["BOUND", "("]
            many = next(p for p in query.parameters.values() if p.variable == piece.text).many
            assert not many or texts[at - 2 : at] == ["IN", "("], "a list needs IN"
    for values in re.finditer(r"VALUES[^{]*\{([^}]*)\}", query.text):
        assert "?_" not in values[1]


def test_comments_do_not_name_a_form(query):
    comments = [piece.text for piece in lexemes(query.text) if piece.kind == "comment"]
    assert not [text for text in comments if FORMS.search(text)]


def test_rows_are_ordered(query):
    assert re.search(r"^ORDER BY( \?\w+)+$", query.text, re.MULTILINE)
    assert not re.search(r"\b(LIMIT|OFFSET)\b", query.text)
    columns = {column.name for column in query.columns.values() if query.step or column.type == "period"}
    assert {name.removeprefix("-") for name in query.order} <= set(projected(query)) | columns


def test_title_and_question_in_three_languages(query):
    assert query.title.keys() == query.question.keys() == {"en", "id", "zh"}
    assert query.question["en"].endswith("?")
    assert query.question["id"].endswith("?")
    assert query.question["zh"].endswith("？")
    for texts in (query.title, query.question):
        assert len(set(texts.values())) == 3
        assert re.search(r"[\u4e00-\u9fff]", texts["zh"])


def test_terms_are_declared(query, root):
    core = (root / "ontology" / "core.ttl").read_text(encoding="utf-8")
    declared = {"kg": set(re.findall(r"^kg:(\w+) a ", core, re.MULTILINE)), **OTHERS}
    named = {piece.text for piece in words(query) if piece.kind == "word" and ":" in piece.text}
    assert {name.partition(":")[0] for name in named} == set(re.findall(r"^PREFIX (\w+):", query.text, re.MULTILINE))
    prefixed = re.findall(
        r"\b(\w+):(\w+)", re.sub(r"^(#|PREFIX ).*$|\"[^\"]*\"|<[^>]*>", "", query.text, flags=re.MULTILINE)
    )
    for prefix, name in prefixed:
        assert name in declared[prefix], f"{prefix}:{name} is no term that the data uses"
    for prefix, base in re.findall(r"^PREFIX (\w+): <([^>]*)>", query.text, re.MULTILINE):
        assert PREFIXES[prefix] == base


def test_whole_iris_are_concepts_that_are_declared(query, root):
    vocabulary = rdflib.Graph()
    for path in sorted((root / "ontology" / "vocab").glob("*.ttl")):
        vocabulary.parse(path)
    body = re.sub(r"^PREFIX .*$", "", query.text, flags=re.MULTILINE)
    for iri in re.findall(r"<(https?://[^>]*)>", body):
        assert (rdflib.URIRef(iri), None, None) in vocabulary, iri


def test_every_variable_that_is_selected_is_shown(query):
    shown = {variable for column in query.columns.values() for variable in column.variables}
    if query.step:
        assert set(projected(query)) == {"claim", "kind", "report", "property", "value"}
        return
    assert set(projected(query)) == shown | set(query.sources)
    assert len(projected(query)) == len(set(projected(query)))


def test_the_fast_form_gives_the_same_variables(query, everywhere):
    given = [name for name, *_ in everywhere.store.connection.execute(_without_conditions(query.sql)).description]
    assert {name for name in given if not name.endswith("_language")} == set(projected(query))
    languages = {name.removesuffix("_language") for name in given if name.endswith("_language")}
    if query.step:
        assert languages == {"value"}
        return
    texts = {v for column in query.columns.values() if column.type in ("text", "localized") for v in column.variables}
    assert languages == texts
    assert set(re.findall(r"-- if (\w+)$", query.sql, re.MULTILINE)) == query.parameters.keys()


def _without_conditions(sql):
    return "\n".join(line for line in sql.split("\n") if not re.search(r"-- if \w+$", line))


def test_examples_bind_and_give_rows(query, whole):
    assert query.examples
    for example in query.examples:
        bound = bind(query, example, whole.store.names())
        assert whole.fast(query, bound)


def test_helps_say_something_in_one_line(query):
    for part in (*query.parameters.values(), *query.columns.values()):
        assert part.help
        assert part.help == part.help.strip().rstrip(".")
        assert part.help[0].islower() or part.help.startswith(("ISO", "BCP"))


def test_a_timeline_knows_every_property_that_names_an_entity(folder):
    """What is said of an entity is found by any property that leads to one, as the shapes have them."""
    named = {f"kg:{iri.removeprefix(KG)}" for iri in schema.load().entity_properties}
    for name in ("timeline", "corrections"):
        text = (folder / f"{name}.rq").read_text(encoding="utf-8")
        (path,) = re.findall(r"(?:kg:\w+\|){5,}kg:\w+", text)
        assert set(path.split("|")) == named


@pytest.mark.parametrize("comment", ["# DESCRIBE", "#+ summary: ask", "# select"])
def test_the_check_of_comments_sees_what_it_must(comment):
    assert FORMS.search(comment)


def test_queries_stand_alone(folder):
    stems = {Path(name).name.partition(".")[0] for name in folder.glob("*.*")} - {"README", "examples"}
    assert stems == {path.stem for path in folder.glob("*.rq")}
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", stem) for stem in stems)


def test_what_asks_the_same_shares_one_fast_form(folder):
    """No two fast forms are equal, each is some query's, and those that share one have the same SPARQL."""
    forms = {path: path.read_text(encoding="utf-8").partition("\n")[2] for path in folder.glob("*.sql")}
    assert len(set(forms.values())) == len(forms)
    queries = catalog.load_all(folder)
    assert {query.fast for query in queries} == forms.keys()
    for path in forms:
        users = [query for query in queries if query.fast == path]
        assert len({re.sub(r"^#.*\n", "", query.text, flags=re.MULTILINE) for query in users}) == 1
        assert path.stem in {query.name for query in users}
