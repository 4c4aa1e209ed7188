"""Reports as text into a store: once, twice, changed, withdrawn; and the same by way of TriG."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg import cli, pipeline
from kg.errors import KgError
from kg.store import verify
from kg.terms import ID

FIRST = Path(__file__).parents[2] / "data" / "reports" / "2021-12-07-hong-kong-beijing.txt"
MADEUP = (
    "May 5, 2020\n"
    "“We will spend at least $1.5 billion,” said Jane Madeup, chief executive of Madeup Holdings, on Monday."
)

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `kg` in an empty folder that holds a made-up report, and gives what it printed; one line where it failed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(MADEUP, encoding="utf-8")

    def call(*arguments: str) -> str:
        code = cli.main(list(arguments))
        out, err = capsys.readouterr()
        return out if code == 0 else f"{code} {err}"

    return call


def quads(store: str) -> set[tuple[str, ...]]:
    with kg.open(store) as graph:
        return set(graph.backend.quads())


def problems(store: str) -> list[str]:
    connection = sqlite3.connect(store)
    try:
        return verify.problems(connection)
    finally:
        connection.close()


def test_a_report_comes_in_and_adding_it_again_changes_nothing(run: Run) -> None:
    printed = run("add", "--store", "a.kg", "news.txt")
    assert printed.startswith("news.txt: ")
    assert "1 statement;" in printed
    before = quads("a.kg")
    assert "nothing new" in run("add", "--store", "a.kg", "news.txt")
    assert quads("a.kg") == before
    assert run("check", "--store", "a.kg") == "a.kg: nothing is wrong\n"
    assert "We will spend" in run("ask", "who-said-what", "--store", "a.kg")


def test_reading_to_trig_and_adding_that_comes_to_the_same(run: Run, tmp_path: Path) -> None:
    shutil.copy(FIRST, tmp_path / "first.txt")
    run("add", "--store", "a.kg", "first.txt")
    (tmp_path / "c.trig").write_text(run("read", "--format", "trig", "first.txt"), encoding="utf-8")
    run("add", "--store", "b.kg", "c.trig")
    assert quads("a.kg") == quads("b.kg")


def test_a_changed_report_is_a_new_revision(run: Run, tmp_path: Path) -> None:
    run("add", "--store", "a.kg", "news.txt")
    (tmp_path / "news.txt").write_text(MADEUP.replace("1.5", "1.7").replace("Jane", "Joan"), encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt")
    assert not any("jane-madeup" in subject for subject, *_ in quads("a.kg"))
    assert any("joan-madeup" in subject for subject, *_ in quads("a.kg"))
    assert "revisions: 2;" in run("show", "--store", "a.kg", "report/news")
    assert '"revisions": 2' in run("show", "--store", "a.kg", "report/news", "--format", "json")
    connection = sqlite3.connect("a.kg")
    rows = connection.execute("SELECT report, revision, triples FROM history").fetchall()
    connection.close()
    assert [(report, number) for report, number, _ in rows] == [(ID + "report/news", 1)]
    assert "Jane Madeup" in rows[0][2]
    assert problems("a.kg") == []
    run("add", "--store", "a.kg", "news.txt", "--publisher", "Example Gazette")
    assert "revisions: 3;" in run("show", "--store", "a.kg", "report/news")


def test_entities_that_a_report_alone_brought_stay_when_it_changes(run: Run, tmp_path: Path) -> None:
    run("add", "--store", "a.kg", "news.txt")
    (tmp_path / "news.txt").write_text(MADEUP + " It is so.", encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt")
    labels = {(s, o) for s, p, o, _ in quads("a.kg") if p.endswith("rdf-schema#label>")}
    assert (f"<{ID}person/jane-madeup>", '"Jane Madeup"@en') in labels


def test_history_that_was_tampered_with_is_found(run: Run, tmp_path: Path) -> None:
    run("add", "--store", "a.kg", "news.txt")
    (tmp_path / "news.txt").write_text(MADEUP + " It is so.", encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt")
    connection = sqlite3.connect("a.kg")
    connection.execute("UPDATE history SET triples = replace(triples, 'Jane', 'John')")
    connection.commit()
    connection.close()
    assert problems("a.kg") == [
        f"revision 1 of {ID}report/news is not as it was written: its hash differs; restore the store from a copy"
    ]


def test_a_report_that_is_withdrawn_leaves_nothing(run: Run, tmp_path: Path) -> None:
    pipeline.add(Path("a.kg"), [])
    before = quads("a.kg")
    run("add", "--store", "a.kg", "news.txt")
    (tmp_path / "news.txt").write_text(MADEUP + " It is so.", encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt")
    run("remove", "--store", "a.kg", "report/news")
    assert quads("a.kg") == before
    connection = sqlite3.connect("a.kg")
    assert connection.execute("SELECT count(*) FROM history").fetchone() == (0,)
    connection.close()


def test_the_file_as_it_came_is_kept_beside_the_text(run: Run, tmp_path: Path) -> None:
    content = ("\ufeff" + MADEUP.replace("\n", "\r\n")).encode()
    (tmp_path / "news.txt").write_bytes(content)
    run("add", "--store", "a.kg", "news.txt")
    connection = sqlite3.connect("a.kg")
    documents = dict(connection.execute("SELECT name, content FROM document").fetchall())
    connection.close()
    assert documents == {"news.txt": content, "text": content}
    assert problems("a.kg") == []


def test_a_second_report_names_what_the_first_brought(run: Run, tmp_path: Path) -> None:
    (tmp_path / "again.txt").write_text(MADEUP.replace("1.5", "1.7"), encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt", "again.txt")
    speakers = {o for _, p, o, _ in quads("a.kg") if p.endswith("#speaker>")}
    assert speakers == {f"<{ID}person/jane-madeup>"}
    run("remove", "--store", "a.kg", "report/news")
    assert (f"<{ID}person/jane-madeup>") in {s for s, *_ in quads("a.kg")}
    assert problems("a.kg") == []


def test_claims_by_hand_are_not_replaced(run: Run, tmp_path: Path) -> None:
    for path in (FIRST, FIRST.with_suffix(".yaml")):
        shutil.copy(path, tmp_path / path.name)
    run("add", "--store", "a.kg", "--from-shipped")
    before = quads("a.kg")
    assert "as somebody else read it" in run("add", "--store", "a.kg", FIRST.name)
    assert quads("a.kg") == before


def test_standard_input_and_what_is_said_beside(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(MADEUP.encode())))
    run("add", "--store", "a.kg", "-", "--report", "mine", "--url", "https://example.org/a")
    (tmp_path / "news.meta.yaml").write_text("publisher: Example Gazette\n", encoding="utf-8")
    run("add", "--store", "a.kg", "news.txt")
    assert "https://example.org/a" in run("show", "--store", "a.kg", "report/mine")
    assert "Example Gazette" in run("show", "--store", "a.kg", "report/news")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"a\xff", "is no UTF-8"),
        (b"a\0b", "bytes of zero"),
        ("\u3000 \n\ufeff".encode(), "no words"),
    ],
)
def test_a_bad_file_is_told_in_one_line_and_leaves_nothing(
    run: Run, tmp_path: Path, content: bytes, message: str
) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    printed = run("add", "--store", "a.kg", "bad.txt")
    assert printed.startswith("2 kg: bad.txt")
    assert message in printed
    assert printed.count("\n") == 1
    assert not (tmp_path / "a.kg").exists()


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_safe(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "any.txt").write_bytes(content)
    store = tmp_path / "any.kg"
    with suppress(KgError):
        pipeline.add(store, [tmp_path / "any.txt"])
    assert not store.exists() or problems(str(store)) == []
