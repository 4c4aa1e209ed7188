"""An update leaves a store as consistent as adding and withdrawing do, or changes nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import thorough
from hypothesis import given, settings
from hypothesis import strategies as st
from queries.engines import Everywhere
from store.stores import CORP, FILES, make, quads, report, revision, state

import kg
from kg import formats, pipeline
from kg.backends.base import bound_text
from kg.backends.oxigraph import MemoryBackend
from kg.errors import DataError
from kg.query import catalog
from kg.store.write import Change
from kg.terms import GRAPH_ONTOLOGY, GRAPH_OTHER, GRAPH_SHARED, ID, KG, RDFS, XSD, Quad
from kg.update import updated

New = Callable[..., Path]
REPORTS = ("harbour.yaml", "ferry.yaml", "rail.yaml")
HARBOUR = f"{ID}graph/report/harbour"
LABEL = f"<{RDFS}label>"


def update(path: Path, text: str) -> Change:
    """Run an update on a store."""
    return pipeline.patch(path, lambda found: updated(found, text), "the update")


def check(path: Path) -> None:
    """What is derived is what the graph gives, and canned queries give the same rows by both forms."""
    state(path)
    everywhere = Everywhere(path)
    engine = MemoryBackend([(*quad[:3], "") for quad in everywhere.quads])
    for query in catalog.load_all():
        if any(parameter.required for parameter in query.parameters.values()):
            continue
        solutions = engine.sparql(bound_text(query, {})).solutions
        assert everywhere.fast(query, {}) == everywhere.stepped(query, {}, solutions), query.name
    everywhere.store.close()


def refused(path: Path, text: str, words: str) -> None:
    """The update is refused in these words, and nothing changes."""
    before, count = state(path), revision(path)
    with pytest.raises(DataError, match=words) as caught:
        update(path, text)
    assert caught.value.http_status == 422
    assert "\n" not in str(caught.value)
    assert (state(path), revision(path)) == (before, count)


# ---- what may be changed -------------------------------------------------------------------------------

CHANGES = {
    "another label": f"DELETE {{ <{CORP}> rdfs:label ?l }} INSERT {{ <{CORP}> rdfs:label 'Other Corp'@en }}"
    f" WHERE {{ <{CORP}> rdfs:label ?l }}",
    "one more name": f"INSERT DATA {{ <{CORP}> skos:altLabel 'Beispiel AG'@de }}",
    "no label": f"DELETE WHERE {{ <{CORP}> rdfs:label ?l }}",
    "no investments": "DELETE WHERE { GRAPH ?g { ?s a kg:Investment ; ?p ?o } }",
    "another stage": "DELETE { GRAPH ?g { ?s kg:stage ?o } } INSERT { GRAPH ?g { ?s kg:stage ?new } }"
    " WHERE { BIND(id:stage\\/operating AS ?new) GRAPH ?g { ?s kg:stage ?o } }",
    "another amount": "DELETE { GRAPH ?g { ?s kg:value ?o } } INSERT { GRAPH ?g { ?s kg:value 3.00 } }"
    " WHERE { GRAPH ?g { ?s kg:value ?o } }",
    "no containment of ours": "DELETE WHERE { ?s schema:containedInPlace ?o }",
    "a place elsewhere": "DELETE { ?s schema:containedInPlace ?o }"
    " INSERT { ?s schema:containedInPlace id:place\\/beijing }"
    " WHERE { ?s schema:containedInPlace id:place\\/exampleland ; schema:containedInPlace ?o }",
    "no types of entities": f"DELETE WHERE {{ GRAPH <{GRAPH_SHARED}> {{ ?s a ?o }} }}",
    "nothing shared": f"DROP GRAPH <{GRAPH_SHARED}>",
    "nothing of the ontology": f"DROP GRAPH <{GRAPH_ONTOLOGY}>",
    "no reports, but their claims": "DELETE WHERE { ?s a kg:Report ; ?p ?o }",
    "a statement of one's own": "INSERT { GRAPH ?g { id:claim\\/harbour\\/again ?p ?o } }"
    " WHERE { GRAPH ?g { id:claim\\/harbour\\/start ?p ?o } }",
    "triples of another vocabulary": "INSERT DATA { <x:a> <x:b> 2.50 . GRAPH <x:g> { <x:a> <x:b> [ <x:c> 'd' ] } }",
    "a triple about a term of ours": "INSERT DATA { kg:Investment rdfs:comment 'mine'@en }",
    "everything": "DROP ALL",
}
"""Updates, by what they leave or make."""


@pytest.mark.parametrize("name", CHANGES)
def test_a_store_that_was_changed_is_consistent(new: New, name: str) -> None:
    path = new(*REPORTS)
    before, count = quads(path), revision(path)
    change = update(path, CHANGES[name])
    after = quads(path)
    assert (change.added, change.removed) == (len(after - before), len(before - after))
    assert bool(change) == (revision(path) > count) == (before != after)
    assert change or name == "nothing of the ontology"
    check(path)


def test_an_update_that_is_repeated_changes_nothing(new: New) -> None:
    path = new(*REPORTS)
    for text in (CHANGES["one more name"], CHANGES["triples of another vocabulary"], CHANGES["another amount"]):
        assert update(path, text)
        assert not update(path, text)


def test_a_label_that_was_changed_is_what_answers_say(new: New) -> None:
    path = new("harbour.yaml")
    assert update(path, CHANGES["another label"])
    with kg.open(path) as graph:
        (row,) = graph.ask("who-invested-where", investor="Other Corp")
        assert row["investor"] == "Other Corp"
        with pytest.raises(kg.UnknownName):
            graph.ask("who-invested-where", investor="Example Corp Holdings")


def test_a_number_stays_as_it_was_written(new: New) -> None:
    path = new("harbour.yaml")
    values = lambda: {o for _, p, o, _ in quads(path) if p == f"<{KG}value>"}  # noqa: E731  # told twice below
    assert values() == {f'"2.50"^^<{XSD}decimal>'}
    update(path, f"COPY <{HARBOUR}> TO <x:copy> ; DROP GRAPH <{HARBOUR}> ; MOVE <x:copy> TO <{HARBOUR}>")
    assert values() == {f'"2.50"^^<{XSD}decimal>'}
    update(path, CHANGES["another amount"])
    assert values() == {f'"3.00"^^<{XSD}decimal>'}


@pytest.fixture(scope="module")
def shrinking(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Quad]]:
    """A store, and what it holds beside the ontology and the shared places."""
    folder = tmp_path_factory.mktemp("patch")
    path = make(folder / "news.kg", *REPORTS)
    return path, sorted(quads(path) - quads(make(folder / "empty.kg")))


@given(data=st.data())
@settings(max_examples=60 if os.environ.get("KG_REQUIRE_ALL") == "1" else 10)
def test_whatever_is_taken_away_the_store_is_consistent_and_it_can_come_back(
    shrinking: tuple[Path, list[Quad]], data: st.DataObject
) -> None:
    path, own = shrinking
    before, count = quads(path), revision(path)
    gone = set(data.draw(st.lists(st.sampled_from(own), min_size=1, max_size=12, unique=True)))
    try:
        pipeline.patch(path, lambda _: (gone, set()), "the update")
    except DataError:
        assert (quads(path), revision(path)) == (before, count)
        return
    assert quads(path) == before - gone
    state(path)
    pipeline.patch(path, lambda _: (set(), gone), "the update")
    assert quads(path) == before
    state(path)


# ---- whole graphs --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["DROP GRAPH <%s>", "CLEAR GRAPH <%s>", "DELETE WHERE { GRAPH <%s> { ?s ?p ?o } }"])
@pytest.mark.parametrize("name", ["harbour", "ferry", "rail"])
def test_a_report_without_a_triple_is_withdrawn(new: New, name: str, text: str) -> None:
    path, other = new(*REPORTS), new(*REPORTS, store="other.kg")
    change = update(path, text % f"{ID}graph/report/{name}")
    assert change.reports == pipeline.remove(other, report(name)).reports
    assert state(path) == state(other)


def test_a_report_that_goes_in_parts_is_withdrawn_with_the_last(new: New) -> None:
    path, other = new(*REPORTS), new(*REPORTS, store="other.kg")
    update(path, "DELETE WHERE { id:report\\/harbour ?p ?o }")
    assert state(path)["document"] == state(other)["document"]
    update(path, f"DROP GRAPH <{HARBOUR}>")
    pipeline.remove(other, report("harbour"))
    assert state(path) == state(other)


def test_a_report_that_was_withdrawn_so_can_be_added_again(new: New) -> None:
    path, other = new(*REPORTS), new(*REPORTS, store="other.kg")
    before = quads(path)
    update(path, f"DROP GRAPH <{HARBOUR}>")
    pipeline.remove(other, report("harbour"))
    for each in (path, other):
        pipeline.add(each, [FILES / "harbour.yaml"])
    assert quads(path) == before
    assert state(path) == state(other)


def test_a_graph_can_be_replaced_by_another_version_of_itself(new: New) -> None:
    path = new(*REPORTS)
    target = f"<{HARBOUR}>"
    mine = {quad for quad in quads(path) if quad[3] == target}
    version = {(s, p, o.replace('"a terminal"', '"a quay"'), g) for s, p, o, g in mine}
    assert version != mine

    def replaced(found: list[Quad]) -> tuple[set[Quad], set[Quad]]:
        present = {quad for quad in found if quad[3] == target}
        return present - version, version - present

    change = pipeline.patch(path, replaced, "the body")
    assert (change.added, change.removed, change.reports) == (1, 1, {f"<{report('harbour')}>"})
    assert {quad for quad in quads(path) if quad[3] == target} == version
    check(path)
    assert not pipeline.patch(path, replaced, "the body")
    with kg.open(path) as graph:
        assert [row["what"] for row in graph.ask("who-invested-where", report="harbour")] == ["a quay"]


def test_claims_go_to_the_graph_of_their_report_wherever_they_are_put(new: New) -> None:
    path, other = new("harbour.yaml"), new()
    own = quads(path) - quads(other)
    update(other, "INSERT DATA { " + " ".join(f"GRAPH <x:g> {{ {s} {p} {o} }}" for s, p, o, _ in sorted(own)) + " }")
    assert quads(other) == quads(path)
    check(other)


def test_triples_without_a_graph_have_one_of_their_own(new: New) -> None:
    path = new()
    before = quads(path)
    update(path, "INSERT DATA { <x:a> <x:b> 2.50 , 'c' }")
    assert {g for *_, g in quads(path) - before} == {f"<{GRAPH_OTHER}>"}
    update(path, "DROP DEFAULT")
    assert quads(path) == before


# ---- what the package brought --------------------------------------------------------------------------


def test_what_the_package_brought_stays_and_is_counted(new: New) -> None:
    path, empty = new(*REPORTS), new(store="empty.kg")
    update(path, "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> <x:c> } }")
    change = update(path, "DROP ALL")
    assert (change.added, change.kept) == (0, len(quads(empty)))
    assert quads(path) == quads(empty)
    assert update(path, f"DROP GRAPH <{GRAPH_ONTOLOGY}>").kept == sum(
        g == f"<{GRAPH_ONTOLOGY}>" for *_, g in quads(path)
    )
    assert update(path, "DELETE WHERE { id:place\\/beijing rdfs:label ?l }").kept > 0
    pipeline.add(path, [FILES / name for name in REPORTS])
    assert quads(path) == quads(new(*REPORTS, store="other.kg"))


@thorough
def test_the_graph_that_ships_can_be_changed_and_all_of_it_can_go_but_what_the_package_needs(
    tmp_path: Path, shipped: kg.Graph
) -> None:
    path, empty = tmp_path / "news.kg", tmp_path / "empty.kg"
    pipeline.add(path, [], with_shipped=True)
    pipeline.add(empty, [])
    before = set(shipped.backend.quads())
    change = update(path, "DELETE WHERE { GRAPH ?g { ?s a kg:Figure ; ?p ?o } } ; DELETE WHERE { ?s skos:altLabel ?o }")
    after = quads(path)
    assert 0 < change.removed == len(before - after)
    assert after < before
    check(path)
    assert update(path, "DROP ALL").kept == len(quads(empty))
    assert quads(path) == quads(empty)
    check(path)
    with kg.open(path) as graph:
        assert list(graph.ask("reports")) == []


# ---- what is refused -----------------------------------------------------------------------------------

ILL_FORMED = {
    "INSERT DATA { <x:c> a kg:Investment }": "has no report",
    "DELETE WHERE { ?s kg:text ?t }": "has no text",
    "DELETE WHERE { ?s prov:wasDerivedFrom ?t }": "has no wasDerivedFrom",
    "INSERT { GRAPH ?g { ?s kg:stage <x:other> } } WHERE { GRAPH ?g { ?s a kg:Investment } }": "2 values for stage",
    "INSERT { GRAPH ?g { ?s oa:end 3 } } WHERE { GRAPH ?g { ?s oa:end ?o } } ;"
    " DELETE { ?s oa:end ?o } WHERE { ?s oa:end ?o FILTER(?o != 3) }": "cannot stand at",
    "CLEAR ALL ; INSERT DATA { <x:c> a kg:Statement ; kg:report <x:r> }": "has no",
}
"""Updates that would leave claims without their shape, and what is said of them."""


@pytest.mark.parametrize("text", ILL_FORMED)
def test_an_update_that_leaves_ill_formed_claims_changes_nothing(new: New, text: str) -> None:
    refused(new(*REPORTS), text, rf"^the update: .*{ILL_FORMED[text]}.*; nothing was changed$")


ONE, OTHER, THIRD = (f"{ID}company/{name}" for name in ("one", "other", "third"))
NAMED = " ".join(f"<{iri}> a kg:Company ; rdfs:label '{iri[-5:]}'@en ." for iri in (ONE, OTHER, THIRD))


def judgement(name: str, verdict: str, *members: str) -> str:
    joined = " , ".join(f"<{member}>" for member in members)
    return f"id:judgement\\/{name} a kg:Judgement ; kg:{verdict} {joined} ; kg:because 'so it is'@en ."


def test_judgements_that_contradict_are_refused(new: New) -> None:
    path = new()
    update(
        path, f"INSERT DATA {{ {NAMED} {judgement('a', 'joins', ONE, OTHER)} {judgement('b', 'joins', OTHER, THIRD)} }}"
    )
    check(path)
    contrary = f"INSERT DATA {{ {judgement('c', 'separates', ONE, THIRD)} }}"
    refused(path, contrary, "are judged different, and joined by other judgements")
    assert update(path, f"DELETE WHERE {{ id:judgement\\/b ?p ?o }} ; {contrary}")
    check(path)
    again = f"INSERT DATA {{ {judgement('b', 'joins', OTHER, THIRD)} }}"
    refused(path, again, "are judged different, and joined by other judgements")


def test_a_file_that_states_what_an_update_stated_changes_nothing(new: New, tmp_path: Path) -> None:
    path = new()
    update(path, f"INSERT DATA {{ {NAMED} GRAPH <x:g> {{ <x:a> <x:b> 2.50 }} }}")
    export = tmp_path / "export.nq"
    export.write_bytes(b"".join(formats.serialise(quads(path), formats.FORMATS["nquads"])))
    assert not pipeline.add(path, [export])
