"""Reports read by a language model behind an OpenAI-compatible endpoint, each thing it finds held against the report.

The model gives words of the report and labels; where the words stand, what they are worth and whether they are
kept is decided here. Nothing of this is imported unless a model is asked for.
"""

from kg.model.cost import Cost, Price
from kg.model.endpoint import Endpoint, endpoint
from kg.model.reader import ModelReader

__all__ = ["Cost", "Endpoint", "ModelReader", "Price", "endpoint"]
