"""Reports read by rules, without a model: who said what, who invests where, what was agreed, sums, dates and names.

Everything found has its span in the report as it stands, the rule that found it, and how sure that rule is.
"""

from kg.read.language import languages
from kg.read.model import Agreement, DateMention, Entity, Investment, Quantity, Reading, Statement
from kg.read.output import as_json
from kg.read.reader import read
from kg.read.source import decode

__all__ = [
    "Agreement",
    "DateMention",
    "Entity",
    "Investment",
    "Quantity",
    "Reading",
    "Statement",
    "as_json",
    "decode",
    "languages",
    "read",
]
