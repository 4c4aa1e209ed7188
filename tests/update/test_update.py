"""What an update does to a graph: the union as default graph, written forms, blank nodes, and where errors stand."""

from __future__ import annotations

import pytest

import kg
from kg.errors import InputError, ParseError
from kg.formats import GENID
from kg.index import Dataset
from kg.terms import GRAPH_OTHER, XSD, Quad
from kg.update import Patch, updated

OTHER = f"<{GRAPH_OTHER}>"


def decimal(text: str) -> str:
    return f'"{text}"^^<{XSD}decimal>'


ONE: Quad = ("<x:s>", "<x:p>", decimal("2.50"), "<x:g>")
TWO: Quad = ("<x:s>", "<x:q>", '"two"', "<x:h>")
THREE: Quad = ("<x:s>", "<x:q>", '"three"', OTHER)
QUADS = {ONE, TWO, THREE}
NO_CHANGE = Patch(set(), set())


def in_graph(quad: Quad, graph: str) -> Quad:
    return (*quad[:3], graph)


# ---- which graphs --------------------------------------------------------------------------------------


def test_patterns_outside_a_graph_match_all_graphs():
    patch = updated(QUADS, "INSERT { GRAPH <x:new> { ?s ?p ?o } } WHERE { ?s ?p ?o }")
    assert patch == Patch(set(), {in_graph(quad, "<x:new>") for quad in QUADS})


def test_what_is_inserted_outside_a_graph_has_none_yet():
    assert updated(QUADS, "INSERT DATA { <x:a> <x:b> <x:c> }").added == {("<x:a>", "<x:b>", "<x:c>", "")}
    assert updated(QUADS, "INSERT { ?s <x:b> <x:c> } WHERE { ?s ?p ?o }").added == {("<x:s>", "<x:b>", "<x:c>", "")}


@pytest.mark.parametrize(
    "update",
    [
        "DELETE DATA { <x:s> <x:q> 'two' , 'three' }",
        "DELETE WHERE { <x:s> <x:q> ?o }",
        "DELETE { ?s <x:q> ?o } WHERE { ?s <x:q> ?o }",
    ],
)
def test_what_is_deleted_outside_a_graph_goes_from_every_graph(update):
    assert updated({*QUADS, in_graph(TWO, "<x:g>")}, update).removed == {TWO, THREE, in_graph(TWO, "<x:g>")}


def test_default_is_the_graph_of_what_came_without_one():
    assert updated(QUADS, "CLEAR DEFAULT") == Patch({THREE}, set())
    assert updated(QUADS, "DROP NAMED") == Patch({ONE, TWO}, set())
    assert updated(QUADS, "CLEAR ALL") == Patch(QUADS, set())
    assert updated(QUADS, "MOVE DEFAULT TO <x:g>") == Patch({ONE, THREE}, {in_graph(THREE, "<x:g>")})
    assert updated(QUADS, "ADD GRAPH <x:h> TO DEFAULT") == Patch(set(), {in_graph(TWO, OTHER)})


def test_the_dataset_of_the_protocol_is_that_of_the_patterns():
    update = "INSERT { GRAPH <x:new> { ?s ?p ?o } } WHERE { %s }"
    default, named = Dataset(["x:g"], []), Dataset([], ["x:h"])
    assert updated(QUADS, update % "?s ?p ?o", default).added == {in_graph(ONE, "<x:new>")}
    assert updated(QUADS, update % "GRAPH ?g { ?s ?p ?o }", named).added == {in_graph(TWO, "<x:new>")}
    assert updated(QUADS, update % "?s ?p ?o", named) == NO_CHANGE
    assert updated(QUADS, "DELETE WHERE { ?s ?p ?o }", default).removed == {ONE}


@pytest.mark.parametrize("clause", ["USING <x:g>", "USING NAMED <x:g>", "WITH <x:g>"])
def test_an_update_that_names_a_dataset_beside_the_protocol_is_refused(clause):
    before, after = (clause, "") if clause.startswith("WITH") else ("", clause)
    update = f"{before} INSERT {{ <x:a> <x:b> ?o }} {after} WHERE {{ ?s ?p ?o }}"
    with pytest.raises(InputError, match=f"says {clause.split()[0]} and the request names graphs too"):
        updated(QUADS, update, Dataset(["x:g"], []))


@pytest.mark.parametrize("kind", ["ADD", "MOVE", "COPY"])
def test_a_graph_that_is_not_there_cannot_replace_another(kind):
    for source in ("<x:gone>", "GRAPH <x:gone>", "x:to"):
        with pytest.raises(InputError, match="does not exist"):
            updated(QUADS, f"PREFIX x: <http://to/> {kind} {source} TO <x:g>")
    gone = set() if kind == "ADD" else {ONE}
    assert updated(QUADS, f"{kind} SILENT <x:gone> TO <x:g>") == Patch(gone, set())


# ---- literals and blank nodes --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["2.50", "-7.10", "+1.0", ".50", "1.50E+2", "007", '"1.0"^^xsd:decimal', '"2.0"^^<x:t>']
)
@pytest.mark.parametrize("update", ["INSERT DATA { <x:a> <x:b> %s }", "INSERT { <x:a> <x:b> 'x' , %s } WHERE {}"])
def test_a_literal_is_stored_as_it_is_written(update, written):
    (found,) = {o for _, _, o, _ in updated(set(), update % written).added} - {'"x"'}
    assert found[1:].startswith(written.strip('"').partition('"')[0])


def test_a_literal_that_is_carried_stays_as_it_is():
    moved = in_graph(ONE, "<x:new>")
    assert updated(QUADS, "MOVE <x:g> TO <x:new>") == Patch({ONE}, {moved})
    assert updated(QUADS, "INSERT { GRAPH <x:new> { ?s ?p ?o } } WHERE { GRAPH <x:g> { ?s ?p ?o } }").added == {moved}
    renamed = updated(QUADS, "DELETE { ?s <x:p> ?o } INSERT { GRAPH <x:g> { ?s <x:r> ?o } } WHERE { ?s <x:p> ?o }")
    assert renamed == Patch({ONE}, {("<x:s>", "<x:r>", ONE[2], "<x:g>")})


def test_a_written_form_can_be_put_right():
    where = "WHERE { GRAPH ?g { ?s ?p ?o FILTER(?o = 2.5) } }"
    update = "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2.5 } }"
    assert updated(QUADS, f"{update} {where}") == Patch({ONE}, {("<x:s>", "<x:p>", decimal("2.5"), "<x:g>")})


def test_data_is_deleted_as_it_is_written_and_patterns_go_by_value():
    both = {ONE, ("<x:s>", "<x:p>", decimal("2.5"), "<x:g>")}
    assert updated(both, "DELETE DATA { <x:s> <x:p> 2.50 }").removed == {ONE}
    assert updated(both, "DELETE WHERE { ?s ?p 2.500 }").removed == both


def test_blank_nodes_get_names_that_are_not_taken_and_the_same_on_every_run():
    update = "INSERT { GRAPH <x:n> { [] <x:of> ?s ; <x:in> [] } } WHERE { ?s ?p ?o }"
    first = updated(QUADS, update)
    assert first == updated(QUADS, update)
    assert len({s for s, _, _, _ in first.added}) == 3
    assert all(s.startswith(f"<{GENID}") for s, _, _, _ in first.added)
    as_many = sorted(first.added)[:3]  # the graph has three quads again, and the names must be others all the same
    again = updated(set(as_many), update)
    assert {s for s, _, _, _ in again.added}.isdisjoint({s for s, _, _, _ in as_many})


def test_a_node_that_was_blank_can_be_carried():
    node = f"<{GENID}abc/0>"
    patch = updated({(node, "<x:p>", "<x:o>", "<x:g>")}, "INSERT { GRAPH <x:n> { [] <x:of> ?s } } WHERE { ?s ?p ?o }")
    ((fresh, _, carried, _),) = patch.added
    assert (carried, fresh.startswith(f"<{GENID}"), fresh == node) == (node, True, False)


def test_a_label_of_a_blank_node_stands_in_one_operation():
    with pytest.raises(InputError, match="the blank node _:b stands in two operations"):
        updated(set(), "INSERT DATA { _:b <x:p> 1 } ; INSERT DATA { <x:s> <x:p> _:b }")


# ---- text ----------------------------------------------------------------------------------------------


def test_names_that_look_like_keywords_are_names():
    prologue = "PREFIX : <x:> PREFIX delete: <x:d> PREFIX data: <x:> "
    quads = updated(set(), prologue + "INSERT { :load :service delete:where , 'x'@data } WHERE {}").added
    assert quads == {("<x:load>", "<x:service>", o, "") for o in ("<x:dwhere>", '"x"@data')}
    patch = updated(QUADS, prologue + "COPY data:g TO :to ; MOVE :to TO :graph")
    assert patch.added == {in_graph(ONE, "<x:graph>")}


def test_a_sequence_may_have_prologues_within():
    update = (
        "PREFIX a: <x:1> INSERT DATA { a:a a:b a:c } ; PREFIX a: <x:2> BASE <http://e/> INSERT DATA { a:a a:b <c> } ; "
    )
    assert {o for _, _, o, _ in updated(set(), update).added} == {"<x:1c>", "<http://e/c>"}


def test_an_update_of_nothing_changes_nothing():
    for update in ("", "# nothing", "PREFIX a: <x:>", "INSERT DATA {}", "CLEAR SILENT GRAPH <x:none> ;"):
        assert updated(QUADS, update) == NO_CHANGE


MANY = 3000


def test_data_may_hold_many_numbers_and_datatypes():
    data = "".join(f'<x:{number}> <x:p> -{number} , "{number}"^^xsd:decimal . ' for number in range(MANY))
    assert len(updated(set(), f"INSERT DATA {{ {data} }}").added) == 2 * MANY


# ---- errors --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("update", "line", "column"),
    [
        ("INSERT DATA { <x:a> <x:b> }", 1, 27),
        ("CLEAR ALL ;\nINSERT DATA { <x:a> <x:b> }", 2, 27),
        ("CLEAR ALL ;\n\n  DELETE WHERE { <x:a> <x:b> }", 3, 30),
        ("INSERT DATA {\n <x:a> <x:b> '} ; {' } ; # } ;\n  INSERT { <x:a> <x:b> } WHERE {}", 3, 24),
        ("INSERT DATA { <x:a> <x:b> <x:c> } ; CLEAR XYZ", 1, 46),
        ("CLEAR ALL ; FOO", 1, 16),
        ("CLEAR ALL ;\nPREFIX a:", 2, 10),
        ("INSERT DATA { ?x <x:b> <x:c> }", 1, 31),
        ("INSERT { <x:a> undeclared:b 2.50 } WHERE {}", 1, 28),
    ],
)
def test_an_error_names_its_line_and_column(update, line, column):
    with pytest.raises(ParseError) as caught:
        updated(QUADS, update)
    assert (caught.value.line, caught.value.column) == (line, column), caught.value
    assert str(caught.value).startswith(f"update:{line}:{column}: ")


def test_an_error_in_a_later_operation_is_seen_before_the_first_is_done():
    with pytest.raises(ParseError):
        updated(QUADS, "DROP GRAPH <x:not-there> ; INSERT DATA { <x:a> }")


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ("LOAD <http://127.0.0.1/>", "LOAD reaches out"),
        ("LOAD SILENT <http://127.0.0.1/> INTO GRAPH <x:g>", "LOAD reaches out"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE reaches out"),
        ("ASK {}", "this is no SPARQL update"),
        ("SELECT ?clear { ?clear ?add ?insert }", "this is no SPARQL update"),
        ("CLEAR GRAPH <x:none>", "does not exist"),
        ("CREATE GRAPH <x:g>", "already exists"),
        ("INSERT DATA { << <x:a> <x:b> <x:c> >> <x:d> <x:e> }", "triple terms of RDF 1.2 are not supported"),
    ],
)
def test_what_cannot_be_done_is_one_line(update, words):
    with pytest.raises(kg.InputError) as caught:
        updated(QUADS, update)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
