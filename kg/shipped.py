"""The graph that ships: the store file built with the package, or, in a checkout, one built once and kept aside."""

from __future__ import annotations

from pathlib import Path

from kg import resources


def path() -> Path:
    """The store file of the graph that ships."""
    installed = resources.shipped()
    if installed is not None:
        return installed
    from kg import checkout

    return checkout.store_file()
