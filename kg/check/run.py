"""All checks over a graph or over files, as findings that name file and line."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import formats, pipeline, profile, resources, shipped
from kg.backends.base import Backend
from kg.backends.oxigraph import MemoryBackend
from kg.backends.store import StoreBackend
from kg.check import arithmetic, hygiene, shapes
from kg.errors import DataError, ParseError
from kg.index import Index, in_memory
from kg.records import Finding
from kg.store.file import open_read
from kg.store.verify import problems as store_problems
from kg.terms import GRAPH_ONTOLOGY, ID, Quad, Token


def check_graph(backend: Backend, source: str) -> list[Finding]:
    """Everything that is wrong or worth knowing in a graph; `source` names it where no file does."""
    quads = list(backend.quads())
    places = _Places(backend, source)
    index = in_memory(quads)
    found = [places.finding(focus, message) for focus, message in _problems(quads, index)]
    if isinstance(backend, StoreBackend):
        found += [Finding(source, 0, message) for message in store_problems(backend.connection)]
    found += [places.finding(one.claim, one.message, one.is_note) for one in arithmetic.sums(index)]
    return sorted(set(found))


def check_files(files: Iterable[Path], store: Path | None) -> list[Finding]:
    """Everything that is wrong or worth knowing in files, added in turn to a copy of `store`, or of what ships.

    A file that does not parse is a finding; one that cannot be read is an InputError.
    """
    files = list(files)
    for path in files:
        formats.read_bytes(path)
    found: list[Finding] = []
    added: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "check.kg"
        _copy(store or shipped.path(), copy)
        before = _notes(copy) if store is None else _messages(copy)
        for path in files:
            refused = list(_refused(path, copy))
            found += refused
            added += [] if refused else [path]
        if added:
            found += _brought(copy, added, before)
    return sorted(set(found))


def _copy(store: Path, copy: Path) -> None:
    """A whole copy of a store, what stands in its log included."""
    source = open_read(store)
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _refused(path: Path, copy: Path) -> Iterator[Finding]:
    """Add a file to a copy of the store, and tell what keeps it from being added."""
    try:
        pipeline.add(copy, [path])
    except ParseError as error:
        yield Finding(error.source, error.line or 0, error.reason)
    except DataError as error:
        yield Finding(str(path), 0, str(error).removeprefix(f"{path}: ").removesuffix("; nothing was added"))
        if path.suffix.lower() not in pipeline.AUTHORED:
            yield from _check_rdf(path)


def _brought(copy: Path, added: list[Path], before: set[str]) -> Iterator[Finding]:
    """What is wrong or worth knowing since the files were added, each with its file as far as that can be told."""
    names = {path.name: str(path) for path in added}
    whole = ", ".join(map(str, added))
    for finding in _checked(copy):
        if finding.message not in before:
            source = whole if finding.source == str(copy) else names.get(finding.source, finding.source)
            yield Finding(source, finding.line, finding.message, finding.is_note)


def _notes(store: Path) -> set[str]:
    """What is worth knowing of what ships; that nothing is wrong with it is known."""
    backend = StoreBackend(store)
    try:
        return {one.message for one in arithmetic.sums(in_memory(backend.quads()))}
    finally:
        backend.close()


def _check_rdf(path: Path) -> list[Finding]:
    """An RDF file that the store refuses: all its problems, not only the first."""
    quads = [*formats.parse(path.read_bytes(), formats.format_of(path), str(path)), *pipeline.foundation().quads]
    return check_graph(MemoryBackend(quads), str(path))


def _messages(store: Path) -> set[str]:
    return {finding.message for finding in _checked(store)}


def _checked(store: Path) -> list[Finding]:
    backend = StoreBackend(store)
    try:
        return check_graph(backend, str(store))
    finally:
        backend.close()


def _problems(quads: list[Quad], index: Index) -> Iterator[tuple[str, str]]:
    """What shapes, hygiene queries and the OWL profile find, by the IRI it is about."""
    yield from shapes.problems(quads)
    checks = resources.ontology() / "checks"
    ontology = [quad for quad in quads if quad[3] == f"<{GRAPH_ONTOLOGY}>"]
    yield from hygiene.problems(index, checks / "data")
    if ontology:
        yield from hygiene.problems(in_memory(ontology), checks)
        for message in profile.violations((_unnamed(s), p, _unnamed(o)) for s, p, o, _ in ontology):
            yield "", message


def _unnamed(node: Token) -> Token:
    """A node that was given an IRI on the way in as the blank node it was: class expressions have no name in OWL."""
    start = f"<{formats.GENID}"
    return "_:" + re.sub(r"\W", "", node[len(start) :]) if node.startswith(start) else node


class _Places:
    """Finds the file and line in which a claim was written by hand, from the documents a store keeps."""

    def __init__(self, backend: Backend, source: str) -> None:
        self.source = source
        self.documents: dict[str, tuple[str, list[str]]] = {}
        if isinstance(backend, StoreBackend):
            rows = backend.connection.execute(
                "SELECT iri, name, content FROM document JOIN term ON term.id = document.report WHERE name <> 'text'"
            )
            for iri, name, content in rows:
                self.documents[iri.removeprefix(ID + "report/")] = (
                    name,
                    content.decode("utf-8", "replace").split("\n"),
                )

    def finding(self, focus: str, message: str, is_note: bool = False) -> Finding:
        """The finding about `focus`, with its file and line where a document holds it."""
        for slug, (name, lines) in self.documents.items():
            if f"/{slug}/" in focus or focus.endswith("/" + slug):
                key = re.escape(focus.partition(f"/{slug}/")[2].split("/")[0])
                written = re.compile(rf"\bkey: *{key}\s*(?:[,}}]|$)")
                line = next((n for n, text in enumerate(lines, 1) if written.search(text)), 1)
                return Finding(name, line, message, is_note)
        return Finding(self.source, 0, f"{focus}: {message}" if focus else message, is_note)
