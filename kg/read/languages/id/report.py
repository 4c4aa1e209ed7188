"""What a whole report in Indonesian tells of a stretch of words with capitals: what it begins with and may mean."""

from __future__ import annotations

import re
from collections import Counter

from kg.read.capitals import Context, contexts
from kg.read.languages.id.words import Token, lists, spelled
from kg.read.model import COMPANY
from kg.read.names import Mention, fold
from kg.read.segment import Document

_DEGREE = re.compile(r"[A-Z][A-Za-z]{0,3}(?:\.[A-Z][A-Za-z]{0,3})+\.?")

_CODE = re.compile(r"[A-Z]{1,3}-?\d{2,}\w*")
"""The number of a flight, a road or a model."""
_SAYS = re.compile(r"\b(?:kata|ujar|tutur|ungkap|jelas|analis|ekonom) $")
"""What stands before a person's name, so that `Tim` is one and no team."""
_FRAMES = ("dateline-agency", "dateline-bar", "copyright")
"""The contexts that hold a whole name, whatever its words are."""
_NAMED_AFTER = frozenset(
    ["RS", "RSUD", "RSUP", "Sakit", "Stadion", "Jalan", "Bandara", "Museum", "Pelabuhan", "Gedung"]
)
"""Class words whose names may be those of persons, titles and all."""


class Report:
    """A report as names are read in it; `aliases` are the short forms known already, `last` the name found last."""

    def __init__(self, document: Document, runs: list[list[Token]], aliases: dict[str, tuple[str, str]]) -> None:
        self.document, self.text, self.aliases = document, document.text, aliases
        self.known = lists()
        self.last: Mention | None = None
        self.named: set[str] = set()
        firms = [full.split() for full, kind in aliases.values() if kind == COMPANY]
        self.firm_words = {words[len(words) > 1 and words[0] in self.known.phrases["legal before"]] for words in firms}
        self.contexts: list[Context] = contexts("id")
        self.frames = [context for context in self.contexts if context.name in _FRAMES]
        self._begin = {key.partition(" ")[0] for key in aliases}
        self.starts = {sentence.start for sentence in document.sentences} | {one.start for one in document.quotations}
        self.alone = Counter(spelled(run) for run in runs if not (len(run) == 1 and run[0].start in self.starts))
        self.alone.update(
            run[0].text for run in runs if len(run) == 1 and run[0].start in self.starts and self._is_name_like(run[0])
        )

    def _is_name_like(self, token: Token) -> bool:
        """Whether a word that begins a sentence looks like a name: it stands nowhere without its capital."""
        return token.text not in self.known.stop_words and token.text.lower() not in self.document.lower_words

    def is_common(self, tokens: list[Token], at: int) -> bool:
        """Whether a word has its capital only because a sentence begins with it."""
        token = tokens[at]
        if (
            token.text[0].isdigit()
            or token.text.startswith("ke-")
            or self.is_degree(token)
            or _CODE.fullmatch(token.text)
        ):
            return True
        if token.text in self.known.stop_words and not self._is_within(tokens, at):
            heads = ("organization heads", "company heads", "place heads", "event heads")
            is_head = any(self.known.is_(key, tokens, at) for key in heads)
            return not (is_head and at + 1 < len(tokens) and tokens[at + 1].joint == " ")
        if token.start in self.starts and self._is_before_head(tokens, at):
            return True
        if token.start not in self.starts or (self.head(tokens, at) and self._goes_on(tokens, at)):
            return False
        if (len(tokens) - at == 1 or tokens[at + 1].joint != " ") and self._is_head_word(token.text):
            return not self.alias(tokens, at)
        if token.text.endswith("nya") and len(token.text) > 5:
            return True
        if self.known.gazetteer.longest(tokens, at) or self.alias(tokens, at):
            return False
        if len(tokens) - at == 1 or tokens[at + 1].joint != " ":
            return token.text.lower() in self.document.lower_words
        # a common word before a name ("Saham Arunika"), not a name of two words
        return token.text.lower() in self.document.lower_words and token.text not in self.known.phrases["given names"]

    def _is_before_head(self, tokens: list[Token], at: int) -> bool:
        """Whether a sentence begins with a common word before a whole name with its class word: `Porsi Bank A B`."""
        if self._is_before_known(tokens, at):
            return True
        if at + 3 >= len(tokens) or any(one.joint != " " for one in tokens[at + 1 : at + 4]) or self.head(tokens, at):
            return False
        is_head = self.known.is_("company heads", tokens, at + 1) or tokens[at + 1].text in ("PT", "CV")
        keys = ("given names", "family names", "company heads", "company words", "roles", "honorifics")
        return bool(is_head) and not any(self.known.is_(key, tokens, at) for key in keys)

    def _is_before_known(self, tokens: list[Token], at: int) -> bool:
        """Whether a sentence begins with a common word before what is known: `Setoran Arunika`."""
        if at + 1 >= len(tokens) or tokens[at + 1].joint != " ":
            return False
        count = self.alias(tokens, at + 1)
        if not count or (self.aliases[fold(spelled(tokens[at + 1 : at + 1 + count]))][1] != COMPANY and count < 2):
            return False
        keys = ("given names", "family names", "company heads", "company words", "roles", "honorifics")
        is_name = any(self.known.is_(key, tokens, at) for key in keys)
        return not is_name and not self.alias(tokens, at) and not self.head(tokens, at) and tokens[at].text.istitle()

    def _is_within(self, tokens: list[Token], at: int) -> bool:
        """Whether a common word begins a name: it has its capital inside a sentence, and another one follows."""
        token = tokens[at]
        if token.start in self.starts or token.text.isupper() or at + 1 >= len(tokens):
            return False
        if token.text == "Tim":
            before = self.text[max(0, token.start - 12) : token.start]
            keys = ("fields", "organizations", "roles", "post tails", "family names")
            return _SAYS.search(before) is not None and not any(self.known.is_(key, tokens, at + 1) for key in keys)
        return tokens[at + 1].joint == " " and tokens[at + 1].text[0].isalpha() and not self.head(tokens, at)

    def _goes_on(self, tokens: list[Token], at: int) -> bool:
        """Whether a capital follows the class word of a body, so that a name begins with it."""
        count = self.known.is_("organization heads", tokens, at)
        return bool(count) and at + count < len(tokens) and tokens[at + count].joint == " "

    def section(self, tokens: list[Token], at: int) -> int:
        """How many tokens are a section of a body that a post is in (`Ketua Komisi C DPRD X`); 0 where none is."""
        if tokens[at].text == "Fraksi":
            return 1
        is_section = tokens[at].text == "Komisi" and at + 1 < len(tokens)
        return 2 if is_section and re.fullmatch(r"[A-E]|[IVX]+", tokens[at + 1].text) else 0

    def is_degree(self, token: Token) -> bool:
        """Whether a word is an academic degree behind a name: `S.H`, `M.Si`, or `MM` after a comma."""
        if token.text in self.known.phrases["legal after"]:
            return False
        dotted = _DEGREE.fullmatch(token.text) is not None
        behind = token.text in self.known.phrases["degrees"] and token.text.isupper() and token.joint == " "
        return (
            dotted
            or (behind and len(token.text) > 1)
            or (token.text in self.known.phrases["degrees"] and self.text[token.start - 2 : token.start] == ", ")
        )

    def _is_head_word(self, word: str) -> bool:
        """Whether a word alone is only the class of a name (`Pusat`, `Kota`), not a name."""
        keys = ("organization heads", "company heads", "place heads", "event heads")
        return any(word in self.known.phrases[key] for key in keys) and word not in self.known.phrases["organizations"]

    def head(self, tokens: list[Token], at: int) -> int:
        """How many tokens from `at` are a class word of a body or place, or a legal form; 0 where none is."""
        keys = ("organization heads", "place heads", "legal before")
        return next((count for key in keys if (count := self.known.is_(key, tokens, at))), 0)

    def is_class(self, tokens: list[Token], at: int) -> bool:
        """Whether a class word of a body or place begins a name here, rather than being the field of a post."""
        if not self.head(tokens, at):
            return False
        if not self.known.is_("fields", tokens, at) or self.known.is_("organization heads", tokens, at):
            return True
        return at + 1 < len(tokens) and self.known.gazetteer.longest(tokens, at + 1) > 0

    def is_firm(self, tokens: list[Token], at: int) -> bool:
        """Whether a firm known already begins at `at`."""
        count = self.alias(tokens, at)
        return count > 0 and self.aliases[fold(spelled(tokens[at : at + count]))][1] == COMPANY

    def is_government(self, tokens: list[Token]) -> bool:
        """Whether a name is a government's: it begins as those do."""
        return bool(self.known.is_("government heads", tokens, 0))

    def alias(self, tokens: list[Token], at: int) -> int:
        """How many tokens from `at` are a name or short form already known; the most, or 0."""
        if not self.may_be_known(tokens[at]):
            return 0
        for count in range(min(6, len(tokens) - at), 0, -1):
            if fold(spelled(tokens[at : at + count])) in self.aliases:
                return count
        return 0

    def may_be_known(self, token: Token) -> bool:
        """Whether a name or short form that is known begins with this word."""
        return fold(token.text).partition(" ")[0] in self._begin

    def alias_end(self, tokens: list[Token], at: int, stop: int, kind: str) -> int:
        """Where a known name of this type that begins at `at` ends; 0 where there is none, or it goes on."""
        if not self.may_be_known(tokens[at]):
            return 0
        for end in range(stop, at + 1, -1):
            known = self.aliases.get(fold(spelled(tokens[at:end])))
            if known is not None and known[1] == kind:
                return end
        return 0

    def stop(self, tokens: list[Token], at: int, joints: tuple[str, ...] = (" ", "&", " & ")) -> int:
        """Where a name that begins at `at` must end at the latest."""
        here = at + 1
        while here < len(tokens):
            token = tokens[here]
            if (
                token.joint not in joints
                and token.joint.strip() not in self.known.particles
                and not (token.joint.startswith((".", ",")) and self._may_join(token))
            ):
                break
            named_after = tokens[at].text in _NAMED_AFTER or tokens[here].text == "Ibu"
            is_gold = tokens[here].text == "Mas" and tokens[at].text in self.known.phrases["legal before"]
            if self.known.is_("honorifics", tokens, here) and here + 1 < len(tokens) and not (named_after or is_gold):
                break
            if token.text in self.known.phrases["legal before"] or (
                self.known.is_("roles", tokens, here)
                and not self.known.is_("fields", tokens, here)
                and tokens[here - 1].text not in self.known.phrases["legal before"]
            ):
                break
            here += 1
        return here

    def _may_join(self, token: Token) -> bool:
        """Whether a word behind a comma or full stop goes on with a name: `Co., Ltd`."""
        return token.joint not in (", ", ", dan ") or token.text in self.known.phrases["legal after"]

    def trimmed(self, tokens: list[Token], at: int, stop: int) -> int:
        """The end of a name with small words in it: what follows `dan` must not be a name of its own."""
        for here in range(at + 1, stop):
            if tokens[here].joint in (" dan ", ", dan ", ", ", " untuk ", " bagi ") and (
                not self.known.is_("fields", tokens, here)
                or self.head(tokens, here)
                or self.known.is_("company heads", tokens, here)
                or self.alias(tokens, here)
            ):
                return here
        return stop
