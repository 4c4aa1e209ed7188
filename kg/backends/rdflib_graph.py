"""An rdflib graph as a backend: the caller's own object, asked by rdflib's engine."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.backends.base import Backend
from kg.errors import InputError, ParseError
from kg.query import guard
from kg.solutions import Answer
from kg.terms import IRI, PREFIXES, RDF, XSD, BlankNode, Literal, Quad, Term, token

if TYPE_CHECKING:
    import rdflib


class RdflibBackend(Backend):
    """An rdflib Graph or Dataset. A Dataset is asked over the union of its graphs, as plain Turtle would be."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph = _united(graph)

    def sparql(self, query: str) -> Answer:
        """What any SPARQL query gives; `FROM` and `SERVICE`, with which rdflib would fetch, are refused."""
        guard.check(query)
        guard.refuse_datasets(query)
        try:
            result = self.graph.query(_with_code_points(query), initNs=_namespaces())
            return _answer(result)
        except RecursionError:
            raise InputError("the query is nested too deep for rdflib; simplify it") from None
        except Exception as error:
            raise _translated(error) from None

    def quads(self) -> Iterable[Quad]:
        """Every quad of the graph, or of each graph of a Dataset."""
        import rdflib

        if isinstance(self.graph, rdflib.Dataset):
            for s, p, o, g in self.graph.quads():
                name = "" if g is None or str(g) == "urn:x-rdflib:default" else f"<{g}>"
                yield token(as_term(s)), token(as_term(p)), token(as_term(o)), name
        else:
            for s, p, o in self.graph:
                yield token(as_term(s)), token(as_term(p)), token(as_term(o)), ""


def _with_code_points(query: str) -> str:
    """`query` with its escaped code points written out (SPARQL 1.1, section 19.2).

    rdflib would expand what follows an escaped backslash too, and take eight digits where four are meant.
    """

    def written(match: re.Match[str]) -> str:
        digits = match["four"] or match["eight"]
        if digits:
            return chr(int(digits, 16))
        return r"\\u005C" if match["before"] else match[0]

    return _ESCAPES.sub(written, query)


_ESCAPES = re.compile(
    r"(?P<before>\\\\(?=[uU][0-9A-Fa-f]{4}))|\\u(?P<four>[0-9A-Fa-f]{4})|\\U(?P<eight>[0-9A-Fa-f]{8})|\\.", re.DOTALL
)


def _united(graph: rdflib.Graph) -> rdflib.Graph:
    """The graph itself, or of a Dataset a view of the same store whose default graph is the union of all."""
    import rdflib

    if isinstance(graph, rdflib.Dataset) and not graph.default_union:
        return rdflib.Dataset(store=graph.store, default_union=True)
    return graph


def _answer(result: Any) -> Answer:
    if result.type == "ASK":
        return Answer(boolean=bool(result.askAnswer))
    if result.type in ("CONSTRUCT", "DESCRIBE"):
        return Answer(triples=sorted((token(as_term(s)), token(as_term(p)), token(as_term(o))) for s, p, o in result))
    variables = tuple(str(variable) for variable in result.vars)
    rows = [{str(name): as_term(value) for name, value in row.items() if value is not None} for row in result.bindings]
    return Answer(variables, [{name: row[name] for name in variables if name in row} for row in rows])


def as_term(node: Any) -> Term:
    """An rdflib node as a term of ours."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return IRI(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    if node.language:
        return Literal(str(node), RDF + "langString", str(node.language).lower())
    return Literal(str(node), str(node.datatype) if node.datatype else XSD + "string")


def _namespaces() -> dict[str, Any]:
    return dict(PREFIXES)


def _translated(error: Exception) -> Exception:
    """Errors of rdflib as ours: parse errors with line and column where they have one."""
    line, column = getattr(error, "lineno", None), getattr(error, "col", None)
    reason = " ".join(str(error).split())[:300]
    if line is not None:
        return ParseError(reason, "query", line, column)
    return InputError(f"rdflib could not answer the query: {reason or type(error).__name__}")
