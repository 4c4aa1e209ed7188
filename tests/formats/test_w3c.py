"""The syntax tests of W3C for RDF 1.1: what is right is read, what is wrong is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg import formats
from kg.errors import ParseError

SUITES = {
    "rdf-turtle": "turtle",
    "rdf-trig": "trig",
    "rdf-n-triples": "ntriples",
    "rdf-n-quads": "nquads",
    "rdf-xml": "rdfxml",
}
NEGATIVE = {"rdf-turtle": 94, "rdf-trig": 115, "rdf-n-triples": 29, "rdf-n-quads": 34, "rdf-xml": 40}
"""How many negative syntax tests each suite has."""

ACCEPTED: dict[str, str] = {}
"""Negative tests that are read all the same, by file, and why. There are none."""

WITHOUT_A_LINE: dict[str, str] = {}
"""Negative tests that are refused without saying at which line, and why. There are none."""

MANIFEST = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
BASE = "http://www.w3.org/2013/tests/"


def cases(shared: Path, suite: str) -> list[tuple[bool, Path]]:
    """For each test of a suite: whether it is negative, and its file."""
    found = []
    for manifest in sorted((shared / "w3c" / "rdf" / "rdf11" / suite).rglob("manifest.ttl")):
        graph = rdflib.Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
        for test, action in graph.subject_objects(MANIFEST.action):
            kind = str(graph.value(test, rdflib.RDF.type))
            found.append(("Negative" in kind, Path(str(action).removeprefix("file://"))))
    return sorted(found)


@pytest.mark.parametrize("suite", SUITES)
def test_negative_tests_are_refused(suite: str, shared: Path) -> None:
    negative = [path for is_negative, path in cases(shared, suite) if is_negative]
    assert len(negative) == NEGATIVE[suite]
    for path in negative:
        if path.name in ACCEPTED:
            formats.parse(path.read_bytes(), formats.FORMATS[SUITES[suite]], path.name, BASE + path.name)
            continue
        with pytest.raises(ParseError) as caught:
            formats.parse(path.read_bytes(), formats.FORMATS[SUITES[suite]], path.name, BASE + path.name)
        assert str(caught.value).startswith(path.name + ":")
        assert "\n" not in str(caught.value)
        assert caught.value.line or path.name in WITHOUT_A_LINE, path.name


@pytest.mark.parametrize("suite", SUITES)
def test_positive_tests_are_read(suite: str, shared: Path) -> None:
    for is_negative, path in cases(shared, suite):
        if not is_negative:
            formats.parse(path.read_bytes(), formats.FORMATS[SUITES[suite]], path.name, BASE + path.name)
