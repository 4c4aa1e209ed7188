"""`kg read --model` and `kg add --model` as a user types them: what is printed, stored, told, and kept secret."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import thorough
from model.server import Answering, Asked, Reply, failed, said, serving

import kg
from kg import cli
from kg.store import verify
from kg.terms import ID, KG, PROV, RDF_TYPE, RDFS, SCHEMA

CASES = Path(__file__).parent / "cases"
SECRET = "sk-made-up-Secret-123"  # noqa: S105  # it opens nothing
AGENT = f"<{ID}agent/kabar-model-made-up>"

Run = Callable[..., tuple[int, str, str]]


def truth(asked: Asked) -> Reply:
    """The truthful answer for the case that is asked about."""
    case = next(path for path in CASES.glob("*.txt") if path.read_text(encoding="utf-8").strip() == asked.report)
    return said((CASES / f"{case.stem}.answer.json").read_text(encoding="utf-8"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `kg` beside the cases, with a key, against a server that answers so; the key is never in what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_MODEL_KEY", SECRET)
    for name in ("en", "id", "zh"):
        (tmp_path / f"{name}.txt").write_text((CASES / f"{name}.txt").read_text(encoding="utf-8"), encoding="utf-8")

    def call(*arguments: str, answer: Answering | Reply = truth, model: str = "made-up") -> tuple[int, str, str]:
        with serving(answer) as server:
            code = cli.main([*arguments, "--model", model, "--endpoint", server.address])
        out, err = capsys.readouterr()
        assert SECRET not in out + err
        return code, out, err

    return call


def quads(store: str) -> set[tuple[str, ...]]:
    with kg.open(store) as graph:
        return set(graph.backend.quads())


def test_one_report_prints_the_same_form_and_the_cost_beside_it(run: Run) -> None:
    code, out, err = run("read", "en.txt", "--price", "1,2.5")
    assert code == 0
    assert json.loads(out) == json.loads((CASES / "en.json").read_text(encoding="utf-8"))
    dropped, cost = err.splitlines()
    assert dropped.startswith(
        "kg: note: dropped of what made-up gave: 1 × deal that is no fact, by the model's own word"
    )
    assert cost.startswith("kg: made-up: 1 request, 1000 prompt and 200 completion tokens, ")
    assert cost.endswith(" s, 0.001500 at 1 and 2.5 a million tokens")


def test_several_reports_and_one_that_fails(run: Run) -> None:
    def answer(asked: Asked) -> Reply:
        return failed(413, "too long") if "Karangan" in asked.report else truth(asked)

    code, out, err = run("read", "en.txt", "id.txt", "missing.txt", "zh.txt", answer=answer)
    assert code == 1
    assert [json.loads(line)["report"]["file"] for line in out.splitlines()] == ["en.txt", "zh.txt"]
    lines = err.splitlines()
    assert lines[0].startswith("kg: id.txt: http://127.0.0.1:")
    assert "413: too long" in lines[0]
    assert lines[1].startswith("kg: missing.txt: ")
    assert lines[-1].startswith("kg: made-up: 3 requests, 2000 prompt and 400 completion tokens, ")


def test_explain_names_the_model_and_no_confidence(run: Run) -> None:
    code, out, err = run("read", "en.txt", "--explain")
    assert code == 0
    assert "    model: Fourth Ltd" in out
    assert "kg: note: dropped: deal that is no fact, by the model's own word: Fourth Ltd hopes to build" in err
    assert "None" not in out


def test_claims_in_a_store_are_the_models_and_rest_on_the_report(run: Run) -> None:
    code, out, err = run("add", "--store", "a.kg", "en.txt", "id.txt", "zh.txt")
    assert (code, err.count("kg: made-up: 3 requests")) == (0, 1)
    assert "en.txt: 1 agreement; 1 investment; " in out
    every = quads("a.kg")
    triples = {quad[:3] for quad in every}
    readers = {o for _, p, o in triples if p == f"<{PROV}wasAssociatedWith>"}
    assert readers == {AGENT}
    assert (AGENT, f"<{RDFS}label>", '"made-up, read by kabar"@en') in triples
    assert (AGENT, RDF_TYPE, f"<{PROV}SoftwareAgent>") in triples
    assert (AGENT, f"<{SCHEMA}softwareVersion>", f'"{kg.__version__}"') in triples
    assert {o for _, p, o in triples if p == f"<{KG}rule>"} == {'"model"'}
    assert not [p for _, p, _ in triples if p == f"<{KG}confidence>"]
    assert cli.main(["check", "--store", "a.kg"]) == 0
    connection = sqlite3.connect("a.kg")
    assert verify.problems(connection) == []
    connection.close()


def test_what_is_printed_as_claims_is_what_a_store_gets(run: Run, tmp_path: Path) -> None:
    run("add", "--store", "a.kg", "en.txt")
    _, out, _ = run("read", "en.txt", "--format", "trig")
    (tmp_path / "claims.trig").write_text(out, encoding="utf-8")
    assert cli.main(["add", "--store", "b.kg", "claims.trig"]) == 0
    assert quads("a.kg") == quads("b.kg")


@thorough
def test_a_reading_takes_the_place_of_another_and_never_of_a_persons(run: Run, root: Path) -> None:
    assert cli.main(["add", "--store", "a.kg", "en.txt"]) == 0
    assert f"<{ID}agent/kabar-rules>" in {quad[2] for quad in quads("a.kg")}
    assert run("add", "--store", "a.kg", "en.txt")[0] == 0
    first = quads("a.kg")
    readers = {quad[2] for quad in first if quad[1] == f"<{PROV}wasAssociatedWith>"}
    assert readers == {AGENT}
    assert "nothing new" in run("add", "--store", "a.kg", "en.txt")[1]
    assert run("add", "--store", "a.kg", "en.txt", model="other/Model")[0] == 0
    other = {quad[2] for quad in quads("a.kg") if quad[1] == f"<{PROV}wasAssociatedWith>"}
    assert len(other) == 1
    assert other.pop().startswith(f"<{ID}agent/kabar-model-other-model-")
    by_hand = root / "data" / "reports" / "2021-12-07-hong-kong-beijing"
    assert cli.main(["add", "--store", "b.kg", f"{by_hand}.yaml"]) == 0
    before = quads("b.kg")
    code, _, err = run("add", "--store", "b.kg", f"{by_hand}.txt", answer=said({"entities": []}))
    assert (code, "as somebody else read it" in err) == (2, True)
    assert quads("b.kg") == before


def test_a_report_that_cannot_be_read_leaves_the_store_as_it_was(run: Run) -> None:
    assert run("add", "--store", "a.kg", "en.txt")[0] == 0
    before = quads("a.kg")
    code, _, err = run("add", "--store", "a.kg", "id.txt", answer=failed(401, f"no {SECRET}"))
    assert code == 3
    assert "the key in KG_MODEL_KEY is refused (no ***)" in err
    assert quads("a.kg") == before


def test_of_several_reports_the_one_that_fails_is_told_of_and_the_others_are_added(run: Run) -> None:
    def answer(asked: Asked) -> Reply:
        return said("", finish="length") if "Karangan" in asked.report else truth(asked)

    code, _, err = run("add", "--store", "a.kg", "en.txt", "id.txt", "zh.txt", answer=answer)
    assert code == 1
    assert "kg: id.txt: http://127.0.0.1:" in err
    assert "cut off by its length" in err
    with kg.open("a.kg") as graph:
        reports = {s for s, p, o, _ in graph.backend.quads() if p == RDF_TYPE and o == f"<{KG}Report>"}
    assert reports == {f"<{ID}report/en>", f"<{ID}report/zh>"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--model", "m"], "--model needs --endpoint URL"),
        (["--endpoint", "http://127.0.0.1:1/v1"], "name it with --model NAME"),
        (["--price", "1,2"], "name it with --model NAME"),
        (["--model", "m", "--endpoint", "nonsense"], "not an address of the web"),
        (["--model", "m", "--endpoint", "http://127.0.0.1:1/v1", "--price", "1"], "'1' is not two prices"),
        (["--model", "m", "--endpoint", "http://127.0.0.1:1/v1", "--price", "1,NaN"], "is not two prices"),
        (["--model", "m", "--endpoint", "http://127.0.0.1:1/v1", "--price", "-1,2"], "expected one argument"),
        (["--model", "m", "--endpoint", "http://127.0.0.1:1/v1", "--timeout", "0"], "not a number of seconds"),
        (["--model", "", "--endpoint", "http://127.0.0.1:1/v1"], "name of the model"),
    ],
)
@pytest.mark.parametrize("command", ["read", "add"])
def test_options_that_do_not_go_together(
    command: str, arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(tmp_path / "a.kg")] if command == "add" else []
    (tmp_path / "r.txt").write_text("Some words.")
    assert cli.main([command, *store, str(tmp_path / "r.txt"), *arguments]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1
    assert not (tmp_path / "a.kg").exists()


def test_without_a_model_nothing_of_this_is_imported(tmp_path: Path) -> None:
    (tmp_path / "r.txt").write_text("Some words.")
    program = "import sys; from kg import cli; cli.main(['read', 'r.txt']); print([n for n in sys.modules if n in %r])"
    names = ("kg.model", "kg.model.client", "httpx2")
    done = subprocess.run(
        [sys.executable, "-c", program % (names,)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
