"""The default graph, where canned queries look: how it behaves, and what is put there where it holds only that.

A store whose default graph is isolated gets each pushed triple there once. What pushing put there, and was not there
before, stands in a graph of its own too (`record.DEFAULT`), so that a later push takes back exactly that.
"""

from __future__ import annotations

from typing import Literal

from kg.push import record
from kg.push.record import DEFAULT, GRAPH
from kg.push.store import RemoteStore, emptied

Behaviour = Literal["union", "isolated"]

_SAME = "FILTER(sameTerm(?x, ?o) || ?x = ?o)"
"""Equal by value will do: Jena's TDB2 keeps 576 and 576.0 as two terms, and writes both as 576.0."""

_OURS = f"{record.listed_at_all('?g')} GRAPH ?g {{ ?s ?p ?o }}"
_IN_OURS = f"{record.listed_at_all('?h')} GRAPH ?h {{ ?s ?p ?x }} {_SAME}"
_IN_DEFAULT = f"?s ?p ?x {_SAME}"


def asked(store: RemoteStore, source: str) -> Behaviour | None:
    """How the default graph behaves, told by whether it shows the record; None where there is no record yet.

    Nobody writes the record's triples anywhere but in its own graph, so a default graph that shows them unites.
    """
    pattern = f"?g <http://purl.org/dc/terms/source> <{source}>"
    if not store.ask(f"ASK {{ GRAPH <{GRAPH}> {{ {pattern} }} }}"):
        return None
    return "union" if store.ask(f"ASK {{ {pattern} }}") else "isolated"


def lacking(store: RemoteStore) -> int:
    """How many pushed triples the default graph does not show."""
    return store.count(f"{_OURS} FILTER NOT EXISTS {{ {_IN_DEFAULT} }}")


def stale(store: RemoteStore) -> int:
    """How many triples pushing once put into the default graph that no pushed graph holds any more."""
    return store.count(f"GRAPH <{DEFAULT}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {_IN_OURS} }}")


def fill(store: RemoteStore, replace: bool) -> None:
    """Bring an isolated default graph in line with the pushed graphs, by requests that may be done twice.

    `replace` empties it first: what others put there is lost. Else only what pushing put there is taken away.
    """
    if replace:
        store.clear_default()
        store.update(f"{emptied(DEFAULT)} ; {_INSERT}")
    else:
        store.update(f"{_DELETE} ; {_INSERT}")


_DELETE = (
    f"DELETE {{ ?s ?p ?o . GRAPH <{DEFAULT}> {{ ?s ?p ?o }} }} "
    f"WHERE {{ GRAPH <{DEFAULT}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ {_IN_OURS} }} }}"
)
_INSERT = (
    f"INSERT {{ ?s ?p ?o . GRAPH <{DEFAULT}> {{ ?s ?p ?o }} }} "
    f"WHERE {{ {_OURS} FILTER NOT EXISTS {{ {_IN_DEFAULT} }} }}"
)
