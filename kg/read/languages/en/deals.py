"""Investments and agreements in English: both are read off the same sentences, cut into clauses."""

from __future__ import annotations

from kg.read import deals
from kg.read.languages.en.agreements import agreements
from kg.read.languages.en.clauses import sentences
from kg.read.languages.en.investments import investments


class Deals(deals.Deals):
    """The deals of an English report."""

    def run(self) -> tuple[list[deals.Found], list[deals.Found]]:
        """What its clauses tell; what `it` and `the company` mean is settled once for both."""
        coded = sentences(self.document, self.items)
        return investments(coded), agreements(coded)
