"""The chat protocol against a server that does everything wrong: each ends in a reading, or in one line of error."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest
from model.server import USAGE, Answering, Asked, Reply, Server, failed, in_turn, said, serving

from kg.errors import InputError, KgError, RemoteError
from kg.model import Cost, ModelReader, Price, client, endpoint
from kg.model.client import Patience
from kg.read import Reading

TEXT = "“We will stay,” said Ana Ara on Monday, May 4, 2020.\n"
TRUTH = {
    "entities": [{"name": "Ana Ara", "type": "Person", "also": []}],
    "statements": [
        {"sentence": TEXT.strip(), "content": "We will stay,", "kind": "direct",
         "speaker": "Ana Ara", "name": "Ana Ara", "role": ""}
    ],
    "investments": [],
    "agreements": [],
}  # fmt: skip
QUICK = Patience(first_wait=0.01, longest_wait=2.0)
SECRET = "sk-made-up-Secret+/=123"  # noqa: S105  # it opens nothing


@contextmanager
def asking(answer: Answering | Reply, timeout: float = 20.0) -> Iterator[tuple[Server, ModelReader]]:
    with serving(answer) as server, ModelReader(endpoint(server.address, "made-up", timeout), QUICK) as reader:
        yield server, reader


def read(answer: Answering | Reply, timeout: float = 20.0) -> tuple[Reading, Server, ModelReader]:
    with asking(answer, timeout) as (server, reader):
        return reader.read(TEXT), server, reader


def error(answer: Answering | Reply, timeout: float = 20.0) -> tuple[KgError, int]:
    """The error that an answer ends in, and how often the server was asked."""
    with asking(answer, timeout) as (server, reader), pytest.raises(KgError) as caught:
        reader.read(TEXT)
    assert "\n" not in str(caught.value)
    assert server.address in str(caught.value)
    return caught.value, len(server.asked)


def test_what_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", SECRET)
    reading, server, reader = read(said(TRUTH))
    assert len(reading.statements) == 1
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.headers["content-type"] == "application/json"
    assert asked.body["model"] == "made-up"
    assert asked.body["temperature"] == 0
    assert isinstance(asked.body["seed"], int)
    assert asked.body["stream"] is False
    assert [each["role"] for each in asked.body["messages"]] == ["system", "user"]
    form = asked.body["response_format"]
    assert (form["type"], form["json_schema"]["strict"]) == ("json_schema", True)
    assert asked.report == TEXT.strip()
    assert SECRET not in repr(reader.endpoint) + str(reader.__dict__)


def test_without_a_key_nothing_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KG_MODEL_KEY", raising=False)
    assert "authorization" not in read(said(TRUTH))[1].asked[0].headers


def test_the_schema_is_one_that_strict_servers_take() -> None:
    """Every object lists all of its keys as required, and allows no others; the truthful answer keeps it."""
    import jsonschema

    from kg.model import prompt

    waiting = [prompt.schema()]
    while waiting:
        one = waiting.pop()
        if one.get("type") == "object":
            assert one["additionalProperties"] is False
            assert one["required"] == list(one["properties"])
            waiting += one["properties"].values()
        if "items" in one:
            waiting.append(one["items"])
    jsonschema.Draft202012Validator.check_schema(prompt.schema())
    jsonschema.validate(TRUTH, prompt.schema())


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("taken", ["json_schema", "json_object", "seed", "temperature", "nothing"])
def test_what_a_server_will_not_have_is_left_out(taken: str, status: int) -> None:
    def choosy(asked: Asked) -> Reply:
        form = asked.body.get("response_format", {}).get("type")
        order = ["json_schema", "json_object", "seed", "temperature", "nothing"]
        held = form or ("seed" if "seed" in asked.body else "temperature" if "temperature" in asked.body else "nothing")
        return said(TRUTH) if order.index(held) >= order.index(taken) else failed(status, f"no {held} here")

    with asking(choosy) as (server, reader):
        assert len(reader.read(TEXT).statements) == 1
        first = len(server.asked)
        reader.read(TEXT)
    assert len(server.asked) == first + 1


@pytest.mark.parametrize(
    "words",
    [
        "```json\n{}\n```",
        "```\n{}\n```",
        "Here is what I found:\n{}\nI hope this helps!",
        "<think>Is it {{}} or [] ?</think>\n{}",
        "\ufeff\n{}",
    ],
)
def test_an_answer_in_a_fence_or_between_words_is_taken(words: str) -> None:
    import json

    assert len(read(said(words.replace("{{}}", "{").replace("{}", json.dumps(TRUTH))))[0].statements) == 1


def test_content_in_pieces_is_put_together() -> None:
    import json

    content = json.dumps(TRUTH)
    pieces = [{"type": "text", "text": content[:50]}, {"type": "text", "text": content[50:]}]
    assert len(read(Reply(json.dumps({"choices": [{"message": {"content": pieces}}]}).encode()))[0].statements) == 1


@pytest.mark.parametrize(
    "broken", ['{"statements": [', "I cannot.", "[]", "{}", '{"a": NaN}', "[" * 5000, '{"a":' * 5000, ""]
)
def test_a_broken_answer_is_asked_for_again(broken: str) -> None:
    reading, server, reader = read(in_turn(said(broken), said(TRUTH)))
    assert len(reading.statements) == 1
    assert len(server.asked) == reader.cost.requests == 2
    assert "not one JSON object" in server.asked[1].body["messages"][1]["content"]
    assert server.asked[0].body["seed"] != server.asked[1].body["seed"]


@pytest.mark.parametrize(
    ("answer", "words", "times"),
    [
        (said('{"statements": ['), "answered with broken JSON, 3 times", 3),
        (said("No."), "answered without JSON, 3 times", 3),
        (said({"answer": 7}), "answered with JSON of another form, 3 times", 3),
        (said(""), "gave an empty answer, 3 times", 3),
        (said(None), "gave an empty answer, 3 times", 3),
        (said(None, refusal="I will not."), "refused to read this report", 1),
        (said('{"statements": [', finish="length"), "cut off by its length", 1),
        (said(None, finish="content_filter"), "refused to read this report", 1),
        (Reply(b"<html>Welcome"), "answered with what is no JSON, 3 times", 3),
        (Reply(b"\xff\xfe{}"), "answered with what is no JSON, 3 times", 3),
        (Reply(b'{"choices": []}'), "answered without a message, 3 times", 3),
        (Reply(b'{"choices": [{"message": "no"}]}'), "answered without a message, 3 times", 3),
        (Reply(b"[1]"), "answered without a message, 3 times", 3),
        (failed(401, "bad key"), "it asks for a key; set KG_MODEL_KEY", 1),
        (failed(403, "bad key"), "it asks for a key; set KG_MODEL_KEY", 1),
        (failed(404, "no such model"), "no model 'made-up', or no such address (no such model)", 1),
        (failed(413, "too long"), "answered 413: too long", 1),
        (failed(400, "context length exceeded"), "answered 400: context length exceeded", 5),
        (failed(500, "oops"), "answered 500 4 times: oops", 4),
        (failed(503, "oops"), "answered 503 4 times: oops", 4),
        (failed(429, "slow down"), "answered 429 4 times: slow down", 4),
        (failed(429, "slow down", Retry_After="86400"), "asks to wait 86400 s", 1),
        (failed(302, Location="http://example.invalid/v1/chat/completions"), "sends elsewhere", 1),
        (failed(307, Location="http://example.invalid/v1/chat/completions"), "sends elsewhere", 1),
        (failed(308, Location="http://[/"), "sends elsewhere", 1),
        (Reply(b"\x1b[31mgo away\x00", 418), "answered 418", 1),
        (Reply(b"[" * 3000, 418), "answered 418", 1),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_used_is_one_line(answer: Reply, words: str, times: int) -> None:
    found, asked = error(answer)
    assert words in str(found)
    assert asked == times
    assert isinstance(found, RemoteError)


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    began = time.monotonic()
    _, server, _ = read(
        in_turn(failed(429, Retry_After="1"), failed(500), failed(503, Retry_After="soon"), said(TRUTH))
    )
    assert len(server.asked) == 4
    assert time.monotonic() - began >= 1
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    assert len(read(in_turn(failed(503, Retry_After=soon), said(TRUTH)))[1].asked) == 2
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    assert len(read(in_turn(failed(503, Retry_After=past), said(TRUTH)))[1].asked) == 2


def test_a_redirect_to_the_same_server_is_followed_and_none_goes_round_for_ever() -> None:
    def elsewhere(asked: Asked) -> Reply:
        return said(TRUTH) if asked.path == "/there" else failed(307, Location="/there")

    _, server, _ = read(elsewhere)
    assert [asked.path for asked in server.asked] == ["/v1/chat/completions", "/there"]
    found, asked = error(lambda asked: failed(308, Location=asked.path + "x"))
    assert "sends elsewhere" in str(found)
    assert asked == 3


def test_a_redirect_takes_neither_key_nor_report_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", SECRET)
    with serving(said(TRUTH)) as other:
        error(failed(307, Location=f"{other.address}/chat/completions"))
    assert other.asked == []


@pytest.mark.parametrize(
    "slow",
    [
        Reply(said(TRUTH).body, pause=30),
        Reply(said(TRUTH).body, dribble=0.05),
        Reply(said(TRUTH).body, dribble=0.05, slow_head=True),
    ],
    ids=["silent", "dribbling", "dribbling from the start"],
)
def test_a_server_that_takes_too_long_is_given_up(slow: Reply) -> None:
    began = time.monotonic()
    found, asked = error(slow, timeout=0.4)
    assert "no whole answer in 0.4 s; allow more with --timeout" in str(found)
    assert asked == 2
    assert time.monotonic() - began < 5


def test_a_server_that_is_slow_once_is_asked_again() -> None:
    assert len(read(in_turn(Reply(b"", pause=1), said(TRUTH)), timeout=0.5)[0].statements) == 1


def test_no_server_and_one_that_never_answers() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
        with ModelReader(endpoint(address, "m", 0.3), QUICK) as reader, pytest.raises(RemoteError, match="no server"):
            reader.read(TEXT)
        assert reader.cost.requests == 1
        listening.listen(8)
        with ModelReader(endpoint(address, "m", 0.3), QUICK) as reader, pytest.raises(RemoteError, match="no whole"):
            reader.read(TEXT)


def test_an_answer_that_breaks_off_is_asked_for_again() -> None:
    whole = said(TRUTH)
    cut = Reply(whole.body[:100], headers={"Content-Length": str(len(whole.body)), "Connection": "close"})
    closing = in_turn(cut, whole)

    def answer(asked: Asked) -> Reply:
        return closing(asked)

    assert len(read(answer, timeout=2)[0].statements) == 1
    found, asked = error(cut, timeout=0.5)
    assert asked == 2
    assert isinstance(found, RemoteError)


def test_a_huge_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST", 2**20)
    found, asked = error(Reply(b" " * (2**22)))
    assert "more than 1 MB" in str(found)
    assert asked == 1


@pytest.mark.parametrize(
    "answer",
    [
        failed(401, f"the key {SECRET} is wrong"),
        failed(403, f"Bearer {SECRET}"),
        failed(404, SECRET),
        failed(400, SECRET),
        failed(500, f"{SECRET} {SECRET}"),
        Reply(SECRET.encode(), 418),
        failed(302, SECRET, Location=f"http://example.invalid/?{SECRET}"),
        said(SECRET),
        said(None, refusal=SECRET),
    ],
)
def test_the_key_is_in_no_error(answer: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", SECRET)
    found, _ = error(answer)
    assert SECRET not in str(found)
    assert SECRET not in repr(found)
    if answer.status == 401:
        assert "the key in KG_MODEL_KEY is refused (the key *** is wrong)" in str(found)


@pytest.mark.parametrize("key", ["two words", "line\nline", "schlüssel", "tab\t"])
def test_a_key_that_cannot_be_one_is_told_of_without_showing_it(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_MODEL_KEY", key)
    with pytest.raises(InputError, match="KG_MODEL_KEY holds") as caught:
        endpoint("http://127.0.0.1:1/v1", "m")
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    ["", "localhost:8080/v1", "ftp://h/v1", "http://", "http://h:99999/v1", "http://[/v1", "http://u:Secret@h/v1",
     "https://h/v1?key=Secret", "http://h/v1#Secret", "http://h h/", "http://h/\nv1", "file:///etc/passwd"],
)  # fmt: skip
def test_an_address_that_cannot_be_asked_is_refused_without_what_may_be_secret(address: str) -> None:
    with pytest.raises(InputError) as caught:
        endpoint(address, "m")
    assert "Secret" not in str(caught.value)


def test_an_address_may_end_in_what_follows_the_base() -> None:
    every = ("http://h:80/v1", "http://h:80/v1/", "http://h:80/v1/chat/completions", "http://H:80/v1/chat/completions/")
    assert {endpoint(each, "m").url for each in every} == {"http://h:80/v1/chat/completions"}
    assert endpoint("https://[::1]:8/", "m").url == "https://[::1]:8/chat/completions"


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201])
def test_a_model_needs_a_name(name: str) -> None:
    with pytest.raises(InputError, match="name of the model"):
        endpoint("http://127.0.0.1:1/v1", name)


def test_the_cost_is_what_the_server_says() -> None:
    answers = in_turn(said("no", usage=USAGE), said(TRUTH, usage=USAGE), said(TRUTH, usage=None))
    with asking(answers) as (_, reader):
        reader.read(TEXT)
        reader.read(TEXT)
    cost = reader.cost
    assert (cost.requests, cost.sent, cost.answered, cost.uncounted) == (3, 2000, 400, 1)
    assert cost.seconds > 0
    assert cost.money(Price(Decimal("0.15"), Decimal("0.60"))) == Decimal("0.00054")
    assert cost.told(Price(Decimal("0.15"), Decimal("0.60"))).startswith(
        "3 requests, 2000 prompt and 400 completion tokens, 1 answer without a count of tokens, "
    )
    assert cost.told(Price(Decimal("0.15"), Decimal("0.60"))).endswith(
        "at least 0.000540 at 0.15 and 0.60 a million tokens"
    )
    assert "million" not in cost.told()


@pytest.mark.parametrize(
    "usage", [None, 7, [], {}, {"prompt_tokens": "9", "completion_tokens": -1}, {"prompt_tokens": True}]
)
def test_a_count_of_tokens_that_is_none_is_not_counted(usage: object) -> None:
    cost = Cost()
    cost.count(usage)
    assert (cost.sent, cost.answered, cost.uncounted) == (0, 0, 1)


def test_a_text_without_words_is_not_sent() -> None:
    with asking(said(TRUTH)) as (server, reader):
        assert reader.read(" \n\t\n").statements == ()
    assert server.asked == []


@pytest.mark.parametrize(("status", "times"), [(401, 1), (403, 1), (404, 1), (413, 2)])
def test_a_refusal_that_holds_for_all_reports_is_asked_for_once(status: int, times: int) -> None:
    with asking(failed(status, "no")) as (server, reader):
        for _ in range(2):
            with pytest.raises(RemoteError, match=f"answered {status}"):
                reader.read(TEXT)
    assert len(server.asked) == times
