"""Addresses of servers, and how long a client waits before it asks again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import web


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("http://localhost:7878", "http://localhost:7878"),
        ("https://example.org/sparql/", "https://example.org/sparql"),
        ("http://[::1]:3030/ds", "http://[::1]:3030/ds"),
        ("HTTP://Example.org", "http://example.org"),
    ],
)
def test_an_address(text: str, base: str) -> None:
    assert web.address(text) == web.Address(base, has_user=False, has_more=False)


@pytest.mark.parametrize(
    "text", ["", "localhost:7878", "ftp://example.org", "http://", "http://a:b", "http://a b", "http://[::1"]
)
def test_no_address(text: str) -> None:
    assert web.address(text) is None


def test_what_must_not_be_printed_is_told_and_left_out() -> None:
    text = "https://me:secret@example.org/sparql?token=secret#secret"
    assert web.address(text) == web.Address("https://example.org/sparql", has_user=True, has_more=True)
    assert web.without_user(text) == "https://example.org/sparql"


@given(st.text())
def test_whatever_is_given_the_address_holds_no_user_and_no_more(text: str) -> None:
    found = web.address(f"http://{text}")
    assert found is None or not {"@", "?", "#"} & set(found.base.removeprefix("http://").partition("/")[0])


@pytest.mark.parametrize(
    ("address", "origin"),
    [("http://a", "http://a:80"), ("https://A/x?y", "https://a:443"), ("https://a:8443", "https://a:8443")],
)
def test_origin(address: str, origin: str) -> None:
    assert web.origin(address) == origin


def test_a_server_says_how_long_to_wait_in_seconds_or_until_when() -> None:
    later = datetime.now(UTC) + timedelta(seconds=90)
    assert web.retry_after({"retry-after": " 7 "}) == 7
    assert 80 < (web.retry_after({"retry-after": format_datetime(later, usegmt=True)}) or 0) <= 90
    assert web.retry_after({"retry-after": "Mon, 06 Dec 2021 00:00:00 GMT"}) == 0
    assert [web.retry_after({"retry-after": text}) for text in ("", "soon", "²")] == [None] * 3
    assert web.retry_after({}) is None


@given(number=st.integers(1, 30))
def test_waiting_grows_and_has_an_end(number: int) -> None:
    assert 0.5 * min(2 ** (number - 1), 40) <= web.wait(number, 1, 60) <= 60
