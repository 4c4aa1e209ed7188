"""Named queries that must find nothing: each file in `ontology/checks/` says what is wrong in its first line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.index import Index
from kg.terms import Literal


def problems(index: Index, folder: Path) -> Iterator[tuple[str, str]]:
    """The IRI of what is wrong and what is wrong with it, for every row of every query in `folder`."""
    for path in sorted(folder.glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        says = text.split("\n", 1)[0].lstrip("# ").rstrip(". ")
        for row in index.answer(text).solutions:
            detail = row.get("detail")
            more = detail.value if isinstance(detail, Literal) else str(detail) if detail is not None else ""
            yield str(row.get("focus", "")), f"{says} ({path.stem}{': ' + more if more else ''})"
