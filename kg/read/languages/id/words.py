"""Words of Indonesian names: the lists of `names.yaml` they are held against, runs of them, and headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from kg.read import lexicon
from kg.read.language import language
from kg.read.places import Gazetteer, gazetteer
from kg.read.segment import Document

_LONGEST = 30
"""Words in a run; a longer one is no name but shouting, and is cut so that the time for it stays in proportion."""
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪŁŃŇŌŐŘŚŞŠŤŪŮŰŹŻŽ"
_WORD = re.compile(
    rf"(?<![\w-])[AK]/S(?!\w)|(?<![\w-])[a-z](?=[A-Z][a-z])\w+(?!\w)|(?<![\w-])[{_UPPER}][\w]*(?:['’.-]\w+)*"
    r"|(?<= )(?:ke-\d+|[1-9]\d{0,3}|plc|hf|ehf|s\.r\.o|d\.o\.o|a\.s)(?![\w%-]|[.,]\d)"
)
_FULL_STOP = re.compile(r"[.;…][”\"]?\s*$")
"""How a first paragraph ends that is no heading; that may ask or call out."""
_CLOSING = re.compile(r"[.!?:;…”\"]\s*$")
_BYLINE = re.compile(
    r"[(\[*]* ?[A-Z][\w ]{2,20}:|(?:Oleh|OLEH|Laporan) |\(?[A-Z][a-z]+ oleh [A-Z]|[^\n|]{4,40} \| [A-Z]"
)
_CLIPPED = frozenset(
    ["Moch", "Moh", "Muh", "Mohd", "Abd", "Ach", "Fx", "FX", "Ign", "Yoh", "Ags", "St", "Ch", "Th", "Chr"]
)
"""Given names that are written short, with a full stop."""
_DATELINE = re.compile(
    r"(?:[A-Z][\w.]*|[\U000F0000-\U000FFFFF])(?:(?! [a-z]{4,} )[^.!?\n–—]|\.(?=[A-Za-z]{2,3}\b)){0,60}?"
    r"(?: [–—-]{1,2} ?| ?-- ?|[–—] ?(?![\U000F0000-\U000FFFFF]))"
    r"(?=[A-Z“”\"'\U000F0000-\U000FFFFF])"
    r"|[\U000F0000-\U000FFFFF](?:, [\U000F0000-\U000FFFFF]) {1,3}(?=[A-Z“\"\U000F0000-\U000FFFFF])"
    r"|[\U000F0000-\U000FFFFF] {2,3}(?=[A-Z“\"\U000F0000-\U000FFFFF])"
)
_CREDIT = re.compile(
    r"\W{0,3}(?i:reporter|editor|penulis|pewarta|penyunting|oleh|foto|laporan|kontributor|wartawan|redaktur|sumber)"
    r"(?: foto)? ?[:|]"
)
_ASIDE = re.compile(
    r"(?:baca juga|baca selengkapnya|simak juga|lihat juga|artikel terkait|berita terkait)\b", re.IGNORECASE
)


class Token(NamedTuple):
    """A word of a run, by its place in the text, and what joins it to the word before."""

    start: int
    end: int
    text: str
    joint: str


class Part(NamedTuple):
    """What a stretch of a run is: how many tokens, of which type, by which rule, how sure."""

    size: int
    type: str
    rule: str
    confidence: float


class Lexicon:
    """What `names.yaml` says, ready for use: phrases by key, and how long those that begin with a word are."""

    def __init__(self) -> None:
        known = language("id")
        data = known.data("names")
        forms = lexicon.load(lexicon.HERE / "languages" / "legal_forms.yaml")
        self.phrases = {key: frozenset(lexicon.words(data[key])) for key in data if key != "contexts"}
        self.phrases["legal before"] = frozenset(lexicon.words(forms["before"]))
        self.phrases["legal after"] = frozenset(lexicon.words(forms["after"]))
        self.phrases["legal after"] |= {form.rstrip(".") for form in self.phrases["legal after"]}
        self.lengths: dict[str, dict[str, tuple[int, ...]]] = {}
        for key, phrases in self.phrases.items():
            counts: dict[str, set[int]] = {}
            for phrase in phrases:
                counts.setdefault(phrase.partition(" ")[0], set()).add(phrase.count(" ") + 1)
            self.lengths[key] = {word: tuple(sorted(found, reverse=True)) for word, found in counts.items()}
        self.gazetteer: Gazetteer = gazetteer("id")
        self.particles = self.phrases["particles"]
        self.stop_words = frozenset(known.words("names", "common"))
        nouns = (*known.words("names", "person noun"), *known.words("names", "firm noun"))
        self.stop_words |= {noun.capitalize() for noun in nouns if " " not in noun}
        self.wide = self.gazetteer.countries | {"Asia", "Asia Tenggara", "Asia Timur", "Eropa", "Afrika", "Amerika"}

    def is_(self, key: str, tokens: list[Token], at: int) -> int:
        """How many tokens from `at` are a phrase of the list `key`; the longest, or 0."""
        if at >= len(tokens):
            return 0
        word = tokens[at].text
        for count in self.lengths[key].get(word, ()):
            if count == 1:
                return 1
            if at + count <= len(tokens) and spelled(tokens[at : at + count]) in self.phrases[key]:
                return count
        return 0

    def is_sure_place(self, words: str) -> bool:
        """Whether these words are a place wherever they stand, not only after a word that leads to one."""
        return words in self.gazetteer.regions or words in self.gazetteer.countries


def spelled(tokens: list[Token]) -> str:
    """Tokens as one string, with the small words between them."""
    return "".join((token.joint if number else "") + token.text for number, token in enumerate(tokens))


@cache
def lists() -> Lexicon:
    """The lists of Indonesian names, read once."""
    return Lexicon()


def runs(document: Document, taken: list[tuple[int, int]]) -> list[list[Token]]:
    """Runs of capitalised words, cut where a sentence or a quotation begins and at dates and sums."""
    text, known = document.text, lists()
    starts = {sentence.start for sentence in document.sentences} | {one.start for one in document.quotations}
    barriers = [start for start, _ in taken]
    found: list[list[Token]] = []
    last: Token | None = None
    for match in _WORD.finditer(text):
        start, end = match.span()
        at = bisect_right(barriers, end - 1) - 1
        if at >= 0 and taken[at][1] > start:
            continue
        joint = None
        if last is not None and start - last.end <= 10 and start not in starts:
            joint = _joint(text[last.end : start], last, match[0], known)
        if joint is None or len(found[-1]) >= _LONGEST:
            if match[0][0].isdigit() or match[0].startswith("ke-"):
                continue
            found.append([])
            joint = ""
        last = Token(start, end, match[0], joint)
        found[-1].append(last)
    return found


def _joint(gap: str, last: Token, word: str, known: Lexicon) -> str | None:
    """What joins two capitalised words into one run; None where nothing does."""
    if gap in (" ", " & ", "&", "/", " / ", " dan ", " and ", " untuk ", " bagi "):
        return gap
    if gap in (", ", ".,", "., ") and word in known.phrases["legal after"]:
        return gap
    fields = known.phrases["fields"]
    if gap in (", ", ", dan ") and last.text in fields and word in fields:
        return gap
    if gap.startswith("."):
        is_short = last.text in known.phrases["honorifics"] or last.text in known.phrases["legal after"]
        is_initial = len(last.text) == 1 or last.text in _CLIPPED or last.text in known.phrases["legal before"]
        return gap if (is_short or is_initial) and gap in (". ", ".") else None
    inner = gap.strip().rstrip(".")
    return gap if inner in known.particles and gap in (f" {inner} ", f" {inner}. ") else None


def after_dateline(text: str) -> int:
    """Where a paragraph's own words begin, behind `JAKARTA, MEDIUM (6/12) -`; 0 where none stands before them."""
    found = _DATELINE.match(text)
    return found.end() if found else 0


def is_byline(text: str) -> bool:
    """Whether a line names who wrote or edited a report."""
    return _CREDIT.match(text) is not None


def is_aside(text: str, start: int) -> bool:
    """Whether a paragraph leads away to another report (`Baca juga: …`)."""
    return _ASIDE.match(text, start) is not None


def headings(document: Document) -> frozenset[int]:
    """The numbers of paragraphs that are headings: short, without a full stop, most longer words with capitals."""
    found = set()
    for number, (start, end) in enumerate(document.paragraphs):
        if is_aside(document.text, start):
            found.add(number)
            continue
        words = re.findall(r"[^\W\d_][\w'’-]{3,}", document.text[start : min(end, start + 300)])
        if (
            end - start > 220
            or len(words) < 3
            or _BYLINE.match(document.text, start)
            or (_CLOSING if number > 2 else _FULL_STOP).search(document.text[start:end])
        ):
            continue
        share = 0.75 if number else 0.5
        if sum(word[0].isupper() for word in words) >= share * len(words):
            found.add(number)
    return frozenset(found)
