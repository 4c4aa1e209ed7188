"""What the closure leaves out, by either engine."""

from collections.abc import Callable
from typing import Literal

import pytest

from kg.reason import closure

Triple = tuple[str, str, str]
Read = Callable[[str], set[Triple]]

PREFIXES = """@prefix : <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."""

LEFT_OUT = {
    "a literal as subject": ':p owl:inverseOf :q . :a :p "x" .',
    "a range that is a datatype": ":p rdfs:range xsd:anyURI . :a :p :b .",
    "membership in owl:Thing": ":C a owl:Class . :a a :C . :p rdfs:domain owl:Thing . :a :p :b .",
    "membership in rdfs:Resource": ":p rdfs:range rdfs:Resource . :a :p :b .",
    "membership in a class without a name": "_:r owl:onProperty :p ; owl:hasValue :b . :a :p :b .",
    "membership in a restriction with an IRI": ":r owl:onProperty :p ; owl:someValuesFrom owl:Thing . :a :p :b .",
    "a property without a name": "[] owl:inverseOf :p . :a :p :b .",
    "a property with an IRI for a blank node": "</.well-known/genid/1> owl:inverseOf :p . :a :p :b .",
    "sub-classes of sub-classes": ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .",
    "a domain for a sub-property": ":p rdfs:subPropertyOf :q . :q rdfs:domain :C .",
    "a class of which something is said": ":p rdfs:domain :C . :D a owl:Class ; :p :b .",
    "a class known by its member alone": ":p rdfs:domain :C . :D :p :b . :a a :D .",
    "a property of which something is said": ":p rdfs:domain :C . :q :p :b . :a :q :b .",
    "a term of OWL of which something is said": ":p rdfs:domain :C . owl:sameAs :p :b .",
    "a node of a list of which something is said": ":p rdfs:domain :C . :n :p :b ; rdf:first :a ; rdf:rest () .",
    "what is given": ":p rdfs:domain :C . :a :p :b ; a :C .",
}


@pytest.mark.parametrize("engine", ["compiled", "owlrl"])
@pytest.mark.parametrize("what", LEFT_OUT)
def test_left_out(what: str, engine: Literal["compiled", "owlrl"], read: Read) -> None:
    assert closure(read(f"{PREFIXES} {LEFT_OUT[what]}"), engine=engine) == set()


@pytest.mark.parametrize("engine", ["compiled", "owlrl"])
def test_contradiction_shows(engine: Literal["compiled", "owlrl"], read: Read) -> None:
    graph = read(f"{PREFIXES} :C rdfs:subClassOf owl:Nothing . :a a :C .")
    assert closure(graph, engine=engine) == read(f"{PREFIXES} :a a owl:Nothing .")


@pytest.mark.parametrize("engine", ["compiled", "owlrl"])
def test_literals_stay_as_they_are_written(engine: Literal["compiled", "owlrl"], read: Read) -> None:
    written = [
        *('"2.50"^^xsd:decimal', '"007"^^xsd:integer', '"not a number"^^xsd:integer', '"1"^^xsd:boolean', '"x"@en-GB'),
        *('"x"@EN', r'"a \"quote\" and \n a line"', '"2021"^^xsd:gYear', '"<p"^^rdf:HTML', '"é“^^<"', '"@en"', '""'),
    ]
    given = read(f"{PREFIXES} :a :p {', '.join(written)} .")
    assert len(given) == len(written)
    graph = given | read(f"{PREFIXES} :p rdfs:subPropertyOf :q .")
    assert closure(graph, engine=engine) == {(s, "<https://example.org/q>", o) for s, _, o in given}
