"""The reference engine: the OWL 2 RL rules of owlrl, behind one function, for comparison and for what is not compiled.

owlrl is being absorbed into rdflib; this is the only module that knows either of them.
"""

from collections.abc import Iterable

from owlrl.OWLRL import OWLRL_Semantics
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from kg.reason.datatypes import KNOWN, datatype_of
from kg.reason.vocabulary import MAX_CARDINALITY, MAX_QUALIFIED, NAMESPACES, TYPE, Triple


def closure_by_owlrl(triples: Iterable[Triple]) -> set[Triple]:
    """All that owlrl concludes from some triples, together with them; without axiomatic triples.

    rdflib never sees the text of a term: it would rewrite some literals and parse others. Each term outside the
    RDF, RDFS, OWL and XSD vocabularies goes in as a number in place of its name, each literal with its datatype as
    type, which is what owlrl would add first (dt-type2).
    """
    numbers: dict[str, URIRef] = {}
    graph = Graph()
    for subject, predicate, value in triples:
        node: Node = _node(value, numbers)
        if predicate in (MAX_CARDINALITY, MAX_QUALIFIED):
            node = _cardinality(value)
        elif value[0] == '"' and (datatype := datatype_of(value)) in KNOWN:
            graph.add((node, _node(TYPE, numbers), _node(datatype, numbers)))
        graph.add((_node(subject, numbers), _node(predicate, numbers), node))
    OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
    names = {node: token for token, node in numbers.items()}
    found = ((_name(s, names), _name(p, names), _name(o, names)) for s, p, o in graph)
    return {(s, p, o) for s, p, o in found if s and p and o}


def _node(token: str, numbers: dict[str, URIRef]) -> URIRef:
    """The stand-in of a term, the same for the same token."""
    if token not in numbers:
        numbers[token] = URIRef(token[1:-1] if token.startswith(NAMESPACES) else f"urn:term:{len(numbers)}")
    return numbers[token]


def _cardinality(token: str) -> Literal:
    """The number in a cardinality axiom, 0 or 1; -1 for any other, as no rule says anything about them."""
    digits = token[1 : token.rindex('"')].removeprefix("+") if token[0] == '"' else ""
    return Literal({"0": 0, "1": 1}.get(digits.lstrip("0") or digits[-1:], -1))


def _name(node: Node, names: dict[URIRef, str]) -> str:
    """The token of a stand-in or of a vocabulary term; empty for a message of owlrl's and for a cardinality."""
    if not isinstance(node, URIRef):
        return ""
    name = names.get(node, f"<{node}>")
    return name if node in names or name.startswith(NAMESPACES) else ""
