"""A progress bar appears on work that takes longer than two seconds, and only where a person is watching."""

from __future__ import annotations

import io
import time
from pathlib import Path

from kg.cli import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_no_bar_where_nobody_watches(monkeypatch):
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert list(progress.shown([Path("a"), Path("b")])) == [Path("a"), Path("b")]


def test_no_bar_on_quick_work_and_one_on_slow_work(monkeypatch):
    quick, slow = Terminal(), Terminal()
    monkeypatch.setattr("sys.stderr", quick)
    list(progress.shown([Path("a")]))
    assert quick.getvalue() == ""
    monkeypatch.setattr("sys.stderr", slow)
    monkeypatch.setattr(progress, "AFTER", 0.05)
    for _ in progress.shown([Path("a"), Path("b"), Path("c")]):
        time.sleep(0.12)
    assert "file" in slow.getvalue()
