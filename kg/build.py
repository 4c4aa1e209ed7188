"""From records to triples: how a report, its claims and their receipts are written in RDF."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from kg.formats import DEFAULT_GRAPH
from kg.records import ClaimRecord, EntityRecord, JudgementRecord, ReportRecord, RuleRecord
from kg.schema import Schema
from kg.terms import ID, IRI, KG, OA, PROV, RDF, RDFS, SKOS, XSD, Literal, Quad, Term, Triple, token
from kg.text import CONTEXT, Span

_LABEL = IRI(RDFS + "label")
_TYPE = IRI(RDF + "type")


def report_quads(report: ReportRecord, schema: Schema) -> Iterator[Quad]:
    """All quads of a report and of the entities it brings; which graph they go to is decided by the store."""
    for triple in _report(report, schema):
        yield (*triple, DEFAULT_GRAPH)
    for entity in report.entities:
        yield from entity_quads(entity)


def entity_quads(entity: EntityRecord) -> Iterator[Quad]:
    """The quads that give an entity's identity."""
    facts: list[tuple[IRI, Term]] = [(_TYPE, IRI(KG + entity.kind) if entity.kind else IRI(PROV + "Agent"))]
    facts += [(_LABEL, label) for label in entity.labels]
    facts += [(IRI(SKOS + "altLabel"), alias) for alias in entity.aliases]
    facts += [(IRI(prop), value) for prop, values in entity.values.items() for value in values]
    for predicate, value in facts:
        yield token(entity.iri), token(predicate), token(value), DEFAULT_GRAPH


def judgement_quads(judgement: JudgementRecord) -> Iterator[Quad]:
    """The quads of a judgement; its IRI follows from what it is about, so that one judgement is one node."""
    node = judgement_iri(judgement.joins, judgement.members)
    relation = IRI(KG + ("joins" if judgement.joins else "separates"))
    facts: list[tuple[IRI, Term]] = [(_TYPE, IRI(KG + "Judgement"))]
    facts += [(relation, member) for member in judgement.members]
    facts += [(IRI(KG + "reason"), reason) for reason in judgement.reasons]
    facts.append((IRI(PROV + "wasAttributedTo"), judgement.by))
    for predicate, value in facts:
        yield token(node), token(predicate), token(value), DEFAULT_GRAPH


def judgement_iri(joins: bool, members: Iterable[IRI]) -> IRI:
    """The IRI of the judgement that `members` are one, or are not."""
    about = "\n".join(["same" if joins else "different", *sorted(members)])
    return IRI(f"{ID}judgement/{hashlib.sha256(about.encode()).hexdigest()[:16]}")


def claim_iri(report: IRI, key: str) -> IRI:
    """The IRI of a claim of a report."""
    return _part(report, "claim", key)


def _report(report: ReportRecord, schema: Schema) -> Iterator[Triple]:
    reading = IRI(report.iri + "/reading")
    shape = schema.shapes["Report"]
    facts: list[tuple[IRI, IRI, Term]] = [(report.iri, _TYPE, IRI(KG + "Report"))]
    facts += [(report.iri, _LABEL, label) for label in report.labels]
    names = {prop.name: IRI(prop.iri) for prop in shape.properties}
    facts += [(report.iri, names.get(n, IRI(n)), v) for n, values in report.values.items() for v in values]
    facts.append((report.iri, names["language"], Literal(report.language)))
    if report.text is not None:
        digest = hashlib.sha256(report.text.encode()).hexdigest()
        facts.append((report.iri, names["text"], Literal(report.text, RDF + "langString", report.language)))
        facts.append((report.iri, names["sha256"], Literal(digest)))
    facts += _activity(report, reading)
    for rule in sorted({claim.rule for claim in report.claims if claim.rule}):
        facts += _rule(report, reading, rule)
    for claim in report.claims:
        facts += _claim(report, claim, reading, schema)
    for span in sorted(
        {r for c in report.claims for r in c.receipts if isinstance(r, Span)}, key=lambda s: (s.start, s.end)
    ):
        facts += _passage(report, span)
    for cites in sorted({r for c in report.claims for r in c.receipts if isinstance(r, str)}):
        facts += _citation(report, cites)
    return ((token(s), token(p), token(o)) for s, p, o in facts)


def _activity(report: ReportRecord, reading: IRI) -> Iterator[tuple[IRI, IRI, Term]]:
    yield reading, _TYPE, IRI(PROV + "Activity")
    yield reading, IRI(PROV + "wasAssociatedWith"), report.reader
    yield reading, IRI(PROV + "used"), report.iri


def _rule(report: ReportRecord, reading: IRI, rule: RuleRecord) -> Iterator[tuple[IRI, IRI, Term]]:
    """The part of a reading that one rule did (PROV-O, 3.1: an activity), and how sure the rule is, where known."""
    node = _rule_iri(reading, rule)
    yield from _activity(report, node)
    yield node, IRI(KG + "rule"), Literal(rule.name)
    if rule.confidence is not None:
        yield node, IRI(KG + "confidence"), Literal(rule.confidence, XSD + "decimal")


def _rule_iri(reading: IRI, rule: RuleRecord) -> IRI:
    return IRI(f"{reading}/{rule.name}")


def _claim(report: ReportRecord, claim: ClaimRecord, reading: IRI, schema: Schema) -> Iterator[tuple[IRI, IRI, Term]]:
    subject = claim_iri(report.iri, claim.key)
    shape = schema.shapes[claim.kind]
    names = {prop.name: IRI(prop.iri) for prop in shape.properties}
    yield subject, _TYPE, IRI(shape.target)
    yield subject, names["report"], report.iri
    if claim.kind in schema.claim_classes:
        yield subject, names["wasGeneratedBy"], _rule_iri(reading, claim.rule) if claim.rule else reading
    for label in claim.labels:
        yield subject, _LABEL, label
    for name, values in claim.values.items():
        for value in values:
            yield subject, names[name], value
    for receipt in claim.receipts:
        where = _passage_iri(report, receipt) if isinstance(receipt, Span) else _citation_iri(report, receipt)
        yield subject, IRI(PROV + "wasDerivedFrom"), where
    if claim.amount:
        node = IRI(subject + "/amount")
        yield subject, names["amount"], node
        yield node, _TYPE, IRI(KG + "Amount")
        for name, literal in claim.amount.values.items():
            yield node, IRI(KG + name), literal


def _passage(report: ReportRecord, span: Span) -> Iterator[tuple[IRI, IRI, Term]]:
    """A passage by its words and by its place (Web Annotation Data Model, 4.2.4 and 4.2.5)."""
    text = report.text
    assert text is not None
    node = _passage_iri(report, span)
    quote, position = IRI(node + "/quote"), IRI(node + "/position")
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    yield node, _TYPE, IRI(KG + "Passage")
    yield node, IRI(OA + "hasSource"), report.iri
    for selector in (quote, position):
        yield node, IRI(OA + "hasSelector"), selector
    yield quote, _TYPE, IRI(OA + "TextQuoteSelector")
    for name, value in (("exact", text[span.start : span.end]), ("prefix", before), ("suffix", after)):
        yield quote, IRI(OA + name), Literal(value)
    yield position, _TYPE, IRI(OA + "TextPositionSelector")
    for name, number in (("start", span.start), ("end", span.end)):
        yield position, IRI(OA + name), Literal(str(number), XSD + "integer")


def _citation(report: ReportRecord, cites: str) -> Iterator[tuple[IRI, IRI, Term]]:
    node = _citation_iri(report, cites)
    yield node, _TYPE, IRI(KG + "Citation")
    yield node, IRI(KG + "report"), report.iri
    yield node, IRI(KG + "cites"), Literal(cites)


def _passage_iri(report: ReportRecord, span: Span) -> IRI:
    return _part(report.iri, "passage", f"{span.start}-{span.end}")


def _citation_iri(report: ReportRecord, cites: str) -> IRI:
    return _part(report.iri, "citation", hashlib.sha256(cites.encode()).hexdigest()[:12])


def _part(report: IRI, kind: str, name: str) -> IRI:
    """The IRI of what belongs to a report, below that of the report where it is not one of ours."""
    slug = report.removeprefix(ID + "report/")
    return IRI(f"{ID}{kind}/{slug}/{name}") if slug != report else IRI(f"{report}/{kind}/{name}")
