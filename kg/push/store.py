"""One remote store: what it is asked, and the changes it takes, each in one request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.backends.remote import rows_of, triples_of
from kg.errors import RemoteError
from kg.push.address import Addresses
from kg.push.client import LONG, NOT_OFFERED, Client, RefusedError, Reply
from kg.push.profiles import Profile
from kg.solutions import Solution
from kg.terms import IRI, Literal, Triple, token

_AT_ONCE = 100


@dataclass
class RemoteStore:
    """A store, spoken to as its profile says."""

    client: Client
    profile: Profile
    at: Addresses

    def rows(self, query: str, tries: int | None = None) -> Sequence[Solution]:
        """The solutions of a SELECT."""
        return rows_of(self._asked(query, "application/sparql-results+json", tries), self.at.query).solutions

    def ask(self, query: str, tries: int | None = None) -> bool:
        """What an ASK gives."""
        found = rows_of(self._asked(query, "application/sparql-results+json", tries), self.at.query).boolean
        if found is None:
            raise RemoteError(f"{self.at.query}: ASK was answered with rows; is this a SPARQL endpoint?")
        return found

    def triples(self, graph: str) -> set[Triple]:
        """All triples of a graph."""
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {token(IRI(graph))} {{ ?s ?p ?o }} }}"
        return set(triples_of(self._asked(query, "application/n-triples, text/turtle;q=0.5")).triples or ())

    def count(self, where: str) -> int:
        """How many solutions a pattern has."""
        (row,) = self.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
        return _number(row)

    def counts(self, graphs: Iterable[str]) -> dict[str, int]:
        """How many triples each graph holds."""
        every = sorted(graphs)
        found = dict.fromkeys(every, 0)
        for start in range(0, len(every), _AT_ONCE):
            some = " ".join(token(IRI(graph)) for graph in every[start : start + _AT_ONCE])
            rows = self.rows(
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {some} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            )
            found.update({str(row["g"]): _number(row) for row in rows if "g" in row})
        return found

    def count_of(self, graph: str) -> int:
        """How many triples one graph holds, asked of it alone."""
        return self.count(f"GRAPH {token(IRI(graph))} {{ ?s ?p ?o }}")

    def put(self, graph: str, body: bytes, unclear: Callable[[], None] = lambda: None) -> None:
        """Replace a graph by the Graph Store Protocol (SPARQL 1.1, section 5.3); RefusedError where it will not."""
        assert self.at.graph_store is not None
        self._change("PUT", self.at.graph_store, body, self.profile.media_type, {"graph": graph}, unclear=unclear)

    def post_quads(self, body: bytes, unclear: Callable[[], None] = lambda: None) -> None:
        """Add a dataset in one request; UnclearError where it may have been added: ask before sending again."""
        assert self.at.quads is not None
        self._change("POST", self.at.quads, body, "application/n-quads", again=False, unclear=unclear)

    def update(self, text: str, unclear: Callable[[], None] = lambda: None) -> None:
        """A SPARQL update that may be done twice without harm."""
        if self.at.update is None:
            raise RemoteError(f"{self.at.query}: the profile {self.profile.name} names no address for updates")
        self._change("POST", self.at.update, text.encode(), "application/sparql-update", unclear=unclear)

    def clear(self, graph: str, unclear: Callable[[], None] = lambda: None) -> None:
        """Empty a graph by the first way that the store offers: DELETE, DROP and CLEAR, or a pattern for all of it.

        DELETE and DROP come before CLEAR because Jena's TDB2 leaves decimals such as 576 behind when it clears
        (https://github.com/apache/jena/issues/3404).
        """
        if self.at.graph_store is not None:
            reply = self.client.send("DELETE", self.at.graph_store, params={"graph": graph}, unclear=unclear)
            if reply.done or reply.status == 404:
                return
            if reply.status not in NOT_OFFERED:
                raise self.client.refusal(self.at.graph_store, reply)
        try:
            self.update(emptied(graph), unclear)
        except RefusedError as refused:
            if refused.reply.status not in (400, 501):
                raise
            self.update(f"DELETE WHERE {{ GRAPH {token(IRI(graph))} {{ ?s ?p ?o }} }}", unclear)

    def clear_default(self) -> None:
        """Empty the default graph, of what anybody put there."""
        if self.at.graph_store is not None:
            # Some do not offer it; and what some leave behind when they clear (see `clear`) this takes away.
            self.client.send("DELETE", self.at.graph_store, params={"default": ""})
        self.update("DROP SILENT DEFAULT ; CLEAR SILENT DEFAULT")

    def _asked(self, query: str, accept: str, tries: int | None = None) -> bytes:
        url = self.at.query
        headers = {"Accept": accept, "Content-Type": "application/x-www-form-urlencoded"}
        reply = self.client.send("POST", url, _form({"query": query}), headers, most=LONG, tries=tries)
        if reply.status in NOT_OFFERED:
            raise self._elsewhere(url, reply)
        if not reply.done:
            raise self.client.refusal(url, reply)
        if not reply.whole:
            raise RemoteError(f"{url}: the answer is longer than is read; the store holds too much to compare")
        return reply.body

    def _change(
        self,
        method: str,
        url: str,
        body: bytes,
        media: str,
        params: Mapping[str, str] | None = None,
        again: bool = True,
        unclear: Callable[[], None] = lambda: None,
    ) -> None:
        reply = self.client.send(
            method, url, body, {"Content-Type": media}, params, again, compress=self.profile.gzip, unclear=unclear
        )
        if not reply.done:
            raise self.client.refusal(url, reply)

    def _elsewhere(self, url: str, reply: Reply) -> RemoteError:
        return RemoteError(
            f"{url}: nothing answers SPARQL queries here ({reply.status}); give the address of the store, as "
            f"docs/stores.md shows it, and perhaps --profile (now {self.profile.name})"
        )


def emptied(graph: str) -> str:
    """The update that empties a graph: DROP alone does nothing where a store knows only graphs that were created."""
    return f"DROP SILENT GRAPH <{graph}> ; CLEAR SILENT GRAPH <{graph}>"


def _form(values: Mapping[str, str]) -> bytes:
    from urllib.parse import urlencode

    return urlencode(values).encode()


def _number(row: Solution) -> int:
    value = row["n"]
    assert isinstance(value, Literal)
    return int(value.value)
