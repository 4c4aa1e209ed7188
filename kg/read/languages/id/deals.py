"""Who invests where and what was agreed in Indonesian, with sums and withdrawals that the next sentences tell."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Deals as Base
from kg.read.deals import Found
from kg.read.languages.id import sums
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, PLACE_SIGN, clause_start, expressions
from kg.read.languages.id.parties import Parties
from kg.read.languages.id.sites import most_specific
from kg.read.languages.id.words import headings
from kg.read.model import MONEY, PERSON, Amount
from kg.read.rules import Rule, rules

_WHILE = re.compile(r"\b(?:yang|saat|ketika|sejak|setelah) $")
_INVESTS = ("berinvestasi",)
_RULES = ("agreement rules", "investment rules")
_NEXT = 2
"""Sentences after a deal in which its sum may be told."""
_COMING = re.compile(r"[^,;]{0,40}\b(?:pada|bulan|pekan|tahun) (?:depan|mendatang)\b")
_APART = re.compile(r"\b(?:masing-masing|secara terpisah)\b")
_PACT = re.compile(r"[Kk]esepakatan|[Kk]ontrak|[Pp]erjanjian|[Pp]enandatanganan|[Nn]ota")


class Deals(Base):
    """The rules of `deals.yaml` over each sentence, with the memory of firms and of deals whose sum is told later."""

    def run(self) -> tuple[list[Found], list[Found]]:
        """The investments and the agreements of the document, each in order."""
        self.parties = Parties(self.document, self.names, self.said)
        self.headings = headings(self.document)
        self.number = -1
        self.site: tuple[str, int] | None = None
        self.pending: tuple[tuple[str, ...], Amount | None, int] | None = None
        self.invested_last: tuple[int, tuple[str, ...]] | None = None
        self.agreed_last: tuple[int, tuple[str, ...]] | None = None
        return super().run()

    def _sentence(self, coded: Coded) -> None:
        self.number += 1
        self.parties.paragraph = self.document.sentences[self.number].paragraph
        if self.parties.paragraph in self.headings:
            return
        words = expressions()
        if words.cancel.search(coded.text):
            self._withdraw(coded.text)
        self._sums(coded)
        if not words.doubt.search(coded.text):
            self._told(coded)
        self._note(coded)

    def _told(self, coded: Coded) -> None:
        """The deals that a sentence tells: agreements, then investments, none within the words of another."""
        hints = expressions().agreement.search(coded.text), PLACE_SIGN.search(coded.text) or self.site
        for hint, key, apply in zip(hints, _RULES, (self._agreed, self._invested), strict=True):
            if not hint:
                continue
            taken: list[tuple[int, int]] = []
            for rule in rules(self.code, "deals", key):
                for match in rule.pattern.finditer(coded.text):
                    if any(match.start() < end and start < match.end() for start, end in taken):
                        continue
                    if apply(rule, match, coded):
                        taken.append(match.span())

    def _note(self, coded: Coded) -> None:
        """Keep in mind the firms of a sentence, and a plan in it whose place is told later."""
        words = expressions()
        firms = self.parties.note(coded)
        site = words.site.search(coded.text)
        if site:
            self.site = most_specific(site["place"], coded)[0], self.number
        if firms and words.planned.search(coded.text) and not words.doubt.search(coded.text):
            money = [item for item in coded.items if item.kind == MONEY]
            self.pending = (firms, sums.as_amount(money[0]) if len(money) == 1 else None, self.number)

    # ---- investments -----------------------------------------------------------------------------------------------

    def _invested(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        if not self._is_meant(rule, match, coded):
            return False
        named = match.groupdict().get("investors")
        firms = self.parties.firms(named, coded, match.start("investors")) if named else self._planners(match, coded)
        firms = tuple(firm for firm in firms if not expressions().government.match(firm))
        places = self._places(match, coded)
        if not firms or not places:
            return False
        amount = sums.of_investment(match, coded)
        if amount is None and not named and self.pending is not None and len(firms) == 1:
            amount = self.pending[1]
        span = coded.back(match.start()), coded.back(match.end())
        is_own = len(places) == 1 and (len(firms) == 1 or "masing-masing" in match[0])
        for place in places:
            for firm in firms:
                share = amount if is_own else None
                if ("invests", firm, place) in self.known:
                    self._fill(firm, place, share)
                    continue
                self.known.add(("invests", firm, place))
                self.investments.append(Found(*span, (firm,), place, share, rule.name, rule.confidence, span))
        self.invested_last = (self.number, firms)
        return True

    def _is_meant(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        """Whether a match tells a deal: not doubted before its verb, and of a plant, a shop or a sum."""
        words, groups = expressions(), match.groupdict()
        verb_at = match.start("verb")
        first = min(match.start("investors"), verb_at) if groups.get("investors") else verb_at
        if words.weak.search(coded.text, clause_start(coded.text, first), verb_at):
            return False
        told = groups.get("object") or ""
        test = rule.data.get("test")
        if test == "asset" and not words.assets.search(told):
            return False
        if test == "money" and not (
            MONEY_SIGN.search(told) or words.invested.search(told) or groups["verb"] in _INVESTS
        ):
            return False
        return rule.name != "id-firm-builds" or _WHILE.search(coded.text, max(0, first - 10), first) is None

    def _planners(self, match: re.Match[str], coded: Coded) -> tuple[str, ...]:
        """Who builds where nobody is named: the firm of who says so, or those of the plan told just before."""
        if not expressions().assets.search((match.groupdict().get("object") or "").lower()):
            return ()
        firms = self.parties.speakers_firm(coded.back(match.start("verb")))
        if firms or self.pending is None or self.number - self.pending[2] > _NEXT:
            return firms
        return self.pending[0]

    def _fill(self, firm: str, place: str, amount: Amount | None) -> None:
        """Give an investment known already the sum that is told now."""
        if amount is None:
            return
        for number, one in enumerate(self.investments):
            if one.parties == (firm,) and one.place == place and one.amount is None:
                self.investments[number] = one._replace(amount=amount)

    def _places(self, match: re.Match[str], coded: Coded) -> list[str]:
        """Where a deal goes: the places in its words, or the site told in this sentence or the one before."""
        if "place" not in match.groupdict():
            return [self.site[0]] if self.site and self.number - self.site[1] <= 1 else []
        return most_specific(match["place"], coded)

    # ---- agreements ------------------------------------------------------------------------------------------------

    def _agreed(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        words, groups = expressions(), match.groupdict()
        verb_at = match.start("verb")
        clause = clause_start(coded.text, match.start())
        zone = coded.text[clause:verb_at]
        if words.weak.search(zone) or words.future.search(zone):
            return False
        after = coded.text[match.end("verb") : match.end("verb") + 60]
        if _COMING.match(after):
            return False
        if rule.name == "id-parties-sign" and groups["verb"] == "menutup" and "kesepakatan" not in match[0]:
            return False
        if rule.name == "id-deal-between-signed" and groups["verb"] == "berlaku":
            return False
        sides = self._sides(rule, match, coded)
        parties = list(dict.fromkeys(name for side in sides for name in side))
        if len(parties) < 2:
            return False
        amount = sums.of_agreement(match, coded)
        start, end = coded.back(match.start()), coded.back(match.end())
        apart = _APART.search(coded.text[match.start() : match.end("verb")])
        persons = {thing.name for thing in self.names.things if thing.type == PERSON}
        if self.agreed_last and self.number - self.agreed_last[0] <= 3 and set(parties) <= persons:
            return False
        deals = [[one, other] for one in sides[0] for other in sides[1]] if apart and len(sides) == 2 else [parties]
        for names in deals:
            if any(set(names) <= set(one.parties) for one in self.agreements):
                continue
            self.agreements.append(
                Found(start, end, tuple(names), "", amount, rule.name, rule.confidence, (start, end))
            )
        self.agreed_last = (self.number, tuple(parties))
        firms = tuple(name for name in parties if not words.government.match(name))
        if firms:
            self.pending = (firms, None, self.number)
        return True

    def _sides(self, rule: Rule, match: re.Match[str], coded: Coded) -> list[list[str]]:
        """Who is named on each side of an agreement, or the two that `kedua pihak` means."""
        if rule.data.get("pair") == "yes":
            return [list(self.parties.pair)]
        sides = [(match.start(name), match[name]) for name in ("parties", "parties2") if match.groupdict().get(name)]
        return [self.parties.side(words, coded, position) for position, words in sides]

    # ---- what the next sentence tells ------------------------------------------------------------------------------

    def _sums(self, coded: Coded) -> None:
        """Sums told after a deal: each firm's share, or the deal's own."""
        words = expressions()
        for firm, money in words.share.findall(coded.text):
            name = coded.item(firm).thing.name
            for number, one in enumerate(self.investments):
                if one.parties == (name,) and one.amount is None:
                    self.investments[number] = one._replace(amount=sums.as_amount(coded.item(money)))
        found = words.nominal.search(coded.text)
        if self._is_next(self.agreed_last) and found and sums.is_of_agreement(found[0]) and sums.is_own(found, coded):
            last = self.agreements[-1] if self.agreements else None
            if last is not None and last.amount is None:
                self.agreements[-1] = last._replace(amount=sums.as_amount(coded.item(found["amount"])))
                return
        found = found or words.own_sum.search(coded.text)
        if found is None or not self._is_next(self.invested_last) or not sums.is_own(found, coded):
            return
        assert self.invested_last is not None
        parties = self.invested_last[1]
        if len(parties) != 1:
            return
        others = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(coded.text)} - set(parties)
        if others or not sums.is_about_deal(coded.text):
            return
        mine = [n for n, one in enumerate(self.investments) if one.parties == parties and one.amount is None]
        if mine and sum(self.investments[n].start == self.investments[mine[-1]].start for n in mine) == 1:
            amount = sums.as_amount(coded.item(found["amount"]))
            self.investments[mine[-1]] = self.investments[mine[-1]]._replace(amount=amount)

    def _is_next(self, last: tuple[int, tuple[str, ...]] | None) -> bool:
        return last is not None and 0 < self.number - last[0] <= _NEXT

    def _withdraw(self, text: str) -> None:
        """A deal that the next sentence calls off was none."""
        is_agreement = _PACT.search(text) is not None
        invested = self.invested_last is not None and self.number - self.invested_last[0] <= 1
        agreed = self.agreed_last is not None and self.number - self.agreed_last[0] <= 1
        if agreed and (is_agreement or not invested) and self.agreements:
            self.agreements.pop()
            self.agreed_last = None
        elif invested and self.investments:
            start = self.investments[-1].start
            self.investments = [one for one in self.investments if one.start != start]
            self.invested_last = None
