"""Which class and which property lies below which: the direct steps, and those that follow between restrictions."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from kg.reason.axioms import Axioms
from kg.reason.vocabulary import (
    ALL_VALUES,
    CLASS,
    EQUIVALENT_CLASS,
    EQUIVALENT_PROPERTY,
    HAS_VALUE,
    INTERSECTION,
    NOTHING,
    ON_PROPERTY,
    PROPERTY_KINDS,
    SOME_VALUES,
    SUBCLASS,
    SUBPROPERTY,
    THING,
    TYPE,
    UNION,
    Triple,
)


class Edge(NamedTuple):
    """One step up: the lower and the upper term, the W3C rule that gives it, the triples it rests on."""

    lower: str
    upper: str
    rule: str
    axioms: tuple[Triple, ...]


class Restriction(NamedTuple):
    """A class expression on a property: its node, the property, and the class or value asked for."""

    node: str
    property: str
    filler: str
    axioms: tuple[Triple, ...]


class Order:
    """Steps up between terms, and whether one term lies below another by any number of them.

    A term lies below itself only where a step says so (scm-cls, scm-op, scm-dp), not by way of others: so does owlrl.
    """

    def __init__(self) -> None:
        """Starts without any step."""
        self._up: dict[str, dict[str, Edge]] = {}
        self._paths: dict[str, dict[str, Edge]] = {}

    def add(self, edge: Edge) -> bool:
        """Adds a step; False if there is one between the two terms already."""
        above = self._up.setdefault(edge.lower, {})
        if edge.upper in above:
            return False
        above[edge.upper] = edge
        self._paths.clear()
        return True

    def edges(self) -> Iterator[Edge]:
        """All steps between two different terms, in the order of their lower terms."""
        for lower in sorted(self._up):
            yield from (edge for edge in self._up[lower].values() if edge.upper != lower)

    def why(self, lower: str, upper: str) -> tuple[Triple, ...] | None:
        """The triples by which one term lies below another, along a shortest way; None if it does not."""
        last = self._last_steps(lower)
        if upper not in last:
            return None
        axioms: list[Triple] = []
        node = upper
        while True:
            edge = last[node]
            axioms.extend(edge.axioms)
            node = edge.lower
            if node == lower:
                return tuple(dict.fromkeys(axioms))

    def _last_steps(self, lower: str) -> dict[str, Edge]:
        """For each term above one, the last step of a shortest way up to it."""
        if lower in self._paths:
            return self._paths[lower]
        last: dict[str, Edge] = {}
        queue = deque([lower])
        while queue:
            for upper, edge in self._up.get(queue.popleft(), {}).items():
                if upper not in last and upper != lower:
                    last[upper] = edge
                    queue.append(upper)
        if lower in self._up.get(lower, {}):
            last[lower] = self._up[lower][lower]
        self._paths[lower] = last
        return last


def restrictions(axioms: Axioms, kind: str) -> list[Restriction]:
    """The restrictions of one kind: `owl:someValuesFrom`, `owl:allValuesFrom` or `owl:hasValue`."""
    return [
        Restriction(node, prop, filler, ((node, ON_PROPERTY, prop), (node, kind, filler)))
        for node, filler in axioms.pairs(kind)
        for prop in axioms.values(node, ON_PROPERTY)
    ]


def property_order(axioms: Axioms) -> Order:
    """Properties by prp-spo1 and prp-eqp1/2; a declared one lies below itself (scm-op, scm-dp)."""
    order = Order()
    for lower, upper in axioms.pairs(SUBPROPERTY):
        order.add(Edge(lower, upper, "prp-spo1", ((lower, SUBPROPERTY, upper),)))
    for one, other in axioms.pairs(EQUIVALENT_PROPERTY):
        if one != other:
            why = ((one, EQUIVALENT_PROPERTY, other),)
            order.add(Edge(one, other, "prp-eqp1", why))
            order.add(Edge(other, one, "prp-eqp2", why))
    for prop, kind in axioms.instances(*PROPERTY_KINDS):
        order.add(Edge(prop, prop, "scm-op", ((prop, TYPE, kind),)))
    return order


def class_order(axioms: Axioms, properties: Order) -> Order:
    """Classes by cax-sco, cax-eqc1/2, cls-int2, cls-uni, scm-cls; restrictions by scm-hv, scm-svf1/2, scm-avf1/2."""
    order = Order()
    for edge in _stated(axioms):
        order.add(edge)
    some, every, value = (restrictions(axioms, kind) for kind in (SOME_VALUES, ALL_VALUES, HAS_VALUE))
    # A step between two restrictions can give another: a restriction may be what a further one asks for.
    while True:
        found = [
            *_by_filler(some, order, "scm-svf1"),
            *_by_filler(every, order, "scm-avf1"),
            *_by_property(some, properties, "scm-svf2", upward=True),
            *_by_property(every, properties, "scm-avf2", upward=False),
            *_by_property(value, properties, "scm-hv", upward=True),
        ]
        if not sum(order.add(edge) for edge in found):
            return order


def _stated(axioms: Axioms) -> Iterator[Edge]:
    """Steps that one axiom gives."""
    for lower, upper in axioms.pairs(SUBCLASS):
        yield Edge(lower, upper, "cax-sco", ((lower, SUBCLASS, upper),))
    for one, other in axioms.pairs(EQUIVALENT_CLASS):
        if one != other:
            yield Edge(one, other, "cax-eqc1", ((one, EQUIVALENT_CLASS, other),))
            yield Edge(other, one, "cax-eqc2", ((one, EQUIVALENT_CLASS, other),))
    for whole, head in axioms.pairs(INTERSECTION):
        why = ((whole, INTERSECTION, head), *axioms.list_triples(head))
        yield from (Edge(whole, part, "cls-int2", why) for part in axioms.members(head))
    for whole, head in axioms.pairs(UNION):
        why = ((whole, UNION, head), *axioms.list_triples(head))
        yield from (Edge(part, whole, "cls-uni", why) for part in axioms.members(head))
    declared: list[tuple[str, tuple[Triple, ...]]] = [(THING, ()), (NOTHING, ())]
    declared += [(name, ((name, TYPE, kind),)) for name, kind in axioms.instances(CLASS)]
    for name, why in declared:
        yield Edge(name, name, "scm-cls", why)
        yield Edge(name, THING, "scm-cls", why)
        yield Edge(NOTHING, name, "scm-cls", why)


def _by_filler(found: list[Restriction], order: Order, rule: str) -> Iterator[Edge]:
    """Rules scm-svf1, scm-avf1: of two on one property, the one that asks for a lower class lies below."""
    for alike in _grouped(found, attrgetter("property")):
        for one, other in product(alike, repeat=2):
            if (why := order.why(one.filler, other.filler)) is not None:
                yield Edge(one.node, other.node, rule, (*one.axioms, *other.axioms, *why))


def _by_property(found: list[Restriction], order: Order, rule: str, *, upward: bool) -> Iterator[Edge]:
    """Rules scm-svf2, scm-hv (upward), scm-avf2 (downward): of two that ask for the same, by their properties."""
    for alike in _grouped(found, attrgetter("filler")):
        for one, other in product(alike, repeat=2):
            if (why := order.why(one.property, other.property)) is not None:
                lower, upper = (one, other) if upward else (other, one)
                yield Edge(lower.node, upper.node, rule, (*one.axioms, *other.axioms, *why))


def _grouped(found: list[Restriction], key: Callable[[Restriction], str]) -> Iterator[list[Restriction]]:
    """Restrictions that share a property or a filler."""
    groups: dict[str, list[Restriction]] = {}
    for restriction in found:
        groups.setdefault(key(restriction), []).append(restriction)
    yield from groups.values()
