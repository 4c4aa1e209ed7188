"""Judgements stand while reports come and go, and every report that ships can be withdrawn and added again."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from compare.planted import Planted, Report, invested, report
from conftest import thorough
from store.stores import nquads, quads, state

import kg
from kg import pipeline
from kg.build import judgement_iri
from kg.errors import DataError, UnknownName
from kg.terms import ID, IRI, KG, RDF, Quad, Token

SHIPPED = sorted((Path(__file__).parents[2] / "data" / "reports").glob("*.yaml"))
PARTS = 2
OUTLIVES = {f"<{KG}{name}>" for name in ("joins", "separates", "copyOf")}
"""What may lead to something that was withdrawn: a judgement stands, and a copy stays a copy."""

PAIR = ("claim/one/terminal", "claim/two/terminal")


def digest(path: Path) -> str:
    return hashlib.sha256(nquads(path)).hexdigest()


def subjects(found: set[Quad]) -> set[Token]:
    return {subject for subject, *_ in found}


# ---- all that ships ----------------------------------------------------------------------------------


@thorough
@pytest.mark.parametrize("part", range(PARTS))
def test_every_shipped_report_can_be_withdrawn_and_added_again(part: int, tmp_path: Path) -> None:
    """Withdrawing takes the report's graph and what describes nothing that is left; adding it brings all back.

    What did not come back for one report is found missing with the next, or at the end.
    """
    path = tmp_path / "news.kg"
    pipeline.add(path, [], with_shipped=True)
    whole, before, hash_before = quads(path), state(path), digest(path)
    for file in SHIPPED[part::PARTS]:
        own = {quad for quad in whole if quad[3].endswith(f"/graph/report/{file.stem}>")}
        pipeline.remove(path, IRI(f"{ID}report/{file.stem}"))
        left = quads(path)
        gone = subjects(whole) - subjects(left)
        assert own, file.stem
        assert left < whole, file.stem
        assert {quad for quad in whole - left if quad[0] not in gone} == set(), file.stem
        assert own <= whole - left, file.stem
        assert {p for _, p, o, _ in left if o in gone} <= OUTLIVES, file.stem
        pipeline.add(path, [file])
    assert (state(path), digest(path)) == (before, hash_before)


def test_all_reports_can_be_withdrawn_at_once_and_judgements_stand(tmp_path: Path) -> None:
    path = tmp_path / "news.kg"
    pipeline.add(path, [], with_shipped=True)
    whole = quads(path)
    for file in SHIPPED:
        pipeline.remove(path, IRI(f"{ID}report/{file.stem}"))
    left = quads(path)
    kind = (f"<{RDF}type>", f"<{KG}Judgement>")
    judged = {s for s, p, o, _ in whole if (p, o) == kind}
    assert judged
    assert {quad for quad in left if quad[0] in judged} == {quad for quad in whole if quad[0] in judged}
    assert not {s for s, p, _, _ in left if p == f"<{KG}report>"}
    pipeline.add(path, reversed(SHIPPED))
    assert quads(path) == whole


# ---- judgements of one's own -------------------------------------------------------------------------


@pytest.fixture
def planted(tmp_path: Path) -> Planted:
    """A store with two reports of one project."""
    return Planted(tmp_path).add(*_reports())


def _reports() -> list[Report]:
    return [report("one", invested(5000000)), report("two", invested(9000000, what={"en": "a quay"}))]


def test_a_judgement_taken_back_leaves_the_store_as_it_was(planted: Planted) -> None:
    before = state(planted.path)
    for joins in (True, False):
        planted.judge(joins, *PAIR)
        assert state(planted.path) != before
        planted.take_back(joins, *PAIR)
        assert state(planted.path) == before


def test_the_order_of_members_and_of_judgements_changes_nothing(planted: Planted, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Planted(tmp_path / "other").add(*_reports())
    firms = ("company/example-corp", "company/example-holdings")
    planted.judge(True, *PAIR)
    planted.judge(False, *firms)
    other.judge(False, *reversed(firms))
    other.judge(True, *reversed(PAIR))
    assert digest(planted.path) == digest(other.path)


@pytest.mark.parametrize("withdrawn", ["one", "two"])
def test_a_judgement_stands_when_a_report_is_withdrawn_and_holds_again_when_it_is_back(
    withdrawn: str, planted: Planted
) -> None:
    planted.judge(True, *PAIR)
    before, alarms = state(planted.path), planted.alarms()
    assert alarms
    planted.remove(withdrawn)
    assert planted.alarms() == []
    assert len(planted.ask("judgements")) == 1
    planted.add(next(each for each in _reports() if each.name == withdrawn))
    assert (state(planted.path), planted.alarms()) == (before, alarms)


def test_entities_that_are_joined_are_one_in_every_answer_and_two_again_afterwards(planted: Planted) -> None:
    def rows(name: str) -> list[object]:
        return [row["claim"] for row in planted.ask("deals", investor=name)]

    assert (len(rows("Example Corp")), rows("Sample Works")) == (2, [])
    planted.judge(True, "company/example-corp", "company/sample-works")
    assert rows("Sample Works") == rows("Example Corp") != []
    planted.take_back(True, "company/example-corp", "company/sample-works")
    assert rows("Sample Works") == []


def test_joining_goes_through_and_each_link_can_be_taken_back(planted: Planted) -> None:
    chain = ("company/example-corp", "company/example-holdings", "company/sample-works")
    planted.judge(True, *chain[:2])
    planted.judge(True, *chain[1:])
    assert len(planted.ask("deals", investor="Sample Works")) == 2
    planted.take_back(True, *chain[:2])
    assert planted.ask("deals", investor="Sample Works") == []


def test_a_judgement_that_contradicts_others_is_refused_and_changes_nothing(planted: Planted) -> None:
    planted.judge(False, *PAIR)
    before = state(planted.path)
    with pytest.raises(DataError, match="are judged different, and joined by other judgements"):
        planted.judge(True, *PAIR)
    assert state(planted.path) == before


def test_only_a_judgement_is_taken_back(planted: Planted) -> None:
    before = state(planted.path)
    for nothing in (
        judgement_iri(True, (IRI(ID + "place/beijing"), IRI(ID + "place/shanghai"))),
        IRI(ID + "place/beijing"),
    ):
        with pytest.raises(UnknownName):
            pipeline.take_back(planted.path, nothing)
    assert state(planted.path) == before


def test_a_judgement_may_come_before_what_it_judges(tmp_path: Path) -> None:
    store, late = Planted(tmp_path), tmp_path / "late"
    store.judge(True, *PAIR)
    store.add(*_reports())
    late.mkdir()
    other = Planted(late).add(*_reports())
    other.judge(True, *PAIR)
    assert digest(store.path) == digest(other.path)
    assert store.alarms() == other.alarms() != []


def test_answers_by_judgements_are_the_same_from_plain_turtle(planted: Planted, tmp_path: Path) -> None:
    planted.judge(True, *PAIR)
    planted.judge(True, "company/example-corp", "company/sample-works")
    turtle = tmp_path / "news.nt"
    triples = sorted({f"{s} {p} {o} ." for s, p, o, _ in quads(planted.path)})
    turtle.write_text("\n".join(triples) + "\n", encoding="utf-8")
    asked = (("disagreements", {"kind": "all"}), ("deals", {"investor": "Sample Works"}), ("corroboration", {}))
    with kg.open(turtle) as graph:
        for query, parameters in asked:
            assert list(graph.ask(query, **parameters)) == planted.ask(query, **parameters) != []
