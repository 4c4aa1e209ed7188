"""How sure a rule is comes from counts: its own, drawn towards all rules of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.read import confidence, lexicon, read

COUNTS = """\
en:
  statements:
    en-often: 95 of 100
    en-once: 0 of 1
"""


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    file = tmp_path / "counts.yaml"
    file.write_text(COUNTS, encoding="utf-8")
    monkeypatch.setattr(confidence, "FILE", file)
    _forget()
    yield
    _forget()


def _forget() -> None:
    confidence.of.cache_clear()
    confidence._counts.cache_clear()


@pytest.mark.usefixtures("counted")
def test_a_rule_seen_seldom_is_drawn_towards_the_others() -> None:
    together = 95 / 101
    assert confidence.of("en", "statements", "en-often") == round((95 + 5 * together) / 105, 2) == 0.95
    assert confidence.of("en", "statements", "en-once") == round(5 * together / 6, 2) == 0.78
    assert confidence.of("en", "statements", "en-never-seen") == round(together, 2) == 0.94
    assert confidence.of("en", "investments", "en-never-seen") == 0.5


def test_what_is_found_bears_what_was_counted() -> None:
    statement = read('"It will be built," said Ana Example.', "en").statements[0]
    measured = confidence.of("en", "statements", statement.why.rule)
    assert statement.why.confidence == measured
    assert 0.5 < measured <= 1


def test_a_rule_finds_one_kind_of_thing_and_so_has_one_confidence() -> None:
    """A rule is one activity of a reading, whatever it found."""
    for code, kinds in lexicon.load(confidence.FILE).items():
        names = [rule for rules in kinds.values() for rule in rules]
        assert len(names) == len(set(names)), code
