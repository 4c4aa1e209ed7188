"""The address of a store as the user gives it: checked, without secrets, and the addresses that follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from kg.errors import InputError
from kg.push.profiles import Profile


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a store takes queries, updates, single graphs and whole datasets; None where it does not."""

    query: str
    update: str | None
    graph_store: str | None
    quads: str | None


def checked(text: str) -> str:
    """The address without a slash at its end; InputError for what is none, or holds what must not be printed."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise InputError("the address of the store is not a URL; give one such as http://localhost:7878") from None
    if parts.username is not None or parts.password is not None:
        raise InputError(
            f"{_without_user(text)}: a name or password in the address would be printed and kept in histories; "
            "leave it out and set KG_USER and KG_PASSWORD, or KG_TOKEN"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{text.partition('?')[0]!r} is not the address of a store; give one that starts with http://")
    if parts.query or parts.fragment:
        raise InputError(f"{text.partition('?')[0].partition('#')[0]}: give the address without what follows ? or #")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    where = host if port is None else f"{host}:{port}"
    return urlunsplit((parts.scheme, where, parts.path.rstrip("/"), "", ""))


def origin(address: str) -> str:
    """Scheme, host and port: where credentials may go."""
    parts = urlsplit(address)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or default}"


def addresses(address: str, profile: Profile) -> Addresses:
    """What a profile makes of an address, which may name the store or one of its services."""
    base = address
    services = {path.rstrip("/") for path in profile.paths.values() if path.startswith("/")}
    for path in sorted(services, key=len, reverse=True):
        if base.endswith(path):
            base = base.removesuffix(path)
            break

    def at(service: str) -> str | None:
        path = profile.paths.get(service)
        if path is None:
            return None
        if path.startswith("../"):
            return f"{base.rsplit('/', 1)[0]}/{path[3:]}"
        return base + path

    query = at("query")
    assert query is not None
    return Addresses(query, at("update"), at("graph_store"), at("quads"))


def _without_user(text: str) -> str:
    scheme, _, rest = text.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}".partition("?")[0]
