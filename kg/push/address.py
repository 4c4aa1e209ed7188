"""The address of a store as the user gives it: checked, without secrets, and the addresses that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

from kg import web
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
    found, shown = web.address(text), web.without_user(text)
    if found is None:
        raise InputError(f"{shown!r} is not the address of a store; give one that starts with http://")
    if found.has_user:
        raise InputError(
            f"{shown}: a name or password in the address would be printed and kept in histories; "
            "leave it out and set KG_USER and KG_PASSWORD, or KG_TOKEN"
        )
    if found.has_more:
        raise InputError(f"{shown}: give the address without what follows ? or #")
    return found.base


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
