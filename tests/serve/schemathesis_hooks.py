"""What schemathesis must know to send bodies that are neither JSON nor forms: they go out as the text they are."""

from __future__ import annotations

from typing import Any

import schemathesis

_TEXTS = ("application/sparql-query", "application/sparql-update", "application/n-triples",
          "application/n-quads", "application/trig", "text/turtle", "application/rdf+xml")  # fmt: skip


@schemathesis.serializer(*_TEXTS)
def _as_text(context: Any, value: Any) -> Any:
    # What is no text by its schema goes out as bytes that are none, as `{}` for one would be TriG.
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else b"\xff" + repr(value).encode()
