"""`kg diff` prints what changed in lines that fit, and its exit code says whether anything did."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stores import FILES, make

import kg.cli.diff
from kg import pipeline
from kg.errors import InputError
from kg.terms import ID, IRI

Diff = Callable[..., tuple[int, str]]


@pytest.fixture
def diff(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Diff:
    """Run the command, and give its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(before: object, after: object, form: str = "text", lang: str = "en") -> tuple[int, str]:
        given = argparse.Namespace(before=str(before), after=str(after), format=form, lang=lang)
        code = kg.cli.diff.run(given)
        return code, capsys.readouterr().out

    return call


def edited(path: Path, *edits: tuple[str, str]) -> Path:
    """A store with the report `harbour`, with some of its words replaced by others."""
    text = (FILES / "harbour.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path.mkdir()
    (path / "harbour.yaml").write_text(text, encoding="utf-8")
    (path / "harbour.txt").write_text((FILES / "harbour.txt").read_text(encoding="utf-8"), encoding="utf-8")
    pipeline.add(path / "news.kg", [path / "harbour.yaml"])
    return path / "news.kg"


def test_nothing_differs(diff: Diff, tmp_path: Path) -> None:
    one, other = make(tmp_path / "one.kg", "harbour.yaml"), edited(tmp_path / "other")
    assert diff(one, other) == (0, f"{one} and {other} say the same\n")
    assert diff(one, other, "json") == (0, "[]\n")


def test_a_changed_amount_is_one_line_in_one_scale(diff: Diff, tmp_path: Path) -> None:
    one = edited(tmp_path / "one", ('"2.50"', '"2.50", qualifier: about'))
    other = edited(tmp_path / "other", ('"2.50"', "2.75"))
    code, out = diff(one, other)
    assert code == 1
    assert " ".join(out.split()).startswith("Claims that changed: amount of ")
    assert ": about 2.5 → 2.75 USD, per Report on a terminal (2030-01-07)" in " ".join(out.split())


def test_groups_come_in_a_fixed_order_and_lines_fit(diff: Diff, tmp_path: Path) -> None:
    one = make(tmp_path / "one.kg", "harbour.yaml", "ferry.yaml")
    other = edited(tmp_path / "other", ("stage: announced", "stage: signed"))
    code, out = diff(one, other)
    lines = out.splitlines()
    heads = [line for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert code == 1
    assert heads == ["Reports that went:", "Claims that changed:", "Entities that went:", "Entities that changed:"]
    assert "  Report on a ferry (3 claims: 1 investment, 2 mentions)" in lines
    assert "  place: Old Quay" in lines
    assert "  other name of Example Corp: “EC” went" in lines
    assert all(len(line) <= 100 for line in lines)


def test_a_report_that_is_withdrawn_comes_back_with_the_arguments_turned(diff: Diff, tmp_path: Path) -> None:
    whole, less = make(tmp_path / "whole.kg", "ferry.yaml"), make(tmp_path / "less.kg", "ferry.yaml")
    pipeline.remove(less, IRI(ID + "report/ferry"))
    assert diff(whole, less)[1].startswith("Reports that went:\n  Report on a ferry (")
    assert diff(less, whole)[1].startswith("Reports that came:\n  Report on a ferry (")


def test_json_gives_every_change_as_an_object(diff: Diff, tmp_path: Path) -> None:
    one, other = edited(tmp_path / "one"), edited(tmp_path / "other", ("2.50", "2.75"))
    code, out = diff(one, other, "json")
    change, label = json.loads(out)
    assert code == 1
    assert label["property"] == "label", "a label put together from values changes with them"
    assert change | {"label": ""} == {
        "change": "changed",
        "kind": "claim",
        "iri": f"{ID}claim/harbour/terminal",
        "label": "",
        "type": "investment",
        "property": "amount",
        "before": "2.5 USD",
        "after": "2.75 USD",
        "report": "Report on a terminal",
        "publisher": None,
        "date": "2030-01-07",
        "report_iri": f"{ID}report/harbour",
    }


def test_other_triples_are_counted_in_one_line(diff: Diff, tmp_path: Path) -> None:
    (tmp_path / "one.nt").write_text('<x:a> <x:b> "c" .\n<x:a> <x:b> "d" .\n', encoding="utf-8")
    (tmp_path / "other.nt").write_text('<x:a> <x:b> "e" .\n', encoding="utf-8")
    assert diff(tmp_path / "one.nt", tmp_path / "other.nt") == (1, "1 other triple came, 2 went\n")


def test_the_word_shipped_names_the_graph_that_ships(diff: Diff) -> None:
    assert diff("shipped", "shipped") == (0, "shipped and shipped say the same\n")


def test_what_a_graph_says_cannot_drive_the_terminal(diff: Diff, tmp_path: Path) -> None:
    head = (
        f"<{ID}person/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/kabar/ontology#Person> .\n"
    )
    label = f'<{ID}person/a> <http://www.w3.org/2000/01/rdf-schema#label> "%s"@en .\n'
    (tmp_path / "one.nt").write_text(head + label % "A", encoding="utf-8")
    (tmp_path / "other.nt").write_text(head + label % "\\u001B[31m\\u202Eevil", encoding="utf-8")
    _, out = diff(tmp_path / "one.nt", tmp_path / "other.nt")
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "→ “\\x1b[31m\\x202eevil”" in out


@pytest.mark.parametrize("name", ["missing.kg", "missing.ttl", "."])
def test_what_cannot_be_opened_is_an_error_of_input(diff: Diff, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError):
        diff("shipped", tmp_path / name)
