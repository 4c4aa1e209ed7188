"""A folder of one's own queries, with fast forms or without; what is wrong in one is said with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg

OWN = (Path(__file__).parents[2] / "docs" / "example-query.rq").read_text(encoding="utf-8")
"""The query that the catalogue shows."""


@pytest.fixture
def own(tmp_path):
    """A folder with one query."""
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "who-spoke.rq").write_text(OWN, encoding="utf-8")
    return folder


def test_a_query_of_ones_own_is_asked_like_any_other(own, first_store):
    with kg.open(first_store, queries=own) as graph:
        assert "who-spoke" in graph.query_names()
        assert "who-said-what" in graph.query_names()
        found = graph.ask("who-spoke", event="24th symposium", lang="zh")
        assert found.columns == ("speaker", "speaker_iri", "sources")
        assert [row.speaker for row in found] == ["林郑月娥", "Li Zhijie"]
        assert len(found[0].sources) == 2
        assert graph.ask("who-spoke", event="https://example.org/nobody").to_dicts() == []


def test_the_catalogue_shows_that_very_query(root):
    page = (root / "queries" / "README.md").read_text(encoding="utf-8")
    assert OWN in page


def test_a_query_of_ones_own_comes_before_one_that_ships(own):
    (own / "who-spoke.rq").rename(own / "officials.rq")
    with kg.open(queries=own) as graph:
        assert graph.ask("officials").columns == ("speaker", "speaker_iri", "sources")


def test_a_query_gives_the_same_on_a_store_and_on_turtle(own, everywhere, tmp_path):
    (tmp_path / "graph.ttl").write_bytes(everywhere.turtle)
    with (
        kg.open(everywhere.store.path, queries=own) as store,
        kg.open(tmp_path / "graph.ttl", queries=own) as plain,
    ):
        assert store.ask("who-spoke").to_dicts() == plain.ask("who-spoke").to_dicts()


def test_a_fast_form_of_ones_own_is_used_where_the_graph_is_a_store(own):
    (own / "who-spoke.sql").write_text("SELECT id AS claim, speaker FROM statement WHERE FALSE", encoding="utf-8")
    with kg.open(queries=own) as graph:
        assert graph.ask("who-spoke").to_dicts() == []


def test_queries_of_ones_own_may_share_a_fast_form(own):
    (own / "nobody.sql").write_text("SELECT id AS claim, speaker FROM statement WHERE FALSE", encoding="utf-8")
    (own / "who-spoke.rq").write_text(f"#+ x-fast: nobody\n{OWN}", encoding="utf-8")
    with kg.open(queries=own) as graph:
        assert graph.query("who-spoke").fast == own / "nobody.sql"
        assert graph.ask("who-spoke").to_dicts() == []


def test_a_query_has_one_fast_form(own):
    (own / "nobody.sql").write_text("SELECT 1", encoding="utf-8")
    (own / "who-spoke.sql").write_text("SELECT 1", encoding="utf-8")
    (own / "who-spoke.rq").write_text(f"#+ x-fast: nobody\n{OWN}", encoding="utf-8")
    with kg.open(queries=own) as graph, pytest.raises(kg.ParseError, match="keep one"):
        graph.ask("who-spoke")
    (own / "who-spoke.rq").write_text(f"#+ x-fast: who-spoke\n{OWN}", encoding="utf-8")
    with kg.open(queries=own) as graph:
        assert graph.query("who-spoke").fast == own / "who-spoke.sql"


PARAMS, SPEAKER = "#+ x-params", "{type: entity, help: who"
WRONG = [
    # what is written, what stands there instead, the line of the mistake, what the error says
    ("#+ summary", "# summary", 1, "no header"),
    ("class: [kg:Event]", "class: [kg:Event", 3, "not YAML"),
    ("#+ summary: Who spoke", "#+ - summary", 2, "not YAML"),
    ("#+ summary: Who spoke", "#+ method: GET", 1, "'summary'"),
    ("#+ x-columns:\n#+   speaker: {type: entity, help: who spoke}\n", "", 1, "'x-columns'"),
    (PARAMS, "#+ x-parameters", 2, "x-parameters"),
    ("many: true", "several: true", 3, "several"),
    ("help: the event}", "help: the event, or any}", 3, "or any"),
    ("type: entity, class", "class", 3, "None"),
    ("type: entity, class", "type: person, class", 3, "person"),
    ("[kg:Event]", "kg:Event", 3, "a list"),
    ("[kg:Event]", "['a b']", 3, "a b"),
    ("many: true", "many: often", 3, "true or false"),
    ("many: true", "edge: middle", 3, "first or last"),
    ("#+   event:", "#+   the_event:", 3, "letters and digits"),
    ("#+   event:", "#+   meeting:", 3, "?__meeting_iri"),
    ("?event IN (?__event_iri)", "?event IN (?_event_iri)", 3, "both"),
    ("?event IN (?__event_iri)", "?event = ?__x_iri", 10, "?__x_iri"),
    (SPEAKER, "{type: who, help: who", 5, "'who'"),
    (SPEAKER, "{type: period, help: who", 5, "two ends"),
    ("?claim ?speaker WHERE", "?claim WHERE", 5, "?speaker"),
    ("SELECT ?claim ?speaker WHERE", "ASK WHERE", 1, "SELECT"),
    (PARAMS, f"#+ x-order: [event]\n{PARAMS}", 2, "event"),
    (PARAMS, f"#+ x-examples: [{{nobody: x}}]\n{PARAMS}", 2, "'nobody'"),
    (PARAMS, f"#+ x-title: {{zh: 谁}}\n{PARAMS}", 2, "English"),
    (PARAMS, f"#+ tags: people\n{PARAMS}", 2, "a list"),
    (PARAMS, f"#+ x-fast: nowhere\n{PARAMS}", 2, "nowhere.sql"),
    (PARAMS, f"#+ x-fast: ../queries/beside\n{PARAMS}", 2, "beside the query"),
    (PARAMS, f"#+ x-fast: ''\n{PARAMS}", 2, "without .sql"),
    (PARAMS, f"#+ x-fast: 1\n{PARAMS}", 2, "text"),
    ("?claim kg:speaker", "?claim kg:speaker ;;; (", 8, ""),
]


@pytest.mark.parametrize(("written", "instead", "line", "says"), WRONG)
def test_what_is_wrong_is_said_with_file_and_line(own, written, instead, line, says):
    path = own / "who-spoke.rq"
    (own / "beside.sql").write_text("SELECT 1", encoding="utf-8")
    assert written in OWN
    path.write_text(OWN.replace(written, instead, 1), encoding="utf-8")
    with kg.open(queries=own) as graph, pytest.raises(kg.ParseError) as caught:
        graph.ask("who-spoke")
    error = caught.value
    assert (error.source, error.line) == (str(path), line)
    assert str(error).startswith(f"{path}:{line}:")
    assert says in str(error)
    assert "\n" not in str(error)


def test_a_file_that_is_no_text_is_refused(own):
    (own / "who-spoke.rq").write_bytes(b"#+ summary: \xff\n")
    with kg.open(queries=own) as graph, pytest.raises(kg.ParseError, match=r"who-spoke\.rq.*UTF-8"):
        graph.ask("who-spoke")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(kg.InputError, match="no such folder"):
        kg.open(queries=tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["no-such-query", "../who-spoke", "who-spoke.rq", "", "."])
def test_a_query_that_is_not_there_is_named(own, name):
    with kg.open(queries=own) as graph, pytest.raises(kg.UnknownQuery):
        graph.ask(name)
