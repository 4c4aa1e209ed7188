"""What was agreed in Indonesian: who is on each side, and whether it is concluded at all."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Deals as Base
from kg.read.deals import Found
from kg.read.languages.id import sums
from kg.read.languages.id.expressions import clause_start, expressions
from kg.read.languages.id.parties import Parties
from kg.read.model import PERSON, Amount
from kg.read.rules import Rule

_PASSING = ("id-by-signed", "id-under-signed")
"""Rules for an agreement that is told in passing, by what is to be done under it."""
_OF_ITS = ("id-deal-won-by", "id-parties-sign", "id-its-deal-with", "id-its-deal-signed")
"""Rules in which the other party may be the firm spoken of before: `meneken perjanjiannya`."""
_ITS = re.compile(r"[a-z]nya\b")
_RECEIVED, _HANDED = ("id-party-won",), ("id-party-lent", "id-party-gave")
"""Rules for agreements after which only one side, the first or the last, goes on to build."""
_COMING = re.compile(r"[^,;]{0,40}\b(?:pada|bulan|pekan|tahun) (?:depan|mendatang)\b")
_PURPOSE = re.compile(r"^\W*(?:[Uu]ntuk|[Gg]una|[Dd]emi|[Aa]gar|[Ss]upaya) [^,;]*, ")
"""What a deal is made for, told before it; no word there makes it one of the future."""
_WITH = re.compile(
    r" (?:bersama|dengan)"
    r" (?!pemerintah|pihak|sejumlah|beberapa|para|berbagai|banyak|masyarakat|warga|mitra|lembaga|[A-Z])"
)
_APART = re.compile(r"\b(?:masing-masing|secara terpisah)\b")
_EACH_WITH = re.compile(r"\b(?:masing-masing|secara terpisah) (?:dengan|bersama) ")
_UNNAMED = re.compile(r"[a-zA-Z ]+$")
_WHOM = re.compile(r"\b(?:dengan|bersama) [A-Z]")
"""With whom a pronoun's deal is, where that is no name known."""


class Agreements(Base):
    """The rules for agreements over each sentence, with what one tells the next.

    `number` counts the sentences, `agreed_last` says who agreed last and in which, `pending` who plans something.
    """

    parties: Parties
    number: int = -1
    agreed_last: tuple[int, tuple[str, ...]] | None = None
    pending: tuple[tuple[str, ...], Amount | None, int] | None = None

    def _is_concluded(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        """Whether a match tells of what was agreed: not hoped for, not to come, and with parties that are known."""
        words, groups = expressions(), match.groupdict()
        verb_at = match.start("verb")
        clause = clause_start(coded.text, match.start())
        zone = _PURPOSE.sub("", words.settled(coded.text)[clause:verb_at])
        if rule.name not in _PASSING and (words.weak.search(zone) or words.future.search(zone)):
            return False
        after = coded.text[match.end("verb") : match.end("verb") + 60]
        if _COMING.match(after):
            return False
        if rule.name == "id-parties-sign" and groups["verb"] == "menutup" and "kesepakatan" not in match[0]:
            return False
        if rule.name == "id-deal-between-signed" and groups["verb"] == "berlaku":
            return False
        is_unnamed = not groups.get("parties2") and _UNNAMED.match(groups.get("parties") or "")
        return not (is_unnamed and _WHOM.search(match[0]))

    def _agreed(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        if not self._is_concluded(rule, match, coded):
            return False
        words = expressions()
        sides = self._sides(rule, match, coded)
        parties = list(dict.fromkeys(name for side in sides for name in side))
        if len(parties) == 1 and rule.name in _OF_ITS and _ITS.search(match["object"]):
            parties = list(dict.fromkeys([*self.parties.last(parties[0]), *parties]))
        if len(parties) == 1 and _WITH.match(coded.text, match.end("verb")):
            parties = list(dict.fromkeys([*self.parties.last(parties[0]), *parties]))
        if len(parties) < 2:
            return False
        amount = sums.of_agreement(match, coded)
        start, end = coded.back(match.start()), coded.back(match.end())
        apart = _APART.search(coded.text[match.start() : match.end("verb")]) or _EACH_WITH.search(match[0])
        persons = {thing.name for thing in self.names.things if thing.type == PERSON}
        if self.agreed_last and self.number - self.agreed_last[0] <= 3 and set(parties) <= persons:
            return False
        deals = [[one, other] for one in sides[0] for other in sides[1]] if apart and len(sides) == 2 else [parties]
        deals += self._besides(rule, match, coded, sides[0])
        for names in deals:
            if any(set(names) <= set(one.parties) for one in self.agreements):
                continue
            self.agreements.append(Found(start, end, tuple(names), "", amount, rule.name, (start, end)))
        self.agreed_last = (self.number, tuple(parties))
        acting = sides[0] if rule.name in _RECEIVED else sides[-1] if rule.name in _HANDED else parties
        firms = tuple(name for name in acting if not words.government.match(name))
        if firms:
            self.pending = (firms, None, self.number)
        return True

    def _besides(self, rule: Rule, match: re.Match[str], coded: Coded, first: list[str]) -> list[list[str]]:
        """Another deal of the same party told behind: `…, dan nota kesepahaman lainnya dengan B`."""
        found = expressions().besides.match(coded.text, match.end()) if rule.name == "id-parties-sign" else None
        others = self.parties.side(found["parties"], coded, found.start("parties")) if found else []
        return [list(dict.fromkeys([*first, *others]))] if others else []

    def _sides(self, rule: Rule, match: re.Match[str], coded: Coded) -> list[list[str]]:
        """Who is named on each side of an agreement, or the two that `kedua pihak` means."""
        if rule.data.get("pair") == "yes":
            return [list(self.parties.pair)]
        if rule.data.get("those") == "yes":
            return [list(self.parties.those() or (self.parties.both() if "kedua" in match["object"] else ()))]
        sides = [(match.start(name), match[name]) for name in ("parties", "parties2") if match.groupdict().get(name)]
        return [self.parties.side(words, coded, position) for position, words in sides]
