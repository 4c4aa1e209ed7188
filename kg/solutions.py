"""What an engine gives back: solutions of a query, a truth value, or triples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.terms import Term, Triple

Solution = dict[str, Term]
"""One solution of a query: terms by variable; what is unbound is not there."""


class Answer(NamedTuple):
    """What a SPARQL query gave: solutions with their variables, a truth value, or triples."""

    variables: tuple[str, ...] = ()
    solutions: Sequence[Solution] = ()
    boolean: bool | None = None
    triples: Sequence[Triple] | None = None
