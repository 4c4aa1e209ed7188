"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from pathlib import Path

from kg.errors import InputError

_LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    from kg.cli.parser import seconds, whole

    command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on; this machine alone unless given"
    )
    command.add_argument(
        "--port", type=whole, default=7878, metavar="N", help="7878 unless given; 0 takes any free one"
    )
    command.add_argument("--write", action="store_true", help="let who has the token (KG_TOKEN) change the store")
    command.add_argument("--queries", metavar="FOLDER", help="canned queries of your own, beside those that ship")
    command.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME[:PORT]", help="a name this server is asked by"
    )
    command.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="a site whose pages may ask; * for reading",
    )
    command.add_argument(
        "--timeout", type=seconds, default=10.0, metavar="SECONDS", help="end each query by then; 10 unless given"
    )
    command.add_argument("--memory", type=whole, default=1024, metavar="MIB", help="for each query; 1024 unless given")
    command.add_argument("--workers", type=whole, metavar="N", help="queries at a time; as many as cores unless given")


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from kg.serve.run import serve
    from kg.serve.settings import Settings

    settings = Settings(
        source=_source(options.store, options.write),
        queries=options.queries,
        host=options.host,
        port=options.port,
        write=options.write,
        token=_token() if options.write else "",
        hosts=frozenset(name.lower() for name in options.allow_host),
        origins=frozenset(options.allow_origin),
        timeout=options.timeout,
        memory=max(options.memory, 64),
        **({"workers": max(options.workers, 1)} if options.workers is not None else {}),
    )
    serve(settings, _say)
    return 0


def _source(given: str | None, write: bool) -> str | None:
    if given and given.startswith(("http://", "https://")):
        raise InputError(f"{given}: an endpoint is served already; name a store file or an RDF file")
    if not write:
        return given
    from kg.cli.stores import store_file

    return str(store_file(given, "serve", must_exist=True))


def _token() -> str:
    """The token that writing needs: the user's own, else a fresh one, told once."""
    given = os.environ.get("KG_TOKEN", "")
    if given and len(given) < 8:
        raise InputError("the token in KG_TOKEN is shorter than 8 characters; choose a longer one")
    if given:
        return given
    made = secrets.token_urlsafe(24)
    print(f"kg: no KG_TOKEN is set; for this run the token is {made}", file=sys.stderr)
    return made


def _say(settings: object) -> None:
    from kg.serve.settings import Settings

    assert isinstance(settings, Settings)
    host = settings.host if ":" not in settings.host or settings.host.startswith("[") else f"[{settings.host}]"
    what = Path(settings.source).name if settings.source else "the graph that ships"
    how = "reading and writing" if settings.write else "read-only"
    print(
        f"kg: serving {what}, {how}, at http://{host}:{settings.port}/ (stop with Ctrl-C)", file=sys.stderr, flush=True
    )
    if settings.host not in _LOCAL and not settings.hosts:
        print("kg: other machines must be let in by the name they ask for: --allow-host NAME:PORT", file=sys.stderr)
