"""What all pages are made with: templates that escape what they show, words by language, links that are safe."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from kg.terms import ID

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
STYLE = (_HERE / "templates" / "style.css").read_text(encoding="utf-8")
"""The style sheet, to be served at /style.css."""

LANGUAGES = {"en": "English", "id": "Bahasa Indonesia", "zh": "中文"}
LONGEST = 4000
"""The most characters of one text that a page shows."""

_FEW = 3
"""Receipts that are shown at once; further ones are folded away."""

UNSHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What HTML cannot hold (HTML, section 13.2.3.5), or no encoding can write."""

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of text: kept where an element holds it in, left out of titles."""


_UNFIT = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
"""What no address holds; browsers drop some of it, and then find another address than was checked."""


class Piece(NamedTuple):
    """A text, and where it leads, if anywhere."""

    text: str
    link: str | None = None
    is_outward: bool = False


# ---- addresses ----------------------------------------------------------------------------------------


def local(iri: str) -> str | None:
    """The page on this server of what an IRI of ours names; None for any other, and for what a browser would climb."""
    path = iri.removeprefix(ID)
    if path == iri or not path or any(part in (".", "..") for part in path.split("/")):
        return None
    return "/doc/" + quote(path.encode("utf-8", "replace"), safe="/")


def outward(url: str) -> str | None:
    """An address elsewhere that a page may link to: http and https alone, with a host."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or _UNFIT.search(url):
        return None
    return url


def linked(text: str) -> Piece:
    """A text, with a link where it is an address and nothing else."""
    here = local(text)
    elsewhere = None if here else outward(text)
    return Piece(text, here or elsewhere, elsewhere is not None)


def address(link: str | None) -> str | None:
    """An address on this server, or one of http and https; anything else leads nowhere."""
    if link and re.match(r"\?|/(?!/)", link) and not _UNFIT.search(link):
        return link
    return outward(link) if link else None


def in_language(language: str) -> str:
    """What an address ends with to keep the language."""
    return f"?lang={language}" if language != "en" else ""


# ---- templates ----------------------------------------------------------------------------------------


def page(template: str, language: str, title: str, **values: Any) -> str:
    """A page by its template, title and values."""
    language = language if language in LANGUAGES else "en"
    made: str = _environment().get_template(template).render(
        lang=language,
        in_language=in_language(language),
        words=words(language),
        languages=list(LANGUAGES.items()),
        title=_TURNING.sub("", title),
        few=_FEW,
        **values,
    )  # fmt: skip
    return made


@cache
def _all_words() -> dict[str, dict[str, str]]:
    import yaml

    found: dict[str, dict[str, str]] = yaml.safe_load((_HERE / "words.yaml").read_text(encoding="utf-8"))
    return found


def words(language: str) -> dict[str, str]:
    """The words of pages in a language; English where there are none in it."""
    return _all_words().get(language) or _all_words()["en"]


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
    from markupsafe import Markup

    def holdable(value: object) -> object:
        """Text without what HTML cannot hold; what is markup already stays."""
        if isinstance(value, str) and not isinstance(value, Markup):
            return UNSHOWN.sub("\ufffd", value)
        return value

    @pass_context
    def cut(context: Mapping[str, Any], value: str) -> str:
        """A long text cut, and said to be."""
        if len(value) <= LONGEST:
            return value
        more: str = context["words"]["cut"] % (len(value) - LONGEST)
        return value[:LONGEST] + more

    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=holdable,
    )
    environment.filters["cut"] = cut
    return environment
