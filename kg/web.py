"""What every client of a server on the web shares: its address taken apart, and how long it waits to ask again."""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

_PORTS = {"http": 80, "https": 443}
_WORDS = 200


class Address(NamedTuple):
    """An address of http or https: without user, query, fragment and the slash at its end, and whether it had them."""

    base: str
    has_user: bool
    has_more: bool


def address(text: str) -> Address | None:
    """The parts of an address (RFC 3986, section 3); None where it is none of http or https."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or not text.isprintable() or " " in text:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    where = host if port is None else f"{host}:{port}"
    return Address(
        urlunsplit((parts.scheme, where, parts.path.rstrip("/"), "", "")),
        parts.username is not None or parts.password is not None,
        bool(parts.query or parts.fragment),
    )


def without_user(text: str) -> str:
    """What a user gave as an address, for an error: without what stands before @ and behind ? or #."""
    scheme, mark, rest = text.partition("://")
    rest = rest if mark else scheme
    shown = rest.rpartition("@")[2].partition("?")[0].partition("#")[0]
    return f"{scheme}://{shown}" if mark else shown


def origin(address: str) -> str:
    """Scheme, host and port (RFC 6454): where credentials, and what is sent with them, may go."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}:{parts.port or _PORTS.get(parts.scheme)}"


def trust(address: str) -> bool | ssl.SSLContext:
    """What httpx2 verifies certificates with: reading the trusted ones takes its time, and http needs none."""
    return True if address.startswith("https:") else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def wait(number: int, first: float, longest: float) -> float:
    """Seconds before try `number` + 1: twice as long each time, at most `longest`, never the same for two who wait."""
    longer: float = first * 2.0 ** (number - 1)
    return min(longest, longer * random.uniform(0.5, 1.5))  # noqa: S311  # no secret rests on it


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that Retry-After names, as a number or a date (RFC 9110, section 10.2.3); None where it names none."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None


def words(error: Exception) -> str:
    """An error of a library in one line, or its name where it says nothing."""
    return " ".join(str(error).split())[:_WORDS] or type(error).__name__
