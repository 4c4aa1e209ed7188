"""Rows of an answer as Python values, and as what people work with: tables, data frames, RDF, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

from kg.errors import InputError, MissingExtra
from kg.terms import Triple

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    import rdflib

_HTML_ROWS = 100
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Row(dict[str, Any]):
    """One row: values by column, also as attributes (`row.speaker`)."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"the row has no column {name!r}; it has {' '.join(self)}") from None


class Result(Sequence[Row]):
    """The rows of an answer, in a fixed order.

    `columns` names the columns, `title` the question in words; `total` is how many rows there are, also
    where a limit gives fewer; `claims` are the IRIs of the claims the rows rest on;
    `tabled` says of columns whether tables for people show them, where that is not left to them.
    """

    def __init__(
        self,
        columns: Iterable[str],
        rows: Iterable[Row],
        title: str = "",
        total: int | None = None,
        claims: Iterable[str] = (),
        triples_about: Callable[[Iterable[str]], list[Triple]] | None = None,
        tabled: Mapping[str, bool] | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self._rows = list(rows)
        self.title = title
        self.total = len(self._rows) if total is None else total
        self.claims = tuple(claims)
        self._triples_about = triples_about
        self.tabled = tabled or {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self._rows[index]

    def __repr__(self) -> str:
        return f"<Result {self.title!r}: {len(self)} of {self.total} rows, columns {' '.join(self.columns)}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The rows as plain dictionaries of values that JSON knows: dates as ISO 8601, decimals as numbers."""
        return [{name: jsonable(value) for name, value in row.items()} for row in self]

    def to_json(self, indent: int | None = None) -> str:
        """The rows as a JSON list of objects."""
        return json.dumps(self.to_dicts(), ensure_ascii=False, indent=indent)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas data frame; MissingExtra where pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise MissingExtra("pandas", "frames") from None
        return pandas.DataFrame([dict(row) for row in self], columns=list(self.columns))

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars data frame; MissingExtra where polars is not installed."""
        try:
            import polars
        except ImportError:
            raise MissingExtra("polars", "frames") from None
        return polars.DataFrame(self._series(), strict=False)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table; MissingExtra where pyarrow is not installed."""
        try:
            import pyarrow
        except ImportError:
            raise MissingExtra("pyarrow", "frames") from None
        return pyarrow.table({name: pyarrow.array(values) for name, values in self._series().items()})

    def to_rdflib(self) -> rdflib.Graph:
        """The claims the rows rest on, with their receipts, as an rdflib graph.

        InputError where the rows are no claims, as those of free SPARQL are not.
        """
        if self._triples_about is None:
            raise InputError("these rows are not claims; ask with CONSTRUCT to get triples")
        return rdflib_graph(self._triples_about(self.claims))

    def _series(self) -> dict[str, list[Any]]:
        """Values by column, each column of one type."""
        series = {name: [row.get(name) for row in self] for name in self.columns}
        return {name: _even(values) for name, values in series.items()}

    def _repr_html_(self) -> str:
        """A table for notebooks: the first hundred rows, each with its first sentence; everything escaped."""
        import html

        names = [name for name in self.columns if not name.endswith("_iri") and name not in ("sources", "claim")]
        head = "".join(
            f"<th>{html.escape(name)}</th>" for name in [*names, "says"] if name != "says" or self._has_sources()
        )
        body = "".join(f"<tr>{self._html_cells(row, names)}</tr>" for row in self._rows[:_HTML_ROWS])
        more = f"<p>{len(self) - _HTML_ROWS} more rows</p>" if len(self) > _HTML_ROWS else ""
        return f"<table><caption>{html.escape(self.title)}</caption><tr>{head}</tr>{body}</table>{more}"

    def _has_sources(self) -> bool:
        return "sources" in self.columns

    def _html_cells(self, row: Row, names: list[str]) -> str:
        import html

        cells = [f"<td dir='auto'>{html.escape(text_of(row[name]))}</td>" for name in names]
        if self._has_sources():
            says = " ".join(source["sentence"] or source["cites"] or "" for source in row["sources"])
            cells.append(f"<td dir='auto'><q>{html.escape(says)}</q></td>")
        return "".join(cells)


class Triples(Sequence[Triple]):
    """The triples that a CONSTRUCT or DESCRIBE gave, as N-Triples tokens, sorted."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._triples = sorted(triples)

    def __len__(self) -> int:
        return len(self._triples)

    @overload
    def __getitem__(self, index: int) -> Triple: ...
    @overload
    def __getitem__(self, index: slice) -> list[Triple]: ...
    def __getitem__(self, index: int | slice) -> Triple | list[Triple]:
        return self._triples[index]

    def __repr__(self) -> str:
        return f"<Triples: {len(self)}>"

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as an rdflib graph."""
        return rdflib_graph(self._triples)

    def serialise(self, format: str = "turtle") -> str:  # noqa: A002  # what RDF libraries call it
        """The triples in an RDF syntax."""
        from kg import formats

        quads = ((s, p, o, formats.DEFAULT_GRAPH) for s, p, o in self._triples)
        return b"".join(formats.serialise(quads, formats.format_named(format))).decode()


def rdflib_graph(triples: Iterable[Triple]) -> rdflib.Graph:
    """Triples as an rdflib graph, with our prefixes bound."""
    import rdflib

    from kg.terms import PREFIXES, line_of

    graph = rdflib.Graph()
    for name, base in PREFIXES.items():
        graph.bind(name, base)
    graph.parse(data="\n".join(line_of(triple) for triple in triples) + "\n", format="nt")
    return graph


def jsonable(value: Any) -> Any:
    """A value as JSON knows it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    if isinstance(value, dict):
        return {name: jsonable(item) for name, item in value.items()}
    return str(value) if isinstance(value, str) else value


def text_of(value: Any) -> str:
    """A value as text for a person: nothing for None, lists joined, numbers with their thousands apart."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(text_of(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:,f}"
    return str(value)


def clean(text: str) -> str:
    """`text` with control characters, direction overrides and stray surrogates shown as escapes."""
    return _CONTROL.sub(lambda match: " " if match[0] in "\n\t\r" else f"\\x{ord(match[0]):02x}", text)


def _even(values: list[Any]) -> list[Any]:
    """Numbers as floats where some are decimals, as text beside text: columns of frames have one type."""
    if any(isinstance(value, Decimal | int) for value in values) and any(isinstance(value, str) for value in values):
        return [None if value is None else text_of(value) for value in values]
    if any(isinstance(value, Decimal) for value in values):
        whole = all(value is None or value == int(value) for value in values)
        return [None if value is None else int(value) if whole else float(value) for value in values]
    return values
