"""From a reading to a report's record: what the rules found, as claims with receipts about entities that are known.

What a claim needs and the reading lacks leaves it out, and the summary counts it.
"""

from kg.claimed.given import Given, Told, told
from kg.claimed.known import Known, Listed
from kg.claimed.report import READER, Claimed, claimed, find
from kg.claimed.stored import Stored

__all__ = ["READER", "Claimed", "Given", "Known", "Listed", "Stored", "Told", "claimed", "find", "told"]
