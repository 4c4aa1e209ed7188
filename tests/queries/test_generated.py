"""What is made from the queries is up to date and of use: the catalogue, and the Turtle of examples."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest
import rdflib
from conftest import thorough
from rdflib import RDF, RDFS, SH, SKOS

from kg.backends.base import bound_text
from kg.query import catalog
from kg.query.params import bind

SDO = rdflib.Namespace("https://schema.org/")
BASE = rdflib.Namespace("https://w3id.org/kabar/sparql/.well-known/sparql-examples/")


@pytest.fixture(scope="module")
def examples(folder):
    return rdflib.Graph().parse(folder / "examples.ttl")


@thorough
def test_generated_files_are_up_to_date(root):
    done = subprocess.run(
        [sys.executable, root / "docs" / "generate_queries.py", "--check"],
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_example_says_what_sib_tools_look_for(examples, query):
    node = BASE[query.name]
    assert set(examples.objects(node, RDF.type)) == {SH.SPARQLExecutable, SH.SPARQLSelectExecutable}
    assert list(examples.objects(node, RDFS.comment)) == [rdflib.Literal(query.question["en"], "en")]
    assert {label.language for label in examples.objects(node, SKOS.altLabel)} == {"id", "zh"}
    assert set(map(str, examples.objects(node, SDO.keywords))) == set(query.tags)
    assert list(examples.objects(node, SDO.target)) == [rdflib.URIRef("https://w3id.org/kabar/sparql")]
    declared = examples.value(node, SH.prefixes)
    prefixes = {examples.value(one, SH.prefix): examples.value(one, SH.namespace)
                for one in examples.objects(declared, SH.declare)}  # fmt: skip
    assert {"kg", "schema", "rdfs", "skos", "xsd"} <= set(map(str, prefixes))


def test_an_example_names_its_parameters(examples, query):
    nodes = list(examples.objects(BASE[query.name], SH.parameter))
    assert {str(examples.value(node, SH.name)) for node in nodes} == query.parameters.keys()
    for node in nodes:
        parameter = query.parameters[str(examples.value(node, SH.name))]
        assert examples.value(node, SH.optional).toPython() is not parameter.required
        assert (examples.value(node, SH.datatype) is None) != (examples.value(node, SH["class"]) is None)
        assert str(examples.value(node, SH.path)).endswith(f"/{parameter.name}")


def test_the_text_of_an_example_gives_the_rows(examples, query, everywhere):
    text = str(examples.value(BASE[query.name], SH.select))
    bound = bind(query, query.examples[0], everywhere.store.names())
    assert "#" not in "".join(line for line in text.splitlines() if not line.startswith("PREFIX")).replace(
        "ontology#", ""
    )
    assert everywhere.stepped(query, bound, everywhere.rdflib.sparql(text).solutions) == everywhere.fast(query, bound)
    without_header = "".join(line for line in bound_text(query, bound).splitlines(True) if line[0] != "#")
    assert text.strip() == without_header.strip()


def test_examples_hold_every_query_and_no_blank_node(examples, folder):
    assert set(examples.subjects(RDF.type, SH.SPARQLExecutable)) == {BASE[name] for name in catalog.names(folder)}
    assert not [node for triple in examples for node in triple if isinstance(node, rdflib.BNode)]


def test_the_catalogue_has_every_query_with_its_questions_and_commands(query, folder, shipped):
    page = (folder / "README.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {query.name}\n")[2].partition("\n## ")[0]
    for question in query.question.values():
        assert question in section
    for name in (*query.parameters, *query.columns):
        assert f"`{name}`" in section
    commands = [line for line in section.splitlines() if line.startswith("kg ask ")]
    assert len(commands) == len(query.examples)
    for command in commands:
        _, _, name, *options = shlex.split(command)
        given: dict[str, list[str]] = {}
        for flag, value in zip(options[::2], options[1::2], strict=True):
            given.setdefault(flag.removeprefix("--"), []).append(value)
        assert len(shipped.ask(name, **given))
