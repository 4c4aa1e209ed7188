"""The tools by name: what each is called, takes and gives, and how the arguments of a call are checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.errors import BadParameter
from kg.mcp import schemas
from kg.mcp.schemas import Json
from kg.names import nearest
from kg.query.catalog import Query

_LONGEST_SHOWN = 100
_LONGEST_MESSAGE = 500


@dataclass(frozen=True)
class Tool:
    """A tool: what it is for, the schemas of what it takes and gives, and the job that answers it.

    `query` is the canned query behind it, if there is one. `runs` says that the SPARQL engine is needed.
    """

    name: str
    title: str
    description: str
    takes: Json
    gives: Json
    job: str
    query: str | None = None
    runs: bool = False

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments of a call as the job takes them; BadParameter for what the schema does not allow.

        A null counts as not given, one value where a list is asked for as a list of it.
        """
        checked = self._checked({name: value for name, value in given.items() if value is not None})
        defaults = {name: each["default"] for name, each in self.takes["properties"].items() if "default" in each}
        whole = defaults | checked
        for name in ("limit", "offset"):
            if name in whole:
                whole[name] = int(whole[name])
        if self.query is None:
            return whole
        own = {name: value for name, value in whole.items() if name not in schemas.PAGING}
        return {"name": self.query, "parameters": own, **{name: whole[name] for name in schemas.PAGING}}

    def _checked(self, given: dict[str, Any]) -> dict[str, Any]:
        known = self.takes["properties"]
        for name in given:
            if name not in known:
                raise BadParameter(_no_such_parameter(self.name, name, known))
        values = {
            name: [value] if known[name].get("type") == "array" and not isinstance(value, list) else value
            for name, value in given.items()
        }
        try:
            json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
            errors = sorted(self._validator.iter_errors(values), key=lambda error: [str(at) for at in error.path])
        except (ValueError, RecursionError):
            raise BadParameter("the arguments hold what is no text, number or list of texts") from None
        if errors:
            raise BadParameter(_wrong(errors[0]))
        return values

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(self.takes)


def _no_such_parameter(tool: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name[:_LONGEST_SHOWN], known, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {' '.join(known)}"
    return f"{tool} has no parameter {name[:_LONGEST_SHOWN]!r}; {hint}"


def _wrong(error: Any) -> str:
    """What the schema does not allow, with the value shortened."""
    whole = repr(error.instance)
    shown = whole if len(whole) <= _LONGEST_SHOWN else f"{whole[:_LONGEST_SHOWN]}…"
    if error.validator == "pattern":
        message = f"{shown} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"
    else:
        message = error.message.replace(whole, shown)[:_LONGEST_MESSAGE]
    where = " ".join(str(part) for part in error.absolute_path)
    return f"{where}: {message}" if where else message


def tools(queries: Sequence[Query]) -> dict[str, Tool]:
    """The tools over these canned queries, by name."""
    fixed = {tool.name: tool for tool in _FIXED}
    made: dict[str, Tool] = {}
    for query in queries:
        tool = _canned(query, _free_name(query.name.replace("-", "_"), fixed | made))
        made[tool.name] = tool
    return made | fixed


def _free_name(plain: str, taken: Iterable[str]) -> str:
    name, number = plain, 1
    while name in taken:
        number += 1
        name = f"{plain}_{number}"
    return name


def _canned(query: Query, name: str) -> Tool:
    parts = [query.question["en"] if "en" in query.question else next(iter(query.question.values())), query.description]
    examples = [_example(query, example) for example in query.examples if example]
    if examples:
        parts.append(f"Examples of arguments: {'; '.join(examples)}")
    return Tool(
        name=name,
        title=query.title.get("en", query.name),
        description="\n".join(filter(None, parts)),
        takes=schemas.of_call(query),
        gives=schemas.of_answer(query),
        job="ask",
        query=query.name,
    )


def _example(query: Query, example: Mapping[str, Any]) -> str:
    """An example of the header as the arguments of a call."""
    return json.dumps(arguments_of(query, example), ensure_ascii=False)


def arguments_of(query: Query, example: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of a call that an example of a query's header stands for."""
    found: dict[str, Any] = {}
    for name, value in example.items():
        values = value if isinstance(value, list) else [value]
        texts = [each if query.parameters[name].type == "integer" else str(each) for each in values]
        found[name] = texts if query.parameters[name].many else texts[0]
    return found


_FIXED = (
    Tool(
        name="show",
        title="All that is known of one thing",
        description=(
            "Everything known about one person, organization, place, event, topic, report or claim: its names, its "
            "identity, and what reports claim of it, each row with its sources.\n"
            'Example of arguments: {"name": "Carrie Lam"}'
        ),
        takes=schemas.SHOW_CALL,
        gives=schemas.CARD,
        job="show",
    ),
    Tool(
        name="sparql",
        title="Any SPARQL query",
        description=(
            "Runs a read-only SPARQL 1.1 query over the graph, what is inferred included; for questions that no other "
            "tool answers. The prefixes kg: id: schema: prov: oa: org: skos: rdfs: xsd: need no declaration; read the "
            "resource kabar://schema for classes and properties, and kabar://queries/NAME for queries to begin with. "
            "Nothing outside the graph can be reached.\n"
            'Example of arguments: {"query": "SELECT ?p ?label { ?p a kg:Person ; rdfs:label ?label }"}'
        ),
        takes=schemas.SPARQL_CALL,
        gives=schemas.RESULTS,
        job="sparql",
        runs=True,
    ),
    Tool(
        name="explain",
        title="Why a fact holds",
        description=(
            "Why a fact of the graph holds, stated or inferred: the rules that conclude it, down to what reports say, "
            "with their sentences. For facts that the tool sparql finds.\n"
            'Example of arguments: {"subject": "Pharmaron", "predicate": "kg:investedIn", "object": "Beijing"}'
        ),
        takes=schemas.EXPLAIN_CALL,
        gives=schemas.EXPLANATION,
        job="explain",
    ),
)
"""The tools that no canned query stands behind."""
