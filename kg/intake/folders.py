"""The files that a folder holds for the graph: reports to be read, and what people wrote in YAML."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kg.errors import InputError
from kg.intake.take import BESIDE


def files_in(folder: Path, endings: Sequence[str]) -> list[Path]:
    """The files below a folder whose names end so, folder by folder, sorted; hidden ones and what is said beside not.

    Links to folders are not followed. InputError where there is none, or a folder cannot be read.
    """
    found: list[Path] = []

    def fail(error: OSError) -> None:
        raise InputError(f"{error.filename}: cannot be read ({error.strerror}); check its permissions") from None

    for place, folders, names in os.walk(folder, onerror=fail):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(place, name) for name in sorted(names) if _is_wanted(name, endings)]
    if not found:
        raise InputError(f"{folder}: no file in this folder ends in {' '.join(endings)}; name another")
    return found


def _is_wanted(name: str, endings: Sequence[str]) -> bool:
    lower = name.lower()
    return lower.endswith(tuple(endings)) and not lower.endswith(BESIDE) and not name.startswith((".", "~$"))
