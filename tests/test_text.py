"""Sentences in Indonesian, English and Chinese, and words found in a text."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text import Span, enclosing, find_word, locate, sentences

SENTENCES = Path(__file__).parent / "sentences"


def cases() -> list[tuple[str, str]]:
    """Each paragraph of the files in `sentences/`, a sentence a line, with the language it is in."""
    return [
        (path.stem, paragraph)
        for path in sorted(SENTENCES.glob("*.txt"))
        for paragraph in path.read_text(encoding="utf-8").strip().split("\n\n")
    ]


@pytest.mark.parametrize(("language", "paragraph"), cases())
def test_a_line_of_text_falls_into_these_sentences(language: str, paragraph: str) -> None:
    expected = paragraph.split("\n")
    text = ("" if language == "zh" else " ").join(expected)
    assert [text[span.start : span.end] for span in sentences(text)] == expected


def test_a_line_end_ends_a_sentence() -> None:
    text = "7 Desember 2021\r\nTanpa titik\n\n  Dengan titik.  \rDr. Contoh datang."
    found = [text[span.start : span.end] for span in sentences(text)]
    assert found == ["7 Desember 2021", "Tanpa titik", "Dengan titik.", "Dr. Contoh datang."]


def test_a_text_of_nothing_has_no_sentences() -> None:
    assert sentences("") == []
    assert sentences(" \n\t\r\n ") == []


@given(st.text(st.one_of(st.characters(), st.sampled_from(list(".!?…。！？“”「」\"'()\n\r AZaz"))), max_size=80))
def test_sentences_are_in_order_apart_and_hold_every_letter(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    for span in spans:
        part = text[span.start : span.end]
        assert part
        assert part == part.strip()
        assert "\n" not in part
    held = "".join(text[span.start : span.end] for span in spans)
    assert sorted(c for c in held if not c.isspace()) == sorted(c for c in text if not c.isspace())


@pytest.mark.parametrize(
    "piece",
    [
        "a. ",
        "U.S. ",
        ".",
        ". ",
        "“A b. ",
        "。",
        "x",
        ".”",
        "Dr. X",
        "AAAAAAAAAAAAA. ",
        "(",
        ".\t",
        ". A",
        "「。",
        "…",
        "! A",
    ],
)
def test_a_megabyte_on_one_line_takes_little_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    sentences(text)
    assert time.process_time() - begun < 5


def test_words_are_found_where_they_stand_once() -> None:
    assert locate("one two three", "two") == Span(4, 7)
    with pytest.raises(InputError, match="does not hold 'four'"):
        locate("one two three", "four")
    with pytest.raises(InputError, match="holds 'aa' more than once"):
        locate("aaa", "aa")
    with pytest.raises(InputError) as caught:
        locate("x", "a\n" * 500)
    assert len(str(caught.value)) < 200


def test_a_place_is_enclosed_by_its_sentences() -> None:
    text = "One is. Two is. Three is."
    spans = sentences(text)
    assert enclosing(spans, locate(text, "Two")) == spans[1]
    assert enclosing(spans, locate(text, "is. Three")) == Span(8, 25)
    assert enclosing([], Span(2, 4)) == Span(2, 4)


@pytest.mark.parametrize(
    ("text", "word", "at"),
    [
        ("dalam Lam", "Lam", 6),
        ("Litbang dan Li", "Li", 12),
        ("Litbang", "Li", -1),
        ("香港特区", "香港", 0),
        ("Éxample x", "xample", -1),
        ("(Li)", "Li", 1),
        ("AI4 AI", "AI", 4),
        ("a.b", ".", 1),
    ],
)
def test_a_name_is_no_part_of_a_longer_word(text: str, word: str, at: int) -> None:
    assert find_word(text, word) == at
