"""`kg export`: the graph as a file, or on standard output."""

from __future__ import annotations

import argparse
import sys

import kg
from kg import formats
from kg.export import chosen_format, with_inferred, write


def run(options: argparse.Namespace) -> int:
    """Write the graph in the syntax asked for."""
    syntax = chosen_format(options.file, options.format)
    with kg.open(options.store) as graph:
        quads = list(graph.backend.quads())
    chunks = formats.serialise(with_inferred(quads) if options.inferred else quads, syntax)
    if options.file is None:
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.flush()
        return 0
    write(options.file, chunks)
    more = ", and what follows from them," if options.inferred else ""
    print(f"{options.file}: {len(quads)} asserted statements{more} as {syntax.name}", file=sys.stderr)
    return 0
