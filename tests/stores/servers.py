"""Real triple stores, each started on a free port with its data in a folder of its own; killed, and started again.

Oxigraph comes with the test dependencies. The others lie in the folder that `KG_STORES` names, as `.ci/stores` fills
it, or, for Virtuoso, on the path. What is missing is skipped, or fails where everything must be there.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from conftest import missing

STARTS_WITHIN = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(ABC):
    """A store that a test starts: `address` is what `kg push` is given, `query` what `--store` is given."""

    name: str
    secrets: Mapping[str, str] = MappingProxyType({})
    """Variables of the environment that sign in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.prepare()

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    @abstractmethod
    def address(self) -> str: ...

    @property
    @abstractmethod
    def query(self) -> str: ...

    @property
    @abstractmethod
    def alive(self) -> str:
        """An address that answers 200 once the store is up."""

    @abstractmethod
    def command(self) -> list[str]: ...

    def environment(self) -> dict[str, str]:
        return {}

    def prepare(self) -> None:  # noqa: B027  # not every store needs it
        """What is done once, before the first start."""

    def ready(self) -> None:  # noqa: B027  # nor this
        """What is done after each start."""

    def start(self) -> None:
        with (self.folder / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), stdout=log, stderr=log, cwd=self.folder, env=os.environ | self.environment()
            )
        ends = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > ends:
                self.kill()
                said = (self.folder / "log.txt").read_text(errors="replace")[-2000:]
                raise AssertionError(f"{self.name} does not start:\n{said}")
            time.sleep(0.1)
        self.ready()

    def kill(self) -> None:
        """End it as a crash does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=20)
            self.process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.alive, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False


class Oxigraph(Server):
    name = "oxigraph"

    def prepare(self) -> None:
        program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
        if program is None:
            missing("the Oxigraph server (PyPI oxigraph)")
        self.program = str(program)

    @property
    def address(self) -> str:
        return self.origin

    @property
    def query(self) -> str:
        return f"{self.origin}/query"

    @property
    def alive(self) -> str:
        return self.origin

    def command(self) -> list[str]:
        where = ["--location", str(self.folder / "data"), "--bind", f"127.0.0.1:{self.port}"]
        return [self.program, "serve", *where]


class Fuseki(Server):
    name = "fuseki"

    def prepare(self) -> None:
        self.jar = _jar("jena-fuseki-server.jar")
        (self.folder / "data").mkdir()

    @property
    def address(self) -> str:
        return f"{self.origin}/news"

    @property
    def query(self) -> str:
        return f"{self.origin}/news/query"

    @property
    def alive(self) -> str:
        return f"{self.origin}/$/ping"

    def environment(self) -> dict[str, str]:
        return {"FUSEKI_BASE": str(self.folder / "base")}

    def command(self) -> list[str]:
        where = ["--port", str(self.port), "--localhost", "--tdb2", "--loc", str(self.folder / "data")]
        return ["java", "-Xmx512m", "-jar", str(self.jar), *where, "--update", "/news"]


class Rdf4j(Server):
    name = "rdf4j"

    def prepare(self) -> None:
        self.war, self.runner = _jar("rdf4j-http-server.war"), _jar("jetty-runner.jar")
        (self.folder / "tmp").mkdir()

    @property
    def address(self) -> str:
        return f"{self.origin}/rdf4j-server/repositories/news"

    @property
    def query(self) -> str:
        return self.address

    @property
    def alive(self) -> str:
        return f"{self.origin}/rdf4j-server/protocol"

    def command(self) -> list[str]:
        where = [
            f"-Dorg.eclipse.rdf4j.appdata.basedir={self.folder / 'data'}",
            f"-Djava.io.tmpdir={self.folder / 'tmp'}",
        ]
        serve = ["--host", "127.0.0.1", "--port", str(self.port), "--path", "/rdf4j-server", str(self.war)]
        return ["java", "-Xmx512m", *where, "-jar", str(self.runner), *serve]

    def ready(self) -> None:
        """Make the repository, where it is not there yet."""
        text = (Path(__file__).parent / "rdf4j-repository.ttl").read_bytes()
        request = urllib.request.Request(self.address, text, {"Content-Type": "text/turtle"}, method="PUT")
        try:
            urllib.request.urlopen(request, timeout=30).close()
        except urllib.error.HTTPError as error:
            if error.code != 409:
                raise


class Virtuoso(Server):
    name = "virtuoso"
    secrets: Mapping[str, str] = MappingProxyType({"KG_USER": "dba", "KG_PASSWORD": "dba"})

    def prepare(self) -> None:
        given = os.environ.get("KG_STORES")
        self.root = Path(given) / "virtuoso" if given else None
        unpacked = self.root / "usr" / "bin" / "virtuoso-t" if self.root else None
        program = str(unpacked) if unpacked and unpacked.is_file() else shutil.which("virtuoso-t")
        if program is None:
            missing("Virtuoso 7 (Debian's virtuoso-opensource-7-bin, or the folder KG_STORES, which .ci/stores fills)")
        self.program = str(program)
        template = (Path(__file__).parent / "virtuoso.ini").read_text(encoding="utf-8")
        text = template.format(folder=self.folder, port=self.port, sql=free_port())
        (self.folder / "virtuoso.ini").write_text(text, encoding="utf-8")

    @property
    def address(self) -> str:
        return self.origin

    @property
    def query(self) -> str:
        return f"{self.origin}/sparql"

    @property
    def alive(self) -> str:
        return f"{self.origin}/sparql?query=ASK%20%7B%7D"

    def environment(self) -> dict[str, str]:
        if self.root is None:
            return {}
        folders = [self.root / part / "x86_64-linux-gnu" for part in ("usr/lib", "lib")]
        return {"LD_LIBRARY_PATH": ":".join(map(str, folders))}

    def command(self) -> list[str]:
        return [self.program, "-f", "-c", str(self.folder / "virtuoso.ini")]


def _jar(name: str) -> Path:
    given = os.environ.get("KG_STORES")
    path = Path(given) / name if given else None
    if path is None or not path.is_file() or shutil.which("java") is None:
        missing(f"{name} in the folder KG_STORES, which .ci/stores fills, and Java 17")
    assert path is not None
    return path


SERVERS: dict[str, type[Server]] = {kind.name: kind for kind in (Oxigraph, Virtuoso, Fuseki, Rdf4j)}
