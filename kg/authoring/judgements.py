"""Files of judgements: which names or reports mean one thing, and which two do not, each with its reason."""

from __future__ import annotations

from kg.authoring.values import Known, Resolve, Values
from kg.errors import InputError
from kg.records import JudgementRecord
from kg.terms import IRI
from kg.yaml_nodes import Node, load

KEY = "judgements"
_BY = "agent/author"
_VERDICTS = {"same": True, "different": False}


def read_judgements(
    text: str, source: str, resolve: Resolve, known: Known = lambda kind: []
) -> tuple[JudgementRecord, ...]:
    """The judgements of a file with the key `judgements`; ParseError names file and line."""
    values = Values(source, "en", resolve, known)
    root = values.mapping(load(text, source), "a file of judgements")
    values.check_keys(root, (KEY,), "a file of judgements")
    return tuple(_judgement(values, node) for node in values.items(root.entries[KEY]))


def _judgement(values: Values, node: Node) -> JudgementRecord:
    entry = values.mapping(node, "a judgement")
    values.check_keys(entry, (*_VERDICTS, "because", "by"), "a judgement")
    verdicts = [name for name in _VERDICTS if name in entry.entries]
    if len(verdicts) != 1:
        raise values.fail("a judgement says either `same` or `different`: same: [person/a, person/b]", node)
    if "because" not in entry.entries:
        raise values.fail("the judgement gives no reason; add: because: …", node)
    listed = entry.entries[verdicts[0]]
    members = tuple(dict.fromkeys(values.entity(item, None) for item in values.items(listed)))
    try:
        check_members(_VERDICTS[verdicts[0]], members)
    except InputError as error:
        raise values.fail(str(error), listed) from None
    by = values.entity(entry.entries["by"], None) if "by" in entry.entries else values.path(_BY, node)
    return JudgementRecord(_VERDICTS[verdicts[0]], members, values.labels(entry.entries["because"], "because"), by)


def check_members(joins: bool, members: tuple[IRI, ...]) -> None:
    """InputError where what is judged cannot be one, or two."""
    if len(members) < 2:
        raise InputError("a judgement is about two things at least, each named once")
    if not joins and len(members) > 2:
        raise InputError("`different` keeps two things apart; write a judgement for each pair")
