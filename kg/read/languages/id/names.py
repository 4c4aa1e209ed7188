"""Names in Indonesian: class words, legal forms and posts come before a name, and tell what it is and where it ends."""

from __future__ import annotations

import re
from bisect import bisect_right

from kg.read.languages.id import bare, organizations, persons, places, plausible
from kg.read.languages.id.report import Report
from kg.read.languages.id.shortenings import canonical, short_forms
from kg.read.languages.id.untold import settle
from kg.read.languages.id.words import Part, Token, headings, runs, spelled
from kg.read.model import COMPANY, EVENT, ORGANIZATION, PERSON, PLACE
from kg.read.names import Mention, fold
from kg.read.segment import Document

_OWNED = re.compile(r" \((?:Persero|Perseroda|Perumda)\)(?: Tbk)?")
_CALLED = re.compile(
    r"\b(?:disapa|dipanggil|dijuluki|disebut|panggilan)(?: sebagai)? (?:Bu|Pak|Bang|Mas|Mbak|Haji)? ?$"
)
_SO_CALLED = re.compile(r", (?:sapaan akrab|panggilan|begitu (?:ia|dia|pria|perempuan)|nama panggilan)")
_SMALL_GOVERNMENT = re.compile(
    r"\b[Pp]emerintah (?:(?:kota|kabupaten|provinsi|daerah|pusat|negara bagian|distrik) )?(?=[A-Z])"
)
_RULES = (
    bare.framed,
    organizations.event,
    organizations.company,
    places.classed,
    organizations.organization,
    organizations.tailed,
)
"""In the order in which they are asked; the first that finds a name is believed."""


def mentions(document: Document, taken: list[tuple[int, int]]) -> list[Mention]:
    """The mentions of names in a document, in order; what overlaps `taken` (dates, sums) is none.

    A first reading finds the names that are plain by themselves; the second uses what it found to tell short forms,
    and where a post, a firm and a person stand together.
    """
    cut = runs(document, taken)
    titles = headings(document)
    first = _Reading(document, cut, titles, {})
    first.read()
    second = _Reading(document, cut, titles, short_forms(document, first.found))
    second.read()
    return canonical(document, settle(document, second.found))


class _Reading:
    """One reading of all runs; `aliases` are the short forms that are known already."""

    def __init__(
        self,
        document: Document,
        cut: list[list[Token]],
        titles: frozenset[int],
        aliases: dict[str, tuple[str, str]],
    ) -> None:
        self.document, self.text, self.runs = document, document.text, cut
        self.report = Report(document, cut, aliases)
        self.known = self.report.known
        self.headings = titles
        self.quoted = [one.start for one in document.quotations]
        self.found: list[Mention] = []

    def read(self) -> None:
        """Cut every run into mentions."""
        paragraphs = [start for start, _ in self.document.paragraphs]
        for run in self.runs:
            number = bisect_right(paragraphs, run[0].start) - 1
            if number in self.headings or self._is_title(run):
                self._heading(run)
            else:
                self._cut(run)
        self._lower_governments()
        self._nicknames()
        self.found.sort(key=lambda one: (one.start, -one.end))

    def _is_title(self, run: list[Token]) -> bool:
        """Whether a run stands in quotation marks that hold a title or slogan: nearly all words have capitals."""
        at = bisect_right(self.quoted, run[0].start) - 1
        if at < 0 or self.document.quotations[at].end < run[-1].end:
            return False
        one = self.document.quotations[at]
        words = self.text[one.start : min(one.end, one.start + 120)].split()
        capitals = sum(word[0].isupper() for word in words)
        return 1 < len(words) < 10 and words[-1][-1] not in ".,!?" and capitals >= 0.7 * len(words)

    def _cut(self, tokens: list[Token]) -> None:
        at = 0
        lead = self.text[max(0, tokens[0].start - 50) : tokens[0].start]
        expects = persons.is_led_to(lead) or persons.is_behind_code(self.text, tokens[0].start)
        while at < len(tokens):
            if tokens[at].joint in (" dan ", "/", " / "):
                expects = expects and tokens[at].joint != " dan "
            skipped = self.known.is_("honorifics", tokens, at)
            if spelled(tokens[at : at + 2]) == "Ibu Kota":
                skipped = 0
            if skipped and at + skipped < len(tokens):
                at, expects = at + skipped, True
                continue
            if skipped and self.text.startswith(" (", tokens[-1].end):
                break
            skipped = persons.role(self.report, tokens, at)
            if skipped:
                at, expects = at + skipped, True
                continue
            skipped = self.report.section(tokens, at)
            if skipped or self.report.is_common(tokens, at):
                at += max(1, skipped)
                continue
            part = self._part(tokens, at, expects)
            if part.type or part.rule:
                self._add(tokens[at : at + part.size], part)
                if part.type == PERSON:
                    expects = False
            at += max(part.size, 1)

    def _part(self, tokens: list[Token], at: int, expects: bool) -> Part:
        for rule in _RULES:
            part = rule(self.report, tokens, at, expects)
            if part is not None:
                return part
        part = bare.plain(self.report, tokens, at, expects)
        return plausible.checked(self.report, tokens[at : at + part.size], part)

    def _heading(self, tokens: list[Token]) -> None:
        """In a heading most words have capitals: only names known from the text below, and sure places, are names."""
        at = 0
        while at < len(tokens):
            count = self.report.alias(tokens, at)
            if count:
                kind = self.report.aliases[fold(spelled(tokens[at : at + count]))][1]
                self._add(tokens[at : at + count], Part(count, kind, "name-known", 0.85))
                at += count
                continue
            count = places.count_at(self.report, tokens, at)
            if count and self.known.gazetteer.longest(tokens, at + self.known.is_("place heads", tokens, at)):
                self._add(tokens[at : at + count], Part(count, PLACE, "name-place", 0.8))
            at += max(count, 1)

    def _add(self, tokens: list[Token], part: Part) -> None:
        start, end = tokens[0].start, tokens[-1].end
        if part.type == COMPANY:
            owned = _OWNED.match(self.text, end)
            end = owned.end() if owned else end
        name = self.text[start:end]
        self.found.append(Mention(start, end, name, part.type, part.rule, part.confidence))
        self.report.last = self.found[-1]
        if part.type == PERSON:
            self.report.named.update(token.text for token in tokens)
        if (part.type in (ORGANIZATION, EVENT, COMPANY, PLACE) and len(tokens) > 1) or "-" in name:
            self.found += places.within(self.report, tokens, part)

    def _nicknames(self) -> None:
        """`yang akrab disapa Bu Nok`: another name of the person named before."""
        last: Mention | None = None
        for one in sorted(self.found):
            at = self.found.index(one) if last is not None and self._is_nickname(one) else -1
            if at >= 0 and last is not None:
                self.found[at] = one._replace(name=last.name, type=PERSON)
            elif one.type == PERSON:
                last = one

    def _is_nickname(self, one: Mention) -> bool:
        """Whether words beside a name say that somebody is called so."""
        before = _CALLED.search(self.text, max(0, one.start - 30), one.start)
        return before is not None or _SO_CALLED.match(self.text, one.end) is not None

    def _lower_governments(self) -> None:
        """`pemerintah kota X`: a government, written small, before a place."""
        known = {one.start: one for one in self.found if one.type == PLACE}
        if not known:
            return
        for match in _SMALL_GOVERNMENT.finditer(self.text):
            place = known.get(match.end())
            if place is not None:
                name = self.text[match.start() : place.end]
                self.found.append(Mention(match.start(), place.end, name, ORGANIZATION, "name-government", 0.85))
