"""Loading the graph into a triple store over HTTP, and proving that it arrived."""

from kg.push.run import Outcome, Wishes, push

__all__ = ["Outcome", "Wishes", "push"]
