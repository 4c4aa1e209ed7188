"""Building the graph that ships, and its query headers, from a checkout: for the wheel, or for use without one."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from pathlib import Path

from kg import pipeline, resources
from kg.query.header import header_of


def build(target: Path) -> None:
    """Build the graph that ships from `ontology/` and `data/` into a new store file."""
    pipeline.add(target, [], with_shipped=True)
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("VACUUM")
    connection.close()


def build_headers(target: Path) -> None:
    """Write the headers of the shipped queries as one JSON file, which is quicker to read than YAML."""
    paths = sorted(resources.queries().glob("*.rq"))
    headers = {path.stem: header_of(path.read_text(encoding="utf-8"), str(path)) for path in paths}
    target.write_text(json.dumps(headers, ensure_ascii=False, sort_keys=False, default=str), encoding="utf-8")


def store_file() -> Path:
    """A store file for this state of the checkout, in the folder for temporary files."""
    owner = os.getuid() if hasattr(os, "getuid") else 0
    target = Path(tempfile.gettempdir()) / f"kabar-{owner}" / f"{_state()}.kg"
    if not target.is_file():
        target.parent.mkdir(mode=0o700, exist_ok=True)
        fresh = target.with_name(f"{target.stem}-{os.getpid()}.making")
        build(fresh)
        fresh.replace(target)
    return target


def _state() -> str:
    """What changes whenever a file does that the graph is built from, or the code that builds it."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    files = [*resources.ontology().rglob("*"), *resources.data().rglob("*"), *package.rglob("*.py")]
    for file in sorted(file for file in files if file.is_file()):
        stat = file.stat()
        digest.update(f"{file}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:24]
