"""The OpenAPI document is valid, is what the headers of the queries say, and is true of the rows they give."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

import kg
from kg.errors import InputError
from kg.periods import days, shown
from kg.query import catalog
from kg.serve import media, openapi, openapi_ask

BASE = "http://127.0.0.1:7878"
METHODS = ("get", "head", "put", "post", "delete")
OWN = """\
#+ summary: Who spoke
#+ x-params:
#+   speaker: {type: entity, class: [kg:Entity], help: who}
#+   limit: {type: integer, help: a parameter that the server takes for itself}
#+ x-columns:
#+   speaker: {type: entity, help: who spoke}
PREFIX kg: <https://w3id.org/kabar/ontology#>
SELECT ?claim ?speaker WHERE {
  ?claim kg:speaker ?speaker .
  FILTER(?speaker = ?_speaker_iri)
  FILTER(COALESCE(?__limit_integer > 0, true))
}
"""


@pytest.fixture(scope="module")
def queries():
    return catalog.load_all()


@pytest.fixture(scope="module", params=[False, True], ids=["reading", "writing"])
def document(request, queries):
    return openapi.document(queries, BASE, request.param, kg.__version__)


@pytest.fixture(scope="module")
def reading(queries):
    return openapi.document(queries, BASE, False, kg.__version__)


def operations(document):
    return {(path, method): each for path, item in document["paths"].items()
            for method, each in item.items() if method in METHODS}  # fmt: skip


def schema(document, name):
    """A schema of the document that can be used by itself."""
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": document["components"]})


def test_the_document_is_valid(document):
    validate(document)
    assert document["info"]["version"] == kg.__version__
    assert document["servers"] == [{"url": BASE}]


def test_operations_have_names_that_code_can_bear(document):
    names = [each["operationId"] for each in operations(document).values()]
    assert len({name.replace("_", "") for name in names}) == len(names)
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert {"ask", "ask_who_said_what", "query_by_address", "get_graph", "identify", "describe"} <= set(names)


def test_every_operation_says_what_goes_wrong(document):
    for (_, method), each in operations(document).items():
        assert "default" in each["responses"]
        for status, response in each["responses"].items():
            if status.startswith(("4", "5")) and method != "head":
                problem = document["components"]["responses"][response["$ref"].rpartition("/")[2]]
                assert "application/problem+json" in problem["content"]


def test_writing_is_there_only_where_it_is_allowed(queries):
    read, write = (operations(openapi.document(queries, BASE, allowed, "1")) for allowed in (False, True))
    changing = {key: each for key, each in write.items() if "security" in each}
    assert {key for key, each in changing.items() if {} not in each["security"]} == write.keys() - read.keys()
    assert ("/reports", "post") in changing
    assert ("/store", "put") in changing
    assert "application/sparql-update" in write["/sparql", "post"]["requestBody"]["content"]
    assert "application/sparql-update" not in read["/sparql", "post"]["requestBody"]["content"]
    assert not [key for key in read if key[1] in ("put", "delete")]
    assert "update" not in str(
        openapi.document(queries, BASE, False, "1")["components"]["schemas"]["QueryForm"]["properties"]
    )


def test_a_query_has_the_parameters_of_its_header(reading, queries):
    for query in queries:
        listed = reading["paths"][f"/ask/{query.name}"]["get"]["parameters"]
        given = {each["name"]: each for each in listed if "name" in each}
        assert given.keys() == query.parameters.keys() | {"limit", "offset", "format"}
        assert {"$ref": "#/components/parameters/lang"} in listed
        for parameter in query.parameters.values():
            found = given[parameter.name]
            assert found.get("required", False) == parameter.required
            assert (found["schema"]["type"] == "array") == parameter.many
            assert parameter.help in found["description"]


def test_answers_come_in_every_format(reading):
    answered = reading["paths"]["/ask/timeline"]["get"]
    assert answered["responses"]["200"]["content"].keys() == {kinds[0] for kinds in media.ANSWERS.values()}
    (syntax,) = (each for each in answered["parameters"] if each.get("name") == "format")
    assert {media.ENDINGS[ending] for ending in syntax["schema"]["enum"]} == media.ANSWERS.keys()
    assert reading["paths"]["/sparql"]["get"]["responses"]["200"]["content"].keys() == {
        kinds[0] for kinds in (*media.ROWS.values(), *media.GRAPHS.values())
    }


# ---- the schemas are true -------------------------------------------------------------------------------

EXAMPLES = [(query.name, number) for query in catalog.load_all() for number in range(len(query.examples))]


@pytest.mark.parametrize(("name", "number"), EXAMPLES)
def test_every_row_of_every_example_fits(reading, shipped, name, number):
    query = catalog.load(name)
    found = shipped.ask(name, **query.examples[number])
    assert len(found), "an example shows something"
    fits = schema(reading, openapi_ask.type_name(reading["paths"][f"/ask/{name}"]["get"]["operationId"]))
    fits.validate(openapi.answer(query, found, 0, len(found), None))


def test_labels_in_other_languages_fit(reading, shipped):
    query = catalog.load("who-invested-where")
    for language in ("id", "zh"):
        found = shipped.ask(query.name, lang=language, limit=2, offset=1)
        made = openapi.answer(query, found, 1, 2, f"{BASE}/ask/{query.name}?offset=3", language)
        schema(reading, "WhoInvestedWhere").validate(made)
        assert made["question"] == query.question[language]
        assert len(made["rows"]) == 2 < made["total"]


SPOILT = {
    "a number as text": {"amount": "25"},
    "no such column": {"surprise": 1},
    "a list in place of a value": {"investor": ["SmartMore"]},
    "a period that is none": {"date": "12 May"},
    "a source without its report": {"sources": [{"report": "R01"}]},
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_row_that_is_not_right_does_not_fit(reading, shipped, what):
    (row, *_) = shipped.ask("who-invested-where").to_dicts()
    fits = schema(reading, "WhoInvestedWhereRow")
    assert fits.is_valid(row)
    assert not fits.is_valid(row | SPOILT[what])
    for name in row:
        assert not fits.is_valid({other: value for other, value in row.items() if other != name})


@given(st.dates(), st.dates(), st.booleans(), st.booleans())
def test_every_period_fits(one, other, has_start, has_end):
    start, end = sorted(day.isoformat() for day in (one, other))
    text = shown(start if has_start else None, end if has_end else None)
    column = catalog.Column("date", "period", ("start", "end"), False, None, "")
    query = catalog.load("timeline")._replace(columns={"date": column})
    cell = openapi_ask.row_schema(query)["properties"]["date"]
    assert Draft202012Validator(cell).is_valid(text)


@given(st.one_of(st.from_regex(f"\\A{openapi_ask.DAY}\\Z"), st.text(), st.dates().map(date.isoformat)))
def test_a_date_that_is_taken_fits(text):
    """The pattern refuses no date, and lets through only what the calendar may still refuse, such as 31 April."""
    fits = re.fullmatch(openapi_ask.DAY, text) is not None
    try:
        days(text)
    except InputError:
        assert not fits or text.startswith("0000") or re.search("(29|30|31)$", text)
    else:
        assert fits or "/" in text


def test_the_list_of_queries_fits(reading, queries):
    listed = openapi.catalogue(queries, BASE, "zh")
    schema(reading, "Queries").validate(listed)
    assert [each["name"] for each in listed["queries"]] == [query.name for query in queries]
    assert listed["queries"][-1]["question"] == queries[-1].question["zh"]


# ---- queries of users -----------------------------------------------------------------------------------


def test_own_queries_of_like_names_and_with_reserved_parameters(tmp_path):
    for name in ("who-spoke", "who_spoke", "WhoSpoke"):
        (tmp_path / f"{name}.rq").write_text(OWN, encoding="utf-8")
    own = catalog.load_all(tmp_path)
    document = openapi.document(own, BASE, True, "1")
    validate(document)
    names = [document["paths"][f"/ask/{query.name}"]["get"]["operationId"] for query in own]
    assert len({name.replace("_", "").lower() for name in names}) == 3
    listed = document["paths"]["/ask/who-spoke"]["get"]["parameters"]
    assert [each["name"] for each in listed if "name" in each] == ["speaker", "limit", "offset", "format"]
    assert listed[0]["required"]
    assert "who-spoke" in document["paths"]["/ask/{name}.{ending}"]["get"]["description"]


def test_a_server_without_queries_has_a_valid_document():
    validate(openapi.document([], BASE, False, "1"))
