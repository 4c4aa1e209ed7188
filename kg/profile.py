"""Finds what in an ontology lies outside OWL 2 RL, or breaks the project's own rules: triples in, messages out.

The grammar is that of https://www.w3.org/TR/owl2-profiles/#OWL_2_RL ("RL" below), read from triples as in
https://www.w3.org/TR/owl2-mapping-to-rdf/ ("Mapping"). What the checker does not recognise is a violation, so an empty
answer is a proof. It is stricter than the profile: keys, annotated axioms, inverse property expressions, intersections
of datatypes, `AllDifferent` and the like, which RL would allow, are not recognised. In one point it is milder than the
mapping: a class or super-property of another vocabulary need not be declared, and is taken for what its place makes it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

_RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "<http://www.w3.org/2000/01/rdf-schema#"
_XSD = "<http://www.w3.org/2001/XMLSchema#"
_OWL = "<http://www.w3.org/2002/07/owl#"


def _all(namespace: str, names: str) -> frozenset[str]:
    return frozenset(f"{namespace}{name}>" for name in names.split())


_TYPE, _FIRST, _REST, _NIL = (f"{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_THING, _ON_PROPERTY = f"{_OWL}Thing>", f"{_OWL}onProperty>"
_RESERVED = (_RDF, _RDFS, _XSD, _OWL)

# RL 4.2.1: the datatypes of the profile. xsd:date and xsd:gYear are in no OWL 2 datatype map.
_DATATYPES = (
    _all(_RDF, "PlainLiteral XMLLiteral")
    | _all(_RDFS, "Literal")
    | _all(_XSD, "decimal integer nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger long int short")
    | _all(_XSD, "byte unsignedLong unsignedInt unsignedShort unsignedByte float double string normalizedString token")
    | _all(_XSD, "language Name NCName NMTOKEN boolean hexBinary base64Binary anyURI dateTime dateTimeStamp")
)
_DECLARATIONS = {
    f"{_OWL}Class>": "class",
    f"{_RDFS}Datatype>": "datatype",
    f"{_OWL}ObjectProperty>": "object property",
    f"{_OWL}DatatypeProperty>": "data property",
    f"{_OWL}AnnotationProperty>": "annotation property",
    f"{_OWL}NamedIndividual>": "individual",
}
_PROPERTY_KINDS = frozenset(("object property", "data property", "annotation property"))
_ANNOTATIONS = _all(_RDFS, "label comment seeAlso isDefinedBy") | _all(_OWL, "versionInfo deprecated versionIRI")
_CHARACTERISTICS = _all(_OWL, "TransitiveProperty SymmetricProperty AsymmetricProperty IrreflexiveProperty")
_REFUSED = {
    f"{_OWL}ReflexiveProperty>": "reflexive properties are outside OWL 2 RL (RL 4.2.5)",
    f"{_OWL}FunctionalProperty>": "functional properties copy facts across reports (project rule)",
    f"{_OWL}InverseFunctionalProperty>": "inverse-functional properties copy facts across reports (project rule)",
    f"{_OWL}disjointUnionOf>": "disjoint unions are outside OWL 2 RL (RL 4.2.5)",
    f"{_OWL}imports>": "the ontology imports nothing (project rule)",
    f"{_OWL}sameAs>": "owl:sameAs copies facts across reports (project rule)",
}
_SUB, _SUPER = frozenset(("subclass",)), frozenset(("superclass",))
_EVERYWHERE = _SUB | _SUPER | {"equivalent class"}
_NOWHERE: frozenset[str] = frozenset()


def violations(triples: Iterable[tuple[str, str, str]]) -> list[str]:
    """Says, sorted, what puts these triples outside OWL 2 RL (section 4.2 of the profiles) or the project's rules.

    Terms are N-Triples tokens: `<iri>`, `_:b0`, `"x"@en`. Each message names a term and the rule it breaks.
    """
    return _Checker(triples).run()


class _Checker:
    """One reading of one ontology."""

    def __init__(self, triples: Iterable[tuple[str, str, str]]) -> None:
        self.triples = sorted(set(triples))
        self.outgoing: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.declared: dict[str, set[str]] = defaultdict(set)
        self.met_as: dict[str, set[str]] = defaultdict(set)
        self.consumed: set[tuple[str, str, str]] = set()
        self.open_nodes: set[str] = set()
        self.messages: set[str] = set()
        for s, p, o in self.triples:
            self.outgoing[s][p].append(o)
            if p == _TYPE and o in _DECLARATIONS and not s.startswith("_:"):
                self.declared[s].add(_DECLARATIONS[o])
        headers = [s for s, p, o in self.triples if p == _TYPE and o == f"{_OWL}Ontology>"]
        self.header = headers[0] if len(headers) == 1 else ""
        if not self.header.startswith("<"):
            self.say("the document", "must have exactly one owl:Ontology with an IRI (Mapping 3.1.2)")

    def say(self, term: str, rule: str) -> None:
        """Note that a term breaks a rule."""
        self.messages.add(f"{term}: {rule}")

    def run(self) -> list[str]:
        """Every violation, in order."""
        handlers: dict[str, Callable[[str, str], None]] = {
            _TYPE: self.typed,
            f"{_RDFS}subClassOf>": lambda s, o: self.classes(s, o, "subclass", "superclass"),
            f"{_OWL}equivalentClass>": lambda s, o: self.classes(s, o, "equivalent class", "equivalent class"),
            f"{_OWL}disjointWith>": lambda s, o: self.classes(s, o, "subclass", "subclass"),
            f"{_RDFS}subPropertyOf>": self.properties_alike,
            f"{_OWL}equivalentProperty>": self.properties_alike,
            f"{_OWL}propertyDisjointWith>": self.properties_alike,
            f"{_OWL}inverseOf>": lambda s, o: self.all_named((s, o), "object property", s),
            f"{_RDFS}domain>": lambda s, o: self.domain_or_range(s, o, is_range=False),
            f"{_RDFS}range>": lambda s, o: self.domain_or_range(s, o, is_range=True),
            f"{_OWL}propertyChainAxiom>": self.chain,
        }
        for s, p, o in self.triples:
            if p in handlers:
                handlers[p](s, o)
        for triple in self.triples:
            if triple not in self.consumed and (triple[1] == _TYPE or triple[1] not in handlers):
                self.other(*triple)
        self.check_kinds()
        return sorted(self.messages)

    # ---- axioms (RL 4.2.5) --------------------------------------------------------------------------

    def typed(self, s: str, o: str) -> None:
        """Declarations, characteristics of properties, and assertions that an individual is in a class."""
        if o in _REFUSED:
            self.say(s, _REFUSED[o])
        elif o in _CHARACTERISTICS:
            self.named(s, "object property", s)
        elif o in _DECLARATIONS or o == f"{_OWL}Ontology>":
            if s.startswith(_RESERVED):
                self.say(s, "a term of the reserved vocabulary cannot be declared (OWL 2 Syntax 2.4)")
        elif not s.startswith("_:") and not o.startswith(_RESERVED):
            self.expect(o, "superclass", s)

    def classes(self, s: str, o: str, left: str, right: str) -> None:
        about = s if s.startswith("<") else o
        self.expect(s, left, about)
        self.expect(o, right, about)

    def properties_alike(self, s: str, o: str) -> None:
        """Both sides of a property axiom are of one kind; an undeclared one takes the kind of the other."""
        kind = self.property_kind(s) or self.property_kind(o)
        if kind is None:
            self.say(s, "neither side of the property axiom is declared as a property (Mapping 3.1.1)")
        else:
            self.all_named((s, o), kind, s)

    def domain_or_range(self, s: str, o: str, is_range: bool) -> None:
        kind = self.property_kind(s)
        if kind in (None, "annotation property"):
            self.say(s, "has a domain or range and is not declared as an object or data property (Mapping 3.1.1)")
        if is_range and kind == "data property":
            self.data_range(o, s)
        else:
            self.expect(o, "superclass", s)

    def chain(self, s: str, o: str) -> None:
        links = self.items(o, s)
        if len(links) < 2:
            self.say(s, "a property chain has at least two links (OWL 2 Syntax 9.2.1)")
        self.all_named((s, *links), "object property", s)

    def other(self, s: str, p: str, o: str) -> None:
        """Annotations, facts and types; whatever else uses the reserved vocabulary is refused."""
        if p == _TYPE:
            known = s.startswith("<") and (o in _DECLARATIONS or not o.startswith(_RESERVED))
            if not known and o not in _CHARACTERISTICS | _REFUSED.keys() | {f"{_OWL}Ontology>"}:
                self.say(s, f"a {o} that is part of no axiom of OWL 2 RL (RL 4.2.5)")
        elif p in _REFUSED:
            self.say(s, _REFUSED[p])
        elif p.startswith(_RESERVED) and p not in _ANNOTATIONS:
            self.say(s, f"{p} is not used here in a way OWL 2 RL provides for (RL 4.2)")
        elif p not in _ANNOTATIONS:
            kind = self.property_kind(p) or "annotation property"
            self.named(p, kind, s)
            if kind != "annotation property" and (kind == "data property") != o.startswith('"'):
                self.say(s, f"{p} is declared as {kind} and has the value {o} (OWL 2 Syntax 9.6)")
        self.literal(o, s)

    # ---- class expressions (RL 4.2.3) ---------------------------------------------------------------

    def expect(self, node: str, position: str, about: str) -> None:
        if position not in self.positions(node, about):
            names = " ".join(sorted(p for p in self.outgoing[node] if p.startswith(_OWL) and p != _ON_PROPERTY))
            what = f"an expression with {names}" if node.startswith("_:") else node
            self.say(about, f"{what} cannot stand in {position} position (RL 4.2.3)")

    def positions(self, node: str, about: str) -> frozenset[str]:
        """In which of subclass, superclass and equivalent-class position the class expression may stand."""
        if node.startswith("<"):
            if node == _THING:
                return _NOWHERE
            if node != f"{_OWL}Nothing>":
                self.named(node, "class", about)
            return _EVERYWHERE
        parts = self.outgoing[node]
        if not node.startswith("_:") or node in self.open_nodes or _TYPE not in parts:
            self.say(about, f"{node} is not a class expression (Mapping 3.2.4)")
            return _NOWHERE
        self.open_nodes.add(node)
        found = self.restriction(node, about) if _ON_PROPERTY in parts else self.boolean(node, about)
        self.open_nodes.discard(node)
        return found

    def boolean(self, node: str, about: str) -> frozenset[str]:
        made_by = self.only(node, f"{_OWL}Class>", "intersectionOf unionOf complementOf oneOf")
        value = self.outgoing[node][made_by][0] if made_by else ""
        if made_by == f"{_OWL}oneOf>":
            return _NOWHERE if any(item.startswith('"') for item in self.items(value, about)) else _SUB
        if made_by == f"{_OWL}complementOf>":
            return _SUPER if "subclass" in self.positions(value, about) else _NOWHERE
        operands = [self.positions(item, about) for item in self.items(value, about)] if made_by else []
        common = _EVERYWHERE.intersection(*operands) if len(operands) > 1 else _NOWHERE
        return common if made_by == f"{_OWL}intersectionOf>" else common & _SUB

    def restriction(self, node: str, about: str) -> frozenset[str]:
        constructors = "someValuesFrom allValuesFrom hasValue maxCardinality maxQualifiedCardinality"
        made_by = self.only(node, f"{_OWL}Restriction>", constructors)
        prop, value = self.outgoing[node][_ON_PROPERTY][0], self.outgoing[node].get(made_by, [""])[0]
        kind = self.property_kind(prop)
        if kind in (None, "annotation property"):
            self.say(about, f"{prop}, restricted here, is not declared as an object or data property (Mapping 3.1.1)")
            return _NOWHERE
        is_object = kind == "object property"
        if made_by == f"{_OWL}hasValue>":
            self.literal(value, about)
            return _EVERYWHERE if is_object != value.startswith('"') else _NOWHERE
        if made_by in _all(_OWL, "maxCardinality maxQualifiedCardinality"):
            return self.at_most(node, made_by, is_object, about)
        if made_by not in _all(_OWL, "someValuesFrom allValuesFrom"):
            return _NOWHERE
        allowed = _SUB if made_by == f"{_OWL}someValuesFrom>" else _SUPER
        if not is_object:
            self.data_range(value, about)
            return allowed
        free = value == _THING and allowed == _SUB
        return allowed if free or allowed <= self.positions(value, about) else _NOWHERE

    def at_most(self, node: str, made_by: str, is_object: bool, about: str) -> frozenset[str]:
        """Cardinalities are at most 0 or 1, over anything or over a subclass expression."""
        filler = self.outgoing[node].get(f"{_OWL}onClass>" if is_object else f"{_OWL}onDataRange>", [])
        at_most_one = self.outgoing[node][made_by][0].split('"')[1:2] in (["0"], ["1"])
        if not at_most_one or (made_by == f"{_OWL}maxQualifiedCardinality>") != bool(filler):
            return _NOWHERE
        if filler and not is_object:
            self.data_range(filler[0], about)
        elif filler and filler[0] != _THING and "subclass" not in self.positions(filler[0], about):
            return _NOWHERE
        return _SUPER

    def only(self, node: str, of_type: str, constructors: str) -> str:
        """The one constructor of an expression; the expression's own triples count as read."""
        parts = self.outgoing[node]
        present = [p for p in parts if p in _all(_OWL, constructors)]
        own = [*present, _TYPE, *(_all(_OWL, "onProperty onClass onDataRange") & parts.keys())]
        if len(present) != 1 or parts[_TYPE] != [of_type] or any(len(parts[p]) > 1 for p in own):
            return ""
        self.consumed.update((node, p, parts[p][0]) for p in own)
        return present[0]

    # ---- properties, data ranges, lists, names ------------------------------------------------------

    def property_kind(self, term: str) -> str | None:
        return min(self.declared[term] & _PROPERTY_KINDS, default=None)

    def data_range(self, term: str, about: str) -> None:
        """A datatype of the profile (RL 4.2.4); intersections of datatypes are not recognised."""
        if term in _all(_XSD, "date gYear"):
            self.say(about, f"{term} is outside the OWL 2 datatype map: constrain it in a shape (OWL 2 Syntax 4)")
        elif term not in _DATATYPES:
            self.say(about, f"{term} is not a datatype of OWL 2 RL (RL 4.2.1)")

    def literal(self, term: str, about: str) -> None:
        if term.startswith('"') and '"^^' in term:
            self.data_range(term.rpartition('"^^')[2], about)

    def items(self, head: str, about: str) -> list[str]:
        """The members of an RDF list, whose triples count as read."""
        nodes: list[str] = []
        while head != _NIL:
            first, rest = self.outgoing[head].get(_FIRST, []), self.outgoing[head].get(_REST, [])
            if len(first) != 1 or len(rest) != 1 or head in nodes:
                self.say(about, f"{head} is not a well-formed list (Mapping 3.2.1)")
                return []
            nodes.append(head)
            self.consumed.update({(head, _FIRST, first[0]), (head, _REST, rest[0]), (head, _TYPE, f"{_RDF}List>")})
            head = rest[0]
        return [self.outgoing[node][_FIRST][0] for node in nodes]

    def all_named(self, terms: Iterable[str], kind: str, about: str) -> None:
        for term in terms:
            self.named(term, kind, about)

    def named(self, term: str, kind: str, about: str) -> None:
        """Notes that a name is used as this kind of thing; our own names must be declared as it."""
        if not term.startswith("<") or term.startswith(_RESERVED):
            self.say(about, f"{term} cannot be used as {kind} (RL 4.2.1)")
        elif kind not in self.declared[term] and self.header and term.startswith(self.header[:-1]):
            self.say(term, f"used as {kind} and not declared so (Mapping 3.1.1)")
        else:
            self.met_as[term].add(kind)

    def check_kinds(self) -> None:
        """No name is two kinds of property, or both class and datatype (OWL 2 Syntax 5.8.1)."""
        for term in sorted({*self.declared, *self.met_as}):
            kinds = self.declared[term] | self.met_as[term]
            if len(kinds & _PROPERTY_KINDS) > 1 or {"class", "datatype"} <= kinds:
                self.say(term, f"is at once {' and '.join(sorted(kinds))} (OWL 2 Syntax 5.8.1)")
