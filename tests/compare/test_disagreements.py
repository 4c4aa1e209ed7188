"""Where reports cannot both be right, where they only seem to differ, and of which kind a difference is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from compare.planted import (
    DAY,
    FAIR,
    SERIES,
    Claim,
    Planted,
    Report,
    claim,
    dollars,
    figure,
    held,
    holds,
    invested,
    report,
    signed,
    slug,
    without,
)

import kg

Plant = Callable[..., Planted]
ALARMS = {"conflict", "altered-copy", "within-document"}
"""The kinds that are listed unless others are asked for."""

FLOW = {"measure": "companies-founded", "unit": "companies", "about": "place/beijing"}
INTO_BEIJING = FLOW | {"origin": "place/hong-kong", "place": "place/beijing"}
INTO_HONG_KONG = FLOW | {"origin": "place/beijing", "place": "place/hong-kong"}
TOTAL = INTO_BEIJING | {"measure": "companies-founded-total"}
SHARE = {"measure": "share-of-outside-capital", "unit": "%", "about": "place/beijing", "period": "2029"}
SIGNED_IN_ALL = {"measure": "value-signed-total", "unit": "USD", "about": SERIES, "period": "2020/2030-12-31"}
FIRST, NEXT = {"date": "2030-05-02"}, {"date": "2030-05-09"}
YUAN = {"value": 60000000000, "currency": "CNY"}
FROM_ABROAD = {"scope": {"en": "visitors from abroad"}}
OF_TWO = {"party": ["company/example-corp", "company/sample-works"]}


def rupiah(value: int, **more: object) -> Claim:
    return {"value": value, "currency": "IDR", **more}


def first_year(year: int) -> Claim:
    return {"is": "series description", "key": "series", "series": SERIES, "firstYear": year, "receipt": "1"}


def calling(name: str) -> dict[str, object]:
    """What stands at the top of a report that calls Jo Example `name`."""
    return {"mentions": {"person/jo-example": {"name": name, "receipt": "1"}}}


# ---- what differs, and how ---------------------------------------------------------------------------

DIFFERS: dict[str, tuple[list[Report], tuple[str, str, str, str]]] = {
    # Conflicts: one of the two is wrong.
    "11 and 12 projects signed at one event": (
        [report("one", signed(11)), report("two", signed(12))],
        ("conflict", "count", "11", "12"),
    ),
    "10 and 11 are exact counts, not roundings": (
        [report("one", figure(10)), report("two", figure(11))],
        ("conflict", "participants", "10", "11"),
    ),
    "8.81 and 8.84 billion": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=8840000000))],
        ("conflict", "amount", "8810000000", "8840000000"),
    ),
    "96 and 69 speakers": (
        [
            report("one", figure(96, measure="speakers", event=FAIR)),
            report("two", figure(69, measure="speakers", event=FAIR)),
        ],
        ("conflict", "speakers", "96", "69"),
    ),
    "two days": (
        [report("one", held("2030-05-02")), report("two", held("2030-06-02"))],
        ("conflict", "start", "2030-05-02", "2030-06-02"),
    ),
    "a day that is none of the two": (
        [report("one", held("2030-05-02/2030-05-03")), report("two", held("2030-05-04"))],
        ("conflict", "start", "2030-05-02/2030-05-03", "2030-05-04"),
    ),
    "a day that is not in the month": (
        [report("one", held("2030-05-02")), report("two", held("2030-06"))],
        ("conflict", "start", "2030-05-02", "2030-06-01/2030-06-30"),
    ),
    "the 7th and the 8th": (
        [report("one", held(edition=7)), report("two", held(edition=8))],
        ("conflict", "edition", "7", "8"),
    ),
    "held since 1997 and since 1998": (
        [report("one", first_year(1997)), report("two", first_year(1998))],
        ("conflict", "firstYear", "1997", "1998"),
    ),
    "online and on site": (
        [report("one", held(attendance="online")), report("two", held(attendance="on-site"))],
        ("conflict", "attendance", "online", "on site"),
    ),
    "more than 9 billion, and 8.81": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=dollars(9000000000, "more_than")))],
        ("conflict", "amount", "8810000000", "9000000000"),
    ),
    "less than 8 billion, and 8.81": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=dollars(8000000000, "less_than")))],
        ("conflict", "amount", "8810000000", "8000000000"),
    ),
    "a range that leaves the number out": (
        [
            report("one", signed(amount=8810000000)),
            report("two", signed(amount={"minimum": 7000000000, "maximum": 8000000000, "currency": "USD"})),
        ],
        ("conflict", "amount", "8810000000", "7000000000–8000000000"),
    ),
    "more than 12 projects, and 11": (
        [report("one", signed(11)), report("two", signed(12, countQualifier="more_than"))],
        ("conflict", "count", "11", "12"),
    ),
    "one year, one direction, two numbers": (
        [
            report("one", figure(200, **INTO_BEIJING, period="2029")),
            report("two", figure(300, **INTO_BEIJING, period="2029")),
        ],
        ("conflict", "companies-founded", "200", "300"),
    ),
    "more in half a year than in all of it": (
        [
            report("one", figure(200, **INTO_BEIJING, period="2029")),
            report("two", figure(300, **INTO_BEIJING, period="2029-01/2029-06")),
        ],
        ("conflict", "companies-founded", "200", "300"),
    ),
    "two totals up to one day": (
        [
            report("one", figure(20000, **TOTAL, period="../2029-12-31")),
            report("two", figure(17000, **TOTAL, period="../2029-12-31")),
        ],
        ("conflict", "companies-founded-total", "20000", "17000"),
    ),
    "two shares": (
        [report("one", figure(45, **SHARE)), report("two", figure(54, **SHARE))],
        ("conflict", "share-of-outside-capital", "45", "54"),
    ),
    "one project of one investor in one place": (
        [report("one", invested(5000000)), report("two", invested(9000000))],
        ("conflict", "amount", "5000000", "9000000"),
    ),
    "one agreement between the same two parties": (
        [
            report("one", without(signed(amount=5000000, **OF_TWO), "event")),
            report("two", without(signed(amount=9000000, **OF_TWO), "event")),
        ],
        ("conflict", "amount", "5000000", "9000000"),
    ),
    "going ahead and cancelled, on one day": (
        [report("one", invested()), report("two", invested(stage="cancelled"))],
        ("conflict", "stage", "announced", "cancelled"),
    ),
    "one edition worth more than all of them": (
        [
            report("one", signed(amount=90000000000), held(series=SERIES)),
            report("two", figure(30000000000, **SIGNED_IN_ALL)),
        ],
        ("conflict", "amount", "90000000000", "30000000000"),
    ),
    # Roundings and bounds: both hold.
    "8.8 is 8.81 rounded": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=8800000000))],
        ("rounding", "amount", "8810000000", "8800000000"),
    ),
    "about 9 is 8.81 rounded": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=dollars(9000000000, "about")))],
        ("rounding", "amount", "8810000000", "9000000000"),
    ),
    "8.81 is more than 8": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=dollars(8000000000, "more_than")))],
        ("rounding", "amount", "8810000000", "8000000000"),
    ),
    "8.81 lies between 8 and 9": (
        [
            report("one", signed(amount=8810000000)),
            report("two", signed(amount={"minimum": 8000000000, "maximum": 9000000000, "currency": "USD"})),
        ],
        ("rounding", "amount", "8810000000", "8000000000–9000000000"),
    ),
    "17,800 is 17,782 rounded": (
        [report("one", figure(17782)), report("two", figure(17800))],
        ("rounding", "participants", "17782", "17800"),
    ),
    "21 is about 20": (
        [report("one", figure(20, qualifier="about")), report("two", figure(21))],
        ("rounding", "participants", "20", "21"),
    ),
    "11 is more than 10 projects": (
        [report("one", signed(11)), report("two", signed(10, countQualifier="more_than"))],
        ("rounding", "count", "11", "10"),
    ),
    # Another scope: two things are counted.
    "visitors from abroad, and all visitors": (
        [report("one", figure(500, **FROM_ABROAD)), report("two", figure(900, scope={"en": "all visitors"}))],
        ("scope", "participants", "500", "900"),
    ),
    "visitors from abroad, and no word of whom": (
        [report("one", figure(500, **FROM_ABROAD)), report("two", figure(900))],
        ("scope", "participants", "500", "900"),
    ),
    "one sum for two scopes": (
        [
            report("one", signed(amount=11000000, scope={"en": "signed on site"})),
            report("two", signed(amount=11000000, scope={"en": "signed in two weeks"})),
        ],
        ("scope", "amount", "11000000", "11000000"),
    ),
    "one sum for deals of two kinds": (
        [report("one", signed(amount=5000000)), report("two", signed(amount=5000000, kind="contract"))],
        ("scope", "amount", "5000000", "5000000"),
    ),
    "totals since 1998, and of all years": (
        [
            report("one", figure(17000, **TOTAL, period="1998/2029-12-31")),
            report("two", figure(20000, **TOTAL, period="../2029-12-31")),
        ],
        ("scope", "companies-founded-total", "17000", "20000"),
    ),
    "a total that fell": (
        [
            report("one", figure(20000, **TOTAL, period="../2029-12-31")),
            report("two", figure(17000, **TOTAL, period="../2030-04-30")),
        ],
        ("scope", "companies-founded-total", "20000", "17000"),
    ),
    # Updates: the second tells of a later day.
    "more by a later day": (
        [report("one", signed(10), **FIRST), report("two", signed(12, period=f"{DAY}/2030-05-08"), **NEXT)],
        ("update", "count", "10", "12"),
    ),
    "cancelled since": (
        [report("one", invested(), **FIRST), report("two", invested(stage="cancelled"), **NEXT)],
        ("update", "stage", "announced", "cancelled"),
    ),
    "operating by now": (
        [report("one", invested(), **FIRST), report("two", invested(stage="operating"), date="2032-05-02")],
        ("update", "stage", "announced", "operating"),
    ),
    # Currencies: a second amount, or one worked out with a rate that is printed.
    "an amount printed beside one in yuan": (
        [report("one", signed(amount=8810000000)), report("two", signed(amount=YUAN, also=dollars(8400000000)))],
        ("currency", "amount", "8810000000", "8400000000"),
    ),
    "an amount that a printed rate gives": (
        [
            report("one", signed(amount=8810000000)),
            report("two", signed(amount=YUAN, rate={"value": "0.14", "currency": "USD"})),
        ],
        ("currency", "amount", "8810000000", "8400000000"),
    ),
    "one amount at two rates": (
        [
            report("one", signed(amount=10000000000, also=rupiah(156000000000000))),
            report("two", signed(amount=10000000000, also=rupiah(164000000000000))),
        ],
        ("currency", "amount", "156000000000000", "164000000000000"),
    ),
    "an edition worth nearly a third of ten years": (
        [
            report("one", signed(amount=9000000000), held(series=SERIES)),
            report("two", figure(30000000000, **SIGNED_IN_ALL)),
        ],
        ("currency", "amount", "9000000000", "30000000000"),
    ),
    # Altered copies.
    "a copy that turns digits round": (
        [report("one", signed(29)), report("two", signed(92), copyOf="one")],
        ("altered-copy", "count", "29", "92"),
    ),
    "a copy with another day": (
        [report("one", held("2030-05-02")), report("two", held("2030-05-12"), copyOf="one")],
        ("altered-copy", "start", "2030-05-02", "2030-05-12"),
    ),
    "a copy that turns the direction round": (
        [
            report("one", figure(300, **INTO_BEIJING, period="2029")),
            report("two", figure(300, **INTO_HONG_KONG, period="2029"), copyOf="one"),
        ],
        ("altered-copy", "companies-founded", "300", "300"),
    ),
    "a copy that makes a cost of what was signed": (
        [
            report("one", signed(amount=10000000000)),
            report("two", figure(10000000000, measure="cost-of-visit", unit="USD", event=FAIR), copyOf="one"),
        ],
        ("altered-copy", "amount", "10000000000", "10000000000"),
    ),
    "a copy that misspells a name": (
        [report("one", **calling("Jo Example")), report("two", **calling("Jo Exampel"), copyOf="one")],
        ("altered-copy", "name", "Jo Example", "Jo Exampel"),
    ),
    "a copy that gives another post": (
        [report("one", holds("Chief Executive")), report("two", holds("Mayor"), copyOf="one")],
        ("altered-copy", "role", "Chief Executive", "Mayor"),
    ),
    "two copies of a report that is not here": (
        [report("one", signed(29), copyOf="missing"), report("two", signed(92), copyOf="missing")],
        ("altered-copy", "count", "29", "92"),
    ),
    # Within one document.
    "the headline says 12, the text 11": (
        [report("one", signed(12, key="a-headline"), signed(11, key="body"))],
        ("within-document", "count", "12", "11"),
    ),
    "parts that come to more than their whole": (
        [
            report(
                "one",
                signed(10, key="whole"),
                signed(6, key="a", partOf="whole", kind="contract"),
                signed(5, key="b", partOf="whole", kind="memorandum"),
            )
        ],
        ("within-document", "count", "10", "11"),
    ),
    "parts that are said to be all, and come to less": (
        [
            report(
                "one",
                signed(12, key="whole", complete="true"),
                signed(6, key="a", partOf="whole", kind="contract"),
                signed(5, key="b", partOf="whole", kind="memorandum"),
            )
        ],
        ("within-document", "count", "12", "11"),
    ),
    "parts of a sum of money": (
        [
            report(
                "one",
                signed(amount=10000000, key="whole"),
                signed(amount=6000000, key="a", partOf="whole"),
                invested(5000000, partOf="whole"),
            )
        ],
        ("within-document", "amount", "10000000", "11000000"),
    ),
    "parts of a figure": (
        [
            report(
                "one", figure(10, key="whole"), figure(6, key="a", partOf="whole"), figure(5, key="b", partOf="whole")
            )
        ],
        ("within-document", "participants", "10", "11"),
    ),
    "a rate that does not give the amount": (
        [
            report(
                "one",
                signed(amount=10000000000, also=rupiah(156000000000000), rate={"value": 15000, "currency": "IDR"}),
            )
        ],
        ("within-document", "amount", "156000000000000", "150000000000000"),
    ),
    # Wording.
    "online, and both online and on site": (
        [report("one", held(attendance="online")), report("two", held(attendance="both"))],
        ("wording", "attendance", "online", "both"),
    ),
}


@pytest.mark.parametrize("name", DIFFERS)
def test_it_is_told_with_its_kind(name: str, planted: Plant) -> None:
    reports, expected = DIFFERS[name]
    store = planted(*reports)
    pairs, alarms = store.pairs(), store.alarms()
    assert pairs == [expected]
    assert alarms == (pairs if expected[0] in ALARMS else [])


# ---- what does not differ ----------------------------------------------------------------------------

AGREES: dict[str, list[Report]] = {
    "nothing said": [],
    "one report alone": [report("one", signed(11, amount=8810000000), held(edition=7), figure(500))],
    "the same values": [
        report(name, signed(11, amount=8810000000), held(edition=7), figure(500), holds("Mayor"))
        for name in ("one", "two")
    ],
    "one value, written otherwise": [report("one", figure("500")), report("two", figure("500.0"))],
    "exact and about": [report("one", figure(500)), report("two", figure(500, qualifier="about"))],
    "two events": [report("one", signed(11)), report("two", signed(12, event="event/harbour-fair-8"))],
    "agreements of two kinds": [report("one", signed(11)), report("two", signed(12, kind="contract"))],
    "two measures": [
        report("one", figure(11, measure="speakers", event=FAIR)),
        report("two", figure(12, measure="delegations", event=FAIR)),
    ],
    "two periods": [
        report("one", figure(200, **INTO_BEIJING, period="2029")),
        report("two", figure(300, **INTO_BEIJING, period="2028")),
    ],
    "one value in two periods": [
        report("one", figure(200, **INTO_BEIJING, period="2029")),
        report("two", figure(200, **INTO_BEIJING, period="2028")),
    ],
    "less in half a year than in all of it": [
        report("one", figure(200, **INTO_BEIJING, period="2029")),
        report("two", figure(90, **INTO_BEIJING, period="2029-01/2029-06")),
    ],
    "a period that only one of them gives": [
        report("one", figure(200, **INTO_BEIJING)),
        report("two", figure(300, **INTO_BEIJING, period="2029")),
    ],
    "a total that grew": [
        report("one", figure(17000, **TOTAL, period="../2028-12-31")),
        report("two", figure(20000, **TOTAL, period="../2029-12-31")),
    ],
    "a total and what one year brought": [
        report("one", figure(17000, **TOTAL, period="../2029-12-31")),
        report("two", figure(300, **INTO_BEIJING, period="2029")),
    ],
    "from Hong Kong to Beijing, and from Beijing to Hong Kong": [
        report("one", figure(200, **INTO_BEIJING, period="2029")),
        report("two", figure(300, **INTO_HONG_KONG, period="2029")),
    ],
    "from Hong Kong, and from anywhere": [
        report("one", figure(200, **INTO_BEIJING, period="2029")),
        report("two", figure(300, **FLOW, place="place/beijing", period="2029")),
    ],
    "two currencies without a rate": [report("one", signed(amount=8810000000)), report("two", signed(amount=YUAN))],
    "a rate that gives the amount": [
        report(
            "one", signed(amount=10000000000, also=rupiah(156000000000000), rate={"value": 15600, "currency": "IDR"})
        )
    ],
    "a rate that gives the amount but for what was cut off": [
        report(
            "one", signed(amount=10000000000, also=rupiah(156000000000000), rate={"value": 15671, "currency": "IDR"})
        )
    ],
    "a part and its whole in one report": [
        report("one", figure(500, key="whole"), figure(300, key="part", partOf="whole", origin="place/hong-kong"))
    ],
    "two parts of one whole": [
        report(
            "one", figure(500, key="whole"), figure(300, key="a", partOf="whole"), figure(200, key="b", partOf="whole")
        )
    ],
    "parts that are not said to be all": [
        report("one", signed(12, key="whole"), signed(5, key="a", partOf="whole", kind="contract"))
    ],
    "a part of one report, and the whole of another": [
        report("one", signed(11)),
        report("two", signed(11, key="whole", kind="agreement"), signed(10, key="part", partOf="whole")),
    ],
    "a part in another currency": [
        report(
            "one", signed(amount=10000000, key="whole"), signed(amount=YUAN, key="a", partOf="whole", kind="contract")
        )
    ],
    "a day, its month and its year": [
        report("one", held("2030-05-02")),
        report("two", held("2030-05")),
        report("three", held("2030")),
    ],
    "two days, and the first of them": [
        report("one", held("2030-05-02/2030-05-03")),
        report("two", held("2030-05-02")),
    ],
    "the headline rounds what the text says": [
        report(
            "one",
            signed(amount=dollars(8800000000, "more_than"), key="headline"),
            signed(amount=8840000000, key="body"),
        )
    ],
    "two projects of one investor in one place": [
        report("one", invested(5000000)),
        report("two", invested(9000000, what={"en": "a hotel"})),
    ],
    "one project in two places": [
        report("one", invested(5000000)),
        report("two", invested(9000000, place="place/shanghai")),
    ],
    "agreements of the same parties in two years": [
        report("one", without(signed(amount=5000000, **OF_TWO), "event")),
        report("two", without(signed(amount=9000000, **OF_TWO, period="2029"), "event")),
    ],
    "one post in other words": [report("one", holds("Chief Executive")), report("two", holds("Mayor"))],
    "a name that another report spells otherwise": [
        report("one", **calling("Jo Example")),
        report("two", **calling("Jo Exampel")),
    ],
    "a faithful copy": [
        report("one", signed(11, amount=8810000000), held(edition=7)),
        report("two", signed(11, amount=8810000000), held(edition=7), copyOf="one"),
    ],
    "a copy that leaves something out": [
        report("one", signed(11), held(edition=7)),
        report("two", signed(11), copyOf="one"),
    ],
    "a report that copies itself": [report("one", signed(11), copyOf="one")],
}


@pytest.mark.parametrize("name", AGREES)
def test_it_is_not_told_at_all(name: str, planted: Plant) -> None:
    assert planted(*AGREES[name]).pairs() == []


FAR_FROM_ALARMS: dict[str, list[Report]] = {
    "two days of one event, each with its own number": [
        report("one", figure(300, period="2030-05-03")),
        report("two", figure(500, period="2030-05-02")),
    ],
    "those from Hong Kong, and all who came": [
        report("one", figure(300, origin="place/hong-kong")),
        report("two", figure(500)),
    ],
    "contracts of one event between other parties": [
        report("one", signed(amount=5000000, **OF_TWO)),
        report("two", signed(amount=9000000, party=["company/example-holdings", "company/sample-works"])),
    ],
    "contracts of one report between other parties": [
        report(
            "one",
            signed(amount=5000000, **OF_TWO),
            signed(amount=9000000, party=["company/example-holdings", "company/sample-works"], key="other"),
        )
    ],
    "11 is about 10": [report("one", figure(10, qualifier="about")), report("two", figure(11))],
}


@pytest.mark.parametrize("name", FAR_FROM_ALARMS)
def test_it_raises_no_alarm(name: str, planted: Plant) -> None:
    assert planted(*FAR_FROM_ALARMS[name]).alarms() == []


# ---- several reports ---------------------------------------------------------------------------------


def test_each_pair_of_reports_that_differ_is_told_once(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(12)))
    rows = store.ask("disagreements")
    told = {frozenset((slug(row, "report"), slug(row, "other_report"))) for row in rows}
    assert told == {frozenset(("one", "two")), frozenset(("one", "three"))}
    assert len(rows) == 2


def test_a_copy_does_not_repeat_the_conflict_of_its_original(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(12), copyOf="two"))
    (row,) = store.ask("disagreements", kind="all")
    assert {slug(row, "report"), slug(row, "other_report")} == {"one", "two"}


def test_what_a_copy_altered_is_no_conflict_of_its_own(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(13), copyOf="two"))
    assert sorted(store.pairs()) == [("altered-copy", "count", "12", "13"), ("conflict", "count", "11", "12")]


def test_an_altered_copy_is_held_against_its_original_alone(planted: Plant) -> None:
    store = planted(
        report("one", signed(11)), report("two", signed(11), copyOf="one"), report("three", signed(13), copyOf="one")
    )
    assert store.pairs() == [("altered-copy", "count", "11", "13")]


def test_a_copy_whose_original_is_withdrawn_speaks_for_itself(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(12), copyOf="two"))
    store.remove("two")
    (row,) = store.ask("disagreements")
    assert {slug(row, "report"), slug(row, "other_report")} == {"one", "three"}


def test_a_report_that_gives_both_values_disagrees_with_itself_alone(planted: Plant) -> None:
    store = planted(report("one", signed(11, key="a"), signed(12, key="b")), report("two", signed(12)))
    assert store.pairs() == [("within-document", "count", "11", "12")]


def test_copies_that_copy_one_another_do_no_harm(planted: Plant) -> None:
    store = planted(report("one", signed(11), copyOf="two"), report("two", signed(12), copyOf="one"))
    assert [pair[1:] for pair in store.pairs()] == [("count", "11", "12")]


@pytest.mark.parametrize("withdrawn", ["one", "two"])
def test_withdrawing_a_report_takes_its_pairs_and_adding_it_brings_them_back(withdrawn: str, planted: Plant) -> None:
    reports = {name: report(name, signed(count)) for name, count in (("one", 11), ("two", 12))}
    store = planted(*reports.values())
    before = store.ask("disagreements", kind="all")
    store.remove(withdrawn)
    assert store.pairs() == []
    store.add(reports[withdrawn])
    assert store.ask("disagreements", kind="all") == before


def test_the_order_in_which_reports_come_changes_nothing(planted: Plant, field: Planted) -> None:
    reports = [report("one", signed(11)), report("two", signed(12)), report("three", signed(13))]
    before = planted(*reports).ask("disagreements")
    field.clear()
    for each in reversed(reports):
        field.add(each)
    assert field.ask("disagreements") == before


# ---- judgements --------------------------------------------------------------------------------------


def test_a_judgement_that_two_claims_are_apart_silences_the_pair_until_it_is_taken_back(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(9000000)))
    (pair,) = store.alarms()
    store.judge(False, "claim/one/terminal", "claim/two/terminal")
    assert store.pairs() == []
    store.take_back(False, "claim/one/terminal", "claim/two/terminal")
    assert store.alarms() == [pair]


def test_it_silences_that_pair_alone(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(13)))
    store.judge(False, "claim/one/signed", "claim/two/signed")
    assert sorted({*pair[2:]} for pair in store.alarms()) == [{"11", "13"}, {"12", "13"}]


def test_a_judgement_that_two_deals_are_one_makes_them_comparable(planted: Plant) -> None:
    store = planted(report("one", invested(5000000)), report("two", invested(9000000, what={"en": "a quay"})))
    assert store.pairs() == []
    store.judge(True, "claim/one/terminal", "claim/two/terminal")
    assert store.alarms() == [("conflict", "amount", "5000000", "9000000")]
    store.take_back(True, "claim/one/terminal", "claim/two/terminal")
    assert store.pairs() == []


def test_so_does_a_judgement_that_two_events_are_one(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12, event="event/spring-talks")))
    assert store.pairs() == []
    store.judge(True, FAIR, "event/spring-talks")
    assert store.alarms() == [("conflict", "count", "11", "12")]
    assert store.alarms(about="Spring Talks") == store.alarms(about="7th Harbour Fair") == store.alarms()


def test_so_does_a_judgement_that_two_investors_are_one(planted: Plant) -> None:
    store = planted(
        report("one", invested(5000000)), report("two", invested(9000000, investor="company/example-holdings"))
    )
    assert store.pairs() == []
    store.judge(True, "company/example-corp", "company/example-holdings")
    assert store.alarms() == [("conflict", "amount", "5000000", "9000000")]


def test_deals_that_both_reports_name_are_comparable(planted: Plant) -> None:
    named = {"deal": "deal/harbour-terminal"}
    store = planted(
        report("one", invested(5000000, **named)), report("two", invested(9000000, what={"en": "a quay"}, **named))
    )
    assert store.alarms() == [("conflict", "amount", "5000000", "9000000")]


# ---- rows --------------------------------------------------------------------------------------------


def test_a_row_shows_both_values_with_their_reports_and_citations(planted: Plant) -> None:
    store = planted(report("one", signed(11), **FIRST), report("two", signed(12), **NEXT))
    (row,) = store.ask("disagreements")
    assert (row["about"], row["measure"], row["kind"]) == (["7th Harbour Fair"], "count", "conflict")
    assert (row["report"], row["other_report"]) == ("Report one", "Report two")
    assert (row["claim"], row["other_claim"]) == (claim("one", "signed"), claim("two", "signed"))
    assert [(source["report"], source["cites"]) for source in row["sources"]] == [
        ("Report one", "signed"),
        ("Report two", "signed"),
    ]


def test_all_parts_that_do_not_add_up_are_among_the_sources(planted: Plant) -> None:
    reports, _ = DIFFERS["parts that come to more than their whole"]
    (row,) = planted(*reports).ask("disagreements")
    assert {source["cites"] for source in row["sources"]} == {"whole", "a", "b"}


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"kind": "conflict"}, 1),
        ({"kind": "rounding"}, 1),
        ({"kind": ["conflict", "rounding"]}, 2),
        ({"kind": "all"}, 2),
        ({"kind": "update"}, 0),
        ({"kind": "all", "report": "two"}, 2),
        ({"kind": "all", "report": "three"}, 0),
        ({"kind": "all", "about": "7th Harbour Fair"}, 2),
        ({"kind": "all", "about": "8th Harbour Fair"}, 0),
        ({"kind": "all", "about": "Harbour Fair"}, 2),
        ({"kind": "all", "measure": "participants"}, 1),
    ],
    ids=str,
)
def test_parameters_choose_among_the_pairs(parameters: dict[str, object], found: int, planted: Plant) -> None:
    store = planted(
        report("one", signed(11), figure(17782), held(series=SERIES)),
        report("two", signed(12), figure(17800)),
        report("three"),
    )
    assert len(store.ask("disagreements", **parameters)) == found


def test_beside_all_that_ships_planted_reports_change_nothing_but_their_own_rows(tmp_path, shipped: kg.Graph) -> None:
    store = Planted(tmp_path, with_shipped=True)
    fair = "event/beijing-hong-kong-symposium-24"
    store.add(report("planted-one", signed(14, event=fair)), report("planted-two", signed(11, event=fair)))
    before = list(shipped.ask("disagreements", kind="all"))
    after = store.ask("disagreements", kind="all")
    new = [row for row in after if "planted-" in row["report_iri"] + row["other_report_iri"]]
    assert [row for row in after if row not in new] == before
    others = {slug(row, "report") for row in new} | {slug(row, "other_report") for row in new}
    assert {frozenset((row["value"], row["other_value"])) for row in new} == {frozenset((14, 11))}
    assert {"planted-one", "planted-two", "2021-12-07-hong-kong-beijing"} <= others
    assert all("planted-one" in row["report_iri"] + row["other_report_iri"] for row in new)
    store.clear()
    assert store.ask("disagreements", kind="all") == before
