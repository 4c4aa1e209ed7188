"""From a graph's triples to the rows of the derived tables; refuses claims that do not keep their shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.errors import DataError
from kg.names import folded
from kg.schema import LANG_STRING, Property, Schema, Shape
from kg.store import ddl
from kg.terms import KG, OA, PROV, RDF_TYPE, RDFS, SCHEMA, SKOS, Literal, Token, Triple, local_name, term

Row = dict[str, Token | str | int | None]
Facts = dict[str, list[Token]]

REPORT = KG + "report"
LABELS = (f"<{RDFS}label>", f"<{SKOS}prefLabel>")
ALIAS = f"<{SKOS}altLabel>"
CONTAINED = f"<{SCHEMA}containedInPlace>"
PLACE_TYPE = f"<{KG}placeType>"
REASON, DECIDED_BY = f"<{KG}reason>", f"<{PROV}wasAttributedTo>"
JUDGED = {f"<{KG}joins>": 1, f"<{KG}separates>": 0}
"""The properties of a judgement, and whether it joins what they lead to."""

IN_SCHEME = f"<{SKOS}inScheme>"


_LONGEST_TEXT = 2**31


@dataclass
class Derived:
    """The rows one graph gives, by table; IRIs are still tokens. Class tables are keyed by their name."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **row: Token | str | int | None) -> None:
        """Add a row to `table`."""
        self.rows[table].append(row)


def derive(triples: Iterable[Triple], schema: Schema) -> Derived:
    """All rows that a report's graph, or any other graph, gives.

    Raises DataError, naming the claim, where a claim does not keep its shape, a passage is not where it
    says it is, or a date is none.
    """
    facts: dict[Token, Facts] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, obj in triples:
        facts[subject][predicate[1:-1]].append(obj)
    derived = Derived()
    by_target = schema.by_target()
    tables = {shape.target: shape for shape in ddl.table_shapes(schema)}
    for subject, found in facts.items():
        types = found.get(RDF_TYPE[1:-1], [])
        own = [tables[kind[1:-1]] for kind in types if kind[1:-1] in tables]
        if len(own) > 1:
            raise DataError(f"{subject} is of {len(own)} classes of claims; give it one")
        if own:
            _class_row(subject, found, own[0], facts, schema, derived)
        for kind in types:
            if kind in by_target and by_target[kind].name in ("Passage", "Citation"):
                _receipt_row(subject, found, by_target[kind], facts, derived)
    _check_passages(facts, derived)
    _general_rows(facts, derived, schema)
    return derived


def general_row(triple: Triple) -> tuple[str, Row] | None:
    """The row that a single triple gives, if any: a label, name, type or containment, or a part of a judgement."""
    subject, predicate, obj = triple
    if predicate in LABELS or predicate == ALIAS:
        value = term(obj)
        if not isinstance(value, Literal):
            return None
        table = "name" if predicate == ALIAS else "label"
        key = "name" if predicate == ALIAS else "label"
        return table, {"entity": subject, key: value.value, "language": value.language or ""}
    if predicate == REASON:
        why = term(obj)
        if not isinstance(why, Literal):
            return None
        return "decision", {"judgement": subject, "reason": why.value, "language": why.language or ""}
    if not obj.startswith("<"):
        return None
    if predicate in (RDF_TYPE, IN_SCHEME):
        return "type", {"entity": subject, "type": obj}
    if predicate == CONTAINED:
        return "contained", {"place": subject, "parent": obj}
    if predicate == PLACE_TYPE:
        return "place_type", {"place": subject, "type": obj}
    if predicate == DECIDED_BY:
        return "decider", {"judgement": subject, "agent": obj}
    if predicate in JUDGED:
        return "judged", {"judgement": subject, "joins": JUDGED[predicate], "member": obj}
    return None


def places_of(triples: Iterable[Triple]) -> set[Token]:
    """The places whose containment or type `triples` give."""
    return {triple[0] for triple in triples if triple[1] in (CONTAINED, PLACE_TYPE)}


def _general_rows(facts: dict[Token, Facts], derived: Derived, schema: Schema) -> None:
    """Labels, names, types and containment; and which IRIs the graph refers to."""
    quiet = {f"<{KG}Passage>", f"<{KG}Citation>", f"<{KG}Amount>", f"<{OA}TextQuoteSelector>"}
    quiet |= {f"<{OA}TextPositionSelector>", f"<{PROV}Activity>"}
    quiet |= {f"<{schema.shapes[name].target}>" for name in schema.claim_classes}
    judgement = f"<{KG}Judgement>"
    for subject, found in facts.items():
        types = set(found.get(RDF_TYPE[1:-1], []))
        for predicate, values in found.items():
            for value in values:
                made = general_row((subject, f"<{predicate}>", value))
                is_quiet = made is not None and made[0] == "type" and types & quiet
                is_other = made is not None and made[0] in ("decision", "decider") and judgement not in types
                if made and not is_quiet and not is_other:
                    derived.add(made[0], **made[1])
    referred = {o for found in facts.values() for values in found.values() for o in values if o.startswith("<")}
    for iri in sorted(referred):
        derived.add("refers", entity=iri)


def _class_row(
    subject: Token, found: Facts, shape: Shape, facts: dict[Token, Facts], schema: Schema, derived: Derived
) -> None:
    for prop in shape.properties:
        problem = prop.problem(found.get(prop.iri, []))
        if problem:
            raise DataError(f"{subject} ({shape.name}) {problem}")
    row: Row = {"id": subject}
    for prop in shape.properties:
        if prop.maximum == 1 and found.get(prop.iri):
            _fill(row, prop, found[prop.iri][0], facts, schema, subject)
    derived.add(shape.table, **row)
    for prop in ddl.side_properties(shape):
        for value in found.get(prop.iri, []):
            _side_row(subject, prop, value, derived)
    for value in found.get(PROV + "wasDerivedFrom", []):
        derived.add("receipt", claim=subject, receipt=value)
    if shape.name in schema.claim_classes:
        start, end = row.get("start_date"), row.get("end_date")
        if start and end and str(start) > str(end):
            raise DataError(f"{subject} ({shape.name}) ends on {end}, before it starts on {start}")
        derived.add("claim", claim=subject, kind=shape.name, report=row["report"], start_date=start, end_date=end)
        _involved(subject, found, schema, derived)
        _beside_the_shape(subject, found, shape, derived)
    if shape.name == "Mention":
        name = term(found[KG + "name"][0])
        assert isinstance(name, Literal)
        derived.add("name", entity=row["entity"], name=name.value, language=name.language or "", source=subject)
    if shape.name == "Statement":
        words = term(found[KG + "text"][0])
        assert isinstance(words, Literal)
        derived.add("statement_words", rowid=subject, folded=folded(words.value))


def _fill(row: Row, prop: Property, value: Token, facts: dict[Token, Facts], schema: Schema, of: Token) -> None:
    if prop.value_class == KG + ddl.AMOUNT:
        amount = facts.get(value, {})
        for part in schema.shapes[ddl.AMOUNT].properties:
            problem = part.problem(amount.get(part.iri, []))
            if problem:
                raise DataError(f"the amount of {of} {problem}")
            if amount.get(part.iri):
                row[f"{prop.column}_{part.column}"] = _plain(amount[part.iri][0])
    elif prop.is_literal:
        row[prop.column] = _plain(value)
        if prop.datatype == LANG_STRING:
            row[f"{prop.column}_language"] = _language(value)
    elif prop.name != "wasGeneratedBy":
        row[prop.column] = value


def _side_row(subject: Token, prop: Property, value: Token, derived: Derived) -> None:
    if prop.is_literal:
        derived.add("text", claim=subject, property=prop.column, value=_plain(value), language=_language(value))
    else:
        derived.add("link", claim=subject, property=prop.column, value=value)


def _beside_the_shape(subject: Token, found: Facts, shape: Shape, derived: Derived) -> None:
    """What a claim says by properties of ours that its shape neither asks for nor forbids."""
    known = {prop.iri for prop in shape.properties}
    for predicate in (predicate for predicate in found if predicate.startswith(KG) and predicate not in known):
        for value in found[predicate]:
            if value.startswith("<"):
                derived.add("link", claim=subject, property=local_name(predicate), value=value)
            else:
                literal = {"value": _plain(value), "language": _language(value)}
                derived.add("text", claim=subject, property=local_name(predicate), **literal)


def _involved(subject: Token, found: Facts, schema: Schema, derived: Derived) -> None:
    """The entities a claim speaks of, whatever the property: what `timeline` goes by."""
    involved = {value for iri in schema.entity_properties & found.keys() for value in found[iri]}
    for entity in sorted(value for value in involved if value.startswith("<")):
        derived.add("involves", claim=subject, entity=entity)


def _receipt_row(subject: Token, found: Facts, shape: Shape, facts: dict[Token, Facts], derived: Derived) -> None:
    for prop in shape.properties:
        problem = prop.problem(found.get(prop.iri, []))
        if problem:
            raise DataError(f"{subject} ({shape.name}) {problem}")
    if shape.name == "Citation":
        derived.add("citation", citation=subject, report=found[REPORT][0], cites=_plain(found[KG + "cites"][0]))
        return
    merged: dict[str, set[Token]] = defaultdict(set)
    for selector in found.get(OA + "hasSelector", []):
        for key, values in facts.get(selector, {}).items():
            merged[key].update(values)
    try:
        (exact,), (first,), (last,) = (map(_plain, merged[OA + key]) for key in ("exact", "start", "end"))
        start, stop = int(first), int(last)
    except ValueError:
        raise DataError(f"{subject} (Passage) needs one oa:exact, oa:start and oa:end on its selectors") from None
    if not 0 <= start < stop < _LONGEST_TEXT:
        raise DataError(f"{subject} (Passage) cannot stand at {start} to {stop} of a text")
    context = {key: min(map(_plain, merged[OA + key]), default=None) for key in ("prefix", "suffix")}
    derived.add("passage", passage=subject, report=found[OA + "hasSource"][0], exact=exact, start=start, stop=stop,
                **context)  # fmt: skip


def _check_passages(facts: dict[Token, Facts], derived: Derived) -> None:
    """`text[start:end] == exact` for every passage of a report whose text the graph holds."""
    for row in derived.rows["passage"]:
        texts = facts.get(str(row["report"]), {}).get(KG + "text")
        if not texts:
            continue
        text, start, stop = _plain(texts[0]), row["start"], row["stop"]
        assert isinstance(start, int)
        assert isinstance(stop, int)
        if not (0 <= start < stop <= len(text)) or text[start:stop] != row["exact"]:
            raise DataError(f"{row['passage']} is not at {start} to {stop} of its report's text, as it says")


def _plain(value: Token) -> str:
    read = term(value)
    return read.value if isinstance(read, Literal) else str(read)


def _language(value: Token) -> str:
    read = term(value)
    return (read.language or "") if isinstance(read, Literal) else ""
