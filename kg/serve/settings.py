"""What a server is told: what it serves, to whom, and how much of it; every limit has its default here."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Settings:
    """The settings of a server.

    `source` is a store file or an RDF file, None the graph that ships. Times are in seconds, sizes in bytes
    unless their name says otherwise. `hosts` and `origins` are names that a request may bear beside the
    server's own; the origin `*` lets pages of any site read. `licence` is the IRI of the licence of the data.
    """

    source: str | None = None
    queries: str | None = None
    host: str = "127.0.0.1"
    port: int = 7878
    write: bool = False
    token: str = ""
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()
    timeout: float = 10.0
    write_timeout: float = 60.0
    memory: int = 1024
    workers: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    waiting: int = 64
    largest_body: int = 16 * 1024 * 1024
    largest_address: int = 64 * 1024
    header_seconds: float = 10.0
    body_seconds: float = 60.0
    stalled_seconds: float = 30.0
    connections: int = 512
    drain_seconds: float = 10.0
    licence: str | None = None

    def of_worker(self, engine: bool) -> dict[str, Any]:
        """What a worker process is told; `engine` says that it fills a SPARQL engine when it starts."""
        return {"source": self.source, "queries": self.queries, "memory": self.memory, "engine": engine,
                "licence": self.licence}  # fmt: skip

    def own_hosts(self) -> frozenset[str]:
        """The values of the header Host under which the server is asked, in lower case."""
        names = {self.host, "localhost", "127.0.0.1", "[::1]"} if _is_local(self.host) else {self.host}
        own = {f"{name}:{self.port}" for name in names} | (names if self.port == 80 else set())
        return frozenset(name.lower() for name in own | self.hosts)

    def own_origins(self) -> frozenset[str]:
        """The values of the header Origin that may send requests, in lower case."""
        return frozenset(f"http://{host}" for host in self.own_hosts()) | frozenset(o.lower() for o in self.origins)


def _is_local(host: str) -> bool:
    return host in ("localhost", "127.0.0.1", "::1", "[::1]")
