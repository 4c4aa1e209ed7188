"""The reports that ship: none and no fact of the list left out, and every disagreement found, with no false alarm."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

import kg
from kg.terms import ID, KG

HERE = Path(__file__).parent
FOUND = {
    name: {tuple(pair.split()) for pair in pairs}
    for name, pairs in yaml.safe_load((HERE / "disagreements.yaml").read_text(encoding="utf-8")).items()
}
KINDS = {"conflict", "altered-copy", "within-document"}
"""The kinds that are listed without asking for more: both cannot hold."""

REPEATED = {("conflict", "founding-countries", f"R62d/{key}", f"R62{letter}/{key}") for key in ("founding-countries",)
            for letter in "bc"} | {("altered-copy", "amount", "R35/contracts-of-the-visit-in-idr",
                                    "R36/cost-of-the-visit-in-idr")}  # fmt: skip
"""Rows that say what a listed one says, of a further report or of the same amount in a second currency."""


@pytest.fixture(scope="module")
def numbers(shipped: kg.Graph) -> dict[str, str]:
    """The number of each report by the slug of its address: R02 for r02-2021-12-09-xinhua."""
    names = shipped.sparql("SELECT ?report ?name { ?report a kg:Report ; skos:altLabel ?name }")
    return {row.report.removeprefix(ID + "report/"): row.name for row in names}


@pytest.fixture(scope="module")
def pairs(shipped: kg.Graph, numbers: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """Every disagreement as kind, measure and the two claims."""

    def short(claim: str) -> str:
        report, _, key = claim.removeprefix(ID + "claim/").partition("/")
        return f"{numbers[report]}/{key}"

    return {
        (
            row.kind_iri.rpartition("/")[2],
            re.split("[/#]", row.measure_iri)[-1],
            short(row.claim),
            short(row.other_claim),
        )
        for row in shipped.ask("disagreements", kind="all")
    }


@pytest.mark.parametrize("name", FOUND)
def test_a_known_disagreement_is_found_with_its_kind(pairs, name):
    assert FOUND[name] <= pairs


def test_by_default_only_what_cannot_both_hold_is_listed_and_nothing_else(shipped, pairs):
    known = set().union(*FOUND.values()) | REPEATED
    alarms = {pair for pair in pairs if pair[0] in KINDS}
    assert alarms == {pair for pair in known if pair[0] in KINDS}
    assert len(shipped.ask("disagreements")) == len(alarms)


def test_each_disagreement_shows_both_sentences_or_citations(shipped):
    for row in shipped.ask("disagreements", kind="all"):
        shown = {source["report"] for source in row.sources}
        assert {row.report, row.other_report} <= shown
        assert all(source["sentence"] or source["cites"] for source in row.sources)


def test_every_report_of_the_list_is_in_the_graph_and_every_numbered_fact_is_cited(shipped, shared, numbers):
    page = (shared / "facts" / "reports.md").read_text(encoding="utf-8")
    page = page[page.index("## 2. Reports") : page.index("## 3. Disagreements")]
    parts = re.split(r"^\*\*(R\d+[a-e]?)\*\*", page, flags=re.MULTILINE)[1:]
    facts = dict(zip(parts[::2], parts[1::2], strict=True))
    siblings = set(re.findall(r"\b(R\d{2}[b-e])\b", page))
    assert facts.keys() | siblings <= set(numbers.values())
    cited = defaultdict(set)
    for row in shipped.sparql("SELECT ?report ?cites { ?r kg:report ?report ; kg:cites ?cites }"):
        cited[numbers[row.report.removeprefix(ID + "report/")]].add(row.cites)
    for number, text in facts.items():
        listed = [int(found) for found in re.findall(r"(?:^|\s)(\d{1,2})\. (?=\S)", text)]
        count = next((n - 1 for n in range(1, 30) if n not in listed), 0)
        missing = {f"{number}.{fact}" for fact in range(1, count + 1)} - cited[number]
        assert number == "R01" or not missing, missing


def test_a_report_that_is_not_held_cites_and_its_words_are_ours(shipped):
    for row in shipped.ask("who-said-what"):
        for source in row.sources:
            if source["sentence"] is None:
                assert source["cites"]
                assert row.mode == "paraphrase"


def test_mirrors_are_marked_and_no_address_is_a_publisher(shipped):
    reports = {row.report_iri.rpartition("/")[2]: row for row in shipped.ask("reports")}
    for slug in ("r03-2021-12-06-xinhua", "r07-2025-11-12-china-news-service", "r18-2017-11-09-china-daily"):
        assert reports[slug].hosting_iri == ID + "hosting/rehost"
        assert reports[slug].publisher
    assert reports["r36-2024-11-altered-copy"].publisher is None


def test_one_person_is_one_entity_under_all_names_each_from_its_report(shipped):
    names = {(row.name, row.report) for row in shipped.ask("names", entity="Carrie Lam")}
    assert {"Carrie Lam Cheng Yuet-ngor", "Carrie Lam"} <= {name for name, _ in names}
    assert any(re.search("[\u4e00-\u9fff]{3,}", name) for name, _ in names)
    for name in ("林郑月娥", "Lam Cheng Yuet-ngor"):
        assert {row.speaker_iri for row in shipped.ask("who-said-what", speaker=name)} == {ID + "person/carrie-lam"}


def test_two_deputy_secretaries_general_stay_two(shipped):
    found = {row.person for row in shipped.ask("officials", person=["Li Zhijie", "Wang Wenjie"])}
    assert found == {"Li Zhijie", "Wang Wenjie"}
    (judgement,) = shipped.ask("judgements", about="Wang Wenjie")
    assert judgement.verdict_iri == KG + "separates"
    assert judgement.because
