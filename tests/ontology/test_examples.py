"""Each shape has examples: the valid ones conform, each invalid one breaks the one constraint its comments name.

An example is `ontology/examples/<Shape>/valid-<case>.ttl` or `invalid-<case>.ttl`, read together with `common.ttl`, the
ontology and the vocabularies. All shapes are applied to each. A new case is a new file.
"""

import re
from functools import cache
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

ONTOLOGY = Path(__file__).parents[2] / "ontology"
EXAMPLES = ONTOLOGY / "examples"
SHAPES = sorted((ONTOLOGY / "shapes").glob("*.ttl"))
VOCABULARIES = sorted((ONTOLOGY / "vocab").glob("*.ttl"))
VALID = sorted(EXAMPLES.glob("*/valid-*.ttl"))
INVALID = sorted(EXAMPLES.glob("*/invalid-*.ttl"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}" if path.parent.parent == EXAMPLES else path.stem


@cache
def graph_of(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


def report_on(example: Path) -> tuple[bool, rdflib.Graph, str]:
    """The vocabularies go in with the data: of an ontology graph pySHACL takes over classes and properties only."""
    data = rdflib.Graph().parse(EXAMPLES / "common.ttl").parse(example)
    data += graph_of(*VOCABULARIES)
    ontology = graph_of(ONTOLOGY / "core.ttl")
    conforms, report, text = pyshacl.validate(data, shacl_graph=graph_of(*SHAPES), ont_graph=ontology)
    assert isinstance(report, rdflib.Graph), text
    return bool(conforms), report, str(text)


def comment(example: Path, key: str) -> str:
    found = re.search(rf"^# {key}: (.+)$", example.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{name_of(example)} has no comment '# {key}:'"
    return found[1]


def expand(curie: str) -> rdflib.URIRef:
    return graph_of(*SHAPES).namespace_manager.expand_curie(curie)


@pytest.mark.parametrize("example", VALID, ids=name_of)
def test_a_valid_example_conforms(example: Path) -> None:
    conforms, _, text = report_on(example)
    assert conforms, text


@pytest.mark.parametrize("example", INVALID, ids=name_of)
def test_an_invalid_example_breaks_the_constraint_it_names_at_its_focus_and_at_no_other_node_or_property(
    example: Path,
) -> None:
    conforms, report, text = report_on(example)
    path, component = comment(example, "breaks").split()
    results = set(report.subjects(RDF.type, SH.ValidationResult))
    assert not conforms
    assert {f"<{report.value(result, SH.focusNode)}>" for result in results} == {comment(example, "focus")}, text
    assert {report.value(result, SH.resultPath) for result in results} == {expand(path)}, text
    assert expand(component) in {report.value(result, SH.sourceConstraintComponent) for result in results}, text


@pytest.mark.parametrize("shape", SHAPES, ids=name_of)
def test_each_shape_has_a_valid_example_and_two_invalid_ones(shape: Path) -> None:
    folder = EXAMPLES / shape.stem
    assert len(list(folder.glob("valid-*.ttl"))) >= 1
    assert len(list(folder.glob("invalid-*.ttl"))) >= 2


@pytest.mark.parametrize("shape", SHAPES, ids=name_of)
def test_each_shape_file_holds_the_shape_of_the_class_it_is_named_after(shape: Path) -> None:
    graph = graph_of(shape)
    assert [str(target).rpartition("#")[2] for target in graph.objects(None, SH.targetClass)] == [shape.stem]
    assert [str(node).rpartition("#")[2] for node in graph.subjects(RDF.type, SH.NodeShape)] == [shape.stem]


def test_each_folder_of_examples_belongs_to_a_shape() -> None:
    assert {path.parent.name for path in VALID + INVALID} == {shape.stem for shape in SHAPES}


def test_the_shapes_are_themselves_valid_shacl() -> None:
    ontology = graph_of(ONTOLOGY / "core.ttl")
    conforms, _, text = pyshacl.validate(
        rdflib.Graph(), shacl_graph=graph_of(*SHAPES), ont_graph=ontology, meta_shacl=True
    )
    assert conforms, text
