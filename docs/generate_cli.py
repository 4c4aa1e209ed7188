"""Writes `docs/cli.md`, the reference of the command line, from the parser: `python docs/generate_cli.py [--check]`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

PAGE = Path(__file__).parent / "cli.md"


def page() -> str:
    """The page: the help of `kg` and of each command, as they print it."""
    os.environ["COLUMNS"] = "100"
    from kg.cli.commands import COMMANDS
    from kg.cli.parser import build

    parts = ["# The command line\n\nMade from the program by `docs/generate_cli.py`. See also `kg ask NAME --help`.\n"]
    parts.append(_block("kg --help", build().format_help()))
    for name in COMMANDS:
        parser = build(name)
        action = next(a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
        parts.append(_block(f"kg {name} --help", action.choices[name].format_help()))
    return "\n".join(parts)


def _block(title: str, text: str) -> str:
    return f"## `{title}`\n\n```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        if not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page():
            sys.exit(f"{PAGE.name} is out of date: run python docs/generate_cli.py")
    else:
        PAGE.write_text(page(), encoding="utf-8")
