"""The expressions of `deals.yaml` that the Indonesian rules for deals ask, and what is coded in them."""

from __future__ import annotations

import re
from functools import cache

from kg.read import lexicon
from kg.read.coded import code_class
from kg.read.language import language
from kg.read.model import COMPANY, MONEY, ORGANIZATION, PERSON, PLACE
from kg.read.rules import expand

FIRM_SIGN = re.compile(f"[{code_class(COMPANY, ORGANIZATION)}]")
PARTY_SIGN = re.compile(f"[{code_class(PERSON, COMPANY, ORGANIZATION, PLACE)}]")
MONEY_SIGN = re.compile(f"[{code_class(MONEY)}]")
PLACE_SIGN = re.compile(f"[{code_class(PLACE)}]")


class Expressions:
    """The expressions of `deals.yaml` made once."""

    def __init__(self) -> None:
        known = language("id")
        data = known.data("deals")

        def pattern(text: str) -> re.Pattern[str]:
            return re.compile(expand(text, known, "deals"))

        self.doubt, self.future = pattern(data["doubt"]), pattern(data["future"])
        self.weak = re.compile(expand(data["weak doubt"], known, "deals"), re.IGNORECASE)
        self.cancel = pattern(data["cancel"])
        self.government = re.compile(data["government"], re.IGNORECASE)
        self.assets = re.compile(rf"\b(?:{lexicon.any_of(known.words('deals', 'assets'))})(?:nya|-[a-z]+)?\b")
        self.invested = re.compile(
            r"\b(?:investasi|modal|dana|belanja modal|pabrik|proyek|pembangunan|ekspansi|anggaran)\b"
        )
        self._kin = pattern("{kin}")
        self.origin = pattern(
            r",? (?:dari|asal|milik|yang berbasis di|berbasis di|yang bermarkas di|yang berkantor pusat di) {PLACE}"
        )
        self.share = pattern(data["share"])
        self.nominal = pattern(data["told sum"])
        self.own_sum = pattern(data["own sum"])
        self.agreement = pattern(data["agreement hint"])
        self.site = pattern(data["site"])
        self.planned = pattern(data["planned"])
        self.not_sum = pattern(data["not its sum"])
        self.provinces = frozenset(name.casefold() for name in known.words("names", "provinces"))

    def without_kin(self, words: str) -> str:
        """Coded words without appositions that name a parent or a sister."""
        return self._kin.sub(lambda found: "," if found[0] else "", words)


@cache
def expressions() -> Expressions:
    """The expressions, read once."""
    return Expressions()


def clause_start(text: str, position: int) -> int:
    """Where the clause begins in which a position stands."""
    found = list(re.finditer(r"; |\b(?:sedangkan|sementara|adapun|namun|tetapi|tapi)\b", text[:position]))
    return found[-1].end() if found else 0
