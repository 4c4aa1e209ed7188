"""A client that openapi-python-client makes from /openapi.json asks the server with types and gets typed answers."""

from __future__ import annotations

import csv
import importlib
import io
import json
import subprocess
import sys

import pytest
from conftest import thorough

pytestmark = thorough

NAME = "kabar_client"


@pytest.fixture(scope="module")
def client(reading, tmp_path_factory):
    """Gives a module of the client that was made, by its name; it works where the document is all that was known."""
    folder = tmp_path_factory.mktemp("made")
    # Its formatter is left out, as it changes nothing that runs.
    (folder / "config.yaml").write_text("post_hooks: []\n")
    made = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", "generate", "--url", f"{reading.address}/openapi.json",
         "--meta", "none", "--output-path", folder / NAME, "--config", folder / "config.yaml"],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    for line in made.stdout.splitlines():
        # The one body that it cannot send; a form does the same.
        assert not line.startswith("WARNING") or "POST /sparql" in line, made.stdout
    sys.path.insert(0, str(folder))
    try:
        yield lambda name: importlib.import_module(f"{NAME}.{name}")
    finally:
        sys.path.remove(str(folder))
        for name in [each for each in sys.modules if each.partition(".")[0] == NAME]:
            del sys.modules[name]


@pytest.fixture(scope="module")
def session(client, reading):
    """A connection of that client."""
    with client("client").Client(base_url=reading.address) as found:
        yield found


def test_it_lists_the_queries(client, session, shipped):
    listed = client("api.answers.ask").sync(client=session)
    assert [query.name for query in listed.queries] == shipped.query_names()
    (query,) = (query for query in listed.queries if query.name == "who-said-what")
    assert {parameter.name: parameter.type_.value for parameter in query.parameters}["since"] == "date"
    assert next(parameter.many for parameter in query.parameters if parameter.name == "speaker") is True


def test_it_asks_with_typed_parameters(client, session, shipped):
    asked = client("api.answers.ask_who_said_what")
    given = {"speaker": ["Carrie Lam", "Chen Jining"], "since": "2021", "until": "2021-12-31"}
    language = client("models.ask_who_said_what_lang").AskWhoSaidWhatLang.ZH
    found = asked.sync(client=session, lang=language, **given)
    expected = shipped.ask("who-said-what", lang="zh", **given)
    assert found.total == len(found.rows) == len(expected) > 3
    assert [row.to_dict() for row in found.rows] == json.loads(expected.to_json())
    assert found.rows[0].sources[0].sentence == expected[0]["sources"][0]["sentence"]


def test_it_takes_page_after_page_until_there_is_no_next(client, session, run):
    asked = client("api.answers.ask_who_said_what")
    rows, pages = [], 0
    while True:
        page = asked.sync(client=session, limit=25, offset=len(rows))
        rows += [row.to_dict() for row in page.rows]
        pages += 1
        if page.next_ is None:
            break
        assert page.next_.endswith(f"offset={len(rows)}")
    assert pages > 3
    assert len(rows) == page.total
    assert rows == json.loads(run("ask", "who-said-what", "--format", "json").stdout)


@pytest.mark.parametrize(
    ("given", "status", "detail"),
    [
        ({"speaker": ["Carrie Lm"]}, 404, "the nearest are 'Carrie Lam'"),
        ({"since": "2021-13"}, 400, "since is no date"),
        ({"limit": 10_001}, 400, "limit is at most 10000"),
    ],
)
def test_errors_are_problem_details(client, session, given, status, detail):
    problem = client("api.answers.ask_who_said_what").sync(client=session, **given)
    assert isinstance(problem, client("models.problem").Problem)
    assert problem.status == status
    assert detail in problem.detail


def test_it_gets_csv(client, session, shipped):
    asked = client("api.answers.ask_in_format")
    name = client("models.ask_in_format_name").AskInFormatName("who-invested-where")
    ending = client("models.ask_in_format_ending").AskInFormatEnding.CSV
    own = client("models.ask_in_format_parameters").AskInFormatParameters.from_dict({"place": "Beijing"})
    found = asked.sync(name, ending, client=session, parameters=own)
    rows = list(csv.DictReader(io.StringIO(found)))
    assert [row["investor"] for row in rows] == [
        "; ".join(row["investor"]) if isinstance(row["investor"], list) else row["investor"] or ""
        for row in shipped.ask("who-invested-where", place="Beijing")
    ]
    assert len(rows) > 2


def test_it_sends_sparql_by_post(client, session, shipped):
    asked = client("api.sparql.query_by_post")
    form = client("models.query_form").QueryForm
    text = "SELECT ?who { ?who a kg:Person } ORDER BY ?who"
    found = asked.sync(client=session, body=form(query=text)).to_dict()
    assert [row["who"]["value"] for row in found["results"]["bindings"]] == [row["who"] for row in shipped.sparql(text)]
    assert asked.sync(client=session, body=form(query="ASK { ?who a kg:Person }")).boolean is True
    assert asked.sync(client=session, body=form(query="ASK { ?who a")).startswith("query:1:13: ")


def test_it_reads_all_else(client, session, reading):
    assert client("api.service.health").sync(client=session).status == "ok"
    assert client("api.service.home").sync(client=session).queries
    assert "void#Dataset>" in client("api.service.statistics").sync(client=session)
    assert "shacl#SPARQLExecutable>" in client("api.service.examples").sync(client=session)
    assert "owl:Class" in client("api.graph.ontology").sync(client=session)
    seen = client("api.graph.identify").sync_detailed("person/carrie-lam", client=session)
    assert seen.status_code == 303
    assert session.get_httpx_client().get(seen.headers["location"]).status_code == 200
    assert "Carrie Lam" in client("api.graph.describe").sync("person/carrie-lam", client=session)
    nothing = client("api.graph.get_graph").sync(client=session, graph="urn:x:none")
    assert nothing.startswith("there is no graph urn:x:none")
