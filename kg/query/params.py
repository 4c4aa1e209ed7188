"""Values for a query's parameters, turned into typed RDF terms or refused with the nearest thing that would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from kg.errors import AmbiguousName, BadParameter, InputError, UnknownName
from kg.names import nearest
from kg.periods import days
from kg.query.catalog import Parameter, Query
from kg.terms import ID, IRI, KG, PREFIXES, XSD, Literal, Term, expand, literal

_LONGEST_NAME = 1000
ALL = "all"
"""The word that stands for every value, where a parameter takes it."""

MAX_TEXT = 10_000
"""Longest text that is searched for, in characters: patterns of the store's search are bounded too."""


Bound = Mapping[str, Sequence[Term]]
"""Terms by the name of the parameter."""


class Names:
    """Where names are looked up: `find` gives the IRIs of a name within classes, `all` all names within classes.

    `alike` gives all IRIs that judgements join with one.
    """

    def __init__(
        self,
        find: Callable[[str, Sequence[str]], list[str]],
        all: Callable[[Sequence[str]], list[str]],  # noqa: A002  # read as names.all
        alike: Callable[[str], Sequence[str]] = lambda iri: (iri,),
    ) -> None:
        self.find, self.all, self.alike = find, all, alike


def bind(query: Query, given: Mapping[str, Any], names: Names) -> dict[str, list[Term]]:
    """Typed terms for the values `given`, by parameter; those that are None or empty count as not given.

    BadParameter for an unknown or missing parameter or a value of the wrong type, UnknownName and
    AmbiguousName for names.
    """
    for name in given:
        if name not in query.parameters:
            raise BadParameter(_no_such_parameter(query, name))
    bound: dict[str, list[Term]] = {}
    for name, parameter in query.parameters.items():
        values = _as_list(given.get(name))
        if not values:
            if parameter.required:
                raise BadParameter(f"{query.name} needs --{name} ({parameter.help})")
            continue
        if len(values) > 1 and not parameter.many:
            raise BadParameter(f"{name} takes one value, not {len(values)}")
        terms = [_term(parameter, value, names) for value in values]
        bound[name] = _with_alike(terms, names) if parameter.type == "entity" and parameter.many else terms
    _check_order(bound)
    return bound


def _with_alike(terms: Sequence[Term], names: Names) -> list[Term]:
    """Terms and what judgements join with them: a claim may speak of a thing by any of its IRIs."""
    return [IRI(iri) for iri in dict.fromkeys(iri for term in terms for iri in names.alike(str(term)))]


def _check_order(bound: Mapping[str, Sequence[Term]]) -> None:
    """Refuse a time that ends before it starts: no claim can lie in it."""
    since, until = (bound.get(name, (None,))[0] for name in ("since", "until"))
    if isinstance(since, Literal) and isinstance(until, Literal) and since.value > until.value:
        raise BadParameter(f"until ({until.value}) is before since ({since.value}); swap them")


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    return [value]


def _term(parameter: Parameter, value: Any, names: Names) -> Term:
    if parameter.all and value == ALL:
        return Literal(ALL)
    if parameter.type == "date":
        return _day(parameter, value)
    if parameter.type == "integer":
        return _integer(parameter, value)
    if not isinstance(value, str):
        raise BadParameter(f"{parameter.name} must be text, not {type(value).__name__}")
    if not value.strip():
        raise BadParameter(f"{parameter.name} is empty; leave it out, or name something")
    try:
        if parameter.type == "text":
            return _text(value)
        if parameter.type == "class":
            return _class(parameter, value)
        return entity(value, parameter.classes, names)
    except (UnknownName, AmbiguousName, BadParameter):
        raise
    except InputError as error:
        raise BadParameter(f"{parameter.name}: {error}") from None


def _text(value: str) -> Literal:
    if len(value) > MAX_TEXT:
        raise InputError(f"the text is longer than {MAX_TEXT} characters; give fewer words")
    return literal(value)


def _day(parameter: Parameter, value: Any) -> Literal:
    try:
        if isinstance(value, date):
            return Literal(value.isoformat()[:10], XSD + "date")
        text = str(value)
        if "/" in text:
            raise InputError(f"{text!r} is an interval")
        first, last = days(text)
    except InputError as error:
        raise BadParameter(f"{parameter.name} is no date: {error}") from None
    day = last if parameter.edge == "last" else first
    assert day is not None
    return Literal(day, XSD + "date")


def _integer(parameter: Parameter, value: Any) -> Literal:
    try:
        return Literal(str(int(str(value))), XSD + "integer")
    except ValueError:
        raise BadParameter(f"{parameter.name} must be a whole number, not {value!r}") from None


def _class(parameter: Parameter, value: str) -> IRI:
    """A class of claims by its name in any of its spellings: `event-description`, `EventDescription`, `kg:…`."""
    if ":" in value:
        return expand(value)
    joined = "".join(part[:1].upper() + part[1:] for part in value.replace("_", "-").replace(" ", "-").split("-"))
    if not joined.isascii() or not joined.isalpha():
        raise BadParameter(f"{parameter.name}: there is no class {value!r}")
    return IRI(KG + joined)


def entity(value: str, classes: Sequence[str], names: Names) -> IRI:
    """An entity, concept or report of one of `classes`, by name, IRI, prefixed name or path.

    UnknownName names the nearest names, AmbiguousName the candidates.
    """
    prefix = value.partition(":")[0]
    if "://" in value or value.startswith("urn:") or (prefix in PREFIXES and ":" in value):
        return expand(value)
    if len(value) > _LONGEST_NAME:
        raise InputError(f"a name of {len(value)} characters is longer than any; give at most {_LONGEST_NAME}")
    found = names.find(value, classes)
    if len(found) == 1:
        return IRI(found[0])
    if found:
        raise AmbiguousName(value, found)
    if "/" in value and " " not in value:
        return expand(ID + value)
    kinds = " or ".join(sorted({kind.rpartition("#")[2].rpartition("/")[2].lower() for kind in classes}))
    raise UnknownName(value, nearest(value, names.all(classes)), kinds or "entity")


def _no_such_parameter(query: Query, name: str) -> str:
    near = nearest(name, query.parameters, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {' '.join(query.parameters) or 'none'}"
    return f"{query.name} has no parameter {name!r}; {hint}"
