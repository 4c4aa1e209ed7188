"""Queries that would never end, or end the process that answers them: those in `slow/`, and longer ones made here."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "slow"


def _nested(inside: str, before: str, after: str, times: int) -> str:
    return before * times + inside + after * times


def _chain(piece: str, between: str, times: int) -> str:
    return between.join([piece] * times)


def _concatenated(times: int) -> str:
    binds = "".join(f" BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(times))
    return f'SELECT (STRLEN(?x{times}) AS ?n) {{ BIND("0123456789" AS ?x0){binds} }}'


def _joined(times: int) -> str:
    patterns = " ".join(f"?v{i} ?p{i} ?v{i + 1} ." for i in range(times))
    return f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}"


_LONG = f"'{'a' * 1000}'"
_TEN_TIMES = ", 'a', 'aaaaaaaaaa')"

MADE = {
    "concat-40": _concatenated(40),
    "replace-in-replace": f"SELECT (STRLEN({_nested(_LONG, 'REPLACE(', _TEN_TIMES, 20)}) AS ?n) {{}}",
    "path-800": f"SELECT * {{ ?s {_chain('!<urn:x:p>', '/', 800)} ?o }}",
    "path-1900": f"SELECT * {{ ?s {_chain('<urn:x:p>', '/', 1900)} ?o }}",
    "patterns-400": _joined(400),
    "patterns-5000": _joined(5000),
    "union-1900": f"SELECT * {{ {_chain('{ ?s ?p ?o }', ' UNION ', 1900)} }}",
    "or-900": f"SELECT * {{ ?s ?p ?o FILTER({_chain('?s = ?o', ' || ', 900)}) }}",
    "in-30000": f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({_chain('1', ', ', 30_000)})) }}",
    "values-30000-squared": f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {_chain('1', ' ', 30_000)} }} ?s ?p ?o "
    f"VALUES ?b {{ {_chain('1', ' ', 30_000)} }} }}",
    "optional-60-deep": f"SELECT * {{ ?s ?p ?o {_nested('', ' OPTIONAL { ?s ?p ?o ', '}', 60)} }}",
    "optional-500-abreast": f"SELECT * {{ ?s ?p ?o {_chain('OPTIONAL { ?s ?q ?z }', ' ', 500)} }}",
    "select-in-select": f"SELECT * {{ {_nested('?s ?p ?o', '{ SELECT * { ', ' } }', 30)} }}",
    "exists-in-exists": f"SELECT * {{ ?s ?p ?o {_nested('', ' FILTER EXISTS { ?a ?b ?c ', '}', 60)} }}",
    "binds-1000": "SELECT * { " + "".join(f" BIND({i} + 1 AS ?b{i})" for i in range(1000)) + " }",
    "templates-1000": f"CONSTRUCT {{ {_chain('?s ?p ?o', ' . ', 1000)} }} {{ ?s ?p ?o . ?a ?b ?c }}",
    "braces-63": f"SELECT * {_nested('?s ?p ?o', '{', '}', 63)}",
    "parentheses-62": f"SELECT * {{ ?s ?p ?o FILTER {_nested('1 = 1', '(', ')', 62)} }}",
    "nots-1990": f"SELECT * {{ ?s ?p ?o FILTER({'!' * 1990}true) }}",
    "minuses-1990": f"SELECT ({_chain('1', ' - ', 1990)} AS ?n) {{}}",
    "minus-50-deep": f"SELECT * {{ ?s ?p ?o {_nested('', ' MINUS { { ?s ?p ?o } UNION { ?a ?b ?c } ', '}', 50)} }}",
}
"""Queries that pass the guard, and must be ended or answered by the deadline."""

REFUSED = {
    "too-long": "SELECT * { ?s ?p ?o }" + " " * 256 * 1024,
    "braces-65": f"SELECT * {_nested('?s ?p ?o', '{', '}', 65)}",
    "braces-10000": f"SELECT * {_nested('?s ?p ?o', '{', '}', 10_000)}",
    "braces-that-never-close": "SELECT * " + "{" * 100_000,
    "parentheses-2300": f"SELECT * {{ FILTER {_nested('1', '(', ')', 2300)} }}",
    "brackets-5000": f"SELECT * {{ {_nested('', '[ <urn:x:p> ', ']', 5000)} }}",
    "lists-5000": f"SELECT * {{ ?s ?p {_nested('1', '(', ')', 5000)} }}",
    "union-6000": f"SELECT * {{ {_chain('{}', ' UNION ', 6000)} }}",
    "or-10000": f"SELECT * {{ FILTER({_chain('1', '||', 10_000)}) }}",
    "plus-6600": f"SELECT ({_chain('1', '+', 6600)} AS ?n) {{}}",
    "path-5050": f"SELECT * {{ ?s {_chain('<urn:x:p>', '/', 5050)} ?o }}",
    "values-200000": f"SELECT * {{ VALUES ?a {{ {_chain('1', ' ', 200_000)} }} }}",
    "string-that-never-ends": 'SELECT * { ?s ?p "' + "\\" * 200_000,
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "service-in-comment-lines": "SELECT * { SERVICE#\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "load": "LOAD <http://127.0.0.1:9/>",
    "nothing": "",
    "no-query": "\x00",
}
"""Queries that are refused in one line before any engine sees them, or by its parser."""


def all_slow() -> dict[str, str]:
    """All that must end by the deadline, by their names."""
    return {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.rq"))} | MADE
