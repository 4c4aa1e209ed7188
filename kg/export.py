"""The graph as a file: every asserted quad, and what is inferred where it is wanted, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kg import formats
from kg.errors import DiskError, InputError
from kg.reason import closure
from kg.terms import GRAPH_INFERRED, Quad


def chosen_format(path: Path | None, name: str | None) -> formats.Format:
    """The syntax to write: the one named, else by the file's ending, else Turtle."""
    if name is not None:
        return formats.format_named(name)
    return formats.format_of(path) if path is not None else formats.FORMATS["turtle"]


def with_inferred(quads: Iterable[Quad]) -> list[Quad]:
    """`quads`, and what follows from them by OWL 2 RL in a graph of its own."""
    given = list(quads)
    return [*given, *((*triple, f"<{GRAPH_INFERRED}>") for triple in closure((s, p, o) for s, p, o, _ in given))]


def write(path: Path, chunks: Iterable[bytes]) -> None:
    """Write a file whole, or leave what was there: DiskError where the disk is full or refuses.

    The bytes go to a file beside it, are forced to the disk, and take its name in one step.
    """
    target = path.resolve()
    if target.is_dir():
        raise InputError(f"{path}: this is a directory; name a file in it")
    if not target.parent.is_dir():
        raise InputError(f"{path}: the folder {target.parent} does not exist; create it first")
    if target.exists() and not target.is_file():
        _write_through(path, chunks)
        return
    fresh: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".making")
        fresh = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        fresh.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        fresh.replace(target)
    except OSError as error:
        raise _full(path, error) from None
    finally:
        if fresh is not None:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)


def _write_through(path: Path, chunks: Iterable[bytes]) -> None:
    """Write to what is no ordinary file, such as a pipe or a device."""
    try:
        with path.open("wb") as file:
            file.writelines(chunks)
    except OSError as error:
        raise _full(path, error) from None


def _full(path: Path, error: OSError) -> DiskError:
    return DiskError(f"{path}: {error.strerror or error}; nothing was written; free space or choose another place")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
