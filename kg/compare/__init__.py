"""Reports held against one another: where they disagree, what several carry, and what they come to together."""

from kg.compare.steps import STEPS

__all__ = ["STEPS"]
