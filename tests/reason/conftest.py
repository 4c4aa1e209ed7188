"""What the reasoning tests share: reading Turtle as triples of tokens, and where the files are.

Graphs are small files beside the tests, because the reference engine is slow. A case in `cases/` is named after the
W3C rule that it shows; its `# expect:` lines are the whole closure.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

Triple = tuple[str, str, str]


@pytest.fixture(scope="session")
def ontology_files() -> Path:
    """The folder of the ontology that ships."""
    return Path(__file__).parents[2] / "ontology"


@pytest.fixture(scope="session")
def read() -> Callable[[Path | str], set[Triple]]:
    """Reads a Turtle file, or Turtle text, as triples of N-Triples tokens."""

    def read_turtle(source: Path | str) -> set[Triple]:
        text = source.read_text(encoding="utf-8") if isinstance(source, Path) else source
        quads = parse(text, format=RdfFormat.TURTLE, base_iri="https://example.org/")
        return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}

    return read_turtle


@pytest.fixture(scope="session")
def ontology(ontology_files: Path, read: Callable[[Path | str], set[Triple]]) -> set[Triple]:
    """The axioms of the ontology that ships, without labels and comments, which no rule looks at."""
    words = ("<http://www.w3.org/2000/01/rdf-schema#label>", "<http://www.w3.org/2000/01/rdf-schema#comment>")
    return {triple for triple in read(ontology_files / "core.ttl") if triple[1] not in words}
