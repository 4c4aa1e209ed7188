"""Many reports taken in, in the order of their files: in this process where it is quick, else by a crew."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kg import documents
from kg.claimed import RULES, Given, Reader, find
from kg.errors import KgError
from kg.intake.take import STANDARD_INPUT, Source, Taken, source_of, take

READ = (".txt", *documents.ENDINGS)
"""Endings of files that are read, as is `-`, standard input."""

_QUICK = 256 * 1024
"""Bytes of plain text that are read sooner than processes start."""


class Came(NamedTuple):
    """A file, its bytes where it could be read, and what came of it: a report taken in, or an error."""

    path: Path
    content: bytes
    taken: Taken | KgError


def is_read(path: Path) -> bool:
    """Whether a file is a report to be read, by its name."""
    return path.suffix.lower() in READ or str(path) == STANDARD_INPUT


def each(
    files: Sequence[Path], given: Given, reader: Reader | None = RULES, jobs: int | None = None
) -> Generator[Came, None, None]:
    """Each of `files` as a report that `reader` read, in order, by `jobs` processes (as many as there are cores).

    Without a reader it is the text alone. What is wrong with a file comes in place of what it holds; nothing is raised.
    The rules read in the processes, any other reader here. Close what is given: the processes end with it.
    """
    opened = map(_opened, files)
    if jobs is None and _is_quick(files):
        for path, source in zip(files, opened, strict=True):
            taken = source if isinstance(source, KgError) else _taken(source, given, reader)
            yield Came(path, b"" if isinstance(source, KgError) else source.content, taken)
        return
    from kg.intake.crew import Crew, cores

    by_rules = reader is RULES
    with Crew(min(jobs or cores(), max(len(files), 1))) as crew:
        for path, (origin, came) in zip(files, crew.take(opened, given, by_rules), strict=True):
            taken = came if by_rules or reader is None or isinstance(came, KgError) else _read(path, came, reader)
            yield Came(path, origin.content if origin else b"", taken)


def _opened(path: Path) -> Source | KgError:
    try:
        return source_of(path)
    except KgError as error:
        return error


def _taken(source: Source, given: Given, reader: Reader | None) -> Taken | KgError:
    try:
        return take(source, given, reader)
    except KgError as error:
        return error


def _read(path: Path, taken: Taken, reader: Reader) -> Taken | KgError:
    """What a reader that works in this process finds in a text that was taken out of its document elsewhere."""
    try:
        return taken._replace(reading=find(taken.text, str(path), taken.told, reader))
    except KgError as error:
        return error


def _is_quick(files: Iterable[Path]) -> bool:
    """Whether all are plain texts, and few bytes of them."""
    total = 0
    for path in files:
        if path.suffix.lower() in documents.ENDINGS:
            return False
        total += path.stat().st_size if path.is_file() else 0
    return total <= _QUICK
