"""Each case file shows one rule: its `# expect:` lines are the whole closure, by either engine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest

from kg.reason import Derivation, Unsupported, closure, explain

Triple = tuple[str, str, str]
Read = Callable[[Path | str], set[Triple]]

CASES = sorted((Path(__file__).parent / "cases").glob("*.ttl"))
NOT_COMPILED = {"eq-rep-s", "prp-fp", "prp-ifp", "prp-key", "cls-maxc2", "cls-maxqc3"}
COMPILED = [case for case in CASES if case.stem not in NOT_COMPILED and case.stem != "cax-dw"]


def name(case: Path) -> str:
    return case.stem


def expected(case: Path, read: Read) -> set[Triple]:
    lines = case.read_text(encoding="utf-8").splitlines()
    prefixes = [line for line in lines if line.startswith("@prefix")]
    return read(
        "\n".join(prefixes + [line.removeprefix("# expect:") for line in lines if line.startswith("# expect:")])
    )


def rules(derivation: Derivation) -> Iterator[str]:
    yield derivation.rule
    for premise in derivation.premises:
        yield from rules(premise)


@pytest.mark.parametrize("engine", ["compiled", "owlrl"])
@pytest.mark.parametrize("case", CASES, ids=name)
def test_closure_is_what_the_case_expects(case: Path, engine: Literal["compiled", "owlrl"], read: Read) -> None:
    assert closure(read(case), engine=engine) == expected(case, read)


@pytest.mark.parametrize("case", COMPILED, ids=name)
def test_explanation_names_the_rule_of_the_case(case: Path, read: Read) -> None:
    graph = read(case)
    derivations = [explain(graph, fact) for fact in expected(case, read)]
    assert case.stem in {rule for found in derivations if found for rule in rules(found)}


@pytest.mark.parametrize("case", [case for case in CASES if case.stem in NOT_COMPILED], ids=name)
def test_what_is_not_compiled_is_not_explained_wrongly(case: Path, read: Read) -> None:
    graph = read(case)
    for fact in expected(case, read):
        with pytest.raises(Unsupported, match=r"owl#"):
            explain(graph, fact)


def test_every_compiled_rule_has_a_case() -> None:
    named = """prp-dom prp-rng prp-symp prp-trp prp-spo1 prp-spo2 prp-eqp1 prp-eqp2 prp-inv1 prp-inv2 cls-int1 cls-int2
        cls-uni cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2 cls-oo cax-sco cax-eqc1 cax-eqc2 scm-cls scm-svf1 scm-svf2
        scm-avf1 scm-avf2 scm-hv dt-type2"""
    assert {case.stem for case in COMPILED} == set(named.split())
