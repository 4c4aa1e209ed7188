"""The SPARQL engine's index beside a large store: made when missing, behind or damaged, and never needed."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stores import FILES, report

import kg
from kg import index, pipeline

New = Callable[..., Path]
QUERY = "SELECT ?what WHERE { ?claim a kg:Investment ; kg:what ?what } ORDER BY ?what"


@pytest.fixture(autouse=True)
def _on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "LARGE", 0)


def answer(path: Path) -> list[str]:
    with kg.open(path) as graph:
        return [row["what"] for row in graph.sparql(QUERY)]  # type: ignore[union-attr,call-overload,index]


def folder(path: Path) -> Path:
    return path.with_name(path.name + ".index")


def test_an_index_is_made_once_for_each_state(new: New) -> None:
    path = new("harbour.yaml")
    assert answer(path) == ["a terminal"]
    (first,) = folder(path).iterdir()
    made = (first / "complete").stat().st_mtime_ns
    assert answer(path) == ["a terminal"]
    assert (first / "complete").stat().st_mtime_ns == made
    pipeline.add(path, [FILES / "ferry.yaml"])
    assert answer(path) == ["a ferry", "a terminal"]
    (second,) = folder(path).iterdir()
    assert second != first
    pipeline.remove(path, report("ferry"))
    assert answer(path) == ["a terminal"]


def test_nothing_is_lost_when_the_index_is_deleted(new: New) -> None:
    path = new("harbour.yaml")
    answer(path)
    shutil.rmtree(folder(path))
    assert answer(path) == ["a terminal"]


@pytest.mark.parametrize("damage", ["complete", "CURRENT", "MANIFEST", ".sst", "everything"])
def test_a_damaged_index_is_made_anew(new: New, damage: str) -> None:
    path = new("harbour.yaml")
    answer(path)
    for file in [each for each in folder(path).rglob("*") if each.is_file()]:
        if damage in file.name or damage == "everything":
            file.unlink() if damage in ("complete", ".sst") else file.write_bytes(b"damaged")
    assert answer(path) == ["a terminal"]


def test_the_index_of_a_copy_that_went_another_way_is_not_taken_for_its_own(new: New) -> None:
    path = new("harbour.yaml")
    copy = path.with_name("copy.kg")
    shutil.copy(path, copy)
    pipeline.add(path, [FILES / "ferry.yaml"])
    pipeline.add(copy, [FILES / "rail.yaml"])
    assert answer(path) == ["a ferry", "a terminal"]
    shutil.move(copy, path)
    assert answer(path) == ["a railway", "a terminal"]


def test_what_another_program_is_making_is_left_alone(new: New) -> None:
    path = new("harbour.yaml")
    folder(path).mkdir()
    fresh, old = folder(path) / "making-fresh", folder(path) / "making-old"
    fresh.mkdir()
    old.mkdir()
    os.utime(old, (0, time.time() - 10 * index._ABANDONED))
    answer(path)
    assert fresh.is_dir()
    assert not old.exists()


def test_four_that_need_an_index_at_once_all_get_one(new: New) -> None:
    path, found = new("harbour.yaml"), list[object]()

    def ask() -> None:
        try:
            found.append(answer(path))
        except BaseException as error:  # whatever it is, the test is to show it
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [["a terminal"]] * 4


def test_where_the_folder_cannot_be_written_the_index_is_in_memory(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new("harbour.yaml")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr(Path, "mkdir", refused)
    assert answer(path) == ["a terminal"]
    assert not folder(path).exists()


def test_an_axiom_that_cannot_be_read_keeps_no_query_from_its_answer(tmp_path):
    bad = tmp_path / "bad.nt"
    bad.write_text('<http://example.org/a> <http://www.w3.org/2002/07/owl#unionOf> "no list" .\n', encoding="utf-8")
    pipeline.add(tmp_path / "news.kg", [bad])
    with kg.open(tmp_path / "news.kg") as graph:
        (row,) = graph.sparql("SELECT ?o { <http://example.org/a> owl:unionOf ?o }")
        assert row.o == "no list"
        assert graph.sparql("ASK { kg:Person rdfs:subClassOf+ kg:Entity }")
