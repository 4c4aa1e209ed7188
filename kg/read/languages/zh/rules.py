"""What Chinese needs beyond its lexicons: numerals, names in a script without spaces, who speaks, deals by clauses."""

from kg.read.languages.zh.deals import Deals
from kg.read.languages.zh.names import mentions
from kg.read.languages.zh.numerals import numeral
from kg.read.languages.zh.speech import Speech

__all__ = ["Deals", "Speech", "mentions", "numeral"]
