"""Bodies in English by their names: ministries, schools, unions, and the subjects after `of` that they are for."""

from __future__ import annotations

from kg.read.languages.en.runs import LONGEST, Runs
from kg.read.languages.en.words import Token, lexicon, phrases
from kg.read.model import ORGANIZATION

_RECENT = 500
"""Names found before among which one is looked for, so that a long text takes no longer for its length."""


def body_end(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    """Where a body's ending in a run ends; 0 where there is none."""
    for here in range(stop - 1, at, -1):
        count = runs.phrase_at("organization tails", tokens, here, stop)
        if count:
            return here + count
    return 0


def is_body(runs: Runs, tokens: list[Token], at: int, end: int, stop: int) -> bool:
    """Whether a name with an event's word in it is a body's: `Residents’ Forum`, `Policy Forum`, `Expo Office`."""
    before = tokens[end - 2] if end - 2 >= at else None
    if before is None or tokens[end - 1].text not in ("Forum", "Congress", "Dialogue", "Roundtable"):
        return body_end(runs, tokens, at, stop) > end
    return before.gap in ("’ ", "' ") or before.text == "Policy" or body_end(runs, tokens, at, stop) > end


def listed(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A body that the lexicon names in full."""
    known = runs.phrase_at("organizations", tokens, at)
    if tokens[at].text == "The" and stop - at > 1 and tokens[stop - 1].text in phrases("press"):
        return ORGANIZATION, stop, 0.95
    return (ORGANIZATION, at + known, 0.95) if known and at + known >= stop else ("", 0, 0.0)


def organization(runs: Runs, tokens: list[Token], at: int, stop: int) -> tuple[str, int, float]:
    """A government body, school, union …: up to its ending, or a noun such as `Bureau` with `of …` after it."""
    for here in range(min(stop, len(tokens)) - 1, at - 1, -1):
        if runs.phrase_at("roles", tokens, here, stop) and here > at:
            continue
        if tokens[here].text in phrases("organization nouns") or runs.phrase_at(
            "banks of state", tokens, here - 1, stop
        ):
            end = of_subjects(runs, tokens, here + 1)
            if end > here + 1:
                return ORGANIZATION, end, 0.95
    end = body_end(runs, tokens, at, stop)
    if not end and stop - at > 1 and is_body(runs, tokens, at, stop, stop):
        end = stop
    if end:
        return ORGANIZATION, end, 0.93
    joined = _joined(runs, tokens, at, stop)
    if joined:
        return ORGANIZATION, joined, 0.9
    head = runs.phrase_at("organization heads", tokens, at, stop)
    if head and at + head < stop:
        return ORGANIZATION, stop, 0.9
    return "", 0, 0.0


def of_subjects(runs: Runs, tokens: list[Token], at: int) -> int:
    """Where the `of Commerce and Industry` that begins at a token ends; `at` where there is none."""
    end = at
    if at >= len(tokens) or tokens[at - 1].gap != " " or tokens[at].text not in ("of", "for", "on"):
        return end
    here = at
    while here < len(tokens) and here - at < LONGEST:
        joint = tokens[here].text
        if joint not in ("of", "for", "and", "&", "on") or tokens[here].gap != " ":
            break
        here += 1
        if here < len(tokens) and tokens[here].text == "the":
            here += 1
        if here >= len(tokens) or not runs.is_free(tokens[here]) or tokens[here].is_first:
            break
        if tokens[here].text in phrases("calendar"):
            break
        if joint in ("and", "&", "on") and (_begins_name(runs, tokens, here) or tokens[here - 1].text == "the"):
            break
        stop = runs.before_title(tokens, here)
        if stop == here:
            break
        here = end = stop
        if _lists_subjects(runs, tokens, here):
            return runs.extent(tokens, here + 2)
        if tokens[end - 1].gap != " ":
            break
    return end


def _lists_subjects(runs: Runs, tokens: list[Token], at: int) -> bool:
    """Whether `…, Industry and Trade` goes on after a comma."""
    return (
        at + 2 < len(tokens)
        and tokens[at - 1].gap == ", "
        and tokens[at + 1].text == "and"
        and tokens[at].text in phrases("portfolio")
        and tokens[at + 2].text in phrases("portfolio")
    )


def _begins_name(runs: Runs, tokens: list[Token], at: int) -> bool:
    """Whether what follows an `and` is a name of its own, not more of the one before."""
    stop = runs.extent(tokens, at)
    words = [token.text for token in tokens[at:stop]]
    if (
        any(word in lexicon().after for word in words)
        or runs.phrase_at("honorifics", tokens, at)
        or runs.phrase_at("roles", tokens, at)
    ):
        return True
    if body_end(runs, tokens, at, stop) or words[-1] in phrases("organization nouns"):
        return True
    if len(words) > 1 and (words[-1] in phrases("company tails") and words[-1] not in phrases("portfolio")):
        return True
    if len(words) > 1 and words[0] in phrases("given names"):
        return True
    return runs.places.longest(tokens, at) > 0


def _joined(runs: Runs, tokens: list[Token], at: int, stop: int) -> int:
    """Where a name with an `and` or `of` inside it and an ending after that stops (`Rice and Fish Guild`); or 0."""
    if (
        stop + 1 >= len(tokens)
        or tokens[stop].text not in ("and", "&", "of", "for")
        or tokens[stop - 1].gap != " "
        or stop - at > 4
    ):
        return 0
    following = stop + 1
    if tokens[following].text == "the" or not runs.is_free(tokens[following]):
        return 0
    until = runs.extent(tokens, following)
    if tokens[stop].text in ("of", "for") and tokens[at].text in phrases("given names"):
        return 0
    plural = tokens[stop].text in ("and", "&") and _is_alone(runs, tokens, at, stop)
    if plural:
        return 0
    for here in range(until - 1, following, -1):
        count = runs.phrase_at("organization tails", tokens, here, until)
        if count:
            return here + count
    return 0


def _is_alone(runs: Runs, tokens: list[Token], at: int, stop: int) -> bool:
    """Whether words before an `and` are a name by themselves: a place, a person, a firm, or named elsewhere."""
    words = " ".join(token.text for token in tokens[at:stop])
    if runs.places.longest(tokens, at) == stop - at or words in phrases("given names"):
        return True
    if any(
        token.text in lexicon().after
        or (token.text in phrases("company tails") and token.text not in phrases("portfolio"))
        for token in tokens[at + 1 : stop]
    ):
        return True
    if body_end(runs, tokens, at, stop):
        return True
    return bool(words) and any(one.name == words and not one.is_first for one in runs.found[-_RECENT:])
