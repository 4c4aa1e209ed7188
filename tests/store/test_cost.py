"""Adding a report costs as much in a large store as in an empty one."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from store.stores import FILES, report

from kg import pipeline

New = Callable[..., Path]
MANY = 400
WORDS = {"report: harbour": "report: r{}", "example-corp": "corp-{}", "{en: Example Corp}": "{{en: Corp {}}}",
         "port-example": "port-{}", "{en: Port Example}": "{{en: Port {}}}"}  # fmt: skip


def cost(path: Path) -> float:
    """The least seconds of work that adding a report took, of several times."""
    taken = []
    for _ in range(5):
        begun = time.process_time()
        pipeline.add(path, [FILES / "ferry.yaml"])
        taken.append(time.process_time() - begun)
        pipeline.remove(path, report("ferry"))
    return min(taken)


def test_a_report_costs_the_same_in_a_large_store(new: New, tmp_path: Path) -> None:
    usual = (FILES / "harbour.yaml").read_text()
    (tmp_path / "harbour.txt").write_bytes((FILES / "harbour.txt").read_bytes())
    files = []
    for number in range(MANY):
        text = usual
        for word, other in WORDS.items():
            text = text.replace(word, other.format(number))
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(text)
    empty, large = new(store="empty.kg"), new(store="large.kg")
    pipeline.add(large, files)
    assert cost(large) < 3 * cost(empty)
