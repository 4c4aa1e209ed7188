"""Pages hold what they should, and text from reports or from users stays text, whatever it holds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kg.card import Card, card
from kg.query import catalog
from kg.result import Result, Row
from kg.serve import markup, pages
from kg.serve.pages import Links
from kg.terms import ID

VOID_TAGS = {"meta", "link", "input"}


class Parsed(HTMLParser):
    """A page as elements with their attributes, and the texts of elements."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self.open: list[str] = []
        self.others: list[str] = []
        text.encode("utf-8")
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs), "an attribute stands twice"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.texts.setdefault(tag, []).append("")
        if tag not in VOID_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]][-1] += data

    def handle_comment(self, data):
        self.others.append(data)

    def handle_pi(self, data):
        self.others.append(data)

    def handle_decl(self, decl):
        if decl.lower() != "doctype html":
            self.others.append(decl)

    def unknown_decl(self, data):
        self.others.append(data)

    def all(self, tag, name):
        return [attributes[name] for found, attributes in self.elements if found == tag and name in attributes]

    @property
    def shapes(self):
        return {(tag, *sorted(attributes)) for tag, attributes in self.elements}

    @property
    def addresses(self):
        return [value for _, attributes in self.elements for name, value in attributes.items()
                if name in ("href", "src", "action", "formaction", "cite")]  # fmt: skip


# ---- what pages hold ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def said():
    return catalog.load("who-said-what")


def test_home_leads_to_every_query_in_each_language():
    queries = catalog.load_all()
    for language in pages_languages():
        found = Parsed(pages.home(queries, {"reports": 1234}, language))
        assert found.all("html", "lang") == [language]
        ending = "" if language == "en" else f"?lang={language}"
        assert {f"/ask/{query.name}{ending}" for query in queries} <= set(found.all("a", "href"))
        assert {query.question[language] for query in queries} <= set(found.texts["bdi"])
        assert "1,234" in found.texts["dd"]


def pages_languages():
    return sorted(markup.LANGUAGES)


def test_every_language_has_every_word():
    english = markup.words("en")
    for language in pages_languages():
        found = markup.words(language)
        assert found.keys() == english.keys()
        for key, word in found.items():
            assert re.findall("%[ds]", word) == re.findall("%[ds]", english[key])


def test_an_answer_shows_rows_with_their_receipts(said, shipped):
    result = shipped.ask("who-said-what", limit=20, offset=20)
    links = Links({"csv": "/ask/who-said-what.csv"}, previous="?offset=0", next="?offset=40")
    text = pages.answer(said, result, {"since": ["2021"]}, links, offset=20)
    found = Parsed(text)
    assert found.texts["caption"] == [f"rows 21–40 of {result.total}"]
    sentences = [source["sentence"] for row in result for source in row["sources"] if source["sentence"]]
    assert sentences
    assert set(sentences) <= set(found.texts["q"])
    assert {row["statement"] for row in result} <= set(found.texts["bdi"])
    for row in result:
        assert f"/doc/{row['speaker_iri'].removeprefix(ID)}" in found.all("a", "href")
        assert f"/doc/{row['claim'].removeprefix(ID)}" in found.all("a", "href")
    assert {"?offset=0", "?offset=40", "/ask/who-said-what.csv"} <= set(found.all("a", "href"))


def test_a_form_has_a_labelled_field_for_every_parameter(said):
    found = Parsed(pages.answer(said, None, {"speaker": ["Carrie Lam", "Eddie Ng"], "since": ["2021"]}))
    labelled = set(found.all("label", "for"))
    for tag, attributes in found.elements:
        if tag in ("input", "select", "textarea") and attributes.get("type") != "hidden":
            assert attributes["id"] in labelled or attributes["aria-label"]
            described = attributes.get("aria-describedby")
            assert described is None or described in found.all("small", "id")
    names = [attributes["name"] for tag, attributes in found.elements if tag in ("input", "select")]
    assert set(names) == said.parameters.keys() | {"lang"}
    values = [a["value"] for tag, a in found.elements if tag == "input" and a["name"] == "speaker"]
    assert values == ["Carrie Lam", "Eddie Ng", ""], "and one more to fill in"
    assert len(found.all("input", "id")) == len(set(found.all("input", "id")))


def test_a_parameter_with_choices_is_a_select_that_keeps_what_was_given():
    claims = catalog.load("claims")
    choices = {"kind": {"statement": "statement", "figure": "figure"}}
    found = Parsed(pages.answer(claims, None, {"kind": ["figure", "odd"]}, choices=choices))
    selected = [a["value"] for tag, a in found.elements if tag == "option" and "selected" in a and a["value"] != "en"]
    assert selected == ["figure", "odd"]


def test_no_rows_are_said_to_be_none(said):
    assert markup.words("en")["no_rows"] in pages.answer(said, Result(["speaker"], []), {})
    assert "no rows from 201 on; there are 122" in pages.answer(
        said, Result(["speaker"], [], total=122), {}, offset=200
    )


def test_a_mistake_is_said_beside_the_form(said):
    found = Parsed(pages.answer(said, None, {"since": ["May"]}, error="since is no date: 'May'"))
    assert "since is no date: 'May'" in " ".join(found.texts["p"])
    assert ("p", "class", "dir", "lang", "role") in found.shapes
    assert "table" not in found.texts


@pytest.mark.parametrize("name", ["SmartMore", "R01", "capital-flows", "claim/r61-2020-12-jpnn/djauhari-investment"])
def test_a_thing_has_its_names_facts_and_claims(shipped, name):
    found = card(shipped, name)
    page = Parsed(pages.thing(found, {"turtle": "/doc/x.ttl"}))
    assert page.texts["h1"] == [found.label]
    assert found.claims
    assert len(page.all("ol", "start")) == 0
    sources = [source for row in found.claims for source in row["sources"]]
    assert {source["cites"] for source in sources if source["cites"] and not source["sentence"]} <= set(
        page.texts["bdi"]
    )
    assert {value for _, value in found.facts} <= set(page.texts["bdi"])
    assert "/doc/x.ttl" in page.all("a", "href")


def test_what_is_cut_is_said_to_be_cut(shipped, said):
    row = Row(statement="x" * 5000, sources=[])
    assert "… 1000 more characters" in pages.answer(said, Result(["statement", "sources"], [row]), {})
    found = card(shipped, "SmartMore")
    many = replace(found, claims=[*found.claims] * 100)
    assert f"the first 200 of {len(many.claims)}" in pages.thing(many, {})


def test_further_receipts_are_folded_away(said):
    source = dict.fromkeys(
        ("report", "publisher", "date", "url", "sentence", "start", "end", "cites", "report_iri"), "a"
    )
    found = Parsed(pages.answer(said, Result(["mode", "sources"], [Row(mode="m", sources=[source] * 5)]), {}))
    assert found.texts["summary"] == ["2 more sources"]
    assert len(found.texts["q"]) == 5


def test_a_query_form_keeps_its_text_and_shows_rows():
    text = "\nSELECT ?s { ?s ?p </textarea><script>alert(1)</script> }"
    rows = Result(["s"], [Row(s="https://example.org/a"), Row(s=None)], title="SPARQL")
    found = Parsed(pages.sparql_form(text, [("Which?", "ASK { }")], error="line 2", result=rows))
    assert found.texts["textarea"] == ["\n" + text], "a browser drops the first line end"
    assert "https://example.org/a" in found.all("a", "href")
    assert found.all("form", "action") == ["/sparql", "/sparql"]
    assert "ASK { }" in found.all("input", "value")


def test_pages_load_nothing_from_elsewhere_and_run_nothing(shipped, said):
    result = shipped.ask("who-said-what", limit=5)
    every = [
        pages.home(catalog.load_all(), {}),
        pages.answer(said, result, {}),
        pages.thing(card(shipped, "SmartMore"), {}),
        pages.error(404, "Not found", "there is no such thing"),
        pages.sparql_form(""),
    ]
    for found in map(Parsed, every):
        tags = {tag for tag, _ in found.elements}
        assert not tags & {"script", "style", "img", "iframe", "object", "embed", "base"}
        assert not [
            name for _, attributes in found.elements for name in attributes if name.startswith("on") or name == "style"
        ]
        assert found.all("link", "href") == ["/style.css", "/.well-known/void"]
        assert found.texts["h1"]
        assert {"main", "header", "title"} <= tags
        assert not found.open
    assert "url(" not in pages.STYLE
    assert "@import" not in pages.STYLE
    assert "prefers-color-scheme: dark" in pages.STYLE


def luminance(colour):
    """Relative luminance (WCAG 2.2) of a colour such as #0b4f9c."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_have_contrast_in_light_and_dark():
    """At least 4.5 to 1, success criterion 1.4.3 of WCAG 2.2."""
    schemes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]+)", block)) for block in re.findall(r":root \{([^}]*)\}", pages.STYLE)
    ]
    assert len(schemes) == 2
    for colours in schemes:
        for ink in ("ink", "quiet", "link", "wrong"):
            for paper in ("paper", "shade"):
                one, other = sorted((luminance(colours[ink]), luminance(colours[paper])))
                assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, paper)


# ---- hostile text ---------------------------------------------------------------------------------------

WORSE = [
    '"><script>alert(1)</script>', "' onmouseover=alert(1) '", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
    "\x01javascript:alert(1)", "data:text/html,<script>1</script>", "//evil.example/",
    "/\\evil.example", "/\t/evil.example", "\n//evil.example",
    "{{ 7 * 7 }}",
    "{% include 'x' %}", "</title><script>", "<!-- ", "]]>", "&lt;b&gt;", "\ud800", "a\x00b", "\u202eabc", "%d", "%s%n",
    "https://user@evil.example/\"onclick=1", f"{ID}../../x", f"{ID}a/./b", f"{ID}x?y#z%2F", "http://[", "https://",
    "http://a b", "?x=1", "https://example.org/ok",
]  # fmt: skip
PLAIN = ["word", "https://example.org/a", f"{ID}person/x", "/ask", "?offset=1", "", "“quoted”"]


@pytest.fixture(scope="module")
def hostile(shared):
    naughty = json.loads((shared / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(naughty) > 500
    return [*naughty, *WORSE]


def source(text):
    return {"report": text, "publisher": text, "date": text, "url": text, "sentence": text, "start": 0, "end": 1,
            "cites": text, "report_iri": text}  # fmt: skip


def answer_page(query, strings):
    columns = ["speaker", "speaker_iri", "statement", "topics", "topics_iri", "url", "claim", "sources"]
    rows = [
        Row(speaker=text, speaker_iri=ID + text, statement=text, topics=[text, text], topics_iri=[text, ID + text],
            url=text, claim=text, sources=[source(text)] * 4 + [source("") | {"cites": text}])
        for text in strings
    ]  # fmt: skip
    every = {text: text for text in strings}
    return pages.answer(
        query, Result(columns, rows),
        {"speaker": strings, "text": strings[:1], "topic": strings[-3:], "since": strings},
        Links(every, strings[0], strings[-1]), error=" ".join(strings), choices={"topic": every},
    )  # fmt: skip


def thing_page(strings):
    rows = [Row(date=t, kind=t, summary=t, claim=t, sources=[source(t)]) for t in strings]
    rows += [Row(verdict=t, members=[t], because=t, judgement=ID + t, sources=[source(t)]) for t in strings]
    rows += [Row(printed=t, corrected=t, reason=t, correction=t, sources=[]) for t in strings]
    rows += [Row(name=t, claim=t, sources=[source(t)]) for t in strings]
    whole = Card(strings[0], strings[0], tuple(strings), tuple((t, t) for t in strings), tuple(strings), ())
    parts = [replace(whole, claims=rows[at : at + 200]) for at in range(0, len(rows), 200)]
    return "".join(pages.thing(part, {text: text for text in strings}) for part in parts)


def small_pages(query, text):
    """A page of each kind for one string, in what stands once on it; the query is one of a user's own folder."""
    own = query._replace(title={"en": text}, question={"en": text}, description=text)
    helped = {name: p._replace(help=text) for name, p in own.parameters.items()}
    return [
        pages.answer(own._replace(parameters=helped), Result(["mode"], []), {}),
        pages.home([own], {text: 1}),
        pages.error(400, text, text),
        pages.sparql_form(text, [(text, text)], error=text, result=Result([text], [Row({text: text})]), formats=[text]),
        pages.thing(Card(text, text, (text,), ((text, text),), (text, text), ()), {text: text}),
        pages.home([], {}, text),
    ]


def check(text, shapes):
    found = Parsed(text)
    assert found.shapes <= shapes
    assert not found.others
    assert not found.open
    for address in found.addresses:
        assert re.match(r"(/(?![/\\])|\?|#|https?://[^/])", address), address
        assert not re.search(r"[\s<>\"\\]", address), address
        assert not (address.startswith("/doc/") and re.search(r"/\.\.?(/|$)", address)), address
    return found


def test_hostile_rows(hostile, said):
    """Among rows, receipts, values given, choices, links and errors, what is text stays text, and is all there."""
    shapes = Parsed(answer_page(said, PLAIN)).shapes | Parsed(answer_page(said, PLAIN[::-1])).shapes
    found = check(answer_page(said, hostile), shapes)
    shown = [markup.UNSHOWN.sub("\ufffd", text) for text in hostile]
    assert found.texts["q"] == [text for text in shown for _ in range(4) if text]
    assert set(shown) - {""} <= set(found.texts["bdi"])
    assert {text for text in shown if text} <= set(found.all("input", "value"))


def test_hostile_things(hostile):
    shapes = Parsed(thing_page(PLAIN)).shapes | Parsed(thing_page(PLAIN[::-1])).shapes
    for part in thing_page(hostile).split("<!DOCTYPE html>")[1:]:
        check(part, shapes)


def test_hostile_titles_helps_and_queries(hostile, said):
    shapes = [
        set().union(*(Parsed(page).shapes for page in each))
        for each in zip(*(small_pages(said, t) for t in PLAIN), strict=True)
    ]
    for text in hostile:
        for page, allowed in zip(small_pages(said, text), shapes, strict=True):
            check(page, allowed)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://例子.example/", "http://例子.example/"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
        ("mailto:a@example.org", None),
        ("//example.org/", None),
        ("https:///x", None),
        ("https://[", None),
    ],
)
def test_only_http_leads_outward(given, expected):
    assert markup.outward(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"{ID}person/carrie-lam", "/doc/person/carrie-lam"),
        (f"{ID}a b/?c#d%2F", "/doc/a%20b/%3Fc%23d%252F"),
        (f"{ID}公司/x", "/doc/%E5%85%AC%E5%8F%B8/x"),
        (f"{ID}../../etc", None),
        (f"{ID}./a", None),
        (ID, None),
        ("https://w3id.org/kabar/ontology#Person", None),
        ("https://example.org/id/x", None),
    ],
)
def test_our_iris_lead_to_their_pages(given, expected):
    assert markup.local(given) == expected
