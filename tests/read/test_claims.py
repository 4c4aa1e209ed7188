"""What the rules find becomes claims: about known entities where that is safe, with receipts, rules and confidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import build, claimed, pipeline, schema
from kg.claimed.known import slug
from kg.errors import BadParameter, InputError, ParseError
from kg.read import model
from kg.read.model import Agreement, Amount, Entity, Investment, Quantity, Reading, Statement, Why
from kg.records import ClaimRecord
from kg.terms import ID, IRI, KG, PROV, RDF_TYPE, RDFS, SCHEMA, Literal, Quad, literal
from kg.text import Span

TEXT = (
    "3 May 2020\nMadeup opens in Newhaven\n"
    "“We will stay,” said Jane Madeup, chief of Madeup Ltd there. She signed with Other Ltd for about $1.5 million.\n"
    "Madeup Ltd will build a plant in Newhaven."
)


def at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def entity(name: str, kind: str, *also: str) -> Entity:
    return Entity(name, kind, tuple(at(words) for words in (name, *also)), Why("name-rule", 0.9, (at(name),)))


def made_reading() -> Reading:
    said = Why("say", 0.97, (at("“We will stay,” said Jane Madeup, chief of Madeup Ltd"),))
    money = Amount(Decimal("1500000.00"), "USD", "about")
    return Reading(
        TEXT,
        "en",
        date(2020, 5, 3),
        (
            entity("Jane Madeup", model.PERSON),
            entity("Madeup Ltd", model.COMPANY, "Madeup"),
            entity("Other Ltd", model.COMPANY),
            entity("Newhaven", model.PLACE),
        ),
        (
            Statement("Jane Madeup", "chief of Madeup Ltd", "direct", at("We will stay,"), said),
            Statement("", "", "direct", at("She signed"), Why("say", 0.5)),
        ),
        (Investment("Madeup Ltd", "Newhaven", None, at("Madeup Ltd will build a plant"), Why("builds", 0.88)),),
        (Agreement(("Jane Madeup", "Other Ltd"), money, at("signed with Other Ltd for about"), Why("signed", 0.8)),),
        (Quantity("money", Decimal(1500000), "USD", "about", at("$1.5 million"), Why("number-money", 0.97)),),
        (model.DateMention(date(2020, 5, 3), at("3 May 2020"), Why("date", 0.99)),),
    )


def listed(*entities: tuple[str, str, str]) -> claimed.Listed:
    """Entities that are known, as path, class and name."""
    quads: list[Quad] = []
    for path, kind, name in entities:
        quads.append((f"<{ID}{path}>", RDF_TYPE, f"<{KG}{kind}>", ""))
        quads.append((f"<{ID}{path}>", f"<{RDFS}label>", f'"{name}"@en', ""))
    return claimed.Listed(quads)


def record_of(known: claimed.Listed, beside: str | None = None, **given: str) -> claimed.Claimed:
    told = claimed.told(claimed.Given(**given), beside, "news.meta.yaml")
    return claimed.claimed(made_reading(), "folder/News One.txt", told, known, schema.load())


def claims(found: claimed.Claimed) -> dict[str, ClaimRecord]:
    return {claim.key: claim for claim in found.record.claims}


def test_each_thing_found_is_a_claim_with_the_sentence_that_says_it() -> None:
    found = record_of(listed())
    made = claims(found)
    assert list(made) == [
        "position-jane-madeup", "statement-1", "investment-1", "agreement-1", "mention-jane-madeup",
        "mention-madeup-ltd", "mention-madeup-ltd-2", "mention-other-ltd", "mention-newhaven",
    ]  # fmt: skip
    words = {key: [TEXT[span.start : span.end] for span in claim.receipts if isinstance(span, Span)]
             for key, claim in made.items()}  # fmt: skip
    assert words["statement-1"] == ["“We will stay,” said Jane Madeup, chief of Madeup Ltd there."]
    assert words["investment-1"] == ["Madeup Ltd will build a plant in Newhaven."]
    assert made["statement-1"].values["text"] == (literal("We will stay,", "en"),)
    position = build.claim_iri(found.record.iri, "position-jane-madeup")
    assert made["statement-1"].values["position"] == (position,)
    assert found.left_out == {"statement without a named speaker": 1}
    assert str(found).endswith("0 names joined, 4 new; 1 statement without a named speaker left out")


def test_a_sum_is_kept_as_its_value_and_as_printed() -> None:
    amount = claims(record_of(listed()))["agreement-1"].amount
    assert amount
    assert {name: literal.value for name, literal in amount.values.items()} == {
        "value": "1500000", "currency": "USD", "qualifier": "about", "printed": "$1.5 million",
    }  # fmt: skip


def test_the_report_is_called_by_its_file_and_its_first_line_that_is_no_date() -> None:
    record = record_of(listed()).record
    assert record.iri == ID + "report/news-one"
    assert [label.value for label in record.labels] == ["Madeup opens in Newhaven"]
    assert record.text == TEXT
    assert [value.value for value in record.values["date"]] == ["2020-05-03"]  # type: ignore[union-attr]


def test_a_claim_leads_to_its_rule_and_how_sure_that_is() -> None:
    record = record_of(listed()).record
    triples = {(s, p): o for s, p, o, _ in build.report_quads(record, schema.load())}
    activity = triples[f"<{ID}claim/news-one/investment-1>", f"<{PROV}wasGeneratedBy>"]
    assert activity == f"<{ID}report/news-one/reading/builds>"
    assert triples[activity, f"<{KG}rule>"] == '"builds"'
    assert triples[activity, f"<{KG}confidence>"].startswith('"0.88"')
    assert triples[activity, f"<{PROV}wasAssociatedWith>"] == f"<{claimed.RULES.iri}>"
    assert triples[f"<{claimed.RULES.iri}>", f"<{SCHEMA}softwareVersion>"]


def test_names_are_joined_where_exactly_one_of_the_class_fits() -> None:
    found = record_of(
        listed(
            ("person/jane", "Person", "Jane Madeup"),
            ("person/other-ltd", "Person", "Other Ltd"),
            ("company/madeup-one", "Company", "Madeup Ltd"),
            ("company/madeup-ltd", "Company", "MADEUP LTD"),
        )
    )
    made = claims(found)
    assert made["statement-1"].values["speaker"] == (IRI(ID + "person/jane"),)
    assert IRI(ID + "company/other-ltd") in made["agreement-1"].values["party"]
    investor = str(made["investment-1"].values["investor"][0])
    assert investor.startswith(ID + "company/madeup-ltd-"), "two are called so, so a third is proposed"
    assert found.joined == 1


def test_a_single_family_name_never_joins() -> None:
    text = "Li came."
    reading = Reading(text, "en", None, (Entity("Li", model.PERSON, (Span(0, 2),), Why("name", 0.9)),))
    known = listed(("person/li", "Person", "Li"))
    found = claimed.claimed(reading, "a.txt", claimed.told(claimed.Given(), None, ""), known, schema.load())
    assert found.joined == 0
    assert found.record.entities[1].iri.startswith(ID + "person/li-")


def test_among_places_of_one_name_the_one_within_a_place_that_is_named() -> None:
    places = [("place/a", "Place", "Springfield"), ("place/b", "Place", "Springfield"), ("place/x", "Place", "Xland")]
    quads = [quad for place in places for quad in _quads(place)]
    quads.append((f"<{ID}place/b>", f"<{SCHEMA}containedInPlace>", f"<{ID}place/x>", ""))
    text = "Springfield, Xland"
    things = tuple(
        Entity(name, model.PLACE, (Span(text.index(name), text.index(name) + len(name)),), Why("name", 0.9))
        for name in ("Springfield", "Xland")
    )
    reading = Reading(text, "en", None, things)
    told = claimed.told(claimed.Given(), None, "")
    found = claimed.claimed(reading, "a.txt", told, claimed.Listed(quads), schema.load())
    assert found.joined == 2
    assert claims(found)["mention-b"].values["entity"] == (IRI(ID + "place/b"),)


def _quads(place: tuple[str, str, str]) -> list[Quad]:
    path, kind, name = place
    return [(f"<{ID}{path}>", RDF_TYPE, f"<{KG}{kind}>", ""), (f"<{ID}{path}>", f"<{RDFS}label>", f'"{name}"@en', "")]


def test_what_stands_beside_the_report_and_what_options_say() -> None:
    beside = "report: my-own\nlabel: {en: A title}\npublisher: Example Gazette\ndate: 2020-05-01\n"
    record = record_of(listed(), beside, date="2020-05-02", url="https://example.org/a").record
    assert record.iri == ID + "report/my-own"
    assert record.labels[0].value == "A title"
    assert record.values["publisher"] == (IRI(ID + "organization/example-gazette"),)
    assert record.values["date"][0].value == "2020-05-02"  # type: ignore[union-attr]
    assert ID + "organization/example-gazette" in [each.iri for each in record.entities]
    known = listed(("organization/eg", "Organization", "Example Gazette"))
    assert record_of(known, beside).record.values["publisher"] == (IRI(ID + "organization/eg"),)


@pytest.mark.parametrize(
    ("beside", "message"),
    [("claims: []\n", "has no key 'claims'"), ("- a\n", "needs keys and values"), ("date: soon\n", "is no day")],
)
def test_a_mistake_beside_the_report_is_told_with_its_line(beside: str, message: str) -> None:
    with pytest.raises(ParseError, match=message) as told:
        record_of(listed(), beside)
    assert str(told.value).startswith("news.meta.yaml:1")


@pytest.mark.parametrize(("text", "error"), [("", InputError), (" \ufeff\n", InputError), ("a\0b", InputError)])
def test_what_holds_no_words_is_refused(text: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"a\.txt"):
        claimed.find(text, "a.txt", claimed.told(claimed.Given(), None, ""))
    with pytest.raises(BadParameter, match="there are rules for"):
        claimed.find("Bonjour", "a.txt", claimed.told(claimed.Given(language="fr"), None, ""))


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet="aB “”\"'.,;:。，「」&#;0123456789%$()年月日说 \n\r\t-–'’Rp\u0085\u2028\x1c", max_size=120))
def test_any_text_gives_receipts_that_stand_where_they_say(text: str) -> None:
    told = claimed.told(claimed.Given(language="zh"), None, "")
    try:
        reading = claimed.find(text, "a.txt", told)
    except InputError:
        return
    record = claimed.claimed(reading, "a.txt", told, pipeline.known_places(), schema.load()).record
    for claim in record.claims:
        assert claim.receipts
        for span in claim.receipts:
            assert isinstance(span, Span)
            assert 0 <= span.start < span.end <= len(text)
        for value in (*claim.values.get("text", ()), *claim.values.get("name", ()), *claim.values.get("role", ())):
            assert isinstance(value, Literal)
            assert value.value in text


@given(st.text(min_size=1))
def test_a_slug_is_a_part_of_an_address(name: str) -> None:
    found = slug(name)
    assert found == slug(found) or len(found) > 80
    assert found
    assert not set(found) & set('/ <>"{}|^`\\%?#')
