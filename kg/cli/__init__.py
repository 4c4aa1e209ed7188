"""The command line: parses what was typed, runs one command, and turns errors into one line and an exit code."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from kg.errors import InputError, KgError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `kg` with `arguments` (those of the process by default) and return the exit code.

    0 done; 1 checked and found wanting; 2 bad input or usage; 3 a remote store or a disk failed, or a
    deadline passed; 130 interrupted.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # closed by the caller: write nowhere
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from kg.cli.parser import run

        return run([_text(argument) for argument in (sys.argv[1:] if arguments is None else arguments)])
    except KgError as error:
        from kg.cli.terminal import clean

        print(f"kg: {clean(str(error))}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("kg: interrupted; nothing was changed", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader has gone, as `head` does: that is no fault of ours, nor worth a word.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"kg: {where}{error.strerror or error}; free space or choose another place", file=sys.stderr)
        return 3


def _text(argument: str) -> str:
    """An argument as text; InputError where its bytes are none, whatever the locale makes of them."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        raise InputError(f"the argument {argument!r} is not UTF-8") from None
