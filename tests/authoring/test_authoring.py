"""What a report written by hand becomes: names resolved, receipts found, values as written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import kg
from kg import pipeline
from kg.errors import ParseError
from kg.terms import ID, RDF, XSD, Quad, Token
from kg.yaml_nodes import load

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*.yaml"))
REPORT = "https://example.org/news?id=7"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store to resolve names against, which no test here changes."""
    path = tmp_path_factory.mktemp("store") / "news.kg"
    pipeline.add(path, [])
    return path


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_place_and_what_to_write(path: Path, store: Path) -> None:
    expected = path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# expect: ")
    with pytest.raises(ParseError) as caught:
        pipeline.add(store, [path])
    assert str(caught.value) == f"{path}:{expected.replace('DIR', str(path.parent))}"


def test_there_are_cases() -> None:
    assert len(MISTAKES) > 60


# ---- what is right -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[Quad]:
    path = tmp_path_factory.mktemp("right") / "news.kg"
    pipeline.add(path, [HERE / "right" / "names.yaml"])
    with kg.open(path) as graph:
        return set(graph.backend.quads())


def values(found: set[Quad], subject: str, name: str) -> set[Token]:
    return {o for s, p, o, _ in found if s == f"<{subject}>" and p.endswith((f"#{name}>", f"/{name}>"))}


def test_names_in_any_language_paths_and_iris_name_the_same_things(found: set[Quad]) -> None:
    assert values(found, f"{REPORT}/claim/base", "base") == {f"<{ID}place/beijing>"}
    assert values(found, f"{REPORT}/claim/base", "company") == {f"<{ID}company/jo-example>"}
    assert values(found, f"{REPORT}/claim/said", "speaker") == {f"<{ID}person/jo-example>"}
    assert len(values(found, f"{REPORT}/claim/money", "about")) == 2


def test_a_report_may_have_any_iri(found: set[Quad]) -> None:
    graphs = {g for s, *_, g in found if s.startswith(f"<{REPORT}")}
    assert len(graphs) == 1
    assert graphs.pop().startswith(f"<{ID}graph/report/")


def test_without_a_text_receipts_are_citations(found: set[Quad]) -> None:
    receipts = values(found, f"{REPORT}/claim/said", "wasDerivedFrom")
    assert {cite for receipt in receipts for cite in values(found, receipt[1:-1], "cites")} == {'"2"', '"3"'}
    assert all(receipt.startswith(f"<{REPORT}/citation/") for receipt in receipts)


def test_literals_are_kept_as_written(found: set[Quad]) -> None:
    assert values(found, f"{REPORT}/claim/money", "value") == {f'"017.50"^^<{XSD}decimal>'}
    assert values(found, f"{REPORT}/claim/said", "text") == {'"Kami mulai."@id'}
    assert values(found, ID + "person/jo-example", "label") == {'"Jo Example"@id'}


def test_a_period_becomes_its_first_and_last_day(found: set[Quad]) -> None:
    assert values(found, f"{REPORT}/claim/money", "start") == {f'"2029-01-01"^^<{XSD}date>'}
    assert values(found, f"{REPORT}/claim/money", "end") == {f'"2029-12-31"^^<{XSD}date>'}
    assert values(found, f"{REPORT}/claim/said", "start") == set()
    assert values(found, f"{REPORT}/claim/said", "end") == {f'"2030-01-31"^^<{XSD}date>'}


def test_two_entities_of_one_name_have_each_a_mention(found: set[Quad]) -> None:
    mentions = {s for s, p, o, _ in found if p == f"<{RDF}type>" and o.endswith("#Mention>")}
    assert mentions == {f"<{REPORT}/claim/mention-jo-example>", f"<{REPORT}/claim/mention-company-jo-example>"}


# ---- hostile YAML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 100_000,
        "{a: " * 100_000,
        "? " * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(2000)),
        "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
        "a: &a\n  b: *a\n",
        "&a " * 10_000,
        "'" * 99_999,
        "a: |\n" + "\x85" * 1000 + "\x01",
        "a: \ufffe\n",
        "--- a\n--- b\n",
        "%YAML 9.9\n---\na: b\n",
        "a: !!python/object/apply:os.system [id]\nb: *c\n",
    ],
    ids=range(14),
)
def test_hostile_yaml_is_refused_soon(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(ParseError) as caught:
        load(text, "report.yaml")
    assert time.process_time() - begun < 5
    assert str(caught.value).startswith("report.yaml:")
    assert "\n" not in str(caught.value)


def test_words_are_words() -> None:
    root = load("a: no\nb: 2021-12-07\nc: 0x1F\nd: ~\ne: !!int 7\nf: 1_000\ng: on\n", "report.yaml")
    assert [node.value for node in root.entries.values()] == ["no", "2021-12-07", "0x1F", "~", "7", "1_000", "on"]  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [b"report: caf\xe9\n", b"\xff\xferep", b"report: x\n\n\nlabel: \xc3\x28\n"])
def test_bytes_that_are_not_utf_8_are_refused_with_their_line(tmp_path: Path, store: Path, data: bytes) -> None:
    path = tmp_path / "report.yaml"
    path.write_bytes(data)
    with pytest.raises(ParseError, match="the bytes are not UTF-8") as caught:
        pipeline.add(store, [path])
    assert caught.value.line == data[: data.find(b"\xc3")].count(b"\n") + 1 if b"\xc3" in data else 1


def test_a_text_that_is_not_utf_8_is_refused(tmp_path: Path, store: Path) -> None:
    (tmp_path / "report.txt").write_bytes(b"caf\xe9")
    (tmp_path / "report.yaml").write_text("report: x\nlabel: {en: X}\nlanguage: en\ntext: report.txt\n")
    with pytest.raises(ParseError, match=r"report\.yaml:4:7: .*report\.txt:1: the bytes are not UTF-8"):
        pipeline.add(store, [tmp_path / "report.yaml"])


def test_a_text_is_kept_byte_for_byte(tmp_path: Path) -> None:
    text = "\ufeffFirst line.\r\nSecond\u00a0line, e\u0301 and é, 𝄞 ends it.\r\n\r\n  Last.  "
    (tmp_path / "report.txt").write_bytes(text.encode())
    (tmp_path / "report.yaml").write_text(
        "report: x\nlabel: {en: X}\nlanguage: en\ntext: report.txt\nclaims:\n"
        "  - is: assertion\n    key: a\n    about: place/beijing\n    receipt: ends it\n"
    )
    pipeline.add(tmp_path / "news.kg", [tmp_path / "report.yaml"])
    with kg.open(tmp_path / "news.kg") as graph:
        (row,) = graph.ask("assertions")
        (held,) = graph.backend.connection.execute("SELECT text FROM report").fetchone()  # type: ignore[attr-defined]
    (source,) = row["sources"]
    assert held == text
    assert source["sentence"] == "Second\u00a0line, e\u0301 and é, 𝄞 ends it."
    assert text[source["start"] : source["end"]] == source["sentence"]
