"""Who may come in, by exact match of host and origin, and what goes out with every answer to protect readers."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.problems import problem
from kg.serve.settings import Settings

_READING = ("GET", "HEAD", "OPTIONS")
_EXPOSED = "Content-Location, Link, Location, Retry-After, X-Total-Count"
_ASKED = b"Accept, Authorization, Content-Type, Mcp-Method, Mcp-Name, Mcp-Protocol-Version"
_ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Door:
    """Lets a request in or refuses it, and adds headers to what goes out."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._hosts, self._origins = settings.own_hosts(), settings.own_origins()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope = self._without_authority(scope)
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        is_welcome = origin is not None and self._welcomes(origin, scope["method"], headers)
        has_begun = False

        async def sent(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                has_begun = True
                self._dress(MutableHeaders(scope=message), origin if is_welcome else None)
            await send(message)

        refusal = self._refusal(scope, headers, origin)
        if refusal is not None:
            await problem(scope, *refusal)(scope, receive, sent)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(sent)
        else:
            try:
                await self._app(scope, receive, sent)
            except asyncio.CancelledError:
                if has_begun:
                    raise
                await problem(scope, 503, "Stopping", "the server stops; ask again in a moment")(scope, receive, sent)

    def _without_authority(self, scope: Scope) -> Scope:
        """A request for a whole address of this server as one for its path (RFC 9112, section 3.2.2)."""
        scheme, _, rest = scope["raw_path"].partition(b"://")
        authority, slash, path = rest.partition(b"/")
        if scheme.lower() != b"http" or authority.decode("ascii", "replace").lower() not in self._hosts:
            return scope
        return {**scope, "raw_path": b"/" + path, "path": unquote((slash + path).decode("ascii")) or "/"}

    def _refusal(self, scope: Scope, headers: Headers, origin: str | None) -> tuple[int, str, str] | None:
        host = headers.getlist("host")
        if len(host) != 1 or host[0].lower() not in self._hosts:
            shown = ", ".join(host)[:100] or "none"
            reason = f"the host {shown!r} is not one this server goes by; start it with --allow-host to add it"
            return 421, "Misdirected request", reason
        if not scope["raw_path"].startswith(b"/"):
            return 421, "Misdirected request", "the request is for another server; ask for a path that begins with /"
        if origin is not None and not self._welcomes(origin, scope["method"], headers):
            reason = f"pages of {origin[:100]!r} may not ask this server; start it with --allow-origin to let them"
            return 403, "Foreign origin", reason
        if origin is None and _is_of_another_site(scope["method"], headers):
            return 403, "Foreign origin", "the request comes from a page of another site"
        if len(scope["raw_path"]) + len(scope["query_string"]) > self._settings.largest_address:
            reason = f"the address is longer than {self._settings.largest_address // 1024} KiB; send the query by POST"
            return 414, "Address too long", reason
        return None

    def _welcomes(self, origin: str, method: str, headers: Headers) -> bool:
        if origin.lower() in self._origins:
            return True
        if method == "OPTIONS":
            method = headers.get("access-control-request-method", method)
        return "*" in self._origins and (method in _READING or (method == "POST" and not self._settings.write))

    async def _preflight(self, send: Send) -> None:
        headers = [
            (b"access-control-allow-methods", b"GET, HEAD, POST, PUT, DELETE"),
            (b"access-control-allow-headers", _ASKED),
            (b"access-control-max-age", b"3600"),
        ]
        await send({"type": "http.response.start", "status": 204, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    def _dress(self, headers: MutableHeaders, origin: str | None) -> None:
        for name, value in _ALWAYS.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-cache")
        headers.add_vary_header("Origin")
        if origin is not None:
            headers["Access-Control-Allow-Origin"] = origin
            headers["Access-Control-Expose-Headers"] = _EXPOSED


def _is_of_another_site(method: str, headers: Headers) -> bool:
    """Whether a page of another site sends it without saying which: as a form, or as an image or a script of its own.

    Who follows a link there comes from another site too, and is let in (Fetch Metadata Request Headers, section 2).
    """
    if headers.get("sec-fetch-site") not in ("cross-site", "same-site"):
        return False
    return method not in _READING or headers.get("sec-fetch-mode") == "no-cors"
