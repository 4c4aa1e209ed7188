"""Small made-up reports in each language, read whole; and hostile ones, which must only end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadParameter
from kg.read import read


def test_indonesian() -> None:
    reading = read(
        "Surabaya, 4 Mei 2020\n"
        "“Kami menyiapkan Rp2,5 triliun,” kata Direktur Utama PT Contoh Rekaan Tbk Fulan Karangan, Senin."
    )
    assert reading.language == "id"
    assert [(each.speaker, each.kind) for each in reading.statements] == [("Fulan Karangan", "direct")]
    assert [(each.value, each.unit, each.qualifier) for each in reading.quantities] == [
        (2_500_000_000_000, "IDR", "exact")
    ]
    assert [each.date.isoformat() for each in reading.dates] == ["2020-05-04", "2020-05-04"]
    assert ("PT Contoh Rekaan Tbk", "Company") in [(each.name, each.type) for each in reading.entities]


def test_english() -> None:
    reading = read(
        "May 5, 2020\n"
        "“We will spend at least $1.5 billion,” said Jane Madeup, chief executive of Madeup Holdings, on Monday."
    )
    assert reading.language == "en"
    assert [(each.speaker, each.kind) for each in reading.statements] == [("Jane Madeup", "direct")]
    assert [(each.value, each.unit, each.qualifier) for each in reading.quantities] == [
        (1_500_000_000, "USD", "at_least")
    ]
    assert [each.date.isoformat() for each in reading.dates] == ["2020-05-05", "2020-05-04"]


def test_chinese_in_traditional_characters() -> None:
    reading = read("2020年5月5日　香港訊\n虛構科技有限公司主席陳虛構表示，公司將投資約3億元。")
    assert reading.language == "zh"
    assert [each.speaker for each in reading.statements] == ["陳虛構"]
    assert [(each.value, each.unit, each.qualifier) for each in reading.quantities] == [(300_000_000, "HKD", "about")]
    assert ("虛構科技有限公司", "Company") in [(each.name, each.type) for each in reading.entities]


def test_a_language_without_rules_is_refused() -> None:
    with pytest.raises(BadParameter, match="there are rules for: en id zh"):
        read("Bonjour", language="fr")


@given(st.text(alphabet="aB “”\"'.,;:。，「」&#;0123456789%$()年月日说 \n\r\t-–'’Rp", max_size=200))
def test_any_text_is_safe(text: str) -> None:
    for language in ("en", "id", "zh"):
        reading = read(text, language)
        spans = [each.span for each in (*reading.statements, *reading.quantities, *reading.dates)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.parametrize(
    "piece",
    ["1,234.", "Aa ", "“a ", '"A," said B. ', "&quot;", "......", "(", "公司与", "Rp1.000.", "中国人说：“好。”", "A. "],
)
def test_time_is_in_proportion_to_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(1_000)
    small, large = seconds(20_000), seconds(80_000)
    assert large < 12 * small + 0.2
