"""Reasoning: the facts about individuals that follow from a graph by the rules of OWL 2 RL, and why each holds."""

from collections.abc import Iterable
from typing import Literal

from kg.reason.axioms import Axioms
from kg.reason.derivation import ASSERTED, Derivation, derivation
from kg.reason.fixpoint import Fixpoint
from kg.reason.rules import Unsupported, compile_rules
from kg.reason.trivial import without_trivial
from kg.reason.vocabulary import Triple

__all__ = ["Derivation", "Unsupported", "closure", "explain"]


def closure(triples: Iterable[Triple], *, engine: Literal["compiled", "owlrl"] = "compiled") -> set[Triple]:
    """The facts about individuals that follow from ontology and data and are not given.

    Trivial ones are left out; `kg.reason.trivial.without_trivial` says which. Axioms are taken from all triples,
    wherever they stand.

    Args:
        triples: ontology and data together, terms as canonical N-Triples tokens.
        engine: `"compiled"` makes rules from the axioms, and hands over to owlrl where an axiom needs what it does not
            cover; `"owlrl"` is the reference.

    Raises:
        InputError: an axiom uses a malformed list.
        ValueError: there is no such engine.
        Unsupported: an axiom needs owlrl, which is not installed.
    """
    if engine not in ("compiled", "owlrl"):
        raise ValueError(f"no engine {engine!r}: use 'compiled' or 'owlrl'")
    given = set(triples)
    axioms = Axioms(given)
    if engine == "owlrl":
        return without_trivial(_by_owlrl(given), axioms, given)
    try:
        fixpoint = Fixpoint(compile_rules(axioms, given), given)
    except Unsupported as unsupported:
        try:
            found = _by_owlrl(given)
        except ImportError:
            raise unsupported from None
        return without_trivial(found, axioms, given)
    fixpoint.run()
    return without_trivial(fixpoint.inferred(), axioms, given)


def explain(triples: Iterable[Triple], fact: Triple) -> Derivation | None:
    """Why a fact holds: a derivation of least depth, always the same for the same triples.

    None if the fact is neither given nor follows. Of the facts that `closure` leaves out, only those that are a step to
    another are explained, such as the type of a literal that some restriction asks for.

    Raises:
        InputError: an axiom uses a malformed list.
        Unsupported: the fact does not follow by the rules that are compiled, and some axiom needs others.
    """
    given = set(triples)
    if fact in given:
        return Derivation(fact, ASSERTED)
    axioms = Axioms(given)
    fixpoint = Fixpoint(compile_rules(axioms, given, partial=True), sorted(given))
    fixpoint.run(fact)
    found = derivation(fixpoint, fact)
    if found is None:
        compile_rules(axioms, given)
    return found


def _by_owlrl(given: set[Triple]) -> set[Triple]:
    """What owlrl finds, loaded only when it is needed."""
    from kg.reason.reference import closure_by_owlrl

    return closure_by_owlrl(given)
