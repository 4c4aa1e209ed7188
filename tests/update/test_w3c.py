"""The evaluation tests of W3C for SPARQL 1.1 Update, on sets of quads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, RDFS

from kg import formats
from kg.errors import InputError
from kg.terms import GRAPH_OTHER, Quad
from kg.update import updated

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
COUNT, NEGATIVE, POSITIVE = 94, 13, 42
OTHER = f"<{GRAPH_OTHER}>"

REFUSED = {
    "update-silent/load-silent": "LOAD reaches out to another address, SILENT or not, and nothing is ever fetched",
    "update-silent/load-into-silent": "LOAD reaches out to another address, SILENT or not, and nothing is ever fetched",
}
"""Tests whose update is refused, and why."""

_EVERYWHERE = "a triple deleted outside GRAPH goes from every graph: the default graph is the union of all graphs"
UNION = {
    "delete-data/dawg-delete-data-05": _EVERYWHERE,
    "delete-where/dawg-delete-where-05": _EVERYWHERE,
    "delete/dawg-delete-05": _EVERYWHERE,
    "delete/dawg-delete-using-01": _EVERYWHERE,
}
"""Tests that give another graph, and why."""


class Case(NamedTuple):
    """A test: its update, and the quads before and after it."""

    update: str
    base: str
    before: set[Quad]
    after: set[Quad]


def cases(shared: Path) -> dict[str, Case]:
    """The tests of all manifests, by folder and name."""
    return dict(_cases(shared / "w3c" / "sparql" / "sparql11"))


def _cases(folder: Path) -> Iterator[tuple[str, Case]]:
    for manifest in sorted(folder.glob("*/manifest.ttl")):
        graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
        for test in sorted(graph.subjects(RDF.type, MF.UpdateEvaluationTest)):
            action, result = graph.value(test, MF.action), graph.value(test, MF.result)
            path = _path(graph.value(action, UT.request))
            name = f"{manifest.parent.name}/{str(test).partition('#')[2]}"
            sides = (set(_quads(graph, node)) for node in (action, result))
            yield name, Case(path.read_text(encoding="utf-8"), path.as_uri(), *sides)


def _quads(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[Quad]:
    """The quads of one side of a test: those of `ut:data` stand in no graph, which is `graph/other` in a store."""
    for data in graph.objects(node, UT.data):
        yield from _stated(_path(data), OTHER)
    for named in graph.objects(node, UT.graphData):
        data = graph.value(named, UT.graph) or graph.value(named, UT.data)
        yield from _stated(_path(data), f"<{graph.value(named, RDFS.label)}>")


def _stated(path: Path, graph: str) -> Iterator[Quad]:
    for s, p, o, _ in formats.parse(path.read_bytes(), formats.format_of(path), path.name, path.as_uri()):
        yield s, p, o, graph


def _path(node: rdflib.term.Node | None) -> Path:
    return Path(unquote(str(node).removeprefix("file://")))


def canonical(quads: set[Quad]) -> str:
    """Quads as a value: nodes that were blank are again, and what stands in no graph stands in `graph/other`."""
    lines = (f"{s} {p} {o} {g or OTHER} ." for s, p, o, g in quads)
    blank = re.compile(f"<{re.escape(formats.GENID)}([0-9a-f]+)/([0-9]+)>")
    dataset = ox.Dataset(ox.parse(blank.sub(r"_:b\1x\2", "\n".join(lines)), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, Case]:
    return cases(shared)


def test_all_tests_are_read(found: dict[str, Case]) -> None:
    assert len(found) == COUNT
    assert {*REFUSED, *UNION} <= set(found)


def test_each_update_gives_the_graph_it_should(found: dict[str, Case]) -> None:
    wrong = {}
    for name, case in found.items():
        if name in REFUSED:
            continue
        patch = updated(case.before, case.update, base=case.base)
        if canonical((case.before - patch.removed) | patch.added) != canonical(case.after):
            wrong[name] = patch
    assert set(wrong) == set(UNION), wrong


def test_updates_that_would_fetch_are_refused(found: dict[str, Case]) -> None:
    for name in REFUSED:
        with pytest.raises(InputError, match="LOAD reaches out"):
            updated(found[name].before, found[name].update)


# ---- syntax ----------------------------------------------------------------------------------------------


def syntax_cases(shared: Path, kind: str) -> list[Path]:
    """The updates of one kind of syntax test."""
    found = []
    for manifest in sorted((shared / "w3c" / "sparql" / "sparql11").glob("*/manifest.ttl")):
        graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
        found += [_path(graph.value(test, MF.action)) for test in graph.subjects(RDF.type, MF[kind])]
    return sorted(found)


def said(path: Path) -> str | None:
    """What is wrong with an update on an empty graph; None where it was done."""
    try:
        updated(set(), path.read_text(encoding="utf-8"), base=path.as_uri())
    except InputError as error:
        return str(error)
    return None


def test_updates_that_are_wrong_are_refused_in_one_line(shared: Path) -> None:
    paths = syntax_cases(shared, "NegativeUpdateSyntaxTest11")
    assert len(paths) == NEGATIVE
    for path in paths:
        line = said(path)
        assert line, path
        assert "\n" not in line


def test_updates_that_are_right_are_done_or_refused_for_what_they_do(shared: Path) -> None:
    paths = syntax_cases(shared, "PositiveUpdateSyntaxTest11")
    assert len(paths) == POSITIVE
    refused = {path: line for path in paths if (line := said(path)) is not None}
    assert {
        line for line in refused.values() if "LOAD reaches out" not in line and "does not exist" not in line
    } == set()
    assert len(refused) < POSITIVE // 2
