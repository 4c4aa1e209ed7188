"""The other commands as a user meets them: what they print, their exit codes, and that nothing is left half-done."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from kg.cli.commands import COMMANDS

REPORT = "report/2021-12-07-hong-kong-beijing"
_PEOPLE = "SELECT (COUNT(*) AS ?n) { ?s a kg:Person }"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"  kg {command}" in done.stdout


def test_kg_alone_says_how_to_start(run):
    assert "kg ask who-said-what" in run().stdout


# ---- sparql -----------------------------------------------------------------------------------------


def test_sparql_knows_the_usual_prefixes_and_what_is_inferred(run):
    query = "SELECT ?place { ?who rdfs:label 'Pharmaron'@en ; kg:investedIn ?place } ORDER BY ?place"
    rows = json.loads(run("sparql", query, "--format", "json").stdout)
    assert [row["place"].rpartition("/")[2] for row in rows] == ["beijing", "china", "daxing-district"]
    assert json.loads(run("sparql", query, "--format", "json", "--asserted").stdout) == []


def test_sparql_asks_constructs_and_reads_files(run, tmp_path):
    assert run("sparql", "ASK { ?s a kg:Person }").stdout == "true\n"
    (tmp_path / "query.rq").write_text("CONSTRUCT { ?s a kg:Person } WHERE { ?s a kg:Person }")
    done = run("sparql", "query.rq", "--format", "ntriples")
    assert done.stdout.count("\n") == json.loads(run("sparql", _PEOPLE, "--format", "json").stdout)[0]["n"] > 2


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * {\n  ?s ?p\n}", "kg: query:3:"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "kg: SERVICE reaches out to another address"),
        ("LOAD <http://127.0.0.1:9/> {}", "kg: LOAD reaches out to another address"),
        ("no-such-file.rq", "kg: 'no-such-file.rq' is neither a SPARQL query nor a file"),
        ("SELECT * {" + "{" * 3000 + "}" * 3000 + "}", "kg: the query is nested more than 64 levels deep"),
    ],
)
def test_a_bad_query_is_one_line_with_line_and_column(run, query, says):
    done = run("sparql", query)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


def test_a_query_ends_by_its_deadline_even_deep_in_the_engine(run):
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    done = run("sparql", endless, "--timeout", "1")
    assert done.returncode == 3
    assert done.stderr == "kg: the query took longer than 1 s; narrow it, or allow more with --timeout SECONDS\n"


# ---- show and explain -------------------------------------------------------------------------------


def test_show_gives_identity_and_claims_each_with_its_source(run):
    done = run("show", "SmartMore")
    assert done.stdout.startswith(
        "SmartMore  (company)\nhttps://w3id.org/kabar/id/company/smartmore\nalso called: 思谋\n"
    )
    assert done.stdout.count("— publisher unknown, 2021-12-07: “SmartMore, perusahaan AI") == 3


@pytest.mark.parametrize("name", ["Lam Cheng Yuet-ngor", "林郑月娥", "person/carrie-lam"])
def test_show_takes_any_name(run, name):
    assert run("show", name).stdout.startswith("Carrie Lam  (person)\n")


def test_show_of_a_report_a_claim_and_a_topic(run):
    assert "mention" in run("show", REPORT).stdout
    claim = run("show", "claim/2021-12-07-hong-kong-beijing/pharmaron-laboratory")
    assert "investment" in claim.stdout
    assert "what: research laboratory for new drugs (en)" in claim.stdout
    assert "medicine  (Concept)" in run("show", "topic/medicine").stdout


def test_show_of_nobody_names_the_nearest(run):
    done = run("show", "Smartmoor")
    assert done.returncode == 2
    assert "'SmartMore'" in done.stderr


def test_explain_leads_from_an_inferred_fact_to_the_sentences(run):
    done = run("explain", "Pharmaron", "kg:investedIn", "China")
    assert done.returncode == 0
    lines = done.stdout.split("\n")
    assert lines[0] == "Pharmaron  invested in  China   [inferred by prp-spo2]"
    assert any("Pharmaron Inc, penyedia layanan" in line for line in lines)
    assert "  Daxing District  containedInPlace  China   [inferred by prp-trp]" in lines


def test_explain_lists_what_is_inferred_of_a_subject(run):
    assert "Li Zhijie  official of  Beijing Municipal Government   [prp-spo2]" in run("explain", "Li Zhijie").stdout


def test_explain_of_what_does_not_hold_says_so_with_exit_code_1(run):
    done = run("explain", "SmartMore", "kg:investedIn", "Shanghai")
    assert done.returncode == 1
    assert "neither stated nor inferred" in done.stdout


# ---- add, remove, check -----------------------------------------------------------------------------


def test_a_store_grows_stays_and_shrinks(run, tmp_path, root):
    added = run("add", "--store", "news.kg", "--from-shipped", root / "docs" / "example-report.yaml")
    assert added.returncode == 0, added.stderr
    assert run("add", "--store", "news.kg", root / "docs" / "example-report.yaml").stdout == (
        "news.kg: nothing new; the store holds all of it already\n"
    )
    rows = json.loads(run("ask", "who-invested-where", "--store", "news.kg", "--format", "json").stdout)
    assert {"Example Corp", "Pharmaron", "SmartMore"} <= {row["investor"] for row in rows}
    removed = run("remove", "--store", "news.kg", "example-report")
    assert removed.returncode == 0, removed.stderr
    assert (
        run("export", "--store", "news.kg", "--format", "nquads").stdout == run("export", "--format", "nquads").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["add", "x.ttl"], "kg: the graph that ships is read-only; name a store: kg add --store news.kg"),
        (["add", "--store", "news.kg"], "kg: there is nothing to add; name files, or --from-shipped"),
        (["add", "--store", "news.kg", "none.ttl"], "kg: none.ttl: there is no such file; check the name"),
        (["add", "--store", "news.kg", "folder"], "kg: folder: "),
        (["add", "--store", "news.kg", "empty.ttl"], "kg: empty.ttl: the file is empty; there is nothing to add"),
        (
            ["add", "--store", "news.kg", "latin.ttl"],
            "kg: latin.ttl:2: the bytes are not UTF-8; save the file as UTF-8",
        ),
        (["add", "--store", "news.kg", "bad.ttl"], "kg: bad.ttl:2:"),
        (["add", "--store", "news.kg", "good.doc"], "kg: good.doc: the ending '.doc' names no RDF syntax"),
        (
            ["add", "--store", "http://127.0.0.1:9/sparql", "good.ttl"],
            "kg: http://127.0.0.1:9/sparql: kg add writes to a store",
        ),
        (["add", "--store", "good.txt", "good.ttl"], "kg: good.txt: the store is damaged or is no store"),
        (
            ["add", "--store", "none/news.kg", "good.ttl"],
            "kg: none/news.kg: the folder does not exist; create it first",
        ),
        (["remove", "--store", "none.kg", "x"], "kg: none.kg: there is no such store"),
        (["ask", "events", "--store", "none.kg"], "kg: none.kg: there is no such store"),
        (["ask", "events", "--store", "bad.ttl"], "kg: bad.ttl:2:"),
        (["check", "none.yaml"], "kg: none.yaml: there is no such file; check the name"),
        (["export", "graph.doc"], "kg: graph.doc: the ending '.doc' names no RDF syntax"),
        (["export", "none/graph.ttl"], "kg: none/graph.ttl: the folder"),
        (["nonsense"], "kg: argument COMMAND: invalid choice: 'nonsense'"),
    ],
)
def test_bad_input_is_one_line_with_exit_code_2_and_leaves_nothing(run, tmp_path, arguments, says):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.ttl").write_text(" \n")
    (tmp_path / "latin.ttl").write_bytes("<http://e/a> <http://e/b>\n 'ü' .".encode("latin-1"))
    (tmp_path / "bad.ttl").write_text("<http://e/a> <http://e/b> 'c' .\n<http://e/a> oops .\n")
    (tmp_path / "good.ttl").write_text("<http://e/a> <http://e/b> 'c' .\n")
    (tmp_path / "good.doc").write_text("<http://e/a> <http://e/b> 'c' .\n")
    (tmp_path / "good.txt").write_text("<http://e/a> <http://e/b> 'c' .\n" * 100)
    before = sorted(path.name for path in tmp_path.iterdir())
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1
    left = {path.name for path in tmp_path.iterdir()} - set(before)
    assert not left - {"news.kg"}
    if "news.kg" in left:
        assert json.loads(run("ask", "reports", "--store", "news.kg", "--format", "json").stdout) == []


def test_a_path_that_nothing_describes_is_noted_with_the_nearest(run, tmp_path, root):
    text = (root / "docs" / "example-report.yaml").read_text(encoding="utf-8")
    (tmp_path / "example-report.txt").write_bytes((root / "docs" / "example-report.txt").read_bytes())
    assert "place: Daxing District" in text
    slip = text.replace("place: Daxing District", "place: place/daxing-distrct")
    (tmp_path / "report.yaml").write_text(slip, encoding="utf-8")
    done = run("add", "--store", "news.kg", "report.yaml")
    assert done.returncode == 0
    assert done.stderr == (
        "kg: note: nothing describes 'place/daxing-distrct'; did you mean 'place/daxing-district'?\n"
    )


def test_check_of_several_files_knows_what_the_earlier_ones_describe(run, tmp_path):
    (tmp_path / "firms.yaml").write_text("company/example-mill: {label: {en: Example Mill}}\n", encoding="utf-8")
    (tmp_path / "report.yaml").write_text(
        "report: mill\nlabel: {en: Mill}\nlanguage: en\nclaims:\n"
        "  - {is: company description, key: mill, company: Example Mill, what: {en: a mill}, receipt: '1'}\n",
        encoding="utf-8",
    )
    done = run("check", "firms.yaml", "report.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert run("check", "report.yaml").returncode == 1


def test_check_of_what_ships_finds_nothing_wrong_and_notes_what_does_not_fit(run):
    done = run("check")
    assert done.returncode == 0, done.stdout
    assert "note: 10 + 1 = 11: it adds up if the part without a number is 1" in done.stdout
    assert "note: edition 24 in 2021 does not fit a series begun in 1997 and held every year" in done.stdout
    *notes, verdict = done.stdout.splitlines()
    assert verdict == f"the graph that ships: nothing is wrong, {len(notes)} notes"
    assert all(": note: " in note for note in notes)


def test_check_of_a_file_names_file_and_line(run, tmp_path, root):
    text = (root / "docs" / "example-report.yaml").read_text(encoding="utf-8")
    (tmp_path / "example-report.txt").write_bytes((root / "docs" / "example-report.txt").read_bytes())
    (tmp_path / "report.yaml").write_text(text.replace("stage: announced", "stage: anounced"), encoding="utf-8")
    done = run("check", "report.yaml")
    line = text.split("\n").index("    stage: announced") + 1
    assert done.returncode == 1
    assert done.stdout.startswith(f"report.yaml:{line}: stage has no 'anounced'; did you mean 'announced'?\n")


def test_check_of_rdf_names_every_shape_that_is_not_kept(run, tmp_path):
    (tmp_path / "claims.ttl").write_text(
        "@prefix kg: <https://w3id.org/kabar/ontology#> .\n<http://e/c> a kg:Investment ; kg:report <http://e/r> .\n"
    )
    done = run("check", "claims.ttl")
    assert done.returncode == 1
    assert "http://e/c: investor: " in done.stdout
    assert "http://e/c: stage: " in done.stdout


# ---- export and completion --------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "jsonld", "rdf", "csv"])
def test_an_export_is_the_same_bytes_on_every_run(run, tmp_path, ending):
    for name in ("one", "two"):
        assert run("export", f"{name}.{ending}", PYTHONHASHSEED=str(len(name) + ord(name[0]))).returncode == 0
    assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a limit on file sizes, as POSIX has it")
def test_a_full_disk_leaves_the_file_that_was_there(run, tmp_path):
    target = tmp_path / "graph.ttl"
    target.write_text("what was there\n")
    limited = "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    limited += (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from kg.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "export", str(target)],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "nothing was written" in done.stderr
    assert target.read_text() == "what was there\n"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")  # noqa: PTH110  # a device, not a path of ours
def test_a_full_standard_output_is_one_line(tmp_path):
    with open("/dev/full", "w") as full:  # noqa: PTH123  # a device
        done = subprocess.run(
            [sys.executable, "-m", "kg", "export"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=tmp_path,
            check=False,
        )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1


def test_a_closed_pipe_is_no_error(tmp_path):
    shell = f"{sys.executable} -m kg export | head -n 1"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
    assert done.stdout.startswith("@prefix")
    assert done.stderr == ""


def test_the_completion_script_knows_commands_queries_and_parameters(run):
    script = run("completion", "bash").stdout
    assert "who-invested-where" in script
    assert "--investor" in script
    if shutil.which("bash"):
        assert subprocess.run(["bash", "-n"], input=script, encoding="utf-8", check=False).returncode == 0
