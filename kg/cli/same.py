"""`kg same`: records that two or more names or claims mean one thing, or takes that back."""

from __future__ import annotations

import argparse

from kg.cli.judging import run_judgement


def run(options: argparse.Namespace) -> int:
    """Record or take back that things are one."""
    return run_judgement(options, joins=True)
