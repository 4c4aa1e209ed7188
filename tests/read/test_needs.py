"""What no match can be without is read off a pattern, and leaving rules out by it changes no answer."""

from __future__ import annotations

import pytest

from kg.read.language import languages
from kg.read.needs import is_anchored, needs
from kg.read.rules import expand, fitting, rules

RULES = (
    ("attribution", "rules"),
    *(("deals", key) for key in ("investments", "agreements", "investment rules", "agreement rules")),
)
SENTENCES = (
    "He said that it would be built in March, according to the ministry.",
    '"It will be built," he said.',
    "Menurut dia, pabrik itu akan dibangun, kata seorang pejabat.",
    "他表示，工厂将于三月动工。",
    "",
)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("{QUOTE},? (?:{say})", ["{QUOTE}", "{say}"]),
        ("(?P<quote>{QUOTE})?,? {say}+", ["{say}"]),
        ("according to (?P<speaker>[^,{ACTOR}]+)", ["according to "]),
        ("{say}|{ask}", []),
        ("(?:{say}|{ask}) that (?=never)", [" that "]),
        (r"(?!never)[\](]{say}{0,3}soon\b", ["soon"]),
        ("word(?: more){2}", ["word", " more"]),
        ("words?", ["word"]),
        ("(?:asked|wondered) (?:if|whether)", ["(?:asked|wondered)"]),
        ("(?P<verb>asked|wondered)?", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needed: list[str]) -> None:
    assert list(needs(pattern)) == needed


@pytest.mark.parametrize(
    ("pattern", "anchored"),
    [("^{say} (?:that|how)", True), ("^{say}|{ask}", False), ("{say}", False), ("(?:^|, ){say}", False)],
)
def test_what_matches_at_the_beginning_alone(pattern: str, anchored: bool) -> None:
    assert is_anchored(pattern) is anchored


def test_a_rule_that_matches_is_never_left_out() -> None:
    for code, known in languages().items():
        for file, key in RULES:
            for text in SENTENCES:
                matching = {rule.name for rule in rules(code, file, key) if rule.pattern.search(text)}
                assert matching <= {rule.name for rule in fitting(code, file, key, text)}
            for rule in rules(code, file, key):
                assert all(expand(need, known, file) for need in needs(rule.data["pattern"]))
