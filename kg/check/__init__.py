"""Checking a graph: shapes, receipts and hashes, hygiene, the ontology's profile, and arithmetic."""

from kg.check.run import check_files, check_graph

__all__ = ["check_files", "check_graph"]
