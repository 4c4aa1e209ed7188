"""schemathesis sends what /openapi.json allows and what it forbids, and finds every answer as the document says.

`schemathesis.toml` names each check that cannot hold, with the reason.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import thorough
from openapi_spec_validator import validate
from serve.raw import ask
from serve.servers import served

pytestmark = thorough

HERE = Path(__file__).parent
COMMAND = "from schemathesis.cli import schemathesis; schemathesis()"


def examined(server, folder, *more):
    """How many requests schemathesis sent to a server; it must find nothing."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "--config-file", HERE / "schemathesis.toml", "run",
         f"{server.address}/openapi.json", "--phases", "examples,coverage,fuzzing",
         "--max-examples", "60", *more],
        capture_output=True, encoding="utf-8", cwd=folder, check=False,
        env=os.environ | {"PYTHONPATH": str(HERE.parent), "NO_COLOR": "1", "COLUMNS": "120"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (line,) = (line for line in done.stdout.splitlines() if "generated" in line)
    return int(line.split()[0])


def document(server):
    """The document that a server serves, which must be valid and speak of that server."""
    found = json.loads(ask(server.port, "/openapi.json").body)
    validate(found)
    assert found["servers"] == [{"url": server.address}]
    return found


def content(server):
    """What the server holds, as a hash of all its quads."""
    got = ask(server.port, "/store", Accept="application/n-quads")
    assert got.status == 200
    return hashlib.sha256(b"".join(sorted(got.body.splitlines(keepends=True)))).hexdigest()


def test_a_server_that_reads_does_as_it_says_and_changes_nothing(first_store, tmp_path):
    held = first_store.read_bytes()
    with served("--store", first_store) as server:
        assert "put" not in document(server)["paths"]["/store"]
        before = content(server)
        assert examined(server, tmp_path) > 5000
        assert content(server) == before
    assert first_store.read_bytes() == held


def test_a_server_that_writes_does_as_it_says(writing, tmp_path, run):
    assert "put" in document(writing)["paths"]["/store"]
    sent = examined(writing, tmp_path, "--header", f"Authorization: Bearer {writing.token}")
    assert sent > 5000
    checked = run("check", "--store", tmp_path / "news.kg")
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_server_that_reads_says_how_to_write(reading, method):
    got = ask(reading.port, "/store?default", method, "", Content_Type="text/turtle")
    assert got.status == 405
    assert set(got.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert "--write" in got.detail
