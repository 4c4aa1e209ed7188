"""Who signs in: from the environment or netrc, never from the command line, and never printed."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

HOW = "set KG_USER and KG_PASSWORD, or KG_TOKEN, or keep them in netrc"


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """A name and password, or a token."""

    user: str | None = None
    password: str | None = None
    token: str | None = None

    def cleaned(self, text: str) -> str:
        """`text` without any form in which a secret may have been echoed."""
        for secret in self._forms():
            text = text.replace(secret, "***")
        return text

    def _forms(self) -> list[str]:
        known = [secret for secret in (self.password, self.token) if secret]
        if self.user is not None:
            known.append(base64.b64encode(f"{self.user}:{self.password or ''}".encode()).decode())
        every = {form for secret in known for form in (secret, quote(secret, safe=""), repr(secret)[1:-1])}
        return sorted(every, key=len, reverse=True)


def found(address: str) -> Credentials:
    """What the environment says, else what netrc says of the host; nothing where neither does."""
    token, user = os.environ.get("KG_TOKEN"), os.environ.get("KG_USER")
    if token:
        return Credentials(token=token)
    if user:
        return Credentials(user, os.environ.get("KG_PASSWORD", ""))
    return _from_netrc(urlsplit(address).hostname or "")


def _from_netrc(host: str) -> Credentials:
    from netrc import NetrcParseError, netrc

    try:
        entry = netrc(os.environ.get("NETRC")).authenticators(host)
    except (OSError, NetrcParseError, UnicodeDecodeError):
        return Credentials()
    return Credentials(entry[0], entry[2]) if entry else Credentials()
