"""Pairs of things that may be one, each with a score and the reasons for it and against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.answer import label_of
from kg.candidates.blocks import near
from kg.candidates.deals import Deals, class_of
from kg.candidates.evidence import SURE, Reason, context, is_ruled_out, same_edition, same_identifier
from kg.candidates.likeness import Likeness, Name, likeness
from kg.candidates.things import Known, Thing, gather
from kg.candidates.words import DEAL, EVENT, KINDS
from kg.errors import InputError
from kg.graph import Graph
from kg.query.params import entity
from kg.result import Result, Row
from kg.terms import KG, LANGUAGES

LEAST = 80
"""The lowest score that is worth a person's time, unless another is given."""

COLUMNS = ("a", "a_iri", "b", "b_iri", "kind", "score", "why")


class Pair(NamedTuple):
    """Two things that may be one: their IRIs, their class's IRI, the score, and the reasons, the first about names."""

    one: str
    other: str
    kind: str
    score: int
    reasons: tuple[Reason, ...]


def candidates(
    graph: Graph,
    name: str | None = None,
    *,
    kinds: Sequence[str] = KINDS,
    least: int = LEAST,
    limit: int | None = None,
    lang: str = "en",
) -> Result:
    """Pairs of things in a graph that may be one, the likeliest first.

    Rows have the columns `a`, `a_iri`, `b`, `b_iri`, `kind`, `score` and `why`. `name` asks for the pairs of one
    thing only; `kinds` are of person, organization, place, event, series and deal. What a judgement joins or keeps
    apart is not proposed. Raises UnknownName, AmbiguousName or InputError.
    """
    _check(kinds, least, limit, lang)
    with graph.backend.reading():
        known = gather(graph.backend)
        deals = Deals(known)
        only = _subject(name, graph, known, deals) if name is not None else None
        found = [pair for pair in (*_things(known, kinds, only), *_deals(deals, kinds, only)) if pair.score >= least]
        found.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
        shown = found[:limit] if limit is not None else found
        labels = graph.backend.labels({iri for pair in shown for iri in _named(pair)})
    rows = [_row(pair, lambda iri: label_of(iri, labels, lang)) for pair in shown]
    return Result(COLUMNS, rows, title="Things that may be one", total=len(found))


def _check(kinds: Sequence[str], least: int, limit: int | None, lang: str) -> None:
    if lang not in LANGUAGES:
        raise InputError(f"there are no labels in {lang!r}; use one of {' '.join(LANGUAGES)}")
    for kind in kinds:
        if kind not in KINDS:
            raise InputError(f"there is no class {kind!r} to look in; use one of {' '.join(KINDS)}")
    if not 0 <= least <= 100:
        raise InputError(f"the least score must be from 0 to 100, not {least}")
    if limit is not None and limit < 0:
        raise InputError(f"the limit must be a whole number from 0 on, not {limit}")


def _subject(name: str, graph: Graph, known: Known, deals: Deals) -> str:
    """The IRI that stands for what `name` names among things and claims."""
    iri = entity(name, (KG + "Entity",), graph.backend.names(known.identity))
    if iri in deals.claims:
        return deals.head(iri)
    head = known.identity.entity.get(iri, str(iri))
    if head not in known.things:
        raise InputError(f"{name!r} is no person, organization, place, event, series or deal of this graph")
    return head


def _row(pair: Pair, label: Callable[[str], str]) -> Row:
    return Row(
        a=label(pair.one),
        a_iri=pair.one,
        b=label(pair.other),
        b_iri=pair.other,
        kind=label(pair.kind),
        score=pair.score,
        why="; ".join(
            reason.text.format(*map(label, reason.iris)) if reason.iris else reason.text for reason in pair.reasons
        ),
    )


def _named(pair: Pair) -> Iterator[str]:
    yield from (pair.one, pair.other, pair.kind)
    for reason in pair.reasons:
        yield from reason.iris


def _things(known: Known, kinds: Iterable[str], only: str | None) -> Iterator[Pair]:
    """Pairs of entities, by their names, identifiers and editions."""
    apart = _apart(known)
    for kind in sorted(set(kinds)):
        things = [thing for _, thing in sorted(known.things.items()) if thing.kind == kind]
        best = _best_names(things, kind, only)
        for one, other in _by_other_than_names(things):
            if only in (None, one.iri, other.iri):
                best.setdefault((one.iri, other.iri), None)
        for (first, second), alike in sorted(best.items(), key=lambda item: item[0]):
            pair = _judged(known.things[first], known.things[second], alike, known)
            if pair and frozenset((first, second)) not in apart:
                yield pair


def _apart(known: Known) -> set[frozenset[str]]:
    """What judgements keep apart, by the IRIs that stand for what is joined."""
    heads = known.identity.entity
    return {frozenset(heads.get(iri, iri) for iri in pair) for pair in known.facts.apart}


def _judged(one: Thing, other: Thing, alike: Likeness | None, known: Known) -> Pair | None:
    if is_ruled_out(one, other):
        return None
    first = [*same_identifier(one, other), *same_edition(one, other)]
    if alike:
        first.append(Reason(alike.score, alike.why))
    if not first:
        return None
    first.sort(key=lambda reason: -reason.weight)
    further = context(one, other, known)
    certain = first[0].weight == SURE and bool(one.identifiers & other.identifiers)
    score = SURE if certain else first[0].weight + sum(reason.weight for reason in further)
    return Pair(one.iri, other.iri, one.class_iri, max(0, min(SURE, score)), (*first, *further))


def _by_other_than_names(things: Iterable[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """Things that share an identifier or are the same edition of one series."""
    blocks: dict[tuple[str, str], list[Thing]] = defaultdict(list)
    for thing in things:
        for shared in (*(("", identifier) for identifier in thing.identifiers), *thing.editions):
            blocks[shared].append(thing)
    for _, block in sorted(blocks.items()):
        yield from combinations(block, 2)


def _best_names(things: Sequence[Thing], kind: str, only: str | None) -> dict[tuple[str, str], Likeness | None]:
    """For pairs of things with names that are alike, the two that are most so."""
    names = [(thing.iri, name) for thing in things for name in thing.names if kind != EVENT or _is_own(thing, name)]
    best: dict[tuple[str, str], Likeness | None] = {}
    for i, j in near(names, kind):
        (first, one), (second, other) = names[i], names[j]
        if first == second or only not in (None, first, second):
            continue
        pair, found = (first, second), likeness(one, other, kind)
        known = best.get(pair)
        if found and (known is None or (-found.score, found.why) < (-known.score, known.why)):
            best[pair] = found
    return best


def _is_own(thing: Thing, name: Name) -> bool:
    """Whether an event's name is its own: that of an edition without its number is its series' name."""
    return bool(name.numbers) or not thing.editions


def _deals(deals: Deals, kinds: Iterable[str], only: str | None) -> Iterator[Pair]:
    """Pairs of claims that may tell of one deal; of claims that are joined, the pair that is likeliest."""
    if DEAL not in kinds:
        return
    apart = {frozenset(map(deals.head, pair)) for pair in deals.known.facts.apart}
    best: dict[frozenset[str], Pair] = {}
    for first, second in deals.pairs():
        heads = frozenset((deals.head(first), deals.head(second)))
        if len(heads) < 2 or heads in apart or (only is not None and only not in heads):
            continue
        one, other = deals.claims[first], deals.claims[second]
        reasons = deals.reasons(one, other)
        score = max(0, min(SURE, sum(reason.weight for reason in reasons)))
        pair = Pair(first, second, class_of(one), score, tuple(reasons))
        if reasons and (heads not in best or (-score, first, second) < (-best[heads].score, *best[heads][:2])):
            best[heads] = pair
    yield from sorted(best.values())
