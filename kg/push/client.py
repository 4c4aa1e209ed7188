"""HTTP as pushing needs it: bodies that can be sent again, retries, deadlines, sign-in, and nothing to another origin.

The HTTP library (httpx2) is imported here only.
"""

from __future__ import annotations

import gzip
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from kg import web
from kg.errors import RemoteError
from kg.push import credentials
from kg.push.credentials import Credentials

if TYPE_CHECKING:
    import httpx2

SHORT = 64 * 1024
"""The most that is read of an answer to a change."""

LONG = 1024 * 1024 * 1024
"""The most that is read of an answer to a query."""

NOT_OFFERED = (404, 405, 415, 501)
"""Answers of a store that does not offer what was asked, at this address or at all."""

_COMPRESSED_FROM = 64 * 1024
_REDIRECTS = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on: requests for one thing, seconds before the second, the longest wait, and all in all."""

    tries: int = 6
    first_wait: float = 0.5
    longest_wait: float = 300.0
    total: float = 3600.0
    one_answer: float = 120.0
    """Seconds without a byte after which an answer is given up."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True
    """False where the answer was longer than what is read."""

    @property
    def is_page(self) -> bool:
        """Whether a web page came where data, or nothing, should."""
        return self.headers.get("content-type", "").startswith("text/html") and bool(self.body.strip())

    @property
    def done(self) -> bool:
        """Whether it did what was asked: a form to fill in, which some stores answer with 200, is no success."""
        return self.status in (200, 201, 202, 204, 205) and not (self.status == 200 and self.is_page)


class RefusedError(RemoteError):
    """The store answered that it will not."""

    def __init__(self, message: str, reply: Reply) -> None:
        super().__init__(message)
        self.reply = reply


class UnclearError(RemoteError):
    """The connection ended before the answer: it may have been done."""


class _Request(NamedTuple):
    """What is asked of the store, and how much of the answer is read at most, in bytes."""

    method: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    params: Mapping[str, str] | None
    most: int


@dataclass
class Client:
    """Requests to one store, one at a time."""

    address: str
    known: Credentials
    sign_in: str = "none"
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    requests: int = 0

    def __post_init__(self) -> None:
        import httpx2

        self._origin = web.origin(self.address)
        self._ends = time.monotonic() + self.patience.total
        self._http = httpx2.Client(
            headers={"Accept-Encoding": "identity", "User-Agent": "kabar"}, verify=web.trust(self._origin)
        )
        self._auth = self._signed(self.sign_in)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def use(self, sign_in: str) -> None:
        """Sign in as a profile says; a token is always sent as one."""
        self._auth = self._signed(sign_in)

    def send(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        again: bool = True,
        most: int = SHORT,
        compress: bool = False,
        tries: int | None = None,
        unclear: Callable[[], None] = lambda: None,
    ) -> Reply:
        """One answer, whatever its status, after as many tries as patience allows.

        `again` says that doing it twice does no harm; else UnclearError where it may have been done. `unclear` is
        called each time that is so. RemoteError where no answer comes.
        """
        given = dict(headers or {})
        if compress and len(body) >= _COMPRESSED_FROM:
            body, given["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        last = self.patience.tries if tries is None else tries
        for number in range(1, last + 1):
            wait = web.wait(number, self.patience.first_wait, self.patience.longest_wait)
            try:
                reply = self._redirected(_Request(method, url, body, given, params, most))
            except _NotSentError as error:
                problem = RemoteError(f"{url}: {error}; check the address and that the store runs")
            except UnclearError as error:
                unclear()
                if not again:
                    raise
                problem = error
            else:
                if not _passing(reply):
                    return reply
                if reply.status in (500, 502, 504):
                    unclear()
                    if not again:
                        raise UnclearError(f"{url}: the store answered {reply.status} before it had done, or after")
                if reply.status == 500 and number >= 2:
                    return reply
                asked = web.retry_after(reply.headers)
                wait = wait if asked is None else min(asked, self.patience.longest_wait)
                problem = RemoteError(f"{url}: the store answered {reply.status} {number} times; try again later")
            if number == last or time.monotonic() + wait > self._ends:
                raise problem
            self.sleep(wait)
        raise AssertionError("a last try returns or raises")

    def refusal(self, url: str, reply: Reply) -> RefusedError:
        """An answer that did not do what was asked, as an error in one line."""
        said = self.known.cleaned(_said(reply))
        if reply.status in (401, 403):
            who = "the store does not know you" if self.known == Credentials() else "the store refuses this sign-in"
            return RefusedError(f"{url}: {who} ({reply.status}); {credentials.HOW}", reply)
        if reply.status == 507 or re.search(r"no space left|disk (is )?full|out of disk", said, re.IGNORECASE):
            return RefusedError(f"{url}: the store is full ({reply.status}): {said}; free space on it", reply)
        if 300 <= reply.status < 400:
            elsewhere = self.known.cleaned(reply.headers.get("location", "another address").partition("?")[0])
            return RefusedError(
                f"{url}: the store sends to {elsewhere}, which is not followed; give that address", reply
            )
        if reply.status == 200 and reply.is_page:
            return RefusedError(
                f"{url}: a web page came where the store should have taken data; check the address", reply
            )
        return RefusedError(f"{url}: the store answered {reply.status}: {said or 'nothing more'}", reply)

    def _redirected(self, asked: _Request) -> Reply:
        """The answer, redirects followed where they stay with the same origin."""
        for _ in range(_REDIRECTS):
            reply = self._signed_in(asked)
            where = urljoin(asked.url, reply.headers.get("location", ""))
            if reply.status not in (301, 302, 307, 308) or where == asked.url or web.origin(where) != self._origin:
                return reply
            asked = asked._replace(url=where, params=None if urlsplit(where).query else asked.params)
        return reply

    def _signed_in(self, request: _Request) -> Reply:
        """The answer, signed in the way the store asks for where it is another than was thought."""
        reply = self._once(request)
        asked = reply.headers.get("www-authenticate", "").split(" ")[0].lower()
        if (
            reply.status == 401
            and self.known.user is not None
            and asked in ("basic", "digest")
            and asked != self.sign_in
        ):
            self.use(asked)
            reply = self._once(request)
        return reply

    def _once(self, request: _Request) -> Reply:
        import httpx2

        method, url, body, headers, params, most = request
        assert web.origin(url) == self._origin, "nothing goes to another origin"
        left = max(1.0, self._ends - time.monotonic())
        limits = httpx2.Timeout(min(self.patience.one_answer, left), connect=min(10.0, left))
        self.requests += 1
        try:
            with self._http.stream(
                method, url, content=body or None, headers=headers, params=params, auth=self._auth, timeout=limits
            ) as response:
                content, whole = self._read(response, most)
                if not whole and most == SHORT and response.status_code < 300 and method != "GET":
                    raise UnclearError(f"{url}: the answer does not end")
                return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, content, whole)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError) as error:
            if "CERTIFICATE" in str(error).upper() or "SSL" in str(error).upper():
                raise RemoteError(f"{url}: no safe connection: {web.words(error)}; check the certificate") from None
            raise _NotSentError(web.words(error)) from None
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise UnclearError(
                f"{url}: the connection ended before the answer ({self.known.cleaned(web.words(error))})"
            ) from None
        except (httpx2.InvalidURL, ValueError) as error:
            raise RemoteError(f"{url}: {self.known.cleaned(web.words(error))}; check the address") from None

    def _read(self, response: httpx2.Response, most: int) -> tuple[bytes, bool]:
        import httpx2

        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > most:
                return b"".join(chunks)[:most], False
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("it took longer than --timeout allows")
        return b"".join(chunks), True

    def _signed(self, sign_in: str) -> httpx2.Auth | None:
        import httpx2

        self.sign_in = sign_in
        if self.known.token is not None:
            return _bearer(self.known.token)
        if self.known.user is None or sign_in == "none":
            return None
        kind = httpx2.DigestAuth if sign_in == "digest" else httpx2.BasicAuth
        return kind(self.known.user, self.known.password or "")


class _NotSentError(Exception):
    """No connection came about: nothing was done."""


def _bearer(token: str) -> httpx2.Auth:
    import httpx2

    def signed(request: httpx2.Request) -> httpx2.Request:
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    return httpx2.FunctionAuth(signed)


def _passing(reply: Reply) -> bool:
    """Whether an answer is of the kind that may be another the next time."""
    return reply.status in (429, 500, 502, 503, 504)


def _said(reply: Reply) -> str:
    """The first words of an answer, as text."""
    text = reply.body[:2000].decode("utf-8", "replace")
    if reply.is_page:
        text = re.sub(r"<[^>]*>", " ", text)
    return " ".join(text.split())[:300]
