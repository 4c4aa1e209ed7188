"""Whatever comes in, as an argument or as the text of a report: an answer or one line, and the process goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from conftest import thorough
from jsonschema import Draft202012Validator

from kg import pipeline
from kg.mcp.server import NOTICE
from kg.query import catalog

pytestmark = thorough

QUERIES = catalog.load_all()
TOOLS = [*(query.name.replace("-", "_") for query in QUERIES), "show", "sparql", "explain"]
INJECTIONS = yaml.safe_load((Path(__file__).parent / "injections.yaml").read_text(encoding="utf-8"))
SHARE = 4
"""Of the hostile strings, each tool gets every so-manieth; another share for each tool."""

WRONG = [
    *(5, -1, 2**70, 10**4000, 1.5, True, [], [[]], [None], {}, {"$ref": "http://127.0.0.1/"}, [{"a": []}], ["x"] * 101),
    *("", " ", "\t\n", "\0", "a" * 20_000, "../../etc/passwd", "file:///etc/passwd", "\u202e", "\ufffe", "?x", "'\"\\"),
]


@pytest.fixture(scope="session")
def naughty(shared):
    return json.loads((shared / "naughty-strings.json").read_text(encoding="utf-8"))


def checked(result, tool):
    """An answer that keeps its schema, or one line."""
    if result.is_error:
        (said,) = result.content
        assert "\n" not in said.text
        assert 0 < len(said.text) < 2100
        assert "Traceback" not in said.text
    else:
        assert not list(Draft202012Validator(tool.output_schema).iter_errors(result.structured_content))


def filled(tool, parameter, value):
    """Arguments with `value` for one parameter, few rows, and something for the others that must be there."""
    few = {"limit": 1} if "limit" in tool.input_schema["properties"] else {}
    return few | dict.fromkeys(tool.input_schema["required"], "Beijing") | {parameter: value}


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_takes_hostile_strings(caller, naughty, name):
    tool = caller.tools[name]
    parameters = [each for each in tool.input_schema["properties"] if each not in ("lang", "limit", "offset")]
    for at, text in list(enumerate(naughty))[TOOLS.index(name) % SHARE :: SHARE]:
        checked(caller.call(name, **filled(tool, parameters[at % len(parameters)], text)), tool)


@pytest.mark.parametrize("name", TOOLS)
def test_every_tool_takes_wrong_types(caller, name):
    tool = caller.tools[name]
    properties = tool.input_schema["properties"]
    wrong = WRONG
    for parameter, schema in properties.items():
        for value in wrong:
            result = caller.call(name, **filled(tool, parameter, value))
            checked(result, tool)
            allowed = Draft202012Validator(schema)
            one = [value] if schema.get("type") == "array" and not isinstance(value, list) else value
            assert result.is_error or allowed.is_valid(one)


# ---- reports that give orders -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def injected(tmp_path_factory):
    """A store with a report for each injection: as the words of a speaker, and as name, role and title."""
    folder = tmp_path_factory.mktemp("injected")
    for at, text in enumerate(INJECTIONS):
        (folder / f"report-{at}.txt").write_text(f"{text}\n", encoding="utf-8")
        (folder / f"report-{at}.yaml").write_text(report(at, text), encoding="utf-8")
    store = folder / "injected.kg"
    pipeline.add(store, sorted(folder.glob("*.yaml")))
    return store


def report(at, text):
    words = {"en": text}
    person = {"label": words}
    said = {"is": "statement", "key": "said", "label": words, "speaker": f"person/teller-{at}", "text": words,
            "mode": "direct", "receipt": text}  # fmt: skip
    held = {
        "is": "position",
        "key": "post",
        "label": words,
        "person": f"person/teller-{at}",
        "role": words,
        "receipt": text,
    }
    top = {"report": f"report-{at}", "label": words, "language": "en", "date": "2030-05-02", "text": f"report-{at}.txt",
           "entities": {f"person/teller-{at}": person}, "claims": [said, held]}  # fmt: skip
    return json.dumps(top, ensure_ascii=False)


@pytest.fixture(scope="session")
def misled(injected, speaking):
    """A client of a server on that store."""
    with speaking("--store", injected) as caller:
        yield caller


CALLS = [
    ("who_said_what", {"limit": 1000}),
    ("search", {"text": "e", "limit": 1000}),
    ("claims", {"limit": 1000}),
    ("names", {"limit": 1000}),
    ("officials", {"limit": 1000}),
    ("reports", {"limit": 1000}),
    ("timeline", {"limit": 1000}),
    ("sparql", {"query": "SELECT * { ?s ?p ?o FILTER(isLiteral(?o)) }", "limit": 1000}),
    ("sparql", {"query": "CONSTRUCT { ?s rdfs:label ?o } { ?s rdfs:label ?o }", "limit": 1000}),
    *(("show", {"name": f"person/teller-{at}"}) for at in range(0, len(INJECTIONS), 10)),
    ("explain", {"subject": "person/teller-3", "predicate": "kg:nothing", "object": "person/teller-4"}),
]
STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')


@pytest.mark.parametrize(("tool", "arguments"), CALLS, ids=[f"{tool}-{n}" for n, (tool, _) in enumerate(CALLS)])
def test_orders_in_reports_come_out_as_quoted_data_only(misled, tool, arguments):
    result = misled.call(tool, **arguments)
    notice, text = result.content
    assert notice.text == NOTICE
    assert json.loads(text.text) == result.structured_content
    assert re.fullmatch(r"[\[\]{}:, 0-9.truefalsn-]*", STRING.sub("", text.text))


def test_every_order_is_in_the_answer_as_it_was_printed(misled):
    rows = misled.answer("who_said_what", limit=1000)["rows"]
    assert sorted(row["statement"] for row in rows) == sorted(INJECTIONS)
    assert all(row["sources"][0]["sentence"] in INJECTIONS for row in rows)


def test_reports_change_nothing_of_what_the_server_says_of_itself(misled, caller):
    assert {n: t.model_dump() for n, t in misled.tools.items()} == {n: t.model_dump() for n, t in caller.tools.items()}
    assert misled.client.instructions == caller.client.instructions


@pytest.mark.parametrize("text", INJECTIONS)
def test_names_in_errors_are_quoted_and_clean(misled, text):
    said = misled.fault("explain", subject=f"{text[:60]}?!?", predicate="kg:place", object="Beijing")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
    assert said.startswith(("no entity is called ", "'", '"'))
