"""A thousand damaged copies of what we export, from fixed seeds: each is read, or refused in one line."""

from __future__ import annotations

import random
import time

import pytest

import kg
from kg import formats
from kg.errors import InputError

EACH = 150
PIECES = [
    *(b"<", b">", b'"', b"'", b"\\", b"<<(", b"{", b"[", b"\x00", b"&a;", b"<!--", b"@prefix", b"\r", b"_:", b"]]>"),
    *(b"\\u", b"@context", b"<?xml", b"^^", b",,,", b"<!DOCTYPE x [", b'"""', b"\xff", b"\xef\xbb\xbf"),
]


@pytest.fixture(scope="module")
def exported(shipped: kg.Graph) -> dict[str, bytes]:
    some = random.Random(0).sample(sorted(set(shipped.backend.quads())), 250)
    return {name: b"".join(formats.serialise(some, found)) for name, found in formats.FORMATS.items()}


def mutated(data: bytes, rng: random.Random) -> bytes:
    """`data` with one to five bytes flipped, cut out, doubled, moved or put in."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(out) + 1)
        length = rng.choice((1, 1, 3, 20, 500))
        match rng.randrange(6):
            case 0 if at < len(out):
                out[at] ^= 1 << rng.randrange(8)
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * rng.choice((1, 2, 30))
            case 3:
                start = rng.randrange(len(out) + 1)
                out[at:at] = out[start : start + length]
            case 4:
                out[at:at] = rng.choice(PIECES) * rng.choice((1, 1, 40))
            case _:
                del out[at:]
                if not out:
                    return b"x"
    return bytes(out)


@pytest.mark.parametrize("name", formats.FORMATS)
def test_damaged_files_are_read_or_refused_in_one_line(exported: dict[str, bytes], name: str) -> None:
    refused = read = 0
    for seed in range(EACH):
        data = mutated(exported[name], random.Random(seed))
        begun = time.process_time()
        try:
            formats.parse(data, formats.FORMATS[name], "damaged")
        except InputError as error:
            refused += str(error).startswith("damaged") and "\n" not in str(error)
        else:
            read += 1
        assert time.process_time() - begun < 5, seed
    assert refused + read == EACH, "a refusal took more than a line, or did not name the file"
    assert refused > EACH / 3, "hardly anything was damaged"


def test_there_are_a_thousand() -> None:
    assert EACH * len(formats.FORMATS) >= 1000
