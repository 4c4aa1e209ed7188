"""Which store answers at an address: told by the address, its headers, and what a few known paths answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import web
from kg.errors import RemoteError
from kg.push import profiles
from kg.push.client import SHORT, Client, RefusedError, Reply, UnclearError
from kg.push.profiles import Profile


def profile_of(client: Client, name: str | None) -> tuple[Profile, str]:
    """The profile to go by, and how it was chosen; RemoteError where nothing answers at the address."""
    if name is not None:
        return profiles.named(name), "as --profile says"
    first = _reply(client, client.address)
    if first is None:
        raise RemoteError(f"{client.address}: nothing answers; check the address and that the store runs")

    @cache
    def got(url: str) -> Reply | None:
        return first if url == client.address else _reply(client, url)

    for each in map(profiles.named, profiles.ORDER):
        for sign in each.detect:
            if _fits(sign, client.address, first, got):
                return each, f"told by its {_how(sign)}"
    return profiles.named(profiles.ANY), "as nothing tells which store it is"


def _reply(client: Client, url: str) -> Reply | None:
    try:
        return client.send("GET", url, headers={"Accept": "*/*;q=0.1"}, most=SHORT, tries=3)
    except (RefusedError, UnclearError):
        return None


def _fits(sign: Mapping[str, str], address: str, first: Reply, got: object) -> bool:
    assert callable(got)
    here = re.search(sign["address"], address) if "address" in sign else None
    if "address" in sign and here is None:
        return False
    if "server" in sign and not re.search(sign["server"], first.headers.get("server", "")):
        return False
    if "header" in sign and sign["header"].lower() not in first.headers:
        return False
    if "get" not in sign:
        return True
    path = here.expand(sign["get"]) if here else sign["get"]
    reply = got(path if path.startswith("http") else web.origin(address) + path)
    if reply is None or reply.status != 200:
        return False
    return re.search(sign.get("contains", ""), reply.body.decode("utf-8", "replace")) is not None


def _how(sign: Mapping[str, str]) -> str:
    if "get" in sign:
        return "answer at " + sign["get"].replace(r"\1", "…")
    return "Server header" if "server" in sign else f"header {sign['header']}" if "header" in sign else "address"
