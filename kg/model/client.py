"""HTTP as asking a model needs it: one answer under a deadline and a size, tried again where that may help.

The HTTP library (httpx2) is imported here and by kg.push only.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from kg import web
from kg.errors import RemoteError
from kg.model.endpoint import KEY, Endpoint

if TYPE_CHECKING:
    import httpx2

MOST = 16 * 1024 * 1024
"""Bytes of an answer that are read at most; one that is longer is given up."""

_PASSING = (408, 409, 425, 429, 500, 502, 503, 504, 529)
"""Answers of the kind that may be another the next time."""
_REDIRECTS = 3
_NO_CONNECTION = 10.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How often one thing is asked, seconds before the second time, and the longest wait that a server may ask for."""

    tries: int = 4
    late_tries: int = 2
    first_wait: float = 0.5
    longest_wait: float = 60.0


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def said(self) -> str:
        """The first words of an answer that did not do what was asked: the error's own message where it has one."""
        text = self.body[:4000].decode("utf-8", "replace")
        try:
            found: Any = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        for key in ("error", "message"):
            found = found.get(key, found) if isinstance(found, dict) else found
        return " ".join((found if isinstance(found, str) else text).split())[:200]


class _LateError(RemoteError):
    """No whole answer in time."""


@dataclass
class Client:
    """Requests to one endpoint, one at a time."""

    endpoint: Endpoint
    patience: Patience = field(default_factory=Patience)
    sleep: Callable[[float], None] = time.sleep
    requests: int = 0

    def __post_init__(self) -> None:
        import httpx2

        headers = {"User-Agent": "kabar", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self.endpoint.key:
            headers["Authorization"] = f"Bearer {self.endpoint.key}"
        self._http = httpx2.Client(headers=headers, verify=web.trust(self.endpoint.url), follow_redirects=False)

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def post(self, body: Mapping[str, Any]) -> Reply:
        """The answer to `body`, of a status that asking again would not change; RemoteError where none comes."""
        content = json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
        late = 0
        for number in range(1, self.patience.tries + 1):
            wait = web.wait(number, self.patience.first_wait, self.patience.longest_wait)
            try:
                reply = self._redirected(content)
            except _LateError as error:
                late += 1
                if late >= self.patience.late_tries:
                    raise
                problem: RemoteError = error
            else:
                if reply.status not in _PASSING:
                    return reply
                wait = self._asked_to_wait(reply, wait)
                problem = self._error(f"answered {reply.status} {number} times: {reply.said or 'nothing more'}")
            if number == self.patience.tries:
                break
            self.sleep(wait)
        raise problem

    def refusal(self, reply: Reply) -> RemoteError:
        """An answer that did not do what was asked, as an error in one line."""
        said = reply.said or "nothing more"
        if reply.status in (401, 403):
            how = f"the key in {KEY} is refused" if self.endpoint.key else f"it asks for a key; set {KEY}"
            return self._error(f"answered {reply.status}: {how} ({said})")
        if reply.status == 404:
            return self._error(f"answered 404: no model {self.endpoint.model!r}, or no such address ({said})")
        if 300 <= reply.status < 400:
            return self._error("sends elsewhere, which is not followed; give that address if you trust it")
        return self._error(f"answered {reply.status}: {said}")

    def _error(self, what: str, kind: type[RemoteError] = RemoteError) -> RemoteError:
        return kind(f"{self.endpoint.address}: the server {self.endpoint.cleaned(what)}")

    def _redirected(self, content: bytes) -> Reply:
        """The answer, redirects that keep the request followed where they stay with the same origin."""
        url = self.endpoint.url
        for _ in range(_REDIRECTS):
            reply = self._once(url, content)
            try:
                where = urljoin(url, reply.headers.get("location", ""))
                stays = web.origin(where) == web.origin(url) and where != url
            except ValueError:
                stays = False
            if reply.status not in (307, 308) or not stays:
                return reply
            url = where
        return reply

    def _once(self, url: str, content: bytes) -> Reply:
        """The answer at an address, or why there is none, in the time that one answer may take.

        The request runs in a thread of its own: a limit for each read would not hold of an answer that comes byte by
        byte, nor of a name that is looked up without end. One that is late is left to itself and ends with the process.
        """
        done: SimpleQueue[Reply | BaseException] = SimpleQueue()

        def work() -> None:
            try:
                done.put(self._fetched(url, content))
            except BaseException as error:
                done.put(error)

        self.requests += 1
        Thread(target=work, daemon=True).start()
        try:
            found = done.get(timeout=self.endpoint.timeout)
        except Empty:
            raise self._late() from None
        if isinstance(found, BaseException):
            raise found
        return found

    def _fetched(self, url: str, content: bytes) -> Reply:
        import httpx2

        seconds = self.endpoint.timeout
        ends = time.monotonic() + seconds
        limits = httpx2.Timeout(seconds, connect=min(_NO_CONNECTION, seconds))
        try:
            with self._http.stream(
                "POST", url, content=content, headers={"Content-Type": "application/json"}, timeout=limits
            ) as response:
                body = self._read(response, ends)
                return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, body)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            if "CERTIFICATE" in str(error).upper():
                raise RemoteError(
                    f"{self.endpoint.address}: no safe connection ({web.words(error)}); check the certificate"
                ) from None
            raise RemoteError(
                f"{self.endpoint.address}: no server answers there ({web.words(error)}); check the address"
            ) from None
        except httpx2.TimeoutException:
            raise self._late() from None
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise self._error(f"ended the connection before the answer ({web.words(error)})", _LateError) from None
        except (httpx2.InvalidURL, ValueError):
            raise RemoteError(f"{self.endpoint.address}: this address cannot be asked; check it") from None

    def _read(self, response: httpx2.Response, ends: float) -> bytes:
        chunks: list[bytes] = []
        size = 0
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MOST:
                raise self._error(f"answers with more than {MOST // 2**20} MB; no report is worth as much")
            if time.monotonic() > ends:
                raise self._late()
        return b"".join(chunks)

    def _late(self) -> RemoteError:
        return self._error(
            f"gave no whole answer in {self.endpoint.timeout:g} s; allow more with --timeout SECONDS", _LateError
        )

    def _asked_to_wait(self, reply: Reply, otherwise: float) -> float:
        """Seconds that the server asks to wait, or else `otherwise`; RemoteError where that is too long."""
        wait = web.retry_after(reply.headers)
        if wait is not None and wait > self.patience.longest_wait:
            raise self._error(f"answered {reply.status} and asks to wait {wait:.0f} s; try again then")
        return otherwise if wait is None else wait
