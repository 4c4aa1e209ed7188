"""The plan in focus in Indonesian: what one sentence leaves open of an investment, and what a sentence near it adds.

A sentence may tell who builds and not where (`PT A akan membangun pabrik.`), where and not who (`Sebuah pabrik akan
berdiri di B.`), or only whom a place draws. What is open is closed by a sentence soon after that takes it up again: by
`itu`, `tersebut`, `-nya`, or by naming the same kind of plant.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.read.languages.id.sites import is_country
from kg.read.model import Amount

_NEAR = 2
"""Sentences within which what is open is taken up."""
_AWAITED = 4
"""Sentences within which those are named whom a place was said to draw."""


class Part(NamedTuple):
    """What a clause tells of an investment; without firms or places where it leaves those open."""

    firms: tuple[str, ...]
    places: tuple[str, ...]
    amount: Amount | None
    assets: frozenset[str]
    is_taken_up: bool
    number: int
    is_money: bool = False
    is_joining: bool = False


class Focus:
    """What is open of the plans that the last sentences told of."""

    def __init__(self) -> None:
        self._plan: Part | None = None
        self._site: Part | None = None
        self._approach: Part | None = None
        self._is_awaiting = False
        self._last: Part | None = None

    def meet(self, part: Part) -> Part | None:
        """The whole investment that a part makes with what is open; None where it only opens another one."""
        if part.firms and not part.places:
            site = self._site_of(part)
            if site is None or (site.number < part.number and all(is_country(place) for place in site.places)):
                self._plan = part
                return None
            return part._replace(places=site.places, amount=part.amount or (None if self._is_awaiting else site.amount))
        plan = self._plan_of(part)
        is_far = plan is not None and plan.number < part.number - 1
        if plan is not None and not (is_far and part.places and all(is_country(place) for place in part.places)):
            places = part.places or plan.places
            return part._replace(firms=plan.firms, places=places, amount=part.amount or plan.amount)
        is_known = self._last is not None and (self._last.number, self._last.places) == (part.number, part.places)
        is_awaited = self._is_awaiting and self._site is not None and self._site.number == part.number
        if part.places and not is_known and not is_awaited:
            self._site, self._is_awaiting = part, False
        return None

    def awaits(self, places: tuple[str, ...], number: int) -> None:
        """A place is said to draw firms that are named later."""
        self._site, self._is_awaiting = Part((), places, None, frozenset(), True, number), True

    def is_awaiting(self, number: int) -> bool:
        """Whether the firms that a place draws are still to be named."""
        return self._is_awaiting and self._site is not None and number - self._site.number <= _AWAITED

    def is_open(self, number: int) -> bool:
        """Whether a sentence may close what one before it left open."""
        return any(
            one is not None and number - one.number <= _AWAITED for one in (self._plan, self._site, self._approach)
        )

    def approaches(self, firms: tuple[str, ...], places: tuple[str, ...], number: int) -> None:
        """Firms are said to choose or enter a place; what they do there is told later."""
        self._approach = Part(firms, places, None, frozenset(), True, number)

    def told(self, whole: Part) -> None:
        """An investment was told whole: what was open of it is closed."""
        self._last, self._plan, self._approach = whole, None, None
        if not self._is_awaiting or (self._site is not None and whole.places != self._site.places):
            self._site, self._is_awaiting = None, False

    def forget(self) -> None:
        """What was open was called off."""
        self._plan = self._site = self._approach = None

    def _site_of(self, part: Part) -> Part | None:
        """Where a plan goes that names no place."""
        last = _near(self._last, part, _NEAR)
        if last is not None and part.is_money and set(part.firms) < set(last.firms):
            return last._replace(amount=None)
        if self.is_awaiting(part.number):
            return self._site
        site = _near(self._site, part, _NEAR)
        if site is not None and (part.is_taken_up or part.is_joining or part.assets & site.assets):
            return site
        approach = _near(self._approach, part, _NEAR)
        if approach is not None and approach.firms == part.firms and approach.number < part.number:
            return approach
        if last is None or part.amount is None:
            return None
        if part.firms == last.firms:
            is_same = part.is_money and (part.is_taken_up or part.is_joining)
        else:
            is_same = part.is_joining or part.number == last.number
        return last._replace(amount=None) if is_same else None

    def _plan_of(self, part: Part) -> Part | None:
        """Whose a plant is of which only the place is told, or not even that."""
        plan = _near(self._plan, part, _NEAR)
        if part.places and plan is not None and (part.is_taken_up or part.assets & plan.assets):
            return plan
        approach = _near(self._approach, part, _NEAR)
        if not part.places and approach is not None and approach.number < part.number:
            return approach
        last = _near(self._last, part, 1)
        if last is None or len(last.firms) != 1 or not part.places:
            return None
        is_alike = part.is_money and part.amount is not None and bool(part.assets & last.assets)
        is_another = part.is_joining and part.number > last.number
        return last._replace(amount=None) if is_alike or is_another else None


def _near(open_: Part | None, part: Part, within: int) -> Part | None:
    """What is open, where it was told that few sentences before; else None."""
    return open_ if open_ is not None and part.number - open_.number <= within else None
