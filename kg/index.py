"""The SPARQL engine over a graph: an index that can be thrown away and is made anew from the store file.

The engine is Oxigraph. In memory where the graph is small; beside the store file, one folder a revision,
where it is large. An engine object never leaves the thread that made it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import DiskError, InputError, ParseError
from kg.query import guard
from kg.solutions import Answer, Solution
from kg.store.file import snapshot
from kg.terms import GRAPH_INFERRED, IRI, PREFIXES, BlankNode, Literal, Quad, Term, line_of

if TYPE_CHECKING:
    from kg.backends.store import StoreBackend

LARGE = 64 * 1024 * 1024
"""Bytes of triples from which on the index lives on disk."""

_MAKING = "making-"
_ABANDONED = 24 * 60 * 60
"""Seconds after which an index in the making is taken for left behind."""

_LONGEST = 120
_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Index:
    """A SPARQL engine filled with quads. Its default graph holds every triple once, whatever graph it stands in.

    `merged` says that the triples were copied there; else the engine unites the named graphs on reading.
    """

    def __init__(self, store: ox.Store, merged: bool) -> None:
        self._store = store
        self._merged = merged

    def answer(self, query: str) -> Answer:
        """What a query gives; ParseError with line and column where it does not parse."""
        guard.check(query)
        try:
            united = not self._merged and not guard.names_dataset(query)
            result = self._store.query(_with_prefixes(query), use_default_graph_as_union=united)
            return _answer(result)
        except SyntaxError as error:
            raise _parse_error(str(error), query) from None
        except (ValueError, RuntimeError) as error:
            raise InputError(f"the query failed: {error}") from None
        except OSError as error:
            raise DiskError(f"the query failed: {error}") from None


def in_memory(quads: Iterable[Quad]) -> Index:
    """An index in memory."""
    store = ox.Store()
    return Index(store, _fill(store, set(quads)))


def index_of(backend: StoreBackend) -> Index:
    """The index of a store file: found beside it, or made, with what is inferred in a graph of its own."""
    with snapshot(backend.connection):
        if backend.size() < LARGE:
            return _of_all(backend)
        base = backend.path.with_name(backend.path.name + ".index")
        folder = base / backend.state()
        try:
            return _found(folder) or _made(backend, base, folder)
        except PermissionError:
            return _of_all(backend)
        except (OSError, RuntimeError, ValueError) as error:
            raise DiskError(f"{base}: the index cannot be written ({error}); free space, or delete it") from None


def _of_all(backend: StoreBackend) -> Index:
    quads = list(backend.quads())
    return in_memory([*quads, *inferred(quads)])


def _found(folder: Path) -> Index | None:
    """The index in a folder; None where there is none that is whole, and then what is left of it is deleted."""
    try:
        mark = (folder / "complete").read_text()
        return Index(ox.Store.read_only(str(folder / "engine")), mark == "merged")
    except (OSError, RuntimeError, ValueError):
        shutil.rmtree(folder, ignore_errors=True)
        return None


def _made(backend: StoreBackend, base: Path, folder: Path) -> Index:
    """The index made in `folder` beside the file, for this state of it; those of other states are deleted."""
    base.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=base, prefix=_MAKING))
    try:
        store = ox.Store(str(fresh / "engine"))
        quads = list(backend.quads())
        merged = _fill(store, {*quads, *inferred(quads)})
        store.optimize()
        store.flush()
        del store
        (fresh / "complete").write_text("merged" if merged else "union")
        with suppress(OSError):  # another program may have made the same index meanwhile
            fresh.rename(folder)
        made = _found(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    for old in base.iterdir():
        if old != folder and (not old.name.startswith(_MAKING) or time.time() - old.stat().st_mtime > _ABANDONED):
            shutil.rmtree(old, ignore_errors=True)
    return made or _of_all(backend)


def inferred(quads: Iterable[Quad]) -> Iterator[Quad]:
    """What follows from `quads` by OWL 2 RL, in a graph of its own."""
    from kg.reason import closure

    for triple in closure((s, p, o) for s, p, o, _ in quads):
        yield (*triple, f"<{GRAPH_INFERRED}>")


def _fill(store: ox.Store, quads: set[Quad]) -> bool:
    """Fill the engine, and say whether triples were copied to the default graph.

    They are where one stands in several graphs: uniting those on reading would give its rows twice.
    """
    merged = len({quad[:3] for quad in quads}) < len(quads) or any(not quad[3] for quad in quads)
    store.bulk_extend(_engine_quads(quads, merged))
    return merged


def _engine_quads(quads: Iterable[Quad], merged: bool) -> Iterator[ox.Quad]:
    """Quads for the engine, by its own fast parser of canonical N-Quads."""
    text = "\n".join(line_of(quad if quad[3] else quad[:3]) for quad in quads)
    for quad in ox.parse(text, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad)
        yield quad
        if merged and quad.graph_name != ox.DefaultGraph():
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _answer(result: Any) -> Answer:
    if isinstance(result, ox.QueryBoolean):
        return Answer(boolean=bool(result))
    if isinstance(result, ox.QueryTriples):
        return Answer(triples=sorted((str(t.subject), str(t.predicate), str(t.object)) for t in result))
    variables = tuple(variable.value for variable in result.variables)
    return Answer(variables, [_solution(variables, row) for row in result])


def _solution(variables: tuple[str, ...], row: Any) -> Solution:
    return {name: _term(value) for name, value in zip(variables, row, strict=True) if value is not None}


def _term(value: Any) -> Term:
    if isinstance(value, ox.NamedNode):
        return IRI(value.value)
    if isinstance(value, ox.BlankNode):
        return BlankNode(value.value)
    if isinstance(value, ox.Literal):
        return Literal(value.value, value.datatype.value, value.language)
    raise InputError("triple terms of RDF 1.2 are not supported; ask for their subject, predicate and object")


def _with_prefixes(query: str) -> str:
    """The query with our prefixes declared before it on the same line, those it declares itself aside."""
    declared = {match[1] for match in re.finditer(r"\bPREFIX\s+([\w-]*)\s*:", query, re.IGNORECASE)}
    return " ".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items() if name not in declared) + " " + query


def _parse_error(message: str, query: str) -> ParseError:
    """The engine's message with line and column counted in the query as it was given."""
    match = _WHERE.search(message)
    if match is None:
        return ParseError(" ".join(message.split())[:300], "query")
    line, column = int(match[1]), int(match[2])
    if line == 1:
        column -= len(_with_prefixes(query)) - len(query)
    reason = " ".join(match[3].split())
    return ParseError(reason if len(reason) <= _LONGEST else reason[:_LONGEST] + " …", "query", line, max(column, 1))
