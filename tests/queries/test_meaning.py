"""What parameters mean: time by overlap, places with what lies within, lists as any of them, the unknown as nothing."""

from __future__ import annotations

from datetime import date

import pytest

import kg
from kg.backends.base import bound_text
from kg.errors import BadParameter, UnknownName
from kg.terms import IRI, PREFIXES

DATED = [("claim/open-start", None, "2021-09-30"), ("claim/open-end", "2021-12-07", None),
         ("claim/day", "2021-12-06", "2021-12-06"), ("claim/year", "2021-01-01", "2021-12-31"),
         ("claim/undated", None, None)]  # fmt: skip


def claims(result):
    return {row["claim"].rpartition("/")[2] for row in result.to_dicts()}


@pytest.fixture(scope="module")
def periods(tmp_path_factory):
    """Five assertions whose periods are closed, open at either end, or absent."""
    lines = [f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("kg", "id", "rdfs", "xsd")]
    for name, start, end in DATED:
        lines.append(f'<https://w3id.org/kabar/id/{name}> a kg:Assertion ; rdfs:label "x"@en ; kg:report id:r .')
        for edge, day in (("start", start), ("end", end)):
            if day:
                lines.append(f'<https://w3id.org/kabar/id/{name}> kg:{edge} "{day}"^^xsd:date .')
    path = tmp_path_factory.mktemp("periods") / "graph.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    with kg.open(path) as graph:
        yield graph


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, "open-start open-end day year undated"),
        ({"since": "2021-10"}, "open-end day year"),
        ({"since": "2022"}, "open-end"),
        ({"until": "2021-11"}, "open-start year"),
        ({"until": "2020"}, "open-start"),
        ({"since": "2021-12-06", "until": "2021-12-06"}, "day year"),
        ({"since": "2021-09-30", "until": "2021-09-30"}, "open-start year"),
        ({"since": "2022", "until": "2022"}, "open-end"),
    ],
)
def test_since_and_until_mean_overlap(periods, given, found):
    assert claims(periods.ask("assertions", **given)) == set(found.split())


def test_a_place_finds_what_lies_within_it(first):
    assert claims(first.ask("who-invested-where", place="Beijing")) == {
        "pharmaron-laboratory",
        "smartmore-headquarters",
    }
    assert claims(first.ask("who-invested-where", place="Daxing")) == {"pharmaron-laboratory"}
    assert claims(first.ask("who-invested-where", place="中国")) == {"pharmaron-laboratory", "smartmore-headquarters"}
    assert claims(first.ask("who-invested-where", place="Shanghai")) == set()
    assert {row["within"] for row in first.ask("who-invested-where")} == {"Beijing"}


def test_a_list_means_any_of_its_values(first):
    each = [claims(first.ask("who-said-what", speaker=one)) for one in ("Carrie Lam", "Li Zhijie")]
    both = claims(first.ask("who-said-what", speaker=["Carrie Lam", "Li Zhijie"]))
    assert both == each[0] | each[1]
    assert all(each)
    assert not each[0] & each[1]
    assert claims(first.ask("who-said-what", speaker=["Carrie Lam", "https://example.org/nobody"])) == each[0]


@pytest.mark.parametrize("nobody", ["https://example.org/nobody", "urn:x-kg:none", "urn:none", "id:none"])
def test_an_unknown_value_passes_no_filter(everywhere, query, nobody):
    """On any engine, even one that looks like what the file compares with."""
    for parameter in query.parameters.values():
        if parameter.type in ("entity", "concept", "class"):
            bound = {parameter.name: [IRI(nobody)]}
            assert not everywhere.fast(query, bound)
            for backend in everywhere.quick.values():
                assert not everywhere.stepped(query, bound, backend.sparql(bound_text(query, bound)).solutions)


def test_an_unknown_name_is_an_error_that_names_the_nearest(first):
    with pytest.raises(UnknownName, match="Carrie Lam"):
        first.ask("who-said-what", speaker="Carrie Lamb")


def test_names_in_any_language_and_parts_of_words_in_any_script_are_found(first):
    assert claims(first.ask("who-said-what", speaker="林郑月娥")) == claims(first.ask("who-said-what", speaker="Lam"))
    for part in ("北京", "北", "Beij", "BEI"):
        assert "https://w3id.org/kabar/id/place/beijing" in {
            row["entity_iri"] for row in first.ask("search", text=part)
        }, part
    assert len(claims(first.ask("who-said-what", text="KEDOKTERAN"))) == 1


@pytest.mark.parametrize("given", [{"since": "2021-13"}, {"since": "yesterday"}, {"since": ["2020", "2021"]},
                                   {"speaker": ""}, {"text": "x" * 10_001}, {"no": "x"}, {"speaker": 7}])  # fmt: skip
def test_what_fits_no_type_is_refused_in_one_line(first, given):
    with pytest.raises(BadParameter) as caught:
        first.ask("who-said-what", **given)
    assert "\n" not in str(caught.value)
    assert next(iter(given)) in str(caught.value)


def test_dates_are_days_whatever_way_they_are_given(first):
    day = date(2021, 12, 6)
    as_text = claims(first.ask("timeline", since="2021-12-06", until="2021-12-06"))
    assert claims(first.ask("timeline", since=day, until=day)) == as_text != set()
