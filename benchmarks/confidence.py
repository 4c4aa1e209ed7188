"""How often each rule of the reader is right, counted on marked reports: `python -m benchmarks.confidence`.

Writes `kg/read/confidence.yaml`, from which the reader says how sure it is of what it found.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from benchmarks import marked
from kg.read import confidence

COUNTED = ("attribution", "investments", "agreements", "quantities", "dates", "entities")
"""The tasks that tell whether a thing found is right; its list in the answer is what a rule is counted under."""

HEAD = """\
# How often each rule was right of how often it fired; written by `python -m benchmarks.confidence`.
# Counted on the {count} reports called {names} in {folder}/: what they were to development is told there.
"""


def main() -> None:
    """Read the marked reports and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=marked.HERE)
    parser.add_argument("--names", default="*-[cf]*", metavar="GLOB", help="reports of such names alone (%(default)s)")
    options = parser.parse_args()
    right: Counter[tuple[str, str, str]] = Counter()
    fired: Counter[tuple[str, str, str]] = Counter()
    count = 0
    for report in marked.reports(options.folder, options.names):
        count += 1
        for task in (task for task in marked.TASKS if task.name in COUNTED):
            outcome = marked.compare(report, task)
            right.update((report.language, task.key, item["rule"]) for item in outcome.right)
            fired.update((report.language, task.key, item["rule"]) for item in [*outcome.right, *outcome.wrong])
    lines = [HEAD.format(count=count, folder=options.folder.name, names=options.names)]
    before: tuple[str, ...] = ("", "")
    for language, kind, rule in sorted(fired):
        if language != before[0]:
            lines.append(f"{language}:\n")
        if (language, kind) != before:
            lines.append(f"  {kind}:\n")
        lines.append(f"    {rule}: {right[language, kind, rule]} of {fired[language, kind, rule]}\n")
        before = (language, kind)
    confidence.FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
