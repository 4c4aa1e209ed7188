"""Compiles the axioms of an ontology to rules about individuals, each with the W3C name of the rule it instantiates."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from kg.reason.axioms import Axioms
from kg.reason.datatypes import KNOWN, typings
from kg.reason.subsumption import class_order, property_order, restrictions
from kg.reason.vocabulary import (
    ALL_VALUES,
    AXIOM_CLASSES,
    AXIOM_PREDICATES,
    CHAIN,
    DOMAIN,
    FUNCTIONAL,
    GENERATED_CLASSES,
    GENERATED_PREDICATES,
    HAS_KEY,
    HAS_VALUE,
    INTERSECTION,
    INVERSE,
    INVERSE_FUNCTIONAL,
    MAX_CARDINALITY,
    MAX_QUALIFIED,
    NAMESPACES,
    NOTHING,
    ONE_OF,
    RANGE,
    SAME_AS,
    SOME_VALUES,
    SYMMETRIC,
    THING,
    TRANSITIVE,
    TYPE,
    Triple,
)


class Unsupported(Exception):  # noqa: N818 (a limit of this engine, not a fault of the input)
    """The axioms use something that the compiled rules do not cover.

    Attributes:
        constructs: what it is, one line each, sorted: `"<http://www.w3.org/2002/07/owl#sameAs>"`.
    """

    def __init__(self, constructs: Collection[str]) -> None:
        """Keeps what is not covered."""
        self.constructs = sorted(set(constructs))
        super().__init__(f"not covered by the compiled rules: {', '.join(self.constructs)}")


class Relation(NamedTuple):
    """What facts are kept by: a property, or (predicate `rdf:type`) the class whose members they tell."""

    predicate: str
    cls: str = ""


class Atom(NamedTuple):
    """A relation between variables (numbers) and terms (tokens): one argument for a class, two for a property."""

    relation: Relation
    arguments: tuple[int | str, ...]


class Rule(NamedTuple):
    """If every atom of the body holds, the head does; `axioms` are the triples that it was compiled from."""

    name: str
    head: Atom
    body: tuple[Atom, ...]
    axioms: tuple[Triple, ...]


X, Y, Z = 0, 1, 2


def compile_rules(axioms: Axioms, triples: Collection[Triple], *, partial: bool = False) -> list[Rule]:
    """The rules that give the conclusions about individuals, those without effect on the closure left out.

    The rules are those of OWL 2 RL that add facts: prp-dom, prp-rng, prp-symp, prp-trp, prp-spo1, prp-spo2 (chains of
    any length), prp-eqp1/2, prp-inv1/2, cls-int1/2, cls-uni, cls-svf1/2, cls-avf, cls-hv1/2, cls-oo, cax-sco,
    cax-eqc1/2, dt-type2, and scm-* as far as individuals can tell. Rules that only detect a contradiction (cax-dw,
    prp-irp, cls-com, ...) add nothing. Not covered is what concludes `owl:sameAs`: eq-*, prp-fp, prp-ifp, prp-key,
    cls-maxc2, cls-maxqc3/4.

    Args:
        axioms: the axioms found among the triples.
        triples: ontology and data, needed for the datatypes of literals.
        partial: leave out what is not covered in place of raising.

    Raises:
        Unsupported: an axiom is not covered, or concludes or rests on axioms itself.
    """
    rules = [*_property_rules(axioms), *_class_rules(axioms), *_restriction_rules(axioms)]
    problems = [*_uncovered(axioms), *(f"conclusions on {term}" for rule in rules for term in _changed_axioms(rule))]
    if partial:
        rules = [rule for rule in rules if not _changed_axioms(rule)]
    rules = _with_effect(rules)
    problems += [f"premises on {term}" for rule in rules for term in _generated_premises(rule)]
    if problems and not partial:
        raise Unsupported(problems)
    wanted = {atom.relation.cls for rule in rules for atom in rule.body} & KNOWN
    if wanted:
        for node, datatype in sorted(set(typings(triples, wanted))):
            rules.append(Rule("dt-type2", _member(datatype, node), (), ()))
    return rules


def _member(cls: str, node: int | str) -> Atom:
    return Atom(Relation(TYPE, cls), (node,))


def _link(prop: str, subject: int | str, value: int | str) -> Atom:
    return Atom(Relation(prop), (subject, value))


def _property_rules(axioms: Axioms) -> Iterator[Rule]:
    """Rules prp-*."""
    for prop, cls in axioms.pairs(DOMAIN):
        yield Rule("prp-dom", _member(cls, X), (_link(prop, X, Y),), ((prop, DOMAIN, cls),))
    for prop, cls in axioms.pairs(RANGE):
        yield Rule("prp-rng", _member(cls, Y), (_link(prop, X, Y),), ((prop, RANGE, cls),))
    for edge in property_order(axioms).edges():
        yield Rule(edge.rule, _link(edge.upper, X, Y), (_link(edge.lower, X, Y),), edge.axioms)
    for one, other in axioms.pairs(INVERSE):
        inverse = ((one, INVERSE, other),)
        yield Rule("prp-inv1", _link(other, Y, X), (_link(one, X, Y),), inverse)
        yield Rule("prp-inv2", _link(one, Y, X), (_link(other, X, Y),), inverse)
    for prop, kind in axioms.instances(SYMMETRIC):
        yield Rule("prp-symp", _link(prop, Y, X), (_link(prop, X, Y),), ((prop, TYPE, kind),))
    for prop, kind in axioms.instances(TRANSITIVE):
        yield Rule("prp-trp", _link(prop, X, Z), (_link(prop, X, Y), _link(prop, Y, Z)), ((prop, TYPE, kind),))
    for prop, head in axioms.pairs(CHAIN):
        steps = axioms.members(head)
        if steps:
            body = tuple(_link(step, place, place + 1) for place, step in enumerate(steps))
            why = ((prop, CHAIN, head), *axioms.list_triples(head))
            yield Rule("prp-spo2", _link(prop, 0, len(steps)), body, why)


def _class_rules(axioms: Axioms) -> Iterator[Rule]:
    """Rules cax-*, cls-int*, cls-uni, cls-oo, and cax-sco for what scm-* puts below something."""
    for edge in class_order(axioms, property_order(axioms)).edges():
        yield Rule(edge.rule, _member(edge.upper, X), (_member(edge.lower, X),), edge.axioms)
    for whole, head in axioms.pairs(INTERSECTION):
        parts = dict.fromkeys(axioms.members(head))
        if parts:
            why = ((whole, INTERSECTION, head), *axioms.list_triples(head))
            yield Rule("cls-int1", _member(whole, X), tuple(_member(part, X) for part in parts), why)
    for cls, head in axioms.pairs(ONE_OF):
        why = ((cls, ONE_OF, head), *axioms.list_triples(head))
        yield from (Rule("cls-oo", _member(cls, node), (), why) for node in axioms.members(head))


def _restriction_rules(axioms: Axioms) -> Iterator[Rule]:
    """Rules cls-svf*, cls-avf, cls-hv*."""
    for node, prop, filler, why in restrictions(axioms, SOME_VALUES):
        if filler == THING:
            yield Rule("cls-svf2", _member(node, X), (_link(prop, X, Y),), why)
        else:
            yield Rule("cls-svf1", _member(node, X), (_link(prop, X, Y), _member(filler, Y)), why)
    for node, prop, filler, why in restrictions(axioms, ALL_VALUES):
        yield Rule("cls-avf", _member(filler, Y), (_link(prop, X, Y), _member(node, X)), why)
    for node, prop, value, why in restrictions(axioms, HAS_VALUE):
        yield Rule("cls-hv1", _link(prop, X, value), (_member(node, X),), why)
        yield Rule("cls-hv2", _member(node, X), (_link(prop, X, value),), why)


def _uncovered(axioms: Axioms) -> Iterator[str]:
    """Constructs that conclude `owl:sameAs`, and `owl:sameAs` between two different terms."""
    if any(one != other for one, other in axioms.pairs(SAME_AS)):
        yield SAME_AS
    yield from (term for term in (HAS_KEY, MAX_CARDINALITY, MAX_QUALIFIED) if axioms.pairs(term))
    yield from (kind for _, kind in axioms.instances(FUNCTIONAL, INVERSE_FUNCTIONAL))


def _changed_axioms(rule: Rule) -> list[str]:
    """Terms of the schema vocabulary that a rule concludes new axioms with."""
    predicate, cls = rule.head.relation
    if cls:
        return [cls] if cls in AXIOM_CLASSES else []
    return [predicate] if predicate in AXIOM_PREDICATES else []


def _generated_premises(rule: Rule) -> list[str]:
    """Terms of the schema vocabulary that a rule rests on, of which these rules do not find every fact."""
    return [
        cls or predicate
        for (predicate, cls), _ in rule.body
        if (cls in GENERATED_CLASSES if cls else predicate in GENERATED_PREDICATES)
    ]


def _with_effect(rules: list[Rule]) -> list[Rule]:
    """The rules that conclude what the closure holds, or a premise of one that has an effect.

    Most ontologies never ask for members of `owl:Thing` or for the datatype of a value, so that domains, ranges and
    classes that give only these cost nothing.
    """
    kept: list[Rule] = []
    rest = [rule for rule in rules if rule.head not in rule.body]
    asked: set[Relation] = set()
    while True:
        useful = [rule for rule in rest if rule.head.relation in asked or _is_stated(rule.head.relation)]
        if not useful:
            break
        kept += useful
        rest = [rule for rule in rest if not (rule.head.relation in asked or _is_stated(rule.head.relation))]
        asked.update(atom.relation for rule in useful for atom in rule.body)
    return sorted(kept, key=lambda rule: (rule.head.relation, len(rule.body), rule.name, rule.axioms))


def _is_stated(relation: Relation) -> bool:
    """Whether the closure can hold facts of a relation: not types from the schema vocabulary (`owl:Nothing` aside)."""
    return not relation.cls.startswith(NAMESPACES) or relation.cls == NOTHING
