"""An explanation rests on what is given, never on itself, and each of its steps holds."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reason import Derivation, closure, explain
from kg.reason.axioms import Axioms
from kg.reason.fixpoint import Fixpoint
from kg.reason.rules import compile_rules

Triple = tuple[str, str, str]
Read = Callable[[Path | str], set[Triple]]

HERE = Path(__file__).parent
CASES = [path for path in sorted((HERE / "cases").glob("*.ttl")) if "# Not compiled" not in path.read_text("utf-8")]
GRAPHS = [HERE / "investments.ttl", HERE / "statements.ttl", *CASES]
KG = "<https://w3id.org/kabar/ontology#{}>".format
ID = "<https://w3id.org/kabar/id/{}>".format


def steps(derivation: Derivation, above: tuple[Triple, ...] = ()) -> Iterator[Derivation]:
    """All steps of a derivation; fails where a fact rests on itself."""
    assert derivation.fact not in above
    yield derivation
    for premise in derivation.premises:
        yield from steps(premise, (*above, derivation.fact))


def depth(derivation: Derivation) -> int:
    return 1 + max(map(depth, derivation.premises), default=-1)


def follows(fact: Triple, triples: set[Triple]) -> bool:
    """Whether a fact follows at once, be it one that the closure leaves out."""
    rules = compile_rules(Axioms(triples), triples)
    fixpoint = Fixpoint(rules, triples)
    fixpoint.run(fact)
    return fact in set(fixpoint.inferred())


def check(graph: set[Triple], fact: Triple) -> None:
    found = explain(graph, fact)
    assert found is not None
    assert found.fact == fact
    for step in steps(found):
        if step.rule == "asserted":
            assert step.fact in graph
            assert (step.axioms, step.premises) == ((), ())
        else:
            assert step.fact not in graph
            assert graph.issuperset(step.axioms)


@pytest.mark.parametrize("file", GRAPHS, ids=lambda path: path.stem)
def test_every_inferred_fact_rests_on_what_is_given(file: Path, ontology: set[Triple], read: Read) -> None:
    graph = read(file) if file.parent.name == "cases" else ontology | read(file)
    for fact in closure(graph):
        check(graph, fact)


@pytest.mark.parametrize("file", [HERE / "investments.ttl", HERE / "statements.ttl"], ids=lambda path: path.stem)
def test_each_step_follows_from_its_axioms_and_premises(file: Path, ontology: set[Triple], read: Read) -> None:
    graph = ontology | read(file)
    for fact in closure(graph):
        found = explain(graph, fact)
        assert found is not None
        for step in steps(found):
            if step.rule != "asserted":
                premises = {premise.fact for premise in step.premises}
                asked = {  # some other rule must ask for a type that the closure leaves out
                    (step.fact[2], "<http://www.w3.org/2000/01/rdf-schema#subClassOf>", "<urn:asked>"),
                }
                assert follows(step.fact, {*step.axioms, *premises, *asked})


@settings(deadline=None, max_examples=40)
@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=14))
def test_circles_of_places_are_explained_without_circles(pairs: set[tuple[int, int]]) -> None:
    within = "<https://schema.org/containedInPlace>"
    axiom = (
        within,
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
        "<http://www.w3.org/2002/07/owl#TransitiveProperty>",
    )
    graph = {axiom, *((ID(a), within, ID(b)) for a, b in pairs)}
    for fact in closure(graph):
        check(graph, fact)


def test_chain_names_its_axiom_and_list(ontology: set[Triple], read: Read) -> None:
    graph = ontology | read(HERE / "investments.ttl")
    found = explain(graph, (ID("acme"), KG("investedIn"), ID("zone")))
    assert found is not None
    assert found.rule == "prp-spo2"
    assert [premise.rule for premise in found.premises] == ["prp-inv2", "asserted"]
    assert [premise.fact[1] for premise in found.premises] == [KG("makes"), KG("place")]
    assert {triple[2] for triple in found.axioms} >= {KG("makes"), KG("place")}
    assert len(found.axioms) == 5


def test_shortest_way_is_taken(ontology: set[Triple], read: Read) -> None:
    graph = ontology | read(HERE / "investments.ttl")
    found = explain(graph, (ID("city"), "<https://schema.org/containedInPlace>", ID("country")))
    assert found is not None
    assert depth(found) == 1
    far = explain(graph, (ID("zone"), "<https://schema.org/containedInPlace>", ID("country")))
    assert far is not None
    assert depth(far) == 2


def test_same_explanation_whatever_the_order(ontology: set[Triple], read: Read) -> None:
    graph = sorted(ontology | read(HERE / "investments.ttl"))
    fact = (ID("acme"), KG("investedIn"), ID("country"))
    assert explain(graph, fact) == explain(reversed(graph), fact) == explain(set(graph), fact)


def test_asserted_fact_is_a_leaf(ontology: set[Triple], read: Read) -> None:
    graph = ontology | read(HERE / "investments.ttl")
    fact = (ID("acme"), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", KG("Company"))
    assert explain(graph, fact) == Derivation(fact, "asserted")


@pytest.mark.parametrize(
    "fact",
    [
        (ID("fund"), KG("investedIn"), ID("city")),
        (ID("acme"), KG("unknown"), ID("city")),
        (ID("nobody"), KG("investedIn"), ID("city")),
        (ID("acme"), "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2002/07/owl#Thing>"),
    ],
)
def test_what_does_not_hold_is_not_explained(fact: Triple, ontology: set[Triple], read: Read) -> None:
    assert explain(ontology | read(HERE / "investments.ttl"), fact) is None
