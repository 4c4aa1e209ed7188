"""Sums of deals in Indonesian: which sum in a sentence is the deal's own, not a price, a profit or a rate."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.read.coded import Coded, Item, code_class
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, expressions
from kg.read.model import MONEY, PERCENT, Amount
from kg.read.numbers import Found as Sum

_NEXT_CLAUSE = re.compile(r"; |, (?:sedangkan|sementara|adapun|tetapi|namun)\b|\b(?:sedangkan|sementara)\b")
_LED_TO = re.compile(
    r"(?:senilai|sebesar|bernilai|seharga|nilai|total|mencapai|kredit|pinjaman|kontrak|tender|pesanan|meminjam|perjanjian)[^,;]{0,40}$"
)
_TAKEN_UP = re.compile(
    r"\b(?:itu|tersebut|ini)\b|nya\b|^(?:Nilai|Total|Besaran|Investasi|Dana|Modal|Biaya|Anggaran|Ongkos|Kebutuhan"
    r"|Seluruh|Dari (?:anggaran|modal|dana|investasi)) "
)
_DEAL = re.compile(r"(?:[Nn]ilai|[Kk]ontrak|[Pp]erjanjian|[Kk]esepakatan|[Nn]ota|[Kk]erja sama|[Tt]otal|[Bb]ernilai)")
_RATE = re.compile(r" (?:per|/|setahun|sebulan|sehari|seminggu|tiap|setiap)")
_PART_OF = re.compile(f"[{code_class(PERCENT)}] dari [a-z ]*$")
_AMONG = re.compile(r", (?:antara lain|di antaranya|termasuk|sebagian)\b")
_PART = re.compile(r"\b(?:[Ss]ebagian|[Ss]isanya|[Ss]eparuh)\b")
"""What makes a thing one of several that a sum is for."""
_SPENT = re.compile(
    r"\b(?:sudah (?:tersedia|siap|terkumpul)|[Mm]enyebut (?:angka|anggaran|nilai|investasi|biaya)"
    r"|[Aa]ngkanya|[Mm]enanamkan|ditanamkan|menginvestasikan"
    r"|diinvestasikan|memerlukan|membutuhkan|butuh"
    r"|berinvestasi|keluar uang|keluar duit|membayar|menyediakan|dibenamkan|menebus|membenamkan"
    r"|menyuntikkan|mengucurkan|dihabiskan|digelontorkan|dikucurkan|disiapkan|dikeluarkan|dibelanjakan"
    r"|menelan|menghabiskan|mengeluarkan|merogoh|dirogoh|menyiapkan|menggelontorkan|menyedot"
    r"|[Ss]eluruh biaya|[Kk]ocek|mengalokasikan|menganggarkan)\b"
)
_OTHERS = re.compile(
    r"\W*(?:Pemerintah|Pemkab|Pemkot|Pemprov|Pemda|Negara|Warga|Bank|Kementerian|Dinas|Bupati|Gubernur|Petani)\b"
)
_PROVIDED = re.compile(
    r"\b(?:[Dd]engan|[Bb]erbekal|[Bb]ermodal(?:kan)?|[Ll]ewat|[Mm]elalui|[Mm]enggelontorkan|[Mm]enghabiskan|[Mm]erogoh"
    rf"|[Mm]enyiapkan|[Mm]engucurkan|[Ss]enilai) (?:[a-z]+ ){{0,5}}([{code_class(MONEY)}])"
    rf"(?: ?\([^)]*\)|,? (?:atau|setara)[a-z ]{{0,20}}[{code_class(MONEY)}])?, ?$"
)
"""A sum with which something is done, told before who does it."""
_BORROWED = re.compile(r"\b(?:pinjaman|kredit|utang|hibah|bantuan|obligasi|saham)\b")
_OF_CONTRACT = re.compile(r"\b(?:kontrak|perjanjian|kesepakatan|kredit|pinjaman|nota)(?:nya)?\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"^(?!.*\bmasing-masing\b).*\b(?:[Kk]edua|[Kk]etiga|[Kk]eempat)(?:nya| [a-z]+ (?:itu|tersebut))\b"
)
_SAME = re.compile(r"[^,;]{0,4}(?:\(|setara|atau|sekitar|kurang lebih)[^,;]{0,20}$")


def as_amount(item: Item) -> Amount:
    """The amount that an item of the kind money is."""
    found: Sum = item.thing
    return Amount(found.value, found.unit, found.qualifier)


def of_investment(coded: Coded, start: int, end: int, stop: int | None = None) -> Amount | None:
    """The sum in a deal's own clause, from who invests (`start`) to its `end` or behind that, but before `stop`."""
    text = coded.text
    tail = _NEXT_CLAUSE.search(text, end)
    stop = min(tail.start() if tail else len(text), len(text) if stop is None else stop)
    following = FIRM_SIGN.search(text, end)
    if following and re.match(r".{0,3}(?:(?:akan|telah|juga) )*(?:me|ber)\w+", text[following.end() :]):
        stop = min(stop, following.start())
    for found in MONEY_SIGN.finditer(text, start, stop):
        if _counts(text, found.start(), start) and not _AMONG.search(text, found.end(), end):
            return as_amount(coded.item(found[0]))
    before = _PROVIDED.search(text, max(0, start - 120), start)
    before = before if before and not _BORROWED.search(before[0]) else None
    before = before or expressions().spent_by.search(text, max(0, start - 120), start)
    return as_amount(coded.item(before[1])) if before else None


def of_agreement(match: re.Match[str], coded: Coded) -> Amount | None:
    """The sum of an agreement, told with it or behind it."""
    text = coded.text
    for found in MONEY_SIGN.finditer(text, match.start()):
        before = text[max(0, found.start() - 60) : found.start()]
        if _counts(text, found.start(), 0) and _LED_TO.search(before):
            return as_amount(coded.item(found[0]))
    return None


def _counts(text: str, position: int, start: int) -> bool:
    """Whether a sum is the deal's own, not a price, a profit or a rate."""
    before = text[max(start, position - 50) : position]
    last = re.split(r"[,;]", before)[-1]
    if expressions().not_sum.search(last) or _PART_OF.search(last):
        return False
    return not _RATE.match(text, position + 1)


def is_own(found: re.Match[str], coded: Coded) -> bool:
    """Whether a sum is a deal's own: no profit, and not for each of many."""
    before = re.split(r"[,;]", coded.text[max(0, found.start() - 50) : found.start()])[-1]
    if expressions().not_sum.search(before) and not found[0][0].isupper():
        return False
    return not expressions().not_sum.search(found[0]) and not _RATE.match(coded.text, found.end())


def is_spent(text: str) -> bool:
    """Whether a sentence right behind a deal says what was spent, and not by somebody else."""
    return _SPENT.search(text) is not None and not _OTHERS.match(text)


def is_of_contract(words: str) -> bool:
    """Whether a sum is told of a contract, and not of what is built."""
    return _OF_CONTRACT.search(words) is not None


def is_of_several(text: str) -> bool:
    """Whether a sum is the total of several plants: `kedua dermaga itu bernilai total …`."""
    return _SEVERAL.search(text) is not None


def is_part(words: str) -> bool:
    """Whether words tell of a part of a sum (`sebagian dana`), which is then not what the thing costs."""
    return _PART.search(words) is not None


def is_one(money: list[Item], coded: Coded) -> bool:
    """Whether sums are one: a single one, or the same in another currency (`S$410 juta atau setara Rp4,96 triliun`)."""
    signs = [found.start() for found in MONEY_SIGN.finditer(coded.text)]
    gaps = [coded.text[one + 1 : other] for one, other in pairwise(signs)]
    return len(money) == 1 or (len(money) > 1 and all(_SAME.match(gap) or "kurs" in gap for gap in gaps))


def is_about_deal(text: str) -> bool:
    """Whether a sentence speaks of the deal before: `proyek itu`, `investasinya`, `nilai investasi`."""
    return _TAKEN_UP.search(text) is not None


def is_of_agreement(words: str) -> bool:
    """Whether a sum told by itself is an agreement's: `nilai kontrak`, `total`."""
    return _DEAL.search(words) is not None
