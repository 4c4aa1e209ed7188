"""`kg completion`: a script that completes commands, queries and their parameters."""

from __future__ import annotations

import argparse

from kg.cli.parser import main_parser


def run(options: argparse.Namespace) -> int:
    """Print the script for a shell."""
    import shtab

    print(shtab.complete(main_parser(), shell=options.shell))
    return 0
