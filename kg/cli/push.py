"""`kg push`: the graph into a triple store, with a proof that it arrived."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.cli.progress import bar
from kg.cli.terminal import clean
from kg.errors import InputError
from kg.export import with_inferred
from kg.push import Outcome, Wishes, push
from kg.push.client import Patience

SHIPPED = "shipped"
_SHOWN = 20
"""Graphs that a dry run lists one by one."""


def run(options: argparse.Namespace) -> int:
    """Push the graph, and say in one line what came of it."""
    if options.store and options.store.startswith(("http://", "https://")):
        raise InputError("--store names the graph to push, a file; the address of the store to fill stands by itself")
    wishes = Wishes(
        profile=options.profile,
        source=options.source or (Path(options.store).stem if options.store else SHIPPED),
        verify=options.verify,
        dry_run=options.dry_run,
        resume=options.resume,
        replace_default=options.replace_default,
        journal=options.journal,
        patience=Patience(total=options.timeout),
    )
    with kg.open(options.store) as graph:
        quads = list(graph.backend.quads())
    try:
        outcome = push(with_inferred(quads) if options.inferred else quads, options.endpoint, wishes, _say, bar)
    except KeyboardInterrupt:
        print("kg: interrupted; go on with the same command and --resume", file=sys.stderr)
        return 130
    for line in _planned(outcome) if options.dry_run else _done(outcome):
        print(clean(line))
    return 0


def _say(text: str) -> None:
    print(f"kg: {clean(text)}", file=sys.stderr)


def _done(outcome: Outcome) -> Iterator[str]:
    plan = outcome.plan
    sent = sum(len(graph.triples) for graph in plan.send)
    yield (
        f"{outcome.query}: {len(plan.send)} graphs with {sent} triples sent ({outcome.way}), "
        f"{len(plan.unchanged)} unchanged, {len(plan.withdraw)} removed; what is there was verified"
    )


def _planned(outcome: Outcome) -> Iterator[str]:
    """What would be sent where; and for a large graph the store's own way."""
    plan, profile = outcome.plan, outcome.profile
    triples, size = sum(len(g.triples) for g in plan.send), sum(len(g.body) for g in plan.send)
    for graph in plan.send[:_SHOWN]:
        yield f"would send <{graph.iri}>: {len(graph.triples)} triples, {len(graph.body)} bytes"
    if len(plan.send) > _SHOWN:
        yield f"would send {len(plan.send) - _SHOWN} more graphs"
    for name in plan.withdraw:
        yield f"would remove <{name}>, which the graph no longer holds"
    asked = "asked" if outcome.asked else f"says the profile {profile.name}; asked when something is sent"
    if outcome.behaviour == "isolated":
        yield f"would put each triple into the default graph too, which stands by itself ({asked})"
    else:
        yield f"would leave the default graph alone, which unites the named graphs ({asked})"
    yield (
        f"{outcome.query}: {len(plan.send)} graphs with {triples} triples in {size} bytes by {outcome.way}, "
        f"{len(plan.unchanged)} unchanged, {len(plan.withdraw)} to remove; nothing was changed"
    )
    if sum(len(graph.triples) for graph in plan.every.values()) >= profile.bulk_from:
        yield "a graph of this size loads faster by the store's own loader:"
    else:
        yield f"from {profile.bulk_from} triples on, the store's own loader is faster:"
    yield f"  {profile.bulk_command}"
