"""What follows from small graphs in our own vocabulary, and that both engines find the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.reason import closure

Triple = tuple[str, str, str]
Read = Callable[[Path | str], set[Triple]]

HERE = Path(__file__).parent
PREFIXES = """@prefix kg: <https://w3id.org/kabar/ontology#> . @prefix id: <https://w3id.org/kabar/id/> .
    @prefix schema: <https://schema.org/> . @prefix prov: <http://www.w3.org/ns/prov#> ."""


@pytest.mark.parametrize("file", ["investments.ttl", "statements.ttl"])
def test_engines_agree_on_the_ontology_with_data(file: str, ontology_files: Path, read: Read) -> None:
    graph = read(ontology_files / "core.ttl") | read(ontology_files / "vocab" / "mode.ttl") | read(HERE / file)
    assert closure(graph) == closure(graph, engine="owlrl") != set()


def test_ontology_alone_says_nothing_about_individuals_but_its_own(ontology_files: Path, read: Read) -> None:
    graph = read(ontology_files / "core.ttl")
    for path in sorted((ontology_files / "vocab").glob("*.ttl")):
        graph |= read(path)
    assert closure(graph) == closure(graph, engine="owlrl")
    assert {subject for subject, _, _ in closure(graph)} <= {value for _, _, value in graph}


def test_investor_has_invested_in_every_place_around(ontology: set[Triple], read: Read) -> None:
    found = closure(ontology | read(HERE / "investments.ttl"))
    assert (
        read(f"{PREFIXES} id:acme kg:investedIn id:zone , id:district , id:city , id:province , id:bay , id:country .")
        <= found
    )
    assert read(f"{PREFIXES} id:fund kg:investedIn id:province , id:country ; a kg:Entity ; kg:makes id:all .") <= found
    assert not read(f"{PREFIXES} id:fund kg:investedIn id:city .") & found


def test_quotation_and_official_follow(ontology: set[Triple], read: Read) -> None:
    found = closure(ontology | read(HERE / "statements.ttl"))
    assert read(f"{PREFIXES} id:words a kg:Quotation , kg:Statement , kg:Claim , prov:Entity .") <= found
    assert read(f"{PREFIXES} id:ana a kg:Official ; kg:officialOf id:ministry ; kg:said id:words .") <= found
    assert not read(f"{PREFIXES} id:gist a kg:Quotation . id:ministry a kg:Official .") & found


def test_lists_and_restrictions_may_have_iris_for_nodes(ontology: set[Triple], read: Read) -> None:
    graph = ontology | read(HERE / "statements.ttl") | read(HERE / "investments.ttl")
    for prefix in ("urn:node:", "https://example.org/.well-known/genid/"):
        names = {term: f"<{prefix}{term[2:]}>" for triple in graph for term in triple if term.startswith("_:")}
        named = {(names.get(s, s), p, names.get(o, o)) for s, p, o in graph}
        assert closure(named) == closure(graph)


def test_axioms_among_the_data_count(ontology: set[Triple], read: Read) -> None:
    own = read(
        f"""{PREFIXES} @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix : <https://example.org/> .
        :seat owl:propertyChainAxiom ( kg:officialOf :in ) . id:ministry :in id:city ."""
    )
    assert read(f"{PREFIXES} id:ana <https://example.org/seat> id:city .") <= closure(
        ontology | read(HERE / "statements.ttl") | own
    )
