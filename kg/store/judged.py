"""Judgements as a store holds them: what is joined, and whether what is kept apart is joined all the same."""

from __future__ import annotations

import sqlite3

from kg.identity import Identity, Joined
from kg.terms import KG

_JOINED = """
SELECT judgement.iri, member.iri,
       (SELECT source.iri FROM claim JOIN term AS source ON source.id = claim.report WHERE claim.claim = judged.member),
       EXISTS (SELECT 1 FROM label WHERE label.entity = judged.member)
FROM judged JOIN term AS judgement ON judgement.id = judged.judgement JOIN term AS member ON member.id = judged.member
WHERE judged.joins
"""
_SEPARATED = """
SELECT min(member.iri), max(member.iri)
FROM judged JOIN term AS member ON member.id = judged.member WHERE NOT judged.joins GROUP BY judged.judgement
"""


_KINDS = f"""
SELECT judgement.iri, member.iri, 'Claim' FROM judged JOIN claim ON claim.claim = judged.member
JOIN term AS judgement ON judgement.id = judged.judgement JOIN term AS member ON member.id = judged.member
UNION ALL
SELECT judgement.iri, member.iri, substr(class.iri, {len(KG) + 1}) FROM judged
JOIN type ON type.entity = judged.member JOIN term AS class ON class.id = type.type
JOIN term AS judgement ON judgement.id = judged.judgement JOIN term AS member ON member.id = judged.member
WHERE class.iri LIKE '{KG}%'
ORDER BY 1, 2, 3 DESC
"""


def identity(connection: sqlite3.Connection) -> Identity:
    """What is one, by the judgements of a store."""
    return Identity(Joined(j, m, report, bool(known)) for j, m, report, known in connection.execute(_JOINED))


def problem(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the judgements of a store, or None."""
    return _unlike(connection) or contradiction(connection)


def _unlike(connection: sqlite3.Connection) -> str | None:
    """A judgement over things that cannot be one: an entity and a claim, a person and a place."""
    members: dict[str, dict[str, str]] = {}
    for judgement, member, kind in connection.execute(_KINDS):
        members.setdefault(judgement, {})[member] = "Organization" if kind == "Company" else kind
    for _, kinds in sorted(members.items()):
        (first, kind), *others = sorted(kinds.items())
        for other, its_kind in others:
            if its_kind != kind:
                return f"{first} is of the class {kind} and {other} is of {its_kind}; only like is judged with like"
    return None


def contradiction(connection: sqlite3.Connection) -> str | None:
    """What says that judgements contradict one another, or None: two things kept apart that others join."""
    joined = identity(connection)
    for one, other in connection.execute(_SEPARATED):
        if other in joined.alike(one) and one != other:
            return f"{one} and {other} are judged different, and joined by other judgements; take one of them back"
    return None
