"""One push from beginning to end: which store, what has changed, sending, the default graph, verifying, the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kg.errors import CheckFailed, KgError, RemoteError
from kg.push import credentials, default, detect, journal, record, verify
from kg.push.address import addresses, checked
from kg.push.client import Client, Patience, RefusedError
from kg.push.default import Behaviour
from kg.push.graphs import NamedGraph, grouped
from kg.push.journal import Journal
from kg.push.profiles import Profile
from kg.push.record import Record
from kg.push.send import Sender, Steps
from kg.push.store import RemoteStore
from kg.terms import Quad

Verify = Literal["counts", "values"]
_ROUNDS = 2
"""How often a graph is sent that did not arrive: once more, emptied first, as a store may forget what it acknowledged
or leave behind what it should have replaced."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a push is to be done."""

    profile: str | None = None
    source: str = "shipped"
    """What the pushed graph is called in the store's record: graphs of other sources are not withdrawn."""
    verify: Verify = "counts"
    dry_run: bool = False
    resume: bool = False
    replace_default: bool = False
    journal: Path | None = None
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done: graphs to send, graphs to take away; and what is there already."""

    send: tuple[NamedGraph, ...]
    unchanged: tuple[NamedGraph, ...]
    withdraw: tuple[str, ...]
    fresh: bool
    """Whether the store holds none of the graphs to send."""
    alike: tuple[str, ...]
    """Graphs to send of which the store holds as many triples, but others: there a count proves nothing."""

    @property
    def every(self) -> dict[str, NamedGraph]:
        """All graphs that the store is to hold, by IRI."""
        return {graph.iri: graph for graph in sorted((*self.send, *self.unchanged), key=lambda graph: graph.iri)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a push, or would come of it."""

    query: str
    """The address to ask."""
    profile: Profile
    chosen: str
    plan: Plan
    way: str
    behaviour: Behaviour
    asked: bool
    """Whether the default graph's behaviour was found by asking, not taken from the profile."""
    requests: int


def push(
    quads: Iterable[Quad],
    address: str,
    wishes: Wishes | None = None,
    say: Callable[[str], None] = lambda text: None,
    progress: Callable[[int], Callable[[int], None]] = lambda total: lambda done: None,
) -> Outcome:
    """Load `quads` into the store at `address`, each named graph whole, and verify what arrived.

    `say` hears what was found out; `progress` is given the number of triples to send and gives back what hears
    of each that arrived. InputError for an address that is none, CheckFailed where the store does not hold
    what was sent, RemoteError where it fails; what was done until then stays, and a journal says what that is.
    """
    wishes = wishes or Wishes()
    base = checked(address)
    graphs = grouped(quads)
    with Client(base, credentials.found(base), patience=wishes.patience) as client:
        profile, chosen = detect.profile_of(client, wishes.profile)
        client.use(profile.sign_in)
        say(f"{profile.title}, {chosen}")
        store = RemoteStore(client, profile, addresses(base, profile))
        return _Push(store, graphs, wishes, chosen, say, progress).run()


@dataclass
class _Push(Steps):
    store: RemoteStore
    graphs: list[NamedGraph]
    wishes: Wishes
    chosen: str
    say: Callable[[str], None]
    progress: Callable[[int], Callable[[int], None]]

    def run(self) -> Outcome:
        """Plan, and do it unless it is a dry run."""
        self.source = record.source_iri(self.wishes.source)
        self.path = self.wishes.journal or journal.usual_path(self.store.at.query, self.wishes.source)
        self.head = {"address": self.store.at.query, "source": self.wishes.source}
        through = journal.acked(self.path, self.head) if self.wishes.resume else set()
        before = record.read(self.store)
        behaviour = default.asked(self.store, self.source)
        plan = self._plan(before, through)
        sender = Sender(self.store, self)
        if self.wishes.dry_run:
            return self._outcome(plan, sender.way(plan.send, plan.fresh), behaviour)
        if not plan.send and not plan.withdraw and behaviour is not None and not through:
            return self._nothing_new(plan, sender, behaviour)
        return self._all(before, plan, sender)

    def _nothing_new(self, plan: Plan, sender: Sender, behaviour: Behaviour) -> Outcome:
        """Counts were asked for planning; what may still be wrong is the default graph, and values."""
        self._default(behaviour, changed=False)
        self._values(plan.every)
        return self._outcome(plan, "nothing", behaviour)

    def _all(self, before: Record, plan: Plan, sender: Sender) -> Outcome:
        self.journal: Journal | None = None
        self.arrived = 0
        try:
            with Journal(self.path, self.head) as self.journal:
                self.journal.planned(
                    {"batch": graph.digest, "graph": graph.iri, "triples": len(graph.triples)} for graph in plan.send
                )
                self.tick = self.progress(sum(len(graph.triples) for graph in plan.send))
                listed = before.changing({graph.iri: graph for graph in plan.send}, self.source)
                record.write(self.store, listed)
                behaviour = default.asked(self.store, self.source)
                sender.replace_all(plan.send, plan.fresh)
                behaviour = self._settled(plan, sender, behaviour)
                record.write(self.store, listed.done(plan.every, self.source))
                self.journal.mark("verified", *(graph.digest for graph in plan.send))
                self.journal.finish()
        except (RemoteError, CheckFailed) as error:
            raise self._cut(error, plan) from None
        way = ", ".join(f"{number} {kind}" for kind, number in sorted(sender.used.items()))
        return self._outcome(plan, way, behaviour)

    def _settled(self, plan: Plan, sender: Sender, behaviour: Behaviour | None) -> Behaviour:
        """Verify what arrived, sending once more what did not, and bring the default graph in line."""
        for number in range(_ROUNDS):
            for graph in self._left(plan):
                self.store.clear(graph)
            wrong = verify.differing(self.store, plan.every.values())
            wrong |= verify.differing_values(self.store, (plan.every[iri] for iri in plan.alike))
            if not wrong and not self._left(plan):
                break
            if number == _ROUNDS - 1:
                left = {graph: f"{graph} is still there" for graph in self._left(plan)}
                raise _unequal(self.store, wrong | left)
            for graph in sorted(wrong):
                self.store.clear(graph)
            sender.replace_all([plan.every[iri] for iri in sorted(wrong)], fresh=False)
        found: Behaviour = behaviour or self.store.profile.default_graph
        self._default(found, changed=True)
        self._values(plan.every)
        return found

    def _left(self, plan: Plan) -> list[str]:
        """Withdrawn graphs that the store still holds."""
        return [graph for graph, count in self.store.counts(plan.withdraw).items() if count]

    def _default(self, behaviour: Behaviour, changed: bool) -> None:
        """Put the pushed triples where queries look that name no graph; CheckFailed where they are not there then."""
        self.say(
            f"the default graph {'unites the named graphs' if behaviour == 'union' else 'stands by itself'} (asked)"
        )
        if behaviour == "union":
            return
        if not changed and not self.wishes.replace_default and not any(self._amiss()):
            return
        try:
            default.fill(self.store, self.wishes.replace_default)
        except RefusedError as refused:
            raise RemoteError(f"{refused}; canned queries look in the default graph, which was not filled") from None
        lacks, has = self._amiss()
        if lacks or has:
            raise CheckFailed(f"{self.store.at.query}: the default graph lacks {lacks} triples and has {has} too many")

    def _amiss(self) -> tuple[int, int]:
        """How many triples the default graph lacks, and how many it has that it should no longer have."""
        return default.lacking(self.store), default.stale(self.store)

    def _values(self, graphs: Mapping[str, NamedGraph]) -> None:
        """CheckFailed where values are to be compared and differ."""
        wrong = verify.differing_values(self.store, graphs.values()) if self.wishes.verify == "values" else {}
        if wrong:
            raise _unequal(self.store, wrong)

    def _plan(self, before: Record, through: set[str]) -> Plan:
        wanted = {graph.iri: graph for graph in self.graphs}
        counts = self.store.counts(wanted)
        known = {iri: entry.digest for iri, entry in before.entries.items()}

        def is_there(graph: NamedGraph) -> bool:
            same = known.get(graph.iri) == graph.digest or graph.digest in through
            return same and counts[graph.iri] in verify.expected(graph, self.store)

        send = tuple(graph for graph in self.graphs if not is_there(graph))
        unchanged = tuple(graph for graph in self.graphs if is_there(graph))
        gone = before.only_of(self.source) - wanted.keys()
        alike = tuple(graph.iri for graph in send if counts[graph.iri] in verify.expected(graph, self.store))
        return Plan(send, unchanged, tuple(sorted(gone)), not any(counts[graph.iri] for graph in send), alike)

    def sent(self, *graphs: NamedGraph) -> None:
        """Note that graphs are about to go out."""
        self._mark("sent", graphs)

    def unclear(self, *graphs: NamedGraph) -> None:
        """Note that an answer is missing."""
        self._mark("indeterminate", graphs)

    def acked(self, *graphs: NamedGraph) -> None:
        """Note that the store has graphs."""
        self._mark("acked", graphs)
        self.arrived += len(graphs)
        self.tick(sum(len(graph.triples) for graph in graphs))

    def _mark(self, state: str, graphs: Iterable[NamedGraph]) -> None:
        assert self.journal is not None
        self.journal.mark(state, *(graph.digest for graph in graphs))

    def _cut(self, error: KgError, plan: Plan) -> KgError:
        """The error, with how far the push came and how it goes on."""
        where = f"--resume --journal {self.path}" if self.wishes.journal else "--resume"
        text = f"{error}; {self.arrived} of {len(plan.send)} graphs arrived; go on with the same command and {where}"
        return CheckFailed(text) if isinstance(error, CheckFailed) else RemoteError(text)

    def _outcome(self, plan: Plan, way: str, behaviour: Behaviour | None) -> Outcome:
        profile, requests = self.store.profile, self.store.client.requests
        found: Behaviour = behaviour or profile.default_graph
        return Outcome(self.store.at.query, profile, self.chosen, plan, way, found, behaviour is not None, requests)


def _unequal(store: RemoteStore, wrong: Mapping[str, str]) -> CheckFailed:
    first = "; ".join(wrong[iri] for iri in sorted(wrong)[:3])
    more = f"; and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return CheckFailed(f"{store.at.query}: the store does not hold what was sent: {first}{more}")
