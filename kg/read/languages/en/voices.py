"""What tells who speaks in English: expressions over coded sentences, and words between a speaker and what is said."""

from __future__ import annotations

import re

from kg.read.coded import code_class
from kg.read.model import COMPANY, ORGANIZATION, PERSON

APART_PERSON = re.compile(rf"(?:[A-Z][\w.’-]*\.? ){{0,3}}([{code_class(PERSON)}])(?:,|$)")
TURNED = re.compile(
    r", (?:but|and|while|though|although) (?P<role>[^,]{2,60}),? "
    rf"(?:[A-Z][\w.’-]*\.? ){{0,3}}(?P<person>[{code_class(PERSON)}])$"
)
"""The one who speaks, at the end of what looks like words about somebody before: `…, but its founder, Mr Example`."""
PAPER = re.compile(r"\b(?:statement|letter|e-?mail|memo|message|tweet|post|report|study|survey|filing|note|release)$")
OF_ACTOR = re.compile(
    rf",? (?:by|from|of|for) (?:the )?(?:[a-z-]+ ){{0,3}}([{code_class(PERSON, COMPANY, ORGANIZATION)}])"
)
TITLED = re.compile(r"(?:^|(?<![\w’'-]))((?:[A-Z][\w-]+ )?[A-Z][\w-]+) $")
"""The position right before a name."""
HONOURS = {"Prof": "professor", "Professor": "professor", "Judge": "judge", "Bishop": "bishop", "Senator": "senator"}
"""Titles by which their holders are called again."""
MEDIUM = re.compile(r" (?:newspaper|news agency|magazine|website|daily|television)$")
UNTOLD = re.compile(
    r"\b(?:declined|declines|refused|refuses|did not|didn[’']t|would not|wouldn[’']t|failed|unable|reluctant)\b"
    r"[^,;]{0,20}$"
)
HOLDER = re.compile(r"^[Tt]he (?:[a-z-]+ )?([a-z-]+)(?: of | in |$)|(?:’s|'s) (?:[a-z-]+ )?([a-z-]+)$")
NO_HOLDER = re.compile(
    r"\b(?:spokes\w+|sources?|officials?|analysts?|residents?|workers?|statement|report|company|firm)\b"
)
GIRL = re.compile(r"[\w'’-]+(?:a|ette|elle|ine|een|lyn)(?= )")
"""Given names that are mostly women's; what it says is asked only where two persons may be meant."""
GROUP = re.compile(r"\bgroup,? $")
_ODD_ROLE = re.compile(
    r"^(?:\d+|however|whereas|while|though|although|meanwhile|too|also|then|is|are|was|were|has|had|have|in|on|at|by|to|from"
    r"|for|when|where|that|this|if|as|since|because|after|before|during|not|no|so|both|according|including|reportedly"
    r"|but|and|or|with|of|who|which)\b|\b(?:of|the|was|is|are|were|and|to|an?|that|in|for|by|with|from)$",
    re.IGNORECASE,
)
_TELLS = re.compile(r" ?(?:quoted|cited|saying)\b")
AUXILIARY = re.compile(r" (?:was|were|is|are)$")
_FOR_PERSON = re.compile(
    r"\b(?:spokes\w+|lawyers?|attorneys?|solicitors?|aides?|advisers?|advisors?|representatives?|agents?|publicists?"
    rf"|sources? close) (?:for|of|to) (?:[A-Z][\w.’-]*\.? |the |[a-z]+ ){{0,4}}[{code_class(PERSON)}]$"
)
_BELONGS = re.compile(rf"[{code_class(PERSON)}](?:’s|'s|’|') [^{code_class(PERSON, COMPANY, ORGANIZATION)}]+$")


def is_beside(words: str) -> bool:
    """Whether words for a speaker are of somebody beside the person they name: a spokesman for it, its office."""
    return bool(_FOR_PERSON.search(words) or _BELONGS.search(words))


def sober(role: str) -> str:
    """A position as worded; empty where the words are none: an adverb, an age, the rest of a clause."""
    return "" if _ODD_ROLE.search(role) else role


SPEECHLIKE = re.compile(r"[,.!?…—–-][’']?$")


def is_apposed(words: str, actors: list[str]) -> bool:
    """Whether words for a speaker end with its name: `Lighting makers Example`, `another firm, Example`."""
    if not actors or not words.endswith(actors[-1]):
        return False
    before = words[:-1].rstrip()
    return before.endswith(",") or not re.search(
        r"\b(?:of|at|for|from|with|to|in|by|on|within|near)\b|[’'] ?s?\b", before
    )


def is_term(words: str) -> bool:
    """Whether quoted words are a term or two: few words, no capital, no stop at the end."""
    return words[:1].islower() and words.count(" ") < 4 and not SPEECHLIKE.search(words)


def is_sentence(words: str) -> bool:
    """Whether quoted words have a capital and are more than a term."""
    return words[:1].isupper() and words.count(" ") > 2


def _is_passive(match: re.Match[str]) -> bool:
    """Whether the verb of a match tells what befell its subject (`was found wet`)."""
    words = (match.groupdict().get("speaker") or "").rstrip()
    if words and _TELLS.match(match.string, match.end("speaker")):
        return False
    return words.endswith((" was", " were", " is", " are", " been", " be", " being", " not"))


def is_untold(match: re.Match[str]) -> bool:
    """Whether a match is of words that somebody declined to say, or its verb tells what befell the subject."""
    groups = match.groupdict()
    if _is_passive(match):
        return True
    if not groups.get("content") or not groups.get("speaker"):
        return False
    return UNTOLD.search(match.string[match.start("speaker") : match.start("content")]) is not None
