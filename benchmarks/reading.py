"""How long reading takes beside spaCy's blank pipeline with its sentencizer: `python -m benchmarks.reading`.

Both read the same reports: in one process that has read others, then in one that has read these very ones too (whose
tokens spaCy then knows), and each as a command of its own, start included. spaCy must be installed (`pip install
spacy`). With `--long` a table shows what texts of up to ten million bytes take.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import marked
from kg.read import decode, read

ROUNDS = 9
SCRIPT = """
import json, sys, spacy
pipeline = spacy.blank(sys.argv[1])
pipeline.add_pipe("sentencizer")
for name in sys.argv[2:]:
    read = pipeline(open(name, encoding="utf-8", newline="").read())
    print(json.dumps([[one.start_char, one.end_char] for one in read.sents]))
"""
SIZES = (100_000, 1_000_000, 10_000_000)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=marked.HERE)
    parser.add_argument("--long", action="store_true", help="read texts of up to ten million bytes too")
    options = parser.parse_args()
    print("| language | reports | spaCy, ms a report | kg.read, ms a report | ratio |\n| --- | --- | --- | --- | --- |")
    for language in ("id", "en", "zh"):
        texts = _texts(options.folder, language)
        for which, measure in (("new", _after_others), ("read before", _again)):
            peer, own = measure(texts, language)
            print(f"| {language} | {len(texts)}, {which} | {peer * 1000:.2f} | {own * 1000:.2f} | {own / peer:.1f} |")
    _commands(options.folder)
    if options.long:
        _long(options.folder)


def _texts(folder: Path, language: str) -> list[str]:
    return [decode(path.read_bytes(), path.name) for path in sorted(folder.rglob(f"{language}-*.txt"))]


def _readers(language: str) -> list[Callable[[str], object]]:
    """The blank pipeline of a language with the sentencizer, which knows no word yet, and `kg.read`."""
    try:
        import spacy
    except ImportError:
        raise SystemExit("spaCy is not installed; run: pip install spacy") from None
    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer")
    return [pipeline, partial(read, language=language)]


def _after_others(texts: list[str], language: str) -> list[float]:
    """Each half of the reports by readers that have read the other half alone."""
    rounds = []
    for _ in range(ROUNDS):
        for others, half in ((texts[::2], texts[1::2]), (texts[1::2], texts[::2])):
            readers = _readers(language)
            _in_turn(others, readers)
            rounds.append(_in_turn(half, readers))
    return _typical(rounds)


def _again(texts: list[str], language: str) -> list[float]:
    """All reports by readers that have read them before."""
    readers = _readers(language)
    return _typical([_in_turn(texts, readers) for _ in range(ROUNDS + 1)][1:])


def _in_turn(texts: list[str], readers: list[Callable[[str], object]]) -> list[float]:
    """For each reader its mean seconds a report; each report goes to all, one after another."""
    taken = [0.0 for _ in readers]
    for text in texts:
        for which, reader in enumerate(readers):
            start = time.perf_counter()
            reader(text)
            taken[which] += time.perf_counter() - start
    return [seconds / len(texts) for seconds in taken]


def _typical(rounds: list[list[float]]) -> list[float]:
    """For each reader the median of its rounds."""
    return [statistics.median(took) for took in zip(*rounds, strict=True)]


def _commands(folder: Path) -> None:
    """All reports of a language by one command: the median of five runs of `kg read`, and of a script with spaCy."""
    print("\n| language | reports | a script with spaCy, s | kg read, s | ratio |\n| --- | --- | --- | --- | --- |")
    for language in ("id", "en", "zh"):
        names = [str(path) for path in sorted(folder.rglob(f"{language}-*.txt"))]
        commands = [
            [sys.executable, "-c", SCRIPT, language, *names],
            [sys.executable, "-m", "kg", "read", "--language", language, *names],
        ]
        rounds = [[_seconds(command) for command in commands] for _ in range(5)]
        peer, own = (statistics.median(one) for one in zip(*rounds, strict=True))
        print(f"| {language} | {len(names)} | {peer:.2f} | {own:.2f} | {own / peer:.1f} |")


def _seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def _long(folder: Path) -> None:
    """Reports of a language one after another, until a text is so many bytes long."""
    print("\n| language | bytes | seconds | microseconds a byte |\n| --- | --- | --- | --- |")
    for language in ("id", "en", "zh"):
        joined = "\n\n".join(_texts(folder, language))
        for size in SIZES:
            data = (joined * (size // len(joined.encode()) + 1)).encode()[:size]
            text = data.decode("utf-8", "ignore")
            start = time.perf_counter()
            read(text, language)
            took = time.perf_counter() - start
            print(f"| {language} | {size:,} | {took:.1f} | {took / size * 1e6:.2f} |")


if __name__ == "__main__":
    main()
