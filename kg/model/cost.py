"""What asking a model came to: requests, tokens as the server counts them, seconds, money where a price is given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

_MILLION = Decimal(1_000_000)
_MOST_TOKENS = 10**12
"""A count above it is no count of tokens, whatever a server says."""


class Price(NamedTuple):
    """What a million tokens cost that are sent, and that are answered, in any currency."""

    sent: Decimal
    answered: Decimal


@dataclass
class Cost:
    """The sum over all requests so far."""

    requests: int = 0
    sent: int = 0
    answered: int = 0
    uncounted: int = 0
    """Answers of which the server did not say how many tokens they were."""
    seconds: float = 0.0

    def count(self, usage: Any) -> None:
        """Add what an answer says under `usage`."""
        numbers = [
            usage.get(key) if isinstance(usage, dict) else None for key in ("prompt_tokens", "completion_tokens")
        ]
        sent, answered = (_tokens(number) for number in numbers)
        if sent is None or answered is None:
            self.uncounted += 1
        self.sent += sent or 0
        self.answered += answered or 0

    def money(self, price: Price) -> Decimal:
        """What the tokens cost."""
        return (self.sent * price.sent + self.answered * price.answered) / _MILLION

    def told(self, price: Price | None = None) -> str:
        """The cost in one line."""
        parts = [f"{self.requests} request{'' if self.requests == 1 else 's'}"]
        parts.append(f"{self.sent} prompt and {self.answered} completion tokens")
        if self.uncounted:
            parts.append(f"{self.uncounted} answer{'' if self.uncounted == 1 else 's'} without a count of tokens")
        parts.append(f"{self.seconds:.1f} s")
        if price is not None:
            least = "at least " if self.uncounted else ""
            parts.append(f"{least}{self.money(price):.6f} at {price.sent} and {price.answered} a million tokens")
        return ", ".join(parts)


def _tokens(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_TOKENS else None
