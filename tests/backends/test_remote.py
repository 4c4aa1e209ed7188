"""A SPARQL endpoint opens like any graph: here a real Oxigraph server, which the test starts and fills."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from conftest import missing

import kg
from kg import formats


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory, shipped):
    """The address of a server that holds the shipped graph as plain triples in its default graph."""
    program = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    if program is None:
        missing("the Oxigraph server (PyPI oxigraph)")
    folder = tmp_path_factory.mktemp("server")
    port = _free_port()
    server = subprocess.Popen(
        [program, "serve", "--location", str(folder / "data"), "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    body = b"".join(formats.serialise(shipped.backend.quads(), formats.FORMATS["turtle"]))
    request = urllib.request.Request(
        f"{address}/store?default", data=body, method="PUT", headers={"Content-Type": "text/turtle"}
    )
    for _ in range(100):
        try:
            urllib.request.urlopen(request, timeout=10).close()
            break
        except urllib.error.URLError:
            time.sleep(0.1)
    yield f"{address}/query"
    server.terminate()
    server.wait(timeout=10)


@pytest.mark.parametrize("name", kg.open().query_names())
def test_every_canned_query_gives_the_same_rows_over_http(endpoint, shipped, name):
    given = {"text": "Lam"} if name == "search" else {}
    with kg.open(endpoint) as remote:
        assert remote.ask(name, **given).to_dicts() == shipped.ask(name, **given).to_dicts()


def test_names_lists_and_dates_are_bound_over_http(endpoint):
    with kg.open(endpoint) as remote:
        assert (
            len(
                remote.ask("who-said-what", speaker=["林郑月娥", "Li Zhijie"], since="2021-12", report="R01", lang="zh")
            )
            == 4
        )
        assert [row.investor for row in remote.ask("who-invested-where", place="Daxing")] == ["Pharmaron"]
        with pytest.raises(kg.UnknownName, match="the nearest are"):
            remote.ask("who-invested-where", place="Daxng")


def test_free_sparql_over_http(endpoint, shipped):
    people = len(shipped.sparql("SELECT ?p { ?p a kg:Person }"))
    with kg.open(endpoint) as remote:
        assert remote.sparql("ASK { ?p a kg:Person }") is True
        assert len(remote.sparql("SELECT ?p { ?p a kg:Person }")) == people > 2
        assert len(remote.sparql("CONSTRUCT { ?p a kg:Person } WHERE { ?p a kg:Person }")) == people
        with pytest.raises(kg.ParseError):
            remote.sparql("SELECT ?p { ?p a }")
        with pytest.raises(kg.InputError, match="SERVICE"):
            remote.sparql("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_the_command_line_asks_an_endpoint(endpoint, run):
    done = run("ask", "who-invested-where", "--place", "Daxing", "--store", endpoint, "--format", "csv")
    assert done.stdout == run("ask", "who-invested-where", "--place", "Daxing", "--format", "csv").stdout
    assert run("show", "SmartMore", "--store", endpoint).stdout == run("show", "SmartMore").stdout


def test_an_address_without_a_store_is_one_line_with_exit_code_3(run):
    done = run("ask", "events", "--store", f"http://127.0.0.1:{_free_port()}/query")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert "check the address and that the store runs" in done.stderr


def test_an_address_that_is_no_endpoint_is_one_line(endpoint, run):
    done = run("ask", "events", "--store", endpoint.removesuffix("/query") + "/nothing-here")
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
