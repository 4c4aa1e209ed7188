"""`kg read`: what a report says, as JSON with spans, or each thing with the rule and words that found it."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from kg import intake
from kg.claimed import RULES, Given, Reader
from kg.cli.models import asked
from kg.cli.progress import shown
from kg.cli.terminal import clean
from kg.errors import BadParameter, InputError, KgError
from kg.read import Reading, as_json


def run(options: argparse.Namespace) -> int:
    """Read each report and print what was found; one report gives one object, several give one object a line.

    Of several, one that fails is told of, and the others go on; the exit code is 1 then.
    """
    _check_day(options.date)
    given = Given(date=options.date, language=options.language)
    if options.format == "text":
        return _text(options, given)
    with asked(options) as model:
        if options.format == "trig":
            return _claims(options, given, model)
        return _readings(options, given, model or RULES)


def _readings(options: argparse.Namespace, given: Given, reader: Reader) -> int:
    """Print what was found in each report, as JSON or explained."""
    files = _files(options)
    is_alone = _is_alone(options)
    failures = 0
    with closing(intake.each(files, given, reader, options.jobs)) as reports:
        for came, _ in zip(reports, shown(files), strict=True):
            taken = came.taken
            if isinstance(taken, KgError):
                if is_alone:
                    raise taken
                failures += 1
                _tell(str(came.path), taken)
                continue
            assert taken.reading is not None
            if options.explain:
                _explain(str(came.path), taken.reading)
            else:
                _print(str(came.path), taken.reading, is_alone)
    return 1 if failures else 0


def _print(name: str, reading: Reading, is_alone: bool) -> None:
    """A reading as JSON: over several lines where it is the only one, else in one that names the file first."""
    values = as_json(reading)
    if not is_alone:
        values["report"] = {"file": name, **values["report"]}
    print(json.dumps(values, ensure_ascii=False, indent=2 if is_alone else None))


def _text(options: argparse.Namespace, given: Given) -> int:
    """Print the text of a report that offsets refer to, as it is, and nothing else."""
    if not _is_alone(options):
        raise InputError("--format text prints the text of one report; name one file")
    with closing(intake.each(_files(options), given, None, options.jobs)) as reports:
        taken = next(reports).taken
    if isinstance(taken, KgError):
        raise taken
    sys.stdout.buffer.write(taken.text.encode())
    return 0


def _claims(options: argparse.Namespace, given: Given, model: Reader | None) -> int:
    """Print what was found as claims, as `kg add` would write them to a new store."""
    from kg import formats, pipeline

    tally = intake.Tally()
    try:
        quads = pipeline.read_claims(_files(options), given, model, options.jobs, tally)
    finally:
        for line in tally.failures:
            print(f"kg: {clean(line)}", file=sys.stderr)
    for part in formats.serialise(quads, formats.format_named("trig")):
        sys.stdout.buffer.write(part)
    return 1 if tally.failures else 0


def _files(options: argparse.Namespace) -> list[Path]:
    """The files of the command line, with what lies in folders in their place."""
    return [item.path for item in intake.items_of(map(Path, options.report), must_be_read=True)]


def _is_alone(options: argparse.Namespace) -> bool:
    return len(options.report) == 1 and not Path(options.report[0]).is_dir()


def _tell(name: str, error: KgError) -> None:
    where = "" if str(error).startswith(name) else f"{name}: "
    print(f"kg: {clean(f'{where}{error}')}", file=sys.stderr)


def _check_day(words: str | None) -> None:
    try:
        date.fromisoformat(words or "2000-01-01")
    except ValueError:
        raise BadParameter(f"{words!r} is no date; write it as 2021-12-07") from None


def _explain(name: str, reading: Reading) -> None:
    """Each thing found: what, where (line and code points), by which rule, how sure, and the words it fired on."""
    values = as_json(reading, explain=True)
    print(f"{clean(name)}: {values['report']['language']}, {values['report']['date'] or 'no date'}")
    for kind in ("entities", "statements", "investments", "agreements", "quantities", "dates"):
        for one in values[kind]:
            rule, sure, words = one.pop("rule"), one.pop("confidence"), one.pop("words")
            place = f" [{one.pop('start')}:{one.pop('end')}]" if "start" in one else ""
            what = " · ".join(_shown(value) for value in one.values() if value not in (None, ""))
            print(clean(f"{kind}{place} {what}"))
            measured = "" if sure is None else f" ({sure:.2f})"
            print(clean(f"    {rule}{measured}: {' … '.join(' '.join(each.split()) for each in words)}"))


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return str(value)
