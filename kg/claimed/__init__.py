"""From a reading to a report's record: what was found, as claims with receipts about entities that are known.

What a claim needs and the reading lacks leaves it out, and the summary counts it.
"""

from kg.claimed.given import Given, Told, told
from kg.claimed.known import Known, Listed
from kg.claimed.readers import RULES, Reader, by_model, is_program
from kg.claimed.report import Claimed, claimed, find
from kg.claimed.stored import Stored

__all__ = [
    "RULES",
    "Claimed",
    "Given",
    "Known",
    "Listed",
    "Reader",
    "Stored",
    "Told",
    "by_model",
    "claimed",
    "find",
    "is_program",
    "told",
]
