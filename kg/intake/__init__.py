"""Reports on their way in: files found in folders, taken apart and read, on all cores where there are many.

Whoever extracts or reads may fail, take too long or too much memory; then that file fails and no other.
"""

from kg.intake.each import READ, Came, each, is_read
from kg.intake.folders import files_in
from kg.intake.run import Item, Other, Run, items_of
from kg.intake.take import Source, Taken, source_of, take, text_of
from kg.intake.tally import Tally

__all__ = [
    "READ",
    "Came",
    "Item",
    "Other",
    "Run",
    "Source",
    "Taken",
    "Tally",
    "each",
    "files_in",
    "is_read",
    "items_of",
    "source_of",
    "take",
    "text_of",
]
