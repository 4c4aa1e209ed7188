"""What an endpoint says of itself in RDF: its service description, its prefixes, its examples and its statistics.

Everything is a list of triples of tokens without blank nodes; nodes that need a name get one below the address served.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from kg.backends.base import bound_text
from kg.errors import InputError
from kg.graph import Graph
from kg.query.catalog import Parameter, Query
from kg.query.params import Bound, Names, bind
from kg.schema import SH
from kg.serve import media
from kg.serve.void import FORMAT_NAMES, FORMATS, TYPE, VOID, Counts, Fact, count, facts, name_in, number, void
from kg.terms import PREFIXES, RDFS, SCHEMA, SKOS, XSD, Token, Triple, literal, token

SD = "http://www.w3.org/ns/sparql-service-description#"


def document(
    base: str,
    graph: Graph,
    queries: Iterable[Query],
    write: bool,
    counted: Counts | None = None,
    licence: str | None = None,
) -> list[Triple]:
    """All that the endpoint at `base`/sparql says of itself, for a request to it without a query; sorted.

    Tools look for prefixes, statistics and examples in the default graph and then here, so all are here.
    Counting reads the whole graph: give what was `counted`, or keep the answer while the graph stays as it is.
    """
    endpoint = f"{base}/sparql"
    with graph.backend.reading():
        counted = counted or count(graph)
        shown = examples(queries, endpoint, graph.backend.names())
    graphs = {name: triples for name, triples in counted.graphs.items() if name}
    described = service(endpoint, graphs, write, counted.triples)
    return sorted({*described, *prefixes(endpoint), *void(base, counted, licence), *shown})


def service(endpoint: str, graphs: Mapping[str, int], write: bool, total: int) -> list[Triple]:
    """The description of the endpoint (SPARQL 1.1 Service Description).

    `graphs` gives the triples of each named graph by its IRI, `total` those of the default graph, which is
    the union of them. Federated queries are not among the features: nothing is fetched.
    """
    dataset, default = f"{endpoint}#dataset", f"{endpoint}#default-graph"
    languages = ["SPARQL11Query", *(["SPARQL11Update"] if write else [])]
    syntaxes = [*(f"SPARQL_Results_{name.upper()}" for name in media.ROWS), *map(FORMAT_NAMES.get, media.GRAPHS)]
    named = {name: _named_graph(endpoint, name) for name in sorted(graphs)}
    described = [
        (TYPE, name_in(SD, "Service")),
        (SD + "endpoint", f"<{endpoint}>"),
        *((SD + "supportedLanguage", name_in(SD, language)) for language in languages),
        *((SD + "resultFormat", name_in(FORMATS, syntax)) for syntax in syntaxes if syntax),
        (SD + "feature", name_in(SD, "UnionDefaultGraph")),
        (SD + "defaultDataset", f"<{dataset}>"),
    ]
    triples = [
        *facts(f"{endpoint}#service", described),
        *facts(dataset, [(TYPE, name_in(SD, "Dataset")), (SD + "defaultGraph", f"<{default}>")]),
        *facts(dataset, [(SD + "namedGraph", f"<{node}>") for node, _ in named.values()]),
        *_sized(default, total),
    ]
    for name, (node, graph) in named.items():
        triples += facts(node, [(TYPE, name_in(SD, "NamedGraph")), (SD + "name", f"<{name}>")])
        triples += [*facts(node, [(SD + "graph", f"<{graph}>")]), *_sized(graph, graphs[name])]
    return triples


def _named_graph(endpoint: str, name: str) -> tuple[str, str]:
    """Names for a named graph of the dataset, and for the graph that it names."""
    return f"{endpoint}#named-{quote(name, safe='')}", f"{endpoint}#graph-{quote(name, safe='')}"


def _sized(graph: str, triples: int) -> Iterator[Triple]:
    return facts(graph, [(TYPE, name_in(SD, "Graph")), (VOID + "triples", number(triples))])


def prefixes(endpoint: str) -> list[Triple]:
    """The prefixes that queries need not declare, as SHACL declares them (SHACL, section 5.2.1)."""
    home = f"{_examples(endpoint)}prefixes"
    triples: list[Triple] = []
    for name, base in PREFIXES.items():
        node = f"{home}#{name}"
        triples += facts(home, [(SH + "declare", f"<{node}>")])
        triples += facts(node, [(SH + "prefix", token(literal(name))), (SH + "namespace", _typed(base, "anyURI"))])
    return triples


def examples(queries: Iterable[Query], endpoint: str, names: Names) -> list[Triple]:
    """Each canned query with its first example, as https://github.com/sib-swiss/sparql-examples describes queries.

    An example that names what the graph does not know is shown without its parameters.
    """
    return [triple for query in queries for triple in _example(query, endpoint, _bound(query, names))]


def _examples(endpoint: str) -> str:
    return f"{endpoint}/.well-known/sparql-examples/"


def _bound(query: Query, names: Names) -> Bound:
    if not query.examples:
        return {}
    try:
        return bind(query, query.examples[0], names)
    except InputError:  # an example for the graph that ships, and this graph is another
        return {}


def _example(query: Query, endpoint: str, bound: Bound) -> Iterator[Triple]:
    home = _examples(endpoint)
    others = [literal(text, tag) for tag, text in query.question.items() if tag != "en"]
    text = "".join(line for line in bound_text(query, bound).splitlines(keepends=True) if not line.startswith("#"))
    yield from facts(
        home + query.name,
        [
            (TYPE, name_in(SH, "SPARQLExecutable")),
            (TYPE, name_in(SH, "SPARQLSelectExecutable")),
            *((RDFS + "label", token(literal(title, tag))) for tag, title in query.title.items()),
            # One comment alone: tools show a row for each language of it.
            (RDFS + "comment", token(literal(query.question["en"], "en"))),
            *((SKOS + "altLabel", token(other)) for other in others),
            *((SCHEMA + "keywords", token(literal(tag))) for tag in query.tags),
            (SCHEMA + "target", f"<{endpoint}>"),
            (SH + "prefixes", f"<{home}prefixes>"),
            *((SH + "parameter", f"<{home}{query.name}#{name}>") for name in query.parameters),
            (SH + "select", token(literal(text.strip() + "\n"))),
        ],
    )
    for parameter in query.parameters.values():
        default = [(SH + "defaultValue", token(value)) for value in bound.get(parameter.name, ())]
        yield from facts(f"{home}{query.name}#{parameter.name}", [*_parameter(parameter, home), *default])


def _parameter(parameter: Parameter, home: str) -> Iterator[Fact]:
    yield TYPE, name_in(SH, "Parameter")
    yield SH + "path", f"<{home}parameter/{parameter.name}>"
    yield SH + "name", token(literal(parameter.name, "en"))
    yield SH + "description", token(literal(parameter.help, "en"))
    if parameter.type in ("date", "integer", "text"):
        yield SH + "datatype", name_in(XSD, "string" if parameter.type == "text" else parameter.type)
    else:
        kinds = {"concept": (SKOS + "Concept",), "class": (RDFS + "Class",)}.get(parameter.type, parameter.classes)
        yield from ((SH + "class", f"<{kind}>") for kind in kinds)
    yield SH + "optional", _typed(str(not parameter.required).lower(), "boolean")
    if not parameter.many:
        yield SH + "maxCount", number(1)


def _typed(value: str, datatype: str) -> Token:
    return token(literal(value, datatype=XSD + datatype))
