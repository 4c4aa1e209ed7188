"""Projects that a Chinese report lists label by label: who invests, where, for how much."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.clauses import FIRM_SIGN, Clause, amount_of, words
from kg.read.languages.zh.ledger import Ledger
from kg.read.model import Amount


class Sheet(NamedTuple):
    """What the labels of one project have said so far, and where in the ledger it stands from."""

    firms: tuple[str, ...] = ()
    place: str = ""
    amount: Amount | None = None
    noted: int = -1


class Sheets:
    """The labelled projects of a report; `investors` leaves out those that never invest."""

    def __init__(self, ledger: Ledger, investors: Callable[[list[str]], list[str]]) -> None:
        self.ledger = ledger
        self.investors = investors
        self.sheet: Sheet | None = None

    def read(self, coded: Coded, clauses: list[Clause]) -> bool:
        """Note what a sentence says by labels; whether it has any."""
        who, where, much = (words()[f"label {part}"].search(coded.text) for part in ("firms", "place", "sum"))
        if not (who or where or (much and self.sheet)):
            self.sheet = None
            return False
        sheet = self.sheet or Sheet()
        if (who and sheet.firms) or (where and sheet.place):
            sheet = Sheet()
        if who:
            named = [coded.item(sign).thing.name for sign in FIRM_SIGN.findall(who["value"])]
            sheet = sheet._replace(firms=tuple(self.investors(list(dict.fromkeys(named)))))
        if where:
            sheet = sheet._replace(place=[*self.ledger.each_place(coded, where["places"]), ""][0])
        if much:
            sheet = sheet._replace(amount=amount_of(coded, much["money"]))
        self.sheet = sheet
        self._note(coded.start, coded.back(len(coded.text)))
        self.take_back(coded.text)
        return True

    def _note(self, start: int, end: int) -> None:
        """Put the project into the ledger once its firms and its place are known, or give it its sum."""
        sheet, found = self.sheet, self.ledger.found
        if sheet is None or not sheet.firms or not sheet.place:
            return
        amount = sheet.amount if len(sheet.firms) == 1 else None
        if sheet.noted >= 0:
            found[sheet.noted :] = [one._replace(amount=amount) for one in found[sheet.noted :]]
            return
        self.sheet = sheet._replace(noted=len(found))
        found += [
            Found(start, end, (firm,), sheet.place, amount, "zh-invests-label", (start, end)) for firm in sheet.firms
        ]

    def pass_by(self, text: str) -> None:
        """A sentence without any name or number: it may tell how the project stands, or begin another one."""
        if words()["label status"].match(text):
            self.take_back(text)
        else:
            self.sheet = None

    def take_back(self, text: str) -> None:
        """Forget the project where the words beside its labels undo it."""
        status = words()["label status"].search(text)
        told = words()["no doubt"].sub("", status["value"]) if status is not None else ""
        if self.sheet is not None and (words()["undone"].search(text) or words()["doubt"].search(told)):
            if self.sheet.noted >= 0:
                del self.ledger.found[self.sheet.noted :]
            self.sheet = Sheet()
