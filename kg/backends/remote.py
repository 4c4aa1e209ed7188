"""A SPARQL endpoint as a backend, asked through SPARQLWrapper; nothing but that address is contacted."""

from __future__ import annotations

import json
from typing import Any

from kg.backends.base import Backend
from kg.errors import DeadlineExceeded, InputError, ParseError, RemoteError
from kg.query import guard
from kg.query.lexer import lexemes
from kg.solutions import Answer
from kg.terms import IRI, PREFIXES, RDF, XSD, BlankNode, Literal, Term

TIMEOUT = 30.0
_GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")


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
            return _triples(self._send(client))
        client.setReturnFormat(JSON)
        return _rows(self._send(client), self.url)

    def _send(self, client: Any) -> bytes:
        from urllib.error import URLError

        from SPARQLWrapper.SPARQLExceptions import EndPointNotFound, QueryBadFormed, SPARQLWrapperException

        try:
            return bytes(client.query().response.read())
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


def _rows(body: bytes, url: str) -> Answer:
    try:
        found = json.loads(body)
        if "boolean" in found:
            return Answer(boolean=bool(found["boolean"]))
        variables = tuple(found["head"]["vars"])
        rows = [{name: _term(value) for name, value in row.items()} for row in found["results"]["bindings"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RemoteError(f"{url}: the answer is not SPARQL results in JSON; is this a SPARQL endpoint?") from None
    return Answer(variables, rows)


def _triples(body: bytes) -> Answer:
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
    return Literal(value["value"], value.get("datatype", XSD + "string"))


def _reason(error: Exception) -> str:
    return " ".join(str(getattr(error, "reason", None) or error).split())[:300]
