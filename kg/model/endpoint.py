"""Where a model is asked and who asks: the address, the model's name, the key, and how long to wait."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from urllib.parse import quote

from kg import web
from kg.errors import InputError

KEY = "KG_MODEL_KEY"
"""The environment variable that holds the key; it is sent to the endpoint and shown nowhere."""

_PATH = "/chat/completions"
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Endpoint:
    """A model behind an address that was checked; `timeout` is the seconds that one whole answer may take."""

    address: str
    model: str
    timeout: float = 120.0
    key: str | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Where requests go."""
        return self.address + _PATH

    def cleaned(self, text: str) -> str:
        """`text` without any form in which a server may have echoed the key."""
        if self.key:
            for form in sorted({self.key, quote(self.key, safe=""), repr(self.key)[1:-1]}, key=len, reverse=True):
                text = text.replace(form, "***")
        return text


def endpoint(address: str, model: str, timeout: float = 120.0) -> Endpoint:
    """A checked endpoint with the key of the environment; InputError for what is no address, name or key."""
    if not model.strip() or not model.isprintable() or len(model) > _LONGEST_NAME:
        raise InputError("the name of the model is empty, too long or not printable; name it as the server does")
    key = os.environ.get(KEY) or None
    if key is not None and not all("!" <= sign <= "~" for sign in key):
        raise InputError(f"{KEY} holds a space or a character that no key has; set it to the key alone")
    return Endpoint(_checked(address), model.strip(), timeout, key)


def _checked(address: str) -> str:
    """The base of the address, such as `http://127.0.0.1:8080/v1`, without secrets and a slash at its end."""
    found = web.address(address)
    if found is None:
        raise InputError("the endpoint is not an address of the web; give one such as http://127.0.0.1:8080/v1")
    if found.has_user or found.has_more:
        raise InputError(f"the endpoint holds more than an address, which would be printed; keep a key in {KEY}")
    return found.base.removesuffix(_PATH).rstrip("/")
