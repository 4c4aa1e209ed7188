"""Names in English: each run of capitalised words cut into names by what they begin and end with."""

from __future__ import annotations

import re

from kg.read.languages.en.companies import company
from kg.read.languages.en.events import event
from kg.read.languages.en.firms import known_count, known_firm
from kg.read.languages.en.kinds import Typing
from kg.read.languages.en.organizations import listed, organization
from kg.read.languages.en.people import person, position
from kg.read.languages.en.places import known, place
from kg.read.languages.en.runs import Runs
from kg.read.languages.en.words import Name, Token, lexicon, phrases
from kg.read.model import COMPANY, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold
from kg.read.segment import Document


def mentions(document: Document, taken: list[tuple[int, int]]) -> list[Mention]:
    """The mentions of names in a document, in order; what overlaps `taken` (dates, sums) is none."""
    return _Finder(Runs(document, taken)).run()


_LINE = re.compile(
    r"[A-Z][A-Z.’' -]+, [^\n]{0,40}\b(?:19|20)\d\d\b|[A-Z][a-z]+(?: [a-z]+)?: "
    r"|[^\n]*\b(?:19|20)\d\d\b[^\n]{0,16}[|/·•–—-] ?[Bb]y [A-Z]"
)
"""A dateline, or a line with a label: neither is a heading, though most of its words have capitals."""
_DATELINE = 9
"""Words that a dateline has at most."""
_BODY_BEFORE = re.compile(
    r"\b(?:(?:campaign|lobby|pressure|advocacy|rights|trade|industry|research|farmers’) group|lobby|think[- ]tank"
    r"|charity|(?:trade )?union|regulator|watchdog|non-?profit|co-?operative|(?:research|industry|trade) body"
    r"|(?:pension|wealth) fund) (?:called |named )?(?:the )?$",
    re.IGNORECASE,
)
_DOTTED_FORM = re.compile(
    r",? (?:d\.d\.|d\.o\.o\.|a\.s\.|s\.r\.o\.|A\.Ş\.|A\.S\.|[Ss]p\. ?z ?o\.o\.|a\.d\.|k\.s\.|e\.V\.|S\.L\.)(?!\w)"
)
"""Legal forms with small letters and stops, which are no words of a run."""


_RULES = (known_firm, listed, event, company, organization, place, known)
"""What a name itself tells, in the order asked; the first not where a person's name is expected."""


class _Finder:
    def __init__(self, runs: Runs) -> None:
        self.runs = runs

    def run(self) -> list[Mention]:
        """Candidates of all sentences, then their types by all that is told of them."""
        headings = []
        for start, end, is_heading in self._stretches():
            tokens = _behind_dateline(self.runs.tokens(start, end))
            if is_heading:
                headings.append(tokens)
                continue
            self._sentence(tokens)
        named = {fold(one.name): one for one in self.runs.found}
        for tokens in headings:
            before = len(self.runs.found)
            self._heading(tokens, named)
            named |= {fold(one.name): one for one in self.runs.found[before:]}
        return Typing(self.runs).mentions()

    def _stretches(self) -> list[tuple[int, int, bool]]:
        """Sentences, and whether each is a heading with most of its words in capitals."""
        return [
            (sentence.start, sentence.end, _is_heading(self.runs.text[sentence.start : sentence.end]))
            for sentence in self.runs.document.sentences
        ]

    def _sentence(self, tokens: list[Token]) -> None:
        at = 0
        expects = False
        while at < len(tokens):
            token = tokens[at]
            if not self.runs.is_free(token):
                particle = (
                    token.text.lower() in phrases("particles")
                    and at + 1 < len(tokens)
                    and expects
                    and self.runs.is_free(tokens[at + 1])
                )
                if not particle:
                    expects = False
                    at += 1
                    continue
            if token.is_first and token.text in phrases("common") and not self._opens_name(tokens, at):
                at += 1
                continue
            if token.is_first and not position(self.runs, tokens, at) > 1 and self._opens_apposition(tokens, at):
                expects = expects or token.text.lower() in phrases("person noun")
                at += 1
                continue
            if token.text in ("I", "I’m", "I'm", "I’ve", "I've", "I’d", "I'd", "I’ll", "I'll"):
                at += 1
                continue
            skipped = 0 if self._is_general_firm(tokens, at) else self.runs.phrase_at("honorifics", tokens, at)
            if skipped and at + skipped < len(tokens) and tokens[at + skipped - 1].joins:
                at, expects = at + skipped, True
                continue
            skipped = 0 if known_count(self.runs, tokens, at, len(tokens)) > 1 else position(self.runs, tokens, at)
            if skipped:
                at, expects = at + skipped, at + skipped < len(tokens) and tokens[at + skipped - 1].joins
                continue
            at = self._name(tokens, at, expects)
            expects = False

    def _is_general_firm(self, tokens: list[Token], at: int) -> bool:
        """Whether `General` begins a firm's or body's name, as in General Motors and General Assembly, and no title."""
        if tokens[at].text != "General" or at + 1 >= len(tokens) or tokens[at].gap != " ":
            return False
        word = tokens[at + 1].text
        lists = ("company tails", "organization nouns", "organization tails")
        return bool(known_count(self.runs, tokens, at, len(tokens))) or any(word in phrases(key) for key in lists)

    def _opens_apposition(self, tokens: list[Token], at: int) -> bool:
        """Whether a common noun at the head of a sentence tells what the name after it is (`Chipmaker Example …`)."""
        word = tokens[at].text.lower()
        return (
            (word in phrases("firm noun") or word in phrases("person noun"))
            and word not in ("bank", "group", "fund", "press", "unit", "joint-venture", "brand", "dairy", "mill", "who")
            and at + 1 < len(tokens)
            and tokens[at].gap == " "
            and self.runs.is_free(tokens[at + 1])
            and tokens[at + 1].text not in lexicon().after
        )

    def _opens_name(self, tokens: list[Token], at: int) -> bool:
        """Whether an ordinary word at the head of a sentence is the first of a name (`New Zealand`, `First …`)."""
        known = known_count(self.runs, tokens, at, len(tokens)) > 1
        if known or self.runs.phrase_at("organizations", tokens, at) or self.runs.places.longest(tokens, at) > 1:
            return True
        return (
            (tokens[at].text in phrases("openings") or tokens[at].text in phrases("given names"))
            and at + 1 < len(tokens)
            and tokens[at + 1].text not in phrases("nationalities")
            and tokens[at].gap == " "
            and self.runs.is_free(tokens[at + 1])
        )

    def _name(self, tokens: list[Token], at: int, expects: bool) -> int:
        """Take the name that begins at a token; returns where to go on."""
        stop = self.runs.extent(tokens, at)
        dotted = self._dotted(tokens, at, stop) or self._after_body(tokens, at, stop)
        if dotted:
            return dotted
        for rule in _RULES[expects:]:
            kind, end, sure = rule(self.runs, tokens, at, stop)
            if expects and end > stop and kind == ORGANIZATION:
                continue
            if kind:
                if kind != PERSON and expects and stop - at <= 3 and sure < 0.9 and end == stop:
                    kind, sure = PERSON, 0.85
                self._add(tokens, at, end, kind, rule.__name__, sure)
                return end
        count = 0 if expects else known_count(self.runs, tokens, at, stop)
        if count:
            self._add(tokens, at, at + count, COMPANY, known_firm.__name__, 0.9)
            return at + count
        end = self._plain(tokens, at, stop)
        if tokens[at].text in phrases("nationalities"):
            count = self.runs.phrase_at("nationalities", tokens, at) or 1
            return at + count
        if end - at == 1 and (
            tokens[at].text in phrases("not names")
            or all(part in phrases("calendar") for part in tokens[at].text.split("-"))
            or not tokens[at].text.strip("0123456789stndrh")
        ):
            return end
        while end - at > 1 and tokens[end - 1].text in phrases("postnominals"):
            end -= 1
        if tokens[end - 1].text in phrases("not names") and end - at > 1 and not expects:
            return end
        kind, sure = person(self.runs, tokens, at, end, expects)
        self._add(tokens, at, end, kind, "person" if kind else "no-context", sure)
        return end

    def _dotted(self, tokens: list[Token], at: int, stop: int) -> int:
        """Take a firm whose legal form has stops (`Example Glas d.d.`); 0 where there is none."""
        text = self.runs.text
        for here in range(at, stop):
            form = _DOTTED_FORM.match(text, tokens[here].end)
            if form:
                name = text[tokens[at].start : form.end()]
                self.runs.found.append(
                    Name(
                        tokens[at].start,
                        form.end(),
                        name,
                        COMPANY,
                        "name-company",
                        0.98,
                        tokens[at].is_first,
                        here + 2 - at,
                    )
                )
                return next(
                    (later for later in range(here, len(tokens)) if tokens[later].start >= form.end()), len(tokens)
                )
        return 0

    def _after_body(self, tokens: list[Token], at: int, stop: int) -> int:
        """Take the whole run after `think tank`, `charity` and the like as that body's name; 0 where there is none."""
        start = tokens[at].start
        if not _BODY_BEFORE.search(self.runs.text[max(0, start - 30) : start]):
            return 0
        end = self._plain(tokens, at, stop)
        if (
            end < stop
            or self.runs.phrase_at("honorifics", tokens, at)
            or (end - at < 3 and tokens[at].text in phrases("given names"))
        ):
            return 0
        self._add(tokens, at, end, ORGANIZATION, "after-body-noun", 0.93)
        return end

    def _plain(self, tokens: list[Token], at: int, stop: int) -> int:
        """Where a name without head or ending stops: before what begins something else."""
        for here in range(at + 1, stop):
            if (
                here + 1 < stop
                and tokens[here - 1].text not in phrases("given names")
                and self.runs.phrase_at("honorifics", tokens, here, stop)
            ):
                return here
            if self.runs.phrase_at("roles", tokens, here, stop) and tokens[here].text not in phrases("given names"):
                return here
        return stop

    def _add(self, tokens: list[Token], at: int, end: int, kind: str, rule: str, sure: float) -> None:
        if tokens[at].text == "The" and self.runs.phrase_at("organizations", tokens, at + 1, end) == end - at - 1 > 0:
            at += 1
        start, last = tokens[at].start, tokens[end - 1].end
        name = self.runs.text[start:last]
        if kind == COMPANY and re.match(r"\.(?= [a-z(]|,)", self.runs.text[last : last + 3]):
            last += 1
        self.runs.found.append(Name(start, last, name, kind, f"name-{rule}", sure, tokens[at].is_first, end - at))

    def _heading(self, tokens: list[Token], named: dict[str, Name]) -> None:
        """In a heading only what is named elsewhere, and countries and cities."""
        at = 0
        while at < len(tokens):
            if not self.runs.is_free(tokens[at]):
                at += 1
                continue
            stop = self.runs.extent(tokens, at)
            for end in range(stop, at, -1):
                words = fold(self.runs.text[tokens[at].start : tokens[end - 1].end])
                if words in named and (end - at > 1 or tokens[at].text not in phrases("common")):
                    one = named[words]
                    self._add(tokens, at, end, one.type, "heading", min(one.confidence, 0.5))
                    at = end
                    break
            else:
                count = self.runs.places.longest(tokens[:stop], at)
                name = " ".join(token.text for token in tokens[at : at + count])
                if (
                    count
                    and name.upper() != name
                    and name not in phrases("common")
                    and name not in self.runs.not_places
                    and (
                        name in self.runs.places.countries
                        or name in self.runs.places.regions
                        or fold(name) in named
                        or count > 1
                    )
                ):
                    self._add(tokens, at, at + count, PLACE, "heading", 0.7)
                    at += count
                else:
                    at += 1


def _behind_dateline(tokens: list[Token]) -> list[Token]:
    """Tokens, the one behind a dateline's hyphen (`LONDON, May 6 - The …`) as the first of its sentence."""
    for at in range(min(len(tokens) - 1, _DATELINE)):
        if tokens[at].gap.endswith(" - "):
            return [*tokens[: at + 1], tokens[at + 1]._replace(is_first=True), *tokens[at + 2 :]]
    return tokens


def _is_heading(text: str) -> bool:
    """Whether most words of a sentence that ends without a full stop have capitals."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text[:400]) if len(word) > 3]
    if len(words) < 4 or text.startswith(("(", "By ", "BY ")) or _LINE.match(text) or text.rstrip()[-1:] in '.!?”"’':
        return False
    return len([word for word in words if word[0].isupper()]) >= 0.8 * len(words)
