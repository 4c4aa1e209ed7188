"""One folder a language: its lexicons and rules in YAML, and what they cannot say in `rules.py`."""
