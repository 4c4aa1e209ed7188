"""A graph that can be asked: the one face of a store file, an RDF file, an rdflib graph or a SPARQL endpoint."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, StoreError
from kg.query import catalog
from kg.query.params import bind

if TYPE_CHECKING:
    import rdflib

    from kg.backends.base import Backend
    from kg.result import Result, Triples


class Graph:
    """A graph of claims. Make one with `kg.open()`; use it in a `with` statement, or close it when done."""

    def __init__(self, backend: Backend, queries: Path | None = None) -> None:
        self.backend = backend
        self.queries = queries
        self._read: dict[str, catalog.Query] = {}

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is open."""
        self.backend.close()

    def ask(
        self, name: str, /, *, lang: str = "en", limit: int | None = None, offset: int = 0, **parameters: Any
    ) -> Result:
        """Answer the canned query `name`, each row with its sources.

        `parameters` are the query's own (`speaker="Carrie Lam"`, `place=["Beijing", "Shanghai"]`,
        `since="2021"`); entities go by any of their names or by IRI. `lang` is the language of labels
        (en, id, zh), `limit` the most rows to give, after the first `offset`. Raises UnknownQuery,
        BadParameter, UnknownName or AmbiguousName, all of which are InputError.
        """
        from kg.answer import answer
        from kg.terms import LANGUAGES

        if lang not in LANGUAGES:
            raise InputError(f"there are no labels in {lang!r}; use one of {' '.join(LANGUAGES)}")
        for what, number in (("limit", limit), ("offset", offset)):
            if number is not None and (not isinstance(number, int) or number < 0):
                raise InputError(f"the {what} must be a whole number from 0 on, not {number!r}")
        query = self.query(name)
        with self.backend.reading():
            identity = self.backend.identity()
            bound = bind(query, parameters, self.backend.names(identity))
            return answer(query, bound, self.backend, identity, lang, limit, offset)

    def query(self, name: str) -> catalog.Query:
        """The canned query `name`: from the user's own folder, if one was given, else from those that ship.

        It is read once: a file that changes afterwards is not read again.
        """
        if name not in self._read:
            own = self.queries is not None and name in catalog.names(self.queries)
            self._read[name] = catalog.load(name, self.queries if own else None)
        return self._read[name]

    def query_names(self) -> list[str]:
        """The names of the canned queries."""
        own = catalog.names(self.queries) if self.queries is not None else []
        return sorted({*own, *catalog.names()})

    def asserted(self) -> Graph:
        """The same graph without what is inferred, for `sparql`; canned queries give the same rows on both."""
        from kg.backends.oxigraph import MemoryBackend
        from kg.backends.store import StoreBackend

        if not isinstance(self.backend, StoreBackend | MemoryBackend):
            return self
        return Graph(MemoryBackend(self.backend.quads()), self.queries)

    def sparql(self, query: str) -> Result | Triples | bool:
        """Run any SPARQL 1.1 query: rows for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

        The usual prefixes (kg, id, schema, prov, …) need no declaration. Raises ParseError with line and
        column for a query that does not parse.
        """
        from kg.result import Result, Row, Triples
        from kg.terms import python_value

        found = self.backend.sparql(query)
        if found.boolean is not None:
            return found.boolean
        if found.triples is not None:
            return Triples(found.triples)
        rows = (
            Row({name: python_value(row[name]) if name in row else None for name in found.variables})
            for row in found.solutions
        )
        return Result(found.variables, rows, title="SPARQL")


def open(  # noqa: A001  # kg.open, as one opens a file
    source: str | os.PathLike[str] | rdflib.Graph | None = None,
    *,
    queries: str | os.PathLike[str] | None = None,
    timeout: float | None = None,
) -> Graph:
    """Open a graph: what ships with the package, or what `source` names.

    `source` is the path of a store file or of an RDF file, the address of a SPARQL endpoint, or an rdflib
    graph. `queries` is a folder of canned queries of your own, beside those that ship. `timeout` bounds
    each canned query on a store file and each request to an endpoint, in seconds.
    Raises StoreError or ParseError for a file that cannot be opened.
    """
    folder = Path(queries) if queries is not None else None
    if folder is not None and not folder.is_dir():
        raise InputError(f"{folder}: there is no such folder of queries")
    return Graph(_backend(source, timeout), folder)


def _backend(source: Any, timeout: float | None) -> Backend:
    if source is None:
        from kg.backends.store import StoreBackend
        from kg.shipped import path

        return StoreBackend(path(), timeout)
    if isinstance(source, str) and source.startswith(("http://", "https://")):
        from kg.backends.remote import TIMEOUT, RemoteBackend

        return RemoteBackend(source, TIMEOUT if timeout is None else timeout)
    if isinstance(source, str | os.PathLike):
        return _file_backend(Path(source), timeout)
    if hasattr(source, "triples") and hasattr(source, "query"):
        from kg.backends.rdflib_graph import RdflibBackend

        return RdflibBackend(source)
    raise InputError(f"cannot open a {type(source).__name__}; give a path, an address or an rdflib graph")


def _file_backend(path: Path, timeout: float | None) -> Backend:
    from kg.backends.store import StoreBackend

    if path.suffix.lower() in RDF_ENDINGS:
        from kg.backends.oxigraph import from_file

        return from_file(path)
    if path.is_dir():
        raise StoreError(f"{path}: this is a directory; name a store file or an RDF file")
    return StoreBackend(path, timeout)


RDF_ENDINGS = frozenset((".ttl", ".nt", ".nq", ".trig", ".jsonld", ".json", ".rdf", ".xml", ".owl", ".csv"))
"""Endings of files that are read as RDF rather than as a store."""
