"""`kg same` and `kg different` as a user meets them: what they record, refuse and take back."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from compare.planted import Planted, invested, report

from kg.terms import ID

Run = Callable[..., subprocess.CompletedProcess[str]]
BECAUSE = ("--because", "they share an address")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two reports of Example Corp that tell of two investments, and an entity that both know."""
    planted = Planted(tmp_path)
    planted.add(report("one", invested(5000000)), report("two", invested(9000000, what={"en": "a quay"})))
    return planted.path


@pytest.fixture
def kg(run: Run, store: Path) -> Run:
    """Run `kg` on that store."""
    return lambda *arguments, **more: run(*arguments, "--store", store, **more)


def exported(kg: Run) -> str:
    return hashlib.sha256(kg("export", "--format", "nquads").stdout.encode()).hexdigest()


def judgements(kg: Run) -> list[tuple[str, list[str], str]]:
    """Verdict, members by their paths, and reason of each judgement."""
    rows = json.loads(kg("ask", "judgements", "--format", "json").stdout)
    return [(row["verdict"], [iri.removeprefix(ID) for iri in row["members_iri"]], row["because"]) for row in rows]


# ---- recording and taking back -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verb", "verdict", "said"),
    [("same", "joins", "are one"), ("different", "separates", "are not one")],
)
def test_a_judgement_is_recorded_once_and_taken_back_without_a_trace(kg, store, verb, verdict, said):
    before = exported(kg)
    done = kg(verb, "Example Corp", "Example Holdings", *BECAUSE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{store}: recorded: Example Corp and Example Holdings {said}\n"
    members = ["company/example-corp", "company/example-holdings"]
    assert judgements(kg) == [(verdict, members, "they share an address")]
    recorded = exported(kg)

    again = kg(verb, "Example Holdings", "company/example-corp", *BECAUSE)
    assert (again.returncode, again.stdout.split(": ")[1]) == (0, "recorded before")
    assert exported(kg) == recorded

    undone = kg(verb, "Example Corp", "Example Holdings", "--undo")
    assert (undone.returncode, undone.stdout) == (
        0,
        f"{store}: taken back: Example Corp and Example Holdings {said}\n",
    )
    assert (judgements(kg), exported(kg)) == ([], before)


def test_another_reason_replaces_the_first(kg):
    kg("same", "Example Corp", "Example Holdings", *BECAUSE)
    assert kg("same", "Example Corp", "Example Holdings", "--because", "one register entry").returncode == 0
    assert [reason for *_, reason in judgements(kg)] == ["one register entry"]


def test_who_judges_may_be_named(kg):
    done = kg("same", "Example Corp", "Example Holdings", *BECAUSE, "--by", "Jo Example")
    assert done.returncode == 0
    assert "Jo Example" in kg("ask", "judgements").stdout


def test_more_than_two_may_be_one(kg):
    names = ("Example Corp", "Example Holdings", "Sample Works")
    assert kg("same", *names, *BECAUSE).returncode == 0
    ((_, members, _),) = judgements(kg)
    assert len(members) == 3
    assert kg("same", *reversed(names), "--undo").returncode == 0
    assert judgements(kg) == []


def test_a_company_and_an_organization_may_be_one(kg):
    assert kg("same", "Example Corp", "Harbour Office", *BECAUSE).returncode == 0


def test_claims_go_by_their_paths_or_iris(kg):
    one, two = "claim/one/terminal", f"{ID}claim/two/terminal"
    assert kg("same", one, two, *BECAUSE).returncode == 0
    assert json.loads(kg("ask", "disagreements", "--format", "json").stdout)
    assert kg("same", one, two, "--undo").returncode == 0
    assert json.loads(kg("ask", "disagreements", "--format", "json").stdout) == []


def test_what_is_joined_is_asked_for_by_either_name(kg):
    kg("same", "Example Corp", "Sample Works", *BECAUSE)
    answers = {kg("ask", "who-invested-where", "--investor", name).stdout for name in ("Example Corp", "Sample Works")}
    assert len(answers) == 1
    assert "terminal" in answers.pop()
    kg("same", "Example Corp", "Sample Works", "--undo")
    assert "terminal" not in kg("ask", "who-invested-where", "--investor", "Sample Works").stdout


def test_a_judgement_outlives_the_reports_and_can_still_be_taken_back(kg, tmp_path):
    before = exported(kg)
    members = ("claim/one/terminal", "claim/two/terminal")
    kg("same", *members, *BECAUSE)
    recorded = exported(kg)
    assert kg("remove", "two").returncode == 0
    assert kg("check").returncode == 0
    assert kg("add", tmp_path / "two.yaml").returncode == 0
    assert exported(kg) == recorded
    kg("remove", "two")
    assert kg("same", *members, "--undo").returncode == 0
    kg("add", tmp_path / "two.yaml")
    assert exported(kg) == before


# ---- what is refused ---------------------------------------------------------------------------------

CORP, HOLDINGS, WORKS = (f"{ID}company/{name}" for name in ("example-corp", "example-holdings", "sample-works"))
REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "an unknown name": (
        ("same", "Exampel Corp", "Sample Works", *BECAUSE),
        "no entity is called 'Exampel Corp'; the nearest are 'Example Corp'",
    ),
    "an unknown path": (
        ("same", "company/nobody", "Sample Works", *BECAUSE),
        "no entity or claim is called 'company/nobody'",
    ),
    "an unknown claim": (
        ("same", "claim/one/terminal", "claim/one/nothing", *BECAUSE),
        "no entity or claim is called 'claim/one/nothing'",
    ),
    "an unknown judge": (
        ("same", "Example Corp", "Sample Works", *BECAUSE, "--by", "Jo Exampel"),
        "no entity is called 'Jo Exampel'; the nearest are 'Jo Example'",
    ),
    "a person and a company": (
        ("same", "Jo Example", "Example Corp", *BECAUSE),
        "Jo Example is of the class Person and Example Corp is of Organization; only like is judged with like",
    ),
    "two unlike things that are said to differ": (
        ("different", "Jo Example", "Example Corp", *BECAUSE),
        "Jo Example is of the class Person and Example Corp is of Organization; only like is judged with like",
    ),
    "a claim and a company": (
        ("same", "claim/one/terminal", "Example Corp", *BECAUSE),
        "only like is judged with like",
    ),
    "a report": (
        ("same", "report/one", "report/two", *BECAUSE),
        f"{ID}report/one is neither an entity nor a claim; name one",
    ),
    "a concept": (
        ("same", "topic/trade", "topic/talent", *BECAUSE),
        f"{ID}topic/trade is neither an entity nor a claim; name one",
    ),
    "one thing alone": (
        ("same", "Example Corp", *BECAUSE),
        "a judgement is about two things at least, each named once",
    ),
    "one thing by two names": (
        ("same", "Example Corp", "company/example-corp", *BECAUSE),
        "a judgement is about two things at least, each named once",
    ),
    "three that differ": (
        ("different", "Example Corp", "Example Holdings", "Sample Works", *BECAUSE),
        "`different` keeps two things apart; write a judgement for each pair",
    ),
    "no reason": (
        ("same", "Example Corp", "Sample Works"),
        "a judgement gives its reason: kg same A B --because 'why you think so'",
    ),
    "an empty reason": (
        ("different", "Example Corp", "Sample Works", "--because", "  "),
        "a judgement gives its reason: kg different A B --because 'why you think so'",
    ),
    "undoing what was never said": (
        ("same", "Example Corp", "Sample Works", "--undo"),
        f"no judgement says same of just these; see: kg ask judgements --about {CORP}",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_judged_is_refused_in_one_line(name, kg, store):
    arguments, says = REFUSED[name]
    before = store.read_bytes()
    done = kg(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("kg: ")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert store.read_bytes() == before


@pytest.mark.parametrize("verb", ["same", "different"])
def test_judgements_go_to_a_store_that_is_there(run, tmp_path, verb):
    for given, says in (
        ((), f"kg: the graph that ships is read-only; name a store: kg {verb} --store news.kg …\n"),
        (("--store", "nowhere.kg"), "kg: nowhere.kg: there is no such store\n"),
        (
            ("--store", "http://127.0.0.1:9/"),
            f"kg: http://127.0.0.1:9/: kg {verb} writes to a store file, not to an endpoint",
        ),
    ):
        done = run(verb, "Carrie Lam", "Li Zhijie", *BECAUSE, *given)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(says)
        assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


# ---- contradictions ----------------------------------------------------------------------------------


def test_what_is_kept_apart_is_not_joined_and_what_is_joined_not_kept_apart(kg):
    pair = ("Example Corp", "Example Holdings")
    says = f"kg: {CORP} and {HOLDINGS} are judged different, and joined by other judgements; take one of them back\n"
    for first, second in (("different", "same"), ("same", "different")):
        assert kg(first, *pair, *BECAUSE).returncode == 0
        before = exported(kg)
        done = kg(second, *pair, *BECAUSE)
        assert (done.returncode, done.stdout, done.stderr) == (2, "", says)
        assert exported(kg) == before
        assert kg(first, *pair, "--undo").returncode == 0


def test_nor_through_a_third(kg):
    assert kg("different", "Example Corp", "Sample Works", *BECAUSE).returncode == 0
    assert kg("same", "Example Corp", "Example Holdings", *BECAUSE).returncode == 0
    done = kg("same", "Example Holdings", "Sample Works", *BECAUSE)
    assert done.returncode == 2
    assert done.stderr.startswith(f"kg: {CORP} and {WORKS} are judged different")
    assert len(judgements(kg)) == 2


def test_undoing_a_join_through_a_third_names_what_joins(kg):
    kg("same", "Example Corp", "Example Holdings", *BECAUSE)
    kg("same", "Example Holdings", "Sample Works", *BECAUSE)
    done = kg("same", "Example Corp", "Sample Works", "--undo")
    assert done.returncode == 2
    assert f"they are joined with {HOLDINGS}: take those back" in done.stderr
    assert len(judgements(kg)) == 2


def test_a_file_of_judgements_that_contradicts_is_refused_whole(kg, tmp_path):
    kg("different", "Example Corp", "Example Holdings", *BECAUSE)
    before = exported(kg)
    (tmp_path / "judgements.yaml").write_text(
        "judgements:\n"
        "  - {same: [event/harbour-fair-7, event/spring-talks], because: {en: one event}}\n"
        "  - {same: [Example Corp, Example Holdings], because: {en: one firm}}\n"
    )
    done = kg("add", "judgements.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "are judged different, and joined by other judgements" in done.stderr
    assert done.stderr.count("\n") == 1
    assert exported(kg) == before
