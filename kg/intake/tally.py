"""What a run over many reports came to: reports by what became of them, claims by class, names, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field

from kg.claimed import Claimed
from kg.terms import Token, token


@dataclass
class Tally:
    """A run's counts; `failures` has a line for each file that failed, which begins with the file's name."""

    failures: list[str] = field(default_factory=list)
    others: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    new: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    changed: Set[Token] = frozenset()
    _was_there: dict[Token, bool] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many reports were read."""
        return len(self._was_there)

    def took(self, found: Claimed, was_there: bool) -> None:
        """Count a report that is in the store now, and say whether an earlier revision of it was."""
        self._was_there.setdefault(token(found.record.iri), was_there)
        self.claims.update(claim.kind for claim in found.record.claims)
        self.joined += found.joined
        self.new += len(found.record.entities) - 1
        self.left_out.update(found.left_out)

    def failed(self, name: str, error: Exception) -> None:
        """Count a file that failed."""
        words = str(error)
        self.failures.append(words if words.startswith(name) else f"{name}: {words}")

    def lines(self) -> Iterator[str]:
        """The counts in words; none where no report was read."""
        if not self.read and not self.failures:
            return
        fates = Counter(self._fate(report) for report in self._was_there)
        parts = [f"{fates[fate]} {fate}" for fate in ("added", "revised", "unchanged") if fates[fate]]
        yield f"reports: {', '.join([*parts, *([f'{len(self.failures)} failed'] if self.failures else [])])}"
        if self.claims:
            yield "claims: " + ", ".join(f"{count} {kind}" for kind, count in sorted(self.claims.items()))
        if self.read:
            yield f"names: {self.joined} joined, {self.new} new"
        if self.left_out:
            yield "left out: " + ", ".join(f"{count} × {what}" for what, count in sorted(self.left_out.items()))

    def _fate(self, report: Token) -> str:
        if report not in self.changed:
            return "unchanged"
        return "revised" if self._was_there[report] else "added"
