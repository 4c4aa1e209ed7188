"""`kg ask`: the list of canned queries, or the rows of one."""

from __future__ import annotations

import argparse
import sys

import kg
from kg.cli.deadline import within
from kg.cli.output import write_rows
from kg.graph import Graph


def run(options: argparse.Namespace) -> int:
    """Answer a canned query, or list them all."""
    with kg.open(options.store, queries=options.queries, timeout=options.timeout) as graph:
        if options.query is None:
            _list(graph, options.lang)
            return 0
        given = {
            name.removeprefix("param_"): value for name, value in vars(options).items() if name.startswith("param_")
        }
        if options.print_query:
            print(_bound(graph, options.query, given))
            return 0
        with within(options.timeout):
            result = graph.ask(options.query, lang=options.lang, limit=options.limit, **given)
        if options.how:
            print(f"kg: {_how(graph, options.query)}", file=sys.stderr)
        write_rows(result, options.format, _nothing(options.query, given))
    return 0


def _list(graph: Graph, language: str) -> None:
    for name in graph.query_names():
        query = graph.query(name)
        print(f"{name:20} {query.question.get(language, query.question['en'])}")
    print("\nkg ask NAME --help tells a query's parameters")


def _bound(graph: Graph, name: str, given: dict[str, object]) -> str:
    """The query's SPARQL with its parameters bound, as any endpoint takes it."""
    from kg.backends.base import bound_text
    from kg.query.params import bind

    query = graph.query(name)
    return bound_text(query, bind(query, given, graph.backend.names())).rstrip()


def _how(graph: Graph, name: str) -> str:
    from kg.backends.store import StoreBackend

    query = graph.query(name)
    if query.fast is not None and isinstance(graph.backend, StoreBackend):
        return f"answered by the fast form {query.fast.name}, over the claim tables"
    return f"answered by the SPARQL of {query.name}.rq"


def _nothing(name: str, given: dict[str, list[str] | None]) -> str:
    asked = ", ".join(f"{key} {' or '.join(values)}" for key, values in given.items() if values)
    return f"nothing found: no report in this graph answers {name}" + (f" for {asked}" if asked else "")
