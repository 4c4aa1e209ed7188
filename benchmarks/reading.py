"""How long reading takes beside spaCy's blank pipeline with its sentencizer: `python -m benchmarks.reading`.

Both read the same reports in the same process, report by report in turn; spaCy must be installed (`pip install spacy`).
A second table shows that a long text takes time in proportion to its size.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import marked
from kg.read import decode, read

ROUNDS = 9
SIZES = (100_000, 1_000_000, 10_000_000)


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=marked.HERE)
    parser.add_argument("--long", action="store_true", help="read texts of up to ten million bytes too")
    options = parser.parse_args()
    print("| language | reports | spaCy, ms a report | kg.read, ms a report | ratio |\n| --- | --- | --- | --- | --- |")
    for language in ("id", "en", "zh"):
        texts = _texts(options.folder, language)
        theirs, ours = _spacy(language), lambda text, language=language: read(text, language)
        peer, own = _in_turn(texts, [theirs, ours])
        print(f"| {language} | {len(texts)} | {peer * 1000:.2f} | {own * 1000:.2f} | {own / peer:.1f} |")
    if options.long:
        _long(options.folder)


def _texts(folder: Path, language: str) -> list[str]:
    return [decode(path.read_bytes(), path.name) for path in sorted(folder.rglob(f"{language}-*.txt"))]


def _spacy(language: str) -> Callable[[str], object]:
    """The blank pipeline of a language with the sentencizer, which splits at the marks that each script uses."""
    try:
        import spacy
    except ImportError:
        raise SystemExit("spaCy is not installed; run: pip install spacy") from None
    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer")
    reader: Callable[[str], object] = pipeline
    return reader


def _in_turn(texts: list[str], readers: list[Callable[[str], object]]) -> list[float]:
    """For each reader the mean over the reports of its median seconds; each round asks all, one after another."""
    taken: list[list[list[float]]] = [[[] for _ in texts] for _ in readers]
    for number in range(ROUNDS + 1):
        for at, text in enumerate(texts):
            for which, reader in enumerate(readers):
                start = time.perf_counter()
                reader(text)
                if number:
                    taken[which][at].append(time.perf_counter() - start)
    return [statistics.mean(statistics.median(rounds) for rounds in by_text) for by_text in taken]


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
