"""What an HTML page shows and says of itself: its lines, its headline, and its title, publisher, day and address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

_BLOCKS = frozenset(
    """
    address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead
    title tr ul
    """.split()  # noqa: SIM905
)
_UNSEEN = frozenset(
    """
    script style noscript template head svg math iframe object select textarea button nav footer
    """.split()  # noqa: SIM905
)
_SPACE = re.compile(r"\s+")
_ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)\b")
_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "headline")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_publisher")
_DAYS = """
    article:published_time og:article:published_time datepublished date.published pubdate publishdate publish-date
    publish_date publication_date dc.date.issued dcterms.issued dc.date dcterms.created dc.created
    citation_publication_date sailthru.date parsely-pub-date cxenseparse:recs:publishtime og:published_time
    """.split()  # noqa: SIM905
_LONGEST = 300


def lines(tree: Any) -> Iterator[str]:
    """All that a page shows, a block or a line a string."""
    from lxml import etree

    parts: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, node in walk:
        is_block = node.tag in _BLOCKS
        if event == "start":
            if is_block:
                yield "".join(parts)
                parts.clear()
            if node.tag in _UNSEEN:
                walk.skip_subtree()
            else:
                parts.append(_plain(node.text))
        else:
            if is_block:
                yield "".join(parts)
                parts.clear()
            parts.append(_plain(node.tail))
    yield "".join(parts)


def headline(tree: Any, title: str | None) -> str | None:
    """The headline that a page shows: the one heading of the first order, or that which its title names."""
    shown = [" ".join(" ".join(node.itertext()).split()) for node in tree.iter("h1")]
    shown = list(dict.fromkeys(words for words in shown if 0 < len(words) <= _LONGEST))
    if len(shown) == 1:
        return shown[0]
    named = [words for words in shown if title and (words in title or title in words)]
    return named[0] if named else None


def said(tree: Any) -> dict[str, str]:
    """What a page says of its report, as far as it can be relied on.

    Its day is one that is said to be that of publication, as printed. What is said of an article (JSON-LD, schema.org)
    comes before what is said of the page (Open Graph, Dublin Core, HTML).
    """
    told = _articles(tree)
    metas = _metas(tree)
    found = {
        "label": _first(told.get("headline"), *(metas.get(name) for name in _TITLES), tree.findtext(".//title")),
        "publisher": _first(_name(told.get("publisher")), *(metas.get(name) for name in _PUBLISHERS)),
        "date": _day(told.get("datePublished"), *(metas.get(name) for name in _DAYS), *_marked(tree)),
        "url": _address(*_canonical(tree), metas.get("og:url"), told.get("url"), _identifier(told)),
    }
    return {key: value for key, value in found.items() if value}


def _plain(words: str | None) -> str:
    return _SPACE.sub(" ", words) if words else ""


def _articles(tree: Any) -> dict[str, Any]:
    """What JSON-LD on a page says of its first article."""
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower():
            continue
        try:
            root = json.loads(node.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        waiting, seen = [root], 0
        while waiting and seen < 10_000:
            one = waiting.pop(0)
            seen += 1
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                if _ARTICLES.match(_words(one.get("@type"))):
                    return one
                waiting += [one.get("@graph"), one.get("mainEntity")]
    return {}


def _words(value: Any) -> str:
    """A string, or the first of a list; empty for all else."""
    value = value[0] if isinstance(value, list) and value else value
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    value = value[0] if isinstance(value, list) and value else value
    return _words(value.get("name")) if isinstance(value, dict) else _words(value)


def _identifier(told: dict[str, Any]) -> str:
    value = told.get("mainEntityOfPage")
    return _words(value.get("@id")) if isinstance(value, dict) else _words(value)


def _metas(tree: Any) -> dict[str, str]:
    """What the elements `meta` of a page say, by name in lower case; the first counts."""
    found: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        if name and node.get("content"):
            found.setdefault(name, node.get("content"))
    return found


def _marked(tree: Any) -> Iterator[str]:
    """Days that are marked up as the report's own where they are shown (HTML microdata)."""
    for node in tree.iter("time", "span", "div", "p", "abbr"):
        if "datepublished" in (node.get("itemprop") or "").lower().split() or node.get("pubdate") is not None:
            yield node.get("datetime") or node.get("content") or ""


def _canonical(tree: Any) -> Iterator[str]:
    for node in tree.iter("link"):
        if "canonical" in (node.get("rel") or "").lower().split():
            yield node.get("href") or ""


def _first(*values: Any) -> str | None:
    """The first of some words that says anything, in one line."""
    for value in values:
        words = " ".join(_words(value).split())
        if 0 < len(words) <= _LONGEST:
            return words
    return None


def _day(*values: Any) -> str | None:
    """The first of some times that begins with a day, as that day."""
    for value in values:
        found = _DAY.match(_words(value))
        try:
            if found:
                return date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return None


def _address(*values: Any) -> str | None:
    return next((words for value in values if _ADDRESS.fullmatch(words := _words(value).strip())), None)
