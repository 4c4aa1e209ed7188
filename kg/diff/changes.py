"""From two states of a graph to what came, went and changed, in words with labels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from kg import schema
from kg.diff.record import Change, How
from kg.diff.state import LABEL, RECEIPT, TEXT, Atom, Field, State
from kg.diff.triples import comparable, is_axiom
from kg.diff.values import Number, Passage, numbers
from kg.diff.wording import Wording
from kg.terms import KG, RDF_TYPE, SKOS, Quad, Token, Triple

ONTOLOGY = "ontology"
OTHER = "other"
_HASH = f"<{KG}sha256>"
_LABELS_MADE = frozenset((f"<{KG}Mention>", f"<{KG}Correction>"))
"""Classes whose labels are put together from what their things say."""

_CONCEPTS = (f"<{SKOS}Concept>", f"<{SKOS}ConceptScheme>")


def compare(before: Iterable[Quad], after: Iterable[Quad], language: str = "en") -> list[Change]:
    """What came, went and changed from one state of a graph to the other, sorted.

    Which named graph a triple stands in, what is inferred, and how a number is written make no difference. A report
    that came or went as a whole is one change, with its claims counted. Labels are in `language` where there are any.
    What our vocabulary does not know is counted. The list is empty only where both say the same.
    """
    shapes = schema.load()
    one, other = comparable(before, after, shapes)
    gone, come = one - other, other - one
    if not gone and not come:
        return []
    states = State(one, shapes), State(other, shapes)
    comparison = _Comparison(*states, Wording(*states, language, shapes))
    return sorted(comparison.changes(gone, come), key=Change.order)


class _Comparison:
    """Two states, and the words to tell how they differ."""

    def __init__(self, before: State, after: State, wording: Wording) -> None:
        self.before, self.after, self.wording = before, after, wording
        self.whole = before.reports() ^ after.reports()

    def changes(self, gone: set[Triple], come: set[Triple]) -> Iterator[Change]:
        """All changes, given the triples that only one state has."""
        told: set[Token] = set()
        yield from self._reports()
        for thing in sorted(set[Token]().union(*(self._roots(subject) for subject in {s for s, _, _ in gone | come}))):
            found = list(self._of_thing(thing))
            yield from found
            if found or self._is_told_by_report(thing):
                told.add(thing)
        yield from self._others("went", gone, told)
        yield from self._others("came", come, told)

    def _roots(self, subject: Token) -> set[Token]:
        return self.before.roots(subject) | self.after.roots(subject)

    def _is_told_by_report(self, thing: Token) -> bool:
        """Whether a thing is a report that came or went, or is counted with one."""
        owners = [state.report_of(thing) for state in (self.before, self.after) if thing in state.kinds]
        return len(set(owners)) == 1 and owners[0] in self.whole

    def _reports(self) -> Iterator[Change]:
        """A change for each report that came or went as a whole."""
        for report, (claims, corrections) in self._contents(self.before).items():
            yield self._report(report, "went", before=(self.wording.counted(claims, corrections),))
        for report, (claims, corrections) in self._contents(self.after).items():
            yield self._report(report, "came", after=(self.wording.counted(claims, corrections),))

    def _report(self, report: Token, how: How, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> Change:
        said = self.wording.source(report)
        return Change(
            how,
            "report",
            self.wording.label(report),
            report[1:-1],
            self.wording.type(report) or None,
            None,
            before,
            after,
            said,
        )

    def _contents(self, state: State) -> dict[Token, tuple[Counter[str], int]]:
        """The reports that only this state has: how many claims of each class they make, and how many corrections."""
        claims: dict[Token, Counter[str]] = {report: Counter() for report in state.reports() & self.whole}
        corrections: Counter[Token] = Counter()
        for thing, kind in state.kinds.items() if claims else ():
            report = state.report_of(thing)
            if report is None or report not in claims:
                continue
            if kind == "claim":
                claims[report][self.wording.type(thing)] += 1
            elif kind == "correction":
                corrections[report] += 1
        return {report: (found, corrections[report]) for report, found in claims.items()}

    def _of_thing(self, thing: Token) -> Iterator[Change]:
        kinds = self.before.kinds.get(thing), self.after.kinds.get(thing)
        if self._is_told_by_report(thing):
            return
        if kinds[0] == kinds[1]:
            yield from self._changed(thing)
            return
        if kinds[0]:
            yield self._whole(thing, "went", self.before)
        if kinds[1]:
            yield self._whole(thing, "came", self.after)

    def _whole(self, thing: Token, how: How, state: State) -> Change:
        """A claim, entity, judgement or correction that came or went."""
        kind = state.kinds[thing]
        reason = self.wording.reason(thing) if kind in ("judgement", "correction") else ()
        return Change(
            how,
            kind,
            self.wording.thing(thing),
            thing[1:-1],
            self.wording.type(thing),
            "reason" if reason else None,
            reason if how == "went" else (),
            reason if how == "came" else (),
            self.wording.source(state.report_of(thing)),
            is_text=True,
        )

    def _changed(self, thing: Token) -> Iterator[Change]:
        """What changed of a thing that both states have, property by property."""
        before, after = self.before.fields(thing), self.after.fields(thing)
        fields = sorted(before.keys() | after.keys())
        pairs = [(field, before.get(field, set()), after.get(field, set())) for field in fields]
        differing = {field.property for field, one, other in pairs if one != other}
        # A hash says no more than the text does, nor such a label as is made from the rest.
        idle = {_HASH} if TEXT in differing else set()
        if differing != {LABEL} and not _LABELS_MADE.isdisjoint(self.after.classes(thing)):
            idle.add(LABEL)
        for field, one, other in pairs:
            if one != other and field.property not in idle:
                yield from self._field(thing, field, one - other, other - one)

    def _field(self, thing: Token, field: Field, gone: set[Atom], come: set[Atom]) -> Iterator[Change]:
        if field.property == RECEIPT:
            for one, other in _moved(gone, come):
                gone, come = gone - {one}, come - {other}
                old, new = _places(one, other)
                yield self._change(thing, field, (old,), (new,), is_moved=True)
            if not gone and not come:
                return
        unit = ""
        if all(isinstance(atom, Number) for atom in gone | come):
            before, after, unit = numbers(_sorted_numbers(gone), _sorted_numbers(come))
        else:
            before, after = self.wording.values(field, gone, come)
        yield self._change(thing, field, before, after, unit=unit, is_text=self.wording.is_text(field, gone | come))

    def _change(
        self,
        thing: Token,
        field: Field,
        before: tuple[str, ...],
        after: tuple[str, ...],
        unit: str = "",
        is_text: bool = False,
        is_moved: bool = False,
    ) -> Change:
        kind = self.after.kinds[thing]
        return Change(
            "changed",
            kind,
            self.wording.thing(thing),
            thing[1:-1],
            self.wording.type(thing),
            self.wording.property(field, kind == "entity"),
            before,
            after,
            self.wording.source(self.after.report_of(thing)),
            unit,
            is_text,
            is_moved,
        )

    def _others(self, how: How, triples: set[Triple], told: set[Token]) -> Iterator[Change]:
        """Counts of the triples that no other change tells of."""
        counts: Counter[str] = Counter()
        for triple in triples:
            is_ours = self.before.knows(triple) or self.after.knows(triple)
            if not (is_ours and self._roots(triple[0]) & told):
                counts[ONTOLOGY if self._is_term(triple) else OTHER] += 1
        for label, count in sorted(counts.items()):
            number = (str(count),)
            yield Change(
                how, "other", label, before=number if how == "went" else (), after=number if how == "came" else ()
            )

    def _is_term(self, triple: Triple) -> bool:
        """Whether a triple is about a term of the ontology or a concept."""
        facts = [state.facts.get(triple[0], {}).get(RDF_TYPE, ()) for state in (self.before, self.after)]
        return is_axiom(triple) or any(name in _CONCEPTS for types in facts for name in types)


def _moved(gone: set[Atom], come: set[Atom]) -> Iterator[tuple[Passage, Passage]]:
    """Receipts that give the same words from another place, or from among other words, in pairs."""
    waiting: dict[str, list[Passage]] = defaultdict(list)
    for passage in sorted(atom for atom in come if isinstance(atom, Passage)):
        waiting[passage.exact].append(passage)
    for passage in sorted(atom for atom in gone if isinstance(atom, Passage)):
        if waiting[passage.exact]:
            yield passage, waiting[passage.exact].pop(0)


def _places(one: Passage, other: Passage) -> tuple[str, str]:
    """Where two passages stand: by characters, or where that is the same by the words around them."""
    if one[1:3] != other[1:3]:
        return f"characters {one.start}–{one.end}", f"characters {other.start}–{other.end}"
    return f"between “{one.prefix}” and “{one.suffix}”", f"between “{other.prefix}” and “{other.suffix}”"


def _sorted_numbers(atoms: set[Atom]) -> list[Number]:
    return sorted((atom for atom in atoms if isinstance(atom, Number)), key=str)
