"""Comunica, which runs in Node and browsers, takes the server for a SPARQL endpoint and gives the rows of `kg sparql`.

Where it lies is told by KG_CLIENTS: the folder that `.ci/clients FOLDER` fills.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import rdflib
from conftest import missing
from rdflib.compare import isomorphic

from kg.terms import PREFIXES

DECLARED = "".join(f"PREFIX {name}: <{base}>\n" for name, base in PREFIXES.items())
ROWS = "application/sparql-results+json"
SELECT = """\
SELECT ?claim ?text ?start ?role {
  ?claim a kg:Statement ; kg:text ?text .
  OPTIONAL { ?claim kg:start ?start } OPTIONAL { ?claim kg:position/kg:role ?role }
} ORDER BY ?claim ?role"""
CONSTRUCT = "CONSTRUCT { ?person rdfs:label ?name } WHERE { ?person a kg:Person ; rdfs:label ?name }"


@pytest.fixture(scope="session")
def comunica():
    """Run Comunica's command with arguments, and give what it writes."""
    folder = os.environ.get("KG_CLIENTS")
    command = Path(folder or ".", "comunica", "node_modules", ".bin", "comunica-sparql")
    if folder is None or not command.exists():
        missing("Comunica (.ci/clients FOLDER fetches it, KG_CLIENTS=FOLDER names where)")

    def run(*arguments: str) -> str:
        given = [str(command), *arguments]
        done = subprocess.run(given, capture_output=True, encoding="utf-8", timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture(params=["", "sparql@"], ids=["recognised", "told"])
def source(request, reading):
    """The endpoint, which is recognised by its description, or told to be one."""
    return f"{request.param}{reading.address}/sparql"


def test_comunica_selects(comunica, source, shipped):
    found = json.loads(comunica(source, "-q", DECLARED + SELECT, "-t", ROWS))
    names = found["head"]["vars"]
    rows = [[row.get(name, {}).get("value") for name in names] for row in found["results"]["bindings"]]
    assert names == ["claim", "text", "start", "role"]
    assert rows == [[row[name] and str(row[name]) for name in names] for row in shipped.sparql(SELECT)]
    assert found["metadata"]["httpRequests"] <= 3, "the whole query is sent, rather than pattern by pattern"


def test_comunica_constructs(comunica, source, shipped):
    found = rdflib.Graph().parse(data=comunica(source, "-q", DECLARED + CONSTRUCT, "-t", "application/n-triples"))
    assert len(found) > 100
    assert isomorphic(found, shipped.sparql(CONSTRUCT).to_rdflib())


def test_comunica_asks(comunica, source):
    assert comunica(source, "-q", DECLARED + "ASK { ?who a kg:Person }").strip() == "true"


def test_comunica_joins_the_endpoint_with_a_document_of_the_server(comunica, reading):
    """Two sources of different kinds: the endpoint, and what is known of one thing as RDF."""
    document = f"{reading.address}/doc/person/carrie-lam.ttl"
    asked = "SELECT DISTINCT ?name { ?who a kg:Person ; rdfs:label ?name . ?claim kg:speaker ?who }"
    found = json.loads(comunica(f"sparql@{reading.address}/sparql", document, "-q", DECLARED + asked, "-t", ROWS))
    assert "Carrie Lam" in {row["name"]["value"] for row in found["results"]["bindings"]}
