"""100,000 hostile values, and none changes more of a query than its own parameter.

Each is refused in one line, or stands in the query as one term that parses back to the value. That is seen with a
tokeniser of its own, written after the grammar of SPARQL 1.1, and with the one that binds.
"""

from __future__ import annotations

import json
import re
from random import Random

import pyoxigraph
import pytest
from conftest import thorough

import kg
from kg.backends.base import bound_text
from kg.query import catalog
from kg.query.lexer import lexemes
from kg.query.params import MAX_TEXT, Names, bind
from kg.terms import ID, IRI, PREFIXES, Literal, token

VALUES = 100_000
NOBODY = Names(lambda name, classes: [], lambda classes: [])
TERMINALS = re.compile(
    r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""|'
    r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|"  # STRING_LITERAL_LONG
    r'"(?:[^"\\\n\r]|\\.)*"|'
    r"'(?:[^'\\\n\r]|\\.)*'|"  # STRING_LITERAL
    r'<[^<>"{}|^`\\\x00-\x20]*>|'  # IRIREF
    r"[?$]\w+|#[^\n\r]*|[^\s\"'<?$#]+|\s+|.",
    re.DOTALL,
)
MARKS = [*"\"'\\<>{}()[].;,|^`#?$@*/+-=!&~%:_ \t\n\r\x00\x01\x0b\x7f\x85", '"""', "'''", "\ud800", "\udfff", "\ufffe"]
MARKS += [
    "\u2028",
    "\ufeff",
    "😀",
    "é",
    "香",
    "\\u0022",
    "\\U00000022",
    "\\\\",
    "?x",
    "?__text",
    "$x",
    "# ",
    "}} UNION {{",
]
MARKS += [
    "a",
    "Z",
    "0",
    "9",
    "^^<x>",
    "@en",
    "SELECT",
    "FILTER(",
    "BIND(1 AS ?x)",
    "DROP ALL",
    "https://",
    "kg:",
    "urn:a:",
]
STARTS = ["", "", "", ID, "https://example.org/", "kg:", "id:", "urn:x:", "2021-12-0", "place/"]


@pytest.fixture(scope="module")
def folder_with_every_type(tmp_path_factory):
    """A query with parameters of every type, needed ones and lists among them, beside those that ship."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "every-type.rq").write_text(
        """#+ summary: Every type
#+ x-params:
#+   who: {type: entity, class: [kg:Person], many: true}
#+   topic: {type: concept, class: [id:topic]}
#+   kind: {type: class, many: true}
#+   day: {type: date}
#+   words: {type: text}
#+   number: {type: integer}
#+ x-columns:
#+   x: {type: iri}
SELECT ?x WHERE { # ?_who_iri in a comment
  ?x ?p "?_who_iri", '?_words', '''?_number_integer''', <?_words> . # and <?_words> once more
  FILTER(?x IN (?_who_iri) || ?x IN (?_kind_iri) || ?x = ?_topic_iri || ?x < ?_day_xsd_date
    || ?x = ?_words || ?x > ?_number_integer || ?x_words = 2)
}
""",
        encoding="utf-8",
    )
    return folder


def hostile(random: Random, naughty: list[str]) -> str:
    """A string from the list of naughty ones, or one put together from marks."""
    if naughty and random.random() < 0.4:
        return random.choice(STARTS) + random.choice(naughty)
    return random.choice(STARTS) + "".join(random.choices(MARKS, k=random.randint(1, 8)))


def meant(parameter, value):
    """The values that a bound term may have, from what was given."""
    if parameter.type in ("text", "date", "integer"):
        return {value}
    prefix, _, local = value.partition(":")
    return {value, ID + value, PREFIXES.get(prefix, "") + local}


def bind_all(query, naughty, count):
    """Bind `count` hostile values, evenly over the parameters; the terms that were bound, each checked in its query."""
    random = Random(query.name)
    file = TERMINALS.findall(query.text)
    needed = {name: "1" if p.type == "integer" else "2021" if p.type == "date" else "kg:X"
              for name, p in query.parameters.items() if p.required}  # fmt: skip
    first = {
        query.parameters[name].variable: [token(t) for t in terms]
        for name, terms in bind(query, needed, NOBODY).items()
    }
    refusals: list[str] = []
    for number in range(count):
        parameter = list(query.parameters.values())[number % len(query.parameters)]
        values = [hostile(random, naughty) for _ in range(2 if parameter.many and number % 3 == 0 else 1)]
        try:
            terms = bind(query, {**needed, parameter.name: values}, NOBODY)
        except kg.InputError as error:
            refusals.append(str(error))
            continue
        text = bound_text(query, terms)
        tokens = {**first, parameter.variable: [token(term) for term in terms[parameter.name]]}
        wanted = [part for piece in file for part in _instead(piece, tokens)]
        assert TERMINALS.findall(text) == wanted
        if number % 50 == 0:
            assert [piece.text for piece in lexemes(text) if piece.kind in ("string", "iri")] == [
                piece for piece in wanted if piece[0] in "\"'" or (piece[0] == "<" and piece[-1] == ">")
            ]
        for term, value in zip(terms[parameter.name], values, strict=True):
            yield parameter, term, value
    assert not [refusal for refusal in refusals if "\n" in refusal], "an error is one line"


def _instead(piece: str, tokens: dict[str, list[str]]) -> list[str]:
    """What stands in the query in place of a piece of the file."""
    if piece not in tokens:
        return [piece]
    return TERMINALS.findall(", ".join(tokens[piece]))


def parsed_back(terms):
    """The terms as an RDF parser reads them from their tokens."""
    document = "\n".join(f"<urn:s> <urn:p> {token(term)} ." for term in terms)
    for quad in pyoxigraph.parse(document.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES):
        read = quad.object
        if isinstance(read, pyoxigraph.NamedNode):
            yield IRI(read.value)
        else:
            yield Literal(read.value, read.datatype.value, read.language)


def check(query, naughty, count):
    bound = list(bind_all(query, naughty, count))
    terms = [term for _, term, _ in bound]
    assert list(parsed_back(terms)) == terms
    for parameter, term, value in bound:
        if parameter.type == "text":
            assert term == Literal(value)
        elif parameter.type in ("entity", "concept"):
            assert str(term) in meant(parameter, value)
        elif parameter.type in ("date", "integer"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d" if parameter.type == "date" else r"-?\d+", term.value, re.ASCII)
    return bound


@pytest.fixture(scope="module")
def naughty(shared):
    """The Big List of Naughty Strings."""
    return json.loads((shared / "naughty-strings.json").read_text(encoding="utf-8"))


def test_hostile_values_change_no_query(query):
    each = VALUES // len(catalog.names(query.path.parent)) + 1
    assert check(query, [], each), "some are bound"


def test_naughty_strings_change_no_query(query, naughty):
    assert check(query, naughty, len(naughty) * len(query.parameters))


def test_hostile_values_of_every_type_change_no_query(folder_with_every_type):
    query = catalog.load("every-type", folder_with_every_type)
    kinds = {parameter.type for parameter, _, _ in check(query, [], 6_000)}
    assert kinds == {"entity", "concept", "class", "text"} | (kinds & {"date", "integer"})


@thorough
def test_hostile_values_give_the_same_on_every_engine(everywhere, query):
    """A sample is asked in earnest: none fails, and all engines find the same."""
    sample = {repr(term): (parameter, term) for parameter, term, _ in bind_all(query, [], 600)}
    for number, (parameter, term) in enumerate(list(sample.values())[:60]):
        bound = {parameter.name: [term]}
        slow = [everywhere.rdflib] if number % 30 == 0 else []
        if query.step:
            everywhere.fast(query, bound)  # no value of a step's parameters reaches an engine
        else:
            assert everywhere.disagreements(query, bound, slow) == []


def test_the_engines_read_the_same_text(everywhere):
    """rdflib expands code points twice where it is let: it is not."""
    backends = [everywhere.rdflib, everywhere.quick["the engine on plain Turtle"]]
    random = Random(0)
    values = ["\\u0022 } DROP", "\\U00000022", "\x01abcd1234", "\\\\u000A", "\\u005C\\u0022", "\\abcd"]
    values += [hostile(random, []) for _ in range(60)]
    for value in (text for text in values if not re.search("[\ud800-\udfff]", text)):
        for backend in backends:
            (row,) = backend.sparql(f"SELECT ({token(Literal(value))} AS ?v) {{}}").solutions
            assert row["v"] == Literal(value)


def test_texts_have_a_bound(shipped):
    assert len(shipped.ask("search", text="[" * MAX_TEXT)) == 0
    with pytest.raises(kg.BadParameter, match="longer than"):
        shipped.ask("search", text="[" * (MAX_TEXT + 1))
