"""A SPARQL endpoint as a backend, asked through SPARQLWrapper; nothing but that address is contacted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from kg.backends.base import Backend, bound_text
from kg.errors import DeadlineExceeded, InputError, ParseError, RemoteError
from kg.query import guard
from kg.query.catalog import Query
from kg.query.fold import folded
from kg.query.lexer import lexemes
from kg.query.params import Bound
from kg.solutions import Answer, Solution
from kg.terms import IRI, PREFIXES, RDF, XSD, BlankNode, Literal, Term

TIMEOUT = 30.0
_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
_VIRTUOSO_ASK = ("__ASK_RETVAL",)
"""How Virtuoso 7 answers some ASK queries in JSON: one row where it holds, none where it does not."""


class RemoteBackend(Backend):
    """An endpoint that speaks the SPARQL 1.1 Protocol."""

    def __init__(self, url: str, timeout: float | None = TIMEOUT) -> None:
        self.url, self.timeout = url, timeout

    def sparql(self, query: str) -> Answer:
        """What the endpoint answers; RemoteError where it cannot be reached or fails."""
        from SPARQLWrapper import JSON, POST, SPARQLWrapper

        guard.check(query)
        form = form_of(query)
        client = SPARQLWrapper(self.url)
        client.setMethod(POST)
        client.setQuery(_declared(query))
        client.queryType = form
        client.setOnlyConneg(True)
        if self.timeout is not None:
            client.setTimeout(int(max(1, self.timeout)))
        if form in _GRAPH_FORMS:
            client.addCustomHttpHeader("Accept", "application/n-triples, text/turtle;q=0.5")
            return triples_of(self._send(client))
        client.setReturnFormat(JSON)
        return rows_of(self._send(client), self.url)

    def solutions(self, query: Query, bound: Bound) -> Sequence[Solution]:
        """The solutions of a canned query, asked in the form that engines agree on: what is decided is left out."""
        try:
            return self.sparql(folded(bound_text(query, bound))).solutions
        except ParseError as error:
            raise ParseError(error.reason, str(query.path), error.line, error.column) from None

    def _send(self, client: Any) -> bytes:
        from urllib.error import URLError

        from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, SPARQLWrapperException

        try:
            answer = client.query()
            _refuse_cut(answer.info(), self.url)
            return bytes(answer.response.read())
        except QueryBadFormed as error:
            raise ParseError(_reason(error), self.url) from None
        except EndPointNotFound:
            raise RemoteError(f"{self.url}: there is no SPARQL endpoint at this address; check it") from None
        except TimeoutError:
            raise DeadlineExceeded(self.timeout or 0) from None
        except (URLError, OSError) as error:
            if isinstance(getattr(error, "reason", None), TimeoutError):
                raise DeadlineExceeded(self.timeout or 0) from None
            raise RemoteError(f"{self.url}: {_reason(error)}; check the address and that the store runs") from None
        except (SPARQLWrapperException, ValueError) as error:
            raise RemoteError(f"{self.url}: {_reason(error)}") from None


def _refuse_cut(headers: Mapping[str, str], url: str) -> None:
    """RemoteError where Virtuoso says that it left rows out: it answers 200 all the same."""
    most = next((value for name, value in headers.items() if name.lower() == "x-sparql-maxrows"), None)
    if most is not None:
        raise RemoteError(f"{url}: the store cut the answer at {most} rows; narrow the query or raise ResultSetMaxRows")


def form_of(query: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; InputError for an update."""
    for piece in lexemes(query):
        word = piece.text.upper()
        if piece.kind == "word" and word in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"):
            return word
    raise InputError("this is no SPARQL query; start it with SELECT, ASK, CONSTRUCT or DESCRIBE")


def _declared(query: str) -> str:
    used = {piece.text.partition(":")[0] for piece in lexemes(query) if piece.kind == "word" and ":" in piece.text}
    declared = {word for word in used if f"PREFIX {word}:" in " ".join(query.split())}
    head = " ".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in sorted(used - declared) if name in PREFIXES)
    return f"{head} {query}" if head else query


def rows_of(body: bytes, url: str) -> Answer:
    """An answer from SPARQL results in JSON; RemoteError where it is none."""
    try:
        found = json.loads(body)
        if "boolean" in found:
            return Answer(boolean=bool(found["boolean"]))
        variables = tuple(found["head"]["vars"])
        rows = [{name: _term(value) for name, value in row.items()} for row in found["results"]["bindings"]]
        if variables == _VIRTUOSO_ASK:
            return Answer(boolean=bool(rows))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RemoteError(f"{url}: the answer is not SPARQL results in JSON; is this a SPARQL endpoint?") from None
    return Answer(variables, rows)


def triples_of(body: bytes) -> Answer:
    """An answer from N-Triples or Turtle."""
    from kg import formats

    quads = formats.parse(body, formats.FORMATS["turtle"], "the answer") if body.strip() else []
    return Answer(triples=sorted((s, p, o) for s, p, o, _ in quads))


def _term(value: dict[str, str]) -> Term:
    if value["type"] == "uri":
        return IRI(value["value"])
    if value["type"] == "bnode":
        return BlankNode(value["value"])
    language = value.get("xml:lang")
    if language:
        return Literal(value["value"], RDF + "langString", language.lower())
    datatype = value.get("datatype", XSD + "string")
    if datatype == XSD + "decimal":
        return Literal(_shortest(value["value"]), datatype)
    return Literal(value["value"], datatype)


def _shortest(decimal: str) -> str:
    """A decimal without zeros at its end, as most engines write it: Jena's TDB2 makes 576 into 576.0."""
    whole, _, fraction = decimal.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "reason", None) or error).split())[:300]
