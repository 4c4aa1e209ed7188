"""Builds the graph that ships, from `ontology/` and `data/`, into the wheel, by the code that users run."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShippedGraph(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the store file and the query headers into the wheel; an editable install reads the checkout."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from kg import checkout

        self.folder = tempfile.TemporaryDirectory()
        folder = Path(self.folder.name)
        checkout.build(folder / "shipped.kg")
        checkout.build_headers(folder / "headers.json")
        for name in ("shipped.kg", "headers.json"):
            build_data["force_include"][str(folder / name)] = f"kg/_data/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self.folder.cleanup()
