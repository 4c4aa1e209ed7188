"""How much of what a graph holds, and where it is to be had: VoID and DCAT, counted from its quads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, urlsplit

from kg import formats
from kg.graph import Graph
from kg.terms import ID, KG, PREFIXES, RDF_TYPE, SKOS, XSD, Quad, Token, Triple, literal, shorten, token

VOID = "http://rdfs.org/ns/void#"
VOID_EXT = "http://ldf.fi/void-ext#"
DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = PREFIXES["dcterms"]
FOAF = "http://xmlns.com/foaf/0.1/"
FORMATS = "http://www.w3.org/ns/formats/"
TYPE = RDF_TYPE[1:-1]
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

FORMAT_NAMES = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
"""Syntaxes by the names of https://www.w3.org/ns/formats/."""

DUMPS = ("trig", "nquads", "jsonld")
"""Syntaxes in which the store gives the whole graph, its named graphs kept."""

_SHOWN = tuple(f"<{KG}{name}>" for name in ("Person", "Company", "Event", "Place", "Report"))
"""Classes of which an instance is named as an example of what there is."""

_TITLE = {"en": "Claims of news reports", "id": "Klaim dari laporan berita", "zh": "新闻报道中的陈述"}
_ABOUT = "What news reports say about economic cooperation, each claim with the sentence or the citation that says so."

Fact = tuple[str, Token]
"""The IRI of a property, and a value."""


class Counts:
    """What is counted in a graph: each triple once, in whichever named graphs it stands."""

    def __init__(self) -> None:
        self.graphs: Counter[str] = Counter()
        self.subjects: set[Token] = set()
        self.properties: Counter[Token] = Counter()
        self.classes: Counter[Token] = Counter()
        self.class_properties: Counter[tuple[Token, Token]] = Counter()
        self.class_property_objects: Counter[tuple[Token, Token, str, Token]] = Counter()
        self.first: dict[Token, Token] = {}
        self.links: Counter[str] = Counter()

    @property
    def triples(self) -> int:
        """How many triples there are in the union of all graphs."""
        return self.properties.total()

    def add(self, quads: Iterable[Quad], types: Mapping[Token, set[Token]]) -> None:
        """Count quads; `types` gives the classes of each subject."""
        seen: set[int] = set()
        for s, p, o, graph in quads:
            self.graphs[graph[1:-1]] += 1
            number = hash((s, p, o))  # the triples themselves would take more memory than a worker has
            if number not in seen:
                seen.add(number)
                self._triple(s, p, o, types)
        for subject, classes in types.items():
            for kind in classes:
                self.classes[kind] += 1
                self.first[kind] = min(subject, self.first.get(kind, subject))

    def _triple(self, s: Token, p: Token, o: Token, types: Mapping[Token, set[Token]]) -> None:
        self.subjects.add(s)
        self.properties[p] += 1
        for kind in types.get(s, ()):
            self.class_properties[kind, p] += 1
            for what, of in _kinds(o, types):
                self.class_property_objects[kind, p, what, of] += 1
        if p == f"<{SKOS}exactMatch>" and o.startswith(("<http://", "<https://")):
            parts = urlsplit(o[1:-1])
            self.links[f"{parts.scheme}://{parts.netloc}/"] += 1


def count(graph: Graph) -> Counts:
    """Count what a graph asserts. It is read twice: first for the classes, then for all else."""
    counted = Counts()
    types: dict[Token, set[Token]] = defaultdict(set)
    with graph.backend.reading():
        for s, p, o, _ in graph.backend.quads():
            if p == RDF_TYPE and o.startswith("<"):
                types[s].add(o)
        counted.add(graph.backend.quads(), types)
    return counted


def _kinds(value: Token, types: Mapping[Token, set[Token]]) -> Iterable[tuple[str, Token]]:
    """What a value is: an instance of classes, or a literal of a datatype."""
    if not value.startswith('"'):
        return [("class", kind) for kind in types.get(value, ())]
    tail = value[value.rindex('"') + 1 :]
    if not tail:
        return [("datatype", f"<{XSD}string>")]
    return [("datatype", tail[2:] if tail.startswith("^^") else f"<{PREFIXES['rdf']}langString>")]


def void(base: str, counted: Counts, licence: str | None = None) -> list[Triple]:
    """The statistics of the graph served at `base` (VoID), and where it is to be had (DCAT 3).

    `licence` is the IRI of the licence of the data, where it has one.
    """
    home = f"{base}/.well-known/void"
    dataset = f"{home}#dataset"
    return [
        *facts(home, [(TYPE, name_in(VOID, "DatasetDescription")), (FOAF + "primaryTopic", f"<{dataset}>")]),
        *facts(dataset, [*_dataset(base, licence), *_statistics(counted)]),
        *_catalogued(base),
        *_partitions(dataset, f"{home}#", counted),
        *_linksets(dataset, f"{home}#", counted),
    ]


def _dataset(base: str, licence: str | None) -> Iterator[Fact]:
    """What the dataset is, and where it is to be had."""
    yield TYPE, name_in(VOID, "Dataset")
    yield TYPE, name_in(DCAT, "Dataset")
    yield from ((DCTERMS + "title", token(literal(text, tag))) for tag, text in _TITLE.items())
    yield DCTERMS + "description", token(literal(_ABOUT, "en"))
    if licence:
        yield DCTERMS + "license", f"<{licence}>"
    yield DCAT + "landingPage", f"<{base}/>"
    yield VOID + "sparqlEndpoint", f"<{base}/sparql>"
    yield VOID + "uriSpace", token(literal(ID))
    yield VOID + "dataDump", f"<{base}/store>"
    for syntax in DUMPS:
        yield VOID + "feature", name_in(FORMATS, FORMAT_NAMES[syntax])
        yield DCAT + "distribution", f"<{base}/.well-known/void#{syntax}>"


def _catalogued(base: str) -> Iterator[Triple]:
    """The ways to get the dataset: one distribution a syntax, and the endpoint."""
    home = f"{base}/.well-known/void#"
    for syntax in DUMPS:
        yield from facts(
            home + syntax,
            [
                (TYPE, name_in(DCAT, "Distribution")),
                (DCAT + "accessURL", f"<{base}/store>"),
                (DCAT + "downloadURL", f"<{base}/store>"),
                (DCAT + "mediaType", name_in(_MEDIA_TYPES, formats.FORMATS[syntax].media_type)),
                (DCAT + "accessService", f"<{base}/sparql#service>"),
            ],
        )
    yield from facts(
        f"{base}/sparql#service",
        [
            (TYPE, name_in(DCAT, "DataService")),
            (DCTERMS + "title", token(literal("SPARQL", "en"))),
            (DCTERMS + "conformsTo", "<http://www.w3.org/TR/sparql11-protocol/>"),
            (DCAT + "endpointURL", f"<{base}/sparql>"),
            (DCAT + "endpointDescription", f"<{base}/sparql>"),
            (DCAT + "servesDataset", f"<{home}dataset>"),
        ],
    )


def _statistics(counted: Counts) -> Iterator[Fact]:
    """Counts of the whole, the vocabularies used, and an instance of each class that people look for."""
    yield VOID + "triples", number(counted.triples)
    yield VOID + "entities", number(sum(subject.startswith(f"<{ID}") for subject in counted.subjects))
    yield VOID + "distinctSubjects", number(len(counted.subjects))
    yield VOID + "properties", number(len(counted.properties))
    yield VOID + "classes", number(len(counted.classes))
    used = {_namespace(name[1:-1]) for name in (*counted.properties, *counted.classes)}
    yield from ((VOID + "vocabulary", f"<{namespace}>") for namespace in sorted(used))
    yield from ((VOID + "exampleResource", counted.first[kind]) for kind in _SHOWN if kind in counted.first)


def _partitions(dataset: str, home: str, counted: Counts) -> Iterator[Triple]:
    """Properties, classes, the properties of each class, and the classes or datatypes of their values.

    Tools that help with queries read this shape: https://github.com/sib-swiss/void-generator.
    """
    for name, triples in counted.properties.items():
        node = f"{home}property-{_local(name)}"
        yield from facts(dataset, [(VOID + "propertyPartition", f"<{node}>")])
        yield from facts(node, [(VOID + "property", name), (VOID + "triples", number(triples))])
    for kind, entities in counted.classes.items():
        node = f"{home}class-{_local(kind)}"
        yield from facts(dataset, [(VOID + "classPartition", f"<{node}>")])
        yield from facts(node, [(VOID + "class", kind), (VOID + "entities", number(entities))])
    for (kind, name), triples in counted.class_properties.items():
        node = f"{home}class-{_local(kind)}/property-{_local(name)}"
        yield from facts(f"{home}class-{_local(kind)}", [(VOID + "propertyPartition", f"<{node}>")])
        yield from facts(node, [(VOID + "property", name), (VOID + "triples", number(triples))])
    for (kind, name, what, of), triples in counted.class_property_objects.items():
        within = f"{home}class-{_local(kind)}/property-{_local(name)}"
        node = f"{within}/{what}-{_local(of)}"
        space = VOID if what == "class" else VOID_EXT
        yield from facts(within, [(f"{space}{what}Partition", f"<{node}>")])
        yield from facts(node, [(space + what, of), (VOID + "triples", number(triples))])


def _linksets(dataset: str, home: str, counted: Counts) -> Iterator[Triple]:
    """The links to other datasets, by the host they lie on."""
    for space, triples in counted.links.items():
        node, target = f"{home}links-{quote(space, safe='')}", f"{home}target-{quote(space, safe='')}"
        yield from facts(dataset, [(VOID + "subset", f"<{node}>")])
        yield from facts(
            node,
            [
                (TYPE, name_in(VOID, "Linkset")),
                (VOID + "linkPredicate", name_in(SKOS, "exactMatch")),
                (VOID + "subjectsTarget", f"<{dataset}>"),
                (VOID + "objectsTarget", f"<{target}>"),
                (VOID + "triples", number(triples)),
            ],
        )
        yield from facts(target, [(TYPE, name_in(VOID, "Dataset")), (VOID + "uriSpace", token(literal(space)))])


# ---- tokens -------------------------------------------------------------------------------------------


def facts(subject: str, stated: Iterable[Fact]) -> Iterator[Triple]:
    """Triples that state these facts of a subject, which is an IRI."""
    for predicate, value in stated:
        yield f"<{subject}>", f"<{predicate}>", value


def name_in(namespace: str, local: str) -> Token:
    """The token of a name in a namespace."""
    return f"<{namespace}{local}>"


def number(value: int) -> Token:
    """The token of a whole number."""
    return token(literal(str(value), datatype=XSD + "integer"))


def _namespace(name: str) -> str:
    """An IRI up to its last `#` or `/`."""
    return name[: max(name.rfind("#"), name.rfind("/")) + 1] or name


def _local(name: Token) -> str:
    """A term as part of a name: `kg-Person` for what has a prefix, else its IRI, percent-encoded."""
    iri = name[1:-1]
    short = shorten(iri)
    return quote(iri if short == iri else short.replace(":", "-", 1), safe="")
