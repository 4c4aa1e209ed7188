"""`kg explain`: why an inferred fact holds, down to the sentences its premises rest on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

import kg
from kg.answer import label_of
from kg.backends.base import Backend
from kg.cli.terminal import clean, receipt, width, wrap
from kg.errors import InputError
from kg.query.params import entity
from kg.reason import Derivation, Unsupported, closure, explain
from kg.terms import PREFIXES, Literal, Token, Triple, expand, local_name, term, token


def run(options: argparse.Namespace) -> int:
    """Explain one fact, or list what is inferred of one subject."""
    if len(options.term) not in (1, 3):
        raise InputError("name a subject, predicate and object, or a subject alone; see: kg explain --help")
    words = options.term if len(options.term) == 3 else _parts(options.term[0])
    with kg.open(options.store) as graph:
        backend = graph.backend
        triples = [(s, p, o) for s, p, o, _ in backend.quads()]
        if len(words) == 1:
            return _list(backend, triples, _term(words[0], backend))
        fact = (_term(words[0], backend), _predicate(words[1]), _term(words[2], backend))
        try:
            found = explain(triples, fact)
        except Unsupported as error:
            raise InputError(f"the graph states axioms whose consequences cannot be explained: {error}") from None
        if found is None:
            print(f"{_shown(fact, backend)}\nis neither stated nor inferred in this graph")
            return 1
        for line in _tree(found, backend, 0):
            print(line)
    return 0


def _parts(text: str) -> list[str]:
    """The three terms of a triple written in one argument, or the argument itself."""
    words = text.rstrip(" .").split()
    return words if len(words) == 3 and all(":" in word or word.startswith("<") for word in words) else [text]


def _list(backend: Backend, triples: list[Triple], subject: Token) -> int:
    inferred = sorted(triple for triple in closure(triples) if triple[0] == subject)
    stated = any(triple[0] == subject for triple in triples)
    if not inferred:
        known = "nothing is inferred of it" if stated else "the graph says nothing of it"
        print(f"{_name(subject, backend)}: {known}")
        return 0
    for triple in inferred:
        found = explain(triples, triple)
        print(f"{_shown(triple, backend)}   [{found.rule if found else 'owlrl'}]")
    print("\nkg explain SUBJECT PREDICATE OBJECT tells why, down to the sentences")
    return 0


def _term(text: str, backend: Backend) -> Token:
    """A term as typed: an IRI in angle brackets or not, a prefixed name, a path, or a name."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if bare.partition(":")[0] in PREFIXES or "://" in bare:
        return token(expand(bare))
    return token(entity(bare, (), backend.names()))


def _predicate(text: str) -> Token:
    """A property as typed: an IRI, a prefixed name, or the bare name of one of ours."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    return token(expand(bare if ":" in bare else f"kg:{bare}"))


def _tree(found: Derivation, backend: Backend, depth: int) -> Iterable[str]:
    """A derivation as lines: the fact, the rule, its premises below it, and at the leaves their sentences."""
    indent = "  " * depth
    how = "stated" if found.rule == "asserted" else f"inferred by {found.rule}"
    yield from wrap(clean(f"{_shown(found.fact, backend)}   [{how}]"), width(), indent)
    if found.rule == "asserted":
        for line in _receipts(found.fact, backend):
            yield from wrap(line, width(), indent + "    ")
    for premise in found.premises:
        yield from _tree(premise, backend, depth + 1)


def _receipts(fact: Triple, backend: Backend) -> Iterable[str]:
    """The receipts of a stated fact's subject, in words."""
    sources = backend.sources([fact[0][1:-1]]) if fact[0].startswith("<") else []
    labels = backend.labels({source.publisher for source in sources if source.publisher})
    for source in sources:
        publisher = label_of(source.publisher, labels, "en") if source.publisher else None
        yield receipt(source._asdict() | {"publisher": publisher})


def _shown(fact: Triple, backend: Backend) -> str:
    return "  ".join(_name(part, backend) for part in fact)


def _name(part: Token, backend: Backend) -> str:
    read = term(part)
    if isinstance(read, Literal):
        return f"“{read.value}”"
    labels = backend.labels([read]) if part.startswith("<") else {}
    return label_of(read, labels, "en") or local_name(read)
