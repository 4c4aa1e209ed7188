"""Each real store from the first push on: what ships arrives, stays in step, and every canned query gives its rows."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest
from stores.changes import update
from stores.servers import SERVERS, Server

import kg
from kg import pipeline
from kg.push import profiles
from kg.terms import ID, IRI

DATA = Path(__file__).parents[2] / "data" / "reports"
THEIRS = "<https://example.org/theirs>"
INFERRED = "<https://w3id.org/kabar/id/graph/inferred>"


@dataclass
class Pushing:
    """A store that runs, the graph that is pushed there, and `kg push` for both."""

    server: Server
    graph: Path
    call: object

    def __call__(self, *arguments: str, store: Path | None = None):
        given = ("--store", store or self.graph, *arguments)
        done = self.call(self.server.address, *given, **self.server.secrets)
        assert done.returncode == 0, done.stderr
        assert not any(secret in done.stdout + done.stderr for secret in self.server.secrets.values())
        return done

    def remote(self) -> kg.Graph:
        return kg.open(self.server.query, timeout=60)


@pytest.mark.parametrize("name", sorted(SERVERS))
def test_a_real_store(name, tmp_path, three, two, push, run, shipped):
    """All that ships where all stores are installed; three reports, and no more than Oxigraph, for a newcomer."""
    whole = "KG_STORES" in os.environ
    graph = tmp_path / "graph" / "news.kg"
    graph.parent.mkdir()
    shutil.copy(shipped.backend.path if whole else three, graph)
    (tmp_path / "server").mkdir()
    with SERVERS[name](tmp_path / "server") as server:
        pushing = Pushing(server, graph, push)
        a_dry_run_changes_nothing(pushing)
        the_first_push_arrives_and_the_second_has_nothing_to_send(pushing)
        what_is_withdrawn_and_added_follows(pushing)
        what_others_put_there_stays(pushing, two)
        if whole:
            every_canned_query_gives_its_rows(pushing, shipped, run)
            what_is_inferred_stands_in_a_graph_of_its_own(pushing, two)
            what_becomes_of_literals_is_what_the_page_says(pushing, tmp_path)
            updates_alone_will_do(pushing, tmp_path)


def a_dry_run_changes_nothing(pushing):
    dry = pushing("--dry-run")
    assert "nothing was changed" in dry.stdout
    assert "triples" in dry.stdout
    with pushing.remote() as remote:
        assert remote.sparql("ASK { GRAPH ?g { ?r a kg:Report } }") is False


def the_first_push_arrives_and_the_second_has_nothing_to_send(pushing):
    with kg.open(pushing.graph) as graph:
        graphs = len({quad[3] for quad in graph.backend.quads()})
    first = pushing("--verify", "values")
    assert f"{graphs} graphs with" in first.stdout
    assert first.stdout.count("\n") == 1
    again = pushing()
    assert f"0 graphs with 0 triples sent (nothing), {graphs} unchanged, 0 removed" in again.stdout


def every_canned_query_gives_its_rows(pushing, shipped, run):
    with pushing.remote() as remote:
        for name in shipped.query_names():
            for example in shipped.query(name).examples or [{}]:
                rows = remote.ask(name, **example).to_dicts()
                assert rows == shipped.ask(name, **example).to_dicts(), (name, example)
        assert remote.sparql("ASK { ?s a kg:Nothing }") is False
        assert remote.sparql("ASK { ?s a kg:Report }") is True
        if pushing.server.name == "virtuoso":
            with pytest.raises(kg.RemoteError, match="cut the answer at 10000 rows"):
                remote.sparql("SELECT * WHERE { ?s ?p ?o }")
    arguments = ("ask", "who-invested-where", "--place", "Daxing", "--format", "csv")
    assert run(*arguments, "--store", pushing.server.query).stdout == run(*arguments).stdout


def what_is_withdrawn_and_added_follows(pushing):
    with kg.open(pushing.graph) as graph:
        report = str(graph.ask("reports").to_dicts()[-1]["report_iri"])
    pipeline.remove(pushing.graph, IRI(report))
    assert "1 removed" in pushing().stdout
    the_same(pushing)
    with pushing.remote() as remote:
        assert remote.sparql(f"ASK {{ <{report}> ?p ?o }}") is False
    pipeline.add(pushing.graph, [DATA / f"{report.removeprefix(ID + 'report/')}.yaml"])
    assert ", 0 removed" in pushing("--verify", "values").stdout
    the_same(pushing)


def the_same(pushing):
    with kg.open(pushing.graph) as graph, pushing.remote() as remote:
        for name in ("reports", "figures"):
            assert remote.ask(name).to_dicts() == graph.ask(name).to_dicts()


def what_others_put_there_stays(pushing, two):
    update(pushing.server, f"INSERT DATA {{ GRAPH {THEIRS} {{ {THEIRS} {THEIRS} 'in a graph' }} }}")
    has_default = pushing.server.name != "virtuoso"
    if has_default:
        update(pushing.server, f"INSERT DATA {{ {THEIRS} {THEIRS} 'in the default graph' }}")
    pushing("--source", "other", store=two)
    assert ", 0 removed" in pushing().stdout, "what another source lists too is not taken away"
    with pushing.remote() as remote:
        assert remote.sparql(f"ASK {{ GRAPH {THEIRS} {{ {THEIRS} {THEIRS} 'in a graph' }} }}") is True
        if has_default:
            assert remote.sparql(f"ASK {{ {THEIRS} {THEIRS} 'in the default graph' }}") is True


def what_is_inferred_stands_in_a_graph_of_its_own(pushing, two):
    pushing("--inferred", "--source", "inferred", store=two)
    with pushing.remote() as remote:
        assert remote.sparql(f"ASK {{ GRAPH {INFERRED} {{ ?s ?p ?o }} }}") is True
    assert "1 removed" in pushing("--source", "inferred", store=two).stdout


def updates_alone_will_do(pushing, tmp_path):
    """The last rung of the ladder, for stores without a graph store: batches of INSERT DATA."""
    text = (profiles.FOLDER / f"{pushing.server.name}.toml").read_text(encoding="utf-8")
    kept = [line for line in text.split("\n") if not line.startswith(("graph_store =", "quads ="))]
    (tmp_path / "updates.toml").write_text("\n".join(kept), encoding="utf-8")
    given = ("--profile", str(tmp_path / "updates.toml"), "--source", "updates", "--verify", "values")
    assert "INSERT DATA)" in pushing(*given, store=numbers(tmp_path / "first.trig", "ab", 0)).stdout
    done = pushing(*given, store=numbers(tmp_path / "second.trig", "a", 1))
    assert "1 graphs with 1500 triples" in done.stdout
    assert "1 removed" in done.stdout


def numbers(path: Path, graphs: str, first: int) -> Path:
    """Graphs of 1500 decimals each, too many for one INSERT DATA of Virtuoso."""
    each = [
        f"<https://example.org/{name}> {{ {THEIRS} <https://example.org/value> "
        + ", ".join(f'"{n}"^^<http://www.w3.org/2001/XMLSchema#decimal>' for n in range(first, first + 1500))
        + " }"
        for name in graphs
    ]
    path.write_text("\n".join(each), encoding="utf-8")
    return path


def what_becomes_of_literals_is_what_the_page_says(pushing, tmp_path):
    """The table in docs/stores.md, each literal pushed and read back."""
    header, rows = literals_of_the_page()
    column = header.index(COLUMNS[pushing.server.name])
    turtle = tmp_path / "literals.ttl"
    lines = [f"<https://example.org/{n:02}> <https://example.org/p> {row[0]} ." for n, row in enumerate(rows)]
    turtle.write_text("\n".join(["@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .", *lines]), encoding="utf-8")
    pushing("--source", "literals", "--verify", "values", store=turtle)
    reply = httpx2.post(
        pushing.server.query,
        data={
            "query": f"SELECT ?o {{ GRAPH ?g {{ ?s <https://example.org/p> ?o }} FILTER(?g != {COPY}) }} ORDER BY ?s"
        },
        headers={"Accept": "application/sparql-results+json"},
    )
    found = [written(binding["o"]) for binding in reply.json()["results"]["bindings"]]
    assert found == [row[0] if row[column] == "same" else row[column] for row in rows]


COLUMNS = {"oxigraph": "Oxigraph", "virtuoso": "Virtuoso 7", "fuseki": "Fuseki (TDB2)", "rdf4j": "RDF4J"}
COPY = "<https://w3id.org/kabar/id/graph/push-default>"


def literals_of_the_page() -> tuple[list[str], list[list[str]]]:
    text = (DATA.parents[1] / "docs" / "stores.md").read_text(encoding="utf-8")
    table = text.partition("| sent |")[2].partition("\n\n")[0].split("\n")
    header = ["sent", *(cell.strip() for cell in table[0].strip("| ").split("|"))]
    return header, [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table[2:]]


def written(term: dict[str, str]) -> str:
    """A literal of SPARQL results as the page writes it."""
    datatype = term.get("datatype", "").removeprefix("http://www.w3.org/2001/XMLSchema#")
    end = f"@{term['xml:lang']}" if "xml:lang" in term else f"^^xsd:{datatype}" if datatype else ""
    return f'"{term["value"]}"{end}'
