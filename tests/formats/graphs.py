"""Random graphs whose terms are as unusual as RDF allows, and the graph that ships."""

from __future__ import annotations

from hypothesis import strategies as st

from kg.terms import GRAPH_SHARED, ID, IRI, KG, RDF, RDFS, XSD, Literal, Quad, token

_CHARACTERS = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(list("\"'\\<>&;@^.:_- #%,=(){}[]|`~\t\n\r\f\b\x00\x7f\x85\u2028\ufeff\ufffe\ue000中é")),
    st.sampled_from(["]]>", "<!--", '"""', "'''", "<<(", "\r\n", " .", "\\u0041", "@en", "^^<x:y>", "=HYPERLINK(1)"]),
)
_WORDS = st.lists(_CHARACTERS, max_size=12).map("".join)
_XML_WORDS = _WORDS.map(
    lambda text: "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
)
_LANGUAGES = st.sampled_from(
    ["en", "id", "zh", "zh-hant-tw", "en-gb-oxendict", "de-ch-1996", "x-own", "sl-rozaj-biske"]
)
_TYPED = st.sampled_from(
    [
        ("integer", "01"), ("integer", "-0"), ("decimal", "2.50"), ("decimal", "+2."), ("double", "1e0"),
        ("boolean", "1"), ("date", "2021-12-07Z"), ("gYear", "1997"), ("integer", "not a number"), ("anyURI", "a b"),
        ("string", ""), ("dateTime", "2021-12-06T24:00:00"),
    ]
)  # fmt: skip
_PATHS = [
    "a",
    "é投资",
    "a%20b",
    "a.b",
    "a..",
    "x/y",
    "q?x=1&y='2'",
    "a(b)",
    "a,b;c",
    "a~b!$*+",
    "-",
    "_",
    "1",
    "%41b",
    "",
]
_BASES = ["http://example.org/", "https://例え.example/ns#", "urn:x:", "http://[2001:db8::1]:80/", "tag:example,2026:"]
_NAMES = ["p", "has-part", "v1.2", "_x", "投资", "Ünder", "type"]

_IRIS = st.builds(lambda base, path: IRI(base + path), st.sampled_from(_BASES), st.sampled_from(_PATHS))
_PREDICATES = st.one_of(
    st.builds(lambda base, name: IRI(base + name), st.sampled_from(_BASES), st.sampled_from(_NAMES)),
    st.sampled_from([IRI(RDF + "type"), IRI(RDFS + "label"), IRI(KG + "report"), IRI(RDF + "_1")]),
)


def _literals(words: st.SearchStrategy[str]) -> st.SearchStrategy[Literal]:
    return st.one_of(
        words.map(Literal),
        st.builds(lambda text, tag: Literal(text, RDF + "langString", tag), words, _LANGUAGES),
        _TYPED.map(lambda typed: Literal(typed[1], XSD + typed[0])),
        st.builds(lambda text, kind: Literal(text, kind), words, _IRIS),
    )


def _graphs(words: st.SearchStrategy[str], predicates: st.SearchStrategy[IRI]) -> st.SearchStrategy[list[Quad]]:
    names = st.sampled_from(["", f"<{GRAPH_SHARED}>", f"<{ID}graph/report/x>", "<urn:x:g>"])
    quads = st.tuples(
        _IRIS.map(token), predicates.map(token), st.one_of(_IRIS, _literals(words)).map(token), names
    )  # fmt: skip
    return st.lists(quads, max_size=12)


hostile = _graphs(_WORDS, st.one_of(_PREDICATES, _IRIS))
"""Graphs that every syntax but RDF/XML can write."""

for_xml = _graphs(_XML_WORDS, _PREDICATES)
"""Graphs that RDF/XML can write too: no control characters, and predicates that are names of XML."""
