"""What a request says: its parameters and its body, decoded strictly, within limits."""

from __future__ import annotations

import asyncio
import hmac
from base64 import b64decode
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.errors import InputError, Refused
from kg.serve.settings import Settings

READS_ONLY = "this server only reads; start it with: kg serve --store news.kg --write"
_MOST_PARAMETERS = 1000


class Parameters:
    """The parameters of an address or a form, each with all its values."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.values: dict[str, list[str]] = {}
        for name, value in pairs:
            self.values.setdefault(name, []).append(value)

    def all(self, name: str) -> list[str]:
        """All values of a parameter."""
        return self.values.get(name, [])

    def one(self, name: str) -> str | None:
        """The value of a parameter, None where it is not there; InputError where there are several."""
        found = self.all(name)
        if len(found) > 1:
            raise InputError(f"the request has {len(found)} parameters {name!r}; send one")
        return found[0] if found else None

    def joined(self, other: Parameters) -> Parameters:
        """The parameters of both."""
        pairs = [(name, value) for each in (self, other) for name, values in each.values.items() for value in values]
        return Parameters(pairs)


def parameters(text: bytes) -> Parameters:
    """Parameters as forms encode them; InputError for bytes that are not UTF-8."""
    try:
        return Parameters(
            parse_qsl(text.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
        )
    except UnicodeDecodeError:
        raise InputError("the parameters are not UTF-8; encode them as UTF-8, then by percent signs") from None
    except ValueError:
        raise InputError(f"the request has more than {_MOST_PARAMETERS} parameters") from None


def of_address(request: Request) -> Parameters:
    """The parameters of the request's address."""
    return parameters(request.scope["query_string"])


async def body_of(request: Request, settings: Settings, largest: int | None = None) -> bytes:
    """The whole body; refused where it is larger than `largest` or any may be, or comes too slowly."""
    largest = settings.largest_body if largest is None else min(largest, settings.largest_body)
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refused(415, "the body is compressed; send it as it is, without Content-Encoding")
    received = bytearray()
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > largest:
        raise _too_large(largest)
    try:
        async with asyncio.timeout(settings.body_seconds):
            async for chunk in request.stream():
                received += chunk
                if len(received) > largest:
                    raise _too_large(largest)
    except TimeoutError:
        raise Refused(408, f"the body did not come within {settings.body_seconds:g} s") from None
    except ClientDisconnect:
        raise Refused(400, "the connection was closed before the whole body had come") from None
    return bytes(received)


def _too_large(largest: int) -> Refused:
    return Refused(413, f"the body is larger than {largest // (1024 * 1024)} MiB; send it in parts")


def media_type(request: Request) -> tuple[str, Mapping[str, str]]:
    """The media type of the body and its parameters, in lower case; empty where the request names none."""
    kind, *rest = request.headers.get("content-type", "").split(";")
    given = dict(part.strip().partition("=")[::2] for part in rest if "=" in part)
    return kind.strip().lower(), {name.lower(): value.strip('"') for name, value in given.items()}


def text_of(body: bytes, parameters: Mapping[str, str]) -> bytes:
    """A body of text, checked to be UTF-8 in name and in fact."""
    charset = parameters.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refused(415, f"the body is sent as {charset[:40]}; send UTF-8")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"the bytes of the body are not UTF-8 (byte {error.start}); send UTF-8") from None
    return body


def check_may_write(request: Request, settings: Settings) -> None:
    """Refused unless the server writes and the request bears its token: `Bearer`, or `Basic` with it as password."""
    if not settings.write:
        raise Refused(403, READS_ONLY)
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    scheme, given = scheme.lower(), credentials.strip()
    if scheme == "basic":
        try:
            given = b64decode(given, validate=True).decode("utf-8").partition(":")[2]
        except ValueError:
            given = ""
    if (
        scheme not in ("basic", "bearer")
        or not given
        or not hmac.compare_digest(given.encode(), settings.token.encode())
    ):
        raise Refused(401, "writing needs the token of this server: send the header Authorization: Bearer TOKEN")


def may_write(request: Request, settings: Settings) -> bool:
    """Whether the server writes and the request bears its token."""
    try:
        check_may_write(request, settings)
    except Refused:
        return False
    return True
