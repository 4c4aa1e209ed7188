"""The options that ask a model to read: the reader that they name, and what asking came to, on standard error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kg.errors import BadParameter, InputError

if TYPE_CHECKING:
    from kg.claimed import Reader
    from kg.model import ModelReader, Price

_MOST_PRICE = Decimal(1_000_000)


def arguments(command: argparse.ArgumentParser) -> None:
    """The options by which a model reads instead of the rules."""
    from kg.cli.parser import seconds

    command.add_argument("--model", metavar="NAME", help="ask this model instead of the rules; the report goes there")
    command.add_argument(
        "--endpoint", metavar="URL", help="where: the base of an OpenAI-compatible server (its key in KG_MODEL_KEY)"
    )
    command.add_argument(
        "--timeout", type=seconds, metavar="SECONDS", default=120.0, help="for one answer of a model, 120 unless given"
    )
    command.add_argument(
        "--price", metavar="IN,OUT", help="what a million tokens cost that are sent and answered, to tell the cost"
    )


@contextmanager
def asked(options: argparse.Namespace) -> Iterator[Reader | None]:
    """The reader that options name, None for the rules; at the end, what was asked, what it cost and what was dropped.

    BadParameter where only a part of what asking needs is given.
    """
    if options.model is None:
        if options.endpoint is not None or options.price is not None:
            raise BadParameter("--endpoint and --price say how a model is asked; name it with --model NAME")
        yield None
        return
    if options.endpoint is None:
        raise BadParameter("--model needs --endpoint URL, the base of an OpenAI-compatible server")
    from kg.claimed import by_model
    from kg.model import ModelReader, endpoint

    price = _price(options.price)
    where = endpoint(options.endpoint, options.model, options.timeout)
    with ModelReader(where) as reader:
        try:
            yield by_model(where.model, reader.read)
        finally:
            from kg.cli.terminal import clean

            for line in _told(where.model, reader, price, getattr(options, "explain", False)):
                print(f"kg: {clean(line)}", file=sys.stderr)


def _told(name: str, reader: ModelReader, price: Price | None, explain: bool) -> Iterator[str]:
    if explain:
        yield from (f"note: dropped: {reason}: {words}" for reason, words in reader.dropped.things)
    if reader.dropped.counts:
        counted = ", ".join(f"{count} × {reason}" for reason, count in sorted(reader.dropped.counts.items()))
        yield f"note: dropped of what {name} gave: {counted}"
    if reader.cost.requests:
        yield f"{name}: {reader.cost.told(price)}"


def _price(text: str | None) -> Price | None:
    """Two numbers with a comma between: what a million tokens cost that are sent, and that are answered."""
    if text is None:
        return None
    from kg.model import Price

    try:
        sent, answered = (Decimal(each) for each in text.split(","))
    except (InvalidOperation, ValueError):
        sent = answered = Decimal(-1)
    if not all(price.is_finite() and 0 <= price <= _MOST_PRICE for price in (sent, answered)):
        raise InputError(f"{text!r} is not two prices for a million tokens; write them as 0.15,0.60")
    return Price(sent, answered)
