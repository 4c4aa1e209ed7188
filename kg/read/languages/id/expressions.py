"""The expressions of `deals.yaml` that the Indonesian rules for deals ask, and what is coded in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

from kg.read import lexicon
from kg.read.coded import code_class
from kg.read.language import language
from kg.read.model import COMPANY, COUNT, MONEY, ORGANIZATION, PERSON, PLACE
from kg.read.rules import expand

FIRM_SIGN = re.compile(f"[{code_class(COMPANY, ORGANIZATION)}]")
PARTY_SIGN = re.compile(f"[{code_class(PERSON, COMPANY, ORGANIZATION, PLACE)}]")
MONEY_SIGN = re.compile(f"[{code_class(MONEY)}]")
PLACE_SIGN = re.compile(f"[{code_class(PLACE)}]")
_IN = re.compile(r"\b(?:di|dari|pada|dalam) (?:[a-z]+ )?$")
"""What stands before a plant that is merely where something is done."""
_MANY = re.compile(
    rf" (?:[{code_class(COUNT)}]|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|belasan|puluhan"
    r"|banyak|sejumlah|beberapa)"
)
_ERE = re.compile(r"\b(?:sebelumnya|selama ini|sudah lama|telah lama)\b")
_STARTS = re.compile(r"\b(?:mulai|akan|bakal|resmi|segera|siap)(?: [a-z]+)? $")
"""What a firm has had all along (several plants, one from before), and what tells that it is new."""
_BUYS = ("membeli", "beli", "mengakuisisi", "menyewa", "sewa", "membebaskan", "mengambil alih")
_LAND = re.compile(r"\b(?:ruko|lantai|bidang|lahan|tanah|kaveling|kavling|tapak|properti)\b")
_CLAUSES = re.compile(r"; |,? \b(?:sedangkan|sementara|adapun|tetapi|tapi|namun|padahal|melainkan)\b")
_OWN = re.compile(f"[{code_class(PLACE, COMPANY, ORGANIZATION)}]")
_SAME = re.compile(r"\b(?:itu|tersebut|ini)\b|(?:rencana|proyek|pabrik|kontrak|pembangunan|investasi)nya\b")
"""What makes a clause one of its own, and what takes up the one before."""
_VAGUE = frozenset(["unit", "pusat", "tempat", "kawasan", "kapasitas", "pasar", "jaringan", "merek"])
"""Words for plants that tell too little for two of them to be the same."""
_FEW_WORDS = re.compile(rf" (?:(?:[a-z-]+|[{code_class(COUNT)}]) ){{1,5}}")
"""What is opened, named in a few words right before its place."""
_SUBJECT = re.compile(
    r"(?:[A-Z][a-z]+, )?(?:(?:Sebuah|Satu|Dua|Tiga) )?([A-Za-z]{4,}(?: [a-z-]+){0,4}? )"
    r"(?:yang |itu |akan |mulai |sedang )+$"
)
_FOUNDED = re.compile(
    r"(?i:perusahaan|yayasan|koperasi|bank|lembaga|grup|partai|firma|komunitas|klub|organisasi|merek|startup)\b"
)
"""Who something is told of before a passive verb; what is founded and stands nowhere."""
_KIN = re.compile(r", (?:anak|unit|bagian|induk|perusahaan|afiliasi|gabungan)")
_PASSING = re.compile(
    r"\byang (?:(?:sedang|tengah|telah|sudah|akan|kini|baru|segera|mulai|juga|bakal|saat ini|tahun lalu) )*$"
)
_CALLED = re.compile(
    r"\b(?i:hotel|resor|resort|mal|mall|apartemen|bandara|stadion|museum|menara|taman|jembatan|rumah sakit|kampus"
    r"|perumahan|vila|terminal|stasiun|bendungan|tol) $"
)
_LEGAL = re.compile(
    r"^(?:PT|CV|UD|Grup|Group|Bank|Koperasi|Yayasan|Perum)\b|\b(?:Tbk|Group|Grup|Ltd|Inc|Corp|Co|Land|Holdings?)\b"
)
"""What is known by a name of its own, and what makes a name a firm's."""
_NOUN = re.compile(r"[a-z]{3,}")


class Expressions:
    """The expressions of `deals.yaml` made once."""

    def __init__(self) -> None:
        known = language("id")
        data = known.data("deals")

        def pattern(text: str) -> re.Pattern[str]:
            return re.compile(expand(text, known, "deals"))

        self.doubt, self.future = pattern(data["doubt"]), pattern(data["future"])
        self.overcome = pattern(data["overcome"])
        self.weak = re.compile(expand(data["weak doubt"], known, "deals"), re.IGNORECASE)
        self.cancel = pattern(data["cancel"])
        self.government = re.compile(data["government"], re.IGNORECASE)
        self.assets = re.compile(rf"\b(?i:{lexicon.any_of(known.words('deals', 'assets'))})(?:nya|-[a-z]+)?\b")
        self.invested = re.compile(
            r"\b(?:investasi|modal|dana|belanja modal|pabrik|proyek|pembangunan|ekspansi|anggaran)\b"
        )
        self._raise = frozenset(known.words("deals", "raise"))
        self._opens = frozenset(known.words("deals", "opens"))
        no_site = lexicon.any_of(known.words("deals", "no site"))
        self._no_site = re.compile(rf"(?: [\w-]+){{0,2}}? (?:{no_site})(?:nya)?\b")
        self._abstract = re.compile(
            rf"(?: [\w-]+){{0,2}}? (?:{lexicon.any_of(known.words('deals', 'abstract'))})(?:nya)?\b"
        )
        self._kin = pattern("{kin}")
        self.origin = pattern(
            r",? (?:dari|asal|milik|yang berbasis di|berbasis di|yang bermarkas di|yang berkantor pusat di) {PLACE}"
        )
        self.agreement = re.compile(expand(data["agreement hint"], known, "deals").lower())
        self.again = pattern("{again}")
        self.site = pattern(data["site"])
        self.no_investment, self.vain = pattern(data["no investment"]), pattern(data["vain"])
        self.condition = pattern(data["condition"])
        self.undone = pattern(data["undone"])
        self.besides = pattern(
            r",? (?:dan|serta|juga) (?:(?:sebuah|satu) )?(?:{deal})(?: [a-z]+){0,2} (?:dengan|bersama)"
            r" (?P<parties>(?:[^,;{PERSON}{FIRM}]{0,60}?,? )?{parties list})"
        )
        self.shown = pattern(r"(?<!yang )\b(?:merupakan|adalah|menunjukkan|membuktikan|mencerminkan|menandakan)\b")
        self.others = pattern(data["others"])
        self.signed_with = pattern(r"\b{sign}\b[^;,]{0,100} (?:bersama|dengan) (?:[a-z]+ ){0,3}$")
        self._harmless = [pattern(one) for one in data["harmless"]]
        self.spot = pattern(data["spot"])
        self.planned = pattern(data["planned"])
        self.beside = pattern(data["beside"])
        self.opening = re.compile(data["opening"])
        self.awaited, self.approach = pattern(data["awaited"]), pattern(data["approach"])
        self._again, self._joining = pattern(data["taken up"]), pattern(data["joining"])
        self.provinces = frozenset(name.casefold() for name in known.words("names", "provinces"))
        self._make_sums(data, pattern)

    def _make_sums(self, data: Any, pattern: Callable[[str], re.Pattern[str]]) -> None:
        """The expressions for sums and shares, whole or told by each firm."""
        self.share = pattern(data["share"])
        self.nominal = pattern(data["told sum"])
        self.spent_by = pattern(r"({MONEY}),?[^,;{MONEY}]{0,40} (?:{invested})(?: oleh)? (?=$)")
        self.spent_sum, self.asked = pattern(data["spent sum"]), pattern(data["asked"])
        self.answer = pattern(r"(?:[A-Z][a-z]+(?: [a-z]+){0,2} )?(?P<amount>{MONEY})")
        self.whole_sum = pattern(data["whole sum"])
        self.own_sum = pattern(data["own sum"])
        self.share_verb = pattern(data["share verb"])
        self.share_named = pattern(data["share named"])
        self.share_ordinal = pattern(r"\b[Yy]ang (pertama|kedua|ketiga)(?: [a-z]+){0,3} ({MONEY})")
        self.share_class = pattern(data["share class"])
        self.paid, self.unpaid = re.compile(data["paid"], re.IGNORECASE), re.compile(data["unpaid"], re.IGNORECASE)
        self.paying = pattern(r"{FIRM}|{MONEY}|\b(?:mitra|rekan|pasangan|sekutu)nya\b")
        self.share_rest = pattern(data["share rest"])
        self.share_of = pattern(data["share of"])
        self.each = pattern(data["each sum"])
        self.not_sum = re.compile(data["not its sum"], re.IGNORECASE)

    def settled(self, text: str) -> str:
        """A coded text with blanks, letter for letter, for words of doubt that cast none on a deal."""
        for harmless in self._harmless:
            text = harmless.sub(lambda found: " " * len(found[0]), text)
        return text

    def is_doubtful(self, text: str) -> bool:
        """Whether a sentence tells of what was called off, put off or only rumoured."""
        return bool(self.doubted(text))

    def doubted(self, text: str) -> list[tuple[int, int]]:
        """Where a sentence tells of what was called off: all of it, or clauses with a place or firm of their own."""
        if self.doubt.search(text) is None:
            return []
        blank = self.overcome.sub(lambda found: " " * len(found[0]), text)
        settled = self.settled(blank)
        cuts = [0, *(found.start() for found in _CLAUSES.finditer(text)), len(text)]
        spans = [(start, end) for start, end in pairwise(cuts) if self.doubt.search(settled, start, end)]
        if not spans and self.doubt.search(settled) is None:
            return []
        if not spans or any(_OWN.search(text, *span) is None or _SAME.search(text, *span) for span in spans):
            return [(0, len(text))]
        return spans

    def is_weak(self, text: str, start: int, end: int) -> bool:
        """Whether words between two positions make what follows only possible, hoped for or asked for.

        What is told of a plant in passing (`pabrik yang sedang dibangun`) is so, whoever hopes or asks for something.
        """
        passing = _PASSING.search(text, start, end)
        start = passing.start() if passing else start
        if self.weak.search(text, start, end) is None:
            return False
        return self.weak.search(self.settled(text), start, end) is not None

    def is_built(self, verb: str, told: str, before: str = "") -> bool:
        """Whether what a verb is told of stands somewhere: a plant, a shop, or whatever is raised and no mere idea."""
        if verb == "mengoperasikan" and not _STARTS.search(before) and (_MANY.match(told) or _ERE.search(before)):
            return False
        if any(not _IN.search(told, 0, found.start()) for found in self.assets.finditer(told)):
            return True
        if verb in _BUYS and _LAND.search(told):
            return True
        if verb in self._opens and not self._no_site.match(told) and _FEW_WORDS.fullmatch(told):
            return not self._abstract.match(told)
        return verb in self._raise and _NOUN.search(told) is not None and not self._abstract.match(told)

    def is_raised(self, verb: str, before: str) -> bool:
        """Whether a passive verb tells of what is raised, whatever that is called: `lumbung yang didirikan`."""
        told = _SUBJECT.match(before) if verb in self._raise else None
        return told is not None and not self._abstract.match(f" {told[1]}") and not _FOUNDED.match(told[1])

    def plants(self, words: str) -> frozenset[str]:
        """The kinds of plants that words name."""
        found = frozenset(one[0].lower().removesuffix("nya") for one in self.assets.finditer(words))
        return found - _VAGUE

    def is_again(self, words: str) -> bool:
        """Whether words take a plant up again (`pabrik itu`, `proyeknya`)."""
        return self._again.search(words) is not None

    def is_joining(self, words: str) -> bool:
        """Whether a clause tells of somebody who joins in a plan: a partner, another holder of shares."""
        return self._joining.search(words) is not None

    def without_kin(self, words: str) -> str:
        """Coded words without appositions that name a parent or a sister."""
        if _KIN.search(words) is None:
            return words
        return self._kin.sub(lambda found: "," if found[0] else "", words)


@cache
def expressions() -> Expressions:
    """The expressions, read once."""
    return Expressions()


def is_called(firms: tuple[str, ...], text: str, position: int) -> bool:
    """Whether a name right behind a building (`hotel A`) is what that is called, and no firm that owns it."""
    return (
        bool(firms)
        and _CALLED.search(text, max(0, position - 20), position) is not None
        and _LEGAL.search(firms[0]) is None
    )


def clause_start(text: str, position: int) -> int:
    """Where the clause begins in which a position stands."""
    found = list(re.finditer(r"; |\b(?:sedangkan|sementara|adapun|namun|tetapi|tapi)\b", text[:position]))
    return found[-1].end() if found else 0
