"""A model's answer as values: one JSON object, whatever stands around it; what is not of the form is counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg.model.dropped import Dropped

MALFORMED = "thing not of the form that was asked for"

_KEYS = ("entities", "statements", "investments", "agreements")
_MOST = 300
"""Things of one kind that one answer may hold; a part of a report is shorter than to hold as many."""
_MOST_FORMS = 10
"""Other forms of one name, and parties of one deal."""
_THOUGHT = re.compile(r"\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)


class Named(NamedTuple):
    """An entity as the model names it."""

    name: str
    type: str
    also: tuple[str, ...]


class Said(NamedTuple):
    """A statement as the model gives it."""

    sentence: str
    content: str
    kind: str
    speaker: str
    name: str
    role: str


class Party(NamedTuple):
    """Who takes part in a deal: as the sentence says, and by the fullest name."""

    printed: str
    name: str


class Deal(NamedTuple):
    """An investment (one party and a place) or an agreement as the model gives it."""

    sentence: str
    words: str
    parties: tuple[Party, ...]
    place: str
    amount: str
    status: str


class Answer(NamedTuple):
    """All that one answer holds."""

    entities: tuple[Named, ...]
    statements: tuple[Said, ...]
    investments: tuple[Deal, ...]
    agreements: tuple[Deal, ...]


def parse(text: str, dropped: Dropped) -> Answer:
    """The answer in a model's text; ValueError where that holds no object of the form."""
    root = _object(text)
    if not any(isinstance(root.get(key), list) for key in _KEYS):
        raise ValueError("answered with JSON of another form")
    return Answer(
        tuple(_each(root, "entities", dropped, _named)),
        tuple(_each(root, "statements", dropped, _said)),
        tuple(_each(root, "investments", dropped, _investment)),
        tuple(_each(root, "agreements", dropped, _agreement)),
    )


def _object(text: str) -> dict[str, Any]:
    """The JSON object in a text: alone, in a fence, or between other words, from the first brace to the last."""
    plain = _THOUGHT.sub("", text, count=1) if text.lstrip().startswith("<think") else text
    first, last = plain.find("{"), plain.rfind("}")
    if first < 0:
        raise ValueError("answered without JSON")
    try:
        root = json.loads(plain[first : last + 1])
    except (ValueError, RecursionError):
        raise ValueError("answered with broken JSON") from None
    if not isinstance(root, dict):
        raise ValueError("answered with JSON of another form")
    return root


def _each(root: dict[str, Any], key: str, dropped: Dropped, made: Any) -> Iterator[Any]:
    found = root.get(key)
    for number, one in enumerate(found if isinstance(found, list) else ()):
        value = made(one) if number < _MOST and isinstance(one, dict) else None
        if value is None:
            dropped.add(MALFORMED, f"{key}: {_shown(one)}")
        else:
            yield value


def _named(one: dict[str, Any]) -> Named | None:
    also = one.get("also") or []
    if not _are_words(one, "name", "type") or not isinstance(also, list):
        return None
    return Named(
        one["name"].strip(), one["type"], tuple(each.strip() for each in also[:_MOST_FORMS] if isinstance(each, str))
    )


def _said(one: dict[str, Any]) -> Said | None:
    if not _are_words(one, "content"):
        return None
    return Said(*(_words(one, key) for key in ("sentence", "content", "kind", "speaker", "name", "role")))


def _investment(one: dict[str, Any]) -> Deal | None:
    if not _are_words(one, "words", "name", "place"):
        return None
    party = Party(_words(one, "investor"), _words(one, "name"))
    return Deal(
        _words(one, "sentence"),
        _words(one, "words"),
        (party,),
        _words(one, "place"),
        _words(one, "amount"),
        _words(one, "status"),
    )


def _agreement(one: dict[str, Any]) -> Deal | None:
    parties = one.get("parties")
    if not _are_words(one, "words") or not isinstance(parties, list):
        return None
    named = [each for each in parties[:_MOST_FORMS] if isinstance(each, dict) and _are_words(each, "name")]
    found = tuple(Party(_words(each, "party"), _words(each, "name")) for each in named)
    return Deal(_words(one, "sentence"), _words(one, "words"), found, "", _words(one, "amount"), _words(one, "status"))


def _shown(one: Any) -> str:
    """A value in short: a string as it is, an object by its keys, else its type."""
    if isinstance(one, str):
        return one
    return f"only {' '.join(sorted(one)[:10])}" if isinstance(one, dict) and one else type(one).__name__


def _are_words(one: dict[str, Any], *keys: str) -> bool:
    return all(isinstance(one.get(key), str) and one[key].strip() for key in keys)


def _words(one: dict[str, Any], key: str) -> str:
    value = one.get(key)
    return value.strip() if isinstance(value, str) else ""
