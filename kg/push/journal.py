"""The journal of a push: one line of JSON a step, on disk before the step is taken, so that a cut one can go on.

It lies in the user's folder for state unless a path is given, and never holds a name, password or token.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any
from urllib.parse import urlsplit

from kg.errors import DiskError, InputError

STATES = ("planned", "sent", "indeterminate", "acked", "verified")
_VERSION = 1


def usual_path(address: str, source: str) -> Path:
    """Where the journal of a source and a store lies unless a path is given."""
    name = hashlib.sha256(f"{source} {address}".encode()).hexdigest()[:12]
    return _state_folder() / f"push-{urlsplit(address).hostname}-{name}.jsonl"


class Journal:
    """A journal open for writing."""

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = path.open("w", encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"{path}: the journal cannot be written ({error.strerror}); name another: --journal"
            ) from None
        self._lines([{"journal": _VERSION, **head}])

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def planned(self, steps: Iterable[Mapping[str, Any]]) -> None:
        """All steps to come."""
        self._lines({**step, "state": "planned"} for step in steps)

    def mark(self, state: str, *batches: str) -> None:
        """That batches have come to a state."""
        assert state in STATES
        self._lines({"batch": batch, "state": state} for batch in batches)

    def finish(self) -> None:
        """That nothing is left to do."""
        self._lines([{"finished": True}])

    def _lines(self, values: Iterable[Mapping[str, Any]]) -> None:
        try:
            self._file.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise DiskError(f"{self.path}: the journal cannot be written ({error.strerror}); free space") from None


def acked(path: Path, head: Mapping[str, Any]) -> set[str]:
    """The batches that an unfinished push to the same store had through; InputError where there is none to resume."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError:
        raise InputError(f"{path}: there is no push to resume; leave --resume out") from None
    values = [value for line in lines if (value := _value(line)) is not None]
    if not values or values[0].get("journal") != _VERSION:
        raise InputError(f"{path}: this is no journal of a push; name another: --journal")
    if any(values[0].get(key) != head[key] for key in ("address", "source")):
        raise InputError(
            f"{path}: this journal is of a push of {values[0].get('source')} to {values[0].get('address')}"
        )
    if any(value.get("finished") for value in values):
        raise InputError(f"{path}: this push was finished, so there is nothing to resume; leave --resume out")
    return {value["batch"] for value in values if value.get("state") in ("acked", "verified")}


def _value(line: str) -> dict[str, Any] | None:
    """A line's value; None for an empty line and for one that was cut while it was written."""
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _state_folder() -> Path:
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state")
    return base / "kabar"
