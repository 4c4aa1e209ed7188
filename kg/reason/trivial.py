"""What the closure leaves out, in the same way for every engine."""

from collections.abc import Collection, Iterable

from kg.reason.axioms import Axioms
from kg.reason.vocabulary import NAMESPACES, NOTHING, REFLEXIVE, SCHEMA_CLASSES, TYPE, Triple, is_anonymous


def without_trivial(facts: Iterable[Triple], axioms: Axioms, given: Collection[Triple]) -> set[Triple]:
    """The facts about individuals that are worth stating.

    Left out is a fact

    - that is given already;
    - whose subject is a literal, or whose predicate is not an IRI (both can occur while rules are applied, neither is
      RDF), or is an IRI in place of a blank node (RDF 1.1 Concepts, section 3.5);
    - about a schema term: one whose subject is a class, a property, a restriction, a node of a list or a datatype by
      the place where it stands in a given triple (a term used as a predicate or as the object of `rdf:type` too), or
      any term of the RDF, RDFS, OWL and XSD vocabularies;
    - that gives as type a term of these vocabularies (`owl:Thing`, `rdfs:Resource`, `rdfs:Class`, `xsd:integer`, ...;
      not `owl:Nothing`, which says that something is wrong) or a class without a name: a blank node, an IRI in place of
      one, a restriction;
    - that says of something what holds of everything and itself: `owl:sameAs`, `owl:equivalentClass`,
      `owl:equivalentProperty`, `rdfs:subClassOf`, `rdfs:subPropertyOf` with one and the same subject and object.

    Args:
        facts: what an engine found, with or without what was given.
        axioms: the axioms among the given triples.
        given: ontology and data.
    """
    found = list(facts)
    schema = _schema_terms(axioms, given)
    subjects = {subject for subject, _, _ in found}
    individuals = {term for term in subjects - schema if term[0] != '"' and not term.startswith(NAMESPACES)}
    properties = {predicate for _, predicate, _ in found if predicate[0] == "<" and not is_anonymous(predicate)}
    classes = {value for _, predicate, value in found if predicate == TYPE} - axioms.restrictions()
    named = {term for term in classes if term == NOTHING or not (is_anonymous(term) or term.startswith(NAMESPACES))}
    kept = {
        fact
        for fact in found
        if fact[0] in individuals
        and fact[1] in properties
        and (fact[1] != TYPE or fact[2] in named)
        and (fact[0] != fact[2] or fact[1] not in REFLEXIVE)
    }
    return kept.difference(given)


def _schema_terms(axioms: Axioms, given: Collection[Triple]) -> set[str]:
    """Classes, properties and nodes of lists, by where they stand in the given triples."""
    terms = axioms.schema_terms()
    terms.update({predicate for _, predicate, _ in given})
    typings = [(subject, value) for subject, predicate, value in given if predicate == TYPE]
    terms.update({value for _, value in typings})
    terms.update(subject for subject, value in typings if value in SCHEMA_CLASSES)
    return terms
