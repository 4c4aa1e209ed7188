"""SPARQL 1.1 Update on a set of quads: which quads it takes away, and which it brings.

The default graph that patterns match is the union of all graphs, as for queries; what a template inserts
outside any graph has no graph yet, and what it deletes there goes from every graph. `DEFAULT` in CLEAR,
DROP, COPY, MOVE and ADD means the graph of triples that came without one.

Literals keep the form in which they were written: `2.50` stays so, wherever an update carries it. The engine
knows values only, so a pattern or a DELETE template that says 2.5 finds 2.50 too; DELETE DATA does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg import formats
from kg.index import Dataset, engine_quads, faults
from kg.query import guard
from kg.query.operations import Operation, as_trig, inserted_literals, operations, source_of, with_using
from kg.terms import GRAPH_OTHER, PREFIXES, Quad, Token

_OTHER = f"<{GRAPH_OTHER}>"
_MANAGEMENT = ("CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
_PLACE = "urn:x-kabar:literal:"


class Patch(NamedTuple):
    """What an update does: the quads to take away and the quads to bring, those without a graph marked by none."""

    removed: set[Quad]
    added: set[Quad]


def updated(quads: Iterable[Quad], update: str, using: Dataset | None = None, base: str | None = None) -> Patch:
    """What `update` does to `quads`; `using` is the dataset that the protocol gives for its patterns.

    ParseError with line and column where it does not parse; InputError where it reaches out, or where it
    names a dataset itself beside `using` (SPARQL 1.1 Protocol, section 2.2.3).
    """
    guard.check_update(update)
    given = operations(update)
    for operation in given:
        with faults("update"), suppress(RuntimeError):  # it does not parse, or could not be done in an empty store
            ox.Store().update(operation.text, base_iri=base, prefixes=PREFIXES)
    before = set(quads)
    now = set(before)
    for operation in given:
        with faults("update"):
            now = _applied(now, operation, using, base)
    return Patch(before - now, now - before)


def _applied(now: set[Quad], operation: Operation, using: Dataset | None, base: str | None) -> set[Quad]:
    """The quads after one operation."""
    if operation.is_data:
        given = _data(operation, base)
        return now | given if operation.words[0] == "INSERT" else _without(now, given)
    if operation.words[0] in _MANAGEMENT:
        return _managed(now, operation, base)
    return _modified(now, operation, using, base)


def _data(operation: Operation, base: str | None) -> set[Quad]:
    """The quads of INSERT DATA or DELETE DATA, literals as they are written there."""
    text = as_trig(operation).encode()
    return set(formats.parse(text, formats.FORMATS["trig"], "update", base))


def _managed(now: set[Quad], operation: Operation, base: str | None) -> set[Quad]:
    """After CLEAR, DROP, CREATE, ADD, MOVE or COPY, to which `DEFAULT` is the graph of triples without one."""
    literals = sorted({o for _, _, o, _ in now if o.startswith('"')})
    places = {literal: f"<{_PLACE}{i}>" for i, literal in enumerate(literals)}
    stated = {(s, p, places.get(o, o), "" if g == _OTHER else g) for s, p, o, g in now}
    if source := source_of(operation):
        _run(stated, f"{operation.prologue}CLEAR GRAPH {source}", base)  # it fails where there is no such graph
    gone, come = _run(stated, operation.text, base)
    values = {place: literal for literal, place in places.items()}
    return {(s, p, values.get(o, o), g or _OTHER) for s, p, o, g in (stated - gone) | come}


def _modified(now: set[Quad], operation: Operation, using: Dataset | None, base: str | None) -> set[Quad]:
    """After DELETE and INSERT by patterns, for which the default graph is the union of all graphs."""
    text, values = _with_places(operation, base)
    text = with_using(text, using.default, using.named) if using is not None else text
    united = now | {(s, p, o, "") for s, p, o, _ in now}
    gone, come = _run(united, text, base)
    come = {(s, p, values.get(o, o), g) for s, p, o, g in come}
    return _without(now, gone) | _named(come, operation.text, now)


def _with_places(operation: Operation, base: str | None) -> tuple[str, Mapping[Token, Token]]:
    """The operation with an IRI in place of each literal that it inserts, and the literals by those IRIs."""
    out, values, done = list[str](), dict[Token, Token](), 0
    for begin, end in inserted_literals(operation.text):
        place = f"<{_PLACE}{len(values)}>"
        stated = f"{operation.prologue}<x:s> <x:p> {operation.text[begin:end]} ."
        (values[place],) = (quad[2] for quad in formats.parse(stated.encode(), formats.FORMATS["trig"], "update", base))
        out += (operation.text[done:begin], f" {place} ")
        done = end
    return "".join(out) + operation.text[done:], values


def _named(quads: set[Quad], text: str, now: set[Quad]) -> set[Quad]:
    """`quads` with IRIs for blank nodes, none of which is there already, and the same ones on every run."""
    if not any(term.startswith("_:") for quad in quads for term in quad):
        return quads
    dataset = ox.Dataset(engine_quads(quads, merged=False))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    ordered = sorted(map(_tokens, dataset))
    taken = {term for quad in now for term in quad if term.startswith(f"<{formats.GENID}")}
    taken -= {term for quad in quads for term in quad}
    salt = len(now)
    while True:
        made = set(formats.without_blank_nodes(ordered, f"{text}\n{salt}".encode()))
        if taken.isdisjoint(term for quad in made for term in quad):
            return made
        salt += 1


def _without(now: set[Quad], gone: set[Quad]) -> set[Quad]:
    """`now` without what is gone; what is gone from no graph in particular goes from all of them."""
    anywhere = {quad[:3] for quad in gone if not quad[3]}
    return {quad for quad in now if quad not in gone and quad[:3] not in anywhere}


def _run(quads: set[Quad], text: str, base: str | None) -> tuple[set[Quad], set[Quad]]:
    """What the engine takes away and brings, literals that it would write otherwise as they were."""
    store = ox.Store()
    store.bulk_extend(engine_quads(quads, merged=False))
    before = set(map(_tokens, store))
    written = _as_written(quads, before)
    store.update(text, base_iri=base, prefixes=PREFIXES)
    after = set(map(_tokens, store))
    gone = {(s, p, each, g) for s, p, o, g in before - after for each in written.get(o, {(s, p): {o}}).get((s, p), ())}
    come = {(s, p, each, g) for s, p, o, g in after - before for each in _carried(s, p, o, written)}
    return gone & quads, come


_Written = Mapping[Token, Mapping[tuple[Token, Token], set[Token]]]
"""By what the engine makes of a literal: the forms in which it is written, by subject and predicate."""


def _as_written(quads: set[Quad], before: set[Quad]) -> _Written:
    """The forms of literals that the engine writes otherwise than they came."""
    odd = sorted({o for _, _, o, _ in quads - before})
    store = ox.Store()
    store.extend(engine_quads([(f"<x:{i}>", "<x:p>", literal, "") for i, literal in enumerate(odd)], merged=False))
    made = {odd[int(quad.subject.value[2:])]: str(quad.object) for quad in store}
    found: dict[Token, dict[tuple[Token, Token], set[Token]]] = {form: defaultdict(set) for form in made.values()}
    for s, p, o, _ in quads:
        form = made.get(o, o)
        if form in found:
            found[form][s, p].add(o)
    return found


def _carried(s: Token, p: Token, value: Token, written: _Written) -> set[Token]:
    """The forms of a literal that an update took from elsewhere: there, of that subject, or the only one there is."""
    places = written.get(value)
    if places is None:
        return {value}
    if (s, p) in places:
        return places[s, p]
    of_subject = set().union(*(forms for (subject, _), forms in places.items() if subject == s))
    forms = of_subject or set().union(*places.values())
    return forms if len(forms) == 1 else {value}


def _tokens(quad: Any) -> Quad:
    graph: Token = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return str(quad.subject), str(quad.predicate), str(quad.object), graph
