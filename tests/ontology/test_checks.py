"""Each check in `ontology/checks/` returns nothing over what we publish, and finds what is planted for it.

The ontology's own checks run over core and vocabularies; those in `data/` run over data together with both. For each
check `planted/` holds a file of the same name whose comments say what the check must find in it, no more and no less.
Both engines must agree.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHECKS = ROOT / "ontology" / "checks"
ONTOLOGY = (ROOT / "ontology" / "core.ttl", *sorted((ROOT / "ontology" / "vocab").glob("*.ttl")))
OWN_CHECKS = sorted(CHECKS.glob("*.rq"))
DATA_CHECKS = sorted((CHECKS / "data").glob("*.rq"))
ALL_CHECKS = OWN_CHECKS + DATA_CHECKS
VALID_EXAMPLES = sorted((ROOT / "ontology" / "examples").glob("*/valid-*.ttl"))

Found = set[str]


def name_of(path: Path) -> str:
    return path.relative_to(CHECKS).with_suffix("").as_posix()


def planted_for(check: Path) -> Path:
    return HERE / "planted" / f"{name_of(check)}.ttl"


@cache
def oxigraph_with(*paths: Path) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for path in paths:
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    return store


@cache
def rdflib_with(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


def found_by_oxigraph(check: Path, *paths: Path) -> Found:
    rows = oxigraph_with(*paths).query(check.read_text(encoding="utf-8"))
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    return {str(row["focus"]) for row in rows}


def found_by_rdflib(check: Path, *paths: Path) -> Found:
    bindings = rdflib_with(*paths).query(check.read_text(encoding="utf-8")).bindings
    return {binding[rdflib.Variable("focus")].n3() for binding in bindings}


engines = pytest.mark.parametrize("found_by", [found_by_oxigraph, found_by_rdflib], ids=["oxigraph", "rdflib"])
Finder = Callable[..., Found]


def without_names_of_blank_nodes(found: Found) -> Found:
    return {re.sub(r"^_:.*", "_:", focus) for focus in found}


@engines
@pytest.mark.parametrize("check", ALL_CHECKS, ids=name_of)
def test_the_ontology_and_its_vocabularies_have_nothing_that_a_check_finds(check: Path, found_by: Finder) -> None:
    assert found_by(check, *ONTOLOGY) == set()


@engines
@pytest.mark.parametrize("check", ALL_CHECKS, ids=name_of)
def test_each_check_finds_what_is_planted_for_it_and_nothing_else(check: Path, found_by: Finder) -> None:
    planted = planted_for(check)
    expected = set(re.findall(r"^# finds: (.+)$", planted.read_text(encoding="utf-8"), re.MULTILINE))
    assert expected
    assert without_names_of_blank_nodes(found_by(check, *ONTOLOGY, planted)) == expected


@pytest.mark.parametrize("example", VALID_EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_valid_example_has_nothing_that_a_check_of_data_finds(example: Path) -> None:
    paths = (*ONTOLOGY, ROOT / "ontology" / "examples" / "common.ttl", example)
    assert {name_of(check): found for check in DATA_CHECKS if (found := found_by_oxigraph(check, *paths))} == {}


@pytest.mark.parametrize("check", ALL_CHECKS, ids=name_of)
def test_each_check_opens_with_one_sentence_and_projects_focus_and_at_most_detail(check: Path) -> None:
    text = check.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    assert re.fullmatch(r"# [A-Z].+\.", first)
    comments = re.findall(r"^\s*#.*$", text, re.MULTILINE)
    assert not any(re.search(r"\b(SELECT|ASK|DESCRIBE|CONSTRUCT)\b", line, re.IGNORECASE) for line in comments)
    assert re.search(r"^SELECT (DISTINCT )?\?focus( \?detail)? WHERE \{$", rest, re.MULTILINE)


def test_each_planted_file_belongs_to_a_check() -> None:
    planted = {path.relative_to(HERE / "planted").with_suffix("").as_posix() for path in HERE.glob("planted/**/*.ttl")}
    assert planted == {name_of(check) for check in ALL_CHECKS}
