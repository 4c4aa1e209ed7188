"""Names of the RDF, RDFS, OWL and XSD terms that the rules speak of, as canonical N-Triples tokens."""

from typing import Final

Triple = tuple[str, str, str]
"""Subject, predicate and object as canonical N-Triples tokens."""

_RDF: Final = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "<http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "<http://www.w3.org/2002/07/owl#"
XSD: Final = "<http://www.w3.org/2001/XMLSchema#"
NAMESPACES: Final = (_RDF, _RDFS, _OWL, XSD)

TYPE: Final = f"{_RDF}type>"
FIRST: Final = f"{_RDF}first>"
REST: Final = f"{_RDF}rest>"
NIL: Final = f"{_RDF}nil>"
LANG_STRING: Final = f"{_RDF}langString>"

SUBCLASS: Final = f"{_RDFS}subClassOf>"
SUBPROPERTY: Final = f"{_RDFS}subPropertyOf>"
DOMAIN: Final = f"{_RDFS}domain>"
RANGE: Final = f"{_RDFS}range>"

THING: Final = f"{_OWL}Thing>"
NOTHING: Final = f"{_OWL}Nothing>"
CLASS: Final = f"{_OWL}Class>"
SAME_AS: Final = f"{_OWL}sameAs>"
EQUIVALENT_CLASS: Final = f"{_OWL}equivalentClass>"
EQUIVALENT_PROPERTY: Final = f"{_OWL}equivalentProperty>"
INVERSE: Final = f"{_OWL}inverseOf>"
CHAIN: Final = f"{_OWL}propertyChainAxiom>"
INTERSECTION: Final = f"{_OWL}intersectionOf>"
UNION: Final = f"{_OWL}unionOf>"
ONE_OF: Final = f"{_OWL}oneOf>"
ON_PROPERTY: Final = f"{_OWL}onProperty>"
SOME_VALUES: Final = f"{_OWL}someValuesFrom>"
ALL_VALUES: Final = f"{_OWL}allValuesFrom>"
HAS_VALUE: Final = f"{_OWL}hasValue>"
HAS_KEY: Final = f"{_OWL}hasKey>"
MAX_CARDINALITY: Final = f"{_OWL}maxCardinality>"
MAX_QUALIFIED: Final = f"{_OWL}maxQualifiedCardinality>"
DISJOINT_WITH: Final = f"{_OWL}disjointWith>"
DISJOINT_PROPERTY: Final = f"{_OWL}propertyDisjointWith>"
DISJOINT_UNION: Final = f"{_OWL}disjointUnionOf>"
COMPLEMENT: Final = f"{_OWL}complementOf>"
ON_CLASS: Final = f"{_OWL}onClass>"
MEMBERS: Final = f"{_OWL}members>"
DISTINCT_MEMBERS: Final = f"{_OWL}distinctMembers>"

SYMMETRIC: Final = f"{_OWL}SymmetricProperty>"
TRANSITIVE: Final = f"{_OWL}TransitiveProperty>"
FUNCTIONAL: Final = f"{_OWL}FunctionalProperty>"
INVERSE_FUNCTIONAL: Final = f"{_OWL}InverseFunctionalProperty>"
OBJECT_PROPERTY: Final = f"{_OWL}ObjectProperty>"
DATATYPE_PROPERTY: Final = f"{_OWL}DatatypeProperty>"
PROPERTY: Final = f"{_RDF}Property>"
DATATYPE: Final = f"{_RDFS}Datatype>"
ANNOTATION_PROPERTY: Final = f"{_OWL}AnnotationProperty>"

PROPERTY_KINDS: Final = (OBJECT_PROPERTY, DATATYPE_PROPERTY, PROPERTY)
"""Typings that make a property a sub-property of itself (scm-op, scm-dp)."""

LIST_PREDICATES: Final = (INTERSECTION, UNION, ONE_OF, CHAIN, HAS_KEY, MEMBERS, DISTINCT_MEMBERS, DISJOINT_UNION)
"""Predicates whose object is an RDF list."""

CLASS_PAIRS: Final = (SUBCLASS, EQUIVALENT_CLASS, DISJOINT_WITH, COMPLEMENT)
"""Predicates between two classes."""

PROPERTY_PAIRS: Final = (SUBPROPERTY, EQUIVALENT_PROPERTY, INVERSE, DISJOINT_PROPERTY)
"""Predicates between two properties."""

AXIOM_PREDICATES: Final = frozenset(
    (
        *(TYPE, FIRST, REST, SAME_AS, DOMAIN, RANGE, ON_PROPERTY, SOME_VALUES, ALL_VALUES, HAS_VALUE, ON_CLASS),
        *(MAX_CARDINALITY, MAX_QUALIFIED, *LIST_PREDICATES, *CLASS_PAIRS, *PROPERTY_PAIRS),
    )
)
"""Predicates of the triples that rules are compiled from; a rule that concludes one would change the rules."""

AXIOM_CLASSES: Final = frozenset(
    (CLASS, SYMMETRIC, TRANSITIVE, FUNCTIONAL, INVERSE_FUNCTIONAL, *PROPERTY_KINDS),
)
"""Classes whose membership is an axiom; a rule that concludes one would change the rules."""

GENERATED_PREDICATES: Final = frozenset(
    (TYPE, SAME_AS, DOMAIN, RANGE, SUBCLASS, EQUIVALENT_CLASS, DISJOINT_WITH, SUBPROPERTY, EQUIVALENT_PROPERTY)
)
"""Predicates of conclusions about the schema that the compiled rules do not draw, so that none may rest on them."""

GENERATED_CLASSES: Final = frozenset((CLASS, DATATYPE, ANNOTATION_PROPERTY))
"""Classes that OWL 2 RL fills by itself (cls-thing, dt-type1, prp-ap) and the compiled rules do not."""

SCHEMA_CLASSES: Final = AXIOM_CLASSES | {
    *(f"{_RDFS}{name}>" for name in ("Class", "Datatype", "ContainerMembershipProperty")),
    *(f"{_OWL}{name}>" for name in ("Restriction", "DataRange", "DeprecatedClass", "DeprecatedProperty")),
    *(f"{_OWL}{kind}Property>" for kind in ("Annotation", "Ontology", "Asymmetric", "Reflexive", "Irreflexive")),
    f"{_RDF}List>",
}
"""Classes of classes, of properties, of datatypes and of nodes of lists."""

REFLEXIVE: Final = frozenset((SAME_AS, EQUIVALENT_CLASS, EQUIVALENT_PROPERTY, SUBCLASS, SUBPROPERTY))
"""Predicates that hold between everything of a kind and itself."""


def is_anonymous(token: str) -> bool:
    """Whether a token is a blank node, or an IRI in its place (RDF 1.1 Concepts, section 3.5)."""
    return token.startswith("_:") or "/.well-known/genid/" in token
