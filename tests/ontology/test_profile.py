"""The ontology is in OWL 2 RL, and the checker that says so refuses what is not.

`rl/` holds small ontologies that are in the profile, `not_rl/` ones that break one rule each: the term at fault and a
part of the message stand in the comments at the top. A new case is a new file.
"""

import re
from pathlib import Path

import pyoxigraph
import pytest

from kg.profile import violations

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORE = ROOT / "ontology" / "core.ttl"
DECLARATIONS = ROOT / "ontology" / "align" / "declarations.ttl"
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
OWL = "http://www.w3.org/2002/07/owl#"
BUILT_IN = (
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2001/XMLSchema#",
)


def triples_of(*paths: Path) -> list[tuple[str, str, str]]:
    read = (triple for path in paths for triple in pyoxigraph.parse(path=path))
    return [(str(triple.subject), str(triple.predicate), str(triple.object)) for triple in read]


def comment(path: Path, key: str) -> str:
    found = re.search(rf"^# {key}: (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{path.name} has no comment '# {key}:'"
    return found[1].replace("ex:", "<https://w3id.org/kabar/ontology#")


def cases(folder: str) -> list[Path]:
    found = sorted((HERE / folder).glob("*.ttl"))
    assert found, f"no cases in {folder}"
    return found


def test_the_ontology_is_in_owl_2_rl() -> None:
    assert violations(triples_of(CORE)) == []


def test_the_ontology_stays_in_owl_2_rl_with_the_terms_of_other_vocabularies_declared() -> None:
    assert violations(triples_of(CORE, DECLARATIONS)) == []


def test_every_term_that_an_axiom_uses_is_declared_here_or_in_the_declarations() -> None:
    """The mapping from RDF to OWL 2 DL wants a declaration for each name, also for those of other vocabularies."""
    triples = triples_of(CORE, DECLARATIONS)
    declared = {s for s, p, o in triples if o in {f"<{OWL}{kind}>" for kind in KINDS}}
    axioms = ("subClassOf", "subPropertyOf", "domain", "range", "inverseOf", "first", "onProperty")
    used = {t for s, p, o in triples for t in (s, o) if p.endswith(tuple(f"#{name}>" for name in axioms))}
    used |= {p for _, p, _ in triples if "rdf-syntax-ns" not in p}
    undeclared = {t for t in used - declared if t.startswith("<") and not t[1:].startswith(BUILT_IN)}
    assert undeclared == set()


@pytest.mark.parametrize("path", cases("rl"), ids=lambda path: path.stem)
def test_what_the_profile_allows_is_accepted(path: Path) -> None:
    assert violations(triples_of(path)) == []


@pytest.mark.parametrize("path", cases("not_rl"), ids=lambda path: path.stem)
def test_what_breaks_one_rule_is_refused_and_the_message_names_the_term_and_the_rule(path: Path) -> None:
    term, rule = comment(path, "term"), comment(path, "rule")
    found = violations(triples_of(path))
    assert any(message.startswith(term) and rule in message for message in found), found


def test_an_ontology_without_a_header_is_refused() -> None:
    assert violations([]) == ["the document: must have exactly one owl:Ontology with an IRI (Mapping 3.1.2)"]


def test_the_order_of_the_triples_makes_no_difference() -> None:
    triples = triples_of(CORE, HERE / "not_rl" / "two-constructors-in-one-expression.ttl")
    assert violations(triples) == violations(reversed(triples)) != []
