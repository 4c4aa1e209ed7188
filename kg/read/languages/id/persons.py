"""Persons in Indonesian: the posts that lead to them, and where a firm or body ends and a person's name begins."""

from __future__ import annotations

import re
from functools import cache

from kg.read import lexicon
from kg.read.language import language
from kg.read.languages.id.report import Report
from kg.read.languages.id.words import Part, Token, lists, spelled
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold

_NAME_AFTER = re.compile(r"\.?(?: ?\([^)\n]{1,30}\))?, (?:[A-Z][a-z]{0,4}\. ?)*[A-Z][a-z]+(?: [A-Z][\w-]+){0,4}[,.]? ")
_TITLE = re.compile(r"\b(?:Ir|Dr|drh|drg|dr|Drs|Dra|Prof|H|Hj|KH|Bapak|Ibu|Pak|Bu)\.? $")
"""What stands before a person's own name, never before a firm's."""
_PERSON_AFTER = re.compile(
    r", (?:[A-Z][a-z]{0,4}\. ?)*(?P<name>[A-Z][a-z]{2}[\w’'-]*(?: [A-Z][\w’'-]+){0,4})(?:,|\.?$| \(\d\d\)| (?=[a-z]))",
    re.MULTILINE,
)
_RULERS = ("Desa", "Camat", "Lurah", "Kampung", "Dusun", "Nagari", "Kelurahan")
"""Who rules a small place; what follows such a post is that place."""
_SIDES = frozenset(["Utara", "Selatan", "Barat", "Timur", "Tengah"])
_SMALL_TITLE = re.compile(r"\b(?:drh?|drg|apt|ustaz|ustazah|kiai|haji|pak|bu)\.? $|\((?:Purn|Pol|Purn\.|Ret)\)\.? $")
"""A title written small, right before a person's name."""
_WITHOUT_FIELD = frozenset(["CEO", "Pendiri", "Pemilik", "Founder", "Co-Founder", "Owner", "Bos"])
"""Posts in a firm as a whole: what follows them is its name, whatever its words are."""
_WORK = re.compile(r"(?:Pe[mnr]|Peng|Peny|Ke)[a-z]{4,}an")
"""How words for what is done are made of verbs and of what somebody is."""
_ACTS = re.compile(r" (?:me|ber)[a-z]{4,}")
"""How a clause goes on behind its subject."""
_NOBLE = frozenset(["Raja", "Ratu", "Pangeran"])
"""Posts that as often begin a name."""
MOST_WORDS = 5
"""Words in a person's name."""


def role(report: Report, tokens: list[Token], at: int) -> int:
    """How many tokens a post takes: its head, and the words for its field that are no name by themselves."""
    count = max(report.known.is_("roles", tokens, at), _english(report, tokens, at))
    if not count or (tokens[at].text in _NOBLE and _is_behind_body(report, tokens[at])):
        return 0
    count = max(count, _field(report, tokens, at, count))
    if tokens[at + count - 1].text in _WITHOUT_FIELD:
        return count
    while at + count < len(tokens):
        here = at + count
        if report.is_class(tokens, here) or report.known.is_("roles", tokens, here) or report.is_firm(tokens, here):
            break
        if report.known.is_("companies", tokens, here):
            break
        keys = ("fields", "post tails", "english posts")
        is_field = any(report.known.is_(key, tokens, here) for key in keys) or _is_work(report, tokens, here)
        if not is_field or tokens[here].joint not in (" ", " dan ", " and ", " & "):
            break
        if tokens[here].text in report.known.phrases["given names"] and here == len(tokens) - 2:
            break
        count += 1
    return count


def _is_work(report: Report, tokens: list[Token], here: int) -> bool:
    """Whether a word behind a post is what its bearer is in charge of (`Manajer Pembelian`), and no name."""
    word = tokens[here].text
    return _WORK.fullmatch(word) is not None and word not in report.known.gazetteer.names


def _is_behind_body(report: Report, token: Token) -> bool:
    """Whether a name begins behind a post and its firm or body (`Direktur PT X, Raja Y,`): no post follows there."""
    last = report.last
    is_near = last is not None and last.end == token.start - 2 and report.text[last.end : token.start] == ", "
    return is_near and last is not None and last.type in (COMPANY, ORGANIZATION)


def _english(report: Report, tokens: list[Token], at: int) -> int:
    """How many tokens an English post takes (`Head of Equity Research`); 0 where none begins."""
    if tokens[at].text not in report.known.phrases["english heads"]:
        return 0
    end = at + 1
    while end < len(tokens) and tokens[end].joint in (" ", " of ", " dan ", " and ", " & "):
        if tokens[end].text not in report.known.phrases["english posts"] or report.is_firm(tokens, end):
            break
        end += 1
    return end - at if end > at + 1 else 0


def _field(report: Report, tokens: list[Token], at: int, count: int) -> int:
    """How many tokens a post takes whose field is named before a firm: `Manajer Properti PT X`; 0 where it has none."""
    if at + count < len(tokens) and report.head(tokens, at + count):
        return 0
    for here in range(at + count, min(at + count + 5, len(tokens))):
        if tokens[here].joint not in (" ", " dan ") or tokens[here].text in report.known.phrases["given names"]:
            return 0
        is_body = re.match(r"Kemen[a-z]{2,}", tokens[here].text) or report.known.is_("organization heads", tokens, here)
        if here > at + count and (tokens[here].text in report.known.phrases["legal before"] or is_body):
            return here - at
    return 0


def is_led_to(lead: str) -> bool:
    """Whether the words before a run lead to a person's name."""
    if _SMALL_TITLE.search(lead, max(0, len(lead) - 12)):
        return True
    if lead.endswith("bernama ") and _FIRM_NAMED.search(lead):
        return False
    return _person_nouns().search(lead) is not None and _firm_nouns().search(lead) is None


def is_behind_code(text: str, start: int) -> bool:
    """Whether a name follows a post and the short form of its body: `Menteri Sumber Daya (SD) NAME`."""
    if text[max(0, start - 2) : start] != ") ":
        return False
    found = _CODED_POST.search(text, max(0, start - 160), start)
    return found is not None and any(word in lists().phrases["roles"] for word in found[1].split())


def is_firm_led(text: str, start: int) -> bool:
    """Whether a word for firms leads to a name: `produsen cokelat …`."""
    return _FIRM_LED.search(text[max(0, start - 40) : start]) is not None


def is_expected(report: Report, tokens: list[Token], at: int, stop: int) -> bool:
    """Whether a post stands right before and a given name is meant, as in `Direktur Bima`."""
    return (
        stop - at == 1
        and tokens[at].text in report.known.phrases["given names"]
        and not report.known.is_("governing roles", tokens, at - 1)
    )


def after_post(report: Report, tokens: list[Token], at: int, stop: int) -> Part:
    """What follows a post: a person, or a firm without a head and then a person."""
    if at and stop - at > 2 and tokens[at + 1].text in _SIDES and is_ruled(report, tokens, at):
        return Part(2, PLACE, "name-of-post", 0.8)
    if at and stop - at > 2 and tokens[at - 1].text in _RULERS and not report.known.is_("given names", tokens, at):
        return Part(1, PLACE, "name-of-post", 0.7)
    if tokens[at].text == "Saudi":
        return Part(1, "", "", 0.0)
    is_titled = _TITLE.search(report.text, max(0, tokens[at].start - 12), tokens[at].start) is not None
    if not is_titled and is_described(report, tokens, at, stop):
        if all(word.text in report.known.phrases["fields"] or report.head([word], 0) for word in tokens[at:stop]):
            return Part(stop - at, "", "", 0.0)
        return Part(stop - at, _of_post(report, tokens, at), "name-of-post", 0.6)
    if stop - at > 2 and not is_titled:
        best, most = at, 1.0 + max(0.0, person_score(report, tokens, at, stop))
        for here in range(at + 1, stop - 1):
            score = person_score(report, tokens, here, stop) + end_score(report, tokens, at, here)
            if score > most:
                best, most = here, score
        if best == at + 1 and not _is_firm_like(report, tokens[at]):
            best = at
        if best > at and not is_ruled(report, tokens, at):
            known = report.aliases.get(fold(spelled(tokens[at:best])))
            kind = known[1] if known is not None else ""
            return Part(best - at, kind, "name-before-person", 0.6)
    if stop - at == 1 and report.aliases.get(fold(tokens[at].text), ("", PERSON))[1] != PERSON:
        return Part(1, report.aliases[fold(tokens[at].text)][1], "name-known", 0.9)
    return Part(stop - at, PERSON, "name-after-post", 0.9)


def _is_firm_like(report: Report, token: Token) -> bool:
    """Whether one word behind a post may be a firm: it stands alone elsewhere, or firms are made of such words."""
    known = token.text in report.known.phrases["company words"] or fold(token.text) in report.aliases
    known = known or token.text in report.firm_words
    return known or token.text.isupper()


def is_ruled(report: Report, tokens: list[Token], at: int) -> bool:
    """Whether a post is one that rules a place, so that no firm stands between it and its bearer."""
    return any(word.text in report.known.phrases["governing roles"] or word.text == "Menteri" for word in tokens[:at])


def _of_post(report: Report, tokens: list[Token], at: int) -> str:
    """Of what sort a thing is by whose post it is named: a village has a head, a firm a director."""
    if at and tokens[at - 1].text in _RULERS:
        return PLACE
    lead = [word.text for word in tokens[:at]] + report.text[max(0, tokens[0].start - 40) : tokens[0].start].split()
    if any(word in report.known.phrases["governing roles"] for word in lead):
        return PLACE
    return COMPANY if any(word in report.known.phrases["corporate"] for word in lead) else ORGANIZATION


def apposed(report: Report, tokens: list[Token], at: int, stop: int, before: Mention | None) -> Part | None:
    """A firm or body named in a post behind its bearer's name: `kata NAME, direktur penjualan X.`; None elsewhere."""
    if before is None or before.type != PERSON or stop != len(tokens):
        return None
    known = report.known.phrases
    lead = report.text[before.end : tokens[0].start]
    is_post = role(report, tokens, 0) or _person_nouns().search(lead)
    if not is_post or not re.fullmatch(r"(?: \(\d\d\))?, [a-z -]{0,40}", lead):
        return None
    if _TITLE.search(report.text, max(0, tokens[at].start - 12), tokens[at].start):
        return None
    if any(word.text in known["given names"] or word.text in known["family names"] for word in tokens[at:stop]):
        return None
    if not re.match(r"[,.;)]|$| [a-z]", report.text[tokens[stop - 1].end : tokens[stop - 1].end + 2]):
        return None
    return Part(stop - at, _of_post(report, tokens, at), "name-of-post", 0.6)


def is_described(report: Report, tokens: list[Token], at: int, stop: int) -> bool:
    """Whether the words behind a post say of what it is, the person being named next: `Kepala Desa Wolokoba, NAME,`."""
    after = _PERSON_AFTER.match(report.text, tokens[stop - 1].end)
    if after is None:
        return False
    if not _is_subject(report, after) and any(
        word.text in report.known.phrases["given names"] for word in tokens[at:stop]
    ):
        return False
    first = after["name"].split()[0]
    if " " not in after["name"] and after[0][-1:] == " ":
        return False
    return first not in report.known.stop_words and not report.known.is_sure_place(first)


def _is_subject(report: Report, after: re.Match[str]) -> bool:
    """Whether the name between commas behind a post is its bearer, who then does something."""
    return " " in after["name"] and after[0][-1] == "," and _ACTS.match(report.text, after.end()) is not None


def split(report: Report, tokens: list[Token], at: int, first: int, stop: int, expects: bool) -> int:
    """Where a firm or body ends and a person begins in words that nothing else parts."""
    expects = expects and not _NAME_AFTER.match(report.text, tokens[stop - 1].end)
    after = _PERSON_AFTER.match(report.text, tokens[stop - 1].end)
    if after is not None and _is_subject(report, after):
        return stop
    best, most = stop, 1.5 if expects else 2.5
    if expects and stop - first > 2 and _SPEAKS.search(report.text[max(0, tokens[0].start - 40) : tokens[0].start]):
        most = 0.5
    for here in range(max(first + 1, stop - MOST_WORDS), stop if expects else stop - 1):
        if not expects and not _is_told(report, tokens[here:stop]):
            continue
        score = person_score(report, tokens, here, stop) + end_score(report, tokens, at, here)
        if score > most:
            best, most = here, score
    return best


def _is_told(report: Report, words: list[Token]) -> bool:
    """Whether anything tells that these words are a name of their own: a given name, or that they stand alone."""
    known = report.known.phrases
    named = any(word.text in known["given names"] or word.text in known["family names"] for word in words)
    return named or report.alone[spelled(words)] > 0 or any(report.alone[word.text] for word in words)


def person_score(report: Report, tokens: list[Token], here: int, stop: int) -> float:
    """How much the tokens from `here` look like a person's name."""
    known, words = report.known, tokens[here:stop]
    score = 0.0
    if report.aliases.get(fold(spelled(words)), ("", ""))[1] == PERSON:
        score += 4
    if any(report.alone[word.text] for word in words):
        score += 2
    if known.is_("given names", tokens, here):
        score += 2
    if len(words) > 1 and words[-1].text in known.phrases["family names"] | known.phrases["given names"]:
        score += 1.5
    score -= 2 * sum(word.text in known.phrases["fields"] for word in words)
    score -= sum(
        word.text in known.phrases["company words"] and word.text not in known.phrases["given names"] for word in words
    )
    if len(words) == 1:
        score -= 1.5
    elif len(words) < 4 and not any(
        word.text in known.phrases["fields"] or word.text in known.phrases["company words"] for word in words
    ):
        score += 0.75
    return score


def end_score(report: Report, tokens: list[Token], at: int, here: int) -> float:
    """How much a firm's or body's name looks whole when it ends before `here`."""
    known, last = report.known, tokens[here - 1].text
    score = 0.0
    if last in known.phrases["company tails"] and last not in known.phrases["company words"]:
        score += 1
    if last in known.phrases["company words"] or last in known.phrases["fields"] or known.is_sure_place(last):
        score += 1
    if last in known.phrases["given names"] and last not in known.phrases["company words"]:
        score -= 1.5
    if report.alone[spelled(tokens[at:here])] or fold(spelled(tokens[at:here])) in report.aliases:
        score += 3
    return score


_SPEAKS = re.compile(
    r"\b(?:kata|ujar|tutur|ucap|ungkap|jelas|papar|tegas|terang|imbuh|tambah|lanjut|pungkas|tandas|menurut) "
    r"(?:[a-z]+ ){0,3}$"
)
"""What stands before somebody who speaks, so that a person must be named."""
_FIRM_NAMED = re.compile(r"\b(?i:perusahaan|produsen|startup|rintisan|firma|kelompok|koperasi|lembaga|pabrik)\b")
_CODED_POST = re.compile(
    r"\b((?:[A-Z][\w-]*|dan|dan/atau|of|untuk)(?: (?:[A-Z][\w-]*|dan|of|untuk)){0,14}) \([A-Z][^()\n]{1,30}\) $"
)
"""A post with its body, and that one's short form in brackets."""
_FIRM_LED = re.compile(
    r"\b(?i:produsen|perusahaan|raksasa|pembuat|pabrikan|maskapai|emiten|pengembang|operator|pemasok|penyedia)"
    r"(?: [a-z]+){0,3} $"
)


@cache
def _person_nouns() -> re.Pattern[str]:
    """A post or calling, written small, that leads to a person's name, perhaps with a firm's or body's between."""
    known = language("id").words("names", "person noun")
    nouns = lexicon.any_of(noun for noun in known if noun not in ("warga", "pelaku", "wakil", "mantan"))
    small = r"(?: (?!(?:di|ke|dari|asal|dan|untuk|yang|pada|dengan|oleh|bagi|seperti|itu|dalam|kepada|atas)\b)[a-z]+)"
    return re.compile(rf"\b(?:{nouns}){small}{{0,2}} $")


@cache
def _firm_nouns() -> re.Pattern[str]:
    known = language("id")
    nouns = lexicon.any_of([*known.words("names", "firm noun"), *known.words("names", "body noun")])
    return re.compile(rf"\b(?i:{nouns}) $")
