"""The flow from files to a store: read each file, turn it into quads, and hand all of them to one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg import authoring, build, formats, resources, schema
from kg.errors import InputError, ParseError
from kg.records import EntityRecord, JudgementRecord, ReportRecord
from kg.store.change import Batch, Change, Patch
from kg.store.write import Writer
from kg.terms import GRAPH_ONTOLOGY, IRI, Quad, Token, token
from kg.yaml_nodes import Mapping, load

if TYPE_CHECKING:
    from kg import claimed, intake

AUTHORED = (".yaml", ".yml")
"""Endings of files that people write."""

Progress = Callable[[Iterable[Path]], Iterable[Path]]


def add(
    store: Path,
    files: Iterable[Path],
    syntax: str | None = None,
    with_shipped: bool = False,
    progress: Progress = iter,
    given: claimed.Given | None = None,
    tell: Callable[[str], None] = lambda line: None,
    reader: claimed.Reader | None = None,
    jobs: int | None = None,
    tally: intake.Tally | None = None,
) -> Change:
    """Add `files`, and what lies in folders among them, to a store in one transaction.

    Texts and documents are read by `reader`, by rules unless given, in `jobs` processes (as many as there are cores);
    `given` is what is known of them, and `tell` gets a line on what was found in each. Of several files, those that are
    read may fail one by one, as may what lies in folders: `tally` gets a line on each, and the counts of the run. Any
    other error leaves the store as it was, and so does a run in which all failed.

    A store that is missing is created with the ontology and the shared places, and with all that ships
    where `with_shipped` says so. An error names the file and, where there is one, the line.
    """
    from kg import intake

    items = intake.items_of(files, syntax is not None)
    shipped = [intake.Item(path, False, False) for path in _shipped_files()] if with_shipped else []
    with Writer(store, schema.load()) as writer:
        writer.found(foundation())
        run = intake.Run(writer, _reads(syntax), given, reader)
        run.tell, run.tally = tell, tally or run.tally
        return run.add([*shipped, *items], jobs, progress)


def read_claims(
    files: Iterable[Path],
    given: claimed.Given | None = None,
    reader: claimed.Reader | None = None,
    jobs: int | None = None,
    tally: intake.Tally | None = None,
) -> set[Quad]:
    """What `add` would bring to a new store for reports that are read, of which `tally` knows those that failed."""
    from tempfile import TemporaryDirectory

    from kg import intake

    items = intake.items_of(files, must_be_read=True)
    quads: set[Quad] = set()
    with TemporaryDirectory() as folder, Writer(Path(folder) / "new.kg", schema.load()) as writer:
        writer.found(foundation())
        run = intake.Run(writer, _reads(None), given, reader)
        run.tally = tally or run.tally
        run.keep = lambda batch: quads.update(batch.quads)
        run.add(items, jobs)
    return quads


def known_places() -> claimed.Listed:
    """What every store knows from the start, for reports that are read into none."""
    from kg import claimed

    return claimed.Listed(foundation().quads)


def add_content(store: Path, name: str, content: bytes, syntax: str) -> Change:
    """Add to a store what came without a file: a report or entities in YAML (`yaml`), or RDF in that syntax.

    `name` stands in place of a file's name in errors. No file is read: a report's text must stand in it.
    """
    with Writer(store, schema.load(), must_exist=True) as writer:
        writer.found(foundation())
        if syntax == "yaml":
            return writer.add([_authored(Path(name), content, writer, _no_text)])
        return writer.add([Batch(formats.parse(content, formats.format_named(syntax), name), source=name)])


def patch(store: Path, change: Patch, source: str) -> Change:
    """Take quads out of a store and bring others, as `change` says of all there are, in one transaction."""
    with Writer(store, schema.load(), must_exist=True) as writer:
        writer.found(foundation())
        return writer.patch(change, source)


def remove(store: Path, report: IRI) -> Change:
    """Withdraw a report from a store, with all that rested on it alone."""
    with Writer(store, schema.load(), must_exist=True) as writer:
        return writer.remove(token(report))


def judge(store: Path, judgement: JudgementRecord) -> Change:
    """Record a judgement in a store; DataError where it contradicts others."""
    node = token(build.judgement_iri(judgement.joins, judgement.members))
    batch = Batch(list(build.judgement_quads(judgement)), source=str(store), stands=True)
    with Writer(store, schema.load(), must_exist=True) as writer:
        return writer.judge(node, batch)


def take_back(store: Path, judgement: IRI) -> Change:
    """Take a judgement back; UnknownName where the store does not hold it."""
    with Writer(store, schema.load(), must_exist=True) as writer:
        return writer.take_back(token(judgement))


def ontology_quads() -> Iterator[tuple[Token, Token, Token, Token]]:
    """The quads of the ontology and its concept schemes, in the ontology's graph."""
    folder = resources.ontology()
    for path in (folder / "core.ttl", *sorted((folder / "vocab").glob("*.ttl"))):
        for s, p, o, _ in formats.parse(path.read_bytes(), formats.format_of(path), str(path)):
            yield s, p, o, f"<{GRAPH_ONTOLOGY}>"


def read_authored(
    path: Path,
    text: str,
    resolve: authoring.Resolve,
    known: authoring.Known = lambda kind: [],
    called: Callable[[str], str | None] = lambda iri: None,
    read_text: Callable[[Path], str] | None = None,
) -> ReportRecord | tuple[EntityRecord, ...] | tuple[JudgementRecord, ...]:
    """What a YAML file describes: a report or judgements, where it has such a key, else entities."""
    root = load(text, str(path))
    if isinstance(root, Mapping) and "report" in root.entries:
        return authoring.read_report(text, str(path), schema.load(), resolve, read_text or _read_text, known, called)
    if isinstance(root, Mapping) and authoring.judgements.KEY in root.entries:
        return authoring.read_judgements(text, str(path), resolve, known)
    return authoring.read_entities(text, str(path), schema.load())


def _reads(syntax: str | None) -> intake.Other:
    """What reads files of RDF in a syntax, or as their endings say, and authored ones."""

    def read(path: Path, writer: Writer, texts: set[Path]) -> Batch:
        def read_text(beside: Path) -> str:
            texts.add(beside)
            return _read_text(beside)

        content = formats.read_bytes(path)
        if syntax is None and path.suffix.lower() in AUTHORED:
            return _authored(path, content, writer, read_text)
        chosen = formats.format_named(syntax) if syntax else formats.format_of(path)
        return Batch(formats.parse(content, chosen, str(path)), source=str(path))

    return read


def _authored(path: Path, content: bytes, writer: Writer, read_text: Callable[[Path], str] | None = None) -> Batch:
    record = read_authored(path, _decoded(content, path), writer.resolve, writer.known, writer.called, read_text)
    if not isinstance(record, ReportRecord):
        return Batch(list(_standing_quads(record)), source=str(path), stands=True)
    report = token(record.iri)
    documents = [(report, path.name, content)]
    if record.text is not None:
        documents.append((report, "text", record.text.encode()))
    quads = list(build.report_quads(record, schema.load()))
    return Batch(quads, frozenset([report]), tuple(documents), str(path))


def _standing_quads(records: Iterable[EntityRecord | JudgementRecord]) -> Iterator[Quad]:
    for record in records:
        if isinstance(record, JudgementRecord):
            yield from build.judgement_quads(record)
        else:
            yield from build.entity_quads(record)


@cache
def foundation() -> Batch:
    """What every store begins with: the ontology and the shared places."""
    places = resources.data() / "entities" / "places.yaml"
    records = authoring.read_entities(places.read_text(encoding="utf-8"), str(places), schema.load())
    return Batch([*ontology_quads(), *(quad for record in records for quad in build.entity_quads(record))])


def _shipped_files() -> list[Path]:
    folder = resources.data()
    return [path for part in ("entities", "reports", "judgements") for path in sorted((folder / part).glob("*.yaml"))]


def _no_text(path: Path) -> str:
    raise InputError(
        f"the report names the file {path.name!r} for its text, and no file is read here; add it with kg add"
    )


def _read_text(path: Path) -> str:
    return _decoded(formats.read_bytes(path), path)


def _decoded(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ParseError("the bytes are not UTF-8; save the file as UTF-8", str(path), line) from None
