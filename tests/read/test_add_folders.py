"""Folders and documents into a store: on one core or several, whatever a file holds, and what is kept of each."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from conftest import thorough
from documents import made

import kg
from kg import claimed, cli, intake, pipeline
from kg.claimed import Given
from kg.errors import InputError, KgError
from kg.intake.crew import Crew
from kg.store import verify

MADEUP = "May 5, 2020\n“We will spend at least $1.5 billion,” said Jane Madeup, chief executive of Madeup Holdings.\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `kg` in an empty folder; gives the exit code, and what it printed on both streams."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.main(list(arguments))
        return code, *capsys.readouterr()

    return call


def folder_of(tmp_path: Path) -> Path:
    """A folder with reports in every format, one of them in a folder below, and what is no report."""
    folder = tmp_path / "news"
    (folder / "below" / ".hidden").mkdir(parents=True)
    lines = made.first_lines()
    for name, content in {
        "a.pdf": made.pdf(lines, columns=2),
        "b.docx": made.docx(lines),
        "below/c.html": made.html(lines).encode(),
        "below/d.txt": MADEUP.encode(),
        "below/.hidden/e.txt": b"\xff",
        "below/~$b.docx": b"lock",
        "f.txt": MADEUP.replace("1.5", "1.7").encode(),
        "f.meta.yaml": b"publisher: Example Gazette\n",
        "notes.md": b"# no report",
    }.items():
        (folder / name).write_bytes(content)
    return folder


def quads(store: str | Path) -> set[tuple[str, ...]]:
    with kg.open(str(store)) as graph:
        return set(graph.backend.quads())


def hash_of(store: str | Path) -> str:
    return sha256("\n".join(sorted(map(str, quads(store)))).encode()).hexdigest()


def problems(store: str | Path) -> list[str]:
    connection = sqlite3.connect(store)
    try:
        return verify.problems(connection)
    finally:
        connection.close()


def documents(store: str) -> dict[str, bytes]:
    connection = sqlite3.connect(store)
    try:
        return dict(connection.execute("SELECT name, content FROM document WHERE name <> 'text'").fetchall())
    finally:
        connection.close()


@thorough
def test_the_graph_does_not_depend_on_the_number_of_cores(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    for jobs in (1, 2):
        pipeline.add(tmp_path / f"{jobs}.kg", [folder], jobs=jobs)
    assert hash_of(tmp_path / "1.kg") == hash_of(tmp_path / "2.kg")
    assert problems(tmp_path / "2.kg") == []


@thorough
def test_a_folder_is_summed_up_and_adding_it_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    code, out, err = run("add", "--store", "a.kg", "news")
    assert (code, err) == (0, "")
    assert out.startswith("reports: 5 added\nclaims: ")
    assert "nothing new" in run("add", "--store", "a.kg", "news")[1]
    (folder / "f.txt").write_text(MADEUP.replace("1.5", "1.9"), encoding="utf-8")
    assert run("add", "--store", "a.kg", "news")[1].startswith("reports: 1 revised, 4 unchanged\n")
    assert sorted(documents("a.kg")) == ["a.pdf", "b.docx", "c.html", "d.txt", "f.txt"]
    assert documents("a.kg")["a.pdf"] == (folder / "a.pdf").read_bytes()


def test_bad_files_are_told_and_the_rest_is_written(run: Run, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "cut.pdf").write_bytes(made.pdf(["Words."])[:400])
    (folder / "f.html").write_text(made.html(["Another report", "It has the name of one that is there."]))
    code, out, err = run("add", "--store", "a.kg", "news")
    assert code == 1
    assert out.startswith("reports: 5 added, 3 failed\n")
    assert [line.partition(": ")[2].partition(";")[0] for line in err.splitlines()] == [
        "news/cut.pdf: the PDF is cut short",
        "news/empty.txt: the file is empty",
        f"news/f.txt: news/f.html gives the report <{kg.terms.ID}report/f> too, with other claims",
    ]
    assert run("check", "--store", "a.kg")[1] == "a.kg: nothing is wrong\n"


def test_where_all_fail_nothing_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_bytes(b"\xff")
    code, _, err = run("add", "--store", "a.kg", "news")
    assert (code, err.count("\n")) == (2, 2)
    assert not (tmp_path / "a.kg").exists()
    assert run("add", "--store", "a.kg", "nowhere")[0] == 2
    shutil.rmtree(tmp_path / "news")
    (tmp_path / "news").mkdir()
    assert "no file in this folder" in run("add", "--store", "a.kg", "news")[2]


def test_a_claim_that_keeps_no_shape_costs_its_own_file_only(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "good.txt").write_text(MADEUP, encoding="utf-8")
    (folder / "odd.yaml").write_text(
        "judgements:\n- joins: [company/one, company/two]\n  because: x\n  by: person/a\n- oops\n", encoding="utf-8"
    )
    tally = intake.Tally()
    pipeline.add(tmp_path / "a.kg", [folder], tally=tally)
    assert tally.read == 1
    assert len(tally.failures) == 1


def test_authored_reports_in_a_folder_keep_their_texts(run: Run, tmp_path: Path, root: Path) -> None:
    (tmp_path / "news").mkdir()
    for ending in ("yaml", "txt"):
        shutil.copy(root / "data" / "reports" / f"2021-12-07-hong-kong-beijing.{ending}", tmp_path / "news")
    shutil.copytree(root / "data" / "entities", tmp_path / "news" / "0")
    (tmp_path / "news" / "z.txt").write_text(MADEUP, encoding="utf-8")
    code, out, err = run("add", "--store", "a.kg", "news")
    assert (code, err) == (0, "")
    assert out.startswith("reports: 1 added\n")


@thorough
@pytest.mark.parametrize("ending", ["html", pytest.param("pdf", marks=thorough), pytest.param("docx", marks=thorough)])
def test_a_document_gives_the_claims_of_its_text(run: Run, tmp_path: Path, ending: str) -> None:
    lines = made.first_lines()
    content = {"html": made.html(lines).encode(), "pdf": made.pdf(lines), "docx": made.docx(lines)}
    (tmp_path / f"r.{ending}").write_bytes(content[ending])
    (tmp_path / "r.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    run("add", "--store", "a.kg", "r.txt")
    run("add", "--store", "b.kg", f"r.{ending}")
    assert quads("a.kg") == quads("b.kg")
    assert run("read", "--format", "text", f"r.{ending}")[1] == "\n".join(lines) + "\n"
    read = json.loads(run("read", f"r.{ending}")[1])
    assert read == json.loads(run("read", "r.txt")[1])


@thorough
def test_the_file_as_it_came_is_given_back_and_its_earlier_revisions_are_kept(run: Run, tmp_path: Path) -> None:
    first, second = (made.html([*made.first_lines(), word]).encode() for word in ("One.", "Two."))
    for content in (first, second):
        (tmp_path / "r.html").write_bytes(content)
        run("add", "--store", "a.kg", "r.html")
    assert run("show", "--store", "a.kg", "report/r", "--original")[1] == second.decode()
    assert f"file: r.html (text/html, {len(second)} bytes)" in run("show", "--store", "a.kg", "report/r")[1]
    connection = sqlite3.connect("a.kg")
    kept = connection.execute("SELECT revision, name, content FROM history_document ORDER BY name").fetchall()
    assert kept[0] == (1, "r.html", first)
    assert [name for _, name, _ in kept] == ["r.html", "text"]
    connection.close()
    assert problems("a.kg") == []
    connection = sqlite3.connect("a.kg")
    connection.execute("UPDATE history_document SET content = x'00' WHERE name = 'r.html'")
    connection.commit()
    connection.close()
    assert "the document 'r.html' of revision 1" in problems("a.kg")[0]


@thorough
def test_options_come_before_what_stands_beside_and_that_before_what_the_document_says(
    run: Run, tmp_path: Path
) -> None:
    head = '<meta property="article:published_time" content="2020-01-02">'
    head += '<meta property="og:site_name" content="Page Post">'
    head += '<meta property="og:title" content="A page\'s title"><link rel="canonical" href="https://example.org/page">'
    (tmp_path / "r.html").write_text(made.html(made.first_lines(), head), encoding="utf-8")
    run("add", "--store", "a.kg", "r.html")
    shown = run("show", "--store", "a.kg", "report/r")[1]
    assert all(each in shown for each in ("A page's title", "Page Post", "2020-01-02", "https://example.org/page"))
    (tmp_path / "r.meta.yaml").write_text("publisher: Beside Times\ndate: 2020-02-03\n", encoding="utf-8")
    run("add", "--store", "a.kg", "r.html", "--date", "2020-03-04")
    shown = run("show", "--store", "a.kg", "report/r")[1]
    assert all(each in shown for each in ("A page's title", "Beside Times", "2020-03-04"))
    assert "Page Post" not in shown


@thorough
def test_reading_a_folder_gives_a_line_a_report_in_order(run: Run, tmp_path: Path) -> None:
    (folder_of(tmp_path) / "bad.txt").write_bytes(b"\xff")
    code, out, err = run("read", "news")
    names = [json.loads(line)["report"]["file"] for line in out.splitlines()]
    assert names == ["news/a.pdf", "news/b.docx", "news/f.txt", "news/below/c.html", "news/below/d.txt"]
    assert code == 1
    assert err.startswith("kg: news/bad.txt:1:1: ")


@thorough
def test_several_read_to_trig_are_the_graph_of_several_added(run: Run, tmp_path: Path) -> None:
    folder_of(tmp_path)
    (tmp_path / "c.trig").write_text(run("read", "--format", "trig", "news")[1], encoding="utf-8")
    run("add", "--store", "a.kg", "news")
    run("add", "--store", "b.kg", "c.trig")
    assert quads("a.kg") == quads("b.kg")


@thorough
def test_a_file_that_takes_too_long_or_too_much_fails_alone(tmp_path: Path) -> None:
    slow = intake.Source("slow.txt", (MADEUP * 400).encode(), None)
    quick = intake.Source("quick.txt", MADEUP.encode(), None)
    with Crew(1, seconds=0.01, seconds_a_megabyte=0) as crew:
        assert "takes longer than" in str(next(crew.take([slow], Given(), True))[1])
    with Crew(1, megabytes=48) as crew:
        found = [
            taken for _, taken in crew.take([quick, slow._replace(content=slow.content * 40), quick], Given(), True)
        ]
    assert isinstance(found[1], InputError)
    assert "too much memory" in str(found[1])
    assert not isinstance(found[0], KgError)
    assert not isinstance(found[2], KgError)


def test_a_process_reads_as_this_one_does() -> None:
    source = intake.Source("a.html", made.html(made.first_lines()).encode(), "publisher: Example\n")
    with Crew(1) as crew:
        assert [taken for _, taken in crew.take([source], Given(), True)] == [
            intake.take(source, Given(), claimed.RULES)
        ]


@thorough
def test_an_interrupt_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number}.txt").write_text(MADEUP * 40, encoding="utf-8")
    pipeline.add(tmp_path / "a.kg", [])
    before = hash_of(tmp_path / "a.kg")
    command = [sys.executable, "-m", "kg", "add", "--store", "a.kg", "--jobs", "2", "news"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "kg: interrupted; nothing was changed\n")
    assert hash_of(tmp_path / "a.kg") == before
