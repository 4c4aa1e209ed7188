"""The store file that a writing command is to change."""

from __future__ import annotations

from pathlib import Path

from kg.errors import InputError
from kg.graph import RDF_ENDINGS


def store_file(given: str | None, command: str, must_exist: bool) -> Path:
    """The path of the store; InputError where none was named, or it cannot be one."""
    if not given:
        raise InputError(f"the graph that ships is read-only; name a store: kg {command} --store news.kg …")
    if given.startswith(("http://", "https://")):
        raise InputError(f"{given}: kg {command} writes to a store file, not to an endpoint; name a file")
    path = Path(given)
    if path.suffix.lower() in RDF_ENDINGS:
        raise InputError(f"{path}: this names an RDF file, not a store; name a file such as news.kg")
    if must_exist and not path.is_file():
        raise InputError(f"{path}: there is no such store")
    return path
