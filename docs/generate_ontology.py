"""Writes docs/ontology.md, the reference of classes, properties and concepts, from the files in ontology/.

python docs/generate_ontology.py            write the page
python docs/generate_ontology.py --check    exit with 1 when the page is not what the files give
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph

ROOT = Path(__file__).parents[1]
ONTOLOGY = ROOT / "ontology"
PAGE = ROOT / "docs" / "ontology.md"

KG = "https://w3id.org/kabar/ontology#"
ID = "https://w3id.org/kabar/id/"
OWL, SH = "http://www.w3.org/2002/07/owl#", "http://www.w3.org/ns/shacl#"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
SKOS, XSD = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2001/XMLSchema#"
PREFIXES = {
    "kg": KG,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
}
LANGUAGES = {"en": "English", "id": "Indonesian", "zh": "Chinese"}
PROPERTY_KINDS = {OWL + "ObjectProperty": "object property", OWL + "DatatypeProperty": "data property"}
LIMITS = {
    "minInclusive": "at least {}",
    "maxInclusive": "at most {}",
    "pattern": "matches `{}`",
    "lessThan": "less than {}",
    "lessThanOrEquals": "not more than {}",
}

Value = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


class Graph:
    """The triples of some Turtle files, in the order in which they stand there."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.values: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
        for path in paths:
            for triple in pyoxigraph.parse(path=path, rename_blank_nodes=True):
                self.values[key(triple.subject)][triple.predicate.value].append(triple.object)

    def all(self, subject: str, predicate: str) -> list[str]:
        """The values of a property, as addresses, blank node names or plain text."""
        return [key(value) for value in self.values[subject].get(predicate, [])]

    def one(self, subject: str, predicate: str) -> str:
        """The value of a property, or nothing."""
        return next(iter(self.all(subject, predicate)), "")

    def words(self, subject: str, predicate: str, language: str) -> str:
        """The text of a property in a language."""
        texts = self.values[subject].get(predicate, [])
        return next((t.value for t in texts if isinstance(t, pyoxigraph.Literal) and t.language == language), "")

    def items(self, head: str) -> list[str]:
        """The members of a list."""
        found = []
        while head != RDF + "nil":
            found.append(self.one(head, RDF + "first"))
            head = self.one(head, RDF + "rest")
        return found

    def of_type(self, *types: str) -> list[str]:
        """The named subjects of these types, in the order of the files."""
        return [s for s in list(self.values) if not s.startswith("_:") and set(types) & set(self.all(s, RDF + "type"))]


def key(value: Value) -> str:
    """An address or a literal as its text, a blank node by its name."""
    if isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return value.value
    return str(value)


def short(iri: str) -> str:
    """An address with its prefix."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def link(iri: str) -> str:
    """A term, linked to its entry when it is one of ours."""
    if iri.startswith(KG):
        name = iri.removeprefix(KG)
        return f"[`kg:{name}`](#{'class' if name[0].isupper() else 'property'}-{name})"
    if iri == SKOS + "Concept":
        return "[`skos:Concept`](#concepts)"
    if iri.startswith(ID):
        return f"[`{iri.removeprefix(ID)}`](#scheme-{iri.removeprefix(ID).split('/')[0]})"
    return f"`{short(iri)}`"


def links(iris: Iterable[str]) -> str:
    """Terms, linked and joined by commas."""
    return ", ".join(link(iri) for iri in iris)


def row(*cells: str) -> str:
    """A line of a table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def anchor(kind: str, iri: str) -> list[str]:
    """The heading of a term, with an anchor that tells kg:Report from kg:report."""
    return [f'<a id="{kind}-{iri.removeprefix(KG)}"></a>', "", f"### kg:{iri.removeprefix(KG)}", ""]


def in_three_languages(graph: Graph, iri: str) -> list[str]:
    """The table of labels and definitions."""
    lines = [row("language", "label", "definition"), row("---", "---", "---")]
    for tag, language in LANGUAGES.items():
        lines.append(row(language, graph.words(iri, RDFS + "label", tag), graph.words(iri, RDFS + "comment", tag)))
    return [*lines, ""]


class Reference:
    """The page, section by section."""

    def __init__(self) -> None:
        self.core = Graph([ONTOLOGY / "core.ttl"])
        self.vocab = Graph(sorted((ONTOLOGY / "vocab").glob("*.ttl")))
        self.shapes = Graph(sorted((ONTOLOGY / "shapes").glob("*.ttl")))
        self.shape_of = {self.shapes.one(s, SH + "targetClass"): s for s in self.shapes.of_type(SH + "NodeShape")}
        self.classes = [iri for iri in self.core.of_type(OWL + "Class") if iri.startswith(KG)]
        self.properties = [iri for iri in self.core.of_type(*PROPERTY_KINDS) if iri.startswith(KG)]

    def page(self) -> str:
        """The whole page."""
        parts = [self.head(), self.diagram(), self.class_section(), self.property_section(), self.concept_section()]
        return "\n".join(line for part in parts for line in part).rstrip() + "\n"

    def head(self) -> Iterator[str]:
        """Title, namespace, numbers and lists of terms."""
        header = self.core.of_type(OWL + "Ontology")[0]
        schemes = self.vocab.of_type(SKOS + "ConceptScheme")
        yield from ["<!-- Generated by docs/generate_ontology.py. Edit ontology/ and run it again. -->", ""]
        yield from ["# Ontology reference", "", self.core.words(header, RDFS + "comment", "en"), ""]
        yield from [f"- Namespace: `{KG}`, prefix `kg:`; resources under `{ID}`"]
        yield from [f"- Version: {self.core.one(header, OWL + 'versionInfo')}; profile: OWL 2 RL"]
        yield from [f"- {len(self.classes)} classes, {len(self.properties)} properties, {len(schemes)} concept schemes"]
        yield from ["- How terms are named, added and changed: [ontology/README.md](../ontology/README.md)", ""]
        yield from ["**Classes**: " + links(self.classes), "", "**Properties**: " + links(self.properties), ""]

    def diagram(self) -> Iterator[str]:
        """Our classes, what is above what, and the object properties between them."""
        yield from ["## Diagram", "", "Dotted arrows are inferred.", "", "```mermaid", "classDiagram"]
        for iri in self.classes:
            for above in self.core.all(iri, RDFS + "subClassOf"):
                if above.startswith(KG):
                    yield f"  {above.removeprefix(KG)} <|-- {iri.removeprefix(KG)}"
        for iri in self.properties:
            inverse = self.core.one(iri, OWL + "inverseOf")
            start = self.core.one(iri, RDFS + "domain") or self.core.one(inverse, RDFS + "range")
            end = self.core.one(iri, RDFS + "range") or self.core.one(inverse, RDFS + "domain")
            if start.startswith(KG) and end.startswith(KG):
                arrow = "..>" if inverse else "-->"
                yield f"  {start.removeprefix(KG)} {arrow} {end.removeprefix(KG)} : {iri.removeprefix(KG)}"
        yield from ["```", ""]

    def class_section(self) -> Iterator[str]:
        """One entry a class."""
        yield from ["## Classes", ""]
        for iri in self.classes:
            yield from anchor("class", iri)
            yield from in_three_languages(self.core, iri)
            above = self.core.all(iri, RDFS + "subClassOf")
            below = [other for other in self.classes if iri in self.core.all(other, RDFS + "subClassOf")]
            facts = [
                ("Subclass of", links(above)),
                ("Superclass of", links(below)),
                ("Follows from", self.conditions(iri)),
            ]
            yield from [f"- {what}: {value}" for what, value in facts if value]
            yield ""
            yield from self.shape_table(iri)

        for iri in sorted(set(self.shape_of) - set(self.classes)):
            comment = self.shapes.words(self.shape_of[iri], RDFS + "comment", "en")
            yield from [f"### {short(iri)}", "", comment, ""]
            yield from self.shape_table(iri)

    def conditions(self, iri: str) -> str:
        """The values from which membership in a class follows."""
        found = []
        for node in list(self.core.values):
            if node.startswith("_:") and iri in self.core.all(node, RDFS + "subClassOf"):
                prop, value = self.core.one(node, OWL + "onProperty"), self.core.one(node, OWL + "hasValue")
                found.append(f"{link(prop)} {link(value)}")
        found += [
            f"having {link(p)}"
            for p in self.properties
            if iri in self.core.all(p, RDFS + "domain") and self.inferred(p)
        ]
        return "; ".join(found)

    def inferred(self, iri: str) -> bool:
        """Whether a property holds by inference only: as an inverse or by a chain."""
        return bool(self.core.all(iri, OWL + "inverseOf") or self.core.all(iri, OWL + "propertyChainAxiom"))

    def shape_table(self, iri: str) -> Iterator[str]:
        """What the shape of a class says of its properties."""
        shape = self.shape_of.get(iri)
        inherited = [above for above in self.above(iri) if above in self.shape_of]
        if shape:
            yield from [row("property", "how many", "values", "limits"), row("---", "---", "---", "---")]
            for node in self.shapes.all(shape, SH + "property"):
                yield row(
                    link(self.shapes.one(node, SH + "path")), self.count(node), self.kind(node), self.limits(node)
                )
            yield ""
        if inherited:
            yield from [f"And what is said of {links(inherited)}.", ""]

    def above(self, iri: str) -> list[str]:
        """The classes of ours above one, nearest first."""
        found: list[str] = []
        for above in self.core.all(iri, RDFS + "subClassOf"):
            if above.startswith(KG):
                found += [above, *self.above(above)]
        return list(dict.fromkeys(found))

    def count(self, node: str) -> str:
        """How many values a property has."""
        low, high = self.shapes.one(node, SH + "minCount") or "0", self.shapes.one(node, SH + "maxCount") or "*"
        return low if low == high else f"{low}..{high}"

    def kind(self, node: str) -> str:
        """What the values of a property are."""
        found = self.shapes.one(node, SH + "class") or self.shapes.one(node, SH + "datatype")
        return link(found) if found else "any IRI"

    def limits(self, node: str) -> str:
        """What else holds of the values of a property."""
        found = []
        for name, wording in LIMITS.items():
            for value in self.shapes.all(node, SH + name):
                found.append(wording.format(link(value) if value.startswith("http") else value))
        if self.shapes.one(node, SH + "in"):
            found.append(
                "one of " + ", ".join(f"`{item}`" for item in self.shapes.items(self.shapes.one(node, SH + "in")))
            )
        if self.shapes.one(node, SH + "minLength"):
            found.append("not empty")
        if self.shapes.one(node, SH + "uniqueLang"):
            found.append("one a language")
        return "; ".join(found)

    def property_section(self) -> Iterator[str]:
        """One entry a property."""
        yield from ["## Properties", ""]
        for iri in self.properties:
            yield from anchor("property", iri)
            yield from in_three_languages(self.core, iri)
            kind = next(PROPERTY_KINDS[t] for t in self.core.all(iri, RDF + "type") if t in PROPERTY_KINDS)
            chains = [
                " then ".join(map(link, self.core.items(head)))
                for head in self.core.all(iri, OWL + "propertyChainAxiom")
            ]
            facts = [
                ("Kind", kind + (", inferred" if self.inferred(iri) else "")),
                ("Domain", links(self.core.all(iri, RDFS + "domain"))),
                ("Range", links(self.core.all(iri, RDFS + "range"))),
                ("Subproperty of", links(self.core.all(iri, RDFS + "subPropertyOf"))),
                ("Inverse of", links(self.core.all(iri, OWL + "inverseOf"))),
                ("Inverse", links(p for p in self.properties if iri in self.core.all(p, OWL + "inverseOf"))),
                ("Follows from", "; ".join(chains)),
                ("In the shapes of", links(self.used_by(iri))),
            ]
            yield from [f"- {what}: {value}" for what, value in facts if value]
            yield ""

    def used_by(self, iri: str) -> list[str]:
        """The classes whose shapes speak of a property."""
        paths = {
            c: [self.shapes.one(n, SH + "path") for n in self.shapes.all(s, SH + "property")]
            for c, s in self.shape_of.items()
        }
        return [c for c in self.classes if iri in paths.get(c, [])]

    def concept_cell(self, iri: str, tag: str) -> str:
        """The label of a concept and what it means, in one language."""
        return (
            f"**{self.vocab.words(iri, SKOS + 'prefLabel', tag)}**: {self.vocab.words(iri, SKOS + 'definition', tag)}"
        )

    def concept_section(self) -> Iterator[str]:
        """One table a scheme, label and definition in each language."""
        yield from ["## Concepts", ""]
        for scheme in self.vocab.of_type(SKOS + "ConceptScheme"):
            name = scheme.removeprefix(ID)
            yield from [f'<a id="scheme-{name}"></a>', "", f"### {name}", ""]
            yield from [row("concept", *LANGUAGES.values()), row("---", "---", "---", "---")]
            concepts = [
                c for c in self.vocab.of_type(SKOS + "Concept") if scheme in self.vocab.all(c, SKOS + "inScheme")
            ]
            for iri in [scheme, *concepts]:
                cells = [self.concept_cell(iri, tag) for tag in LANGUAGES]
                yield row(f"`{iri.removeprefix(ID)}`" + (" (the scheme)" if iri == scheme else ""), *cells)
            yield ""


def main(arguments: list[str]) -> int:
    """Write the page, or say whether it is up to date."""
    page = Reference().page()
    if arguments == ["--check"]:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != page:
            print("docs/ontology.md is out of date: run python docs/generate_ontology.py", file=sys.stderr)
        return int(current != page)
    if arguments:
        print("usage: python docs/generate_ontology.py [--check]", file=sys.stderr)
        return 2
    PAGE.write_text(page, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
