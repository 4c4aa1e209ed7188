"""Money of deals: each deal once, by a stated rule for whose value is taken, and a reason for all that is left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from compare.planted import (
    DAY,
    FAIR,
    Claim,
    Planted,
    Report,
    dollars,
    held,
    invested,
    report,
    said,
    signed,
    slug,
    without,
)

from kg.terms import local_name

Plant = Callable[..., Planted]
YUAN = {"value": 35000000, "currency": "CNY", "qualifier": "exact"}
RANGE = {"minimum": 5000000, "maximum": 6000000, "currency": "USD"}
QUAY, HOTEL = {"what": {"en": "a quay"}}, {"what": {"en": "a hotel"}}
EARLIER, LATER = {"date": "2030-05-01"}, {"date": "2030-05-09"}
OTHER_DEAL = "another report of a deal that is counted"
BOTH = ("claim/one/terminal", "claim/two/terminal")


def sums(store: Planted, by: str = "place", of: str | None = "beijing", **parameters: object) -> dict[str, int]:
    """Totals under one heading, or under all, by class and currency."""
    rows = store.ask({"investor": "top-investors"}.get(by, f"investment-by-{by}"), **parameters)
    found = {}
    for row in rows:
        if row[by] is None:
            continue
        heading = str(row[by]) if by == "year" else slug(row, by)
        name = f"{slug(row, 'kind').lower()}s in {row['currency']}"
        if of is None:
            found[f"{heading}: {name}"] = int(row["total"]) if row["total"] is not None else 0
        elif heading == of:
            found[name] = int(row["total"]) if row["total"] is not None else 0
    return found


def left_out(store: Planted, by: str = "place") -> dict[str, tuple[str, str | None]]:
    """What stands below the sums: for each claim the reason, and the claim that is counted instead."""
    return {
        _name(row["left_out_iri"]): (row["why"], _name(row["instead_iri"]) if row["instead_iri"] else None)
        for row in store.ask({"investor": "top-investors"}.get(by, f"investment-by-{by}"))
        if row["left_out"] is not None
    }


def _name(claim: str) -> str:
    return claim.partition("/claim/")[2]


def taken(store: Planted) -> list[str]:
    """The claims whose values are taken, one for each deal."""
    return sorted(_name(row["claim"]) for row in store.ask("deals"))


# ---- a deal counts once ------------------------------------------------------------------------------


def test_two_reports_of_one_project_are_one_deal(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(5000000)))
    assert sums(store) == {"investments in USD": 5000000}
    assert left_out(store) == {"two/terminal": (OTHER_DEAL, "one/terminal")}
    (row,) = store.ask("deals")
    assert (row["reports"], row["independent"], row["amount"]) == (["Report one", "Report two"], 2, Decimal(5000000))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (invested(5000000), invested(7000000, **QUAY)),
        (invested(5000000), invested(7000000, investor="company/sample-works")),
        (invested(5000000), invested(7000000, place="place/daxing-district")),
        (
            signed(amount=5000000, place="place/beijing"),
            signed(amount=7000000, place="place/beijing", event="event/harbour-fair-8"),
        ),
        (
            signed(amount=5000000, place="place/beijing"),
            signed(amount=7000000, place="place/beijing", kind="contract"),
        ),
    ],
)
def test_two_deals_are_two(one: Claim, other: Claim, planted: Plant) -> None:
    store = planted(report("one", one), report("two", other))
    assert list(sums(store).values()) == [12000000]
    assert left_out(store) == {}
    assert len(store.ask("deals")) == 2


def test_contracts_between_other_parties_at_one_event_are_two(planted: Plant) -> None:
    parties = [["company/example-corp", other] for other in ("company/sample-works", "company/example-holdings")]
    contracts = [signed(amount=5000000, party=each, kind="contract", key=each[1][8:]) for each in parties]
    assert len(planted(report("one", *contracts)).ask("deals")) == 2


def test_a_judgement_makes_two_claims_one_deal_until_it_is_taken_back(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(7000000, **QUAY)))
    before = store.ask("investment-by-place")
    assert sums(store) == {"investments in USD": 12000000}
    store.judge(True, *BOTH)
    assert sums(store) == {"investments in USD": 5000000}
    assert left_out(store) == {"two/terminal": (OTHER_DEAL, "one/terminal")}
    store.take_back(True, *BOTH)
    assert store.ask("investment-by-place") == before


def test_a_judgement_makes_one_deal_two_until_it_is_taken_back(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(5000000)))
    before = store.ask("investment-by-place")
    store.judge(False, *BOTH)
    assert sums(store) == {"investments in USD": 10000000}
    assert left_out(store) == {}
    store.take_back(False, *BOTH)
    assert store.ask("investment-by-place") == before


def test_what_is_kept_apart_is_not_joined_through_a_third_report(planted: Plant) -> None:
    store = planted(*(report(name, invested(5000000)) for name in ("one", "two", "three")))
    store.judge(False, *BOTH)
    assert len(store.ask("deals")) == 2


JOINED: dict[str, tuple[Claim, Claim]] = {
    "an investment and an agreement": (
        invested(5000000, key="deal"),
        signed(amount=5000000, event="event/spring-talks", key="deal"),
    ),
    "amounts in two currencies": (
        without(signed(amount=5000000, key="deal"), "event", "stage"),
        without(signed(amount=YUAN, key="deal"), "event", "stage"),
    ),
    "an amount, and no number at all": (
        without(signed(amount=5000000, key="deal"), "event", "stage"),
        without(signed(key="deal"), "event", "stage"),
    ),
    "one that is announced, and one that is operating": (
        invested(5000000, key="deal"),
        invested(key="deal", stage="operating", **QUAY),
    ),
}


@pytest.mark.parametrize("name", JOINED)
def test_what_a_judgement_joins_is_one_deal_whatever_its_claims_say(name: str, planted: Plant) -> None:
    store = planted(
        *(report(report_name, each) for report_name, each in zip(("one", "two"), JOINED[name], strict=True))
    )
    assert taken(store) == ["one/deal", "two/deal"]
    store.judge(True, "claim/one/deal", "claim/two/deal")
    assert taken(store) == ["one/deal"]


def test_a_deal_that_both_reports_name_is_one(planted: Plant) -> None:
    named = {"deal": "deal/harbour-terminal"}
    store = planted(report("one", invested(5000000, **named)), report("two", invested(5000000, **QUAY, **named)))
    assert sums(store) == {"investments in USD": 5000000}


def test_a_deal_that_both_name_is_one_in_two_currencies(planted: Plant) -> None:
    amounts = {"one": dollars(5000000), "two": YUAN}
    claims = {name: signed(amount=each, deal="deal/harbour-terminal") for name, each in amounts.items()}
    store = planted(*(report(name, without(each, "event", "stage")) for name, each in claims.items()))
    assert len(store.ask("deals")) == 1


def test_a_copy_adds_nothing_and_stands_in_when_its_original_is_withdrawn(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(5000000), copyOf="one"))
    assert (sums(store), taken(store)) == ({"investments in USD": 5000000}, ["one/terminal"])
    (row,) = store.ask("deals")
    assert row["independent"] == 1
    store.remove("one")
    assert (sums(store), taken(store)) == ({"investments in USD": 5000000}, ["two/terminal"])


# ---- whose value is taken ----------------------------------------------------------------------------

TAKEN: dict[str, tuple[list[Report], str]] = {
    "that of most independent reports": (
        [
            report("one", invested(5000000), **LATER),
            report("two", invested(6000000)),
            report("three", invested(6000000)),
        ],
        "three/terminal",
    ),
    "copies do not outvote": (
        [
            report("one", invested(5000000)),
            report("one-b", invested(5000000), copyOf="one"),
            report("one-c", invested(5000000), copyOf="one"),
            report("two", invested(6000000)),
            report("three", invested(6000000)),
        ],
        "three/terminal",
    ),
    "a rounding supports what it rounds": (
        [
            report("one", invested(5120000)),
            report("two", invested(dollars(5100000, "about"))),
            report("three", invested(6000000), **LATER),
        ],
        "one/terminal",
    ),
    "among equals the more exact": (
        [report("one", invested(5120000)), report("two", invested(dollars(5000000, "about")), **LATER)],
        "one/terminal",
    ),
    "among exact ones that with more digits": (
        [report("one", invested(5120000)), report("two", invested(5100000), **LATER)],
        "one/terminal",
    ),
    "among equally exact ones the later": (
        [report("one", invested(5000000), **EARLIER), report("two", invested(6000000), **LATER)],
        "two/terminal",
    ),
    "later is by day, not by name": (
        [report("one", invested(6000000), **LATER), report("two", invested(5000000), **EARLIER)],
        "one/terminal",
    ),
    "an original before its copy": (
        [report("two", invested(5000000), **EARLIER), report("one", invested(5000000), copyOf="two", **LATER)],
        "two/terminal",
    ),
    "a value before a range": (
        [report("one", invested(RANGE), **LATER), report("two", invested(5500000), **EARLIER)],
        "two/terminal",
    ),
    "any value before none": (
        [report("one", invested(), **LATER), report("two", invested(dollars(5000000, "about")), **EARLIER)],
        "two/terminal",
    ),
}


@pytest.mark.parametrize("name", TAKEN)
def test_the_value_taken(name: str, planted: Plant) -> None:
    reports, expected = TAKEN[name]
    store = planted(*reports)
    assert taken(store) == [expected]
    assert {instead for _, instead in left_out(store).values()} == {expected}
    assert len(left_out(store)) == len(reports) - 1


# ---- parts, and what else is left out ----------------------------------------------------------------


def test_parts_are_not_added_to_their_whole(planted: Plant) -> None:
    whole = signed(11, amount=10000000, key="whole", place="place/beijing")
    part = signed(amount=4000000, key="part", partOf="whole", kind="contract", place="place/beijing")
    store = planted(report("one", whole, part, invested(6000000, partOf="part")))
    assert sums(store) == {"agreements in USD": 10000000}
    reason = ("part of a whole that is counted", "one/whole")
    assert left_out(store) == {"one/part": reason, "one/terminal": ("part of a whole that is counted", "one/part")}


def test_parts_are_added_where_their_whole_has_no_amount(planted: Plant) -> None:
    whole = signed(11, key="whole", place="place/beijing")
    part = signed(amount=4000000, key="part", partOf="whole", kind="contract", place="place/beijing")
    store = planted(report("one", whole, part, invested(6000000, partOf="whole")))
    assert {name: total for name, total in sums(store).items() if total} == {
        "agreements in USD": 4000000,
        "investments in USD": 6000000,
    }


def test_another_report_of_a_part_is_not_added_to_the_whole(planted: Plant) -> None:
    whole = signed(11, amount=10000000, key="whole", place="place/beijing")
    part = signed(amount=4000000, key="part", partOf="whole", kind="contract", place="place/beijing")
    alone = signed(amount=4000000, key="alone", kind="contract", place="place/beijing")
    store = planted(report("one", whole, part), report("two", alone))
    store.judge(True, "claim/one/part", "claim/two/alone")
    assert sums(store) == {"agreements in USD": 10000000}


LEFT_OUT: dict[str, tuple[Claim, str, str]] = {
    "cancelled": (invested(5000000, stage="cancelled"), "place", "cancelled"),
    "a range": (invested(RANGE), "place", "only a range is reported, no single amount"),
    "no place": (without(invested(5000000), "place"), "place", "no report names a place"),
    "two years": (invested(5000000, period="2029/2030"), "year", "it tells of no single year"),
    "an open period": (invested(5000000, period="../2030"), "year", "it tells of no single year"),
    "no period": (without(invested(5000000), "period"), "year", "it tells of no single year"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_is_told_with_the_reason(name: str, planted: Plant) -> None:
    odd, by, why = LEFT_OUT[name]
    store = planted(report("one", odd), report("two", invested(7000000, **HOTEL)))
    heading = "beijing" if by == "place" else "2030"
    assert sums(store, by, heading) == {"investments in USD": 7000000}
    assert left_out(store, by) == {"one/terminal": (why, None)}


def test_a_deal_that_a_later_report_says_is_cancelled_is_not_counted(planted: Plant) -> None:
    store = planted(report("one", invested(5000000), **EARLIER), report("two", invested(stage="cancelled"), **LATER))
    assert sums(store) == {}


def test_a_deal_without_an_amount_is_counted_as_a_deal_and_adds_nothing(planted: Plant) -> None:
    store = planted(report("one", invested()), report("two", invested(7000000, **HOTEL)))
    assert sums(store) == {"investments in USD": 7000000, "investments in None": 0}


# ---- headings ----------------------------------------------------------------------------------------


def test_a_deal_counts_for_its_place_and_every_place_around_it(planted: Plant) -> None:
    store = planted(
        report("one", invested(5000000, place="place/daxing-district")),
        report("two", invested(7000000, investor="company/sample-works", place="place/shanghai")),
    )
    assert sums(store, of=None) == {
        "beijing: investments in USD": 5000000,
        "china: investments in USD": 12000000,
        "daxing-district: investments in USD": 5000000,
        "shanghai: investments in USD": 7000000,
    }
    assert sums(store, of=None, place="Beijing") == {"beijing: investments in USD": 5000000}


def test_currencies_are_never_added(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(YUAN, **QUAY)))
    assert sums(store) == {"investments in CNY": 35000000, "investments in USD": 5000000}


def test_a_second_currency_is_not_added_to_the_first(planted: Plant) -> None:
    store = planted(report("one", invested(5000000, also=YUAN)))
    assert sums(store) == {"investments in USD": 5000000}


def test_investments_and_agreements_are_summed_apart(planted: Plant) -> None:
    store = planted(report("one", invested(5000000), signed(11, amount=7000000, place="place/beijing")))
    assert sums(store) == {"agreements in USD": 7000000, "investments in USD": 5000000}


def test_an_agreement_without_a_place_was_signed_where_its_event_was_held(planted: Plant) -> None:
    store = planted(report("one", signed(11, amount=10000000), held(place="place/beijing")))
    assert sums(store) == {"agreements in USD": 10000000}


def test_of_an_event_in_two_places_only_what_lies_around_both_is_sure(planted: Plant) -> None:
    store = planted(
        report("one", signed(11, amount=10000000), held(place=["place/beijing", "place/shanghai"])),
    )
    assert sums(store, of=None) == {"china: agreements in USD": 10000000}


def test_years(planted: Plant) -> None:
    store = planted(
        report("one", invested(5000000, period="2029-11"), invested(7000000, key="hotel", **HOTEL)),
    )
    assert sums(store, "year", None) == {"2029: investments in USD": 5000000, "2030: investments in USD": 7000000}


def test_a_joint_investment_counts_for_each_investor_and_the_largest_come_first(planted: Plant) -> None:
    store = planted(
        report("one", invested(5000000, investor=["company/example-corp", "company/sample-works"])),
        report("two", invested(7000000, investor="company/sample-works", **QUAY)),
        report("three", signed(amount=9000000, party=["company/example-corp", "company/sample-works"])),
    )
    assert list(sums(store, "investor", None).items()) == [
        ("sample-works: investments in USD", 12000000),
        ("example-corp: investments in USD", 5000000),
    ]


def test_investors_that_are_judged_one_are_summed_together(planted: Plant) -> None:
    store = planted(
        report("one", invested(5000000)),
        report("two", invested(7000000, investor="company/example-holdings", **QUAY)),
    )
    assert len(sums(store, "investor", None)) == 2
    store.judge(True, "company/example-corp", "company/example-holdings")
    assert sums(store, "investor", None) == {"example-corp: investments in USD": 12000000}


@pytest.mark.parametrize(
    ("amounts", "qualifier"),
    [
        ([dollars(5), dollars(6)], "exact"),
        ([dollars(5), dollars(6, "more_than")], "at_least"),
        ([dollars(5), dollars(6, "at_least")], "at_least"),
        ([dollars(5), dollars(6, "less_than")], "at_most"),
        ([dollars(5), dollars(6, "about")], "about"),
        ([dollars(5, "more_than"), dollars(6, "less_than")], "about"),
    ],
)
def test_a_sum_is_as_exact_as_what_it_adds(amounts: list[Claim], qualifier: str, planted: Plant) -> None:
    projects = [invested(amount, key=f"p{n}", what={"en": f"project {n}"}) for n, amount in enumerate(amounts)]
    row = next(row for row in planted(report("one", *projects)).ask("investment-by-year") if row["year"])
    assert (row["total"], row["qualifier"], row["deals"]) == (11, qualifier, 2)


def test_counts_of_agreements_are_added_beside_the_money(planted: Plant) -> None:
    store = planted(report("one", signed(11, amount=10000000), signed(4, key="fair-8", event="event/harbour-fair-8")))
    rows = [row for row in store.ask("investment-by-year") if row["year"]]
    assert sorted((row["currency"] or "", row["count"]) for row in rows) == [("", 4), ("USD", 11)]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"since": "2031"}, {}),
        ({"until": "2029"}, {}),
        ({"since": "2030", "until": "2030"}, {"investments in USD": 5000000}),
        ({"stage": "announced"}, {"investments in USD": 5000000}),
        ({"stage": "operating"}, {}),
        ({"report": "one"}, {"investments in USD": 5000000}),
    ],
    ids=str,
)
def test_parameters_choose_among_the_deals(
    parameters: dict[str, object], expected: dict[str, int], planted: Plant
) -> None:
    assert sums(planted(report("one", invested(5000000))), **parameters) == expected


# ---- statements --------------------------------------------------------------------------------------


def counts(store: Planted, by: str) -> dict[str, tuple[int, int]]:
    return {slug(row, by): (row["statements"], row["reports"]) for row in store.ask(f"{by}s") if row[by]}


def test_a_statement_that_a_copy_repeats_counts_once(planted: Plant) -> None:
    store = planted(
        report("one", said("trade grows"), said("trade will grow", key="again")),
        report("two", said("trade grows"), copyOf="one"),
        report("three", said("ports grow", speaker="person/sam-sample", topic=["trade", "talent"])),
    )
    assert counts(store, "topic") == {"trade": (3, 2), "talent": (1, 1)}
    assert counts(store, "speaker") == {"jo-example": (2, 1), "sam-sample": (1, 1)}
    (row,) = [row for row in store.ask("topics") if row["left_out"]]
    assert (local_name(row["left_out_iri"]), row["why"]) == ("said", "stands in a copy of a report that is counted")


def test_statements_that_are_judged_one_count_once_until_it_is_taken_back(planted: Plant) -> None:
    store = planted(report("one", said("trade grows")), report("two", said("trade is growing")))
    assert counts(store, "speaker") == {"jo-example": (2, 2)}
    store.judge(True, "claim/one/said", "claim/two/said")
    assert counts(store, "speaker") == {"jo-example": (1, 1)}
    store.take_back(True, "claim/one/said", "claim/two/said")
    assert counts(store, "speaker") == {"jo-example": (2, 2)}


def test_what_is_said_at_the_fair_counts_for_the_fair(planted: Plant) -> None:
    store = planted(
        report("one", said("trade grows", event=FAIR, period=DAY), said("later", key="later", period="2031"))
    )
    assert [row["statements"] for row in store.ask("topics", event="7th Harbour Fair")] == [1]
    assert [row["statements"] for row in store.ask("topics", since="2031")] == [1]
