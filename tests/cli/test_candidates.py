"""`kg candidates` as a user meets it: pairs with reasons, in any format, and what to type next."""

from __future__ import annotations

import csv
import io
import json

import pytest

ENTITIES = """
person/a: {label: {en: Wang Wenjie, zh: 王文杰}}
person/b: {label: {en: Wang Wen-jie}}
company/c: {label: {en: PT Maju Jaya Tbk}}
organization/d: {label: {en: Maju Jaya}}
place/e: {label: {en: Springfield}, type: city}
"""
COLUMNS = ["a", "a_iri", "b", "b_iri", "kind", "score", "why"]


@pytest.fixture
def news(run, tmp_path):
    (tmp_path / "entities.yaml").write_text(ENTITIES, encoding="utf-8")
    done = run("add", "--store", "news.kg", "entities.yaml")
    assert done.returncode == 0, done.stderr
    return lambda *arguments: run("candidates", "--store", "news.kg", *arguments)


def rows(done):
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_table_ends_with_what_to_type(news):
    done = news()
    assert done.returncode == 0, done.stderr
    lines = done.stdout.rstrip("\n").split("\n")
    assert lines[-1] == "decide with: kg same A B --because … or kg different A B --because …"
    assert lines[0].split() == ["a", "b", "kind", "score", "why"]
    assert "Wang Wen-jie" in done.stdout


def test_rows_say_who_how_sure_and_why(news):
    found = rows(news("--format", "json"))
    assert [list(row) for row in found] == [COLUMNS, COLUMNS]
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    (person,) = [row for row in found if row["kind"] == "person"]
    assert person["a_iri"].endswith("/person/a")
    assert person["b"] == "Wang Wen-jie"
    assert "one name written in two ways" in person["why"]
    assert isinstance(person["score"], int)


def test_other_formats_hold_the_rows_alone(news):
    table = list(csv.reader(io.StringIO(news("--format", "csv").stdout)))
    assert table[0] == COLUMNS
    assert len(table) == 3
    assert len(news("--format", "jsonl").stdout.splitlines()) == 2
    assert news("--format", "markdown").stdout.startswith("| a | b | kind | score | why |")
    assert "decide with" not in news("--format", "tsv").stdout


def test_one_class_one_name_a_limit_and_a_language_narrow_it(news):
    assert [row["kind"] for row in rows(news("--format", "json", "--class", "person"))] == ["person"]
    assert len(rows(news("--format", "json", "--class", "person", "--class", "organization"))) == 2
    assert [row["kind"] for row in rows(news("Maju Jaya", "--format", "json", "--lang", "id"))] != ["person"]
    assert len(rows(news("--format", "json", "--limit", "1"))) == 1
    assert rows(news("--format", "json", "--least", "100")) == []
    assert rows(news("person/b", "--format", "json", "--lang", "zh"))[0]["a"] == "王文杰"


def test_nothing_found_is_said_and_is_no_failure(news):
    done = news("Springfield")
    assert (done.returncode, done.stdout) == (
        0,
        "no pair seems to be one thing with Springfield; give a lower --least to see less likely ones\n",
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Springfeld",), "Springfield"),
        (("--least", "101"), "from 0 to 100"),
        (("--least", "many"), "not a whole number"),
        (("--class", "animal"), "animal"),
        (("person/nobody",), "is no person"),
    ],
)
def test_what_is_wrong_is_one_line(news, arguments, says):
    done = news(*arguments)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert not done.stdout


def test_the_shipped_graph_has_no_pair_that_is_judged(run):
    for row in rows(run("candidates", "--format", "json", "--least", "0")):
        assert {row["a_iri"].rpartition("/")[2], row["b_iri"].rpartition("/")[2]} != {"li-zhijie", "wang-wenjie"}
