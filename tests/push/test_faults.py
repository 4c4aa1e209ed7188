"""Whatever fails on the way: the store is equal in the end, or the push says that it is not, and resuming mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import thorough
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from push.stub import KINDS, Fault, Stub, running

from kg.errors import CheckFailed, KgError, RemoteError
from kg.push import Wishes, push, record
from kg.push.client import Patience
from kg.terms import XSD, Quad

pytestmark = thorough

SECRET = "sesame-ÖÄ%&-0815"  # noqa: S105  # nobody's
QUICK = Patience(tries=4, first_wait=0.001, longest_wait=0.01, total=30, one_answer=0.2)
WAYS = ("put", "insert", "quads")

PROFILE = """
title = "stub"
run_here = true
sign_in = "basic"
[paths]
query = "/query"
update = "/update"
{paths}
[accepts]
media_type = "application/n-triples"
chunked = false
gzip = true
insert_triples = 7
insert_bytes = 4096
body_bytes = 1000000
[default_graph]
queries = "isolated"
writable = true
[values]
rewritten = false
[bulk]
from_triples = 1000000
command = "none"
[sources]
"""
PATHS = {"put": 'graph_store = "/store"', "insert": "", "quads": 'graph_store = "/store"\nquads = "/store"'}


def graph_of(names: str, triples: int = 12) -> list[Quad]:
    """A graph for each letter; their content is not the same for capitals."""
    return [
        (f"<https://example.org/{name}/{n}>", "<https://example.org/p>", f'"{n}.5"^^<{XSD}decimal>', graph)
        for name in names
        for graph in [f"<https://example.org/graph/{name.lower()}>"]
        for n in range(triples)
    ]


def expected(quads: list[Quad]) -> tuple[dict[str, set[str]], set[str]]:
    graphs: dict[str, set[str]] = {}
    for s, p, o, graph in quads:
        graphs.setdefault(graph[1:-1], set()).add(f"{s} {p} {o}")
    return graphs, {triple for content in graphs.values() for triple in content}


def equal(stub: Stub, quads: list[Quad]) -> bool:
    """The store holds each graph, and in its default graph each triple, and nothing else of ours."""
    found = stub.graphs()
    graphs, default = expected(quads)
    kept = {name: content for name, content in found.items() if name not in ("", record.GRAPH, record.DEFAULT)}
    return kept == graphs and (stub.union or found.get("", set()) == default)


@pytest.fixture
def secret(monkeypatch):
    monkeypatch.setenv("KG_USER", "ali")
    monkeypatch.setenv("KG_PASSWORD", SECRET)


def failure(action: Callable[[], object]) -> KgError | None:
    try:
        action()
    except KgError as error:
        return error
    return None


def wishes(folder: Path, way: str, resume: bool = False) -> Wishes:
    profile = folder / f"{way}.toml"
    profile.write_text(PROFILE.format(paths=PATHS[way]), encoding="utf-8")
    return Wishes(str(profile), "news", resume=resume, journal=folder / "journal.jsonl", patience=QUICK)


def survives(folder: Path, way: str, stub: Stub, before: list[Quad], after: list[Quad]) -> None:
    """Push one state, then another through faults: an equal store, or an error and an equal store once resumed."""
    said: list[str] = []
    faults, stub.faults = stub.faults, {}
    push(before, stub.address, wishes(folder, way))
    assert equal(stub, before)
    stub.changes, stub.faults = 0, faults
    failed = failure(lambda: push(after, stub.address, wishes(folder, way), said.append))
    if failed is not None:
        said.append(str(failed))
        assert isinstance(failed, RemoteError | CheckFailed)
        assert "--resume" in str(failed)
        assert "\n" not in str(failed)
        stub.faults = {}
        push(after, stub.address, wishes(folder, way, resume=True), said.append)
    assert equal(stub, after)
    journal = (folder / "journal.jsonl").read_text(encoding="utf-8")
    assert json.loads(journal.split("\n")[-2]) == {"finished": True}
    spoken = " ".join([*said, journal])
    assert not any(form in spoken for form in ("sesame", "c2VzYW1l", "YWxp"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("secret")
def test_each_fault_before_and_after_the_change(tmp_path, kind, way):
    """On the first, a middle and the last change of a push that replaces, adds and withdraws graphs."""
    before, after = ([], graph_of("abcd")) if way == "quads" else (graph_of("abd"), graph_of("Abc"))
    with running(Stub()) as stub:
        push(before, stub.address, wishes(tmp_path, way))
        stub.changes = 0
        push(after, stub.address, wishes(tmp_path, way))
        count = stub.changes
    for number in sorted({0, 1, count // 2, count - 1}):
        for is_after in (False, True):
            with running(Stub({number: Fault(kind, is_after)})) as stub:
                survives(tmp_path, way, stub, before, after)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    faults=st.dictionaries(
        st.integers(0, 12), st.builds(Fault, st.sampled_from([k for k in KINDS if k != "silence"]), st.booleans())
    ),
    way=st.sampled_from(WAYS),
    union=st.booleans(),
    states=st.tuples(st.sampled_from(["", "a", "abd"]), st.sampled_from(["abc", "Ab", "Cd"])),
)
@pytest.mark.usefixtures("secret")
def test_many_faults_at_once(tmp_path, faults, way, union, states):
    with running(Stub(faults, union)) as stub:
        survives(tmp_path, way, stub, graph_of(states[0]), graph_of(states[1]))


@pytest.mark.usefixtures("secret")
def test_what_is_too_large_is_sent_in_smaller_parts(tmp_path):
    with running(Stub(most_bytes=700)) as stub:
        push(graph_of("ab", 40), stub.address, wishes(tmp_path, "quads"))
        assert equal(stub, graph_of("ab", 40))


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("way", WAYS)
def test_a_triple_that_the_store_refuses_is_named(tmp_path, way):
    with running(Stub(poison=b"/b/7>")) as stub, pytest.raises(RemoteError) as refused:
        push(graph_of("ab"), stub.address, wishes(tmp_path, way))
    assert "<https://example.org/b/7> <https://example.org/p>" in str(refused.value)


@pytest.mark.usefixtures("secret")
def test_what_stood_in_the_default_graph_stays_unless_it_is_to_be_replaced(tmp_path):
    theirs = "<https://example.org/theirs> <https://example.org/p> <https://example.org/o>"
    mine = " ".join(graph_of("a")[0][:3])
    with running(Stub()) as stub:
        stub.store.update(f"INSERT DATA {{ {theirs} . {mine} }}")
        push(graph_of("ab"), stub.address, wishes(tmp_path, "put"))
        push(graph_of("b"), stub.address, wishes(tmp_path, "put"))
        assert stub.graphs()[""] == {theirs, mine, *expected(graph_of("b"))[1]}
        given = wishes(tmp_path, "put")
        push(graph_of("b"), stub.address, Wishes(given.profile, "news", replace_default=True, journal=given.journal))
        assert stub.graphs()[""] == expected(graph_of("b"))[1]


@pytest.mark.usefixtures("secret")
def test_a_store_that_forgets_what_it_took_is_found_out(tmp_path):
    """204 for every change, and nothing kept: that is told, and the exit code is 1."""
    with running(Stub()) as stub:
        stub.store = Forgetful()
        with pytest.raises(CheckFailed, match="takes changes and does not keep them") as found:
            push(graph_of("ab"), stub.address, wishes(tmp_path, "insert"))
    assert found.value.exit_code == 1


class Forgetful:
    """An engine that takes updates and keeps none."""

    def __init__(self) -> None:
        import pyoxigraph

        self.query = pyoxigraph.Store().query

    def update(self, text: str) -> None:
        pass
