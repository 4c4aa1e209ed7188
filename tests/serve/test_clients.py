"""Client libraries as people use them, with their defaults, against a running server, give what `kg sparql` gives."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from shutil import which
from urllib.parse import urlencode
from xml.dom.minidom import Document

import pandas
import pytest
import rdflib
import SPARQLWrapper as Wrapper
from conftest import FIRST, missing
from rdflib.compare import isomorphic
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from kg import rows as rows_module
from kg.terms import ID, PREFIXES

ROWS = """\
SELECT ?claim ?text ?start ?role {
  ?claim a kg:Statement ; kg:text ?text .
  OPTIONAL { ?claim kg:start ?start } OPTIONAL { ?claim kg:position/kg:role ?role }
} ORDER BY ?claim ?role"""
ASK = "ASK { ?person a kg:Person ; rdfs:label ?name }"
CONSTRUCT = "CONSTRUCT { ?person rdfs:label ?name } { ?person a kg:Person ; rdfs:label ?name }"
DESCRIBE = f"DESCRIBE <{ID}person/carrie-lam>"
DECLARED = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
"""Prefixes for clients that read a query before they send it, and know none."""


@pytest.fixture(scope="session")
def rows(shipped):
    """The rows as texts, of what is not bound the empty one."""
    found = [[str(row[name] or "") for name in ("claim", "text", "start", "role")] for row in shipped.sparql(ROWS)]
    assert len(found) > 100
    assert any(not row[3] for row in found)
    return found


# ---- SPARQLWrapper --------------------------------------------------------------------------------------


def wrapper(server, query, form, method="GET", way="urlencoded"):
    made = Wrapper.SPARQLWrapper(f"{server.address}/sparql")
    made.setQuery(query)
    if form:
        made.setReturnFormat(form)
    made.setMethod(method)
    made.setRequestMethod(way)
    return made


def texts(form, found):
    """Rows as texts from what SPARQLWrapper gives for a format."""
    if form == "json":
        names = found["head"]["vars"]
        return [[row.get(name, {"value": ""})["value"] for name in names] for row in found["results"]["bindings"]]
    if form == "csv":
        return list(csv.reader(io.StringIO(found.decode())))[1:]
    if form == "tsv":
        read = [line.split("\t") for line in found.decode().splitlines()[1:]]
        return [[str(rdflib.util.from_n3(cell)) if cell else "" for cell in line] for line in read]
    parsed = rdflib.query.Result.parse(io.BytesIO(found.toxml("utf-8")), format="xml")
    return [[str(cell) if cell is not None else "" for cell in row] for row in parsed]


@pytest.mark.parametrize(("method", "way"), [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")])
@pytest.mark.parametrize("form", [None, "json", "xml", "csv", "tsv"])
def test_sparqlwrapper_selects(reading, rows, form, method, way):
    found = wrapper(reading, ROWS, form, method, way).queryAndConvert()
    assert isinstance(found, {None: Document, "xml": Document, "json": dict}.get(form, bytes))
    assert texts(form or "xml", found) == rows


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_asks(reading, method):
    assert wrapper(reading, ASK, "json", method).queryAndConvert()["boolean"] is True
    assert wrapper(reading, "ASK { <urn:x:a> ?p ?o }", "json", method).queryAndConvert()["boolean"] is False
    found = wrapper(reading, ASK, None, method).queryAndConvert()
    assert found.getElementsByTagName("boolean")[0].firstChild.data == "true"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", [None, "xml", "rdf+xml", "turtle", "n3", "json-ld"])
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
def test_sparqlwrapper_constructs_and_describes(reading, shipped, query, form, method):
    found = wrapper(reading, query, form, method).queryAndConvert()
    if isinstance(found, bytes):
        found = rdflib.Graph().parse(data=found, format="turtle")
    assert len(found) > 10
    assert isomorphic(found, shipped.sparql(query).to_rdflib())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_says_what_is_wrong_where(reading, method):
    with pytest.raises(Wrapper.SPARQLExceptions.QueryBadFormed, match=r"query:1:19: expected"):
        wrapper(reading, "SELECT * { ?s ?p }", "json", method).query()


@pytest.mark.parametrize("way", ["urlencoded", "postdirectly"])
def test_sparqlwrapper_updates_with_the_token_as_password(writing, way):
    for change, present in (("INSERT", True), ("DELETE", False)):
        made = wrapper(
            writing, f'{change} DATA {{ GRAPH <urn:x:g> {{ <urn:x:s> <urn:x:p> "é \\"2\\"" }} }}', "json", "POST", way
        )
        with pytest.raises(Wrapper.SPARQLExceptions.Unauthorized):
            made.query()
        made.setCredentials("anybody", writing.token)
        assert made.query().response.read() == (
            b"1 statement came, 0 went\n" if present else b"0 statements came, 1 went\n"
        )
        found = wrapper(writing, 'ASK { GRAPH <urn:x:g> { <urn:x:s> <urn:x:p> "é \\"2\\"" } }', "json")
        assert found.queryAndConvert()["boolean"] is present


# ---- rdflib ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_selects(reading, rows, form, method):
    store = SPARQLStore(f"{reading.address}/sparql", returnFormat=form, method=method)
    found = rdflib.Graph(store).query(DECLARED + ROWS)
    assert [[str(cell) if cell is not None else "" for cell in row] for row in found] == rows


def test_rdflib_reads_triples_with_their_languages_and_types(reading, shipped):
    graph = rdflib.Graph(SPARQLStore(f"{reading.address}/sparql"))
    lam = rdflib.URIRef(ID + "person/carrie-lam")
    expected = shipped.sparql(f"CONSTRUCT {{ <{lam}> ?p ?o }} {{ <{lam}> ?p ?o }}").to_rdflib()
    assert set(graph.predicate_objects(lam)) == set(expected.predicate_objects(lam))
    assert {name.language for name in graph.objects(lam, rdflib.RDFS.label)} >= {"en", "zh"}
    assert (lam, rdflib.RDF.type, rdflib.URIRef(PREFIXES["kg"] + "Person")) in graph
    assert len(graph) == shipped.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]
    assert graph.query(DECLARED + ASK).askAnswer
    assert isomorphic(graph.query(DECLARED + CONSTRUCT).graph, shipped.sparql(CONSTRUCT).to_rdflib())


def test_rdflib_reads_named_graphs(reading, shipped):
    report = rdflib.URIRef(f"{ID}graph/report/{FIRST}")
    expected = shipped.sparql(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{report}> {{ ?s ?p ?o }} }}")[0]["n"]
    assert expected > 50
    store = SPARQLStore(f"{reading.address}/sparql")
    assert len(rdflib.Graph(store, report)) == expected
    dataset = rdflib.Dataset(store, default_union=True)
    assert report in set(store.contexts())
    asked = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s a <{PREFIXES['kg']}Statement> }} }}"
    assert report in {row[0] for row in dataset.query(asked)}
    assert {row[0] for row in dataset.query(asked)} == {rdflib.URIRef(row["g"]) for row in shipped.sparql(asked)}


def test_rdflib_cannot_read_what_does_not_parse(reading):
    with pytest.raises(ValueError, match="formulating"):
        rdflib.Graph(SPARQLStore(f"{reading.address}/sparql")).query("SELECT * { ?s ?p", initNs={})


def test_rdflib_updates_in_a_named_graph(writing):
    endpoint = f"{writing.address}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, auth=("anybody", writing.token))
    name = rdflib.URIRef("urn:x:g")
    triples = [
        (rdflib.URIRef("urn:x:s"), rdflib.URIRef("urn:x:p"), value)
        for value in (rdflib.Literal('é "2"\n\\', lang="id"), rdflib.Literal("2.50", datatype=rdflib.XSD.decimal))
    ]
    graph = rdflib.Dataset(store).graph(name)
    for triple in triples:
        graph.add(triple)
    values = {value.toPython() for value in (triple[2] for triple in triples)}
    assert {value.toPython() for _, _, value in graph} == values
    kept = rdflib.Graph().parse(f"{writing.address}/store?graph={name}")
    assert set(kept) == set(triples), "numbers stay as they were written, which the engine does not show"
    graph.remove(triples[0])
    assert set(rdflib.Graph().parse(f"{writing.address}/store?graph={name}")) == set(triples[1:])
    graph.update("DELETE WHERE { ?s ?p ?o }")
    assert set(graph) == set()
    assert len(rdflib.Graph(store)), "the other graphs are there as before"


def test_rdflib_updates_without_a_graph(writing):
    endpoint = f"{writing.address}/sparql"
    store = SPARQLUpdateStore(endpoint, endpoint, auth=("anybody", writing.token))
    graph = rdflib.Graph(store, DATASET_DEFAULT_GRAPH_ID)
    before = len(graph)
    triple = (rdflib.URIRef("urn:x:s"), rdflib.URIRef("urn:x:p"), rdflib.Literal("o"))
    graph.add(triple)
    assert triple in graph
    assert len(graph) == before + 1
    graph.remove(triple)
    assert len(graph) == before


# ---- pandas ---------------------------------------------------------------------------------------------


def test_pandas_reads_answers(reading, shipped):
    expected = shipped.ask("who-invested-where", place="China", since="2019")
    given = "place=China&since=2019"
    table = pandas.read_csv(f"{reading.address}/ask/who-invested-where.csv?{given}")
    assert len(table) == len(expected) > 3
    assert list(table["investor"]) == list(pandas.read_csv(io.StringIO(rows_module.write(expected, "csv")))["investor"])
    lines = pandas.read_json(f"{reading.address}/ask/who-invested-where.jsonl?{given}", lines=True)
    assert lines["what"].tolist() == [row["what"] for row in expected]
    assert lines["sources"][0][0]["report"] == expected[0]["sources"][0]["report"]


def test_pandas_reads_sparql(reading, rows):
    asked = urlencode({"query": ROWS, "format": "csv"})
    table = pandas.read_csv(f"{reading.address}/sparql?{asked}", keep_default_na=False)
    assert table.to_numpy().tolist() == rows
    accepted = pandas.read_csv(
        f"{reading.address}/sparql?{urlencode({'query': ROWS})}",
        storage_options={"Accept": "text/csv"},
        keep_default_na=False,
    )
    assert accepted.equals(table)


# ---- curl -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def curl():
    """Run curl with arguments, and give what it writes."""
    if which("curl") is None:
        missing("curl")

    def run(*arguments):
        command = ["curl", "--silent", "--show-error", *arguments]
        return subprocess.run(command, capture_output=True, check=True).stdout

    return run


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/sparql-results+json"),
        ("text/html;q=0.9, text/csv;q=0.3, */*;q=0.1", "text/csv; charset=utf-8"),
        ("*/*", "application/sparql-results+json"),
    ],
)
def test_curl_gets_what_it_accepts(curl, reading, accept, kind):
    asked = ["--header", f"Accept: {accept}", "--data-urlencode", f"query={ROWS}", f"{reading.address}/sparql"]
    posted = curl("--write-out", "\n%{content_type}", *asked)
    got = curl("--get", "--write-out", "\n%{content_type}", *asked)
    assert posted == got
    assert posted.rpartition(b"\n")[2].decode() == kind


def test_curl_posts_a_query_from_a_file(curl, reading, tmp_path, rows):
    (tmp_path / "query.rq").write_text(ROWS, encoding="utf-8")
    kind = "Content-Type: application/sparql-query"
    file = f"@{tmp_path / 'query.rq'}"
    found = json.loads(curl("--header", kind, "--data-binary", file, f"{reading.address}/sparql"))
    assert texts("json", found) == rows


def test_curl_asks_with_values_that_need_encoding(curl, reading, shipped):
    asked = ["--get", "--data-urlencode", "speaker=林郑月娥", "--data-urlencode", 'text=kerja sama & "lebih"']
    found = json.loads(curl(*asked[:3], f"{reading.address}/ask/who-said-what"))
    assert found["rows"] == json.loads(shipped.ask("who-said-what", speaker="林郑月娥").to_json())
    assert found["total"] > 3
    assert json.loads(curl(*asked, f"{reading.address}/ask/who-said-what"))["rows"] == []


def test_curl_follows_a_name_of_the_graph(curl, reading):
    address = f"{reading.address}/id/person/carrie-lam"
    for accept, syntax in (
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        found = rdflib.Graph().parse(data=curl("--location", "--header", f"Accept: {accept}", address), format=syntax)
        assert (rdflib.URIRef(ID + "person/carrie-lam"), rdflib.RDFS.label, rdflib.Literal("Carrie Lam", "en")) in found
    page = curl("--location", "--header", "Accept: text/html", address).decode()
    assert page.startswith("<!DOCTYPE html>")
