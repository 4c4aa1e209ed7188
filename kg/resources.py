"""Where the ontology, the data and the queries lie: inside the installed package, or in the checkout around it."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def root() -> Path:
    """The folder that holds `ontology/`, `data/` and `queries/`."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _PACKAGE.parent


def ontology() -> Path:
    """The folder of the ontology."""
    return root() / "ontology"


def data() -> Path:
    """The folder of the data that the shipped graph is built from."""
    return root() / "data"


def queries() -> Path:
    """The folder of the canned queries."""
    return root() / "queries"


def headers() -> Path | None:
    """The headers of the shipped queries as JSON, made when the package was built, or None in a checkout."""
    built = _PACKAGE / "_data" / "headers.json"
    return built if built.is_file() else None


def shipped() -> Path | None:
    """The store file that was built when the package was, or None in a checkout that is not installed."""
    built = _PACKAGE / "_data" / "shipped.kg"
    return built if built.is_file() else None
