"""The lookups that are measured: a canned query, the parameter that is bound, and a SPARQL written by hand for it.

In the hand-written form the value stands as a bound term in the basic graph pattern, where an engine can start from
it; what the canned form filters for parameters that are not given is left out, and so are its order and what the
made-up facts do not need: that a city may lie in another. Classes are tested last, for Oxigraph would start there.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.terms import ID, KG, RDFS, SCHEMA, SKOS

_PREFIXES = (
    f"PREFIX kg: <{KG}> PREFIX id: <{ID}> PREFIX schema: <{SCHEMA}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}>\n"
)
_PERIOD = "OPTIONAL { ?claim kg:start ?start } OPTIONAL { ?claim kg:end ?end }"
_MONEY = """OPTIONAL { ?claim kg:amount ?money .
  OPTIONAL { ?money kg:value ?amount } OPTIONAL { ?money kg:minimum ?minimum } OPTIONAL { ?money kg:maximum ?maximum }
  OPTIONAL { ?money kg:currency ?currency } OPTIONAL { ?money kg:qualifier ?qualifier }
  OPTIONAL { ?money kg:printed ?printed } }"""

_STATEMENT = f"""SELECT DISTINCT ?claim ?speaker ?role ?statement ?mode ?event ?start ?end ?report WHERE {{
  %s
  ?claim kg:speaker ?speaker ; kg:text ?statement ; kg:mode ?mode ; kg:report ?report .
  FILTER EXISTS {{ ?claim a kg:Statement }}
  OPTIONAL {{ ?claim kg:position ?position OPTIONAL {{ ?position kg:role ?role }} }}
  OPTIONAL {{ ?claim kg:event ?event }} {_PERIOD}
}}"""

_INVESTMENT = f"""SELECT DISTINCT ?claim ?investor ?what ?place ?within ?stage ?amount ?currency ?qualifier ?event
  ?start ?end ?report ?minimum ?maximum ?printed WHERE {{
  %s
  ?claim kg:investor ?investor ; kg:stage ?stage ; kg:report ?report ; kg:place ?place .
  FILTER EXISTS {{ ?claim a kg:Investment }}
  OPTIONAL {{ ?claim kg:what ?what }}
  OPTIONAL {{
    ?place schema:containedInPlace* ?within .
    FILTER EXISTS {{ ?within kg:placeType <{ID}place-type/city> }}
  }}
  {_MONEY}
  OPTIONAL {{ ?claim kg:event ?event }} {_PERIOD}
}}"""

_AGREEMENT = f"""SELECT DISTINCT ?claim ?party ?count ?event ?place ?amount ?currency ?qualifier ?start ?end ?kind ?what
  ?part_of ?report ?minimum ?maximum ?printed WHERE {{
  %s
  ?claim kg:report ?report .
  FILTER EXISTS {{ ?claim a kg:Agreement }}
  OPTIONAL {{ ?claim kg:party ?party }} OPTIONAL {{ ?claim kg:count ?count }} OPTIONAL {{ ?claim kg:event ?event }}
  OPTIONAL {{ ?claim kg:place ?place }} OPTIONAL {{ ?claim kg:kind ?kind }} OPTIONAL {{ ?claim kg:what ?what }}
  OPTIONAL {{ ?claim kg:partOf ?part_of }}
  {_MONEY} {_PERIOD}
}}"""

_FIGURE = f"""SELECT DISTINCT ?claim ?about ?measure ?value ?unit ?qualifier ?start ?end ?origin ?place ?printed ?report
WHERE {{
  %s
  ?claim kg:about ?about ; kg:measure ?measure ; kg:value ?value ; kg:unit ?unit ;
    kg:qualifier ?qualifier ; kg:report ?report .
  FILTER EXISTS {{ ?claim a kg:Figure }}
  OPTIONAL {{ ?claim kg:origin ?origin }} OPTIONAL {{ ?claim kg:place ?place }}
  OPTIONAL {{ ?claim kg:printed ?printed }}
  {_PERIOD}
}}"""

_OFFICIAL = f"""SELECT DISTINCT ?claim ?person ?position ?organization ?start ?end ?place ?report WHERE {{
  %s
  ?claim kg:person ?person ; kg:role ?position ; kg:report ?report .
  FILTER EXISTS {{ ?claim a kg:Position }}
  OPTIONAL {{ ?claim kg:organization ?organization }} {_PERIOD} OPTIONAL {{ ?claim kg:place ?place }}
}}"""

_EVENT = f"""SELECT DISTINCT ?claim ?event ?series ?edition ?start ?end ?place ?attendance ?reason ?report WHERE {{
  %s
  ?claim kg:event ?event ; kg:report ?report .
  FILTER EXISTS {{ ?claim a kg:EventDescription }}
  OPTIONAL {{ ?claim kg:series ?series }} OPTIONAL {{ ?claim kg:edition ?edition }}
  OPTIONAL {{ ?claim kg:place ?place }}
  OPTIONAL {{ ?claim kg:attendance ?attendance }} OPTIONAL {{ ?claim kg:reason ?reason }} {_PERIOD}
}}"""

_TIMELINE = f"""SELECT DISTINCT ?claim ?kind ?summary ?start ?end ?report WHERE {{
  ?thing schema:containedInPlace* %s .
  ?claim ?property ?thing .
  FILTER(?property IN (kg:speaker, kg:about, kg:event, kg:place, kg:investor, kg:party, kg:origin, kg:person,
    kg:organization, kg:series, kg:company, kg:base, kg:entity))
  ?claim a ?kind .
  FILTER(?kind IN (kg:Statement, kg:Investment, kg:Agreement, kg:Figure, kg:Position, kg:EventDescription,
    kg:SeriesDescription, kg:CompanyDescription, kg:Assertion))
  ?claim rdfs:label ?summary ; kg:report ?report .
  {_PERIOD}
}}"""

_KINDS = (
    "kg:Person",
    "kg:Organization",
    "kg:Company",
    "kg:Place",
    "kg:Event",
    "kg:EventSeries",
    "kg:Report",
    "skos:Concept",
)
_SEARCH = f"""SELECT DISTINCT ?entity ?kind ?name ?claim WHERE {{
  {{
    VALUES ?kind {{ {" ".join(_KINDS)} }}
    ?entity a ?kind .
    {{ ?entity rdfs:label ?name }} UNION {{ ?entity skos:prefLabel ?name }} UNION {{ ?entity skos:altLabel ?name }}
    FILTER(CONTAINS(LCASE(STR(?name)), %s))
  }} UNION {{
    ?claim a kg:Mention ; kg:name ?name .
    FILTER(CONTAINS(LCASE(STR(?name)), %s))
    ?claim kg:entity ?entity .
    ?entity a ?kind .
    FILTER(?kind IN ({", ".join(_KINDS)}))
  }}
  FILTER(?kind != kg:Organization || NOT EXISTS {{ ?entity a kg:Company }})
}}"""

_AT_PLACE = (
    "?where schema:containedInPlace* %s . ?claim kg:about ?where .",
    "?where schema:containedInPlace* %s . ?claim kg:place ?where .",
    """?where schema:containedInPlace* %s .
  ?described kg:place ?where ; kg:event ?at . FILTER EXISTS { ?described a kg:EventDescription }
  ?claim kg:event ?at .""",
)
"""What was said about a place, said there, or said at an event that took place there."""


def _either(pattern: str, starts: tuple[str, ...]) -> str:
    """A query that starts in several ways: engines plan a union better outside than inside."""
    head, brace, inner = pattern.partition("{")
    return head + brace + " UNION ".join("{" + inner.rstrip().removesuffix("}") % start + "}" for start in starts) + "}"


@dataclass(frozen=True)
class Case:
    """A lookup: a canned query with one parameter, where values for it are found, and the hand-written SPARQL.

    `values` is the property whose objects are bound, by class of claim; words are taken from texts and names.
    """

    query: str
    parameter: str
    values: tuple[str, str]
    body: str

    @property
    def title(self) -> str:
        """The lookup's name."""
        return f"{self.query} by {self.parameter}"

    def tuned(self, token: str) -> str:
        """The hand-written SPARQL for a value."""
        return _PREFIXES + self.body.replace("%s", token)


CASES = (
    Case("who-said-what", "speaker", ("statement", "speaker"), _STATEMENT % "?claim kg:speaker %s ."),
    Case("who-said-what", "event", ("statement", "event"), _STATEMENT % "?claim kg:event %s ."),
    Case("who-said-what", "topic", ("link", "topic"), _STATEMENT % "?claim kg:topic %s ."),
    Case("who-said-what", "place", ("investment", "place"), _either(_STATEMENT, _AT_PLACE)),
    Case("who-said-what", "text", ("statement", "text"),
         _STATEMENT % "?claim kg:text ?statement . FILTER(CONTAINS(LCASE(STR(?statement)), %s))"),
    Case("who-invested-where", "place", ("investment", "place"),
         _INVESTMENT % "?where schema:containedInPlace* %s . ?claim kg:place ?where ."),
    Case("who-invested-where", "investor", ("link", "investor"), _INVESTMENT % "?claim kg:investor %s ."),
    Case("agreements-signed", "event", ("agreement", "event"), _AGREEMENT % "?claim kg:event %s ."),
    Case("agreements-signed", "party", ("link", "party"), _AGREEMENT % "?claim kg:party %s ."),
    Case("figures", "about", ("link", "about"), _FIGURE % "?claim kg:about %s ."),
    Case("officials", "organization", ("position", "organization"), _OFFICIAL % "?claim kg:organization %s ."),
    Case("events", "series", ("event_description", "series"), _EVENT % "?claim kg:series %s ."),
    Case("search", "text", ("name", "name"), _SEARCH),
    Case("timeline", "about", ("involves", "entity"), _TIMELINE),
)  # fmt: skip
