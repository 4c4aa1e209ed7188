"""`kg mcp`: the canned queries as tools for an assistant."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec

from kg.errors import InputError


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    from kg.cli.parser import seconds, whole

    command.add_argument("--queries", metavar="FOLDER", help="canned queries of your own, beside those that ship")
    command.add_argument("--http", action="store_true", help="listen on an address, not on standard input")
    command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on; this machine alone unless given"
    )
    command.add_argument(
        "--port", type=whole, default=7879, metavar="N", help="7879 unless given; 0 takes any free one"
    )
    command.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME[:PORT]", help="a name this server is asked by"
    )
    command.add_argument(
        "--allow-origin", action="append", default=[], metavar="ORIGIN", help="a site whose pages may ask"
    )
    command.add_argument(
        "--timeout", type=seconds, default=10.0, metavar="SECONDS", help="end each call by then; 10 unless given"
    )
    command.add_argument("--memory", type=whole, default=1024, metavar="MIB", help="for each call; 1024 unless given")


def run(options: argparse.Namespace) -> int:
    """Offer the tools until told to stop."""
    if options.store and options.store.startswith(("http://", "https://")):
        raise InputError(f"{options.store}: the tools reach no other address; name a store file or an RDF file")
    if any(find_spec(name) is None for name in ("mcp", "mcp_types")):
        raise InputError("this needs the library mcp, version 2.3 or later; install it with: pip install 'mcp>=2.3,<3'")
    from kg.mcp.run import serve_http, serve_stdio
    from kg.serve.settings import Settings

    settings = Settings(
        source=options.store,
        queries=options.queries,
        host=options.host,
        port=options.port,
        hosts=frozenset(name.lower() for name in options.allow_host),
        origins=frozenset(options.allow_origin),
        timeout=options.timeout,
        memory=max(options.memory, 64),
    )
    if options.http:
        serve_http(settings, _say)
    else:
        serve_stdio(settings)
    return 0


def _say(settings: object) -> None:
    from kg.serve.settings import Settings

    assert isinstance(settings, Settings)
    host = f"[{settings.host}]" if ":" in settings.host and not settings.host.startswith("[") else settings.host
    print(f"kg: offering tools at http://{host}:{settings.port}/mcp (stop with Ctrl-C)", file=sys.stderr, flush=True)
