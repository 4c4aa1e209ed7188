"""A file that is no store, or no longer whole, is refused in one line; nothing is answered wrongly in silence."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from conftest import missing
from store.stores import FILES, bytes_of, nquads, report, state

import kg
from kg import pipeline
from kg.errors import KgError, StoreError
from kg.store import file
from kg.store.verify import problems

T = TypeVar("T")
New = Callable[..., Path]
DAMAGED = 50

QUESTIONS = ("who-said-what", "who-invested-where", "reports", "timeline", "search")


def answers(path: Path) -> list[object]:
    """What a user sees of a store: some answers with their sources, and its export."""
    with kg.open(path) as graph:
        found: list[object] = [graph.ask(name, **_given(name)).to_json() for name in QUESTIONS]
        return [*found, sorted(graph.backend.quads())]


def _given(name: str) -> dict[str, str]:
    return {"timeline": {"about": "Example Corp"}, "search": {"text": "Example"}}.get(name, {})


def found_wrong(path: Path) -> list[str]:
    connection = file.open_read(path)
    try:
        return problems(connection)
    finally:
        connection.close()


def told(look: Callable[[Path], list[T]], path: Path) -> list[T] | str:
    """What looking at a store gives, or the one line that says why it cannot be looked at."""
    try:
        return look(path)
    except KgError as error:
        message = str(error)
    assert message
    assert "\n" not in message
    return message


@pytest.fixture
def whole(new: New) -> Path:
    """A store in one file, without its log."""
    path = new("harbour.yaml", "ferry.yaml", "rail.yaml")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("VACUUM")
    connection.close()
    return path


@pytest.mark.parametrize("part", range(4))
def test_a_damaged_store_says_so_or_answers_rightly(whole: Path, tmp_path: Path, part: int) -> None:
    data, expected, path = whole.read_bytes(), answers(whole), tmp_path / "damaged.kg"
    refused = noticed = harmless = 0
    for seed in range(part * DAMAGED, (part + 1) * DAMAGED):
        rng, broken = random.Random(seed), bytearray(data)
        if seed % 10 == 0:
            del broken[rng.randrange(len(broken)) :]
        else:
            for _ in range(rng.choice((1, 1, 3, 50))):
                broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
        path.write_bytes(broken)
        wrong = told(found_wrong, path)
        if isinstance(wrong, str):
            refused += 1
        elif wrong:
            noticed += 1
        else:
            harmless += 1
            assert answers(path) == expected, f"seed {seed}: a wrong answer in silence"
    assert refused > 2
    assert noticed > 2
    assert refused + noticed + harmless == DAMAGED


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("UPDATE graph SET triples = replace(triples, 'announced', 'operating')", "their hash differs"),
        ("UPDATE shared SET triple = replace(triple, 'Example Corp', 'Example Corq')", "their sum differs"),
        ("DELETE FROM shared WHERE triple LIKE '%exactMatch%Q956>%'", "their sum differs"),
        ("UPDATE document SET content = 'x' WHERE name = 'text'", "the document 'text' of"),
        ("UPDATE passage SET start = start + 1", "does not stand at"),
        ("UPDATE investment SET amount_value = '2.5'", "the table investment"),
        ("DELETE FROM involves", "the table involves"),
        ("DELETE FROM within", "the table within"),
        ("UPDATE name SET key = 'other'", "the table name"),
        ("DELETE FROM name_words", "the table name_words"),
        ("UPDATE term SET iri = iri || 'x' WHERE iri LIKE '%example-corp'", "the table"),
    ],
)
def test_what_is_changed_behind_its_back_is_found(whole: Path, change: str, says: str) -> None:
    connection = sqlite3.connect(whole)
    try:
        connection.execute(change)
    except sqlite3.OperationalError:
        return
    connection.commit()
    connection.close()
    found = found_wrong(whole)
    assert found
    assert says in " ".join(found)


def test_a_whole_store_has_no_problems(whole: Path, shipped: kg.Graph) -> None:
    assert found_wrong(whole) == []
    assert problems(shipped.backend.connection) == []  # type: ignore[attr-defined]  # a store


# ---- files that are no stores --------------------------------------------------------------------------


def text_file(path: Path) -> None:
    path.write_text("Dear reader,\n" * 100)


def short_file(path: Path) -> None:
    path.write_bytes(b"SQLite")


def foreign_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.commit()
    connection.close()


def newer_store(path: Path) -> None:
    pipeline.add(path, [])
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {file.VERSION + 1}")
    connection.close()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (text_file, "damaged or is no store"),
        (short_file, "damaged or is no store"),
        (foreign_database, "not a kabar store"),
        (newer_store, "pip install -U kabar"),
        (Path.mkdir, "name a"),
    ],
)
def test_a_file_that_is_no_store_is_refused_and_left_alone(
    tmp_path: Path, make: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "news.kg"
    make(path)
    before = bytes_of(path) if path.is_file() else ""
    for attempt in (
        lambda: kg.open(path),
        lambda: pipeline.add(path, [FILES / "harbour.yaml"]),
        lambda: pipeline.remove(path, report("harbour")),
    ):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert says in str(caught.value)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert (bytes_of(path) if path.is_file() else "") == before
    assert {each.name for each in tmp_path.iterdir()} <= {"news.kg", "news.kg-wal", "news.kg-shm"}


def test_a_missing_store_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store; create it with"):
        kg.open(tmp_path / "news.kg")


def test_an_empty_file_cannot_be_read_and_becomes_a_store_when_written_to(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    path.write_bytes(b"")
    with pytest.raises(StoreError, match="still empty; add to it"):
        kg.open(path)
    pipeline.add(path, [FILES / "harbour.yaml"])
    state(path)


def test_a_store_in_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the folder does not exist"):
        pipeline.add(tmp_path / "none" / "news.kg", [FILES / "harbour.yaml"])


@pytest.mark.parametrize("name", ["news 100%.kg", "news?mode=memory.kg", "news#1.kg", "新闻.kg", "file:x.kg"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    pipeline.add(tmp_path / name, [FILES / "harbour.yaml"])
    assert len(answers(tmp_path / name)) == len(QUESTIONS) + 1
    assert (tmp_path / name).is_file()


# ---- older stores --------------------------------------------------------------------------------------


@pytest.mark.parametrize("keep_tables", [True, False])
def test_an_older_store_is_brought_forward_when_it_is_written_to(new: New, keep_tables: bool) -> None:
    path = new("harbour.yaml", "ferry.yaml")
    expected, export = state(path), nquads(path)
    connection = sqlite3.connect(path, isolation_level=None)
    if not keep_tables:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
        for (name,) in connection.execute(listed).fetchall():
            if name not in ("term", "meta", "graph", "shared", "document") and not name.startswith("sqlite_"):
                connection.execute(f"DROP TABLE IF EXISTS {name}")
        connection.execute("DELETE FROM meta WHERE key = 'shared'")
    connection.execute("CREATE TABLE forgotten (id INTEGER)")
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with pytest.raises(StoreError, match="the older format 0; bring it forward with"):
        kg.open(path)
    pipeline.add(path, [])
    assert state(path) == expected
    assert nquads(path) == export


def test_an_older_store_stays_as_it_is_where_bringing_it_forward_fails(
    new: New, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new("harbour.yaml")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    (tmp_path / "bad.ttl").write_text("<x:s>")
    with pytest.raises(KgError):
        pipeline.add(path, [tmp_path / "bad.ttl"])
    with pytest.raises(StoreError, match="the older format"):
        kg.open(path)


# ---- stores that may not be written --------------------------------------------------------------------

AS_BOUND = """
import os, sys
from pathlib import Path
import kg
from kg import pipeline
path = Path(sys.argv[1])
for attempt in (
    lambda: print(len(kg.open(path).ask("reports"))),
    lambda: pipeline.add(path, [Path(sys.argv[2])]),
):
    try:
        attempt()
    except kg.KgError as error:
        print(type(error).__name__, error)
"""


def without_privileges(path: Path) -> list[str]:
    """What reading and writing a store say to a user whom permissions bind, as they do not bind root."""
    command = [sys.executable, "-c", AS_BOUND, path, FILES / "ferry.yaml"]
    if os.geteuid() == 0:
        program = shutil.which("setpriv")
        if program is None:
            missing("setpriv (util-linux), without which permissions do not bind root")
        command = [program, "--bounding-set=-dac_override,-dac_read_search", *command]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")
@pytest.mark.parametrize("mode", [0o555, 0o777])
def test_a_store_that_is_read_only_is_read_and_not_written(whole: Path, mode: int) -> None:
    folder = whole.parent / "folder"
    folder.mkdir()
    path = folder / "news.kg"
    shutil.copy(whole, path)
    path.chmod(0o444)
    folder.chmod(mode)
    try:
        before = path.read_bytes()
        read, written = without_privileges(path)
        assert read == "3"
        assert written.startswith(("StoreError", "DiskError"))
        assert str(path) in written
        assert path.read_bytes() == before
        assert sorted(each.name for each in folder.iterdir()) == ["news.kg"]
    finally:
        folder.chmod(0o777)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no limits on files")
def test_a_full_disk_leaves_the_store_as_it_was(new: New, tmp_path: Path) -> None:
    path = new("harbour.yaml")
    before = nquads(path)
    big = tmp_path / "big.nt"
    big.write_text("".join(f'<urn:x:{i}> <urn:x:p> "{"x" * 100}" .\n' for i in range(20_000)))
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "import kg\n"
        "from kg import pipeline\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))\n"
        "try:\n"
        "    pipeline.add(Path(sys.argv[1]), [Path(sys.argv[2])])\n"
        "except kg.KgError as error:\n"
        "    print(type(error).__name__, error)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, path, big], capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert ran.stdout.startswith(f"DiskError {path}: ")
    assert ran.stdout.count("\n") == 1
    assert nquads(path) == before
    state(path)
    pipeline.add(path, [big])
