"""Names in languages that write them with capitals: runs of capitalised words, cut and typed by `names.yaml`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kg.read import lexicon
from kg.read.language import Language
from kg.read.model import COMPANY, EVENT, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention
from kg.read.places import Gazetteer, gazetteer
from kg.read.segment import Document

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚ"
_TOKEN = rf"(?:[{_UPPER}][\w’'&/-]*(?:\.[{_UPPER}]\w*)*|\d+[{_UPPER}][\w-]*|\d+(?:st|nd|rd|th)\b|ke-\d+)"


_LONGEST = 24
"""Words in a run; a longer one is no name but shouting, and is cut so that the time for it stays in proportion."""


class Token(NamedTuple):
    """A word of a run, by its place in the text."""

    start: int
    end: int
    text: str


class Lexicon:
    """What `names.yaml` of a language says, ready for use."""

    def __init__(self, language: Language) -> None:
        data = language.data("names")
        forms = lexicon.load(lexicon.HERE / "languages" / "legal_forms.yaml")
        phrases = {key: frozenset(lexicon.words(data[key])) for key in data if key not in ("contexts", "files")}
        for key, file in (data.get("files") or {}).items():
            listed = lexicon.lines(lexicon.HERE / file)
            phrases[key] = phrases.get(key, frozenset()) | listed | {name.replace("’", "'") for name in listed}
        self.phrases: dict[str, frozenset[str]] = phrases
        self.before = frozenset(lexicon.words(forms["before"]))
        self.after = frozenset(lexicon.words(forms["after"]))
        self.gazetteer: Gazetteer = gazetteer(language.code)
        self.lengths = {key: _lengths(found) for key, found in phrases.items()}
        connectors = "|".join(map(re.escape, phrases.get("connectors", ())))
        particles = "|".join(map(re.escape, phrases.get("particles", ())))
        legal = lexicon.any_of(self.after)
        joint = rf"(?: (?:(?:{particles}) )?| (?:{connectors}) | & )"
        parts = [
            rf"{joint}{_TOKEN}",
            rf"(?<=\b[{_UPPER}])\.(?= [{_UPPER}])",
            rf",? (?:Co\.?,? )?(?:{legal})\b(?!\w)",
            r"(?<=\bDrs)\. |(?<=\bDr)\. |(?<=\bProf)\. |(?<=\bIr)\. ",
        ]
        self.run = re.compile(rf"(?<![\w-])(?:(?:{particles}) (?={_TOKEN}))?{_TOKEN}(?:{'|'.join(parts)})*")


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By the word that phrases begin with, how many words they have, the most first."""
    counts: dict[str, set[int]] = {}
    for phrase in phrases:
        counts.setdefault(phrase.partition(" ")[0], set()).add(phrase.count(" ") + 1)
    return {word: tuple(sorted(found, reverse=True)) for word, found in counts.items()}


@cache
def words_of(code: str) -> Lexicon:
    """The lexicon of names of a language."""
    from kg.read.language import language

    return Lexicon(language(code))


def find(document: Document, taken: list[tuple[int, int]]) -> list[Mention]:
    """The mentions of names in a document, in order; what overlaps `taken` (dates, sums) is none."""
    return _Finder(document, taken).mentions()


class _Finder:
    def __init__(self, document: Document, taken: list[tuple[int, int]]) -> None:
        self.document = document
        self.text = document.text
        self.lexicon = words_of(document.language.code)
        self.contexts = contexts(document.language.code)
        self.starts = {sentence.start for sentence in document.sentences} | {one.start for one in document.quotations}
        self.runs = list(self._runs(taken))
        self.alone = Counter(" ".join(word.text for word in run) for run in self.runs)

    def mentions(self) -> list[Mention]:
        """Every mention, cut from its run and typed."""
        return [mention for run in self.runs for mention in self._cut(run)]

    def _runs(self, taken: list[tuple[int, int]]) -> list[list[Token]]:
        """Runs of capitalised words: dates and sums taken out, and cut where a sentence begins."""
        runs: list[list[Token]] = []
        blocked = iter([*taken, (len(self.text) + 1, len(self.text) + 1)])
        barrier = next(blocked)
        for match in self.lexicon.run.finditer(self.text):
            tokens: list[Token] = []
            for word in re.finditer(r"[^\s,]+", match[0]):
                start, end = match.start() + word.start(), match.start() + word.end()
                while barrier[1] <= start:
                    barrier = next(blocked)
                if end > barrier[0] or start in self.starts:
                    runs.append(tokens)
                    tokens = []
                if end <= barrier[0]:
                    tokens.append(self._token(start, end))
            runs.append(tokens)
        return [run[at : at + _LONGEST] for run in runs for at in range(0, len(run), _LONGEST)]

    def _token(self, start: int, end: int) -> Token:
        text = self.text[start:end]
        for ending in ("’s", "'s", "’", "'", "."):
            if text.endswith(ending) and not (ending == "." and len(text) == 2):
                text = text[: -len(ending)]
                break
        return Token(start, start + len(text), text)

    def _is(self, key: str, tokens: list[Token], at: int) -> int:
        """How many tokens from `at` are a phrase of the lexicon's list `key`; the longest, or 0."""
        for count in self.lexicon.lengths.get(key, {}).get(tokens[at].text, ()):
            words = " ".join(token.text for token in tokens[at : at + count])
            if at + count <= len(tokens) and words in self.lexicon.phrases[key]:
                return count
        return 0

    def _cut(self, tokens: list[Token]) -> list[Mention]:
        """The mentions in one run: roles and honorifics fall away; heads, endings and the words around tell types."""
        found: list[Mention] = []
        at = 0
        expects_person = False
        while at < len(tokens):
            skipped = self._is("honorifics", tokens, at) or self._is("roles", tokens, at)
            if skipped:
                at, expects_person = at + skipped, True
                continue
            if self._is_common(tokens, at):
                at += 1
                continue
            mention, count = self._next(tokens, at, expects_person)
            if mention is not None:
                found += self._within(mention, tokens[at : at + count])
                expects_person = expects_person and mention.type != PERSON
            at += max(count, 1)
        return found

    def _is_common(self, tokens: list[Token], at: int) -> bool:
        """Whether a word has its capital only because a sentence begins with it, or as all words of a heading do."""
        token = tokens[at]
        if token.text in self.lexicon.phrases.get("common", ()):
            return True
        joints = self.lexicon.phrases.get("connectors", frozenset()) | self.lexicon.phrases.get(
            "particles", frozenset()
        )
        if token.text in joints:
            return token.text.islower() and token.text in self.lexicon.phrases.get("connectors", ())
        return token.start in self.starts and len(tokens) - at == 1 and token.text.lower() in self.document.lower_words

    def _next(self, tokens: list[Token], at: int, expects_person: bool) -> tuple[Mention | None, int]:
        """The name that begins at a token, and how many tokens it takes."""
        rest = tokens[at:]
        for rule in (self._event, self._company, self._organization, self._place):
            kind, count, sure = rule(tokens, at)
            if count:
                return self._mention(rest[:count], kind, rule.__name__.strip("_"), sure), count
        count = self._plain(tokens, at)
        kind, name, sure = self._told(rest[:count], expects_person)
        return self._mention(rest[:count], kind, name, sure), count

    def _plain(self, tokens: list[Token], at: int) -> int:
        """How many tokens a name without head or ending takes: up to what begins something else."""
        count = 1
        while at + count < len(tokens):
            here = at + count
            if any(self._is(key, tokens, here) for key in ("honorifics", "roles", "connectors")):
                break
            if any(rule(tokens, here)[1] for rule in (self._company, self._organization, self._place)):
                break
            if self.alone[" ".join(token.text for token in tokens[at:here])] and count < 3 and here + 1 < len(tokens):
                break
            count += 1
        while count > 1 and self._is("connectors", tokens, at + count - 1):
            count -= 1
        return count

    def _company(self, tokens: list[Token], at: int) -> tuple[str, int, float]:
        """A firm: from a legal form or a head word, or up to an ending."""
        words = self.lexicon
        ends = [
            here + 1
            for here in range(at, len(tokens))
            if here > at and (tokens[here].text in words.after or self._is("company tails", tokens, here) == 1)
        ]
        heads = tokens[at].text in words.before or self._is("company heads", tokens, at)
        stops = [
            here
            for here in range(at + 1, len(tokens))
            if tokens[here].text in words.before
            or self._is("roles", tokens, here)
            or self._is("honorifics", tokens, here)
            or self._is("connectors", tokens, here)
        ]
        stop = stops[0] if stops else len(tokens)
        ends = [end for end in ends if end <= stop]
        if ends:
            return COMPANY, self._legal_end(tokens, ends[0], stop) - at, 0.97
        if heads and at + 1 < len(tokens):
            return COMPANY, self._known_end(tokens, at, stop) - at, 0.9
        return "", 0, 0.0

    def _legal_end(self, tokens: list[Token], end: int, stop: int) -> int:
        while end < stop and tokens[end].text in self.lexicon.after:
            end += 1
        return end

    def _known_end(self, tokens: list[Token], at: int, stop: int) -> int:
        """Where a firm's name ends that has no ending: before a name that also stands by itself, else with the run."""
        for here in range(at + 2, stop):
            if self.alone[" ".join(token.text for token in tokens[at:here])]:
                return here
            if any(self.alone[token.text] for token in tokens[here:stop]) and stop - here > 1:
                return here
        return stop

    def _headed(self, kind: str, key: str, tokens: list[Token], at: int) -> tuple[str, int, float]:
        """A name from a head word to what begins something else, or up to its ending."""
        head = self._is(f"{key} heads", tokens, at)
        stop = at + 1
        while stop < len(tokens) and not (
            self._is("honorifics", tokens, stop) or (stop > at + head and self._is("roles", tokens, stop))
        ):
            stop += 1
        for here in range(stop - 1, at, -1):
            tail = self._is(f"{key} tails", tokens, here)
            if tail:
                return kind, here + tail - at, 0.93
        if head and stop - at > head:
            while self._is("connectors", tokens, stop - 1):
                stop -= 1
            return kind, stop - at, 0.9
        return "", 0, 0.0

    def _organization(self, tokens: list[Token], at: int) -> tuple[str, int, float]:
        return self._headed(ORGANIZATION, "organization", tokens, at)

    def _event(self, tokens: list[Token], at: int) -> tuple[str, int, float]:
        return self._headed(EVENT, "event", tokens, at)

    def _place(self, tokens: list[Token], at: int) -> tuple[str, int, float]:
        head = self._is("place heads", tokens, at)
        if head and at + head < len(tokens):
            return (
                PLACE,
                head + min(self.lexicon.gazetteer.longest(tokens, at + head) or 2, len(tokens) - at - head),
                0.92,
            )
        count = self.lexicon.gazetteer.longest(tokens, at)
        return (PLACE, count, 0.8) if count else ("", 0, 0.0)

    def _told(self, tokens: list[Token], expects_person: bool) -> tuple[str, str, float]:
        """The type of a name that the words around it tell."""
        before = self.text[max(0, tokens[0].start - 60) : tokens[0].start]
        after = self.text[tokens[-1].end : tokens[-1].end + 80]
        if expects_person:
            return PERSON, "after-role", 0.9
        for rule in self.contexts:
            if (rule.before is None or rule.before.search(before)) and (rule.after is None or rule.after.match(after)):
                return rule.type, rule.name, rule.confidence
        return "", "no-context", 0.0

    def _mention(self, tokens: list[Token], kind: str, rule: str, sure: float) -> Mention:
        start, end = tokens[0].start, tokens[-1].end
        return Mention(start, end, self.text[start:end], kind, f"name-{rule}", sure)

    def _within(self, mention: Mention, tokens: list[Token]) -> list[Mention]:
        return [mention]


class Context(NamedTuple):
    """What stands around a name of a certain type."""

    name: str
    type: str
    confidence: float
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


@cache
def contexts(code: str) -> list[Context]:
    """The contexts of `names.yaml`, in its order: the first that fits tells."""
    from kg.read.language import language
    from kg.read.rules import expand

    known = language(code)
    return [
        Context(
            rule["name"],
            rule["type"],
            float(rule["confidence"]),
            re.compile(expand(rule["before"], known, "names") + "$") if "before" in rule else None,
            re.compile(expand(rule["after"], known, "names")) if "after" in rule else None,
        )
        for rule in known.data("names").get("contexts") or ()
    ]
