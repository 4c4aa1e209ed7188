"""Times the compiled reasoner against owlrl on made-up reports, after checking that both find the same facts.

    python benchmarks/reason.py --reports 300

owlrl needs minutes for 300 reports and an hour or more for some thousands; `--reports` sets how many.
"""

import argparse
import platform
import statistics
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from random import Random

from pyoxigraph import RdfFormat, parse

from kg.reason import closure

Triple = tuple[str, str, str]

ONTOLOGY = Path(__file__).parents[1] / "ontology"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
WITHIN = "<https://schema.org/containedInPlace>"
DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
DATE = "^^<http://www.w3.org/2001/XMLSchema#date>"
DECIMAL = "^^<http://www.w3.org/2001/XMLSchema#decimal>"
INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"


def kg(name: str) -> str:
    """A term of our ontology."""
    return f"<https://w3id.org/kabar/ontology#{name}>"


def item(kind: str, number: object) -> str:
    """A resource of ours."""
    return f"<https://w3id.org/kabar/id/{kind}/{number}>"


def shared(random: Random) -> Iterator[Triple]:
    """Places four levels deep, people, companies, events: what all reports speak of."""
    for number in range(300):
        yield item("place", number), TYPE, kg("Place")
        yield item("place", number), kg("placeType"), item("place-type", ("country", "city", "zone")[number % 3])
        if number >= 10:
            yield item("place", number), WITHIN, item("place", number // 10 + random.randrange(3))
    for kind, cls, count in (("person", "Person", 800), ("company", "Company", 600), ("event", "Event", 100)):
        yield from ((item(kind, number), TYPE, kg(cls)) for number in range(count))


def one_report(number: int, random: Random) -> Iterator[Triple]:
    """About 200 triples: a report with ten claims, each with its passage."""
    report = item("report", number)
    yield report, TYPE, kg("Report")
    yield report, kg("publisher"), item("company", random.randrange(50))
    yield report, kg("date"), f'"2021-{number % 12 + 1:02}-07"{DATE}'
    yield report, kg("language"), '"en"'
    yield report, kg("text"), f'"Text of report {number}."'
    makers = (statement, statement, statement, position, position, investment, investment, agreement, figure, mention)
    for place, make in enumerate(makers):
        claim, passage = item("claim", f"{number}-{place}"), item("passage", f"{number}-{place}")
        yield claim, kg("report"), report
        yield claim, DERIVED, passage
        yield claim, kg("topic"), item("topic", random.randrange(20))
        yield claim, kg("event"), item("event", random.randrange(100))
        yield claim, kg("place"), item("place", random.randrange(300))
        yield claim, kg("start"), f'"2021-{number % 12 + 1:02}-01"{DATE}'
        yield passage, TYPE, kg("Passage")
        yield passage, kg("report"), report
        yield passage, "<http://www.w3.org/ns/oa#exact>", f'"passage {number} {place}"@en'
        yield passage, "<http://www.w3.org/ns/oa#prefix>", '"before "'
        yield passage, "<http://www.w3.org/ns/oa#suffix>", '" after"'
        yield passage, "<http://www.w3.org/ns/oa#start>", f'"{place * 100}"{INTEGER}'
        yield passage, "<http://www.w3.org/ns/oa#end>", f'"{place * 100 + 60}"{INTEGER}'
        yield from ((claim, predicate, value) for predicate, value in make(number, random))


def statement(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of a statement."""
    yield TYPE, kg("Statement")
    yield kg("speaker"), item("person", random.randrange(800))
    yield kg("mode"), item("mode", random.choice(("direct", "indirect", "paraphrase")))
    yield kg("text"), f'"Words of report {number}, {random.random()}"@en'
    yield kg("position"), item("claim", f"{number}-3")


def position(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of a position."""
    yield TYPE, kg("Position")
    yield kg("person"), item("person", random.randrange(800))
    yield kg("organization"), item("company", random.randrange(600))
    yield kg("role"), f'"director {number % 40}"@en'


def investment(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of an investment; it has no stated type half of the time."""
    if number % 2:
        yield TYPE, kg("Investment")
    yield kg("investor"), item("company", random.randrange(600))
    yield kg("what"), f'"plant {number}"@en'
    yield kg("stage"), item("stage", random.choice(("announced", "signed", "operating")))
    yield kg("amount"), item("amount", number)
    yield kg("industry"), item("industry", random.randrange(15))


def agreement(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of an agreement."""
    yield TYPE, kg("Agreement")
    yield kg("party"), item("company", random.randrange(600))
    yield kg("party"), item("company", random.randrange(600))
    yield kg("count"), f'"{number % 7 + 1}"{INTEGER}'


def figure(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of a figure."""
    yield TYPE, kg("Figure")
    yield kg("about"), item("place", random.randrange(300))
    yield kg("measure"), item("measure", random.randrange(12))
    yield kg("value"), f'"{number}.50"{DECIMAL}'
    yield kg("unit"), '"USD"'
    yield kg("qualifier"), '"about"'


def mention(number: int, random: Random) -> Iterator[tuple[str, str]]:
    """Properties of a mention."""
    yield TYPE, kg("Mention")
    yield kg("entity"), item("company", random.randrange(600))
    yield kg("name"), f'"Company {number}"@en'


def graph(reports: int, seed: int) -> set[Triple]:
    """The ontology, its vocabularies, and a number of reports; the same for the same seed."""
    random = Random(seed)
    triples: set[Triple] = set()
    for path in (ONTOLOGY / "core.ttl", *sorted((ONTOLOGY / "vocab").glob("*.ttl"))):
        quads = parse(path=str(path), format=RdfFormat.TURTLE)
        triples.update((str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads)
    triples.update(shared(random))
    for number in range(reports):
        triples.update(one_report(number, random))
    return triples


def timed(run: Callable[[], set[Triple]], times: int) -> tuple[set[Triple], float]:
    """The result of a function and the median of its seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        seconds.append(time.perf_counter() - start)
    return found, statistics.median(seconds)


def main() -> int:
    """Prints what was compared and how long each took; 1 if the engines disagree."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--reports", type=int, default=300, help="how many reports to make up (300)")
    options.add_argument("--runs", type=int, default=5, help="runs of the compiled engine, of which the median (5)")
    options.add_argument("--owlrl-runs", type=int, default=1, help="runs of owlrl, of which the median; 0 for none (1)")
    options.add_argument("--seed", type=int, default=7, help="what the made-up reports depend on (7)")
    arguments = options.parse_args()
    triples = graph(arguments.reports, arguments.seed)
    found, ours = timed(lambda: closure(triples), arguments.runs)
    print(f"{arguments.reports} reports, {len(triples)} triples, Python {platform.python_version()}")
    print(f"compiled rules:  {len(found)} facts in {ours:.3f} s, median of {arguments.runs}")
    if not arguments.owlrl_runs:
        return 0
    expected, theirs = timed(lambda: closure(triples, engine="owlrl"), arguments.owlrl_runs)
    name = f"owlrl {version('owlrl')} on rdflib {version('rdflib')}"
    if found != expected:
        print(f"{name} disagrees: {len(found - expected)} facts more, {len(expected - found)} fewer")
        return 1
    print(f"{name}:  the same {len(expected)} facts in {theirs:.1f} s, median of {arguments.owlrl_runs}")
    print(f"ratio: {theirs / ours:.0f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
