"""What the sentences behind a deal in Indonesian add to it or take back: its sum, each one's share, a withdrawal."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.id import sums
from kg.read.languages.id.agreements import Agreements
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, expressions
from kg.read.model import Amount

_NEXT, _TOLD_AGAIN = 2, 6
"""Sentences after a deal in which its sum may be told, and where its plant is taken up again."""
_PACT = re.compile(r"[Kk]esepakatan|[Kk]ontrak|[Pp]erjanjian|[Pp]enandatanganan|[Nn]ota")
_PLACES = {"pertama": 0, "kedua": 1, "ketiga": 2}
_SHARED = 3
"""Sentences after a deal of several in which each one's part may be told."""


def _payer(sign: str, coded: Coded) -> str | None:
    """The firm that a sign is, empty for `mitranya`; None for a sum."""
    if len(sign) > 1:
        return ""
    return coded.item(sign).thing.name if FIRM_SIGN.match(sign) else None


class Following(Agreements):
    """Sums and withdrawals that are told after deals.

    `invested_last` says who invested last and in which sentence, `invested_in` in what kinds of plants, `asked` which
    sentence asks how much.
    """

    invested_last: tuple[int, tuple[str, ...]] | None = None
    invested_in: frozenset[str] = frozenset()
    asked: int = -2
    told_in: list[tuple[int, Found]]

    def _sums(self, coded: Coded) -> None:
        """Sums told after a deal: each firm's share, or the deal's own."""
        words = expressions()
        if self._answered(coded) or MONEY_SIGN.search(coded.text) is None:
            return
        self._shares(coded)
        found = words.nominal.search(coded.text)
        if self._is_next(self.agreed_last) and found and sums.is_of_agreement(found[0]) and sums.is_own(found, coded):
            last = self.agreements[-1] if self.agreements else None
            if last is not None and last.amount is None:
                self.agreements[-1] = last._replace(amount=sums.as_amount(coded.item(found["amount"])))
                return
        if not self._is_next(self.invested_last, _TOLD_AGAIN):
            return
        is_near = self._is_next(self.invested_last)
        if not is_near and not (words.plants(coded.text) & self.invested_in and words.is_again(coded.text)):
            return
        found = words.whole_sum.search(coded.text) or found or words.own_sum.search(coded.text)
        found = found or words.spent_sum.search(coded.text)
        if found is None or not sums.is_own(found, coded):
            return
        assert self.invested_last is not None
        parties = self.invested_last[1]
        if len(parties) != 1 or sums.is_of_several(coded.text):
            return
        if sums.is_of_contract(found[0]):
            return
        others = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(coded.text)} - set(parties)
        others -= {coded.item(sign).thing.name for sign in words.beside.findall(coded.text)}
        is_next = self.number - self.invested_last[0] <= _NEXT and sums.is_spent(coded.text)
        if others or not (is_next or sums.is_about_deal(coded.text)):
            return
        mine = [n for n, one in enumerate(self.investments) if one.parties == parties and one.amount is None]
        if mine and sum(self.investments[n].start == self.investments[mine[-1]].start for n in mine) == 1:
            amount = sums.as_amount(coded.item(found["amount"]))
            self.investments[mine[-1]] = self.investments[mine[-1]]._replace(amount=amount)

    def _behind(self, coded: Coded) -> None:
        """The sum of the deal of a sentence, told in a clause of its own behind it: `…; nilainya Rp9 miliar`."""
        clause = coded.text.rfind("; ") + 2
        found = expressions().nominal.search(coded.text, clause - 2) if clause > 1 else None
        last = self.investments[-1] if self.investments else None
        if found is None or last is None or last.amount is not None or last.start < coded.start:
            return
        if not FIRM_SIGN.search(coded.text, clause) and sums.is_own(found, coded):
            self.investments[-1] = last._replace(amount=sums.as_amount(coded.item(found["amount"])))

    def _answered(self, coded: Coded) -> bool:
        """Whether a sentence begins with the sum of the last investment, for which the one before has asked."""
        was_asked = self.asked == self.number - 1
        is_question = "?" in coded.text and expressions().asked.search(coded.text) is not None
        self.asked = self.number if is_question else -2
        answer = expressions().answer.match(coded.text) if was_asked and self.invested_last else None
        if answer is None or self.invested_last is None:
            return False
        told = [one for one in self.investments if one.parties == self.invested_last[1]]
        if len(told) == 1:
            self._share(told[0].parties[0], sums.as_amount(coded.item(answer["amount"])))
        return len(told) == 1

    def _shares(self, coded: Coded) -> None:
        """What each of those who invested last pays: by name, by the class of its name, or as the other one."""
        words = expressions()
        told = words.share.findall(coded.text) + words.share_named.findall(coded.text)
        told += [(one[0] or one[2], one[1] or one[3]) for one in words.share_verb.findall(coded.text)]
        for place, money in words.share_ordinal.findall(coded.text):
            self._ordinal(_PLACES[place], sums.as_amount(coded.item(money)))
        told += [(firm, money) for money, firm in words.share_of.findall(coded.text)]
        for firm, money in told:
            self._share(coded.item(firm).thing.name, sums.as_amount(coded.item(money)))
        if self.invested_last is None:
            return
        last = self.invested_last[1]
        for head, money in words.share_class.findall(coded.text):
            alike = [firm for firm in last if firm.startswith(head.capitalize())]
            if len(alike) == 1:
                self._share(alike[0], sums.as_amount(coded.item(money)))
        named = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(coded.text)}
        for money in words.share_rest.findall(coded.text):
            others = [
                firm for firm in dict.fromkeys(one.parties[0] for one in self.investments[-4:]) if firm not in named
            ]
            if len(others) == 1:
                self._share(others[0], sums.as_amount(coded.item(money)))

    def _paired(self, coded: Coded) -> None:
        """The parts of several who invested last, each told beside who pays it: `A Rp9 miliar dan B Rp5 miliar`."""
        words = expressions()
        if self.invested_last is None or self.number - self.invested_last[0] > _SHARED or not self.investments:
            return
        firms = self.invested_last[1]
        if len(firms) < 2 or not words.paid.search(coded.text) or words.unpaid.search(coded.text):
            return
        signs = [found[0] for found in words.paying.finditer(coded.text)]
        payers = [firm for firm in (_payer(sign, coded) for sign in signs) if firm is not None]
        if len(signs) == 2 * len(payers) + 1 and _payer(signs[0], coded) is None:
            signs = signs[1:]  # the total, before the parts
        others = [firm for firm in firms if firm not in payers]
        for one, other in zip(signs[::2], signs[1::2], strict=False):
            payer, money = (one, other) if _payer(one, coded) is not None else (other, one)
            firm = _payer(payer, coded)
            if firm is None or _payer(money, coded) is not None:
                return
            firm = others[0] if firm == "" and len(others) == 1 else firm
            if firm in firms:
                self._share(firm, sums.as_amount(coded.item(money)))

    def _ordinal(self, place: int, amount: Amount) -> None:
        """Give the first or second of the investments told last its sum: `yang pertama …, yang kedua …`."""
        recent = [one for number, one in self.told_in if self.number - number <= 1]
        at = self.investments.index(recent[place]) if len(recent) > place and recent[place] in self.investments else -1
        if at >= 0:
            self.investments[at] = self.investments[at]._replace(amount=amount)

    def _share(self, firm: str, amount: Amount) -> None:
        """Give a firm's investments without a sum the part that it pays."""
        for number, one in enumerate(self.investments):
            if one.parties == (firm,) and one.amount is None:
                self.investments[number] = one._replace(amount=amount)

    def _each(self, coded: Coded) -> None:
        """`Kedua perusahaan menyetor masing-masing …`: the sum of each of those that invested last."""
        each = expressions().each.search(coded.text) if "asing-masing" in coded.text else None
        if each is None or self.invested_last is None or self.number - self.invested_last[0] > _NEXT:
            return
        for number, one in enumerate(self.investments):
            if one.parties[0] in self.invested_last[1] and one.amount is None:
                self.investments[number] = one._replace(
                    amount=sums.as_amount(coded.item(each["before"] or each["amount"]))
                )

    def _is_next(self, last: tuple[int, tuple[str, ...]] | None, within: int = _NEXT) -> bool:
        return last is not None and 0 < self.number - last[0] <= within

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
