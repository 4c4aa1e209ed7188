"""Words that say nothing of who is meant: legal forms, titles, general words, and numbers written as words."""

from __future__ import annotations

PERSON, ORGANIZATION, PLACE, EVENT, SERIES, DEAL = "person", "organization", "place", "event", "series", "deal"
KINDS = (PERSON, ORGANIZATION, PLACE, EVENT, SERIES, DEAL)
"""The sorts of things that are held against their like."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEGAL_FORMS = _words(
    """
    ab ag berhad bhd bv co company corp corporation cv enterprise enterprises gmbh group groups grup holding holdings
    inc incorporated kg limited llc llp ltd nv oy perseroan persero plc pt pte pty sa sas sdn spa srl tbk
    """
)
"""Legal forms of firms, and words that stand in their place."""

LEGAL_ENDINGS = (
    *("股份有限公司", "有限責任公司", "有限责任公司", "控股有限公司", "有限公司", "責任公司", "责任公司", "管理公司"),
    *("公司", "集團", "集团", "控股", "股份"),
)
"""The same in Chinese characters, at the end of a name; the longer before those they end in."""

TITLES = _words(
    """
    bapak bpk dato datuk dr drs excellency haji hj honourable hon ibu ir lady lord mr mrs ms prof professor puan raden
    sir sri tuan
    """
)
"""Titles before the names of persons."""

STOP_WORDS = _words(
    """
    a an and at dan dari das de der di die du el for in ke la le of on pada para sang the to tentang untuk yang
    """
)
"""Words that tie others together."""

GENERAL = {
    ORGANIZATION: _words(
        "city kota management municipal municipality service services technologies technology teknologi"
    ),
    PLACE: _words(
        """
        administrative area autonomous city daerah district distrik hotel island islands kabupaten kawasan kecamatan
        kota municipality otonom prefecture propinsi province provinsi pulau region regency sar special town wilayah
        """
    ),
    EVENT: _words("annual cooperation economic edition ekonomi international internasional tahunan"),
    SERIES: _words("annual cooperation economic edition ekonomi international internasional tahunan"),
}
"""Words that may be left out of a name without naming another thing."""

GENERAL_ENDINGS = ("特别行政区", "特別行政區", "自治区", "自治區", "市", "省", "县", "縣")
"""The same at the end of a place's name in Chinese characters, which keeps two characters at least."""

TELLING = _words(
    """
    east eastern west western north northern south southern northeast northwest southeast southwest central
    upper lower new old inner outer timur barat utara selatan tengah export import ekspor impor
    deputy vice former wakil mantan jr junior sr senior
    """
)
"""Words that tell two things apart however alike they are spelled."""

ORDINALS = {
    word: str(number)
    for words in (
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twentyfirst twentysecond twentythird "
        "twentyfourth twentyfifth twentysixth twentyseventh twentyeighth twentyninth thirtieth",
        "pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh kesebelas keduabelas",
    )
    for number, word in enumerate(words.split(), start=1)
}
"""Numbers of editions in words, in English and Indonesian, their parts written together."""

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
"""Digits in Chinese characters."""
