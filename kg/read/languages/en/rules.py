"""What English needs beyond its lexicons: names by their surroundings, whom a description means, deals by clauses."""

from kg.read.languages.en.deals import Deals
from kg.read.languages.en.names import mentions
from kg.read.languages.en.speech import Speech

__all__ = ["Deals", "Speech", "mentions"]
