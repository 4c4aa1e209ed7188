"""What no parser should be handed is refused in one line, soon, and without memory; what looks like it is read."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg import formats
from kg.errors import InputError, ParseError

HERE = Path(__file__).parent
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/"'
CSV = "subject,predicate,object,kind,datatype,language,graph\n"


def refused(data: bytes, name: str) -> str:
    begun = time.process_time()
    with pytest.raises(ParseError) as caught:
        formats.parse(data, formats.FORMATS[name], "bad")
    assert time.process_time() - begun < 5
    assert str(caught.value).startswith("bad")
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("path", sorted((HERE / "bombs").iterdir()), ids=lambda path: path.stem)
def test_xml_bombs_are_refused(path: Path) -> None:
    message = refused(path.read_bytes(), "rdfxml")
    assert any(word in message for word in ("entity", "entities", "external", "UTF-8")), message


def test_a_bomb_of_one_long_entity_used_often_is_refused() -> None:
    value, uses = "x" * 100_000, "&a;" * 10_000
    text = f'<!DOCTYPE r [<!ENTITY a "{value}">]><rdf:RDF {RDF}><rdf:Description e:p="{uses}"/></rdf:RDF>'
    assert "out of all measure" in refused(text.encode(), "rdfxml")


def test_a_bomb_in_utf_16_is_refused() -> None:
    bomb = (HERE / "bombs" / "billion-laughs.rdf").read_text(encoding="utf-8")
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32"):
        refused(bomb.encode(encoding), "rdfxml")


@pytest.mark.parametrize("path", sorted((HERE / "ordinary").iterdir()), ids=lambda path: path.name)
def test_ordinary_files_are_read(path: Path) -> None:
    assert formats.parse(path.read_bytes(), formats.format_of(path), path.name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rdfxml", f"<rdf:RDF {RDF}>" + "<rdf:Description><e:p>" * 100_000),
        ("rdfxml", f"<rdf:RDF {RDF}>" + '<rdf:Description e:a="/>"><e:é>' * 100_000),
        ("jsonld", '{"http://example.org/p":' * 100_000 + "1" + "}" * 100_000),
        ("jsonld", '{"http://example.org/p":' + "[" * 100_000 + "]" * 100_000 + "}"),
        ("turtle", "<x:s> <x:p> " + "<<( <x:s> <x:p> " * 100_000),
        ("trig", "<x:s> <x:p> " + "'''#''' , <<( <x:s> <x:p> " * 100_000),
        ("ntriples", "<x:s> <x:p> " + "<<( <x:s> <x:p> " * 100_000),
        ("nquads", "<x:s> <x:p> " + "<<( <x:s> <x:p> " * 100_000),
    ],
)
def test_nesting_without_end_is_refused(name: str, text: str) -> None:
    assert "levels deep" in refused(text.encode(), name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rdfxml", f"<rdf:RDF {RDF}>" + "<" * 10_000_000),
        ("rdfxml", f"<rdf:RDF {RDF}>" + "<!--" * 2_500_000),
        ("rdfxml", "<!DOCTYPE " * 1_000_000),
        ("rdfxml", "<!DOCTYPE a [" + "[" * 10_000_000),
        ("rdfxml", "<a " * 3_000_000),
        ("rdfxml", "<!ENTITY " * 1_000_000),
        ("jsonld", '"' + '\\"' * 5_000_000),
        ("jsonld", "\\" * 10_000_000),
        ("turtle", '"' + '\\"' * 5_000_000 + "<<(" * 2000),
        ("turtle", '"""' + '""' * 5_000_000 + "<<(" * 2000),
        ("turtle", "<" * 10_000_000 + "<<(" * 2000),
        ("turtle", "'" * 9_999_999 + "<<(" * 2000),
        ("turtle", "\\" * 10_000_000 + "<<(" * 2000),
        ("csv", '"' * 9_999_999),
    ],
)
def test_the_check_of_ten_megabytes_ends_soon(name: str, text: str) -> None:
    assert len(text) > 2_000_000
    refused(text.encode(), name)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_bytes_that_are_not_utf_8_are_refused_with_their_line(name: str) -> None:
    assert refused(b"one\ntwo \xff three", name).startswith("bad:2: the bytes are not UTF-8")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("turtle", "<x:s> <x:p> 'ü' ."),
        ("trig", "<x:g> { <x:s> <x:p> 'ü' }"),
        ("ntriples", '<x:s> <x:p> "ü" .'),
        ("nquads", '<x:s> <x:p> "ü" <x:g> .'),
        ("jsonld", '{"@id": "x:s", "x:p": "ü"}'),
        ("rdfxml", f'<?xml version="1.0"?><rdf:RDF {RDF}><rdf:Description rdf:about="x:s" e:p="ü"/></rdf:RDF>'),
        ("csv", CSV + "x:s,x:p,x:o,iri,,,\n"),
    ],
)
def test_a_byte_order_mark_is_no_part_of_the_file(name: str, text: str) -> None:
    found = formats.parse(b"\xef\xbb\xbf" + text.encode(), formats.FORMATS[name], "marked")
    assert found == formats.parse(text.encode(), formats.FORMATS[name], "plain")
    assert len(found) == 1


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("turtle", "<x:s> <x:p> <x:o>", "bad:1"),
        ("turtle", "<x:s> <x:p> <x:o> .\n\n  <x:s> ,", "bad:3:9"),
        ("turtle", "<s> <x:p> <x:o> .", "the file gives no base"),
        ("turtle", 'x:s x:p "x" .', "bad:1:1"),
        ("ntriples", "<x:s> <x:p> <x:o> .\n<x:s> <x:p> <a b> .", "bad:2:13"),
        ("nquads", '<x:s> <x:p> "x"@-en .', "bad:1:1"),
        ("trig", "<x:g> { <x:s> <x:p> <x:o> ", "bad:1:"),
        ("jsonld", '{"@id": "x:s",\n "x:p": }', "bad:2:"),
        ("jsonld", '{"@context": "https://example.org/c", "@id": "x:s"}', "remote contexts are not fetched"),
        ("jsonld", "[" * 10, "bad:1:"),
        ("rdfxml", f"<rdf:RDF {RDF}>\n  <e:a>\n</rdf:RDF>", "bad:3:3: mismatched tag"),
        ("rdfxml", f"<rdf:RDF {RDF}>\n\n  <rdf:li/>\n</rdf:RDF>", "bad:3:"),
        ("rdfxml", f"<rdf:RDF {RDF}>\n<f:a/></rdf:RDF>", "bad:2:1: unbound prefix"),
        ("rdfxml", "{}", "bad:1:1:"),
        ("csv", "subject,predicate\n", "bad:1: the first line must name"),
        ("csv", CSV + "x:s,x:p,x:o,iri,,,\nx:s,x:p\n", "bad:3: a row needs 7"),
        ("csv", CSV + "x:s,x:p,x:o,thing,,,\n", "bad:2: kind is 'thing'"),
        ("csv", CSV + "s,x:p,x:o,iri,,,\n", "bad:2: 's' is not an absolute"),
        ("csv", CSV + "x:s,x:p,o,literal,x:d,en,\n", "bad:2: a language"),
        ("csv", CSV + 'x:s,x:p,"open', "bad:2: unexpected end"),
        ("turtle", "<x:s> <x:p> <<( <x:a> <x:b> <x:c> )>> .", "triple terms of RDF 1.2"),
        ("turtle", '<x:s> <x:p> "x"@en--ltr .', "texts with a direction"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(name: str, text: str, says: str) -> None:
    assert says in refused(text.encode(), name)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "this is a directory"),
        (lambda path: path.write_bytes(b""), "the file is empty"),
        (lambda path: path.write_bytes(b" \n\t\n"), "the file is empty"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, make, says: str) -> None:
    path = tmp_path / "news.ttl"
    make(path)
    with pytest.raises(InputError, match=says) as caught:
        formats.read_bytes(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["no\x00name.ttl", "n" * 300 + ".ttl", "news.ttl/inside.ttl"])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "news.ttl").write_bytes(b"x")
    with pytest.raises(InputError):
        formats.read_bytes(tmp_path / path)


@pytest.mark.parametrize("name", ["news.txt", "news", "news.ttl.gz"])
def test_an_ending_that_names_no_syntax_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="names no RDF syntax"):
        formats.format_of(Path(name))


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="there is no format 'n3'"):
        formats.format_named("n3")


def test_strings_that_hold_brackets_are_no_nesting() -> None:
    words = "<<( { [ " * 2000
    assert len(formats.parse(f'<x:s> <x:p> "{words}" .'.encode(), formats.FORMATS["turtle"], "fine")) == 1
    assert len(formats.parse(f'{{"@id":"x:s","x:p":"{words}"}}'.encode(), formats.FORMATS["jsonld"], "fine")) == 1


def test_blank_nodes_become_the_same_iris_each_time() -> None:
    data = b"[] <x:p> [ <x:q> 1, 2 ] . _:named <x:p> _:named ."
    first = formats.parse(data, formats.FORMATS["turtle"], "a")
    assert first == formats.parse(data, formats.FORMATS["turtle"], "b")
    assert not any(part.startswith("_:") for quad in first for part in quad)
    assert {part.rpartition("/")[0] for quad in first for part in quad if "genid" in part} == {
        "<" + formats.GENID + first[0][0].removeprefix("<" + formats.GENID).partition("/")[0]
    }
