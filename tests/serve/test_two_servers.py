"""Two servers and a command line on one store: each sees what the others wrote, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import FIRST, store_of, thorough
from serve.raw import ask, query, update
from serve.servers import Served, served

import kg
from kg.store import file
from kg.store.verify import problems

pytestmark = thorough

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return store_of(tmp_path / "news.kg", FIRST)


@pytest.fixture
def two(store: Path) -> Iterator[tuple[Served, Served]]:
    with (
        served("--store", store, "--write", "--workers", 1) as one,
        served("--store", store, "--write", "--workers", 1) as other,
    ):
        yield one, other


def holds(server: Served, triple: str) -> bool:
    got = query(server.port, f"ASK {{ {triple} }}")
    assert got.status == 200, got
    return bool(json.loads(got.body)["boolean"])


def test_each_sees_what_the_other_wrote_at_the_next_request(store: Path, two: tuple[Served, Served], run: Run) -> None:
    for number in range(4):
        writer, reader = two if number % 2 else two[::-1]
        triple = f"<urn:x:{number}> <urn:x:p> '{number}'"
        assert not holds(reader, triple)
        assert (
            update(writer.port, writer.token, f"INSERT DATA {{ GRAPH <urn:x:g{number}> {{ {triple} }} }}").status == 200
        )
        assert holds(reader, triple)
        assert holds(writer, triple)
        assert ask(reader.port, f"/store?graph=urn:x:g{number}").status == 200
    assert ask(two[0].port, "/health").body == ask(two[1].port, "/health").body
    asked = run("sparql", "ASK { <urn:x:3> <urn:x:p> '3' }", "--store", store)
    assert "yes" in asked.stdout or "true" in asked.stdout, asked
    (store.parent / "more.nq").write_text("<urn:x:cli> <urn:x:p> 'cli' <urn:x:gcli> .\n".replace("'", '"'))
    assert run("add", store.parent / "more.nq", "--store", store).returncode == 0
    assert holds(two[0], "<urn:x:cli> <urn:x:p> 'cli'")
    assert holds(two[1], "<urn:x:cli> <urn:x:p> 'cli'")
    removed = update(two[0].port, two[0].token, "DROP GRAPH <urn:x:gcli>")
    assert removed.status == 200
    assert not holds(two[1], "<urn:x:cli> <urn:x:p> 'cli'")


def test_writes_at_once_from_all_sides_lose_nothing(store: Path, two: tuple[Served, Served], run: Run) -> None:
    faults, lock, acknowledged = list[str](), threading.Lock(), set[str]()

    def by_http(server: Served, name: str) -> None:
        for number in range(8):
            mine = f"{name}{number}"
            triples = f"<urn:x:{mine}> <urn:x:p> '{mine}'"
            got = update(server.port, server.token, f"INSERT DATA {{ GRAPH <urn:x:g-{mine}> {{ {triples} }} }}")
            with lock:
                if got.status == 200:
                    acknowledged.add(mine)
                else:
                    faults.append(f"{mine}: {got.status} {got.text}")

    def by_command(name: str) -> None:
        for number in range(3):
            mine = f"{name}{number}"
            path = store.parent / f"{mine}.nq"
            path.write_text(f'<urn:x:{mine}> <urn:x:p> "{mine}" <urn:x:g-{mine}> .\n')
            ran = run("add", path, "--store", store)
            with lock:
                if ran.returncode == 0:
                    acknowledged.add(mine)
                else:
                    faults.append(f"{mine}: {ran.stderr}")

    threads = [
        threading.Thread(target=by_http, args=(server, f"s{server.port}{name}")) for server in two for name in "ab"
    ]
    threads += [threading.Thread(target=by_command, args=(name,)) for name in ("c", "d")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert len(acknowledged) == 4 * 8 + 2 * 3
    with kg.open(store) as graph:
        found = {quad[0][7:-1] for quad in graph.backend.quads() if quad[3].startswith("<urn:x:g-")}
    assert found == acknowledged
    for server in two:
        got = query(server.port, "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s <urn:x:p> ?o } }")
        assert json.loads(got.body)["results"]["bindings"][0]["n"]["value"] == str(len(acknowledged))
    connection = file.open_read(store)
    assert problems(connection) == []
    connection.close()


def test_an_update_that_reads_and_writes_counts_every_time(store: Path, two: tuple[Served, Served]) -> None:
    counting = (
        "DELETE { GRAPH <urn:x:c> { <urn:x:c> <urn:x:n> ?n } } INSERT { GRAPH <urn:x:c> { <urn:x:c> <urn:x:n> ?m } }"
    )
    counting += " WHERE { GRAPH <urn:x:c> { <urn:x:c> <urn:x:n> ?n } BIND(?n + 1 AS ?m) }"
    assert update(two[0].port, two[0].token, "INSERT DATA { GRAPH <urn:x:c> { <urn:x:c> <urn:x:n> 0 } }").status == 200
    statuses = []

    def count(server: Served) -> None:
        statuses.extend(update(server.port, server.token, counting).status for _ in range(3))

    threads = [threading.Thread(target=count, args=(server,)) for server in (*two, *two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(statuses) == {200}
    assert holds(two[1], "<urn:x:c> <urn:x:n> 12")


def test_a_writer_waits_for_another_program_rather_than_failing(store: Path, two: tuple[Served, Served]) -> None:
    opened = file.open_write(store)
    opened.connection.execute("BEGIN IMMEDIATE")
    got = []

    def write() -> None:
        got.append(update(two[0].port, two[0].token, "INSERT DATA { GRAPH <urn:x:w> { <urn:x:a> <urn:x:b> 1 } }"))

    late = threading.Thread(target=write)
    late.start()
    time.sleep(1)
    assert not got
    assert holds(two[0], "?s ?p ?o"), "reading waits for a writer"
    opened.connection.execute("ROLLBACK")
    opened.connection.close()
    late.join()
    assert got[0].status == 200


def test_a_file_that_takes_the_place_of_the_store_is_followed(
    store: Path, two: tuple[Served, Served], tmp_path: Path
) -> None:
    assert (
        update(two[0].port, two[0].token, "INSERT DATA { GRAPH <urn:x:old> { <urn:x:old> <urn:x:p> 1 } }").status == 200
    )
    fresh = store_of(tmp_path / "fresh.kg", FIRST)
    (tmp_path / "new.nq").write_text("<urn:x:new> <urn:x:p> <urn:x:o> <urn:x:new> .\n")
    kg.pipeline.add(fresh, [tmp_path / "new.nq"])
    for server in two:
        assert holds(server, "<urn:x:old> ?p ?o")
    for ending in ("-wal", "-shm"):
        store.with_name(store.name + ending).unlink(missing_ok=True)
    fresh.replace(store)
    for server in two:
        assert holds(server, "<urn:x:new> ?p ?o")
        assert not holds(server, "<urn:x:old> ?p ?o")
        triple = f"<urn:x:{server.port}> <urn:x:p> 1"
        assert update(server.port, server.token, f"INSERT DATA {{ GRAPH <urn:x:n> {{ {triple} }} }}").status == 200
    for server in two:
        for other in two:
            assert holds(server, f"<urn:x:{other.port}> ?p ?o")
