"""Why a fact of the graph holds: the rules that conclude it, down to what is stated, with the receipts of that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.answer import label_of, source_row
from kg.backends.base import Backend, Source
from kg.errors import InputError
from kg.mcp.cuts import cut
from kg.query.params import entity
from kg.reason import Derivation, Unsupported, explain
from kg.terms import IRI, PREFIXES, Literal, Token, Triple, expand, local_name, term, token

_MOST_STEPS = 60
"""Steps of an explanation that are shown; readers of JSON take only so many levels."""

Labels = Mapping[str, Mapping[str, str]]


def explained(backend: Backend, words: tuple[str, str, str], language: str) -> dict[str, Any]:
    """Whether a fact holds, and why: its derivation as nested objects, labels in `language` where there are any.

    UnknownName and AmbiguousName for names; InputError where axioms need rules that are not explained.
    """
    subject, predicate, obj = words
    names = backend.names()
    fact = (
        _thing(subject, names),
        token(expand(predicate if ":" in predicate else f"kg:{predicate}")),
        _thing(obj, names),
    )
    try:
        found = explain(((s, p, o) for s, p, o, _ in backend.quads()), fact)
    except Unsupported as error:
        raise InputError(f"the graph states axioms whose consequences cannot be explained: {error}") from None
    if found is None:
        return {"holds": False, "truncated": False}
    steps: list[Derivation] = []
    _collect(found, steps)
    shown = steps[:_MOST_STEPS]
    sources = _sources(backend, [step.fact[0] for step in shown if not step.premises])
    about = {part[1:-1] for step in shown for part in step.fact if part.startswith("<")}
    known = {each for several in sources.values() for one in several for each in (one.report, one.publisher) if each}
    labels = backend.labels(about | known)
    tree = _tree(found, {id(step) for step in shown}, sources, labels, language)
    return {"holds": True, "derivation": cut(tree), "truncated": len(steps) > len(shown)}


def _thing(text: str, names: Any) -> Token:
    """A term by its IRI, its prefixed name, its path or a name."""
    if text.partition(":")[0] in PREFIXES or "://" in text:
        return token(expand(text))
    return token(entity(text, (), names))


def _collect(found: Derivation, steps: list[Derivation]) -> None:
    """All steps, the ones near the fact first."""
    level = [found]
    while level:
        steps.extend(level)
        level = [premise for step in level for premise in step.premises]


def _sources(backend: Backend, subjects: list[Token]) -> dict[Token, list[Source]]:
    found: dict[Token, list[Source]] = {}
    for source in backend.sources({subject[1:-1] for subject in subjects if subject.startswith("<")}):
        found.setdefault(token(IRI(source.claim)), []).append(source)
    return found


def _tree(
    found: Derivation, shown: set[int], sources: Mapping[Token, list[Source]], labels: Labels, language: str
) -> dict[str, Any]:
    receipts = [] if found.premises else sources.get(found.fact[0], [])
    return {
        "fact": _fact(found.fact, labels, language),
        "rule": "stated" if found.rule == "asserted" else found.rule,
        "premises": [_tree(each, shown, sources, labels, language) for each in found.premises if id(each) in shown],
        "sources": [source_row(source, labels, language) for source in receipts],
    }


def _fact(fact: Triple, labels: Labels, language: str) -> dict[str, str]:
    subject, predicate, obj = (_name(part, labels, language) for part in fact)
    return {"subject": subject, "predicate": predicate, "object": obj, "triple": " ".join(fact)}


def _name(part: Token, labels: Labels, language: str) -> str:
    read = term(part)
    return read.value if isinstance(read, Literal) else label_of(read, labels, language) or local_name(read)
