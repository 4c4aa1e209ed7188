"""What editors in a browser send: YASGUI's requests, and sparql-editor's for what an endpoint says of itself."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import rdflib
from conftest import FIRST, store_of, thorough
from serve.raw import ask
from serve.servers import Served, served

from kg.query import catalog

pytestmark = thorough

PAGE = "https://editor.example"
ROWS = "application/sparql-results+json,*/*;q=0.9"
TRIPLES = "application/n-triples,*/*;q=0.9"
CHANGE = "text/plain,*/*;q=0.9"
FORM = "application/x-www-form-urlencoded; charset=UTF-8"
EVERYWHERE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture(scope="module", params=["reading", "writing"])
def open_to_page(request, tmp_path_factory) -> Iterator[Served]:
    """A server that lets the pages of one site in."""
    store = ["--store", store_of(tmp_path_factory.mktemp("page") / "news.kg", FIRST), "--write"]
    with served("--allow-origin", PAGE, *(store if request.param == "writing" else [])) as server:
        yield server


def form(server, accept, origin=PAGE, bearer=None, **fields):
    """A form as a page of `origin` sends it by POST."""
    allowed = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    body = urlencode(fields)
    return ask(server.port, "/sparql", "POST", body, Accept=accept, Content_Type=FORM, Origin=origin, **allowed)


def may_read(got, origin=PAGE):
    """Whether a browser lets the page read an answer (Fetch, section 4.10)."""
    return got.headers.get("access-control-allow-origin") in (origin, "*")


# ---- YASGUI ---------------------------------------------------------------------------------------------


def test_yasgui_selects_asks_and_constructs(open_to_page):
    got = form(open_to_page, ROWS, query="SELECT ?who { ?who a kg:Person } LIMIT 3")
    assert got.status == 200
    assert got.headers["content-type"] == "application/sparql-results+json"
    assert len(json.loads(got.body)["results"]["bindings"]) == 3
    assert may_read(got)
    assert json.loads(form(open_to_page, ROWS, query="ASK { ?who a kg:Person }").body)["boolean"] is True
    got = form(
        open_to_page, TRIPLES, query="CONSTRUCT { ?who rdfs:label ?name } { ?who a kg:Person ; rdfs:label ?name }"
    )
    assert got.headers["content-type"].startswith("application/n-triples")
    assert len(rdflib.Graph().parse(data=got.body, format="nt")) > 2
    assert may_read(got)


def test_yasgui_shows_what_is_wrong(open_to_page):
    got = form(open_to_page, ROWS, query="SELECT * {\n ?s ?p }")
    assert got.status == 400
    assert "query:2:9" in got.text
    assert may_read(got), "else the editor can only say that something failed"


def test_yasgui_updates_with_a_header_of_its_settings(open_to_page):
    insert = "INSERT DATA { GRAPH <urn:x:g> { <urn:x:s> <urn:x:p> 1 } }"
    refused = form(open_to_page, CHANGE, update=insert)
    assert may_read(refused)
    if "--write" not in open_to_page.process.args:
        assert refused.status == 403
        return
    assert refused.status == 401
    assert form(open_to_page, CHANGE, "https://evil.example", open_to_page.token, update=insert).status == 403
    done = form(open_to_page, CHANGE, bearer=open_to_page.token, update=insert)
    assert (done.status, done.text) == (200, "1 statement came, 0 went\n")
    assert may_read(done)


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/sparql-update"])
def test_a_page_may_ask_first(open_to_page, kind):
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    got = ask(open_to_page.port, "/sparql", "OPTIONS", Origin=PAGE, Content_Type=kind, **wanted)
    assert got.status == 204
    assert may_read(got)
    assert "POST" in got.headers["access-control-allow-methods"]
    allowed = {name.strip().lower() for name in got.headers["access-control-allow-headers"].split(",")}
    assert allowed >= {"authorization", "content-type", "accept"}
    assert ask(open_to_page.port, "/sparql", "OPTIONS", Origin="https://evil.example", **wanted).status == 403


def test_a_page_of_another_site_is_not_answered(open_to_page):
    got = form(open_to_page, ROWS, "https://evil.example", query=EVERYWHERE)
    assert got.status == 403
    assert "access-control-allow-origin" not in got.headers


# ---- sparql-editor --------------------------------------------------------------------------------------
# It asks for examples, classes with their properties, and prefixes (packages/sparql-editor/src/metadata.ts of
# https://github.com/sib-swiss/sparql-editor), by GET with a parameter of its own, and reads the first answer with rows;
# where there are none, it reads what the endpoint says of itself.

EXAMPLES = """\
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq"""
STATISTICS = """\
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?property ?target ?datatype WHERE {
  ?part void:class ?class ; void:propertyPartition ?of .
  ?of void:property ?property .
  OPTIONAL {
    { ?of void:classPartition [ void:class ?target ] } UNION
    { ?of void-ext:datatypePartition [ void-ext:datatype ?datatype ] }
  }
}"""
PREFIXES = """\
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"""


@pytest.mark.parametrize("query", [EXAMPLES, STATISTICS, PREFIXES], ids=["examples", "statistics", "prefixes"])
def test_sparql_editor_asks_by_address(open_to_page, query):
    asked = urlencode({"ac": 1, "query": query})
    got = ask(open_to_page.port, f"/sparql?{asked}", Accept="application/sparql-results+json", Origin=PAGE)
    assert got.status == 200
    assert "bindings" in json.loads(got.body)["results"]
    assert may_read(got)


@pytest.fixture(scope="module")
def described(open_to_page):
    """What the endpoint says of itself to one who asks for RDF, as sparql-editor's Comunica does."""
    accept = "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8"
    got = ask(open_to_page.port, "/sparql", Accept=accept, Origin=PAGE)
    assert got.status == 200
    assert may_read(got)
    return rdflib.Dataset(default_union=True).parse(io.BytesIO(got.body), format="nquads")


def test_sparql_editor_finds_an_example_for_each_query(described):
    found = {str(row.comment): str(row.query) for row in described.query(EXAMPLES)}
    assert found.keys() == {query.question["en"] for query in catalog.load_all()}
    for text in found.values():
        assert "SELECT" in text


def test_its_examples_run_as_they_stand(open_to_page, described):
    for row in described.query(EXAMPLES):
        got = form(open_to_page, ROWS, query=str(row.query))
        assert got.status == 200, (row.sq, got.text)


def test_sparql_editor_finds_classes_with_their_properties(described):
    rows = {
        (str(row["class"]).rpartition("#")[2], str(row.property).rpartition("#")[2])
        for row in described.query(STATISTICS)
    }
    assert {("Statement", "speaker"), ("Statement", "text")} <= rows
    assert any(row.target for row in described.query(STATISTICS))
    assert any(row.datatype for row in described.query(STATISTICS))


def test_sparql_editor_finds_prefixes(described):
    found = {str(row.prefix): str(row.namespace) for row in described.query(PREFIXES)}
    assert found["kg"] == "https://w3id.org/kabar/ontology#"
    assert {"schema", "rdfs", "xsd"} <= found.keys()
