"""What a report written by hand becomes: names resolved, receipts found, values as written."""

from __future__ import annotations

import time
from decimal import Decimal
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
    assert len(MISTAKES) > 90


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


# ---- second currencies, copies, judgements ------------------------------------------------------------

MONEY = ID + "claim/second-currency"


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> set[Quad]:
    path = tmp_path_factory.mktemp("converted") / "news.kg"
    pipeline.add(path, [HERE / "right" / name for name in ("second-currency.yaml", "judgements.yaml")])
    with kg.open(path) as graph:
        return set(graph.backend.quads())


def numbers(found: set[Quad], claim: str, *names: str) -> list[str]:
    """The only values of properties of a claim or its amount, as written."""
    listed = [values(found, claim, name) | values(found, f"{claim}/amount", name) for name in names]
    return [token.split('"')[1] for (token,) in listed]


@pytest.mark.parametrize(
    ("claim", "value", "qualifier", "rate", "basis"),
    [
        ("printed-beside-in-cny", "17000", "about", "6.80000", "implied"),
        ("at-a-rate-in-cny", "7000", "exact", "7.10", "printed"),
        ("worked-out-in-cny", "7100", "about", "7.1", "printed"),
        ("worked-out-in-idr", "16000000", "about", "16000", "printed"),
    ],
)
def test_a_second_currency_is_a_claim_of_its_own(
    claim: str, value: str, qualifier: str, rate: str, basis: str, converted: set[Quad]
) -> None:
    found = numbers(converted, f"{MONEY}/{claim}", "value", "qualifier", "rate", "rateBasis")
    assert found[:2] + found[3:] == [value, qualifier, basis]
    assert Decimal(found[2]) == Decimal(rate)
    whole = f"<{MONEY}/{claim.rpartition('-in-')[0]}>"
    assert values(converted, f"{MONEY}/{claim}", "converts") == {whole}
    first = values(converted, f"{MONEY}/{claim}", "wasDerivedFrom")
    assert first == values(converted, whole[1:-1], "wasDerivedFrom")


def test_a_second_currency_carries_period_and_scope_of_the_first(converted: set[Quad]) -> None:
    for name in ("start", "end", "scope"):
        first = values(converted, f"{MONEY}/printed-beside", name)
        assert first
        assert values(converted, f"{MONEY}/printed-beside-in-cny", name) == first


def test_a_second_amount_may_be_a_range_where_a_rate_is_printed(converted: set[Quad]) -> None:
    assert numbers(converted, f"{MONEY}/figure-in-cny", "minimum", "maximum", "rate") == ["2000", "2200", "7"]
    assert values(converted, f"{MONEY}/figure-in-cny/amount", "value") == set()


def test_the_first_amount_stays_as_written(converted: set[Quad]) -> None:
    assert numbers(converted, f"{MONEY}/at-a-rate", "value", "currency", "qualifier") == ["1000", "USD", "more_than"]
    assert numbers(converted, f"{MONEY}/figure", "value", "unit", "qualifier") == ["300", "USD", "less_than"]


def test_what_is_counted_and_whether_the_parts_are_all(converted: set[Quad]) -> None:
    assert numbers(converted, f"{MONEY}/printed-beside", "count", "countQualifier", "complete") == [
        "3",
        "more_than",
        "true",
    ]
    assert values(converted, f"{MONEY}/printed-beside", "scope") == {'"deals signed in the hall"@en', '"现场签约"@zh'}
    assert values(converted, f"{MONEY}/at-a-rate", "partOf") == {f"<{MONEY}/printed-beside>"}
    assert values(converted, f"{MONEY}/worked-out", "deal") == {f"<{ID}deal/jo-example-terminal>"}


def test_a_report_may_copy_relay_bear_a_month_and_go_by_other_names(converted: set[Quad]) -> None:
    this = ID + "report/second-currency"
    assert values(converted, this, "copyOf") == {f"<{ID}report/names>"}
    outlets = {f"<{ID}organization/example-{name}>" for name in ("gazette", "times")}
    assert values(converted, this, "relays") == outlets
    assert values(converted, this, "start") == {f'"2030-02-01"^^<{XSD}date>'}
    assert values(converted, this, "end") == {f'"2030-02-28"^^<{XSD}date>'}
    assert values(converted, this, "date") == set()
    assert values(converted, this, "altLabel") == {'"Rates"@en', '"汇率"@zh'}


def test_judgements_give_what_is_judged_by_whom_and_why(converted: set[Quad]) -> None:
    judged = {s[1:-1] for s, p, o, _ in converted if p == f"<{RDF}type>" and o.endswith("#Judgement>")}
    said = {
        (
            frozenset(values(converted, node, "joins")),
            frozenset(values(converted, node, "separates")),
            frozenset(values(converted, node, "reason")),
            *values(converted, node, "wasAttributedTo"),
        )
        for node in judged
    }
    none: frozenset[Token] = frozenset()
    assert said == {
        (
            frozenset((f"<{ID}company/jo-example>", f"<{ID}organization/example-gazette>")),
            none,
            frozenset(('"one address"@en', '"地址相同"@zh')),
            f"<{ID}organization/example-times>",
        ),
        (
            none,
            frozenset((f"<{ID}place/beijing>", f"<{ID}place/shanghai>")),
            frozenset(('"two cities"@en',)),
            f"<{ID}agent/author>",
        ),
        (
            frozenset((f"<{MONEY}/worked-out>", f"<{REPORT}/claim/money>")),
            none,
            frozenset(('"satu transaksi"@id',)),
            f"<{ID}agent/author>",
        ),
    }


def test_adding_judgements_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    files = [HERE / "right" / name for name in ("second-currency.yaml", "judgements.yaml")]
    assert pipeline.add(path, files)
    assert not pipeline.add(path, files)


def test_a_judgement_that_is_added_with_another_reason_has_that_reason_alone(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    for reason in ("two cities", "two municipalities"):
        text = f"judgements:\n  - {{different: [Beijing, Shanghai], because: {{en: {reason}}}}}\n"
        (tmp_path / "judgements.yaml").write_text(text)
        pipeline.add(path, [tmp_path / "judgements.yaml"])
    with kg.open(path) as graph:
        reasons = {o for s, p, o, _ in graph.backend.quads() if p.endswith("#reason>") and "/judgement/" in s}
    assert reasons == {'"two municipalities"@en'}


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
