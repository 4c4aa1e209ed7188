"""Names as keys: what two spellings of one name have in common, and which names come near another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SEPARATORS = re.compile(r"[\W_]+")


def key(name: str) -> str:
    """`name` without case, width, punctuation and spacing, so that one name's spellings compare equal."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _SEPARATORS.sub(" ", folded).strip() or folded.strip()


def folded(text: str) -> str:
    """`text` as parts of it are looked for, whatever their case; without NUL, at which SQLite's patterns stop."""
    return text.lower().replace("\0", "\ufffd")


def alike(one: str, other: str) -> float:
    """How many percent of their letters two names share, in the order in which they stand."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(key(one), key(other)))


def nearest(name: str, among: Iterable[str], limit: int = 5) -> list[str]:
    """The names in `among` that come nearest to `name`, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        key(name), sorted(set(among)), processor=key, scorer=fuzz.WRatio, limit=limit, score_cutoff=60
    )
    return [match[0] for match in found]
