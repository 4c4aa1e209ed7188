"""What is refused before an engine sees it, and what only looks like that."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.query import guard

MANY = guard.MAX_CHAIN + 500


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s kg:service ?o ; <x:p> :load , 'x'@load , _:service }",
        "PREFIX service: <x:> SELECT ?service { ?service service:load 'SERVICE' } # LOAD",
        "SELECT * { VALUES ?day { %s } }" % ('"2021-09-01"^^xsd:date ' * MANY),
        "SELECT * { VALUES ?claim { %s } }" % ("id:2021-12-07-a " * MANY),
    ],
    ids=["names", "prologue", "datatypes", "hyphens"],
)
def test_names_and_data_are_no_keywords_and_no_operators(text):
    guard.check(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SELECT * { SERVICE<x:y> {} }", "SERVICE reaches out"),
        ("SELECT * { ?s a: SERVICE <x:y> {} }", "SERVICE reaches out"),
        ("SELECT (1" + "-1" * MANY + " AS ?x) {}", "operators"),
        ("SELECT (?y" + " -1" * MANY + " AS ?x) {}", "operators"),
        ("SELECT * { ?s " + "^<x:p>/" * MANY + "<x:p> ?o }", "operators"),
        ("SELECT * " + "{" * (guard.MAX_DEPTH + 1), "levels deep"),
    ],
    ids=["service", "service after a name", "minus", "minus apart", "paths", "braces"],
)
def test_what_reaches_out_or_goes_too_deep_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        guard.check(text)


def test_data_of_an_update_has_no_operators_and_its_patterns_have():
    data = "INSERT DATA { %s } ; " % ("<x:s> <x:p> -5 , '1'^^xsd:integer . " * MANY)
    guard.check_update(data)
    with pytest.raises(InputError, match="operators"):
        guard.check_update(f"{data} INSERT {{ <x:s> <x:p> ?x }} WHERE {{ BIND(1{' -1' * MANY} AS ?x) }}")


def test_from_names_a_dataset_and_a_property_of_that_name_does_not():
    assert guard.names_dataset("SELECT * FROM <x:g> { ?s ?p ?o }")
    assert not guard.names_dataset("SELECT * { ?s kg:from ?o ; :from 'FROM'@from }")
