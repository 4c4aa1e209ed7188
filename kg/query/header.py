"""The header of a canned query: leading `#+` lines of YAML, as grlc reads them."""

from __future__ import annotations

from typing import Any

from kg.errors import ParseError


def header_of(text: str, source: str) -> dict[str, Any]:
    """The header as a mapping; ParseError with line and column where it is none."""
    import yaml  # takes longer to import than the rest of a canned answer to make

    written = _written(text)
    if not written:
        raise ParseError("the query has no header; start it with lines such as: #+ summary: Who said what", source, 1)
    try:
        header = yaml.load(written, Loader=_loader())  # noqa: S506  # a safe loader, the C one where it is there
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 4) if mark else (None, None)
        raise ParseError(f"the header is not YAML: {error.problem}", source, line, column) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ParseError(f"the header is not YAML: {error}", source) from None
    if not isinstance(header, dict) or not all(isinstance(key, str) for key in header):
        raise ParseError("the header must be keys and values", source, 1)
    return header


def line_of(text: str, *keys: str) -> int:
    """The line on which the value at `keys` of the header stands, or the nearest one above it that there is."""
    import yaml

    node = yaml.compose(_written(text), Loader=_loader())
    line = 1
    for key in keys:
        entries = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in entries if pair[0].value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def _written(text: str) -> str:
    """The lines of the header without what marks them."""
    lines: list[str] = []
    for line in text.lstrip("\ufeff").split("\n"):
        if not line.startswith("#+"):
            break
        lines.append(line[2:].removeprefix(" ").rstrip("\r"))
    return "\n".join(lines)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
