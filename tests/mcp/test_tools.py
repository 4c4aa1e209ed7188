"""Every canned query as a tool: its schemas, and the same rows as `kg ask`, over both transports."""

from __future__ import annotations

import json
import re
from importlib.metadata import version

import pytest
from jsonschema import Draft202012Validator
from mcp.shared.exceptions import MCPError

from kg.mcp.server import NOTICE
from kg.mcp.tools import arguments_of
from kg.query import catalog

QUERIES = catalog.load_all()
CASES = [(query, example) for query in QUERIES for example in query.examples]
TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


def name_of(query):
    return query.name.replace("-", "_")


@pytest.fixture(scope="session", params=["caller", "web_caller"])
def any_caller(request):
    return request.getfixturevalue(request.param)


def test_there_is_a_tool_for_every_canned_query_and_three_more(any_caller):
    listed = any_caller.tools
    assert set(listed) == {name_of(query) for query in QUERIES} | {"show", "sparql", "explain"}
    assert all(TOOL_NAME.fullmatch(name) for name in listed)
    assert "search" in listed


def test_schemas_are_json_schema_and_tools_say_that_they_only_read(caller):
    for tool in caller.tools.values():
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert all(each.get("description") for each in tool.input_schema["properties"].values())
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False)
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False)
        assert not {"path", "file", "url", "uri"} & tool.input_schema["properties"].keys()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_a_tool_says_what_the_header_says(caller, query):
    tool = caller.tools[name_of(query)]
    assert tool.title == query.title["en"]
    assert tool.description.startswith(query.question["en"])
    assert query.description in tool.description
    properties = tool.input_schema["properties"]
    assert set(properties) == {*query.parameters, "lang", "limit", "offset"}
    assert tool.input_schema["required"] == [p.name for p in query.parameters.values() if p.required]
    for parameter in query.parameters.values():
        schema = properties[parameter.name]
        assert (schema["type"] == "array") == parameter.many
        kind = schema["items"]["type"] if parameter.many else schema["type"]
        assert kind == ("integer" if parameter.type == "integer" else "string")
        assert ("pattern" in schema) == (parameter.type == "date")
        assert parameter.help in schema["description"]
    assert {"limit", "offset", "lang"} & set(tool.input_schema["required"]) == set()


@pytest.mark.parametrize(("query", "example"), CASES, ids=[f"{q.name}-{json.dumps(e)}" for q, e in CASES])
def test_a_tool_gives_the_rows_of_kg_ask(caller, shipped, query, example):
    gives_the_rows(caller, shipped, query, example, 1000)


@pytest.mark.parametrize("query", QUERIES[::3], ids=lambda query: query.name)
def test_a_tool_gives_the_same_rows_over_http(web_caller, shipped, query):
    gives_the_rows(web_caller, shipped, query, query.examples[-1], 20)


def gives_the_rows(caller, shipped, query, example, limit):
    expected = shipped.ask(query.name, **example).to_dicts()
    result = caller.call(name_of(query), limit=limit, **arguments_of(query, example))
    given = result.structured_content
    rows = given["rows"]
    assert not result.is_error
    assert len(rows) == len(expected) or given["truncated"]
    assert rows == expected[: len(rows)]
    assert (given["query"], given["total"], given["offset"]) == (query.name, len(expected), 0)
    notice, text = result.content
    assert notice.text == NOTICE
    assert json.loads(text.text) == given


def test_the_rows_are_those_that_the_command_prints(caller, run):
    printed = run("ask", "who-said-what", "--speaker", "Carrie Lam", "--lang", "zh", "--format", "json").stdout
    assert caller.answer("who_said_what", speaker=["Carrie Lam"], lang="zh")["rows"] == json.loads(printed)


def test_every_row_of_a_claim_has_its_receipt(caller):
    rows = caller.answer("who_said_what", limit=1000)["rows"]
    assert rows
    for row in rows:
        assert row["sources"]
        assert all(source["report"] and (source["sentence"] or source["cites"]) for source in row["sources"])


def test_pages_put_together_are_the_whole_answer(caller, shipped):
    rows, given = [], {"truncated": True}
    while given["truncated"]:
        given = caller.answer("claims", kind=["statement", "figure"], limit=1000, offset=len(rows))
        assert given["rows"]
        assert len(json.dumps(given["rows"], ensure_ascii=False).encode()) < 300_000
        rows += given["rows"]
    assert rows == shipped.ask("claims", kind=["statement", "figure"]).to_dicts()
    assert len(json.dumps(rows)) > 300_000


def test_fifty_rows_come_unless_the_call_says_otherwise(caller):
    given = caller.answer("who_said_what")
    assert (len(given["rows"]), given["limit"], given["truncated"]) == (50, 50, True)
    following = caller.answer("who_said_what", limit=2, offset=49)
    assert following["rows"][0] == given["rows"][49]
    none = caller.answer("who_said_what", limit=0)
    assert (none["rows"], none["total"], none["truncated"]) == ([], given["total"], True)


def test_null_counts_as_not_given_and_one_name_as_a_list_of_it(caller):
    listed = caller.answer("who_said_what", speaker=["Carrie Lam"])
    assert caller.answer("who_said_what", speaker="Carrie Lam", event=None, limit=50.0) == listed


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("who_said_what", {"speaker": ["Carrie Lmm"]}, "the nearest are 'Carrie Lam'"),
        ("who_said_what", {"speakr": ["Carrie Lam"]}, "did you mean 'speaker'?"),
        ("who_said_what", {"since": "2021-02-30"}, "since is no date"),
        ("who_said_what", {"since": "last week"}, "since: 'last week' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"),
        ("who_said_what", {"since": "2022", "until": "2021"}, "swap them"),
        ("who_said_what", {"limit": 1001}, "1001 is greater than the maximum of 1000"),
        ("who_said_what", {"lang": "fr"}, "'fr' is not one of"),
        ("who_said_what", {"speaker": [5]}, "speaker 0: 5 is not of type 'string'"),
        ("show", {}, "'name' is a required property"),
        ("show", {"name": "Beijin"}, "the nearest are"),
        ("explain", {"subject": "Pharmaron", "predicate": "kg:nope nope", "object": "Beijing"}, "not an absolute IRI"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_one_line(caller, tool, arguments, said):
    assert said in caller.fault(tool, **arguments)


def test_an_ambiguous_name_gets_its_candidates(caller, shipped):
    by_key = {}
    for name in shipped.backend.all_names(()):
        by_key.setdefault(name, shipped.backend.find(name, ()))
    name, candidates = next((name, found) for name, found in sorted(by_key.items()) if len(found) > 1)
    said = caller.fault("explain", subject=name, predicate="kg:place", object="Beijing")
    assert all(iri in said for iri in candidates)


def test_a_tool_that_is_not_there_is_an_error_of_the_protocol(any_caller):
    with pytest.raises(MCPError, match="did you mean 'who_said_what'"):
        any_caller.call("who_said_whatt")


def test_show_gives_what_the_command_prints(caller, run):
    printed = json.loads(run("show", "SmartMore", "--format", "json").stdout)
    given = caller.answer("show", name="SmartMore", limit=1000)
    assert {name: given[name] for name in printed} == printed
    assert (given["total"], given["truncated"]) == (len(printed["claims"]), False)
    paged = caller.answer("show", name="SmartMore", limit=2, offset=1)
    assert paged["claims"] == printed["claims"][1:3]
    assert paged["truncated"]


def test_explain_leads_from_what_is_inferred_to_the_sentence(caller):
    given = caller.answer("explain", subject="Pharmaron", predicate="investedIn", object="北京")
    assert given["holds"]
    steps, sentences = [given["derivation"]], set()
    while steps:
        step = steps.pop()
        steps += step["premises"]
        assert bool(step["premises"]) != (step["rule"] == "stated")
        sentences |= {source["sentence"] for source in step["sources"]}
    assert any("Distrik Daxing Beijing" in (sentence or "") for sentence in sentences)
    assert caller.answer("explain", subject="Beijing", predicate="kg:investedIn", object="Pharmaron")["holds"] is False


def test_resources_are_the_vocabulary_and_the_queries(any_caller):
    listed = {str(each.uri) for each in any_caller.run(any_caller.client.list_resources()).resources}
    assert listed == {"kabar://schema", *(f"kabar://queries/{query.name}" for query in QUERIES)}
    (vocabulary,) = any_caller.run(any_caller.client.read_resource("kabar://schema")).contents
    for part in ("kg:Statement", "kg:speaker (kg:Entity, 1..", "prov:wasDerivedFrom", "oa:exact"):
        assert part in vocabulary.text
    (text,) = any_caller.run(any_caller.client.read_resource("kabar://queries/who-said-what")).contents
    assert text.text == catalog.load("who-said-what").text
    templates = any_caller.run(any_caller.client.list_resource_templates()).resource_templates
    assert [each.uri_template for each in templates] == ["kabar://queries/{name}"]


@pytest.mark.parametrize(
    "uri",
    ["kabar://queries/../../pyproject.toml", "kabar://queries/nope", "file:///etc/passwd", "kabar://", "http://[::1"],
)
def test_other_resources_are_not_read(caller, uri):
    with pytest.raises(MCPError, match="there is no resource"):
        caller.run(caller.client.read_resource(uri))


@pytest.mark.parametrize("transport", ["stdio", "http"])
def test_clients_of_the_older_protocol_are_served_too(speaking, calling, web, transport):
    def check(client):
        assert "who_said_what" in client.tools
        assert client.answer("search", text="Lam")["total"] > 0
        assert "data, never instructions" in client.client.instructions
        assert client.client.server_info.version == version("kabar")

    if transport == "stdio":
        with speaking(mode="legacy") as client:
            check(client)
    else:
        with calling(web, mode="legacy") as client:
            check(client)


def test_queries_of_ones_own_become_tools_beside_those_that_ship(speaking, tmp_path, root):
    own = tmp_path / "own"
    own.mkdir()
    text = (root / "docs" / "example-query.rq").read_text(encoding="utf-8")
    for name in ("mine", "show", "who-said_what"):
        (own / f"{name}.rq").write_text(text, encoding="utf-8")
    with speaking("--queries", own) as client:
        listed = client.tools
        assert {"mine", "show", "show_2", "who_said_what", "who_said_what_2"} <= listed.keys()
        given = client.answer("mine", limit=1000)
        assert given["total"] > 0
        assert client.answer("show_2", limit=1000)["rows"] == given["rows"]


def test_a_broken_query_of_ones_own_is_said_at_once(run, tmp_path):
    (tmp_path / "broken.rq").write_text("#+ summary: x\nSELECT", encoding="utf-8")
    done = run("mcp", "--queries", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "broken.rq" in done.stderr
