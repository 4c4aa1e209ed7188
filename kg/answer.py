"""From a query's solutions to rows for people: lists gathered, labels and sources added, order fixed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kg.backends.base import Backend, Source
from kg.identity import Identity
from kg.periods import shown
from kg.query.catalog import LABELLED, Column, Query
from kg.query.params import Bound
from kg.result import Result, Row
from kg.solutions import Solution
from kg.terms import IRI, Literal, Term, local_name, python_value

_SEVERAL = ("localized",)


def answer(
    query: Query,
    bound: Bound,
    backend: Backend,
    identity: Identity,
    language: str = "en",
    limit: int | None = None,
    offset: int = 0,
) -> Result:
    """The rows that a canned query gives on a backend, labels in `language` where there are any.

    What `identity` joins is shown as one thing.
    """
    solutions: Iterable[Solution] = backend.solutions(query, bound)
    if query.step:
        from kg.compare import STEPS  # few answers need it

        solutions = STEPS[query.step](solutions, bound, identity)
    groups = _gathered(query, _united(query, solutions, identity))
    groups.sort(key=lambda group: _sort_key(query, group))
    total = len(groups)
    groups = groups[offset : None if limit is None else offset + limit]
    labels = backend.labels(_labelled(query, groups))
    sources = _sources(query, groups, backend, labels)
    rows = [_row(query, group, labels, sources, language) for group in groups]
    claims = sorted({str(term) for group in groups for name in query.sources for term in group.get(name, ())})
    return Result(_columns(query), rows, title=query.title.get(language, query.title["en"]), total=total, claims=claims,
                  triples_about=backend.triples_about, tabled=_tabled(query))  # fmt: skip


def _united(query: Query, solutions: Iterable[Solution], identity: Identity) -> Iterable[Solution]:
    """Solutions whose columns of entities name, for things that are joined, the one that stands for them."""
    columns = (column for column in query.columns.values() if column.type == "entity")
    names = {variable for column in columns for variable in column.variables}
    for solution in solutions:
        changed = {
            name: IRI(identity.entity[str(term)])
            for name, term in solution.items()
            if name in names and str(term) in identity.entity
        }
        yield solution | changed if changed else solution


Group = dict[str, list[Term]]
"""The terms of one row by variable; several where the column takes a list or one value a language."""


def _gathered(query: Query, solutions: Iterable[Solution]) -> list[Group]:
    """Solutions that differ only in list columns, in languages or in sources, put together into one row."""
    several = {
        v for column in query.columns.values() if column.many or column.type in _SEVERAL for v in column.variables
    }
    shown_variables = {v for column in query.columns.values() for v in column.variables}
    several |= {name for name in query.sources if name not in shown_variables}
    groups: dict[tuple[tuple[str, Term], ...], dict[str, dict[Term, None]]] = {}
    for solution in solutions:
        single = tuple(sorted((name, term) for name, term in solution.items() if name not in several))
        group = groups.setdefault(single, {name: {} for name in several})
        for name in several & solution.keys():
            group[name][solution[name]] = None
    return [
        {**{name: [term] for name, term in single}, **{name: sorted(terms, key=_text) for name, terms in group.items()}}
        for single, group in groups.items()
    ]


def _text(term: Term) -> tuple[str, str]:
    return (term.value, term.language or "") if isinstance(term, Literal) else (str(term), "")


def _number(term: Term) -> Decimal:
    """A number as such, nothing for all else: numbers come in their own order, whatever zeros an engine writes."""
    value = python_value(term)
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)


def _plain(term: Term) -> tuple[str, str]:
    """The text that a term is ordered by."""
    value = python_value(term)
    return (str(Decimal(value).normalize()), "") if isinstance(value, int | Decimal) else _text(term)


def _sort_key(query: Query, group: Group) -> tuple[Any, ...]:
    """By the header's order (`-` puts the largest number first), what is missing last, then by everything."""
    parts: list[Any] = []
    for each in query.order:
        name = each.removeprefix("-")
        column = query.columns.get(name)
        variables = column.variables if column and column.type == "period" else (name,)
        terms = next((group[variable] for variable in variables if group.get(variable)), [])
        sign = -1 if each != name else 1
        parts.append((not terms, [sign * number for number in map(_number, terms)], [_plain(term) for term in terms]))
    parts.append(sorted((name, [_plain(term) for term in terms]) for name, terms in group.items()))
    return tuple(parts)


def _tabled(query: Query) -> dict[str, bool]:
    return {column.name: column.table for column in query.columns.values() if column.table is not None}


def _columns(query: Query) -> list[str]:
    names: list[str] = []
    for column in query.columns.values():
        names.append(column.name)
        if column.type in LABELLED:
            names.append(f"{column.name}_iri")
    return [*names, "sources"]


def _labelled(query: Query, groups: Sequence[Group]) -> set[str]:
    columns = [column for column in query.columns.values() if column.type in (*LABELLED, "value")]
    variables = [v for column in columns for v in column.variables]
    return {str(term) for group in groups for v in variables for term in group.get(v, ()) if isinstance(term, IRI)}


def _row(
    query: Query,
    group: Group,
    labels: Mapping[str, Mapping[str, str]],
    sources: Mapping[str, list[Source]],
    language: str,
) -> Row:
    row = Row()
    for column in query.columns.values():
        terms = [group.get(variable, []) for variable in column.variables]
        row[column.name] = _cell(column, terms, labels, language)
        if column.type in LABELLED:
            iris = [str(term) for term in terms[0]]
            row[f"{column.name}_iri"] = iris if column.many else iris[0] if iris else None
    found = {source for name in query.sources for term in group.get(name, ()) for source in sources.get(str(term), ())}
    ordered = sorted(found, key=lambda s: (s.report, s.start is None, s.start or 0, s.end or 0, s.cites or ""))
    row["sources"] = list({tuple(d.items()): d for d in (source_row(s, labels, language) for s in ordered)}.values())
    return row


def _cell(column: Column, terms: list[list[Term]], labels: Mapping[str, Mapping[str, str]], language: str) -> Any:
    if column.type == "period":
        start, end = (str(python_value(found[0])) if found else None for found in terms)
        return shown(start, end)
    (values,) = terms
    if column.type == "localized":
        return best({_text(term)[1]: _text(term)[0] for term in reversed(values)}, language)
    labelled = column.type in LABELLED
    made = [
        label_of(str(term), labels, language)
        if labelled or (column.type == "value" and isinstance(term, IRI))
        else python_value(term)
        for term in values
    ]
    if column.many:
        return made if labelled else list(dict.fromkeys(made))
    return made[0] if made else None


def best(by_language: Mapping[str, str], language: str) -> str | None:
    """The text in `language`, else in English, else in the first language there is; None where there is none."""
    for wanted in (language, "en"):
        for tag, text in sorted(by_language.items()):
            if tag == wanted or tag.startswith(wanted + "-"):
                return text
    return by_language[min(by_language)] if by_language else None


def label_of(iri: str, labels: Mapping[str, Mapping[str, str]], language: str) -> str:
    """The label of an IRI, or the end of the IRI where it has none."""
    return best(labels.get(iri, {}), language) or local_name(iri)


def _sources(
    query: Query, groups: Sequence[Group], backend: Backend, labels: dict[str, dict[str, str]]
) -> dict[str, list[Source]]:
    """Sources by claim, for all rows at once; the labels of their reports and publishers are added to `labels`."""
    wanted = {str(term) for group in groups for name in query.sources for term in group.get(name, ())}
    if not wanted:
        return {}
    is_report = query.sources == ("report",)
    rows = backend.report_sources(wanted) if is_report else backend.sources(wanted)
    found: dict[str, list[Source]] = {}
    for source in rows:
        found.setdefault(source.claim, []).append(source)
    named = {name for source in rows for name in (source.report, source.publisher) if name}
    labels.update(backend.labels(named - labels.keys()))
    return found


def source_row(source: Source, labels: Mapping[str, Mapping[str, str]], language: str) -> dict[str, Any]:
    """A source as rows carry it, its report and publisher by their labels."""
    return {
        "report": label_of(source.report, labels, language),
        "publisher": label_of(source.publisher, labels, language) if source.publisher else None,
        "date": source.date,
        "url": source.url,
        "sentence": source.sentence,
        "start": source.start,
        "end": source.end,
        "cites": source.cites,
        "report_iri": source.report,
    }
