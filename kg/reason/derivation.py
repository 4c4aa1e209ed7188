"""Why a fact holds: the rule, the axioms it comes from, and the premises down to what is asserted."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.reason.fixpoint import Fact, Fixpoint
from kg.reason.rules import Atom, Relation, Rule
from kg.reason.vocabulary import Triple

ASSERTED = "asserted"

_Node = tuple[int, Relation, Fact]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact is obtained.

    Attributes:
        fact: the triple.
        rule: W3C name of the rule that concludes it, or `"asserted"`. A rule named scm-* is the one that puts one
            class below another; the step from a member of the first to a member of the second is cax-sco.
        axioms: the given triples that the rule was made from, with the nodes of the lists they use.
        premises: how the other facts that the rule rests on are obtained; none if the fact is asserted.
    """

    fact: Triple
    rule: str
    axioms: tuple[Triple, ...] = ()
    premises: tuple["Derivation", ...] = ()


def derivation(fixpoint: Fixpoint, fact: Triple) -> Derivation | None:
    """A derivation of least depth of a fact that the fixpoint found; None if it did not.

    Each premise was found in an earlier round than its conclusion, so no derivation rests on itself.
    """
    located = fixpoint.locate(fact)
    level = None if located is None else _level(fixpoint, *located)
    if located is None or level is None:
        return None
    steps: dict[_Node, tuple[Rule, list[_Node]]] = {}
    todo: list[_Node] = [(level, *located)]
    while todo:
        node = todo.pop()
        if node[0] > 0 and node not in steps:
            steps[node] = next(_steps_to(fixpoint, node))
            todo.extend(steps[node][1])
    made: dict[_Node, Derivation] = {}
    for node in sorted(steps, key=lambda step: step[0]):
        rule, premises = steps[node]
        below = [
            made[premise] if premise[0] else Derivation(fixpoint.triple(*premise[1:]), ASSERTED) for premise in premises
        ]
        made[node] = Derivation(fixpoint.triple(*node[1:]), rule.name, rule.axioms, tuple(below))
    return made.get((level, *located), Derivation(fact, ASSERTED))


def _level(fixpoint: Fixpoint, relation: Relation, fact: Fact) -> int | None:
    """The round in which a fact was found, 0 if it was given; None if it was not found."""
    return next((at for at, level in enumerate(fixpoint.levels) if fact in level.get(relation, ())), None)


def _steps_to(fixpoint: Fixpoint, node: _Node) -> Iterator[tuple[Rule, list[_Node]]]:
    """The rules that conclude a fact from facts of earlier rounds, with these."""
    level, relation, fact = node
    for rule in fixpoint.rules:
        if rule.head.relation == relation:
            terms: dict[int | str, int] = {}
            if _agree(fixpoint, rule.head, fact, terms):
                yield from ((rule, premises) for premises in _premises(fixpoint, rule.body, terms, level))


def _agree(fixpoint: Fixpoint, atom: Atom, fact: Fact, terms: dict[int | str, int]) -> bool:
    """Whether a fact is an instance of an atom with the variables as they are; sets those that are free."""
    numbers = (fact,) if atom.relation.cls else fact
    for argument, number in zip(atom.arguments, numbers, strict=True):
        bound = fixpoint.number(argument) if isinstance(argument, str) else terms.setdefault(argument, number)
        if bound != number:
            return False
    return True


def _premises(
    fixpoint: Fixpoint, body: tuple[Atom, ...], terms: dict[int | str, int], level: int
) -> Iterator[list[_Node]]:
    """Facts found before a round that fit the atoms of a body together."""
    if not body:
        yield []
        return
    atom, *rest = body
    for at, fact in _candidates(fixpoint, atom, terms, level):
        bound = dict(terms)
        if _agree(fixpoint, atom, fact, bound):
            for others in _premises(fixpoint, tuple(rest), bound, level):
                yield [(at, atom.relation, fact), *others]


def _candidates(fixpoint: Fixpoint, atom: Atom, terms: dict[int | str, int], level: int) -> Iterator[tuple[int, Fact]]:
    """Facts of an atom's relation found before a round, the earliest first: the one that is meant, or all to try."""
    numbers = [terms.get(argument) if isinstance(argument, int) else None for argument in atom.arguments]
    subject, value = numbers[0], numbers[-1]
    for at, facts in enumerate(fixpoint.levels[:level]):
        here = facts.get(atom.relation, set())
        if None not in numbers:
            wanted = subject if atom.relation.cls else (subject, value)
            yield from [(at, wanted)] if wanted in here else []
        elif atom.relation.cls:
            yield from ((at, fact) for fact in sorted(here))
        else:
            fitting = (fact for fact in here if subject in (None, fact[0]) and value in (None, fact[1]))
            yield from ((at, fact) for fact in sorted(fitting))
