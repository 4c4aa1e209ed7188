"""What is known of each triple store, read from one TOML file a store: paths, sign-in, what it accepts, its graphs."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kg.errors import InputError

FOLDER = Path(__file__).parent / "profiles"
ORDER = ("oxigraph", "virtuoso", "fuseki", "graphdb", "rdf4j", "stardog", "blazegraph", "neptune", "qlever")
"""In the order in which an unknown address is compared with them."""

ANY = "sparql"
"""The profile of a store that none of the others fits."""

SERVICES = ("query", "update", "graph_store", "quads")
_KEYS = {"title", "run_here", "paths", "sign_in", "accepts", "default_graph", "values", "detect", "bulk", "sources"}


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of store. `sources` names, for what is said here, the page that says so, or that it was measured."""

    name: str
    title: str
    run_here: bool
    paths: Mapping[str, str]
    """By service (query, update, graph_store, quads), relative to the address; what is missing is not offered."""
    sign_in: Literal["none", "basic", "digest", "bearer"]
    media_type: str
    """How N-Triples are labelled; N-Triples are Turtle, which more stores take."""
    chunked: bool
    """Whether it keeps bodies of unknown length. They are always sent with their length."""
    gzip: bool
    """Whether it takes compressed bodies; long ones are compressed where it does."""
    insert_triples: int
    insert_bytes: int
    """The most that one INSERT DATA may hold."""
    body_bytes: int
    """The most that one graph or dataset in one request may hold."""
    default_graph: Literal["union", "isolated"]
    """What a query outside GRAPH asks, unless asking the store tells otherwise."""
    default_writable: bool
    rewrites_values: bool
    """Whether literals come back in another form than they were sent in."""
    detect: tuple[Mapping[str, str], ...]
    """Signs of this store, any of which is enough: all conditions of one must hold."""
    bulk_command: str
    bulk_from: int
    """From how many triples on the store's own loader is the better way, and its command."""
    sources: Mapping[str, str]


def named(name: str) -> Profile:
    """The profile of that name, or in a TOML file of the user's own; InputError where there is none."""
    if name.endswith(".toml"):
        return read(Path(name))
    if name not in names():
        raise InputError(f"there is no profile {name!r}; use one of {' '.join(names())}, or a TOML file of your own")
    return read(FOLDER / f"{name}.toml")


def names() -> tuple[str, ...]:
    """The names of all profiles, the fallback last."""
    return (*ORDER, ANY)


def read(path: Path) -> Profile:
    """A profile from its file; InputError that names the file and the key for what is wrong."""
    try:
        text = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: the profile cannot be read: {error}") from None
    try:
        unknown = text.keys() - _KEYS | text["paths"].keys() - set(SERVICES)
        if unknown:
            raise ValueError(f"the key {min(unknown)!r} is not known")
        return _profile(path.stem, text)
    except KeyError as error:
        raise InputError(f"{path}: the profile lacks the key {error}") from None
    except (TypeError, ValueError, AttributeError, re.error) as error:
        raise InputError(f"{path}: {error}; see docs/stores.md for the keys of a profile") from None


def _profile(name: str, text: dict[str, Any]) -> Profile:
    accepts, default, bulk = text["accepts"], text["default_graph"], text["bulk"]
    paths = {service: str(path) for service, path in text["paths"].items()}
    detect = tuple({key: str(value) for key, value in sign.items()} for sign in text.get("detect", ()))
    for pattern in (sign[key] for sign in detect for key in ("server", "address", "contains") if key in sign):
        re.compile(pattern)
    if "query" not in paths:
        raise KeyError("paths.query")
    return Profile(
        name=name,
        title=str(text["title"]),
        run_here=bool(text["run_here"]),
        paths=paths,
        sign_in=_one_of(text["sign_in"], ("none", "basic", "digest", "bearer"), "sign_in"),
        media_type=str(accepts["media_type"]),
        chunked=bool(accepts["chunked"]),
        gzip=bool(accepts["gzip"]),
        insert_triples=_positive(accepts["insert_triples"], "accepts.insert_triples"),
        insert_bytes=_positive(accepts["insert_bytes"], "accepts.insert_bytes"),
        body_bytes=_positive(accepts["body_bytes"], "accepts.body_bytes"),
        default_graph=_one_of(default["queries"], ("union", "isolated"), "default_graph.queries"),
        default_writable=bool(default["writable"]),
        rewrites_values=bool(text["values"]["rewritten"]),
        detect=detect,
        bulk_command=" ".join(str(bulk["command"]).split()),
        bulk_from=_positive(bulk["from_triples"], "bulk.from_triples"),
        sources=dict(text["sources"]),
    )


def _one_of(value: Any, known: tuple[str, ...], key: str) -> Any:
    if value not in known:
        raise ValueError(f"{key} must be one of {' '.join(known)}, not {value!r}")
    return value


def _positive(value: Any, key: str) -> int:
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"{key} must be a whole number from 1 on, not {value!r}")
    return value
