"""What is sought from one likely place to the next is what a search at every letter finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read import dates, lexicon, numbers
from kg.read.language import languages

TEXT = (
    "On Monday, 6 December 2021, US$5 million; yesterday (7/12/2021) 50%. Senin (6/12/2021) Rp 1,5 triliun, kemarin. "
    "2021年12月6日，百分之三，五亿美元；昨日一千二百万元。"
)


@given(words=st.sets(st.text("abcé字", min_size=1, max_size=4), min_size=1), text=st.text("abcé字 ", max_size=30))
def test_words_are_found_by_either_expression(words: set[str], text: str) -> None:
    compact, sought = re.compile(lexicon.any_of(words)), re.compile(lexicon.sought(words))
    assert [one.span() for one in compact.finditer(text)] == [one.span() for one in sought.finditer(text)]


@pytest.mark.parametrize("code", sorted(languages()))
@given(data=st.data())
def test_numbers(code: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(re.findall(r"\w+|\W", TEXT)), max_size=30)))
    grammar = numbers.grammar(code)
    assert max(map(len, grammar.symbols)) < numbers.SIGNED
    assert [one.span() for one in grammar.matches(text)] == [one.span() for one in grammar.pattern.finditer(text)]


@pytest.mark.parametrize("code", sorted(languages()))
@given(data=st.data())
def test_dates(code: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(re.findall(r"\w+|\W", TEXT)), max_size=30)))
    forms = dates.calendar(code).forms
    found = sorted((form.name, match.span()) for form, match in forms.matches(text))
    assert found == sorted((form.name, match.span()) for form in forms.forms for match in form.pattern.finditer(text))
