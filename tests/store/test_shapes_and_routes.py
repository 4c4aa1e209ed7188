"""Triples find their graph whatever file they come in; claims that do not keep their shape are refused in one line."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stores import CORP, FILES, nquads, quads, report, state

import kg
from kg import formats, pipeline
from kg.errors import DataError, InputError
from kg.store import file
from kg.store.verify import problems
from kg.terms import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_OTHER, GRAPH_SHARED, ID, IRI, KG

New = Callable[..., Path]
EXAMPLES = Path(__file__).parents[2] / "ontology" / "examples"
COMMON = EXAMPLES / "common.ttl"
GRAPH = f"<{ID}graph/report/example>"
PREFIXES = """
@prefix claim: <https://w3id.org/kabar/id/claim/example/> .
@prefix company: <https://w3id.org/kabar/id/company/> .
@prefix kg: <https://w3id.org/kabar/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix passage: <https://w3id.org/kabar/id/passage/example/> .
@prefix place: <https://w3id.org/kabar/id/place/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix report: <https://w3id.org/kabar/id/report/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix x: <urn:x:> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def add(new: New, tmp_path: Path) -> Callable[..., Path]:
    """Adds Turtle texts to the store one after the other, each in a file of its own."""

    def call(*texts: str | Path, path: Path | None = None, together: bool = False) -> Path:
        path = path or new()
        files = []
        for number, text in enumerate(texts):
            made = tmp_path / f"{number}.trig"
            made.write_text(text.read_text() if isinstance(text, Path) else PREFIXES + text)
            files.append(made)
        for each in [files] if together else [[one] for one in files]:
            pipeline.add(path, each)
        return path

    return call


def graph_of(path: Path, subject: str) -> set[str]:
    return {g for s, *_, g in quads(path) if s == f"<{subject}>"}


# ---- where triples go ----------------------------------------------------------------------------------


def test_each_triple_goes_to_the_graph_of_its_kind(add: Callable[..., Path]) -> None:
    path = add(
        COMMON,
        EXAMPLES / "Investment" / "valid-announced.ttl",
        "x:thing x:is 'foreign' . kg:Mine rdfs:label 'Mine'@en .",
    )
    assert graph_of(path, f"{ID}claim/example/plant") == {GRAPH}
    assert graph_of(path, f"{ID}report/example/reading") == {GRAPH}
    assert graph_of(path, f"{ID}passage/example/0-91/quote") == {GRAPH}
    assert graph_of(path, f"{ID}company/example-corp") == {f"<{GRAPH_SHARED}>"}
    assert graph_of(path, f"{ID}agent/example-reader") == {f"<{GRAPH_SHARED}>"}
    assert graph_of(path, "urn:x:thing") == {f"<{GRAPH_OTHER}>"}
    assert graph_of(path, f"{KG}Mine") == {f"<{GRAPH_ONTOLOGY}>"}


def test_foreign_triples_stay_in_the_graph_they_came_in(add: Callable[..., Path]) -> None:
    path = add("x:g { x:a x:b x:c . x:note oa:hasSource <http://example.org/page> } x:h { x:a x:b x:c }")
    assert graph_of(path, "urn:x:a") == {"<urn:x:g>", "<urn:x:h>"}
    assert graph_of(path, "urn:x:note") == {"<urn:x:g>"}


def test_what_was_inferred_is_not_taken_as_asserted(add: Callable[..., Path]) -> None:
    before = nquads(add())
    path = add(f"<{GRAPH_INFERRED}> {{ x:a x:b x:c }}")
    assert nquads(path) == before


def test_a_triple_that_comes_later_goes_to_what_it_is_about(add: Callable[..., Path]) -> None:
    path = add(
        COMMON,
        EXAMPLES / "Amount" / "valid-about-a-value.ttl",
        "claim:plant x:seen 'later' .",
        "<https://w3id.org/kabar/id/claim/example/plant/amount> x:seen 'later' .",
        "<https://w3id.org/kabar/id/passage/example/0-91/quote> x:seen 'later' .",
        "passage:0-91 x:seen 'later' .",
        "report:example x:seen 'later' .",
        "company:example-corp x:seen 'later' .",
        "x:unknown x:seen 'later' .",
    )
    later = {(s, g) for s, p, _, g in quads(path) if p == "<urn:x:seen>"}
    assert {s for s, g in later if g == f"<{GRAPH_OTHER}>"} == {"<urn:x:unknown>"}
    assert {s for s, g in later if g == f"<{GRAPH_SHARED}>"} == {f"<{CORP}>"}
    assert len([s for s, g in later if g == GRAPH]) == len(later) - 2
    assert len(later) >= 6
    pipeline.remove(path, report("example"))
    assert {s for s, p, *_ in quads(path) if p == "<urn:x:seen>"} <= {"<urn:x:unknown>", f"<{CORP}>"}


def test_more_about_a_claim_stays_when_its_file_is_added_again(new: New, add: Callable[..., Path]) -> None:
    path = new("harbour.yaml")
    add("<https://w3id.org/kabar/id/claim/harbour/terminal> x:seen 'later' .", path=path)
    before = nquads(path)
    assert not pipeline.add(path, [FILES / "harbour.yaml"])
    assert nquads(path) == before


def test_a_label_put_together_from_names_is_no_reason_to_replace_a_report(new: New, tmp_path: Path) -> None:
    path, plain = new(), tmp_path / "rail.yaml"
    shutil.copy(FILES / "rail.txt", tmp_path)
    plain.write_text(re.sub(r" +label: {en: (Example|Jo).*\n", "", (FILES / "rail.yaml").read_text()))
    pipeline.add(path, [plain])
    pipeline.add(path, [FILES / "ferry.yaml", FILES / "harbour.yaml"])
    before = nquads(path)
    assert not pipeline.add(path, [plain])
    assert nquads(path) == before


def test_claims_may_come_before_their_report_and_their_receipts(
    add: Callable[..., Path], new: New, tmp_path: Path
) -> None:
    path = add(EXAMPLES / "Investment" / "valid-announced.ttl", COMMON)
    expected = new(store="expected.kg")
    pipeline.add(expected, [COMMON, EXAMPLES / "Investment" / "valid-announced.ttl"])
    assert nquads(path) == nquads(expected)
    assert state(path)["investment"] == state(expected)["investment"]
    assert state(path)["refers"] == state(expected)["refers"]


def test_a_report_without_claims_goes_whole(add: Callable[..., Path]) -> None:
    before = nquads(add())
    path = add(COMMON)
    pipeline.remove(path, report("example"))
    left = {s for s, *_ in quads(path)} - {line.split(b" ")[0].decode() for line in before.splitlines()}
    assert not {s for s in left if "/report/" in s or "/passage/" in s}


def test_a_node_that_two_reports_share_goes_to_the_shared_graph(add: Callable[..., Path]) -> None:
    activity = "x:reading a prov:Activity ; rdfs:label 'Reading'@en ."
    claims = (EXAMPLES / "Investment" / "valid-announced.ttl").read_text()
    claims = claims.replace("<https://w3id.org/kabar/id/report/example/reading>", "<urn:x:reading>")
    other = claims.replace("report:example", "report:other").replace("claim:plant", "claim:other-plant")
    path = add(activity + claims + other)
    assert graph_of(path, "urn:x:reading") == {f"<{GRAPH_SHARED}>"}


def test_blank_nodes_are_the_same_when_the_file_comes_again(add: Callable[..., Path]) -> None:
    text = "company:example-corp a kg:Company ; x:address [ x:street 'Example Street' ] ."
    path = add(text)
    before = nquads(path)
    assert b"_:" not in before
    add(text, path=path)
    assert nquads(path) == before


@pytest.mark.parametrize(
    "iri", ["https://example.org/a?b=1#c", "urn:uuid:0", "https://w3id.org/kabar/id/report/a/b", "x:投"]
)
def test_a_report_may_have_any_iri(add: Callable[..., Path], new: New, iri: str) -> None:
    text = COMMON.read_text() + (EXAMPLES / "Investment" / "valid-announced.ttl").read_text()
    text = text.replace("<https://w3id.org/kabar/id/report/example/reading>", f"<{iri}/reading>")
    path = add(text.replace("report:example", f"<{iri}>"))
    with kg.open(path) as graph:
        (row,) = graph.ask("who-invested-where")
        assert row["sources"][0]["report"]
    before = state(path)
    export, again = path.with_name("export.ttl"), new(store="again.kg")
    export.write_bytes(b"".join(formats.serialise(quads(path), formats.FORMATS["turtle"])))
    pipeline.add(again, [export])
    assert nquads(again) == nquads(path)
    pipeline.remove(path, IRI(iri))
    assert before != state(path)
    assert not [s for s, p, o, _ in quads(path) if o == f"<{iri}>"]


# ---- containment ---------------------------------------------------------------------------------------


def test_places_that_lie_in_one_another_in_a_circle_do_no_harm(add: Callable[..., Path]) -> None:
    ring = "".join(
        f"place:r{i} a kg:Place ; rdfs:label 'R{i}'@en ; kg:placeType <{ID}place-type/city> ;"
        f" schema:containedInPlace place:r{(i + 1) % 5} .\n"
        for i in range(5)
    )
    path = add(
        ring,
        "place:r0 schema:containedInPlace place:r0 .",
        "place:deep a kg:Place ; schema:containedInPlace place:r2 .",
    )
    assert len([row for row in state(path)["within"] if "/place/r" in str(row[0])]) == 25
    pipeline.add(path, [FILES / "harbour.yaml"])
    state(path)


def test_containment_follows_what_is_added_and_removed(new: New, add: Callable[..., Path]) -> None:
    path = new("ferry.yaml")

    def within() -> set[tuple[str, str]]:
        return {(str(a).rpartition("/")[2], str(b).rpartition("/")[2]) for a, b in state(path)["within"]}

    def cities() -> set[tuple[str, str]]:
        return {(str(a).rpartition("/")[2], str(b).rpartition("/")[2]) for a, b in state(path)["city"]}

    assert ("old-quay", "port-example") in within()
    assert ("old-quay", "exampleland") not in within()
    assert ("old-quay", "port-example") in cities()
    pipeline.add(path, [FILES / "harbour.yaml"])
    assert ("old-quay", "exampleland") in within()
    add("place:exampleland schema:containedInPlace place:beijing .", path=path)
    assert {("old-quay", "beijing"), ("old-quay", "china"), ("port-example", "china")} <= within()
    assert ("old-quay", "beijing") not in cities(), "a nearer city is the city"
    assert ("exampleland", "beijing") in cities()
    pipeline.remove(path, report("harbour"))
    assert ("old-quay", "exampleland") not in within()
    assert ("port-example", "port-example") in cities()


# ---- shapes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.ttl")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_example_is_stored_or_refused_in_one_line(path: Path, foundation: Path, tmp_path: Path) -> None:
    store = tmp_path / "news.kg"
    shutil.copy(foundation, store)
    before = nquads(store)
    try:
        pipeline.add(store, [COMMON, path])
    except InputError as error:
        refusal = error
    else:
        connection = file.open_read(store)
        assert problems(connection) == []
        connection.close()
        return
    assert path.name.startswith("invalid-")
    assert isinstance(refusal, DataError)
    assert str(refusal).startswith(f"{path}: ")
    assert str(refusal).endswith("; nothing was added")
    assert "\n" not in str(refusal)
    assert nquads(store) == before


@pytest.fixture(scope="session")
def foundation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("foundation") / "news.kg"
    pipeline.add(path, [])
    return path


PASSAGE = "passage:1 a kg:Passage ; oa:hasSource report:example ; oa:hasSelector x:quote , x:place . "


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("claim:a a kg:Assertion , kg:Figure ; kg:report report:example .", "is of 2 classes of claims"),
        ("claim:a a kg:Assertion .", "(Assertion) has no"),
        ("claim:a a kg:Assertion ; kg:report 'a text' .", "report must be an IRI"),
        ("claim:a a kg:Assertion ; kg:report report:a , report:b .", "2 values for report"),
        (PASSAGE, "needs one oa:exact, oa:start and oa:end"),
        (PASSAGE + "x:quote oa:exact 'a', 'b' . x:place oa:start 0 ; oa:end 1 .", "needs one oa:exact"),
        (PASSAGE + "x:quote oa:exact 'a' . x:place oa:start 0 ; oa:end 'one' .", "needs one oa:exact"),
        (PASSAGE + "x:quote oa:exact 'a' . x:place oa:start -1 ; oa:end 1 .", "cannot stand at -1 to 1"),
        (PASSAGE + "x:quote oa:exact 'a' . x:place oa:start 5 ; oa:end 5 .", "cannot stand at 5 to 5"),
        (PASSAGE + f"x:quote oa:exact 'a' . x:place oa:start 0 ; oa:end {10**30} .", "cannot stand at 0 to 1000"),
        (PASSAGE + "x:quote oa:exact 'a' . x:place oa:start 3 ; oa:end 4 .", "is not at 3 to 4 of its report's text"),
        (PASSAGE + "x:quote oa:exact 'E' . x:place oa:start 400 ; oa:end 401 .", "is not at 400 to 401"),
    ],
)
def test_a_claim_or_receipt_of_the_wrong_shape_is_refused(add: Callable[..., Path], text: str, says: str) -> None:
    path = add(COMMON)
    before = nquads(path)
    with pytest.raises(DataError) as caught:
        add(text, path=path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert nquads(path) == before
    state(path)


def test_a_claim_that_two_reports_make_is_refused(add: Callable[..., Path]) -> None:
    claim = (EXAMPLES / "Investment" / "valid-announced.ttl").read_text()
    path = add(COMMON, claim)
    with pytest.raises(DataError, match="stands in the graph of another report already"):
        add(claim.replace("report:example", "report:other"), path=path)
    state(path)


@pytest.mark.parametrize(
    "text", ["\\u0000", "a\\u0000b", "\\u202E", "\\uFFFF", "'; DROP TABLE term; --", " ", "%_!*?[", '\\"']
)
def test_names_and_words_may_hold_anything(add: Callable[..., Path], text: str) -> None:
    statement = (EXAMPLES / "Statement" / "valid-indirect.ttl").read_text()
    path = add(COMMON, statement, f'company:odd a kg:Company ; rdfs:label "{text}"@en ; skos:altLabel "{text}"@en .')
    before = state(path)
    assert not pipeline.add(path, [path.with_name("2.trig")])
    assert state(path) == before


def test_a_label_that_is_a_name_too_stays_when_the_name_goes(
    new: New, add: Callable[..., Path], tmp_path: Path
) -> None:
    path = new("harbour.yaml")
    before = state(path)
    for suffix in ("txt", "yaml"):
        shutil.copy(FILES / f"ferry.{suffix}", tmp_path)
    edited = tmp_path / "ferry.yaml"
    edited.write_text(edited.read_text().replace("also: [{en: EC}]", "also: [{en: Example Corp}]"))
    pipeline.add(path, [edited])
    pipeline.remove(path, report("ferry"))
    assert state(path) == before
    with kg.open(path) as graph:
        assert graph.backend.find("Example Corp", []) == [CORP]
