"""The library as people use it: rows of Python values, frames, Arrow, rdflib graphs, notebooks, free SPARQL."""

from __future__ import annotations

import json
import threading
from datetime import date
from decimal import Decimal

import pytest

import kg


def test_rows_are_python_values(first):
    (row,) = first.ask("events")
    assert row.start == date(2021, 12, 6)
    assert row["edition"] == 24
    assert row.place == ["Beijing", "Hong Kong"]
    (figure,) = first.ask("figures", measure="share-of-outside-capital")
    assert figure.value == Decimal("58.1")
    with pytest.raises(AttributeError, match="the row has no column 'speaker'"):
        _ = row.speaker


def test_parameters_take_names_lists_dates_and_iris(first):
    assert len(first.ask("who-said-what", speaker="Carrie Lam")) == 2
    assert len(first.ask("who-said-what", speaker=["Carrie Lam", "Li Zhijie"])) == 4
    assert len(first.ask("who-said-what", until=date(2021, 12, 6))) == 4
    assert len(first.ask("who-said-what", since="2022")) == 0
    assert len(first.ask("who-said-what", speaker="https://w3id.org/kabar/id/person/carrie-lam")) == 2


def test_a_result_turns_into_frames_and_arrow(first):
    result = first.ask("figures")
    pandas = pytest.importorskip("pandas")
    frame = result.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(result.columns)
    pytest.importorskip("polars")
    assert result.to_polars().height == 6
    pytest.importorskip("pyarrow")
    assert result.to_arrow().column("unit").to_pylist() == [row.unit for row in result]


_NARROWING = {
    **dict.fromkeys(
        ("who-said-what", "who-invested-where", "agreements-signed", "timeline", "disagreements"), "report"
    ),
    "reports": "publisher",
    "search": "text",
    "corroboration": "about",
    "judgements": "about",
    "investment-by-year": "report",
    "speakers": "speaker",
}
"""A parameter of each of these queries, by which it finds nothing."""


@pytest.mark.parametrize("query", _NARROWING)
def test_every_kind_of_answer_turns_into_every_frame(shipped, query):
    result = shipped.ask(query, **({"text": "Lam"} if query == "search" else {}))
    assert len(result.to_pandas()) == result.to_polars().height == result.to_arrow().num_rows == len(result)
    nothing = {"text": "zzz"} if query == "search" else {_NARROWING[query]: "https://example.org/none"}
    assert len(shipped.ask(query, **nothing).to_polars()) == 0


def test_a_result_turns_into_json_that_names_labels_and_iris(first):
    rows = json.loads(first.ask("who-invested-where", place="Daxing").to_json())
    assert rows[0]["investor"] == "Pharmaron"
    assert rows[0]["investor_iri"] == "https://w3id.org/kabar/id/company/pharmaron"


def test_a_result_shows_as_a_table_in_a_notebook_with_everything_escaped():
    hostile = kg.Result(["name", "sources"], [kg.Row(name="<script>alert(1)</script>", sources=[])])
    page = hostile._repr_html_()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_claims_of_a_result_are_an_rdflib_graph_that_answers_alike(first):
    result = first.ask("who-said-what", speaker="Carrie Lam")
    graph = result.to_rdflib()
    again = kg.open(graph).ask("who-said-what")
    assert [row.statement for row in again] == [row.statement for row in result]
    assert [row.sources[0]["sentence"] for row in again] == [row.sources[0]["sentence"] for row in result]


def test_free_sparql_gives_rows_truth_or_triples(first):
    rows = first.sparql(
        "SELECT DISTINCT ?name { ?p a kg:Person ; kg:said ?words ; rdfs:label ?name FILTER(LANG(?name) = 'en') }"
        " ORDER BY ?name"
    )
    assert [row.name for row in rows] == ["Carrie Lam", "Li Zhijie"]
    assert first.sparql("ASK { ?p a kg:Company }") is True
    triples = first.sparql("CONSTRUCT { ?p a kg:Person } WHERE { ?p a kg:Person ; kg:said ?words }")
    assert len(triples.to_rdflib()) == len(triples) == 2
    with pytest.raises(kg.InputError):
        rows.to_rdflib()


@pytest.mark.parametrize("ending", ["ttl", "nq", "trig", "jsonld", "rdf", "nt", "csv"])
def test_an_exported_file_opens_with_the_same_answers(first, tmp_path, ending):
    from kg import formats
    from kg.export import write

    path = tmp_path / f"graph.{ending}"
    write(path, formats.serialise(first.backend.quads(), formats.format_of(path)))
    with kg.open(path) as graph:
        for query in ("who-said-what", "who-invested-where", "figures", "corrections"):
            assert graph.ask(query).to_dicts() == first.ask(query).to_dicts()


def test_plain_turtle_in_a_bare_rdflib_graph_gives_the_expected_rows_with_receipts(first, tmp_path):
    import rdflib

    from kg import formats

    text = b"".join(formats.serialise(first.backend.quads(), formats.FORMATS["turtle"]))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    for query in first.query_names():
        given = {"text": "Lam"} if query == "search" else {}
        assert kg.open(graph).ask(query, **given).to_dicts() == first.ask(query, **given).to_dicts()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda g: g.ask("nonsense"), kg.UnknownQuery),
        (lambda g: g.ask("events", nonsense=1), kg.BadParameter),
        (lambda g: g.ask("events", since=20.5), kg.BadParameter),
        (lambda g: g.ask("events", event=7), kg.BadParameter),
        (lambda g: g.ask("events", event="Nowhere Fair"), kg.UnknownName),
        (lambda g: g.ask("events", lang="fr"), kg.InputError),
        (lambda g: g.ask("events", limit=-1), kg.InputError),
        (lambda g: g.sparql("SELECT"), kg.ParseError),
        (lambda g: kg.open("nowhere.kg"), kg.StoreError),
        (lambda g: kg.open("nowhere.ttl"), kg.InputError),
        (lambda g: kg.open(7), kg.InputError),
        (lambda g: kg.open(queries="nowhere"), kg.InputError),
    ],
)
def test_what_is_wrong_raises_an_error_of_ours(first, call, error):
    with pytest.raises(error):
        call(first)


def test_a_graph_that_is_closed_or_of_another_thread_says_so():
    graph = kg.open()
    said: list[str] = []

    def ask() -> None:
        try:
            graph.ask("events")
        except kg.StoreError as error:
            said.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    graph.close()
    ask()
    assert len(said) == 2
    assert all("open one in each thread" in line for line in said)
