"""Applies rules to facts until nothing new follows: semi-naive, a set at a time, on terms numbered as they come."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.reason.rules import Atom, Relation, Rule
from kg.reason.vocabulary import TYPE, Triple

# Facts of a class are numbers, facts of a property pairs of numbers; a rule's step never mixes them.
Facts = set[Any]
Fact = Any
Neighbours = defaultdict[int, list[int]]
Step = Callable[[Facts], Facts]


class Fixpoint:
    """The closure of some triples under some rules, round by round.

    Attributes:
        levels: facts by relation; level 0 those given, level n those whose premises are found by level n - 1 and no
            earlier, so that n is the least depth of a derivation. Only relations that a rule speaks of are kept.
    """

    def __init__(self, rules: Iterable[Rule], triples: Iterable[Triple]) -> None:
        """Numbers the terms and reads the facts that the rules speak of; other triples cost one look-up each."""
        self.rules = list(rules)
        self._numbers: dict[str, int] = {}
        self._all: dict[Relation, Facts] = {}
        for rule in self.rules:
            for atom in (rule.head, *rule.body):
                self._all.setdefault(atom.relation, set())
        self.levels: list[dict[Relation, Facts]] = [self._read(triples)]
        self._forward: dict[Relation, Neighbours] = {}
        self._backward: dict[Relation, Neighbours] = {}
        self._steps: dict[Relation, list[tuple[Relation, Step]]] = defaultdict(list)
        for rule in self.rules:
            for place, atom in enumerate(rule.body):
                self._steps[atom.relation].append((rule.head.relation, self._step(rule, place)))
        self._unconditional = [(rule.head.relation, self._constant(rule.head)) for rule in self.rules if not rule.body]
        self._names = list(self._numbers)

    def run(self, goal: Triple | None = None) -> None:
        """Applies the rules until nothing new follows, or until a goal is found."""
        latest: dict[Relation, Facts] = self.levels[0]
        unconditional = self._unconditional
        while latest or unconditional:
            self._take(latest)
            found: dict[Relation, Facts] = defaultdict(set)
            for relation, fact in unconditional:
                found[relation].add(fact)
            unconditional = []
            for relation, facts in latest.items():
                for head, step in self._steps.get(relation, ()):
                    found[head] |= step(facts)
            latest = {head: new for head, facts in found.items() if (new := facts - self._all[head])}
            if latest:
                self.levels.append(latest)
            if goal is not None and (located := self.locate(goal)) and located[1] in latest.get(located[0], ()):
                return

    def inferred(self) -> Iterator[Triple]:
        """What followed, without what was given."""
        names = self._names
        for level in self.levels[1:]:
            for (predicate, cls), facts in level.items():
                if cls:
                    yield from ((names[subject], predicate, cls) for subject in facts)
                else:
                    yield from ((names[subject], predicate, names[value]) for subject, value in facts)

    def locate(self, triple: Triple) -> tuple[Relation, Fact] | None:
        """A triple as relation and numbers; None if no rule speaks of it or a term of it is unknown."""
        subject, predicate, value = triple
        relation = Relation(TYPE, value) if predicate == TYPE else Relation(predicate)
        terms = [subject] if relation.cls else [subject, value]
        if relation not in self._all or not all(term in self._numbers for term in terms):
            return None
        return relation, self._fact([self._numbers[term] for term in terms])

    def triple(self, relation: Relation, fact: Fact) -> Triple:
        """The triple that a fact stands for."""
        if relation.cls:
            return self._names[fact], TYPE, relation.cls
        return self._names[fact[0]], relation.predicate, self._names[fact[1]]

    def number(self, token: str) -> int:
        """The number of a term, a new one if it has none yet; all that can occur have one from the start."""
        return self._numbers.setdefault(token, len(self._numbers))

    def _read(self, triples: Iterable[Triple]) -> dict[Relation, Facts]:
        """The given facts that rules speak of."""
        members: dict[str, Facts] = {relation.cls: set() for relation in self._all if relation.cls}
        links: dict[str, Facts] = {relation.predicate: set() for relation in self._all if not relation.cls}
        numbers = self._numbers
        number = numbers.setdefault
        for subject, predicate, value in triples:
            if predicate == TYPE:
                if value in members:
                    members[value].add(number(subject, len(numbers)))
            elif predicate in links:
                links[predicate].add((number(subject, len(numbers)), number(value, len(numbers))))
        given = {Relation(TYPE, cls): facts for cls, facts in members.items() if facts}
        given.update({Relation(predicate): facts for predicate, facts in links.items() if facts})
        return given

    def _take(self, latest: dict[Relation, Facts]) -> None:
        """Adds the facts of a round to all facts and to the indexes that joins use."""
        for relation, facts in latest.items():
            self._all[relation] |= facts
            if (forward := self._forward.get(relation)) is not None:
                for subject, value in facts:
                    forward[subject].append(value)
            if (backward := self._backward.get(relation)) is not None:
                for subject, value in facts:
                    backward[value].append(subject)

    @staticmethod
    def _fact(numbers: list[int]) -> Fact:
        return numbers[0] if len(numbers) == 1 else tuple(numbers)

    def _constant(self, atom: Atom) -> Fact:
        """The fact of an atom without variables."""
        return self._fact([self.number(str(argument)) for argument in atom.arguments])

    def _step(self, rule: Rule, place: int) -> Step:
        """The function from new facts of one atom of a rule's body to what the rule concludes from them."""
        if len(rule.body) == 1:
            return self._projection(rule.body[0], rule.head)
        kinds = [bool(atom.relation.cls) for atom in rule.body]
        if all(kinds):
            others = [self._all[atom.relation] for at, atom in enumerate(rule.body) if at != place]
            return lambda facts: facts.intersection(*others)
        if any(kinds):
            return self._guarded(rule, new_links=place == 0)
        return self._chain([atom.relation for atom in rule.body], place)

    def _projection(self, body: Atom, head: Atom) -> Step:
        """A body of one atom: prp-dom, prp-rng, prp-spo1, prp-inv, prp-symp, cls-svf2, cls-hv1/2, cax-*."""
        *_, last = body.arguments
        if isinstance(last, str):
            constant = self.number(last)
            return lambda facts: {subject for subject, value in facts if value == constant}
        if body.arguments == head.arguments:
            return lambda facts: facts
        if len(body.arguments) == 1:
            value = self.number(str(head.arguments[1]))
            return lambda facts: {(subject, value) for subject in facts}
        if len(head.arguments) == 2:
            return lambda facts: {(value, subject) for subject, value in facts}
        if head.arguments[0] == body.arguments[0]:
            return lambda facts: {subject for subject, _ in facts}
        return lambda facts: {value for _, value in facts}

    def _guarded(self, rule: Rule, *, new_links: bool) -> Step:
        """A property and a class, at the value (cls-svf1) or at the subject (cls-avf); the other end is concluded."""
        link, guard = rule.body
        members = self._all[guard.relation]
        at_value = guard.arguments[0] == link.arguments[1]
        if new_links and at_value:
            return lambda facts: {subject for subject, value in facts if value in members}
        if new_links:
            return lambda facts: {value for subject, value in facts if subject in members}
        near = self._index(self._backward if at_value else self._forward, link.relation)
        return lambda facts: {end for node in facts if node in near for end in near[node]}

    def _chain(self, relations: list[Relation], place: int) -> Step:
        """Properties one after the other: prp-spo2, prp-trp."""
        before = [self._index(self._backward, relation) for relation in reversed(relations[:place])]
        after = [self._index(self._forward, relation) for relation in relations[place + 1 :]]

        def join(pairs: Facts) -> Facts:
            for near in before:
                pairs = {(start, value) for subject, value in pairs if subject in near for start in near[subject]}
            for near in after:
                pairs = {(subject, end) for subject, value in pairs if value in near for end in near[value]}
            return pairs

        return join

    @staticmethod
    def _index(indexes: dict[Relation, Neighbours], relation: Relation) -> Neighbours:
        """The index of a relation in one direction, made when first asked for."""
        return indexes.setdefault(relation, defaultdict(list))
