"""Terms as tokens: what canonical N-Triples writes, and back; and which IRIs and language tags are none."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.terms import (
    IRI,
    RDF,
    XSD,
    BlankNode,
    Literal,
    expand,
    iri,
    line_of,
    literal,
    quad_of,
    term,
    token,
    triple_of,
)

TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.sampled_from([*"\"\\<>_: .^@'\t\n\r\x00\x7f\x85\u2028\ufffe", "^^<", '" .', "@en", "\\u0041"])).map(
        "".join
    ),
)
IRIS = st.sampled_from(["http://example.org/", "urn:x:y", "https://例え.example/ü?q#f", "a:"])
LANGUAGES = st.sampled_from(["en", "zh-hans", "x-own", "sl-rozaj-biske-1994"])


@pytest.mark.parametrize("first", range(0, 0x110000, 0x8000))
def test_every_character_is_written_as_the_engine_writes_it(first: int) -> None:
    for code in range(first, first + 0x8000):
        if not 0xD800 <= code < 0xE000:
            text = f"a{chr(code)}b"
            assert token(Literal(text)) == str(ox.Literal(text)), hex(code)


@settings(max_examples=400)
@given(TEXTS)
def test_strings_are_written_as_the_engine_writes_them(text: str) -> None:
    assert token(Literal(text)) == str(ox.Literal(text))
    assert term(token(Literal(text))) == Literal(text)


@given(TEXTS, LANGUAGES)
def test_texts_in_a_language_are_written_as_the_engine_writes_them(text: str, language: str) -> None:
    made = literal(text, language)
    assert token(made) == str(ox.Literal(text, language=language))
    assert term(token(made)) == made


@given(TEXTS, IRIS)
def test_typed_literals_are_written_as_the_engine_writes_them(text: str, datatype: str) -> None:
    made = Literal(text, datatype)
    assert token(made) == str(ox.Literal(text, datatype=ox.NamedNode(datatype)))
    assert term(token(made)) == made


@given(IRIS)
def test_iris_are_written_as_the_engine_writes_them(name: str) -> None:
    assert token(IRI(name)) == str(ox.NamedNode(name))
    assert term(token(IRI(name))) == IRI(name)


def test_blank_nodes_and_languages() -> None:
    assert term(token(BlankNode("b0"))) == BlankNode("b0")
    assert literal("x", "EN-gb") == Literal("x", RDF + "langString", "en-gb")
    assert literal("1", datatype=XSD + "integer") == Literal("1", XSD + "integer")


@settings(max_examples=400)
@given(TEXTS, st.sampled_from(["", "en", "dt"]), IRIS)
@example(" .", "", "urn:x:y")
@example('" <urn:x:g> .', "en", "urn:x:y")
def test_lines_are_taken_apart_as_they_were_put_together(text: str, kind: str, name: str) -> None:
    made = Literal(text) if not kind else literal(text, "en") if kind == "en" else Literal(text, name)
    for obj in (token(made), f"<{name}>", "_:b1"):
        triple = ("<urn:x:s>", f"<{name}>", obj)
        assert triple_of(line_of(triple)) == triple
        assert quad_of(line_of((*triple, f"<{name}>"))) == (*triple, f"<{name}>")


@pytest.mark.parametrize("line", ["", "<urn:x:s>", "<urn:x:s> <urn:x:p>"])
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(InputError):
        triple_of(line)
    with pytest.raises(InputError):
        quad_of(line)


@pytest.mark.parametrize("text", ['"open', '"a"@', '"a"^^x', "a", "", '"a"b"', '"a"^^<x:y', '"\\"'])
def test_a_token_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        term(text)


# ---- IRIs and language tags: exactly those that the engine takes ---------------------------------------


def engine_takes_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


def engine_takes_language(text: str) -> bool:
    try:
        ox.Literal("x", language=text)
    except ValueError:
        return False
    return True


ODD_CHARACTERS = st.one_of(
    st.sampled_from(list("ab:/?#[]@%41.-_~!$&'()*+,;=<>\"{}|\\^` \t\x00\x7f\x9f\ue000\ufdd0\U000e0000é中")),
    st.characters(exclude_categories=["Cs"]),
)


@settings(max_examples=1500)
@given(
    st.sampled_from(
        ["", "a:", "http://", "http://a", "http://a/", "urn:", "http://[", "http://a:", "http://[v1.", "a:?"]
    ),
    st.text(ODD_CHARACTERS, max_size=8),
)
@example("a:", "//b")
@example("http://[::1", "]:80/")
@example("http://[1", "]/")
def test_an_iri_is_one_for_the_engine_too(start: str, rest: str) -> None:
    try:
        is_iri = iri(start + rest) == start + rest
    except InputError:
        is_iri = False
    assert is_iri == engine_takes_iri(start + rest)


@settings(max_examples=1000)
@given(
    st.lists(
        st.one_of(
            st.text("abx1Az0", max_size=9),
            st.sampled_from(["en", "zh", "Hans", "419", "ID", "x", "a", "abcde", "1abc", "i"]),
        ),
        min_size=1,
        max_size=5,
    ).map("-".join)
)
def test_a_language_tag_is_one_for_the_engine_too(tag: str) -> None:
    try:
        is_tag = literal("x", tag).language == tag.lower()
    except InputError:
        is_tag = False
    assert is_tag == engine_takes_language(tag)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(InputError, match="half a surrogate pair"):
        literal("a\ud800b")
    with pytest.raises(InputError):
        iri("http://example.org/\udfff")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kg:Person", "https://w3id.org/kabar/ontology#Person"),
        ("http://example.org/a", "http://example.org/a"),
        ("urn:isbn:1", "urn:isbn:1"),
        ("id:place/beijing", "https://w3id.org/kabar/id/place/beijing"),
    ],
)
def test_prefixed_names_are_expanded(text: str, expected: str) -> None:
    assert expand(text) == expected


@pytest.mark.parametrize("text", ["Person", "kg:a b", "", "/a", "//example.org/"])
def test_what_is_no_name_is_not_expanded(text: str) -> None:
    with pytest.raises(InputError):
        expand(text)


def test_a_long_literal_is_read_in_little_time() -> None:
    text = 'He said: "no".\n' * 200_000
    assert term(token(Literal(text))) == Literal(text)
