"""Adding what is there changes nothing; what a report brought goes with it, and nothing else does."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from store.stores import CORP, FILES, bytes_of, nquads, quads, report, revision, state, without_support

import kg
from kg import formats, pipeline
from kg.errors import DataError, InputError, ParseError, StoreError, UnknownName
from kg.terms import GRAPH_ONTOLOGY, GRAPH_SHARED, ID, KG, SKOS, XSD

New = Callable[..., Path]
REPORTS = ("harbour.yaml", "ferry.yaml", "rail.yaml")


def about(path: Path, iri: str) -> set[tuple[str, str]]:
    """Predicates and objects of the shared triples about something."""
    return {(p, o) for s, p, o, g in quads(path) if s == f"<{iri}>" and g == f"<{GRAPH_SHARED}>"}


def names(path: Path, iri: str) -> set[str]:
    return {o for p, o in about(path, iri) if p.endswith(("label>", "altLabel>"))}


# ---- a new store ---------------------------------------------------------------------------------------


def test_a_new_store_holds_the_ontology_and_the_places(new: New) -> None:
    path = new()
    found = quads(path)
    assert {g for *_, g in found} == {f"<{GRAPH_ONTOLOGY}>", f"<{GRAPH_SHARED}>"}
    assert names(path, ID + "place/beijing") >= {'"Beijing"@en', '"北京"@zh'}
    with kg.open(path) as graph:
        assert list(graph.ask("reports")) == []


def test_a_store_can_begin_with_all_that_ships(tmp_path: Path, shipped: kg.Graph) -> None:
    pipeline.add(tmp_path / "news.kg", [], with_shipped=True)
    assert quads(tmp_path / "news.kg") == set(shipped.backend.quads())


@pytest.mark.parametrize("content", [b"", None])
def test_a_store_that_cannot_be_filled_leaves_nothing_behind(tmp_path: Path, content: bytes | None) -> None:
    (tmp_path / "bad.ttl").write_text("<x:s> <x:p> ")
    if content is not None:
        (tmp_path / "news.kg").write_bytes(content)
    with pytest.raises(ParseError):
        pipeline.add(tmp_path / "news.kg", [FILES / "harbour.yaml", tmp_path / "bad.ttl"])
    there = {path.name for path in tmp_path.iterdir()}
    assert there == ({"bad.ttl"} if content is None else {"bad.ttl", "news.kg"})
    pipeline.add(tmp_path / "news.kg", [FILES / "harbour.yaml"])


def test_a_store_that_is_missing_cannot_lose_a_report(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such store"):
        pipeline.remove(tmp_path / "news.kg", report("harbour"))
    assert list(tmp_path.iterdir()) == []


# ---- adding twice --------------------------------------------------------------------------------------


def test_adding_the_same_files_again_changes_nothing(new: New) -> None:
    path = new(*REPORTS)
    before, count, data = state(path), revision(path), bytes_of(path)
    for again in (*([FILES / name] for name in REPORTS), [FILES / name for name in REPORTS]):
        assert not pipeline.add(path, again)
    assert (state(path), revision(path)) == (before, count)
    assert bytes_of(path) == data


@pytest.mark.parametrize("name", formats.FORMATS)
def test_adding_its_own_export_changes_nothing(new: New, tmp_path: Path, name: str) -> None:
    path = new(*REPORTS, "fleet.yaml")
    before, count = state(path), revision(path)
    export = tmp_path / f"export{formats.FORMATS[name].endings[0]}"
    export.write_bytes(b"".join(formats.serialise(quads(path), formats.FORMATS[name])))
    assert not pipeline.add(path, [export])
    assert (state(path), revision(path)) == (before, count)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_an_export_makes_the_same_store(new: New, tmp_path: Path, name: str) -> None:
    path = new(*REPORTS, "fleet.yaml")
    export = tmp_path / f"export{formats.FORMATS[name].endings[0]}"
    export.write_bytes(b"".join(formats.serialise(quads(path), formats.FORMATS[name])))
    other = new(store="other.kg")
    pipeline.add(other, [export])
    assert nquads(other) == nquads(path)
    mine, theirs = (without_support(found) for found in (state(path), state(other)))
    assert {table for table in mine if mine[table] != theirs[table]} == {"document"}


@pytest.mark.parametrize("name", ["turtle", "rdfxml", "nquads", "jsonld"])
def test_the_graph_that_ships_returns_from_its_export(new: New, tmp_path: Path, shipped: kg.Graph, name: str) -> None:
    export = tmp_path / f"export{formats.FORMATS[name].endings[0]}"
    given = list(shipped.backend.quads())
    export.write_bytes(b"".join(formats.serialise(given, formats.FORMATS[name])))
    path = new()
    pipeline.add(path, [export])
    assert quads(path) == set(given)


def test_the_same_file_named_twice_is_one(new: New) -> None:
    path, twice = new("harbour.yaml"), new(store="twice.kg")
    pipeline.add(twice, [FILES / "harbour.yaml", FILES / "harbour.yaml"])
    assert state(twice) == state(path)


def test_two_files_that_give_one_report_otherwise_are_refused(new: New, tmp_path: Path) -> None:
    path, copy = new(), tmp_path / "again.yaml"
    shutil.copy(FILES / "harbour.txt", tmp_path)
    copy.write_text((FILES / "harbour.yaml").read_text().replace("announced", "operating"))
    with pytest.raises(DataError, match=r"again\.yaml: .*harbour\.yaml gives the report .* too"):
        pipeline.add(path, [FILES / "harbour.yaml", copy])


def test_the_order_of_the_files_does_not_show(new: New) -> None:
    expected = nquads(new(*REPORTS))
    for number, order in enumerate(itertools.permutations(REPORTS)):
        assert nquads(new(*order, store=f"{number}.kg")) == expected


# ---- removing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", ["ferry.yaml", "rail.yaml"])
def test_adding_and_removing_a_report_leaves_the_store_as_it_was(new: New, last: str) -> None:
    path = new("harbour.yaml", "fleet.yaml")
    before, export = state(path), nquads(path)
    pipeline.add(path, [FILES / last])
    assert nquads(path) != export
    pipeline.remove(path, report(last.removesuffix(".yaml")))
    assert nquads(path) == export
    assert state(path) == before


def test_all_reports_can_go_in_any_order(new: New) -> None:
    empty, full = nquads(new(store="empty.kg")), new(*REPORTS)
    for number, order in enumerate(itertools.permutations(REPORTS)):
        path = full.with_name(f"{number}.kg")
        shutil.copy(full, path)
        for name in order:
            pipeline.remove(path, report(name.removesuffix(".yaml")))
            state(path)
        assert nquads(path) == empty


def test_what_another_report_speaks_of_is_handed_over(new: New) -> None:
    path = new("harbour.yaml", "rail.yaml")
    corp, person = about(path, CORP), about(path, ID + "person/jo-example")
    pipeline.remove(path, report("harbour"))
    assert about(path, CORP) == corp
    assert about(path, ID + "person/jo-example") == person
    pipeline.remove(path, report("rail"))
    assert not about(path, CORP)


def test_the_places_around_a_place_are_handed_over_with_it(new: New) -> None:
    path = new("harbour.yaml", "rail.yaml")
    town, country = about(path, ID + "place/port-example"), about(path, ID + "place/exampleland")
    pipeline.remove(path, report("harbour"))
    assert about(path, ID + "place/port-example") == town
    assert about(path, ID + "place/exampleland") == country, "no report speaks of it, but a town lies in it"
    pipeline.remove(path, report("rail"))
    assert not about(path, ID + "place/exampleland")


def test_where_a_place_lies_goes_with_the_only_report_that_says_so(new: New) -> None:
    path = new("harbour.yaml", "ferry.yaml")
    pipeline.remove(path, report("harbour"))
    assert names(path, ID + "place/port-example") == {'"Port Example"@en'}
    assert not about(path, ID + "place/exampleland")


def test_a_name_that_only_one_report_brought_goes_with_it(new: New) -> None:
    path = new("harbour.yaml", "ferry.yaml")
    assert names(path, CORP) == {'"Example Corp"@en', '"EC"@en'}
    pipeline.remove(path, report("ferry"))
    assert names(path, CORP) == {'"Example Corp"@en'}
    with kg.open(path) as graph:
        assert graph.backend.find("EC", []) == []
        assert graph.backend.find("Example Corp", []) == [CORP]


def test_an_entity_that_no_report_speaks_of_stands_by_itself(new: New) -> None:
    path = new("fleet.yaml", "harbour.yaml")
    pipeline.remove(path, report("harbour"))
    assert names(path, ID + "company/example-shipping") == {
        '"Example Shipping"@en',
        '"ExShip"@en',
        '"Example Ships"@en',
    }


def test_an_unknown_report_cannot_be_removed(new: New) -> None:
    path = new("harbour.yaml")
    before = bytes_of(path)
    with pytest.raises(UnknownName):
        pipeline.remove(path, report("ferry"))
    assert bytes_of(path) == before


# ---- replacing -----------------------------------------------------------------------------------------


def test_an_edited_report_replaces_what_it_said(new: New, tmp_path: Path) -> None:
    path = new("harbour.yaml", "rail.yaml")
    for suffix in ("txt", "yaml"):
        shutil.copy(FILES / f"harbour.{suffix}", tmp_path)
    edited = tmp_path / "harbour.yaml"
    edited.write_text(edited.read_text().replace("announced", "signed").replace('value: "2.50"', 'value: "3.00"'))
    change = pipeline.add(path, [edited])
    assert change.removed
    assert change.added
    with kg.open(path) as graph:
        (row,) = graph.ask("who-invested-where", report="Report on a terminal")
    assert (str(row["amount"]), row["stage_iri"]) == ("3.00", f"{ID}stage/signed")
    assert not pipeline.add(path, [edited])
    pipeline.add(path, [FILES / "harbour.yaml"])
    assert nquads(path) == nquads(new("harbour.yaml", "rail.yaml", store="fresh.kg"))


def test_a_comment_in_a_report_changes_no_triple(new: New, tmp_path: Path) -> None:
    path = new("harbour.yaml")
    shutil.copy(FILES / "harbour.txt", tmp_path)
    edited = tmp_path / "harbour.yaml"
    edited.write_text("# a comment\n" + (FILES / "harbour.yaml").read_text())
    before = nquads(path)
    assert not pipeline.add(path, [edited])
    assert nquads(path) == before


# ---- all or nothing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bad.ttl", "<x:s> <x:p> "),
        ("bad.yaml", "report: bad\n"),
        ("bad.nq", f"<x:c> <{SKOS}note> <x:o> .\n<x:c> a"),
        ("bad.trig", f"@prefix kg: <{KG}> . <x:c> a kg:Statement ; kg:report <x:r> ."),
        ("bad.json", "{"),
        ("empty.ttl", ""),
        ("missing.ttl", None),
    ],
)
def test_a_mistake_in_the_third_of_five_files_leaves_all_as_it_was(
    new: New, tmp_path: Path, name: str, text: str | None
) -> None:
    path = new("harbour.yaml")
    before, data = state(path), bytes_of(path)
    if text is not None:
        (tmp_path / name).write_text(text)
    (tmp_path / "fine.ttl").write_text("<x:s> <x:p> <x:o> .")
    files = [FILES / "ferry.yaml", tmp_path / "fine.ttl", tmp_path / name, FILES / "rail.yaml", FILES / "fleet.yaml"]
    with pytest.raises(InputError) as caught:
        pipeline.add(path, files)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (state(path), bytes_of(path)) == (before, data)


def test_an_interrupt_leaves_all_as_it_was(new: New) -> None:
    path = new("harbour.yaml")
    before = state(path)

    def interrupted(files):  # type: ignore[no-untyped-def]
        for number, each in enumerate(files):
            if number == 2:
                raise KeyboardInterrupt
            yield each

    with pytest.raises(KeyboardInterrupt):
        pipeline.add(path, [FILES / name for name in REPORTS], progress=interrupted)
    assert state(path) == before


# ---- the foundation ------------------------------------------------------------------------------------


def test_a_newer_foundation_replaces_the_older(new: New, monkeypatch: pytest.MonkeyPatch) -> None:
    path = new("harbour.yaml")
    before = nquads(path)
    usual = pipeline.foundation()
    label = (f"<{ID}place/beijing>", "<http://www.w3.org/2000/01/rdf-schema#label>", '"Beijing"@en', "")
    assert label in usual.quads
    changed = [quad for quad in usual.quads if quad != label] + [(*label[:2], '"Pekin"@en', "")]
    changed = [quad for quad in changed if quad[0] != f"<{ID}place/macao>" and quad[0] != f"<{KG}Mention>"]
    monkeypatch.setattr(pipeline, "foundation", lambda: type(usual)(changed))
    pipeline.add(path, [])
    state(path)
    assert '"Pekin"@en' in names(path, ID + "place/beijing")
    assert '"Beijing"@en' not in names(path, ID + "place/beijing")
    assert not about(path, ID + "place/macao")
    monkeypatch.undo()
    pipeline.add(path, [])
    assert nquads(path) == before


def test_a_place_that_a_newer_foundation_drops_stays_with_reports_that_speak_of_it(
    new: New, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new()
    pipeline.add(path, [FILES / "macao.yaml"])
    usual = pipeline.foundation()
    fewer = [quad for quad in usual.quads if quad[0] != f"<{ID}place/macao>"]
    monkeypatch.setattr(pipeline, "foundation", lambda: type(usual)(fewer))
    pipeline.add(path, [])
    assert names(path, ID + "place/macao")
    pipeline.remove(path, report("macao"))
    assert not names(path, ID + "place/macao")


def test_literals_in_the_tables_are_as_printed(new: New) -> None:
    path = new("harbour.yaml")
    with kg.open(path) as graph:
        (row,) = graph.ask("who-invested-where", place="Port Example")
    assert str(row["amount"]) == "2.50"
    assert f'"2.50"^^<{XSD}decimal>' in {o for _, _, o, _ in quads(path)}
