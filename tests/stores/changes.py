"""Changes to a real store, made beside `kg push` by a plain client."""

from __future__ import annotations

import httpx2
from stores.servers import Server

PATHS = {"oxigraph": "/update", "fuseki": "/update", "rdf4j": "/statements", "virtuoso": "/sparql-auth"}


def update(server: Server, text: str) -> None:
    """Run a SPARQL update."""
    auth = httpx2.DigestAuth(*server.secrets.values()) if server.secrets else None
    headers = {"Content-Type": "application/sparql-update"}
    url = server.address + PATHS[server.name]
    reply = httpx2.post(url, content=text.encode(), headers=headers, auth=auth, timeout=60)
    assert reply.status_code in (200, 204), reply.text
