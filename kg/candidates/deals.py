"""Which investments and agreements of different reports may be one deal."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from kg.candidates.evidence import Reason, days_between, meet
from kg.candidates.things import Known
from kg.compare.facts import Claim
from kg.compare.numbers import Quantity
from kg.compare.readings import quantity
from kg.identity import groups
from kg.terms import KG

KINDS = ("Agreement", "Investment")
"""The classes of claims that tell of deals."""

_CROWD = 100
"""So many claims with one thing in common are compared each with each; more are only with those next in time."""

_WINDOW = 10
_ALIKE = 80
_CLOSE = Decimal("0.1")
_FAR = Decimal("0.25")
_LONG = 31


class Deals:
    """The claims that tell of deals, and what their amounts are in every currency that a report prints."""

    def __init__(self, known: Known) -> None:
        self.known = known
        claims = known.facts.claims
        self.claims = {iri: claim for iri, claim in sorted(claims.items()) if claim.kind in KINDS}
        self.amounts: dict[str, list[Quantity]] = defaultdict(list)
        for claim in sorted(claims.values(), key=lambda claim: claim.key):
            of = claim.one("converts") if claim.kind == "Conversion" else claim.iri
            number = quantity(claim)
            if of in self.claims and number is not None and number.is_money:
                self.amounts[of].append(number)
        joined = [(head, iri) for iri, head in known.identity.claim.items() if iri in self.claims]
        named = [(deal, iri) for iri, claim in self.claims.items() if (deal := claim.one("deal"))]
        self._heads = {iri: group[0] for group in groups((*joined, *named)) for iri in group}

    def head(self, iri: str) -> str:
        """The claim that stands for all that tell of one deal, by judgements and by the deals that claims name."""
        return self._heads.get(iri, iri)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The claims of different reports that have a party, an event or an amount in common, each pair once."""
        blocks: dict[str, list[Claim]] = defaultdict(list)
        for claim in sorted(self.claims.values(), key=lambda claim: (claim.period[0] or "", claim.key)):
            for shared in set(self._keys(claim)):
                blocks[shared].append(claim)
        seen: set[tuple[str, str]] = set()
        for _, block in sorted(blocks.items()):
            for one, other in _each_with_each(block):
                pair = (min(one.iri, other.iri), max(one.iri, other.iri))
                if one.report != other.report and pair not in seen:
                    seen.add(pair)
                    yield pair

    def reasons(self, one: Claim, other: Claim) -> list[Reason]:
        """What speaks for and against two claims telling of one deal; none where they cannot, or too little does."""
        if one.kind != other.kind and not self._invests_as_party(one, other):
            return []
        if self._counts_in(one, other) or self._counts_in(other, one):
            return []
        strong = [*self._amounts(one, other), *_counts(one, other), *self._parties(one, other)]
        weak = [*self._events(one, other), *self._places(one, other), *_times(one, other), *_sorts(one, other)]
        is_worth = any(reason.weight >= 15 for reason in strong) or sum(reason.weight for reason in weak) >= 60
        return [*weak, *strong] if is_worth else []

    def _keys(self, claim: Claim) -> Iterator[str]:
        for name in ("event", "party", "investor"):
            yield from claim.all(name)
        for amount in self.amounts[claim.iri]:
            if amount.nominal > 0:
                step = math.floor(math.log(amount.nominal, 1.1))
                yield from (f"{amount.unit} {near}" for near in (step, step + 1))

    def _invests_as_party(self, one: Claim, other: Claim) -> bool:
        return bool(self._firms(one) & self._firms(other))

    def _counts_in(self, whole: Claim, part: Claim) -> bool:
        """Whether `part` is counted in what `whole` tells of."""
        seen: set[str] = set()
        above = part.one("partOf")
        while above and above not in seen:
            if self.head(above) == self.head(whole.iri):
                return True
            seen.add(above)
            found = self.claims.get(above)
            above = found.one("partOf") if found else None
        return False

    def _firms(self, claim: Claim) -> set[str]:
        """Those who sign or invest, places aside."""
        things = self.known.things
        named = {*claim.all("party"), *claim.all("investor")}
        return {iri for iri in named if iri not in things or things[iri].kind != "place"}

    def _parties(self, one: Claim, other: Claim) -> Iterator[Reason]:
        firms, others = self._firms(one), self._firms(other)
        shared = sorted(firms & others)
        if shared:
            invests = bool(one.all("investor") and other.all("investor"))
            yield Reason((55 if invests else 40) if firms == others else 25, "both name {}", (shared[0],))
        elif firms and others:
            yield Reason(-40, "different parties")
        elif firms or others:
            yield Reason(-10, "only one names firms or bodies")
        else:
            places, other_places = set(one.all("party")), set(other.all("party"))
            if places and places == other_places:
                yield Reason(14, "the same parties")
            elif places & other_places:
                yield Reason(8, "parties in common")
            elif places and other_places:
                yield Reason(-25, "different parties")

    def _amounts(self, one: Claim, other: Claim) -> Iterator[Reason]:
        pairs = [(a, b) for a in self.amounts[one.iri] for b in self.amounts[other.iri] if a.unit == b.unit]
        if not pairs:
            return
        a, b = min(pairs, key=lambda pair: (_difference(*pair), pair[0].unit))
        apart = _difference(a, b)
        if apart == 0 and a.value == b.value:
            yield Reason(48 if _is_precise(a) else 36, f"both amount to {_shown(a)}")
        elif apart == 0:
            yield Reason(36, f"{_shown(a)} and {_shown(b)} agree")
        elif apart <= _CLOSE:
            yield Reason(30, f"amounts {_shown(a)} and {_shown(b)} differ by {100 * apart:.1f} %")
        else:
            yield Reason(
                -8 if apart <= _FAR else -30, f"amounts {_shown(a)} and {_shown(b)} differ by {100 * apart:.0f} %"
            )

    def _events(self, one: Claim, other: Claim) -> Iterator[Reason]:
        event, other_event = one.one("event"), other.one("event")
        if not event or not other_event:
            return
        things = self.known.things
        if event == other_event:
            yield Reason(42, "both at {}", (event,))
        elif event in things and other_event in things and meet(things[event], things[other_event]):
            yield Reason(19, "{} and {} are at the same time", (event, other_event))
        else:
            yield Reason(-10, "one at {}, the other at {}", (event, other_event))

    def _places(self, one: Claim, other: Claim) -> Iterator[Reason]:
        pairs = [(a, b) for a in one.all("place") for b in other.all("place")]
        around = self.known.facts.around
        near = [(a, b) for a, b in pairs if a in around(b) or b in around(a)]
        if near:
            yield Reason(10, "both in {}", (near[0][0] if near[0][0] in around(near[0][1]) else near[0][1],))
        elif pairs:
            yield Reason(-15, "one in {}, the other in {}", pairs[0])


def _each_with_each(block: list[Claim]) -> Iterable[tuple[Claim, Claim]]:
    if len(block) <= _CROWD:
        return combinations(block, 2)
    return ((one, other) for i, one in enumerate(block) for other in block[i + 1 : i + 1 + _WINDOW])


def _counts(one: Claim, other: Claim) -> Iterator[Reason]:
    count, other_count = _count(one), _count(other)
    if not count or not other_count:
        return
    if count == other_count:
        yield Reason(20 if count > 2 else 8, f"both count {count}")
    elif abs(count - other_count) <= _CLOSE * max(count, other_count):
        yield Reason(10, f"counts {count} and {other_count} are close")
    else:
        yield Reason(-8, f"counts {count} and {other_count} differ")


def _count(claim: Claim) -> int | None:
    text = claim.one("count") or ""
    return int(text) if text.isascii() and text.isdigit() else None


def _times(one: Claim, other: Claim) -> Iterator[Reason]:
    (start, end), (other_start, other_end) = one.period, other.period
    if not (start or end) or not (other_start or other_end):
        return
    span = (start or "0001-01-01", end or "9999-12-31")
    other_span = (other_start or "0001-01-01", other_end or "9999-12-31")
    apart = days_between(span, other_span)
    if apart <= 0:
        yield Reason(5, "at the same time")
    elif apart <= _LONG:
        yield Reason(3, "within a month of one another")
    else:
        yield Reason(-20, f"{apart} days lie between them")


def _sorts(one: Claim, other: Claim) -> Iterator[Reason]:
    kind, other_kind = one.one("kind"), other.one("kind")
    if kind and other_kind:
        yield (
            Reason(5, "of one kind: {}", (kind,))
            if kind == other_kind
            else Reason(-6, "of two kinds: {} and {}", (kind, other_kind))
        )
    whats, others = one.texts("what"), other.texts("what")
    shared = sorted(whats.keys() & others.keys())
    if shared:
        alike = max(fuzz.token_set_ratio(whats[tongue].casefold(), others[tongue].casefold()) for tongue in shared)
        if alike >= _ALIKE:
            yield Reason(14, "what is signed or built is worded alike")
    if bool(one.one("partOf")) != bool(other.one("partOf")):
        yield Reason(-25, "one is counted as part of a whole, the other is not")


def _difference(one: Quantity, other: Quantity) -> Decimal:
    """By which part of the larger two amounts differ; nothing where one lies in the other's range."""
    for whole, single in ((one, other), (other, one)):
        low, high = whole.minimum, whole.maximum
        if low is not None and high is not None and low <= single.nominal <= high:
            return Decimal(0)
    largest = max(abs(one.nominal), abs(other.nominal))
    return abs(one.nominal - other.nominal) / largest if largest else Decimal(0)


def _is_precise(amount: Quantity) -> bool:
    """Whether an amount is printed with three digits at least: two deals seldom agree in so many."""
    return amount.value is not None and len(amount.value.normalize().as_tuple().digits) > 2


def _shown(amount: Quantity) -> str:
    if amount.value is None and amount.minimum is not None and amount.maximum is not None:
        return f"{amount.minimum:,f} to {amount.maximum:,f} {amount.unit}"
    return f"{amount.nominal:,f} {amount.unit}"


def class_of(claim: Claim) -> str:
    """The IRI of a claim's class."""
    return KG + claim.kind
