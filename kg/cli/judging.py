"""What `kg same` and `kg different` have in common: whom a judgement is about, and recording or taking it back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import kg
from kg import pipeline
from kg.answer import label_of
from kg.authoring.judgements import check_members
from kg.backends.base import Backend
from kg.build import judgement_iri
from kg.cli.stores import store_file
from kg.errors import InputError, UnknownName
from kg.names import nearest
from kg.query.params import entity
from kg.records import JudgementRecord
from kg.terms import BELOW, IRI, KG, RDF_TYPE, literal

_VERBS = {True: "same", False: "different"}
_BY = "agent/author"
_CLAIM = f"<{KG}report>"


def run_judgement(options: argparse.Namespace, joins: bool) -> int:
    """Record a judgement over the things that were named, or take it back."""
    verb = _VERBS[joins]
    path = store_file(options.store, verb, must_exist=True)
    if not options.undo and not (options.because and options.because.strip()):
        raise InputError(f"a judgement gives its reason: kg {verb} A B --because 'why you think so'")
    with kg.open(path) as graph:
        backend = graph.backend
        members = tuple(dict.fromkeys(_member(name, backend, options.undo) for name in options.name))
        check_members(joins, members)
        labels = backend.labels(members)
        shown = [label_of(member, labels, "en") for member in members]
        by = entity(options.by or _BY, (), backend.names())
        if options.undo:
            _check_recorded(joins, members, backend)
        else:
            _check_alike(members, shown, backend)
    node = judgement_iri(joins, members)
    if options.undo:
        pipeline.take_back(path, node)
        print(f"{path}: taken back: {_said(joins, shown)}")
        return 0
    change = pipeline.judge(path, JudgementRecord(joins, members, (literal(options.because, "en"),), by))
    print(f"{path}: {'recorded' if change else 'recorded before'}: {_said(joins, shown)}")
    return 0


def _member(name: str, backend: Backend, may_be_gone: bool) -> IRI:
    """The IRI of an entity by any name, path or IRI, or of a claim by path or IRI.

    What a judgement was recorded over may have gone with its report, and is known by path or IRI still.
    """
    found = entity(name, [KG + "Entity"], backend.names())
    if not may_be_gone and not backend.facts(found):
        raise UnknownName(name, nearest(name, backend.all_names([KG + "Entity"])), "entity or claim")
    return found


def _check_alike(members: Sequence[IRI], shown: Sequence[str], backend: Backend) -> None:
    """Only like can be one: two people, two claims, a company and an organization."""
    kinds = [_kind(member, backend) for member in members]
    for kind, name in zip(kinds, shown, strict=True):
        if kind != kinds[0]:
            raise InputError(
                f"{shown[0]} is of the class {kinds[0]} and {name} is of {kind}; only like is judged with like"
            )


def _kind(member: IRI, backend: Backend) -> str:
    facts = backend.facts(member)
    if any(predicate == _CLAIM for _, predicate, _ in facts):
        return "Claim"
    types = {obj[1:-1] for _, predicate, obj in facts if predicate == RDF_TYPE}
    known = [kind for kind in (*BELOW[KG + "Organization"], *BELOW[KG + "Entity"]) if kind in types]
    if not known:
        raise InputError(f"{member} is neither an entity nor a claim; name one")
    return "Organization" if known[0] in BELOW[KG + "Organization"] else known[0].removeprefix(KG)


def _check_recorded(joins: bool, members: Sequence[IRI], backend: Backend) -> None:
    """Where there is no judgement over just these, say which judgements speak of them."""
    node = judgement_iri(joins, members)
    if backend.facts(node):
        return
    groups = {each for member in members for each in backend.identity().alike(member) if each not in members}
    through = f"; they are joined with {' '.join(sorted(groups))}: take those back" if joins and groups else ""
    verb = _VERBS[joins]
    raise InputError(f"no judgement says {verb} of just these{through}; see: kg ask judgements --about {members[0]}")


def _said(joins: bool, shown: Sequence[str]) -> str:
    return f"{' and '.join(shown)} are {'one' if joins else 'not one'}"
