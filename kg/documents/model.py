"""What comes out of a document, and the form its text has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\ufeff\u00ad]")
"""What texts hold none of: control characters, halves of characters, byte order marks, hyphens that are not shown."""


class Extracted(NamedTuple):
    """The text of a document, and what it says of itself: some of `label`, `publisher`, `date` (ISO 8601) and `url`."""

    text: str
    said: dict[str, str] = {}  # noqa: RUF012  # nobody changes it


def tidy(paragraphs: Iterable[str]) -> str:
    """Paragraphs as a text: one a line, white space within them plain, none of them empty."""
    lines = (" ".join(_UNPRINTABLE.sub("", paragraph).split()) for paragraph in paragraphs)
    return "".join(f"{line}\n" for line in lines if line)
