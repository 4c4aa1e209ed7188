"""What every backend can do, and how those that only speak SPARQL do it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from kg.errors import ParseError
from kg.identity import Identity, Joined
from kg.names import key
from kg.periods import shown
from kg.query.catalog import Query
from kg.query.lexer import substitute
from kg.query.params import Bound, Names
from kg.solutions import Answer, Solution
from kg.terms import IRI, KG, RDFS, SKOS, Literal, Quad, Triple, iri, token, with_below


class Source(NamedTuple):
    """Where a claim comes from: its report, and the sentence or the cited fact it rests on.

    `date` is the day the report bears, or as ISO 8601 writes it the month or time in which it was published.
    """

    claim: str
    report: str
    publisher: str | None
    date: str | None
    url: str | None
    sentence: str | None
    start: int | None
    end: int | None
    cites: str | None


class Backend(ABC):
    """A graph that can be asked."""

    @abstractmethod
    def sparql(self, query: str) -> Answer:
        """What any SPARQL 1.1 query gives; ParseError with line and column where it does not parse."""

    def solutions(self, query: Query, bound: Bound) -> Sequence[Solution]:
        """The solutions of a canned query with its parameters bound."""
        try:
            return self.sparql(bound_text(query, bound)).solutions
        except ParseError as error:
            raise ParseError(error.reason, str(query.path), error.line, error.column) from None

    def labels(self, iris: Iterable[str]) -> dict[str, dict[str, str]]:
        """Labels by IRI and language; where a language has several, the first in order."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for some in _batches(iris):
            for row in self.sparql(_LABELS % some).solutions:
                label = row["label"]
                assert isinstance(label, Literal)
                language, text = label.language or "", label.value
                present = found[str(row["thing"])]
                present[language] = min(text, present.get(language, text))
        return found

    def sources(self, claims: Iterable[str]) -> list[Source]:
        """The receipts of claims, with what is known of their reports."""
        return [_source(row) for some in _batches(claims) for row in self.sparql(_SOURCES % some).solutions]

    def report_sources(self, reports: Iterable[str]) -> list[Source]:
        """Reports as their own sources, without a sentence."""
        return [_source(row) for some in _batches(reports) for row in self.sparql(_REPORT_SOURCES % some).solutions]

    def identity(self) -> Identity:
        """What is one, by the judgements of the graph."""
        rows = self.sparql(_JOINED).solutions
        return Identity(
            Joined(
                str(row["judgement"]),
                str(row["member"]),
                str(row["report"]) if "report" in row else None,
                "label" in row,
            )
            for row in rows
        )

    def names(self, identity: Identity | None = None) -> Names:
        """Where names in parameters are looked up; `identity` spares asking for it again."""
        return Names(self.find, self.all_names, (identity or self.identity()).alike)

    def find(self, name: str, kinds: Sequence[str]) -> list[str]:
        """The IRIs of what is called `name`, in any language or as its IRI ends, within classes or schemes."""
        named = self._named(kinds)
        wanted = key(name)
        found = sorted({entity for entity, called in named if key(called) == wanted})
        return preferred(name, found, self.labels) or sorted(
            {entity for entity, _ in named if entity.endswith("/" + name)}
        )

    def all_names(self, kinds: Sequence[str]) -> list[str]:
        """All names of things of the classes or concept schemes `kinds`."""
        return sorted({called for _, called in self._named(kinds)})

    def triples_about(self, claims: Iterable[str]) -> list[Triple]:
        """The triples about claims, their receipts and their amounts."""
        found: list[Triple] = []
        for some in _batches(claims):
            found += self.sparql(_ABOUT % some).triples or ()
        return sorted(set(found))

    def quads(self) -> Iterable[Quad]:
        """Every asserted quad; of a backend that cannot tell its graphs, every triple outside any."""
        found = self.sparql("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples or ()
        return [(*triple, "") for triple in found]

    def graph_quads(self, graph: str) -> Sequence[Quad] | None:
        """The quads of one named graph, None where there is none of that name."""
        return [quad for quad in self.quads() if quad[3] == f"<{graph}>"] or None

    def facts(self, subject: str) -> list[Triple]:
        """The asserted triples about a subject."""
        found = self.sparql(f"CONSTRUCT {{ {token(iri(subject))} ?p ?o }} WHERE {{ {token(iri(subject))} ?p ?o }}")
        return list(found.triples or ())

    def reading(self) -> AbstractContextManager[None]:
        """One state of the graph for all that is read inside, where the backend can give it."""
        return nullcontext()

    def close(self) -> None:  # noqa: B027  # most backends hold nothing open
        """Let go of what is open."""

    def _named(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        allowed = " ".join(token(IRI(kind)) for kind in with_below(kinds))
        only = f"VALUES ?kind {{ {allowed} }} ?thing a|skos:inScheme ?kind ." if allowed else ""
        rows = self.sparql(_NAMES % only).solutions
        return [(str(row["thing"]), row["name"].value) for row in rows if isinstance(row["name"], Literal)]


def preferred(name: str, found: list[str], labels: Callable[[Iterable[str]], dict[str, dict[str, str]]]) -> list[str]:
    """Of several things called `name`: the one whose IRI ends so, else those labelled so, else all of them."""
    if len(found) < 2:
        return found
    wanted = key(name)
    by_path = [iri for iri in found if iri.endswith("/" + name)]
    known = labels(found)
    by_label = [iri for iri in found if any(key(label) == wanted for label in known.get(iri, {}).values())]
    return by_path or by_label or found


def bound_text(query: Query, bound: Bound) -> str:
    """The text of a canned query with its parameters replaced by typed, serialised terms."""
    values = {query.parameters[name].variable: [token(term) for term in terms] for name, terms in bound.items()}
    return substitute(query.text, values)


def _batches(iris: Iterable[str], size: int = 500) -> Iterable[str]:
    """IRIs as the inside of a VALUES block, some hundred at a time."""
    each = sorted(set(iris))
    for start in range(0, len(each), size):
        yield " ".join(token(iri(one)) for one in each[start : start + size])


def _source(row: Solution) -> Source:
    def text(name: str) -> str | None:
        found = row.get(name)
        return found.value if isinstance(found, Literal) else str(found) if found is not None else None

    def number(name: str) -> int | None:
        found = text(name)
        return int(found) if found is not None else None

    return Source(
        claim=str(row["claim"]),
        report=str(row["report"]),
        publisher=text("publisher"),
        date=text("date") or shown(text("from"), text("until")),
        url=text("url"),
        sentence=text("sentence"),
        start=number("start"),
        end=number("end"),
        cites=text("cites"),
    )


_PREFIXES = f"""PREFIX kg: <{KG}>
PREFIX rdfs: <{RDFS}>
PREFIX skos: <{SKOS}>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
"""

_LABELS = _PREFIXES + "SELECT ?thing ?label WHERE { VALUES ?thing { %s } ?thing rdfs:label|skos:prefLabel ?label }"

_NAMES = (
    _PREFIXES
    + """SELECT DISTINCT ?thing ?name WHERE {
  %s
  { ?thing rdfs:label|skos:prefLabel|skos:altLabel ?name }
  UNION { ?mention a kg:Mention ; kg:entity ?thing ; kg:name ?name }
}"""
)

_JOINED = (
    _PREFIXES
    + """SELECT ?judgement ?member ?report ?label WHERE {
  ?judgement a kg:Judgement ; kg:joins ?member .
  OPTIONAL { ?member kg:report ?report }
  OPTIONAL { ?member rdfs:label ?label }
}"""
)

_OF_REPORT = """
  OPTIONAL { ?report kg:publisher ?publisher }
  OPTIONAL { ?report kg:date ?date }
  OPTIONAL { ?report kg:start ?from }
  OPTIONAL { ?report kg:end ?until }
  OPTIONAL { ?report kg:url ?url }
}"""

_SOURCES = (
    _PREFIXES
    + """SELECT DISTINCT ?claim ?report ?publisher ?date ?from ?until ?url ?sentence ?start ?end ?cites WHERE {
  VALUES ?claim { %s }
  ?claim prov:wasDerivedFrom ?receipt .
  {
    ?receipt a kg:Passage ; oa:hasSource ?report ; oa:hasSelector ?quote , ?position .
    ?quote oa:exact ?sentence .
    ?position oa:start ?start ; oa:end ?end .
  } UNION {
    ?receipt a kg:Citation ; kg:report ?report ; kg:cites ?cites .
  }"""
    + _OF_REPORT
)

_REPORT_SOURCES = (
    _PREFIXES
    + """SELECT DISTINCT ?claim ?report ?publisher ?date ?from ?until ?url WHERE {
  VALUES ?report { %s }
  ?report a kg:Report .
  BIND(?report AS ?claim)"""
    + _OF_REPORT
)

_ABOUT = (
    _PREFIXES
    + """CONSTRUCT { ?node ?property ?value } WHERE {
  VALUES ?claim { %s }
  { BIND(?claim AS ?node) } UNION { ?claim kg:amount ?node } UNION { ?claim prov:wasDerivedFrom ?node }
  UNION { ?claim prov:wasDerivedFrom ?receipt . ?receipt oa:hasSelector ?node } UNION { ?claim kg:report ?node }
  ?node ?property ?value
}"""
)
