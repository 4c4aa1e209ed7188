"""kabar: what news reports say about economic cooperation, each answer with the sentence that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import (
        AmbiguousName,
        BadParameter,
        CheckFailed,
        DataError,
        DeadlineExceeded,
        DiskError,
        InputError,
        JobFailed,
        KgError,
        MissingExtra,
        NotAcceptable,
        NotFound,
        Overloaded,
        ParseError,
        Refused,
        RemoteError,
        StoreError,
        UnknownName,
        UnknownQuery,
        WorkerLost,
    )
    from kg.graph import Graph, open  # noqa: A004  # kg.open, as one opens a file
    from kg.result import Result, Row, Triples

__version__ = "0.1.0"

__all__ = [
    "AmbiguousName",
    "BadParameter",
    "CheckFailed",
    "DataError",
    "DeadlineExceeded",
    "DiskError",
    "Graph",
    "InputError",
    "JobFailed",
    "KgError",
    "MissingExtra",
    "NotAcceptable",
    "NotFound",
    "Overloaded",
    "ParseError",
    "Refused",
    "RemoteError",
    "Result",
    "Row",
    "StoreError",
    "Triples",
    "UnknownName",
    "UnknownQuery",
    "WorkerLost",
    "__version__",
    "open",
]

_HOMES = {"Graph": "graph", "open": "graph", "Result": "result", "Row": "result", "Triples": "result"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: importing the package alone reads nothing else."""
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"kg.{_HOMES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
