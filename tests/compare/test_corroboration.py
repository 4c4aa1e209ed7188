"""How many independent reports carry a claim: copies, mirrors, one agency's reports and relays count once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from compare.planted import (
    SERIES,
    Claim,
    Planted,
    Report,
    dollars,
    figure,
    held,
    holds,
    invested,
    report,
    said,
    signed,
    slug,
    without,
)

Plant = Callable[..., Planted]
GAZETTE = {"publisher": "organization/example-gazette"}
TIMES = {"publisher": "organization/example-times"}
WIRE = {"agency": "organization/example-wire"}
RELAYS_GAZETTE = {"relays": "organization/example-gazette"}
LATER = {"date": "2031-05-02"}
RUPIAH = {"value": 156000000000000, "currency": "IDR"}
OF_TWO = {"party": ["company/example-corp", "company/sample-works"]}
TOTAL = {"measure": "companies-founded-total", "unit": "companies", "about": "place/beijing"}


def carried(store: Planted, **parameters: object) -> dict[str, tuple[int, list[str]]]:
    """For each claim, by report and key, how many independent sources carry it and the names of all reports that do."""
    return {
        row["claim"].partition("/claim/")[2]: (
            row["independent"],
            sorted(iri.rpartition("/")[2] for iri in row["reports_iri"]),
        )
        for row in store.ask("corroboration", **parameters)
    }


# ---- who counts as independent -----------------------------------------------------------------------

SOURCES: dict[str, tuple[list[Report], int]] = {
    "one report": ([report("one", signed(11))], 1),
    "two reports of unknown publishers": ([report("one", signed(11)), report("two", signed(11))], 2),
    "two publishers": ([report("one", signed(11), **GAZETTE), report("two", signed(11), **TIMES)], 2),
    "one publisher twice": ([report("one", signed(11), **GAZETTE), report("two", signed(11), **GAZETTE)], 1),
    "a copy": ([report("one", signed(11)), report("two", signed(11), copyOf="one")], 1),
    "a copy by another publisher": (
        [report("one", signed(11), **GAZETTE), report("two", signed(11), copyOf="one", **TIMES)],
        1,
    ),
    "a copy of a copy": (
        [report("one", signed(11)), report("two", signed(11), copyOf="one"), report("three", signed(11), copyOf="two")],
        1,
    ),
    "two mirrors, and one report of its own": (
        [
            report("one", signed(11)),
            report("two", signed(11), copyOf="one", hosting="rehost"),
            report("three", signed(11), copyOf="one", hosting="rehost"),
            report("four", signed(11)),
        ],
        2,
    ),
    "two mirrors of a report that is not here": (
        [report("one", signed(11), copyOf="missing"), report("two", signed(11), copyOf="missing")],
        1,
    ),
    "two papers that print one agency": (
        [report("one", signed(11), **GAZETTE, **WIRE), report("two", signed(11), **TIMES, **WIRE)],
        1,
    ),
    "an agency, and a paper that prints it": (
        [report("one", signed(11), publisher="organization/example-wire"), report("two", signed(11), **TIMES, **WIRE)],
        1,
    ),
    "one paper, once with and once without an agency": (
        [report("one", signed(11), **TIMES, **WIRE), report("two", signed(11), **TIMES)],
        2,
    ),
    "a paper that relays another": (
        [report("one", signed(11), **GAZETTE), report("two", signed(11), **TIMES, **RELAYS_GAZETTE)],
        1,
    ),
    "two papers that relay one that is not here": (
        [report("one", signed(11), **TIMES, **RELAYS_GAZETTE), report("two", signed(11), **RELAYS_GAZETTE)],
        1,
    ),
    "copies that copy one another": (
        [report("one", signed(11), copyOf="two"), report("two", signed(11), copyOf="one"), report("three", signed(11))],
        2,
    ),
}


@pytest.mark.parametrize("name", SOURCES)
def test_sources_that_go_back_to_one_count_once(name: str, planted: Plant) -> None:
    reports, independent = SOURCES[name]
    names = sorted(each.name for each in reports)
    store = planted(*reports)
    assert carried(store) == {f"{each}/signed": (independent, names) for each in names}
    assert len(store.ask("single-source")) == (len(names) if independent == 1 else 0)


def test_a_relay_does_not_tie_two_outlets_that_report_by_themselves(planted: Plant) -> None:
    store = planted(
        report("one", signed(11), **GAZETTE),
        report("two", signed(11), **TIMES, **RELAYS_GAZETTE),
        report("three", signed(11), **TIMES),
    )
    assert carried(store)["one/signed"][0] == 2


# ---- what carries what -------------------------------------------------------------------------------

CARRIES: dict[str, tuple[Claim, Claim]] = {
    "the same number": (signed(11), signed(11)),
    "a rounding": (signed(amount=8810000000), signed(amount=8800000000)),
    "a bound": (signed(amount=8810000000), signed(amount=dollars(8000000000, "more_than"))),
    "about": (figure(500), figure(500, qualifier="about")),
    "a day and its month": (held("2030-05-02"), held("2030-05")),
    "one post, told at greater length": (holds("Chief Executive"), holds("chief executive of Hong Kong")),
    "one project": (invested(5000000), invested(5000000)),
}
CARRIES_NOT: dict[str, tuple[Claim, Claim]] = {
    "another number": (signed(11), signed(12)),
    "one number right and one wrong": (signed(11, amount=8810000000), signed(11, amount=8840000000)),
    "another event": (signed(11), signed(11, event="event/harbour-fair-8")),
    "another kind": (signed(11), signed(11, kind="contract")),
    "another scope": (figure(500, scope={"en": "from abroad"}), figure(500, scope={"en": "of age"})),
    "a scope and none": (figure(500, scope={"en": "from abroad"}), figure(500)),
    "another day": (held("2030-05-02"), held("2030-06-02")),
    "another post": (holds("Chief Executive"), holds("Mayor")),
    "an agreement of the same parties in another year": (
        without(signed(5, **OF_TWO), "event", "stage"),
        without(signed(6, **OF_TWO, period="2029"), "event", "stage"),
    ),
    "another project": (invested(5000000), invested(5000000, what={"en": "a quay"})),
    "other words, unless a judgement says that they are one": (said("trade grows"), said("trade grows")),
}


@pytest.mark.parametrize("name", CARRIES)
def test_it_is_carried_by_another_report(name: str, planted: Plant) -> None:
    one, other = CARRIES[name]
    store = planted(report("one", one), report("two", other))
    assert list(carried(store).values()) == [(2, ["one", "two"])] * 2
    assert store.ask("single-source") == []


@pytest.mark.parametrize("name", CARRIES_NOT)
def test_it_is_not_carried_by_another_report(name: str, planted: Plant) -> None:
    one, other = CARRIES_NOT[name]
    store = planted(report("one", one), report("two", other))
    assert {independent for independent, _ in carried(store).values()} == {1}
    assert len(store.ask("single-source")) == 2


def test_a_total_of_another_day_carries_nothing(planted: Plant) -> None:
    store = planted(
        report("one", figure(17000, **TOTAL, period="../2028-12-31")),
        report("two", figure(17000, **TOTAL, period="../2029-12-31")),
    )
    assert {independent for independent, _ in carried(store).values()} == {1}


def test_what_a_report_says_twice_is_one_report(planted: Plant) -> None:
    store = planted(report("one", signed(11, key="a"), signed(11, key="b")))
    assert carried(store) == {"one/a": (1, ["one"]), "one/b": (1, ["one"])}


def test_mentions_and_conversions_are_nothing_that_is_carried(planted: Plant) -> None:
    mentions = {"person/jo-example": {"name": "Jo", "receipt": "1"}}
    store = planted(report("one", signed(amount=10000000000, also=RUPIAH), mentions=mentions))
    assert list(carried(store)) == ["one/signed"]


def test_a_second_currency_carries_the_amount_that_it_converts(planted: Plant) -> None:
    store = planted(
        report("one", signed(amount=10000000000, also=RUPIAH)),
        report("two", without(signed(amount=RUPIAH), "count")),
    )
    assert carried(store) == {"one/signed": (2, ["one", "two"]), "two/signed": (2, ["one", "two"])}


# ---- judgements --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("trade grows"), said("trade is growing")),
        (invested(5000000), invested(5000000, what={"en": "a quay"})),
        (signed(11), signed(11, event="event/spring-talks")),
    ],
)
def test_a_judgement_that_claims_are_one_makes_each_carry_the_other(one: Claim, other: Claim, planted: Plant) -> None:
    store = planted(report("one", one), report("two", other))
    members = [f"claim/{name}/{each['key']}" for name, each in (("one", one), ("two", other))]
    assert {independent for independent, _ in carried(store).values()} == {1}
    store.judge(True, *members)
    assert {independent for independent, _ in carried(store).values()} == {2}
    store.take_back(True, *members)
    assert {independent for independent, _ in carried(store).values()} == {1}


def test_a_judgement_that_claims_are_apart_ends_it(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(11)))
    store.judge(False, "claim/one/signed", "claim/two/signed")
    assert carried(store) == {"one/signed": (1, ["one"]), "two/signed": (1, ["two"])}


def test_publishers_that_are_judged_one_count_once(planted: Plant) -> None:
    store = planted(report("one", signed(11), **GAZETTE), report("two", signed(11), **TIMES))
    store.judge(True, "organization/example-gazette", "organization/example-times")
    assert carried(store)["one/signed"] == (1, ["one", "two"])


# ---- rows --------------------------------------------------------------------------------------------


def test_reports_that_say_what_cannot_hold_beside_it_are_named(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(12)), report("three", signed(11)))
    rows = {slug(row, "report"): row for row in store.ask("corroboration")}
    assert {name: row["contradicted_by"] for name, row in rows.items()} == {
        "one": ["Report two"],
        "two": ["Report one", "Report three"],
        "three": ["Report two"],
    }
    assert {name: row["independent"] for name, row in rows.items()} == {"one": 2, "two": 1, "three": 2}


def test_a_rounding_contradicts_nothing(planted: Plant) -> None:
    store = planted(report("one", signed(amount=8810000000)), report("two", signed(amount=8800000000)))
    assert [row["contradicted_by"] for row in store.ask("corroboration")] == [[], []]


def test_copies_are_named_and_every_report_is_a_source(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(11), copyOf="one"), report("three", signed(11)))
    row = next(row for row in store.ask("corroboration") if slug(row, "report") == "one")
    assert (row["reports"], row["copies"]) == (["Report one", "Report three", "Report two"], ["Report two"])
    assert {source["report"] for source in row["sources"]} == {"Report one", "Report two", "Report three"}


def test_withdrawing_a_report_takes_its_support(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(11)))
    assert store.ask("single-source") == []
    store.remove("two")
    assert [row["report"] for row in store.ask("single-source")] == ["Report one"]


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, 4),
        ({"class": "agreement"}, 2),
        ({"report": "one"}, 3),
        ({"about": "7th Harbour Fair"}, 3),
        ({"about": "Harbour Fair"}, 3),
        ({"about": "Jo Example"}, 1),
        ({"claim": "claim/two/signed"}, 1),
    ],
    ids=str,
)
def test_parameters_choose_among_the_claims(parameters: dict[str, object], found: int, planted: Plant) -> None:
    store = planted(report("one", signed(11), held(series=SERIES), holds("Mayor")), report("two", signed(11)))
    assert len(store.ask("corroboration", **parameters)) == found


def test_reports_of_a_later_year_carry_it_too(planted: Plant) -> None:
    store = planted(report("one", signed(11)), report("two", signed(11), **LATER))
    assert carried(store)["one/signed"] == (2, ["one", "two"])
