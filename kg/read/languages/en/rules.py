"""What English needs beyond its lexicons: names by their surroundings, whom a description means, deals by clauses."""

from kg.read.languages.en.agreements import agreements
from kg.read.languages.en.investments import investments
from kg.read.languages.en.names import mentions
from kg.read.languages.en.speech import Speech

__all__ = ["Speech", "agreements", "investments", "mentions"]
