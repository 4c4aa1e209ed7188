"""`kg diff`: what changed between two states of a graph, in words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import groupby

import kg
from kg.cli.terminal import clean, width, wrap
from kg.diff import Change, compare
from kg.diff.wording import cut, differing
from kg.terms import Quad

SHIPPED = "shipped"
"""The word for the graph that ships."""

_HEADINGS = {
    "report": "Reports",
    "claim": "Claims",
    "entity": "Entities",
    "judgement": "Judgements",
    "correction": "Corrections",
}


def run(options: argparse.Namespace) -> int:
    """Print what changed; 0 where nothing did, else 1."""
    changes = compare(_quads(options.before), _quads(options.after), options.lang)
    if options.format == "json":
        print(json.dumps([change.as_dict() for change in changes], ensure_ascii=False, indent=2))
    elif changes:
        for line in _lines(changes, width()):
            print(line)
    else:
        print(clean(f"{options.before} and {options.after} say the same"))
    return 1 if changes else 0


def _quads(source: str) -> list[Quad]:
    with kg.open(None if source == SHIPPED else source) as graph, graph.backend.reading():
        return list(graph.backend.quads())


def _lines(changes: Iterable[Change], line_width: int) -> Iterator[str]:
    """The changes by kind and by what happened, each group under a heading."""
    is_first = True
    for (kind, how), group in groupby(changes, lambda change: (change.kind, change.change)):
        if kind == "other":
            continue
        if not is_first:
            yield ""
        is_first = False
        verb = "were taken back" if (kind, how) == ("judgement", "went") else how
        yield f"{_HEADINGS[kind]} that {verb}:"
        for change in group:
            first, *rest = wrap(clean(_words(change)), line_width - 4)
            yield f"  {first}"
            yield from (f"    {line}" for line in rest)
    others = [change for change in changes if change.kind == "other"]
    if others and not is_first:
        yield ""
    for label in sorted({change.label for change in others}):
        yield _counts(label, [change for change in others if change.label == label])


def _counts(label: str, changes: list[Change]) -> str:
    """How many triples came and went, as `12 other triples came, 3 went`."""
    first, *rest = [(int((*each.after, *each.before)[0]), each.change) for each in changes]
    triples = f"{label} triple{'' if first[0] == 1 else 's'}"
    return ", ".join([f"{first[0]} {triples} {first[1]}", *(f"{number} {how}" for number, how in rest)])


def _words(change: Change) -> str:
    """A change in one line, texts and labels cut."""
    label = change.label if change.kind in ("judgement", "correction") else cut(change.label)
    if change.change == "changed":
        return f"{change.property} of {label}: {_step(change)}{_per(change)}"
    if change.kind == "report":
        return f"{label} ({(*change.before, *change.after)[0]})"
    if change.kind in ("judgement", "correction"):
        because = "".join(f", because “{cut(reason)}”" for reason in (*change.before, *change.after))
        return f"{label}{because}{_per(change)}"
    return f"{change.type}: {label}{_per(change)}"


def _step(change: Change) -> str:
    """From what to what: `8.81 → 8.84 billion USD`, or `Hong Kong came` where there is one side only."""
    before, after = _side(change, change.before, change.after), _side(change, change.after, change.before)
    if change.is_moved:
        return f"moved ({before} → {after.removeprefix('characters ')})"
    if before and after:
        return f"{before.removesuffix(change.unit)} → {after}"
    return f"{after} came" if after else f"{before} went"


def _side(change: Change, values: tuple[str, ...], others: tuple[str, ...]) -> str:
    is_long = change.is_text and len(values) == len(others) == 1
    start = differing(values[0], others[0]) if is_long else 0
    texts = [cut(value, start) for value in values]
    return ", ".join(f"“{text}”" if change.is_text else text for text in texts)


def _per(change: Change) -> str:
    """Who says so, for what a report says."""
    name = change.said.publisher or cut(change.said.report or "")
    if change.kind not in ("claim", "correction") or not name:
        return ""
    return f", per {name} ({change.said.date})" if change.said.date else f", per {name}"
