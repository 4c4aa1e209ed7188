"""The words before and behind who speaks in Indonesian: a post free of the clause around it, what belongs to a body."""

from __future__ import annotations

import re

_ROLE_LEAD = re.compile(
    r"^yang (?:saat itu |kini |sekarang |juga )?(?:menjabat (?:sebagai )?|merupakan |adalah |menjadi )?"
)
_ROLE_END = re.compile(r" (?:kepada|ketika|saat|usai|seusai|seperti|stop)(?: [^,]{0,40})?$")
_CLAUSE = re.compile(
    r"^(?:di|pada|dalam|saat|ketika|usai|seperti|dan|hadir|me(?!nteri|mber|ntor|dia)[mn]?[a-z]{4,})\b"
    r"| (?:telah|sudah|akan|sedang|tidak|belum) [a-z]+"
    r"|(?<!yang)(?<!untuk) (?:membelokkan|menyatakan|mengatakan|mewakili|menyebut|meminta|mengaku|menilai|menerima)\b"
)
"""How words for a post begin and end that belong to the clause around them, and what is a clause and no post."""

_TEXT = re.compile(
    r"(?:data|hitungan|perhitungan|taksiran|perkiraan|estimasi|versi|hasil|(?:hasil )?pantauan|penelusuran|temuan)"
    r"(?: [a-z]+)?"
    r"|(?:(?:bunyi|isi|petikan|kutipan) )?(?:laporan|pernyataan|keterangan|rilis|siaran pers|surat|catatan|unggahan"
    r"|riset|kajian|survei|publikasi|pengumuman)(?: (?:resmi|tertulis|terbaru|tahunan|bersama|dari|milik))*"
)
"""What a firm or body has written, before its name."""
_BODY = re.compile(
    r"(?i:bank|lembaga|kantor berita|perusahaan|maskapai|harian|organisasi|kelompok|produsen|badan)(?: [a-z]+){0,2}$"
    r"|(?:sepanjang|selama|sejak|hingga|sampai|pada|per) "
)
"""What stands before the name of a body that speaks: what it is, and when."""


def trimmed(role: str) -> str:
    """The words for a post without what belongs to the clause around; empty where they are no post but a clause."""
    role = _ROLE_END.sub("", _ROLE_LEAD.sub("", role))
    return "" if _CLAUSE.search(role) else role


def is_of_body(words: str) -> bool:
    """Whether words before a firm or body leave it the speaker: what it is, what it wrote, its full name, or when."""
    return bool(_TEXT.fullmatch(words) or words.endswith("(") or _BODY.match(words))
