"""Pairs of things that may be one, proposed with reasons for a person to decide."""

from kg.candidates.propose import COLUMNS, LEAST, candidates
from kg.candidates.words import KINDS

__all__ = ["COLUMNS", "KINDS", "LEAST", "candidates"]
