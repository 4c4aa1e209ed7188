"""A progress bar for work that takes longer than two seconds, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

AFTER = 2.0


def shown(files: Iterable[Path]) -> Iterable[Path]:
    """`files`, with a bar on standard error once they take longer than two seconds and a person is watching."""
    each = list(files)
    if not sys.stderr.isatty():
        return each
    from tqdm import tqdm

    return tqdm(each, unit="file", delay=AFTER, leave=False, file=sys.stderr)


def bar(total: int) -> Callable[[int], None]:
    """What is told of each part that is done of `total` triples, and shows it where a person is watching."""
    if not sys.stderr.isatty():
        return lambda done: None
    from tqdm import tqdm

    shown = tqdm(total=total, unit="triple", unit_scale=True, delay=AFTER, leave=False, file=sys.stderr)

    def told(done: int) -> None:
        shown.update(done)
        if shown.n >= total:
            shown.close()

    return told
