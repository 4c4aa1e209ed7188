"""Languages: what a folder of `languages/` says about one, and which of them a text is written in."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from kg.errors import BadParameter
from kg.read import lexicon

FOLDER = Path(__file__).parent / "languages"
_SAMPLE = 20_000
"""Code points at the start of a text that are enough to tell its language."""


class Language:
    """One language: its lexicons by the name of their file, and its own rules where data alone does not do."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.folder = FOLDER / code
        self._data: dict[str, Any] = {}

    def data(self, name: str) -> Any:
        """What `NAME.yaml` of the language's folder says; {} where there is no such file."""
        if name not in self._data:
            path = self.folder / f"{name}.yaml"
            self._data[name] = lexicon.load(path) if path.is_file() else {}
        return self._data[name]

    def words(self, file: str, key: str) -> tuple[str, ...]:
        """The words under `key` of a lexicon."""
        return lexicon.words(self.data(file).get(key) or ())

    @cached_property
    def settings(self) -> Any:
        """`language.yaml`: how the language is written."""
        return self.data("language")

    @cached_property
    def is_spaced(self) -> bool:
        """Whether words stand apart, and names begin with capitals."""
        return bool(self.settings["spaced"] == "yes")

    @cached_property
    def rules(self) -> ModuleType:
        """The language's own rules, `languages/CODE/rules.py`."""
        return import_module(f"kg.read.languages.{self.code}.rules")

    def fold(self, text: str) -> str:
        """`text` as the language's lexicons spell it, each position kept."""
        if self.settings.get("fold") != "simplified":
            return text
        return text.translate(_simplified())


@cache
def languages() -> dict[str, Language]:
    """The languages that there are, by their code: one for each folder with a `language.yaml`."""
    codes = sorted(path.parent.name for path in FOLDER.glob("*/language.yaml"))
    return {code: Language(code) for code in codes}


def language(code: str) -> Language:
    """The language of that code; BadParameter where there is none."""
    known = languages()
    if code not in known:
        raise BadParameter(f"no rules for the language {code!r}; there are rules for: {' '.join(known)}")
    return known[code]


def identify(text: str) -> str:
    """The code of the language that `text` is written in: by its script, then by its small words."""
    sample = text[:_SAMPLE]
    letters = len(re.findall(r"[^\W\d_]", sample)) or 1
    counted = {code: _share(one, sample, letters) for code, one in languages().items()}
    return max(counted, key=lambda code: (counted[code], code == "en"))


def _share(one: Language, sample: str, letters: int) -> float:
    """How much of a sample is plainly of this language, from 0 to 1."""
    script = one.settings.get("script")
    if script:
        return 1.5 * len(re.findall(script, sample)) / letters
    return sum(len(word) for word in _small_words(one.code).findall(sample)) / letters


@cache
def _small_words(code: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.any_of(language(code).words('language', 'small words'))})\b", re.IGNORECASE)


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters, also as Hong Kong writes them, to simplified ones, one to one, as OpenCC has them."""
    from opencc import OpenCC

    known = [chr(code) for code in range(0x4E00, 0xA000)]
    pairs: dict[int, str] = {0x2236: "："}  # the sign of a ratio, for which Hong Kong's releases write a colon
    for variant in ("t2s", "hk2s"):
        simple = OpenCC(variant).convert("\n".join(known)).split("\n")
        pairs |= {ord(old): new for old, new in zip(known, simple, strict=True) if old != new and len(new) == 1}
    return pairs
