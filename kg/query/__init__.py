"""Canned queries: their headers, their parameters, and the rows they give."""
