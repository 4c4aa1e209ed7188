"""Whatever a model answers: what is kept stands in the report word for word, or there is one clear error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from conftest import thorough
from hypothesis import given, settings
from hypothesis import strategies as st
from model.server import Reply, Server, said, serving

from kg import build, claimed, pipeline, schema
from kg.errors import KgError
from kg.model import ModelReader, endpoint
from kg.model.client import Patience
from kg.model.locate import Searched
from kg.model.parts import parts
from kg.read import Reading
from kg.read.language import language
from kg.read.segment import segment
from kg.read.source import View
from kg.terms import PROV, token

TEXT = (
    "Port Vale, May 5, 2020 - Madeup\u00a0Holdings will spend $1.5&nbsp;billion on a plant in Newhaven, "
    "Jane Q. Madeup said.\r\n"
    "“We will stay,” she said. “We will stay.”\r\n\r\n"
    "Other Ltd and Madeup Holdings signed a pact for Rp5 miliar. Other Ltd denied it.\r\n"
    "Cafe\u0301 Ö 虚构集团在样例市投资15亿元。“我们会留下来。”\r\n"
)
WORDS = View(TEXT).text
COUNT = len(WORDS)

printed = st.builds(lambda start, size: WORDS[start : start + size], st.integers(0, COUNT), st.integers(0, 90))
names = st.sampled_from(
    ["Madeup Holdings", "Jane Q. Madeup", "Madeup", "Newhaven", "Other Ltd", "虚构集团", "样例市", "she", "It"]
)
sentences = st.sampled_from(
    [line for line in WORDS.replace("” ", "”\n").replace(". ", ".\n").split("\n") if line.strip()]
)
strings = st.one_of(names, sentences, printed, st.text(max_size=12))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | strings,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


FIRST = WORDS.split("\n")[0].strip()
PACT = "Other Ltd and Madeup Holdings signed a pact for Rp5 miliar."
NAMED = {
    "Madeup Holdings": "Company", "Jane Q. Madeup": "Person", "Newhaven": "Place", "Other Ltd": "Company",
    "Port Vale": "Place", "虚构集团": "Company", "样例市": "Place",
}  # fmt: skip
TRUE_STATEMENTS = [
    {"sentence": "“We will stay,” she said.", "content": "We will stay,", "kind": "direct", "speaker": "she",
     "name": "Jane Q. Madeup", "role": ""},
    {"sentence": FIRST, "content": "Madeup Holdings will spend $1.5 billion", "kind": "indirect",
     "speaker": "Jane Q. Madeup", "name": "Jane Q. Madeup", "role": "plant"},
]  # fmt: skip
TRUE_INVESTMENTS = [
    {"sentence": FIRST, "words": "will spend $1.5 billion on a plant in Newhaven", "investor": "Madeup Holdings",
     "name": "Madeup Holdings", "place": "Newhaven", "amount": "$1.5 billion", "status": "announced"},
    {"sentence": "虚构集团在样例市投资15亿元。", "words": "在样例市投资15亿元", "investor": "虚构集团",
     "name": "虚构集团", "place": "样例市", "amount": "15亿元", "status": "done"},
]  # fmt: skip
TRUE_AGREEMENTS = [
    {"sentence": PACT, "words": "signed a pact for Rp5 miliar", "amount": "Rp5 miliar", "status": "done",
     "parties": [{"party": "Other Ltd", "name": "Other Ltd"}, {"party": "Madeup Holdings", "name": "Madeup Holdings"}]},
]  # fmt: skip


def bent(*true: dict[str, object]) -> st.SearchStrategy[object]:
    """True things in which a field or two may be anything, among things that are anything."""

    def bend(one: dict[str, object]) -> st.SearchStrategy[object]:
        return st.builds(
            lambda other, keys: one | dict.fromkeys(keys, other), values, st.sets(st.sampled_from([*one]), max_size=2)
        )

    return st.lists(st.one_of([st.just(one) for one in true] + [bend(one) for one in true] + [values]), max_size=4)


entities = st.builds(
    lambda kept, more: [{"name": name, "type": NAMED[name], "also": []} for name in sorted(kept)] + more,
    st.sets(st.sampled_from(sorted(NAMED)), min_size=4),
    st.lists(
        st.fixed_dictionaries(
            {
                "name": strings,
                "type": st.sampled_from([*NAMED.values(), "Thing"]),
                "also": st.lists(strings, max_size=2),
            }
        )
        | values,
        max_size=3,
    ),
)
answers = st.fixed_dictionaries(
    {
        "entities": entities,
        "statements": bent(*TRUE_STATEMENTS),
        "investments": bent(*TRUE_INVESTMENTS),
        "agreements": bent(*TRUE_AGREEMENTS),
    }
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving(said("")) as running:
        yield running


def reading_of(server: Server, answer: Reply) -> Reading | None:
    server.answer = lambda asked: answer
    with ModelReader(endpoint(server.address, "made-up", 20), Patience(tries=1)) as reader, suppress(KgError):
        return reader.read(TEXT)
    return None


def holds(reading: Reading) -> None:
    """Every span is inside the text, every name and post is printed in it, and every sum is one that the text has."""
    plain = " ".join(WORDS.split())
    for one in (*reading.entities, *reading.statements, *reading.investments, *reading.agreements):
        spans = [*getattr(one, "mentions", ()), *one.why.words, *([one.span] if hasattr(one, "span") else [])]
        for span in spans:
            assert 0 <= span.start < span.end <= len(TEXT)
            words = " ".join(View(TEXT[span.start : span.end]).text.split())
            assert words in plain
    known = {one.name for one in reading.entities}
    assert all(name in plain for name in known)
    for said_ in reading.statements:
        assert said_.speaker in known | {""}
        assert said_.role in WORDS
    sums = {(one.value, one.unit, one.qualifier) for one in reading.quantities}
    for deal_ in (*reading.investments, *reading.agreements):
        assert deal_.amount is None or tuple(deal_.amount) in sums
    assert all({one.investor, one.place} <= known for one in reading.investments)
    assert all(set(one.parties) <= known for one in reading.agreements)


def stored(reading: Reading) -> None:
    """The claims keep their shapes and bear the model's name."""
    reader = claimed.by_model("made-up", lambda *_: reading)
    record = claimed.claimed(
        reading, "made.txt", claimed.told(claimed.Given(), None, ""), pipeline.known_places(), schema.load(), reader
    ).record
    quads = list(build.report_quads(record, schema.load()))
    assert {o for _, p, o, _ in quads if p == f"<{PROV}wasAssociatedWith>"} == {token(reader.iri)}
    for claim in record.claims:
        assert claim.receipts
        assert all(TEXT[span.start : span.end].strip() for span in claim.receipts)


@settings(max_examples=80)
@given(answer=answers)
def test_any_answer_of_the_form(server: Server, answer: object) -> None:
    reading = reading_of(server, said(answer))
    assert reading is not None
    holds(reading)
    stored(reading)


@settings(max_examples=60)
@given(answer=values)
def test_any_json(server: Server, answer: object) -> None:
    reading = reading_of(server, said(json.dumps(answer)))
    if reading is not None:
        holds(reading)


@settings(max_examples=60)
@given(body=st.binary(max_size=60) | st.builds(lambda value: json.dumps(value).encode(), values))
def test_any_bytes(server: Server, body: bytes) -> None:
    reading = reading_of(server, Reply(body))
    if reading is not None:
        holds(reading)


@settings(max_examples=200)
@given(
    text=st.text(alphabet="ab é\u0301 \u00a0\n“”\"'’字,.", max_size=40),
    start=st.integers(0, 40),
    size=st.integers(1, 8),
)
def test_words_of_a_text_are_found_where_they_stand(text: str, start: int, size: int) -> None:
    words = text[start : start + size]
    searched = Searched(text)
    for place in searched.find(words):
        assert 0 <= place[0] < place[1] <= len(text)
    if (
        words.strip()
        and words == words.strip()
        and not (" " + text[:start])[-1].isalnum()
        and not (text[start + size :] + " ")[0].isalnum()
    ):
        assert searched.find(words)


@settings(max_examples=100)
@given(text=st.text(alphabet="aB. \n字。", max_size=300), most=st.integers(1, 50))
def test_parts_hold_every_sentence_once_and_in_order(text: str, most: int) -> None:
    document = segment(View(text).text, language("en"))
    try:
        found = parts(document, most)
    except KgError:
        return
    held = "".join("".join(document.text[one.start : one.end].split()) for one in found)
    assert held == "".join(document.text.split())
    assert all(one.before <= one.start < one.end for one in found)


@thorough
@settings(max_examples=1000)
@given(answer=answers)
def test_a_thousand_answers_of_the_form(server: Server, answer: object) -> None:
    reading = reading_of(server, said(answer))
    assert reading is not None
    holds(reading)
    stored(reading)
