"""The chat protocol: what is sent of a part of a report, and the text and usage of what comes back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from kg.errors import RemoteError
from kg.model import prompt
from kg.model.client import Client
from kg.model.cost import Cost

Answer = TypeVar("Answer")

_TRIES = 3
"""How often a model may answer with something that is not of the form."""

_SCHEMA = {"type": "json_schema", "json_schema": {"name": "report", "strict": True, "schema": prompt.schema()}}
_WAYS: tuple[dict[str, Any], ...] = (
    {"response_format": _SCHEMA, "seed": 0, "temperature": 0},
    {"response_format": {"type": "json_object"}, "seed": 0, "temperature": 0},
    {"seed": 0, "temperature": 0},
    {"temperature": 0},
    {},
)
"""What is asked for, and what of it is left out where a server answers that it will not have it (400, 422)."""


_FOR_GOOD = (401, 403, 404)
"""Answers that the next report would get too."""


class UnusableError(RemoteError):
    """The model answered, and the answer cannot be used."""


class CutOffError(UnusableError):
    """The answer ended before its end; a shorter text may get a whole one."""


class Chat:
    """Asking one model, in the way that its server takes."""

    def __init__(self, client: Client, cost: Cost) -> None:
        self.client, self.cost = client, cost
        self._way = 0
        self._refusal: RemoteError | None = None

    def ask(self, system: str, words: str, understand: Callable[[str], Answer]) -> Answer:
        """What `understand` makes of the answer; it raises ValueError for one that is to be asked for again."""
        said = words
        for number in range(1, _TRIES + 1):
            try:
                return understand(self._content(self._asked(system, said, number)))
            except ValueError as error:
                problem = UnusableError(f"{self._who}: {error}, {number} times; try another model")
                said = f"{words}\n\n{prompt.AGAIN}"
        raise problem

    @property
    def _who(self) -> str:
        return f"{self.client.endpoint.address}: the model {self.client.endpoint.model!r}"

    def _asked(self, system: str, words: str, number: int) -> bytes:
        """The body of an answer of success, asked for in the first way that the server takes.

        A server that refused the key, or knows no such model, is not asked again.
        """
        if self._refusal is not None:
            raise self._refusal
        messages = [{"role": "system", "content": system}, {"role": "user", "content": words}]
        while True:
            way = dict(_WAYS[self._way])
            if "seed" in way:
                way["seed"] = number
            began, before = time.monotonic(), self.client.requests
            try:
                reply = self.client.post(
                    {"model": self.client.endpoint.model, "messages": messages, "stream": False} | way
                )
            finally:
                self.cost.requests += self.client.requests - before
                self.cost.seconds += time.monotonic() - began
            if reply.status == 200:
                return reply.body
            if reply.status not in (400, 422) or self._way == len(_WAYS) - 1:
                refusal = self.client.refusal(reply)
                self._refusal = refusal if reply.status in _FOR_GOOD else None
                raise refusal
            self._way += 1

    def _content(self, body: bytes) -> str:
        """The text of an answer; ValueError where it is none, UnusableError where asking again would not help."""
        try:
            root = json.loads(body)
        except (ValueError, RecursionError):
            raise ValueError("answered with what is no JSON") from None
        self.cost.count(root.get("usage") if isinstance(root, dict) else None)
        try:
            choice = root["choices"][0]
            message = choice["message"]
            content, refusal = message.get("content"), message.get("refusal")
        except (TypeError, LookupError, AttributeError):
            raise ValueError("answered without a message") from None
        if choice.get("finish_reason") == "length":
            raise CutOffError(
                f"{self._who}: the answer was cut off by its length; let the server answer with more tokens"
            )
        if isinstance(content, list):
            content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
        if not isinstance(content, str) or not content.strip():
            if refusal or choice.get("finish_reason") == "content_filter":
                raise UnusableError(f"{self._who}: refused to read this report")
            raise ValueError("gave an empty answer")
        return content
