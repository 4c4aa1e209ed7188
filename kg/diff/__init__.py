"""Two states of a graph compared: which reports, claims, entities, judgements and corrections came, went or changed."""

from kg.diff.changes import compare
from kg.diff.record import Change

__all__ = ["Change", "compare"]
