"""Nothing of the first report is left out: each sentence has the claims that rest on it, or a reason why none does."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

import kg
from kg.terms import ID, KG, OA, PROV, RDF, XSD, Literal, Quad, term
from kg.text import sentences

SLUG = "2021-12-07-hong-kong-beijing"
REPORT = f"<{ID}report/{SLUG}>"
CLAIMS = f"<{ID}claim/{SLUG}/"
TABLE = yaml.safe_load((Path(__file__).parent / "report-one.yaml").read_text(encoding="utf-8"))

Facts = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "data" / "reports" / f"{SLUG}.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def facts(shipped: kg.Graph) -> Facts:
    """The objects of the report's graph, by subject and predicate."""
    found: Facts = defaultdict(lambda: defaultdict(list))
    quads: list[Quad] = [quad for quad in shipped.backend.quads() if quad[3] == f"<{ID}graph/report/{SLUG}>"]
    for subject, predicate, obj, _ in quads:
        found[subject][predicate[1:-1]].append(obj)
    return found


def plain(token: str) -> str:
    value = term(token)
    return value.value if isinstance(value, Literal) else str(value)


def span(facts: Facts, passage: str) -> tuple[int, int]:
    position = next(one for one in facts[passage][OA + "hasSelector"] if OA + "start" in facts[one])
    (start,), (end,) = facts[position][OA + "start"], facts[position][OA + "end"]
    return int(plain(start)), int(plain(end))


def resting(facts: Facts) -> dict[str, list[str]]:
    """The receipts of each claim and correction, by its key."""
    return {
        subject[len(CLAIMS) : -1]: found[PROV + "wasDerivedFrom"]
        for subject, found in facts.items()
        if subject.startswith(CLAIMS) and not subject.endswith("/amount>")
    }


def test_the_text_is_the_seed_byte_for_byte(shared: Path, root: Path) -> None:
    ours = (root / "data" / "reports" / f"{SLUG}.txt").read_bytes()
    assert ours == (shared / "seed" / f"{SLUG}.txt").read_bytes()


def test_the_graph_holds_the_text_and_its_hash(facts: Facts, text: str) -> None:
    assert [plain(one) for one in facts[REPORT][KG + "text"]] == [text]
    assert [plain(one) for one in facts[REPORT][KG + "sha256"]] == [hashlib.sha256(text.encode()).hexdigest()]


def test_the_table_lists_every_sentence(text: str) -> None:
    spans = sentences(text)
    assert len(spans) == len(TABLE) == 17
    for number, (one, row) in enumerate(zip(spans, TABLE, strict=True), 1):
        assert text[one.start : one.end].startswith(row["begins"]), number


@pytest.mark.parametrize("number", range(1, 18))
def test_a_sentence_carries_its_claims_or_a_reason(facts: Facts, text: str, number: int) -> None:
    row, one = TABLE[number - 1], sentences(text)[number - 1]
    passages = {passage for receipts in resting(facts).values() for passage in receipts}
    mine = {passage for passage in passages if span(facts, passage) == (one.start, one.end)}
    found = {key for key, receipts in resting(facts).items() if mine & set(receipts)}
    assert found == set(row.get("claims", ()))
    assert found or row["none"]


def test_every_claim_stands_in_the_table(facts: Facts) -> None:
    assert set(resting(facts)) == {key for row in TABLE for key in row.get("claims", ())}


def test_every_receipt_is_a_sentence_at_its_place_in_the_text(facts: Facts, text: str) -> None:
    spans = {(one.start, one.end) for one in sentences(text)}
    receipts = resting(facts)
    assert receipts
    assert all(receipts.values()), "a claim without a receipt"
    for passage in {passage for each in receipts.values() for passage in each}:
        start, end = span(facts, passage)
        quote = next(one for one in facts[passage][OA + "hasSelector"] if OA + "exact" in facts[one])
        (exact,), (prefix,), (suffix,) = (facts[quote][OA + name] for name in ("exact", "prefix", "suffix"))
        assert text[start:end] == plain(exact)
        assert text[:start].endswith(plain(prefix))
        assert text[end:].startswith(plain(suffix))
        assert (start, end) in spans
        assert facts[passage][OA + "hasSource"] == [REPORT]
        assert facts[passage][f"{RDF}type"] == [f"<{KG}Passage>"]


def test_the_printed_words_of_every_claim_stand_in_its_sentences(facts: Facts, text: str) -> None:
    for key, receipts in resting(facts).items():
        parts = [text[slice(*span(facts, passage))] for passage in receipts]
        words = [one for name in ("text", "name", "role", "printed") for one in facts[f"{CLAIMS}{key}>"][KG + name]]
        words += facts[f"{CLAIMS}{key}/amount>"][KG + "printed"]
        for each in words:
            assert any(plain(each) in part for part in parts), (key, each)


def test_the_slip_of_the_source_is_kept_beside_its_correction(facts: Facts, text: str) -> None:
    slip = facts[f"{CLAIMS}guangdong>"]
    assert [plain(one) for one in slip[KG + "printed"]] == ["KwaZulu-Natal"]
    assert [plain(one) for one in slip[KG + "corrected"]] == ["Guangdong"]
    assert slip[PROV + "wasAttributedTo"]
    assert slip[KG + "reason"]
    assert "KwaZulu-Natal" in text
    assert any("KwaZulu-Natal" in plain(one) for one in facts[f"{CLAIMS}li-innovation-centres>"][KG + "text"])


def test_numbers_are_as_printed(facts: Facts) -> None:
    """Decimals keep the digits that the report prints, which engines would shorten."""
    values = {one for subject in facts for one in facts[subject].get(KG + "value", [])}
    assert f'"58.1"^^<{XSD}decimal>' in values
    assert f'"27.4"^^<{XSD}decimal>' in values
