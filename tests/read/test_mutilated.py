"""Reports cut, glued, doubled and sown with odd signs are read like any other: no error, and spans that hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import thorough
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.read import as_json, decode, read
from kg.read.language import languages

FOLDER = Path(__file__).parents[2] / "benchmarks" / "marked"
TEXTS = {
    code: [decode(path.read_bytes(), path.name) for path in sorted((FOLDER / code).glob("*.txt"))]
    for code in languages()
}
ODD = [
    "“",
    "”",
    '"',
    "'",
    "(",
    "（",
    ")",
    ", ",
    "。",
    "-",
    "\r\n",
    "\n\n",
    "&amp;",
    "&#",
    "٠١٢",
    "１２",
    "點",
    "\x00",
    "\ufeff",
    "\u200b",
    "😀",
]


@st.composite
def mutilated(draw: st.DrawFn, code: str) -> str:
    """A report of a language after a few blows, at most 6,000 characters of it."""
    text = draw(st.sampled_from(TEXTS[code]))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.integers(0, 120)))
        blow = draw(st.integers(0, 5))
        if blow == 0:
            text = text[:at]
        elif blow == 1:
            text = text[at:]
        elif blow == 2:
            text = text[:at] + text[to:]
        elif blow == 3:
            text = text[:at] + text[at:to] * 2 + text[to:]
        elif blow == 4:
            text = text[:at] + draw(st.sampled_from(ODD)) + text[at:]
        else:
            other = draw(st.sampled_from(TEXTS[draw(st.sampled_from(sorted(TEXTS)))]))
            text = text[:at] + other[-300:] + text[at:]
    return text[:6000]


def _holds(text: str, language: str | None) -> None:
    found = as_json(read(text, language), explain=True)
    for kind in ("statements", "quantities", "dates"):
        assert all(text[one["start"] : one["end"]] == one["text"] for one in found[kind])
    for kind in ("investments", "agreements"):
        assert all(0 <= one["start"] < one["end"] <= len(text) for one in found[kind])


@pytest.mark.parametrize("code", sorted(TEXTS))
@settings(max_examples=40)
@given(data=st.data())
def test_a_few(code: str, data: st.DataObject) -> None:
    _holds(data.draw(mutilated(code)), data.draw(st.sampled_from([code, None])))


@thorough
@pytest.mark.parametrize("code", sorted(TEXTS))
@settings(max_examples=1000)
@given(data=st.data())
def test_a_thousand(code: str, data: st.DataObject) -> None:
    _holds(data.draw(mutilated(code)), data.draw(st.sampled_from([code, None])))


@thorough
@pytest.mark.parametrize("code", sorted(TEXTS))
def test_every_beginning_of_a_report(code: str) -> None:
    text = TEXTS[code][0]
    for end in range(0, len(text), 3):
        _holds(text[:end], code)
