"""What a model gave and is not kept, with the reason, so that nobody has to guess why something is missing."""

from __future__ import annotations

from collections import Counter

_MOST = 1000
_LONGEST = 80


class Dropped:
    """How often each reason held, and the words of the first things that were dropped."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.things: list[tuple[str, str]] = []

    def add(self, reason: str, words: str) -> None:
        """Count a thing, and remember the words that tell which one it was."""
        self.counts[reason] += 1
        if len(self.things) < _MOST:
            plain = " ".join(words[: 2 * _LONGEST].split())
            self.things.append((reason, plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"))
