"""Which engine runs when, what each needs, and that the two know the same datatypes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from owlrl.XsdDatatypes import (
    OWL_Datatype_Subsumptions,
    OWL_RL_Datatypes,
)

import kg.reason
from kg.errors import InputError
from kg.reason import Unsupported, closure, explain
from kg.reason.axioms import Axioms
from kg.reason.datatypes import KNOWN, broader
from kg.reason.rules import compile_rules

Triple = tuple[str, str, str]
Read = Callable[[Path | str], set[Triple]]

PREFIXES = """@prefix : <https://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
    @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."""

NOT_COMPILED = {
    ":a owl:sameAs :b .": "owl#sameAs",
    ":p a owl:FunctionalProperty .": "owl#FunctionalProperty",
    ":p a owl:InverseFunctionalProperty .": "owl#InverseFunctionalProperty",
    ":C owl:hasKey ( :p ) .": "owl#hasKey",
    ":r owl:maxCardinality 1 .": "owl#maxCardinality",
    ":r owl:maxQualifiedCardinality 1 .": "owl#maxQualifiedCardinality",
    ":p rdfs:subPropertyOf owl:sameAs .": "conclusions on <http://www.w3.org/2002/07/owl#sameAs>",
    ":p rdfs:subPropertyOf rdf:type .": "conclusions on <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    ":p rdfs:range owl:Class .": "conclusions on <http://www.w3.org/2002/07/owl#Class>",
    "[] owl:onProperty rdf:type ; owl:hasValue :C ; rdfs:subClassOf :D .": "rdf-syntax-ns#type",
    "rdfs:subClassOf rdfs:subPropertyOf :below .": "premises on <http://www.w3.org/2000/01/rdf-schema#subClassOf>",
    "owl:Class rdfs:subClassOf :Term .": "premises on <http://www.w3.org/2002/07/owl#Class>",
}
MALFORMED = {
    ":C owl:unionOf :list .": "0 values of rdf:first",
    ":C owl:unionOf [ rdf:first :D ] .": "0 values of rdf:rest",
    ":C owl:unionOf [ rdf:first :D , :E ; rdf:rest () ] .": "2 values of rdf:first",
    ":C owl:unionOf :list . :list rdf:first :D ; rdf:rest :list .": "returns to its node",
}


@pytest.mark.parametrize(
    ("declared", "follows"),
    [
        (":Person a owl:Class .", True),
        (":child a owl:ObjectProperty .", True),
        ("", False),
        # By the letter of scm-sco a class in a circle lies below itself; owlrl does not say so, and we agree with it.
        (":Person rdfs:subClassOf :Human . :Human rdfs:subClassOf :Person .", False),
    ],
)
def test_like_restrictions_are_one_where_their_terms_are_declared(declared: str, follows: bool, read: Read) -> None:
    graph = read(
        f"""{PREFIXES} {declared} :Father rdfs:subClassOf [ owl:onProperty :child ; owl:someValuesFrom :Person ] .
        [ owl:onProperty :child ; owl:someValuesFrom :Person ] rdfs:subClassOf :Parent . :ben a :Father ."""
    )
    assert closure(graph) == closure(graph, engine="owlrl")
    assert bool(closure(graph)) is follows


@pytest.mark.parametrize("text", NOT_COMPILED)
def test_what_is_not_compiled_is_named(text: str, read: Read) -> None:
    graph = read(f"{PREFIXES} {text}")
    with pytest.raises(Unsupported) as raised:
        compile_rules(Axioms(graph), graph)
    assert any(NOT_COMPILED[text] in construct for construct in raised.value.constructs)


@pytest.mark.parametrize("text", NOT_COMPILED)
def test_owlrl_takes_over(text: str, read: Read) -> None:
    graph = read(f"{PREFIXES} {text} :a :p :b , :c ; a :C . :b a :r .")
    assert closure(graph) == closure(graph, engine="owlrl")


def test_without_owlrl_nothing_is_left_out_silently(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kg.reason.reference", raising=False)
    monkeypatch.setitem(sys.modules, "owlrl", None)
    monkeypatch.setitem(sys.modules, "owlrl.OWLRL", None)
    with pytest.raises(Unsupported, match="sameAs"):
        closure(read(f"{PREFIXES} :a owl:sameAs :b ; :p :c ."))


def test_what_the_compiled_rules_give_is_explained_beside_what_they_do_not(read: Read) -> None:
    graph = read(f"{PREFIXES} :x owl:sameAs :y . :p rdfs:domain :C . :a :p :b .")
    fact = ("<https://example.org/a>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<https://example.org/C>")
    found = explain(graph, fact)
    assert found is not None
    assert found.rule == "prp-dom"


@pytest.mark.parametrize(
    "text",
    [
        ":C owl:disjointWith :D ; owl:complementOf :E . :p a owl:IrreflexiveProperty .",
        ":a owl:sameAs :a ; owl:differentFrom :b .",
        "<http://www.w3.org/2004/02/skos/core#prefLabel> rdfs:subPropertyOf rdfs:label .",
        "[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) .",
    ],
)
def test_what_only_finds_contradictions_is_compiled(text: str, read: Read) -> None:
    graph = read(f"{PREFIXES} {text} :a a :C , :D . :a <http://www.w3.org/2004/02/skos/core#prefLabel> 'a' .")
    compile_rules(Axioms(graph), graph)
    assert closure(graph) == closure(graph, engine="owlrl")


@pytest.mark.parametrize("engine", ["compiled", "owlrl"])
@pytest.mark.parametrize("text", MALFORMED)
def test_malformed_list_is_an_error_that_names_its_node(text: str, engine: str, read: Read) -> None:
    with pytest.raises(InputError, match=MALFORMED[text]):
        closure(read(f"{PREFIXES} {text}"), engine=engine)  # type: ignore[arg-type]  # parametrised


def test_unknown_engine_is_refused() -> None:
    with pytest.raises(ValueError, match="'fast'"):
        closure([], engine="fast")  # type: ignore[arg-type]  # what is tested


def test_nothing_follows_from_nothing() -> None:
    assert closure([]) == closure([], engine="owlrl") == set()


def test_engines_know_the_same_datatypes() -> None:
    assert {f"<{datatype}>" for datatype in OWL_RL_Datatypes} == KNOWN
    for datatype in KNOWN:
        theirs = {f"<{name}>": {f"<{above}>" for above in found} for name, found in OWL_Datatype_Subsumptions.items()}
        assert set(broader(datatype)) == theirs.get(datatype, set())


def test_rules_that_change_nothing_are_not_kept(ontology: set[Triple]) -> None:
    heads = {rule.head.relation.cls for rule in compile_rules(Axioms(ontology), ontology)}
    assert heads
    assert not any("XMLSchema#" in cls or cls.endswith("owl#Thing>") for cls in heads)


def test_compiled_engine_loads_nothing_but_the_standard_library(ontology_files: Path) -> None:
    script = """if True:
        import sys
        from kg.reason import closure, explain
        of, cls = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2000/01/rdf-schema#domain>"
        graph = {("<urn:p>", cls, "<urn:C>"), ("<urn:a>", "<urn:p>", "<urn:b>")}
        assert closure(graph) == {("<urn:a>", of, "<urn:C>")} and explain(graph, ("<urn:a>", of, "<urn:C>"))
        assert not {"rdflib", "owlrl", "pyoxigraph"} & set(sys.modules)"""
    root = Path(kg.reason.__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)
