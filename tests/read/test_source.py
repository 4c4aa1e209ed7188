"""The view of a report: plainer text, and positions that lead back to the report as it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ParseError
from kg.read.source import View, decode


def test_entities_spaces_and_line_ends_are_plain() -> None:
    source = "\ufeffA&nbsp;B\u00a0&quot;C&quot;\r\nRp\u202f１２"
    view = View(source)
    assert view.text == 'A B "C" \nRp 12'
    start = view.text.index("C")
    span = view.span(start - 1, start + 2)
    assert source[span.start : span.end] == "&quot;C&quot;"


@given(st.lists(st.sampled_from(["a", "é", "&amp;", "&#8220;", "\r\n", "\u200b", "&bogus;", "Ａ", "\ufeff", " "])))
def test_every_position_leads_back(parts: list[str]) -> None:
    source = "".join(parts)
    view = View(source)
    back = [view.back(position) for position in range(len(view.text) + 1)]
    assert back == sorted(back)
    assert back[-1] == len(source)
    assert all(view.text[at] == source[back[at]] for at in range(len(view.text)) if source[back[at]] in "aé")


def test_utf_16_is_known_by_its_mark() -> None:
    assert decode("A “b” 虚".encode("utf-16"), "a.txt") == "A “b” 虚"
    with pytest.raises(ParseError, match="no UTF-8"):
        decode(b"\xff\xfea", "a.txt")


def test_bytes_that_are_no_text_are_told_with_their_place() -> None:
    with pytest.raises(ParseError, match=r"report\.txt:2:3: the byte 0xFF is no UTF-8"):
        decode(b"first\nab\xff", "report.txt")
