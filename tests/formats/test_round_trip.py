"""What goes out comes back the same, in every syntax; and the same graph is the same bytes on every run."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys

import pytest
import rdflib
from formats.graphs import for_xml, hostile
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import formats
from kg.errors import DataError
from kg.terms import IRI, RDF, XSD, Literal, Quad, term, token

KEEPING = [name for name, found in formats.FORMATS.items() if found.keeps_graphs]
FLAT = [name for name, found in formats.FORMATS.items() if not found.keeps_graphs]
S, P = "<http://example.org/s>", "<http://example.org/p>"


def written(quads: list[Quad], name: str) -> bytes:
    return b"".join(formats.serialise(quads, formats.FORMATS[name]))


def read(data: bytes, name: str) -> list[Quad]:
    return formats.parse(data, formats.FORMATS[name], "test")


def flat(quads: list[Quad]) -> list[Quad]:
    return sorted({(s, p, o, formats.DEFAULT_GRAPH) for s, p, o, _ in quads})


def assert_returns(quads: list[Quad], name: str) -> None:
    data = written(quads, name)
    assert data == written(list(reversed(quads)), name), "the order of the triples shows in the bytes"
    expected = set(quads) if formats.FORMATS[name].keeps_graphs else set(flat(quads))
    back = read(data, name)
    assert set(back) == expected
    assert formats.canonical_hash(back) == formats.canonical_hash(expected)


@pytest.fixture(scope="module")
def published(shipped: kg.Graph) -> list[Quad]:
    return list(shipped.backend.quads())


@pytest.mark.parametrize("name", formats.FORMATS)
def test_the_shipped_graph_returns(published: list[Quad], name: str) -> None:
    assert_returns(published, name)


@pytest.mark.parametrize("name", [name for name in formats.FORMATS if name != "rdfxml"])
@settings(max_examples=60, deadline=None)
@given(quads=hostile)
def test_any_graph_returns(quads: list[Quad], name: str) -> None:
    assert_returns(quads, name)


@settings(max_examples=120, deadline=None)
@given(quads=for_xml)
def test_any_graph_that_xml_can_write_returns(quads: list[Quad]) -> None:
    assert_returns(quads, "rdfxml")


@settings(max_examples=80, deadline=None)
@given(quads=hostile)
def test_rdfxml_returns_or_is_refused(quads: list[Quad]) -> None:
    try:
        data = written(quads, "rdfxml")
    except DataError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert set(read(data, "rdfxml")) == set(flat(quads))
    assert "\n" not in refusal


@pytest.mark.parametrize("name", formats.FORMATS)
@pytest.mark.parametrize(
    "literal",
    [
        Literal("2.50", XSD + "decimal"),
        Literal("01", XSD + "integer"),
        Literal("1.0E0", XSD + "double"),
        Literal("0", XSD + "boolean"),
        Literal("a\rb\r\nc\nd\te"),
        Literal("  spaces at both ends  "),
        Literal(""),
        Literal("=1+1"),
        Literal("2021 年", RDF + "langString", "zh-hans"),
    ],
    ids=str,
)
def test_literals_keep_their_form(literal: Literal, name: str) -> None:
    (back,) = read(written([(S, P, token(literal), "")], name), name)
    assert term(back[2]) == literal


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("http://example.org/1", "x"),
        ("http://example.org/", "x"),
        ("http://example.org/p(1)", "x"),
        ("urn:x:42", "x"),
        (RDF + "li", "x"),
        (RDF + "about", "x"),
        (RDF + "Description", "x"),
        ("http://www.w3.org/2000/xmlns/x", "x"),
        ("http://example.org/p", "\x00"),
        ("http://example.org/p", "\x1b[31m"),
        ("http://example.org/p", "\ufffe"),
    ],
)
def test_what_xml_cannot_write_is_refused(predicate: str, value: str) -> None:
    with pytest.raises(DataError, match="export another format"):
        written([(S, token(IRI(predicate)), token(Literal(value)), "")], "rdfxml")


def test_plain_turtle_holds_each_triple_once() -> None:
    quads = [(S, P, '"x"', "<urn:x:1>"), (S, P, '"x"', "<urn:x:2>"), (S, P, '"x"', "")]
    assert written(quads, "turtle").count(b'"x"') == 1


@pytest.mark.parametrize(("name", "parser"), [("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt")])
def test_another_library_reads_the_same(published: list[Quad], name: str, parser: str) -> None:
    graph = rdflib.Graph().parse(data=written(published, name), format=parser)
    assert len(graph) == len(flat(published))
    lines = {line for line in graph.serialize(format="nt").splitlines() if line}
    again = formats.parse("\n".join(lines).encode(), formats.FORMATS["ntriples"], "rdflib")
    assert formats.canonical_hash(again) == formats.canonical_hash(flat(published))


def test_csv_is_read_by_any_reader_of_csv(published: list[Quad]) -> None:
    rows = list(csv.DictReader(io.StringIO(written(published, "csv").decode(), newline="")))
    assert len(rows) == len(set(published))


def test_a_text_longer_than_readers_of_csv_take_by_default() -> None:
    quads = [(S, P, token(Literal("long " * 50_000)), "")]
    assert read(written(quads, "csv"), "csv") == quads
    assert csv.field_size_limit() == 131_072, "what others rely on has changed"


@pytest.mark.parametrize("name", formats.FORMATS)
def test_bytes_do_not_depend_on_the_hash_seed(published: list[Quad], name: str) -> None:
    some = random.Random(1).sample(sorted(set(published)), 200)
    data = written(some, "nquads")
    program = (
        "import sys; from kg import formats\n"
        "quads = formats.parse(sys.stdin.buffer.read(), formats.FORMATS['nquads'], 'in')\n"
        f"sys.stdout.buffer.writelines(formats.serialise(quads, formats.FORMATS[{name!r}]))"
    )
    ran = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, check=True)
    assert ran.stdout == written(some, name)


@settings(max_examples=40, deadline=None)
@given(quads=hostile, seed=st.randoms())
def test_the_canonical_hash_does_not_depend_on_order(quads: list[Quad], seed: random.Random) -> None:
    mixed = list(quads)
    seed.shuffle(mixed)
    assert formats.canonical_hash(mixed) == formats.canonical_hash(quads)
