"""What changed between two states of a graph is told in words, whatever form they come in, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg import formats, pipeline
from kg.diff import Change, compare
from kg.diff.triples import normal
from kg.diff.values import Number, numbers
from kg.diff.wording import LONGEST, cut, differing
from kg.export import with_inferred
from kg.terms import GRAPH_INFERRED, ID, IRI, KG, RDF, SKOS, XSD, Literal, Quad, token

REPORT = """
report: harbour
label: {en: Report on a terminal}
date: 2030-01-07
language: en
text: harbour.txt
publisher: organization/example-news
reader: agent/reader
entities:
  agent/reader: {label: {en: A Reader}}
  organization/example-news: {label: {en: Example News, zh: 样报}}
  company/example-corp: {label: {en: Example Corp, zh: 样本公司}, also: [{en: EC}]}
  person/jo-example: {label: {en: Jo Example}}
  place/exampleland: {label: {en: Exampleland}, type: country}
  place/sampleland: {label: {en: Sampleland}, type: country}
  place/port-example: {label: {en: Port Example}, type: city, within: place/exampleland}
mentions:
  company/example-corp: Example Corp
claims:
  - is: investment
    key: terminal
    label: {en: A terminal for Port Example}
    investor: company/example-corp
    place: place/port-example
    what: a terminal
    amount: {value: 8810000000, currency: USD, qualifier: about}
    stage: announced
    topic: [investment, talent]
    period: 2030-01/2030-03
    receipt: build a terminal
  - is: statement
    key: start
    label: {en: Work starts in May}
    speaker: person/jo-example
    text: We start in May,
    mode: direct
    receipt: We start in May
  - is: figure
    key: companies
    label: {en: Companies in Port Example}
    about: place/port-example
    measure: companies-founded
    value: 576
    unit: companies
    qualifier: exact
    receipt: Port Example has
  - is: correction
    key: name
    corrects: start
    printed: May
    corrected: June
    reason: {en: The calendar says so}
    by: agent/reader
"""
TEXT = """Example Corp will build a terminal in Port Example, it said on Monday.
“We start in May,” said Jo Example, who runs the company.
Port Example has 576 companies.
"""
CLAIM = ID + "claim/harbour/"
PER = ("Example News", "2030-01-07")
Make = Callable[..., list[Quad]]


@pytest.fixture
def made(tmp_path: Path) -> Make:
    """The quads of a store that holds the report, with some of its words replaced by others."""
    counter = iter(range(100))

    def make(*edits: tuple[str, str], text: str = TEXT, more: str = "") -> list[Quad]:
        folder = tmp_path / str(next(counter))
        folder.mkdir()
        authored = REPORT
        for old, new in edits:
            assert old in authored
            authored = authored.replace(old, new)
        (folder / "harbour.txt").write_text(text, encoding="utf-8")
        (folder / "harbour.yaml").write_text(authored, encoding="utf-8")
        pipeline.add(folder / "news.kg", [folder / "harbour.yaml"])
        if more:
            (folder / "more.yaml").write_text(more, encoding="utf-8")
            pipeline.add(folder / "news.kg", [folder / "more.yaml"])
        with kg.open(folder / "news.kg") as graph:
            return list(graph.backend.quads())

    return make


def told(changes: list[Change]) -> list[tuple[str | None, ...]]:
    """What happened to what, from which values to which."""
    return [
        (
            change.change,
            change.kind,
            change.label,
            change.property,
            "; ".join(change.before) or None,
            "; ".join(change.after) or None,
        )
        for change in changes
    ]


# ---- claims ----------------------------------------------------------------------------------------------

PORT = "Port Example"
TERMINAL = "A terminal for Port Example"


@pytest.mark.parametrize(
    ("old", "new", "label", "name", "before", "after"),
    [
        ("value: 8810000000", "value: 8840000000", TERMINAL, "amount", "8.81 billion USD", "8.84 billion USD"),
        ("value: 8810000000", "value: 8812345678", TERMINAL, "amount", "8,810,000,000 USD", "8,812,345,678 USD"),
        (", qualifier: about", ", qualifier: exact", TERMINAL, "amount", "about 8.81 billion USD", "8.81 billion USD"),
        ("currency: USD", "currency: CNY", TERMINAL, "amount", "8.81 billion USD", "8.81 billion CNY"),
        (
            "value: 8810000000",
            "minimum: 7000000000, maximum: 8000000000",
            TERMINAL,
            "amount",
            "8.81 billion USD",
            "7–8 billion USD",
        ),
        (
            "    amount: {value: 8810000000, currency: USD, qualifier: about}\n",
            "",
            TERMINAL,
            "amount",
            "about 8.81 billion USD",
            None,
        ),
        ("value: 576", "value: 580", "Companies in Port Example", "value", "576 companies", "580 companies"),
        ("unit: companies", "unit: firms", "Companies in Port Example", "value", "576 companies", "576 firms"),
        ("2030-01/2030-03", "2030", TERMINAL, "period", "2030-01/2030-03", "2030"),
        ("[investment, talent]", "[investment, tourism]", TERMINAL, "topic", "talent", "tourism"),
        ("[investment, talent]", "investment", TERMINAL, "topic", "talent", None),
        ("stage: announced", "stage: signed", TERMINAL, "stage", "announced", "signed"),
        ("what: a terminal", "what: a dock", TERMINAL, "what", "a terminal", "a dock"),
        ("    place: place/port-example\n", "    place: place/exampleland\n", TERMINAL, "place", PORT, "Exampleland"),
    ],
)  # fmt: skip
def test_a_claim_that_changed_is_told_property_by_property(
    made: Make, old: str, new: str, label: str, name: str, before: str | None, after: str | None
) -> None:
    found = compare(made(), made((old, new)))
    assert told(found) == [("changed", "claim", label, name, before, after)]
    assert (found[0].said.publisher, found[0].said.date) == PER


def test_a_number_written_otherwise_is_the_same_number(made: Make) -> None:
    assert compare(made(), made(("value: 576", 'value: "576.00"'))) == []


def test_claims_that_came_and_went_are_told_by_class_and_label(made: Make) -> None:
    other = made(("key: companies", "key: firms"), ("Companies in Port Example", "Firms in Port Example"))
    found = compare(made(), other)
    assert told(found) == [
        ("came", "claim", "Firms in Port Example", None, None, None),
        ("went", "claim", "Companies in Port Example", None, None, None),
    ]
    assert [change.type for change in found] == ["figure", "figure"]


def test_a_receipt_that_moved_says_so(made: Make) -> None:
    moved = [
        change
        for change in compare(made(), made(text="HARBOUR. \n" + TEXT))
        if change.iri == CLAIM + "companies" and change.is_moved
    ]
    assert [(change.property, change.before, change.after) for change in moved] == [
        ("receipt", ("characters 129–160",), ("characters 139–170",))
    ]


def test_a_receipt_of_other_words_shows_them(made: Make) -> None:
    found = compare(made(), made(("receipt: Port Example has", "receipt: We start in May")))
    assert told(found) == [
        (
            "changed",
            "claim",
            "Companies in Port Example",
            "receipt",
            "Port Example has 576 companies.",
            "“We start in May,” said Jo Example, who runs the company.",
        )
    ]


# ---- reports, entities, judgements, corrections ------------------------------------------------------------


def test_a_report_that_went_as_a_whole_is_one_line_with_its_claims_counted(made: Make, tmp_path: Path) -> None:
    store = tmp_path / "all.kg"
    (tmp_path / "harbour.yaml").write_text(REPORT, encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")
    pipeline.add(store, [tmp_path / "harbour.yaml"])
    pipeline.remove(store, IRI(ID + "report/harbour"))
    with kg.open(store) as graph:
        found = compare(made(), list(graph.backend.quads()))
    reports = [change for change in found if change.kind in ("report", "claim", "correction", "other")]
    assert told(reports) == [
        (
            "went",
            "report",
            "Report on a terminal",
            None,
            "4 claims: 1 figure, 1 investment, 1 mention, 1 statement; 1 correction",
            None,
        )
    ]


def test_what_is_known_of_a_report_changes_and_its_hash_is_not_told_beside_its_text(made: Make) -> None:
    found = compare(
        made(("date: 2030-01-07", "date: 2030-01-08")),
        made(("date: 2030-01-07", "date: 2030-01-09"), text=TEXT + "The end.\n"),
    )
    assert [(change.property, change.kind) for change in found if change.kind == "report"] == [
        ("date", "report"),
        ("text", "report"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("zh: 样本公司", "zh: 样板公司", ("changed", "entity", "Example Corp", "name (zh)", "样本公司", "样板公司")),
        (", also: [{en: EC}]", "", ("changed", "entity", "Example Corp", "other name", "EC", None)),
        (
            "within: place/exampleland",
            "within: place/sampleland",
            ("changed", "entity", "Port Example", "containing place", "Exampleland", "Sampleland"),
        ),
        (
            "type: city",
            "type: city, confirmed: http://example.org/q1",
            ("changed", "entity", "Port Example", "identifier", None, "http://example.org/q1"),
        ),
    ],
)
def test_an_entity_that_changed_is_told_by_what_changed(
    made: Make, old: str, new: str, expected: tuple[str | None, ...]
) -> None:
    assert told(compare(made(), made((old, new)))) == [expected]


def test_entities_that_came_and_went_are_told_by_label(made: Make) -> None:
    found = compare(made(), made(("place/sampleland:", "place/somewhere:")))
    assert [(change.change, change.type, change.label, change.iri) for change in found] == [
        ("came", "place", "Sampleland", ID + "place/somewhere"),
        ("went", "place", "Sampleland", ID + "place/sampleland"),
    ]


def test_things_of_one_name_are_told_apart(made: Make) -> None:
    place = "    place: place/port-example\n"
    before = made((place, place.replace("port-example", "sampleland")))
    after = made(("place/sampleland:", "place/somewhere:"), (place, place.replace("port-example", "somewhere")))
    changed = [change for change in compare(before, after) if change.change == "changed"]
    assert [(change.before, change.after) for change in changed] == [
        ((f"<{ID}place/sampleland>",), (f"<{ID}place/somewhere>",))
    ]


def test_a_judgement_says_what_it_joins_and_why(made: Make) -> None:
    judged = """
judgements:
  - different: [company/example-corp, company/example-works]
    because: {en: "One builds, the other sells"}
"""
    label = "Example Corp and example-works are not one"
    with_it, without = made(more=judged), made()
    assert told(compare(without, with_it)) == [
        ("came", "judgement", label, "reason", None, "One builds, the other sells")
    ]
    assert told(compare(with_it, without)) == [
        ("went", "judgement", label, "reason", "One builds, the other sells", None)
    ]


def test_a_correction_says_what_is_printed_and_what_is_meant(made: Make) -> None:
    start = REPORT.index("  - is: correction")
    found = compare(made((REPORT[start:], "")), made())
    assert told(found) == [("came", "correction", "“May”, corrected to “June”", "reason", None, "The calendar says so")]


# ---- the forms that a state comes in -----------------------------------------------------------------------


@pytest.mark.parametrize("syntax", sorted(formats.FORMATS))
@pytest.mark.parametrize("is_inferred", [False, True])
def test_the_same_graph_says_the_same_in_every_syntax_and_with_what_is_inferred(
    made: Make, syntax: str, is_inferred: bool
) -> None:
    quads = made()
    chosen = formats.FORMATS[syntax]
    written = b"".join(formats.serialise(with_inferred(quads) if is_inferred else quads, chosen))
    read = formats.parse(written, chosen, "a file")
    assert compare(quads, read) == []
    assert compare(read, quads) == []


def test_with_what_is_inferred_only_what_is_asserted_changes(made: Make) -> None:
    before, after = made(), made(("    place: place/port-example\n", "    place: place/exampleland\n"))
    turtle = [(s, p, o, "") for s, p, o, _ in with_inferred(after)]
    assert any(p == f"<{KG}investedIn>" for _, p, _, _ in turtle)
    assert compare(before, turtle) == compare(before, after)


def test_a_graph_of_what_is_inferred_is_left_out(made: Make) -> None:
    quads = made()
    assert compare(quads, [*quads, ("<x:a>", "<x:b>", "<x:c>", f"<{GRAPH_INFERRED}>")]) == []


def test_what_our_vocabulary_does_not_know_is_counted(made: Make) -> None:
    quads = made()
    concept = f"<{ID}topic/ice-cream>"
    more = [
        ("<x:a>", "<x:b>", '"c"', ""),
        (f"<{CLAIM}terminal>", "<x:b>", '"c"', ""),
        (concept, f"<{RDF}type>", f"<{SKOS}Concept>", ""),
        (concept, f"<{SKOS}prefLabel>", '"ice cream"@en', ""),
    ]
    assert told(compare(quads, [*quads, *more])) == [
        ("came", "other", "ontology", None, None, "2"),
        ("came", "other", "other", None, None, "2"),
    ]


def test_labels_are_in_the_language_asked_for(made: Make) -> None:
    found = compare(made(), made(("value: 576", "value: 580")), "zh")
    assert (found[0].property, found[0].said.publisher) == ("数值", "样报")


@given(st.data())
def test_no_difference_goes_untold_and_both_directions_tell_the_same(data: st.DataObject) -> None:
    quads = _small()
    gone = data.draw(st.sets(st.sampled_from(quads), max_size=6))
    changed = data.draw(st.sets(st.sampled_from(quads), max_size=3))
    kept = [quad for quad in quads if quad not in gone]
    other = [(s, p, '"else"@en' if quad in changed else o, g) for quad in kept for s, p, o, g in [quad]]
    there, back = compare(quads, other), compare(other, quads)
    assert bool(there) == bool({quad[:3] for quad in quads} ^ {quad[:3] for quad in other})
    mirror = {"came": "went", "went": "came", "changed": "changed"}
    assert sorted((c.change, c.kind, c.iri or c.label) for c in there) == sorted(
        (mirror[c.change], c.kind, c.iri or c.label) for c in back
    )


_READ: list[Quad] = []


def _small() -> list[Quad]:
    """An example of the ontology's, whole: a report with claims, receipts and entities."""
    if not _READ:
        folder = Path(__file__).parents[1] / "ontology" / "examples"
        for path in [folder / "common.ttl", *sorted((folder / "Correction").glob("*.ttl"))[:1]]:
            _READ.extend(formats.parse(path.read_bytes(), formats.FORMATS["turtle"], str(path)))
    return _READ


# ---- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "before", "after"),
    [
        ("27.4", "28", "27.4 %", "28 %"),
        ("999000000", "1000000000", "0.999 billion %", "1 billion %"),
        ("5000000", "8840000000", "5 million %", "8,840 million %"),
        ("460000000000000", "30000000000000", "460 trillion %", "30 trillion %"),
        ("1", "8840000000", "1 %", "8,840,000,000 %"),
        ("-2500000", "2500000", "-2.5 million %", "2.5 million %"),
        ("0", "0.05", "0 %", "0.05 %"),
    ],
)
def test_both_numbers_are_in_one_scale(one: str, other: str, before: str, after: str) -> None:
    pair = [Number(Decimal(text), None, None, "%", "exact") for text in (one, other)]
    assert numbers(pair[:1], pair[1:])[:2] == ((before,), (after,))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=7))
def test_a_scaled_number_loses_no_digit(value: Decimal) -> None:
    (words,), _, _ = numbers([Number(value, None, None, "", "exact")], [])
    digits, _, scale = words.replace(",", "").partition(" ")
    power = {"": 0, "million": 6, "billion": 9, "trillion": 12}[scale]
    sign, parts, exponent = Decimal(digits).as_tuple()
    assert isinstance(exponent, int)
    assert Decimal((sign, parts, exponent + power)) == value


@given(st.text(max_size=300), st.text(max_size=300))
def test_texts_are_cut_where_they_differ(one: str, other: str) -> None:
    start = differing(one, other)
    assert one[:start] == other[:start]
    assert len(cut(one, start)) <= LONGEST
    if one != other and len(one) == len(other):
        assert cut(one, start) != cut(other, start)


@given(st.from_regex(r"[+-]?([0-9]{1,40}(\.[0-9]{0,40})?|\.[0-9]{1,9})", fullmatch=True))
def test_numbers_have_one_form(text: str) -> None:
    one = normal(token(Literal(text, XSD + "decimal")))
    assert one == normal(one)
    assert Decimal(one[1 : one.rindex('"')]) == Decimal(text)


@pytest.mark.parametrize("text", ["", ".", "+", "1e3", "NaN", "1.2.3", "²"])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    written = token(Literal(text, XSD + "decimal"))
    assert normal(written) == written
