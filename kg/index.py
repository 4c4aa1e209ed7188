"""The SPARQL engine over a graph: an index that can be thrown away and is made anew from the store file.

The engine is Oxigraph. In memory where the graph is small; beside the store file, one folder a revision,
where it is large. An engine object never leaves the thread that made it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg import formats
from kg.errors import DiskError, InputError, ParseError
from kg.query import guard
from kg.solutions import Answer, Solution
from kg.store.file import snapshot
from kg.terms import GRAPH_INFERRED, GRAPH_ONTOLOGY, IRI, PREFIXES, BlankNode, Literal, Quad, Term, Triple, line_of

if TYPE_CHECKING:
    from kg.backends.store import StoreBackend

LARGE = 64 * 1024 * 1024
"""Bytes of triples from which on the index lives on disk."""

_MAKING = "making-"
_ABANDONED = 24 * 60 * 60
"""Seconds after which an index in the making is taken for left behind."""

_LONGEST = 120
_WHERE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Dataset(NamedTuple):
    """The graphs a query is asked over, by IRI (SPARQL 1.1 Protocol, section 2.1.4)."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()


class Results:
    """What a query gave, not yet read: `form` is boolean, rows or triples."""

    def __init__(self, result: Any) -> None:
        self._result = result
        boolean, triples = isinstance(result, ox.QueryBoolean), isinstance(result, ox.QueryTriples)
        self.form = "boolean" if boolean else "triples" if triples else "rows"

    def write(self, output: Any, syntax: str) -> None:
        """Write to what takes bytes: rows and truth values as json, xml, csv or tsv, triples in an RDF syntax."""
        with faults("query"):
            if self.form == "triples":
                syntax_of_engine = formats.engine_format(syntax)
                ox.serialize(self._result, output, format=syntax_of_engine, prefixes=formats.SHORT_PREFIXES)
            else:
                self._result.serialize(output, getattr(ox.QueryResultsFormat, syntax.upper()))

    @property
    def boolean(self) -> bool:
        """The truth value that an ASK gave."""
        return bool(self._result)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the rows, in the order in which the query selects them."""
        return tuple(variable.value for variable in self._result.variables)

    def solutions(self) -> Iterator[Solution]:
        """The rows one by one, for who does not need them all."""
        variables = self.variables
        with faults("query"):
            for row in self._result:
                yield _solution(variables, row)

    def triples(self) -> Iterator[Triple]:
        """The triples one by one, as the engine gives them."""
        with faults("query"):
            for triple in self._result:
                yield str(triple.subject), str(triple.predicate), str(triple.object)


class Index:
    """A SPARQL engine filled with quads. Its default graph holds every triple once, whatever graph it stands in.

    `merged` says that the triples were copied there; else the engine unites the named graphs on reading.
    """

    def __init__(self, store: ox.Store, merged: bool) -> None:
        self._store = store
        self._merged = merged

    def answer(self, query: str) -> Answer:
        """What a query gives; ParseError with line and column where it does not parse."""
        with faults("query", _shift(query)):
            return _answer(self._result(query))

    def results(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Results:
        """What a query gives, to be written; a `dataset` stands in place of what the query says itself by `FROM`.

        Relative IRIs are taken from `base`. ParseError with line and column where the query does not parse.
        """
        with faults("query", _shift(query)):
            return Results(self._result(query, dataset, base))

    def _result(self, query: str, dataset: Dataset | None = None, base: str | None = None) -> Any:
        guard.check(query)
        united = not self._merged and dataset is None and not guard.names_dataset(query)
        return self._store.query(
            _with_prefixes(query),
            base_iri=base,
            use_default_graph_as_union=united,
            default_graph=None if dataset is None else [ox.NamedNode(graph) for graph in dataset.default],
            named_graphs=None if dataset is None else [ox.NamedNode(graph) for graph in dataset.named],
        )


@contextmanager
def faults(source: str, shift: int = 0) -> Iterator[None]:
    """Turn what the engine raises over a query or an update into errors of ours, in one line.

    `shift` is how many characters were put before the first line of what was given.
    """
    try:
        yield
    except SyntaxError as error:
        raise _parse_error(str(error), source, shift) from None
    except (ValueError, RuntimeError) as error:
        raise InputError(f"the {source} failed: {error}") from None
    except OSError as error:
        raise DiskError(f"the {source} failed: {error}") from None


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
    """What follows from `quads` by OWL 2 RL, in a graph of its own.

    Where an axiom that came from elsewhere cannot be read, such as a list without an end, only the ontology's
    own are followed: one such triple must not keep every query from its answer.
    """
    from kg.reason import closure

    given = list(quads)
    try:
        found = list(closure((s, p, o) for s, p, o, _ in given))
    except InputError:
        sound = (q for q in given if q[3] == f"<{GRAPH_ONTOLOGY}>" or not q[1].startswith(f"<{PREFIXES['owl']}"))
        found = list(closure((s, p, o) for s, p, o, _ in sound))
    for triple in found:
        yield (*triple, f"<{GRAPH_INFERRED}>")


def _fill(store: ox.Store, quads: set[Quad]) -> bool:
    """Fill the engine, and say whether triples were copied to the default graph.

    They are where one stands in several graphs: uniting those on reading would give its rows twice.
    """
    merged = len({quad[:3] for quad in quads}) < len(quads) or any(not quad[3] for quad in quads)
    store.bulk_extend(engine_quads(quads, merged))
    return merged


def engine_quads(quads: Iterable[Quad], merged: bool) -> Iterator[ox.Quad]:
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


def _shift(query: str) -> int:
    return len(_with_prefixes(query)) - len(query)


def _parse_error(message: str, source: str, shift: int) -> ParseError:
    """The engine's message with line and column counted in the text as it was given."""
    match = _WHERE.search(message)
    if match is None:
        return ParseError(" ".join(message.split())[:300], source)
    line, column = int(match[1]), int(match[2])
    if line == 1:
        column -= shift
    reason = " ".join(match[3].split())
    return ParseError(reason if len(reason) <= _LONGEST else reason[:_LONGEST] + " …", source, line, max(column, 1))
