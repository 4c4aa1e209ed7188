"""Free SPARQL against the W3C's syntax tests: what is wrong is one of our errors, what is right is answered or refused.

Updates and `SERVICE` are never run, so their tests, positive ones too, end in one line that says so.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import kg

MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ACCEPTED = {
    # The engine lets a blank node label stand in two graph patterns; the answer is that of two blank nodes.
    "syn-bad-26.rq",
}
"""Negative tests that the engine accepts, each with why that does no harm."""


def cases(shared: Path, kind: str) -> list[Path]:
    """The query files of one kind of test, over all manifests."""
    found: list[Path] = []
    for manifest in sorted((shared / "w3c" / "sparql" / "sparql11").glob("*/manifest.ttl")):
        base = manifest.parent.as_uri() + "/"
        triples = list(ox.parse(manifest.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=base))
        tests = {t.subject for t in triples if t.predicate == TYPE and t.object.value == MANIFEST + kind}
        actions = [t.object for t in triples if t.subject in tests and t.predicate.value == MANIFEST + "action"]
        found += [manifest.parent / action.value.removeprefix(base) for action in actions]
    return found


def test_a_query_that_is_wrong_is_an_error_of_ours(shared, shipped):
    wrong = cases(shared, "NegativeSyntaxTest11") + cases(shared, "NegativeUpdateSyntaxTest11")
    assert len(wrong) > 50
    for path in wrong:
        try:
            shipped.sparql(path.read_text(encoding="utf-8"))
            accepted = True
        except kg.InputError as error:
            accepted = False
            line = str(error)
        assert accepted == (path.name in ACCEPTED), path
        assert accepted or "\n" not in line


def test_a_query_that_is_right_parses(shared, shipped):
    """It is answered, or refused for what it reaches for or calls, but never for its syntax."""
    refused: list[str] = []
    for path in cases(shared, "PositiveSyntaxTest11"):
        try:
            shipped.sparql("BASE <http://example/> " + path.read_text(encoding="utf-8"))
        except kg.ParseError as error:
            pytest.fail(f"{path.name}: {error}")
        except kg.InputError as error:
            refused.append(str(error))
    assert all("SERVICE" in line or "function" in line for line in refused), refused
