"""Measurements anyone can repeat: made-up reports of the real shape, and what asking, adding and reasoning cost."""
