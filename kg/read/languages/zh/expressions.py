"""The expressions that a Chinese lexicon holds by their names."""

from __future__ import annotations

import re

from kg.read.language import language
from kg.read.rules import expand


class Expressions(dict[str, re.Pattern[str]]):
    """The expressions of `FILE.yaml` by their names, each made when it is first asked for."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.known = language("zh")
        self._file = file

    def __missing__(self, name: str) -> re.Pattern[str]:
        """The expression of that name, or one for any word of the list of that name; KeyError where there is none."""
        pattern = self.known.data(self._file)["expressions"].get(name) or "{" + name + "}"
        self[name] = re.compile(expand(pattern, self.known, self._file))
        return self[name]
