"""`kg read`: what a report says, as JSON with spans, or each thing with the rule and words that found it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from kg.errors import BadParameter, InputError
from kg.read import Reading, as_json, decode, read
from kg.terms import Quad


def run(options: argparse.Namespace) -> int:
    """Read each report and print what was found; one report gives one object, several give one object a line."""
    day = _day(options.date)
    if options.format == "trig":
        return _claims(options)
    several = len(options.report) > 1
    for name in options.report:
        reading = read(_text(name), options.language, day)
        if options.explain:
            _explain(name, reading)
            continue
        values = as_json(reading)
        if several:
            values["report"] = {"file": name, **values["report"]}
        print(json.dumps(values, ensure_ascii=False, indent=None if several else 2))
    return 0


def _claims(options: argparse.Namespace) -> int:
    """Print what was found as claims, as `kg add` would write them to a store that knows the shared places only."""
    from kg import formats, pipeline
    from kg.claimed import Given

    known = pipeline.known_places()
    given = Given(date=options.date, language=options.language)
    quads: set[Quad] = set()
    for name in options.report:
        quads.update(pipeline.read_claims(name, _bytes(name), known, given))
    for part in formats.serialise(quads, formats.format_named("trig")):
        sys.stdout.buffer.write(part)
    return 0


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise BadParameter(f"{words!r} is no date; write it as 2021-12-07") from None


def _text(name: str) -> str:
    """The text of a file, or of standard input for `-`."""
    return decode(_bytes(name), "standard input" if name == "-" else name)


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    if not path.is_file():
        raise InputError(f"{name}: no such file; name a report, or - for standard input")
    return path.read_bytes()


def _explain(name: str, reading: Reading) -> None:
    """Each thing found: what, where (line and code points), by which rule, how sure, and the words it fired on."""
    from kg.cli.terminal import clean

    values = as_json(reading, explain=True)
    print(f"{clean(name)}: {values['report']['language']}, {values['report']['date'] or 'no date'}")
    for kind in ("entities", "statements", "investments", "agreements", "quantities", "dates"):
        for one in values[kind]:
            rule, sure, words = one.pop("rule"), one.pop("confidence"), one.pop("words")
            place = f" [{one.pop('start')}:{one.pop('end')}]" if "start" in one else ""
            what = " · ".join(_shown(value) for value in one.values() if value not in (None, ""))
            print(clean(f"{kind}{place} {what}"))
            print(clean(f"    {rule} ({sure:.2f}): {' … '.join(' '.join(each.split()) for each in words)}"))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return str(value)
