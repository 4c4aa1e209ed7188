import hashlib
from pathlib import Path

import pytest

from benchmarks import stores
from benchmarks.generate import lines, reports
from kg import schema
from kg.build import report_quads
from kg.graph import Graph
from kg.records import ReportRecord
from kg.text import Span, sentences


@pytest.fixture(scope="module")
def made() -> list[ReportRecord]:
    return list(reports(40))


def test_the_same_seed_gives_the_same_bytes() -> None:
    first, again = ("\n".join(lines(15, seed=3)) for _ in range(2))
    assert hashlib.sha256(first.encode()).digest() == hashlib.sha256(again.encode()).digest()
    assert first != "\n".join(lines(15, seed=4))


def test_the_first_reports_are_the_same_however_many_are_made(made: list[ReportRecord]) -> None:
    assert list(reports(10)) == made[:10]


def test_each_claim_rests_on_a_sentence_of_its_text(made: list[ReportRecord]) -> None:
    for report in made:
        assert report.text is not None
        known = set(sentences(report.text))
        for claim in report.claims:
            assert claim.receipts
            assert all(isinstance(receipt, Span) and receipt in known for receipt in claim.receipts)


def test_a_report_has_the_shape_of_a_real_one(made: list[ReportRecord]) -> None:
    for report in made:
        kinds = [claim.kind for claim in report.claims]
        assert 3 <= kinds.count("Statement") <= 8
        assert 1 <= kinds.count("Investment") <= 4
        assert 1 <= kinds.count("Agreement") <= 3
    triples = [sum(1 for _ in report_quads(report, schema.load())) for report in made[10:]]
    assert 200 <= sum(triples) / len(triples) <= 320
    assert {report.language for report in made} == {"en", "id", "zh"}


def test_some_descriptions_of_entities_come_again() -> None:
    described = [entity.iri for report in reports(300) for entity in report.entities]
    assert 0.1 <= 1 - len(set(described)) / len(described) <= 0.2


def test_a_store_takes_the_reports_and_its_checks_find_nothing(tmp_path: Path) -> None:
    stores.build(tmp_path / "made-up.kg", 10)
    with Graph(stores.StoreBackend(tmp_path / "made-up.kg")) as graph:
        assert len(graph.ask("reports")) == 10
        assert len(graph.ask("who-said-what")) >= 30
