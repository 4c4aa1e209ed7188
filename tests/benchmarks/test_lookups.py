from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import stores
from benchmarks.append import measure as measure_adding
from benchmarks.cases import CASES, Case
from benchmarks.stores import Kabar, Oxigraph
from benchmarks.timing import Measured, Timing
from kg import pipeline
from kg.terms import token


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Kabar, Oxigraph]]:
    folder: Path = tmp_path_factory.mktemp("made-up")
    stores.build(folder / "20.kg", 20)
    stores.write_facts(folder / "20.kg", folder / "20.nt")
    kabar = Kabar(stores.StoreBackend(folder / "20.kg"))
    yield kabar, stores.in_memory(folder / "20.nt")
    kabar.backend.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_store_and_the_engine_answer_alike(case: Case, both: tuple[Kabar, Oxigraph]) -> None:
    kabar, engine = both
    values = stores.values_of(kabar.backend, case, 5)
    assert values
    answers = [stores.plain(kabar.run(case, value)) for value in values]
    assert any(answers)
    for value, answer in zip(values, answers, strict=True):
        assert stores.plain(engine.solutions(case.tuned(token(value)))) == answer
        assert len(engine.rows(case.tuned(token(value)))) == answer.total()
        assert stores.plain(engine.solutions(stores.canned(case, value))) == answer


def test_numbers_compare_by_value_and_all_else_by_term() -> None:
    def plain(*values: str) -> object:
        return stores.plain([{"value": stores.Literal(value, stores.XSD + "decimal")} for value in values])

    assert plain("2.50", "1") == plain("1.0", "2.5")
    assert plain("2.50") != plain("2.50", "2.50")
    assert stores.plain([{"x": stores.Literal("a")}]) != stores.plain([{"x": stores.IRI("a")}])


def test_a_ratio_is_of_medians_and_p95_is_the_highest_but_the_last_twentieth() -> None:
    slow, fast = Timing([3.0, 1.0, 2.0]), Timing([float(number) for number in range(1, 21)])
    assert slow.middle == 2.0
    assert fast.high == 19.0
    assert Measured(CASES[0], 3, 1, slow, [Timing([8.0])]).ratio(0) == 4.0


def test_adding_and_removing_leave_a_store_as_it_was(tmp_path: Path) -> None:
    empty, full = tmp_path / "empty.kg", tmp_path / "full.kg"
    pipeline.add(empty, [])
    stores.build(full, 3)
    stores.write_facts(full, tmp_path / "before.nt")
    taken = measure_adding(empty, full, held=3, turns=2)
    stores.write_facts(full, tmp_path / "after.nt")
    assert {what: len(seconds) for what, seconds in taken.items()} == {
        (what, which): 2 for what in ("add", "remove") for which in ("none", "many")
    }
    assert (tmp_path / "after.nt").read_bytes() == (tmp_path / "before.nt").read_bytes()
