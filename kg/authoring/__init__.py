"""Reports and entities written by hand in YAML, turned into records; a mistake is told with its place and a hint."""

from kg.authoring.entities import read_entities
from kg.authoring.judgements import read_judgements
from kg.authoring.reports import Head, read_head, read_report
from kg.authoring.summary import summary
from kg.authoring.values import Known, Resolve

__all__ = ["Head", "Known", "Resolve", "read_entities", "read_head", "read_judgements", "read_report", "summary"]
