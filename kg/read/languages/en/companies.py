"""Firms in English by their names: legal forms, endings and head words."""

from __future__ import annotations

from kg.read.languages.en.organizations import body_end
from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Token, lexicon, phrases
from kg.read.model import COMPANY

_BRANCHES = frozenset(
    [
        "Pty",
        "Pvt",
        "Private",
        "Proprietary",
        "HK",
        "M",
        "S",
        "UK",
        "B",
        "SA",
        "T",
        "EA",
        "Asia",
        "Holdings",
        "Group",
        "International",
    ]
)
"""What stands in brackets before a legal form, besides places (`Example (Pty) Ltd`)."""


def _before_position(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    """Where a firm's name stops at the latest: before somebody's position."""
    roles = (here for here in range(at + 1, stop) if runs.phrase_at("roles", tokens, here, stop))
    return next((here for here in roles if tokens[here].text not in phrases("company tails")), stop)


def company(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A firm: up to a legal form or an ending, or from a head word."""
    before, after = lexicon().before, lexicon().after
    stop = _before_position(runs, tokens, at, stop)
    extended = _legal_after_comma(tokens, stop) or _legal_after_place(runs, tokens, stop)
    for here in range(at + 1, stop):
        if tokens[here].text in after and (tokens[here].text not in ("SA", "SE", "AS", "AB") or here + 1 == stop):
            return COMPANY, _legal_end(tokens, here + 1), 0.98
    if extended > stop and stop > at:
        return COMPANY, extended, 0.98
    if tokens[at].text in before and stop - at > 1:
        return COMPANY, stop, 0.9
    head = _headed(runs, tokens, at, stop)
    if head:
        return COMPANY, head, 0.9
    phrase = next((here for here in range(at + 1, stop) if runs.phrase_at("company phrases", tokens, here, stop)), 0)
    if phrase:
        return COMPANY, phrase + runs.phrase_at("company phrases", tokens, phrase, stop), 0.93
    if stop - at > 1 and not body_end(runs, tokens, at, stop):
        for here in range(stop - 1, at, -1):
            count = runs.phrase_at("company tails", tokens, here, stop)
            if count:
                return COMPANY, _after_tail(runs, tokens, here + count, stop), 0.9
    return "", 0, 0.0


def _after_tail(runs: Runs, tokens: list[Token], end: int, stop: int) -> int:
    """Where a firm's name stops that has an ending inside: with its run, where the rest is no name of its own."""
    rest = tokens[end:stop]
    apart = rest and (rest[0].text in phrases("given names") or runs.places.longest(tokens[:stop], end))
    return end if apart or len(rest) > 2 else stop


def _legal_after_comma(tokens: list[Token], stop: int) -> int:
    """Where `Example, Inc.` or, with a form written small, `Example plc` ends; else 0."""
    if stop < len(tokens) and tokens[stop - 1].gap in (", ", " ") and tokens[stop].text in lexicon().after:
        return _legal_end(tokens, stop + 1)
    return 0


def _legal_after_place(runs: Runs, tokens: list[Token], stop: int) -> int:
    """Where `Example Shipping (Hong Kong) Ltd` ends; 0 where no place stands in brackets before a legal form."""
    if stop >= len(tokens) or tokens[stop - 1].gap != " (":
        return 0
    last = stop + (runs.places.longest(tokens, stop) or tokens[stop].text in _BRANCHES)
    if stop < last < len(tokens) and tokens[last - 1].gap == ") " and tokens[last].text in lexicon().after:
        return _legal_end(tokens, last + 1)
    return 0


def _legal_end(tokens: list[Token], end: int) -> int:
    while (
        end < len(tokens)
        and tokens[end].text in lexicon().after
        and tokens[end - 1].gap in (" ", ". ", "., ", ", ", ".")
    ):
        end += 1
    return end


def _headed(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    count = runs.phrase_at("company heads", tokens, at)
    if not count:
        return 0
    if at + count < stop:
        return stop
    if at + count < len(tokens) and runs.is_free(tokens[at + count]) and tokens[at + count - 1].gap == " ":
        return runs.extent(tokens, at + count)
    return 0
