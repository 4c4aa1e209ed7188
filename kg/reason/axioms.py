"""The axioms of a graph: which of its triples say something about classes and properties, and the lists they use."""

from collections import defaultdict
from collections.abc import Iterable

from kg.errors import InputError
from kg.reason.vocabulary import (
    ALL_VALUES,
    AXIOM_CLASSES,
    AXIOM_PREDICATES,
    CHAIN,
    CLASS_PAIRS,
    DOMAIN,
    FIRST,
    HAS_KEY,
    HAS_VALUE,
    INTERSECTION,
    LIST_PREDICATES,
    MAX_CARDINALITY,
    MAX_QUALIFIED,
    NIL,
    ON_CLASS,
    ON_PROPERTY,
    ONE_OF,
    PROPERTY_PAIRS,
    RANGE,
    REST,
    SOME_VALUES,
    TYPE,
    UNION,
    Triple,
)

_CLASS_EXPRESSIONS = (
    *(INTERSECTION, UNION, ONE_OF, ON_PROPERTY, SOME_VALUES, ALL_VALUES, HAS_VALUE, ON_CLASS),
    *(MAX_CARDINALITY, MAX_QUALIFIED, HAS_KEY),
)
_SCHEMA_OBJECTS = (*CLASS_PAIRS, *PROPERTY_PAIRS, DOMAIN, RANGE, ON_PROPERTY, SOME_VALUES, ALL_VALUES, ON_CLASS)
_SCHEMA_SUBJECTS = (*CLASS_PAIRS, *PROPERTY_PAIRS, DOMAIN, RANGE, CHAIN, FIRST, REST, *_CLASS_EXPRESSIONS)


class Axioms:
    """The axioms found anywhere among some triples, in an order that does not depend on theirs."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Collects the axioms.

        Raises:
            InputError: a list that an axiom uses is malformed: a node of it lacks its one `rdf:first` or its one
                `rdf:rest`, or the list runs in a circle.
        """
        pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
        wanted = AXIOM_PREDICATES  # a local name: this looks at every triple of the graph
        for subject, predicate, value in [triple for triple in triples if triple[1] in wanted]:
            if predicate != TYPE or value in AXIOM_CLASSES:
                pairs[predicate].add((subject, value))
        self._pairs = {predicate: sorted(found) for predicate, found in pairs.items()}
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        for predicate, found in self._pairs.items():
            for subject, value in found:
                self._values[subject, predicate].append(value)
        heads = {head for predicate in LIST_PREDICATES for _, head in self.pairs(predicate)}
        self._lists = {head: self._read_list(head) for head in sorted(heads)}

    def pairs(self, predicate: str) -> list[tuple[str, str]]:
        """Subjects and objects of an axiom predicate, sorted."""
        return self._pairs.get(predicate, [])

    def values(self, subject: str, predicate: str) -> list[str]:
        """Objects of an axiom predicate at one subject, sorted."""
        return self._values.get((subject, predicate), [])

    def instances(self, *classes: str) -> list[tuple[str, str]]:
        """Terms that are typed as one of some classes of the OWL vocabulary, each with its class, sorted."""
        return [(subject, kind) for subject, kind in self.pairs(TYPE) if kind in classes]

    def members(self, head: str) -> list[str]:
        """Members of a list that an axiom uses, in order, duplicates kept."""
        return [self.values(node, FIRST)[0] for node in self._lists[head]]

    def list_triples(self, head: str) -> tuple[Triple, ...]:
        """The triples that make up a list that an axiom uses."""
        return tuple(
            (node, predicate, self.values(node, predicate)[0])
            for node in self._lists[head]
            for predicate in (FIRST, REST)
        )

    def schema_terms(self) -> set[str]:
        """Terms that stand where only a class, a property or a node of a list can stand in an axiom."""
        terms = {subject for subject, _ in self.pairs(TYPE)}
        for predicate in _SCHEMA_SUBJECTS:
            terms.update(subject for subject, _ in self.pairs(predicate))
        for predicate in _SCHEMA_OBJECTS:
            terms.update(value for _, value in self.pairs(predicate))
        for predicate in (INTERSECTION, UNION, CHAIN, HAS_KEY):
            for _, head in self.pairs(predicate):
                terms.update(self.members(head))
        terms.update(value for _, value in self.pairs(REST))
        return terms

    def restrictions(self) -> set[str]:
        """Nodes that stand for a restriction on a property."""
        return {subject for subject, _ in self.pairs(ON_PROPERTY)}

    def _read_list(self, head: str) -> list[str]:
        """Nodes of a list from its head on, without `rdf:nil`."""
        nodes: list[str] = []
        seen = set()
        node = head
        while node != NIL:
            for predicate, name in ((FIRST, "rdf:first"), (REST, "rdf:rest")):
                if (count := len(self.values(node, predicate))) != 1:
                    raise InputError(f"list {head}: node {node} has {count} values of {name}; give it exactly one")
            if node in seen:
                raise InputError(f"list {head}: it returns to its node {node}; end it with rdf:nil")
            seen.add(node)
            nodes.append(node)
            node = self.values(node, REST)[0]
        return nodes
