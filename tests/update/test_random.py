"""Updates on random graphs give what the engine itself gives, but for the form of literals, which stays as written."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.terms import XSD, Quad, line_of
from kg.update import updated

NODES = [f"<http://example.org/{name}>" for name in "abcd"]
LITERALS = [
    '"x"',
    '"x"@en',
    '"2.5"^^<http://www.w3.org/2001/XMLSchema#decimal>',
    '"2021-09"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>',
    '"say \\"no\\" ; } . { # \\n\\\\"',
]
ODD = [f'"{text}"^^<{XSD}{kind}>' for text, kind in (("2.50", "decimal"), ("007", "integer"), ("1", "boolean"))]
GRAPHS = [f"<http://example.org/g{number}>" for number in range(3)]


def quads_of(literals: list[str]) -> st.SearchStrategy[set[Quad]]:
    """Small sets of quads in named graphs."""
    objects = st.sampled_from([*NODES, *literals])
    return st.sets(
        st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), objects, st.sampled_from(GRAPHS)), max_size=8
    )


@st.composite
def operations(draw: st.DrawFn, literals: list[str]) -> str:
    """An operation that needs no default graph."""
    kind = draw(st.sampled_from(["INSERT", "DELETE", "CLEAR", "DROP", "COPY", "MOVE", "ADD", "CREATE", "PATTERN"]))
    one, other = draw(st.sampled_from(GRAPHS)), draw(st.sampled_from(GRAPHS))
    if kind in ("INSERT", "DELETE"):
        data = sorted(draw(quads_of(literals)))
        blocks = " ".join(f"GRAPH {g} {{ {s} {p} {o} {draw(st.sampled_from(['', '.']))} }}" for s, p, o, g in data)
        return f"{kind} DATA {{ {blocks} }}"
    if kind in ("CLEAR", "DROP"):
        return f"{kind} SILENT {draw(st.sampled_from(['NAMED', 'ALL', f'GRAPH {one}']))}"
    if kind == "CREATE":
        return f"CREATE SILENT GRAPH {one}"
    if kind == "PATTERN":
        templates = f"DELETE {{ GRAPH {one} {{ ?s ?p ?o }} }} INSERT {{ GRAPH {other} {{ ?o ?p ?s }} }}"
        return f"{templates} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    return f"{kind} SILENT {draw(st.sampled_from(['', 'GRAPH ']))}{one} TO {other}"


def sequences(literals: list[str]) -> st.SearchStrategy[str]:
    """Several operations, with what may stand between them."""
    between = st.sampled_from([" ; ", "\n;\n", " ; # not } ; this\n", " ; PREFIX a: <http://example.org/> "])
    several = st.lists(operations(literals), min_size=1, max_size=5)
    return st.builds(lambda each, mark: mark.join(each), several, between)


def of_engine(quads: set[Quad], update: str) -> set[Quad]:
    """What the engine makes of an update; it does not know prologues within a sequence."""
    store = ox.Store()
    store.extend(ox.parse("\n".join(map(line_of, quads)), format=ox.RdfFormat.N_QUADS))
    store.update(update.replace("PREFIX a: <http://example.org/>", ""))
    return {(str(each.subject), str(each.predicate), str(each.object), str(each.graph_name)) for each in store}


def after(quads: set[Quad], update: str) -> set[Quad]:
    patch = updated(quads, update)
    assert patch.removed <= quads
    assert patch.added.isdisjoint(quads)
    return (quads - patch.removed) | patch.added


@given(quads_of(LITERALS), sequences(LITERALS))
def test_an_update_does_what_the_engine_does(quads: set[Quad], update: str) -> None:
    assert after(quads, update) == of_engine(quads, update)


def as_values(quads: set[Quad]) -> set[Quad]:
    """Quads as the engine writes them."""
    return of_engine(quads, "CLEAR SILENT GRAPH <http://example.org/none>")


@given(quads_of(ODD), sequences(ODD))
def test_literals_stay_as_they_are_written(quads: set[Quad], update: str) -> None:
    found = after(quads, update)
    assert {o for _, _, o, _ in found} <= {*NODES, *ODD}
    assert as_values(found) == of_engine(quads, update)
