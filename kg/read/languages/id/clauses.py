"""Whether words told indirectly in Indonesian are a statement: a clause, not a noun, and nothing that is denied."""

from __future__ import annotations

import re
from functools import cache

from kg.read import lexicon
from kg.read.coded import QUOTE, Coded, code_class
from kg.read.language import language
from kg.read.model import COUNT, MONEY, ORGANIZATION, PERCENT, PERSON
from kg.read.rules import Rule
from kg.read.segment import Document

_NO_SOURCE = re.compile(
    r"(?:rencana|jadwal|kabar|rumor|dugaan|tradisi|hemat|undang-undang|aturan|ketentuan|peraturan|informasi|adat|kalender|agenda)\b"
)
_NO_SPEAKER = re.compile(
    r"^[”“\"]|\b(?:yang|untuk|agar|karena|saat|ketika|hendak|perlu|harus|wajib|ingin|mau|bisa|dapat|mesti|boleh|akan"
    r"|serta|supaya|hingga|sampai|dan|atau|jika|bila)$"
)
"""How words end that are no speaker but the beginning of a predicate."""
_ACTOR = re.compile(f"[{code_class(PERSON)}]")
_NO_ACTOR = re.compile(
    r" (?:kecuali|sehingga|bahwa)\b|(?<!yang) (?:membuat|mengakibatkan|menyebabkan|memicu)\b"
    r"|^(?!.*\byang\b).* (?:karena|sehingga|jika|mendorong|menolak|menurun|meningkat|melemah)\b"
)
"""What stands in words without a name that are a clause and no speaker."""
_SHORT = 6
"""Words of what is told that may be no more than the subject of a clause which the attribution interrupts."""
_GOES_ON = re.compile(
    r",? (?!(?:di|pada|dalam|saat|ketika|usai|kepada|seperti|lagi|pula|melalui|lewat|sambil|seraya)\b)[a-z]+ [a-z]+"
)
_WHEN_ASKED = re.compile(
    r"(?:ketika|saat|waktu|sewaktu) (?:kembali )?(?:ditanya|dikonfirmasi|disinggung|dimintai|dihubungi|ditemui)\w*\b"
)
"""What stands behind a verb of speech and is not what was said."""
_RELATIVE = re.compile(
    r"\byang (?:(?:akan|sudah|telah|belum|tidak|tak|sedang|masih|bisa|dapat|ingin|mau|paling|lebih|sangat|cukup"
    r"|hanya) ){0,2}\w+"
)
_QUOTED = re.compile(f"[{code_class(QUOTE)}]")
_TOPIC = re.compile(r"(?:[a-z]+ ){1,3}(?:itu|ini|tersebut) [a-z]+|[a-z]+nya [a-z]+")
_SO_CALLED = re.compile(r"(?:[a-z]+ ){1,3}(?:itu|ini|tersebut) (?!di\b|pada\b|dalam\b|sejak\b|kepada\b|saat\b)[a-z]+")
"""What something is called: `proyek itu proyek besar`."""
_NOUN = re.compile(r"(?!perusahaan|pelanggan|perwakilan|karyawan|perseroan)(?:pe|ke)\w+an\b")
_PASSIVE = re.compile(
    r"\b(?:sempat|pernah|di(?!rektur|reksi|skusi|gital|nas|rinya|banding)\w{4,}|ter(?!sebut|hadap|kait|masuk)\w{3,})\b"
)
_OWN = re.compile(r"(?:[a-z]+ )?[a-z]{3,}nya ")
_FIGURE = re.compile(f"[{code_class(MONEY, PERCENT, COUNT)}]")
_BIDDING = frozenset(
    ["meminta", "mendesak", "mengimbau", "menghimbau", "mengajak", "menyerukan", "menuntut", "memohon"]
)
_BIDDEN = re.compile(
    r"(?:para |semua |seluruh |kedua |pihak )?(?:perusahaan|pemerintah|perseroan|investor|warga|masyarakat|pengusaha"
    r"|pekerja|buruh|petani|nelayan|kontraktor|pengembang|pengelola|manajemen|polisi|kementerian|pedagang|konsumen|anggota\w*)"
    r" (?!untuk$)\w+"
)
"""Who is bidden to do something, and what."""
_TELLING = ("menyebut", "menyebutkan", "menuturkan")
_FIGURED = re.compile(rf"[a-z]+(?: \w+){{1,4}} [{code_class(MONEY, PERCENT, COUNT)}]")
"""How much something is, without a verb: `luas kebun anggotanya 300 hektare`."""
_RECKONING = frozenset(["menaksir", "menakar", "mengestimasi", "mengestimasikan", "memproyeksikan", "meramalkan"])
"""Verbs that tell how much something is reckoned to be."""
_NO_VERBS = (
    "(?:menteri|mesin|media|merek|melalui|menurut|menit|meter|mereka|medali|berbagai|berikut|bersama|beras|berita|berkat|berupa|bernama|direktur|dirinya|diskusi|digital|dinas|"
    "diskon|tersebut|terhadap|terkait|tertentu|ternak|terminal|termasuk|terbaru|terbesar|tertinggi|terakhir|teritorial|berkelanjutan|dibanding|dibandingkan|merah)"
)


class _Words:
    """The lists that tell a clause from a noun."""

    def __init__(self) -> None:
        known = language("id")

        def word(key: str) -> str:
            return lexicon.any_of(known.words("attribution", key))

        self.noun = re.compile(rf"(?:{word('nouns')})\b")
        self.asking = re.compile(rf"(?:{word('questions')})\b")
        self.clausal = frozenset(known.words("attribution", "clausal"))
        self.announcing = frozenset(known.words("attribution", "announcing"))
        self.strong = re.compile(rf"\b(?:{word('predicates')})\b")
        self.predicate = re.compile(
            rf"\b(?:{word('predicates')}|(?!{_NO_VERBS}\b)(?:me[mnlrwy]\w{{3,}}|ber\w{{3,}}|di\w{{4,}}|ter\w{{3,}})(?!\w))\b"
        )
        self.deny = re.compile(rf"\b(?:{word('deny')})(?: (?:mau|ingin|bersedia|akan|bisa|dapat))? $")


@cache
def _words() -> _Words:
    return _Words()


def is_statement(rule: Rule, match: re.Match[str], coded: Coded, document: Document) -> bool:
    """Whether a match is a statement after all: not denied, a clause and not a noun, a sentence and not a term."""
    words, groups = _words(), match.groupdict()
    speaker = groups.get("speaker")
    text = coded.text
    if speaker is not None and rule.name.startswith(("id-speaker", "id-also")):
        end = match.end("speaker")
        first = match.start("content") if groups.get("content") else match.start("quote")
        verb = text[end:first]
        if not rule.name.startswith("id-also") and (
            words.deny.search(speaker + " ") or words.deny.match(verb.strip() + " ")
        ):
            return False
        if _NO_SPEAKER.search(speaker.strip()) or (_ACTOR.search(speaker) is None and _NO_ACTOR.search(speaker)):
            return False
    if groups.get("quote") and rule.name == "id-speaker-saying-quote":
        quotation = coded.item(groups["quote"]).thing
        said = document.text[quotation.start : quotation.end]
        gap = text[match.end("speaker") : match.start("quote")].rstrip()
        if not gap.endswith((",", ":", "bahwa")) and not (said[:1].isupper() and len(said.split()) > 4):
            return False
        if gap.endswith("bahwa") and not (said[-1:] in ".,!?" and text[match.end("quote") :].strip(" .") == ""):
            return False
    is_brief = rule.name.startswith("id-content-say") and len(groups["content"].split()) < _SHORT
    if is_brief and words.predicate.search(groups["content"]) is None and _GOES_ON.match(text, match.end()):
        return False
    if groups.get("content") and _WHEN_ASKED.match(groups["content"]):
        return False
    if rule.name == "id-according-to" and speaker and _NO_SOURCE.match(speaker):
        return False
    if groups.get("content") and rule.data.get("clause") == "yes":
        return _is_clause(match, coded)
    return True


def _is_clause(match: re.Match[str], coded: Coded) -> bool:
    words, content = _words(), match["content"]
    if content.startswith(("adalah ", "ialah ")):
        return False
    verb = match.groupdict().get("verb") or coded.text[match.end("speaker") : match.start("content")].split()[-1]
    speaker = match["speaker"]
    if (
        verb in ("mencatat", "melaporkan", "menunjukkan", "menghitung")
        and not _is_body(speaker, coded)
        and "ihaknya" not in speaker
    ):
        return False
    if words.asking.match(content):
        return True
    bare = _RELATIVE.sub(" ", content)
    is_topic = _TOPIC.match(content) is not None
    is_noun = words.noun.match(content) is not None and not is_topic
    if len(content.split()) == 2 and words.predicate.search(bare) and verb in words.clausal:
        return not is_noun
    is_own_figure = _OWN.match(content) is not None and _FIGURE.search(content) is not None
    shortest = 2 if is_own_figure or verb in ("berjanji", "bertekad", "berharap", "mengaku") else 3
    if verb in words.announcing and _NOUN.match(content) and not words.strong.search(bare):
        return False
    if len(content.split()) + 2 * len(_QUOTED.findall(content)) < shortest or (
        is_noun and not words.strong.search(bare) and not (verb in words.clausal and _PASSIVE.search(bare))
    ):
        return False
    if verb in words.clausal and len(content.split()) > (1 if is_topic else 2) and not is_noun:
        return True
    if verb in ("mengaku", "berharap", "bertekad", "berjanji") or (verb in _BIDDING and _BIDDEN.match(content)):
        return True
    if verb == "menyebut" and (" sebagai " in content or _SO_CALLED.match(content)):
        return True
    if is_noun and verb in words.clausal and len(content.split()) > 3 and _PASSIVE.search(bare):
        return True
    if (
        _FIGURE.search(bare)
        and not is_noun
        and (
            verb in words.clausal
            or verb in _RECKONING
            or _OWN.match(content)
            or (verb in _TELLING and _FIGURED.match(content))
        )
    ):
        return True
    return words.predicate.search(bare) is not None


def _is_body(speaker: str, coded: Coded) -> bool:
    return bool(coded.found(speaker, ORGANIZATION))
