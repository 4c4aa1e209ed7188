"""Both engines agree on random graphs and random ontologies, and the closure behaves as a closure."""

from hashlib import sha256
from random import Random

from conftest import thorough
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.reason import closure

Triple = tuple[str, str, str]

RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#{}>".format
RDFS = "<http://www.w3.org/2000/01/rdf-schema#{}>".format
OWL = "<http://www.w3.org/2002/07/owl#{}>".format
XSD = "<http://www.w3.org/2001/XMLSchema#{}>".format
EX = "<https://example.org/{}>".format
KG = "<https://w3id.org/kabar/ontology#{}>".format
CONTAINED = "<https://schema.org/containedInPlace>"

INDIVIDUALS = [*map(EX, "abcde"), "_:f"]
LITERALS = ['"x"', '"x"@en', f'"1"^^{XSD("integer")}', f'"2021-12-07"^^{XSD("date")}']
CLASSES = [*map(EX, "CDEF")]
NODES = ["_:r", "_:s", EX(".well-known/genid/t"), EX("u")]
PROPERTIES = [*map(EX, "pqrs"), "_:inverse"]
EXPRESSIONS = st.sampled_from([*CLASSES, *NODES, OWL("Thing"), OWL("Nothing"), XSD("integer"), XSD("decimal")])
PROPERTY = st.sampled_from(PROPERTIES)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def lists(members: list[str]) -> tuple[str, set[Triple]]:
    """An RDF list, its nodes named after what it holds: its head and its triples."""
    name = "_:list" + sha256(repr(members).encode()).hexdigest()[:12] + "n"
    nodes = [f"{name}{place}" for place in range(len(members))] + [RDF("nil")]
    triples = {(node, RDF("first"), member) for node, member in zip(nodes, members, strict=False)}
    return nodes[0], triples | set(zip(nodes, [RDF("rest")] * len(members), nodes[1:], strict=False))


@st.composite
def axioms(draw: st.DrawFn) -> set[Triple]:
    """One axiom of a kind that is compiled."""
    kind = draw(
        st.sampled_from(["pair", "pair", "property", "signature", "kind", "restriction", "list", "chain", "one"])
    )
    if kind == "pair":
        predicate = draw(st.sampled_from([RDFS("subClassOf"), OWL("equivalentClass"), OWL("disjointWith")]))
        return {(draw(EXPRESSIONS), predicate, draw(EXPRESSIONS))}
    if kind == "property":
        predicate = draw(st.sampled_from([RDFS("subPropertyOf"), OWL("equivalentProperty"), OWL("inverseOf")]))
        return {(draw(PROPERTY), predicate, draw(PROPERTY))}
    if kind == "signature":
        return {(draw(PROPERTY), draw(st.sampled_from([RDFS("domain"), RDFS("range")])), draw(EXPRESSIONS))}
    if kind == "kind":
        names = ["TransitiveProperty", "SymmetricProperty", "ObjectProperty", "DatatypeProperty", "IrreflexiveProperty"]
        return {(draw(PROPERTY), RDF("type"), OWL(draw(st.sampled_from(names))))}
    if kind == "restriction":
        node = draw(st.sampled_from(NODES))
        wanted = draw(st.sampled_from(["someValuesFrom", "allValuesFrom", "hasValue"]))
        value = draw(st.sampled_from([*INDIVIDUALS, *LITERALS]) if wanted == "hasValue" else EXPRESSIONS)
        return {(node, OWL("onProperty"), draw(PROPERTY)), (node, OWL(wanted), value)}
    if kind == "list":
        head, triples = lists(draw(st.lists(EXPRESSIONS, max_size=3)))
        subject = draw(st.sampled_from([*CLASSES, *NODES]))
        return {(subject, OWL(draw(st.sampled_from(["intersectionOf", "unionOf"]))), head), *triples}
    if kind == "chain":
        head, triples = lists(draw(st.lists(PROPERTY, max_size=3)))
        return {(draw(PROPERTY), OWL("propertyChainAxiom"), head), *triples}
    head, triples = lists(draw(st.lists(st.sampled_from([*INDIVIDUALS, *LITERALS]), max_size=2)))
    return {(draw(st.sampled_from([*CLASSES, *NODES])), OWL("oneOf"), head), *triples}


declarations = st.sets(st.sampled_from([*CLASSES, *NODES])).map(
    lambda classes: {(name, RDF("type"), OWL("Class")) for name in classes}
)
ontologies = st.tuples(declarations, st.lists(axioms(), min_size=3, max_size=12)).map(
    lambda parts: parts[0].union(*parts[1])
)
typings = st.tuples(st.sampled_from(INDIVIDUALS), st.just(RDF("type")), EXPRESSIONS)
links = st.tuples(
    st.sampled_from([*INDIVIDUALS, EX("C"), EX("p")]), PROPERTY, st.sampled_from([*INDIVIDUALS, *LITERALS, EX("D")])
)
data = st.sets(st.one_of(typings, links, links), min_size=3, max_size=12)


@thorough
@settings(SLOW, max_examples=100)
@given(ontologies, data)
def test_engines_agree_on_random_ontologies(schema: set[Triple], facts: set[Triple]) -> None:
    assert closure(schema | facts) == closure(schema | facts, engine="owlrl")


@thorough
@settings(SLOW, max_examples=20)
@given(seed=st.integers(0, 2**32))
def test_engines_agree_on_random_data_over_our_ontology(ontology: set[Triple], seed: int) -> None:
    graph = ontology | random_data(ontology, Random(seed))
    assert closure(graph) == closure(graph, engine="owlrl")


@settings(SLOW, max_examples=50)
@given(ontologies, data)
def test_closure_of_the_closure_adds_nothing(schema: set[Triple], facts: set[Triple]) -> None:
    graph = schema | facts
    assert closure(graph | closure(graph)) == set()


@settings(SLOW, max_examples=50)
@given(ontologies, data, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(schema: set[Triple], facts: set[Triple], random: Random) -> None:
    graph = [*schema, *facts, *facts]
    expected = closure(graph)
    random.shuffle(graph)
    assert closure(iter(graph)) == expected


@settings(SLOW, max_examples=50)
@given(ontologies, data, data)
def test_more_facts_about_individuals_take_nothing_away(
    schema: set[Triple], facts: set[Triple], more: set[Triple]
) -> None:
    # A class or property that is mentioned for the first time would take facts about itself out of the closure.
    schema = schema | {(name, RDF("type"), OWL("Class")) for name in CLASSES + NODES}
    schema |= {(name, RDF("type"), OWL("ObjectProperty")) for name in PROPERTIES}
    assert closure(schema | facts) <= closure(schema | facts | more) | more


def random_data(ontology: set[Triple], random: Random) -> set[Triple]:
    """Individuals typed and linked at random with the classes and properties of an ontology, circles and all."""
    classes = sorted({s for s, p, o in ontology if p == RDF("type") and o == OWL("Class")})
    properties = sorted({s for s, p, _ in ontology if p in (RDFS("domain"), RDFS("range"))})
    # What the chains are made of comes up more often, or they would hardly ever meet.
    properties += [
        *map(KG, ("makes", "investor", "place", "investedIn", "holds", "organization", "mode")),
        CONTAINED,
    ] * 8
    ends = [*INDIVIDUALS, *INDIVIDUALS, *LITERALS, "<https://w3id.org/kabar/id/mode/direct>"]
    typed = {(random.choice(INDIVIDUALS), RDF("type"), random.choice(classes)) for _ in range(4)}
    return typed | {(random.choice(INDIVIDUALS), random.choice(properties), random.choice(ends)) for _ in range(14)}
