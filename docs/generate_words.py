"""Write the list of common Chinese words, which are no names, from the dictionary of jieba (MIT).

Run by hand where the list is to be renewed: `pip install jieba`, then this script.
"""

from __future__ import annotations

import sys
from pathlib import Path

LEXICONS = Path(__file__).parents[1] / "kg" / "read" / "languages" / "zh"
LEAST, LEAST_OTHERS = 5, 200
"""How often the dictionary has seen a word that begins like a person's name, and any other."""
_HEAD = "# Common words of two characters, from the dictionary of jieba (MIT).\n"
_NAMES = frozenset(["nr", "nrt", "nrfg", "ns", "nt", "nz"])
"""What the dictionary marks as a person, a place, an organization, another name."""


def words() -> list[str]:
    """The dictionary's words of two characters that are no names, sorted."""
    from importlib.resources import files

    import yaml

    surnames = set(yaml.safe_load((LEXICONS / "names.yaml").read_text("utf-8"))["surnames"].split())
    rows = (line.split() for line in (files("jieba") / "dict.txt").read_text("utf-8").splitlines())
    return sorted(
        word
        for word, times, kind in rows
        if len(word) == 2 and int(times) >= (LEAST if word[0] in surnames else LEAST_OTHERS) and kind not in _NAMES
    )


def main() -> None:
    """Write the list."""
    known = words()
    (LEXICONS / "common.txt").write_text(_HEAD + "\n".join(known) + "\n", encoding="utf-8")
    print(f"common.txt: {len(known)} words", file=sys.stderr)


if __name__ == "__main__":
    main()
