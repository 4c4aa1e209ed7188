"""What Indonesian needs beyond its lexicons: its names, whom its words for a speaker mean, and its deals."""

from kg.read.languages.id.attribution import Speech
from kg.read.languages.id.deals import Deals
from kg.read.languages.id.names import mentions

__all__ = ["Deals", "Speech", "mentions"]
