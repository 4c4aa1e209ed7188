"""`kg different`: records that two names or claims do not mean one thing, or takes that back."""

from __future__ import annotations

import argparse

from kg.cli.judging import run_judgement


def run(options: argparse.Namespace) -> int:
    """Record or take back that two things are not one."""
    return run_judgement(options, joins=False)
