"""Free SPARQL as a tool: all forms of results, cut where they are large, and ended where they take too long."""

from __future__ import annotations

import json
import socket
import threading
import time

import psutil
import pytest
from conftest import thorough

pytestmark = thorough

HEAVY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = 'no such text') }"


def test_rows_come_in_the_standard_form_of_results(caller):
    query = "SELECT ?p ?l ?n { ?p a kg:Person ; rdfs:label ?l OPTIONAL { ?p kg:nothing ?n } } ORDER BY ?p ?l"
    given = caller.answer("sparql", query=query, limit=3)
    assert given["head"] == {"vars": ["p", "l", "n"]}
    rows = given["results"]["bindings"]
    assert (len(rows), given["truncated"]) == (3, True)
    assert all(row["p"]["type"] == "uri" and row["l"]["type"] == "literal" for row in rows)
    assert all(row["l"]["xml:lang"] for row in rows)
    assert all("n" not in row for row in rows)


def test_literals_keep_their_types(caller):
    query = 'SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c ?d) { (1.50 "x" "y"@en-GB "2021"^^xsd:gYear) } }'
    (row,) = caller.answer("sparql", query=query)["results"]["bindings"]
    assert row["a"]["datatype"] == "http://www.w3.org/2001/XMLSchema#decimal"
    assert row["b"] == {"type": "literal", "value": "x"}
    assert row["c"]["xml:lang"].lower() == "en-gb"
    assert row["d"] == {"type": "literal", "value": "2021", "datatype": "http://www.w3.org/2001/XMLSchema#gYear"}


def test_truth_values_and_triples(web_caller):
    assert web_caller.answer("sparql", query="ASK { ?s a kg:Person }")["boolean"] is True
    given = web_caller.answer("sparql", query="CONSTRUCT WHERE { ?s a kg:Person }", limit=2)
    assert (given["triples"], given["truncated"]) == (2, True)
    assert given["turtle"].count(" a kg:Person") == 2
    described = web_caller.answer("sparql", query="DESCRIBE <https://w3id.org/kabar/id/person/carrie-lam>", limit=1000)
    assert '"Carrie Lam"' in described["turtle"]
    assert not described["truncated"]


def test_what_is_inferred_is_found(caller):
    firm, city = ("<https://w3id.org/kabar/id/company/pharmaron>", "<https://w3id.org/kabar/id/place/beijing>")
    assert caller.answer("sparql", query=f"ASK {{ {firm} kg:investedIn {city} }}")["boolean"]


def test_many_rows_and_large_ones_are_cut_and_marked(caller):
    many = caller.answer("sparql", query="SELECT * { ?s ?p ?o . ?a ?b ?c }", limit=1000)
    assert many["truncated"]
    assert 0 < len(many["results"]["bindings"]) <= 1000
    assert len(json.dumps(many, ensure_ascii=False).encode()) < 300_000
    whole = caller.answer("sparql", query="SELECT * { VALUES ?x { 1 2 } }", limit=2)
    assert (len(whole["results"]["bindings"]), whole["truncated"]) == (2, False)


@pytest.mark.parametrize(
    "form", ["SELECT ?x { BIND(%s AS ?x) }", "CONSTRUCT { id:x rdfs:label ?x } { BIND(%s AS ?x) }"]
)
def test_long_literals_are_cut_with_a_mark(caller, form):
    text = json.dumps("é" * 9000, ensure_ascii=False)
    given = json.dumps(caller.answer("sparql", query=form % text), ensure_ascii=False)
    assert "é" * 4000 + " … [cut here: 4000 of 9000 characters]" in given
    assert "é" * 4001 not in given


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s ?p }", "query:1:"),
        ("SELEC", "this is no SPARQL query"),
        ("DELETE WHERE { ?s ?p ?o }", "only queries are run"),
        ("INSERT DATA { id:a id:b id:c }", "only queries are run"),
        ("DROP ALL", "only queries are run"),
        ("LOAD <http://127.0.0.1/>", "never done"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }", "never done"),
        ("SELECT * {" * 70, "levels deep"),
        ("", "should be non-empty"),
        ("#" * 300_000, "is too long"),
    ],
)
def test_what_is_no_query_or_reaches_out_is_refused(caller, query, said):
    assert said in caller.fault("sparql", query=query)


def test_nothing_is_fetched_and_no_file_is_read(caller, tmp_path):
    secret = tmp_path / "secret.ttl"
    secret.write_text('<http://a/> <http://b/> "found it" .', encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.2)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/x"
        for graph in (address, secret.as_uri()):
            for query in ("SELECT * FROM <%s> { ?s ?p ?o }", "SELECT * { GRAPH <%s> { ?s ?p ?o } }"):
                assert caller.answer("sparql", query=query % graph)["results"]["bindings"] == []
        with pytest.raises(TimeoutError):
            canary.accept()


def test_a_query_ends_by_its_deadline_and_others_are_answered_meanwhile(speaking):
    with speaking("--timeout", "2", "--memory", "300") as client:
        assert client.answer("sparql", query="ASK {}")["boolean"]
        faults = []
        start = time.monotonic()
        asking = threading.Thread(target=lambda: faults.append(client.fault("sparql", query=HEAVY)))
        asking.start()
        while asking.is_alive():
            assert client.answer("search", text="Lam", limit=1)["total"]
        assert time.monotonic() - start < 8
        (said,) = faults
        assert "took longer than 2 s" in said
        assert client.answer("sparql", query="ASK {}")["boolean"]
        workers = [each for each in psutil.Process().children(recursive=True) if "kg.mcp.jobs" in each.cmdline()]
        assert workers
        assert not [worker for worker in workers if worker.cpu_percent(0.2) > 50]


def test_a_query_that_takes_all_memory_costs_its_own_answer_only(speaking):
    doubled = "?x0" + "".join(f" BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
    bomb = f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("0123456789" AS ?x0) {doubled[3:]} }}'
    with speaking("--timeout", "20", "--memory", "200") as client:
        assert "it ended the process" in client.fault("sparql", query=bomb)
        assert client.answer("search", text="Lam", limit=1)["total"]
        assert client.answer("sparql", query="ASK {}")["boolean"]
