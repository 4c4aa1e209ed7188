"""`kg ask` as a user meets it: answers with receipts, names in any language, one line for what is wrong."""

from __future__ import annotations

import csv
import io
import json
from functools import partial

import pytest


@pytest.fixture
def run(run, first_store):
    """`kg` on the graph of the first report, so that every row can be told by heart."""
    return partial(run, KG_STORE=str(first_store))


def ask(run, *arguments):
    done = run("ask", *arguments, "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_who_said_what_prints_each_row_followed_by_its_receipt(run):
    done = run("ask", "who-said-what")
    assert done.returncode == 0
    lines = done.stdout.split("\n")
    receipts = [line for line in lines if line.startswith("    — publisher unknown, 2021-12-07: “")]
    assert len(receipts) == 4
    assert "    — publisher unknown, 2021-12-07: “Kepala Eksekutif Hong Kong Carrie Lam Cheng Yuet-ngor" in lines
    assert "Li Zhijie" in done.stdout


def test_who_said_what_names_speaker_capacity_event_and_date(run):
    rows = ask(run, "who-said-what")
    said = {(row["speaker"], row["role"], row["event"], row["date"], row["mode"]) for row in rows}
    symposium = "24th Beijing–Hong Kong Economic Cooperation Symposium"
    li = (
        "Li Zhijie",
        "wakil sekretaris jenderal pemerintah kota Beijing",
        symposium,
        "2021-12-06/2021-12-07",
        "direct",
    )
    lam = ("Carrie Lam", "Kepala Eksekutif Hong Kong", symposium, "2021-12-06")
    assert said == {li, (*lam, "direct"), (*lam, "indirect")}
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("place", "investors"),
    [
        ("Beijing", ["Pharmaron", "SmartMore"]),
        ("北京", ["Pharmaron", "SmartMore"]),
        ("Daxing", ["Pharmaron"]),
        ("Distrik Daxing", ["Pharmaron"]),
        ("Tiongkok", ["Pharmaron", "SmartMore"]),
        ("Shanghai", []),
        ("https://w3id.org/kabar/id/place/daxing-district", ["Pharmaron"]),
        ("place/daxing-district", ["Pharmaron"]),
    ],
)
def test_investments_are_found_in_a_place_and_in_all_that_lies_within_it(run, place, investors):
    assert sorted(row["investor"] for row in ask(run, "who-invested-where", "--place", place)) == investors


def test_an_investment_in_a_district_names_the_city_it_lies_in(run):
    (row,) = ask(run, "who-invested-where", "--investor", "Pharmaron Inc")
    assert (row["place"], row["within"], row["stage"]) == ("Daxing District", "Beijing", "announced")
    assert row["amount"] is None


def test_a_place_without_investments_says_so(run):
    done = run("ask", "who-invested-where", "--place", "Shanghai")
    assert done.returncode == 0
    assert done.stdout == "nothing found: no report in this graph answers who-invested-where for place Shanghai\n"


def test_every_row_carries_its_sources_in_full(run):
    (row,) = ask(run, "who-invested-where", "--place", "Daxing")
    (source,) = row["sources"]
    assert list(source)[:8] == ["report", "publisher", "date", "url", "sentence", "start", "end", "cites"]
    assert source["publisher"] is None
    assert (source["start"], source["end"], source["cites"]) == (1338, 1505, None)
    assert source["sentence"].startswith("Pharmaron Inc, penyedia layanan")


def test_labels_come_in_the_language_asked_for_and_statements_stay_as_printed(run):
    english, chinese = (ask(run, "who-said-what", "--speaker", "林郑月娥", "--lang", tag) for tag in ("en", "zh"))
    assert {row["speaker"] for row in chinese} == {"林郑月娥"}
    assert [row["statement"] for row in chinese] == [row["statement"] for row in english]
    assert [row["speaker_iri"] for row in chinese] == [row["speaker_iri"] for row in english]


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [("2021", None, 6), (None, "2020-12", 3), ("2021-10", None, 0), ("2021-09-30", "2021", 6)],
)
def test_since_and_until_mean_overlap_with_the_period(run, since, until, count):
    given = [*(["--since", since] if since else []), *(["--until", until] if until else [])]
    assert len(ask(run, "figures", *given)) == count


def test_a_list_of_values_means_any_of_them(run):
    both = ask(run, "who-said-what", "--speaker", "Li Zhijie", "--speaker", "Lam")
    assert {row["speaker"] for row in both} == {"Li Zhijie", "Carrie Lam"}


def test_csv_spreads_the_first_source_over_columns(run):
    done = run("ask", "figures", "--measure", "companies-founded-total", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["value"], row["period"], row["about"]) == ("17782", "../2021-09", "Beijing; Hong Kong")
    assert row["source_sentence"].startswith("Pada September tahun ini")


def test_limit_says_what_it_left_out(run):
    done = run("ask", "timeline", "--limit", "2")
    assert "2 of 27 rows; give a larger --limit for more" in done.stdout


def test_the_list_of_queries_gives_each_with_its_question(run):
    done = run("ask")
    assert "who-said-what        Who said what, in which capacity, at which event and when?" in done.stdout
    assert "Siapa mengatakan apa" in run("ask", "--lang", "id").stdout


def test_help_of_a_query_tells_its_parameters_with_examples(run):
    done = run("ask", "who-invested-where", "--help")
    assert "--place NAME" in done.stdout
    assert "kg ask who-invested-where --place Beijing" in done.stdout


def test_it_says_on_request_how_it_was_answered(run):
    done = run("ask", "events", "--how")
    assert done.stderr == "kg: answered by the fast form events.sql, over the claim tables\n"
    done = run("ask", "top-investors", "--how")
    assert done.stderr == "kg: answered by the fast form deals.sql, over the claim tables\n"


def test_the_bound_query_can_be_printed_and_run_elsewhere(run):
    text = run("ask", "who-invested-where", "--place", "Daxing", "--print-query").stdout
    assert "?__place_iri" not in text
    done = run("sparql", "-", "--format", "json", stdin=text)
    assert [row["investor"] for row in json.loads(done.stdout)] == ["https://w3id.org/kabar/id/company/pharmaron"] * 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["who-said-wha"], "kg: there is no query 'who-said-wha'; did you mean 'who-said-what'?"),
        (["who-said-what", "--speker", "x"], "kg: who-said-what has no parameter 'speker'; did you mean --speaker?"),
        (["who-said-what", "--speaker", "Cary Lam"], "kg: no entity is called 'Cary Lam'; the nearest are"),
        (["who-invested-where", "--place", "Carrie Lam"], "kg: no place is called 'Carrie Lam'"),
        (["events", "--since", "soon"], "kg: since is no date: 'soon' is no day, month or year"),
        (["events", "--since", "2021-02-30"], "kg: since is no date: '2021-02-30' is no day, month or year"),
        (["events", "--place", "http://a b"], "kg: place: 'http://a b' is not an absolute IRI"),
        (["events", "--limit", "many"], "kg: argument --limit: 'many' is not a whole number"),
        (["events", "--format", "xls"], "kg: argument --format: invalid choice: 'xls'"),
        (["events", "--place", ""], "kg: place is empty; leave it out, or name something"),
        (["../../etc/passwd"], "kg: there is no query '../../etc/passwd'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_exit_code_2(run, arguments, says):
    done = run("ask", *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_the_store_may_be_named_before_or_after_the_command_or_in_the_environment(run, tmp_path):
    run("export", "graph.ttl")
    for done in (
        run("--store", "graph.ttl", "ask", "events", "--format", "csv"),
        run("ask", "--store", "graph.ttl", "events", "--format", "csv"),
        run("ask", "events", "--store", "graph.ttl", "--format", "csv"),
        run("ask", "events", "--format", "csv", KG_STORE="graph.ttl"),
    ):
        assert done.stdout == run("ask", "events", "--format", "csv").stdout
