"""What an endpoint says of itself is true, is what W3C asks for, and is where SPARQL tools look for it."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import DCAT, OWL, RDF, RDFS, SH, VOID, XSD

import kg
from kg import formats
from kg.backends.oxigraph import MemoryBackend
from kg.graph import Graph
from kg.query import catalog
from kg.result import rdflib_graph
from kg.serve import describe, media
from kg.serve.void import count, void
from kg.terms import ID, RDF_TYPE

BASE = "http://127.0.0.1:8000"
ENDPOINT = rdflib.URIRef(f"{BASE}/sparql")
DATASET = rdflib.URIRef(f"{BASE}/.well-known/void#dataset")
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID_EXT = rdflib.Namespace("http://ldf.fi/void-ext#")


@pytest.fixture(scope="module")
def queries():
    return catalog.load_all()


@pytest.fixture(scope="module")
def triples(shipped, queries):
    return describe.document(BASE, shipped, queries, write=False)


@pytest.fixture(scope="module")
def found(triples):
    return rdflib_graph(triples)


# ---- the tests of W3C for service descriptions, by their names in the manifest --------------------------

# Sections 3.2 to 3.4 of the recommendation: properties by what they are said of and what they lead to.
CLASSES = {
    *(SD.Service, SD.Feature, SD.Language, SD.Function, SD.Aggregate, SD.EntailmentRegime, SD.EntailmentProfile),
    *(SD.GraphCollection, SD.Dataset, SD.Graph, SD.NamedGraph),
}
PROPERTIES = {
    SD.endpoint: (SD.Service, None),
    SD.feature: (SD.Service, SD.Feature),
    SD.supportedLanguage: (SD.Service, SD.Language),
    SD.resultFormat: (SD.Service, None),
    SD.defaultDataset: (SD.Service, SD.Dataset),
    SD.defaultGraph: (SD.Dataset, SD.Graph),
    SD.namedGraph: (SD.Dataset, SD.NamedGraph),
    SD.name: (SD.NamedGraph, None),
    SD.graph: (SD.NamedGraph, SD.Graph),
}
INSTANCES = {
    SD.Language: {SD.SPARQL10Query, SD.SPARQL11Query, SD.SPARQL11Update},
    SD.Feature: {
        SD.DereferencesURIs, SD.UnionDefaultGraph, SD.RequiresDataset, SD.EmptyGraphs, SD.BasicFederatedQuery,
    },
}  # fmt: skip


def returns_rdf(triples, found):
    for syntax in media.GRAPHS:
        written = b"".join(formats.serialise([(*triple, "") for triple in triples], formats.FORMATS[syntax]))
        read = formats.parse(written, formats.FORMATS[syntax], syntax)
        assert {quad[:3] for quad in read} == set(triples)


def has_endpoint_triple(triples, found):
    assert list(found.objects(None, SD.endpoint)) == [ENDPOINT]


def conforms_to_schema(triples, found):
    said = [triple for triple in found if str(triple[1]).startswith(str(SD))]
    assert {predicate for _, predicate, _ in said} == PROPERTIES.keys()
    for subject, predicate, value in said:
        domain, target = PROPERTIES[predicate]
        assert (subject, RDF.type, domain) in found
        assert isinstance(value, rdflib.URIRef)
        if target in INSTANCES:
            assert value in INSTANCES[target]
        elif target is not None:
            assert (value, RDF.type, target) in found
    typed = {kind for kind in found.objects(None, RDF.type) if str(kind).startswith(str(SD))}
    assert typed == {SD.Service, SD.Dataset, SD.Graph, SD.NamedGraph} <= CLASSES
    for graph in found.subjects(RDF.type, SD.NamedGraph):
        assert len(list(found.objects(graph, SD.name))) == 1


W3C = {
    "returns-rdf": returns_rdf,
    "has-endpoint-triple": has_endpoint_triple,
    "conforms-to-schema": conforms_to_schema,
}


@pytest.mark.parametrize("name", W3C)
def test_w3c(name, triples, found):
    W3C[name](triples, found)


def test_w3c_tests_are_all_here(shared):
    manifest = rdflib.Graph().parse(shared / "w3c/sparql/sparql11/service-description/manifest.ttl")
    (entries,) = manifest.objects(
        None, rdflib.URIRef("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#entries")
    )
    assert {str(name).rpartition("#")[2] for name in manifest.items(entries)} == W3C.keys()


# ---- what is said is true -------------------------------------------------------------------------------


def test_languages_follow_what_may_be_written(shipped):
    def languages(write):
        return set(rdflib_graph(describe.service(str(ENDPOINT), {}, write, 0)).objects(None, SD.supportedLanguage))

    assert languages(write=False) == {SD.SPARQL11Query}
    assert languages(write=True) == {SD.SPARQL11Query, SD.SPARQL11Update}


def test_features_and_formats(found):
    service = next(found.subjects(SD.endpoint, ENDPOINT))
    assert set(found.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    assert len(list(found.objects(service, SD.resultFormat))) == len(media.ROWS) + len(media.GRAPHS)


def test_graphs_and_their_sizes(found, shipped):
    counted = shipped.asserted().sparql("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    said = {
        str(found.value(graph, SD.name)): found.value(found.value(graph, SD.graph), VOID.triples).toPython()
        for graph in found.objects(None, SD.namedGraph)
    }
    assert said == {row.g: row.n for row in counted}
    default = found.value(next(found.subjects(RDF.type, SD.Dataset)), SD.defaultGraph)
    (whole,) = shipped.asserted().sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert found.value(default, VOID.triples).toPython() == whole.n == found.value(DATASET, VOID.triples).toPython()


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }"),
        (VOID.entities, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{ID}')) }}"),
    ],
)
def test_statistics_of_the_whole(found, shipped, said, asked):
    (row,) = shipped.asserted().sparql(asked)
    assert found.value(DATASET, said).toPython() == row.n


PARTITIONS = {
    "properties": (
        "SELECT ?p ?n { [] a void:Dataset ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }",
        "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p",
    ),
    "classes": (
        "SELECT ?c ?n { [] a void:Dataset ; void:classPartition [ void:class ?c ; void:entities ?n ] }",
        "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c",
    ),
    "properties of classes": (
        """SELECT ?c ?p ?n {
             [] void:class ?c ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }""",
        "SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p",
    ),
    "classes of values": (
        """SELECT ?c ?p ?d ?n { [] void:class ?c ; void:propertyPartition [ void:property ?p ;
             void:classPartition [ void:class ?d ; void:triples ?n ] ] }""",
        "SELECT ?c ?p ?d (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?d } GROUP BY ?c ?p ?d",
    ),
    "datatypes of values": (
        """PREFIX void-ext: <http://ldf.fi/void-ext#>
           SELECT ?c ?p ?d ?n { [] void:class ?c ; void:propertyPartition [ void:property ?p ;
             void-ext:datatypePartition [ void-ext:datatype ?d ; void:triples ?n ] ] }""",
        """SELECT ?c ?p ?d (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . FILTER(isLiteral(?o)) BIND(DATATYPE(?o) AS ?d) }
           GROUP BY ?c ?p ?d""",
    ),
}


@pytest.mark.parametrize("name", PARTITIONS)
def test_partitions(triples, shipped, name):
    """Both sides by the engine: what the description says, and what the graph counts."""
    said, asked = PARTITIONS[name]
    described = Graph(MemoryBackend([(*triple, "") for triple in triples]))
    rows = described.sparql(f"PREFIX void: <{VOID}> {said}")
    assert sorted(tuple(row.values()) for row in rows) == sorted(
        tuple(row.values()) for row in shipped.asserted().sparql(asked)
    )


def test_every_triple_counts_once():
    """A triple that stands in two graphs is one of the union, and one of each."""
    triple = ("<urn:a>", RDF_TYPE, "<urn:C>")
    graph = Graph(
        MemoryBackend([(*triple, "<urn:g>"), (*triple, "<urn:h>"), ("<urn:a>", "<urn:p>", '"x"@en', "<urn:g>")])
    )
    counted = count(graph)
    assert (counted.triples, dict(counted.graphs)) == (2, {"urn:g": 2, "urn:h": 1})
    found = rdflib_graph(void(BASE, counted))
    (partition,) = found.subjects(VOID_EXT.datatype, RDF.langString)
    assert found.value(partition, VOID.triples).toPython() == 1


def test_links_by_host(found, shipped):
    (row,) = shipped.asserted().sparql("SELECT (COUNT(*) AS ?n) { ?s skos:exactMatch ?o }")
    sets = list(found.subjects(RDF.type, VOID.Linkset))
    assert sum(found.value(each, VOID.triples).toPython() for each in sets) == row.n
    for each in sets:
        assert found.value(each, VOID.subjectsTarget) == DATASET
        assert str(found.value(found.value(each, VOID.objectsTarget), VOID.uriSpace)).startswith("http")


def test_where_it_is_to_be_had(found):
    assert set(found.objects(DATASET, VOID.sparqlEndpoint)) == {ENDPOINT}
    for way in found.objects(DATASET, DCAT.distribution):
        assert found.value(way, DCAT.downloadURL) == found.value(DATASET, VOID.dataDump)
        assert str(found.value(way, DCAT.mediaType)).startswith("https://www.iana.org/assignments/media-types/")
    service = next(found.subjects(RDF.type, DCAT.DataService))
    assert found.value(service, DCAT.servesDataset) == DATASET
    assert found.value(service, DCAT.endpointURL) == ENDPOINT


def test_examples_of_resources_are_there(found, shipped):
    shown = list(found.objects(DATASET, VOID.exampleResource))
    assert len(shown) >= 4
    assert all(shipped.backend.facts(str(iri)) for iri in shown)


def test_a_licence_where_the_data_have_one(shipped):
    licence = rdflib.URIRef("https://creativecommons.org/licenses/by/4.0/")
    counted = count(Graph(MemoryBackend([])))
    dcterms = rdflib.URIRef("http://purl.org/dc/terms/license")
    assert list(rdflib_graph(void(BASE, counted, str(licence))).objects(DATASET, dcterms)) == [licence]
    assert not list(rdflib_graph(void(BASE, counted)).objects(DATASET, dcterms))


# ---- what tools look for --------------------------------------------------------------------------------


def test_no_blank_nodes_and_one_order(triples, shipped, queries):
    assert not [part for triple in triples for part in triple if part.startswith("_:")]
    assert triples == sorted(set(triples)) == describe.document(BASE, shipped, queries, False, count(shipped))


def test_examples_are_those_of_the_checkout(shipped, queries, root):
    """The Turtle beside the queries says the same of the address where the project is to be served."""
    made = rdflib_graph([
        *describe.examples(queries, "https://w3id.org/kabar/sparql", shipped.backend.names()),
        *describe.prefixes("https://w3id.org/kabar/sparql"),
    ])  # fmt: skip
    written = rdflib.Graph().parse(root / "queries" / "examples.ttl")
    assert set(made) == set(written)


def test_what_sib_tools_ask_finds_every_example_and_prefix(found, queries):
    """The shape that https://github.com/sib-swiss/sparql-editor asks an endpoint for, in triples of rdflib."""
    texts = [found.value(node, SH.select) for node in found.subjects(RDF.type, SH.SPARQLExecutable)]
    comments = {str(found.value(node, RDFS.comment)) for node in found.subjects(SH.select)}
    assert len(texts) == len(queries)
    assert None not in texts
    assert comments == {query.question["en"] for query in queries}
    prefixes = {
        str(found.value(node, SH.prefix)): found.value(node, SH.namespace) for node in found.subjects(SH.prefix)
    }
    assert prefixes["kg"] == rdflib.Literal("https://w3id.org/kabar/ontology#", datatype=XSD.anyURI)
    assert prefixes["owl"] == rdflib.Literal(str(OWL), datatype=XSD.anyURI)


def test_an_example_of_what_another_graph_does_not_know_is_shown_without_it(queries):
    with kg.open(rdflib.Graph()) as empty:
        shown = rdflib_graph(describe.examples(queries, str(ENDPOINT), empty.backend.names()))
    (text,) = shown.objects(rdflib.URIRef(f"{ENDPOINT}/.well-known/sparql-examples/timeline"), SH.select)
    assert "?__about_iri" in text
    assert len(list(shown.subjects(RDF.type, SH.SPARQLExecutable))) == len(queries)
