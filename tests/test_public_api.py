"""What `import kg` promises: one sorted list of names, no file and no environment read, and one tree of errors."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import kg
from kg import errors


def test_the_export_list_is_sorted_and_each_name_is_there():
    assert kg.__all__ == sorted(kg.__all__)
    for name in kg.__all__:
        assert getattr(kg, name) is not None


def test_every_error_is_exported():
    tree = {
        name for name, found in vars(errors).items() if inspect.isclass(found) and issubclass(found, errors.KgError)
    }
    assert tree <= set(kg.__all__)


def test_importing_reads_no_file_of_ours_and_no_environment(tmp_path):
    watched = """
import sys
opened = []
def watch(event, arguments):
    if event == "open" and not str(arguments[0]).endswith((".py", ".pyc")):
        opened.append(str(arguments[0]))
import os
class Watched(dict):
    def get(self, *a): opened.append(f"environment {a[0]}"); return super().get(*a)
    def __getitem__(self, key): opened.append(f"environment {key}"); return super().__getitem__(key)
os.environ = Watched(os.environ)
sys.addaudithook(watch)
import kg
heavy = {"rdflib", "pyoxigraph", "sqlite3", "yaml", "argparse"} & set(sys.modules)
print([name for name in opened if "kg" in name or "environment" in name], sorted(heavy))
"""
    done = subprocess.run(
        [sys.executable, "-c", watched], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    assert done.stdout == "[] []\n"


def test_a_canned_answer_loads_no_heavy_library(tmp_path):
    asked = """
import sys
from kg.cli import main
main(["ask", "who-said-what", "--format", "csv"])
heavy = {"rdflib", "pyoxigraph", "pyshacl", "owlrl", "SPARQLWrapper", "rapidfuzz"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    assert done.stderr == "[]\n"


EXAMPLES = {
    errors.ParseError: errors.ParseError("a dot is missing", "graph.ttl", 3, 7),
    errors.UnknownName: errors.UnknownName("Beijng", ["Beijing"], "place"),
    errors.AmbiguousName: errors.AmbiguousName("Lam", ["https://e/1", "https://e/2"]),
    errors.MissingExtra: errors.MissingExtra("pandas", "frames"),
    errors.DeadlineExceeded: errors.DeadlineExceeded(30),
    errors.Refused: errors.Refused(413, "too large"),
    errors.JobFailed: errors.JobFailed("InputError", "one\nthing", 400),
}


def _tree(kind=errors.KgError):
    """The public errors; a stage may have kinds of its own below them, which nobody else meets."""
    found = [kind, *(below for sub in kind.__subclasses__() for below in _tree(sub))]
    return [each for each in found if each.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", _tree())
def test_every_error_is_one_line_has_a_code_and_stands_in_the_drawing(kind):
    error = EXAMPLES.get(kind) or kind("one\nthing")
    assert "\n" not in str(error)
    assert error.exit_code in (1, 2, 3)
    assert 400 <= error.http_status < 600
    assert kind.__doc__
    drawn = next(
        line for line in (errors.__doc__ or "").split("\n") if f" {kind.__name__} " in f" {line.lstrip('│ ├└─')} "
    )
    if kind is not errors.KgError:
        assert drawn.split(kind.__name__)[1].split()[:2] == [str(kind.exit_code), str(kind.http_status)]


def test_errors_carry_where_and_what():
    error = EXAMPLES[errors.ParseError]
    assert (error.source, error.line, error.column) == ("graph.ttl", 3, 7)
    assert str(error) == "graph.ttl:3:7: a dot is missing"
    assert str(EXAMPLES[errors.UnknownName]) == "no place is called 'Beijng'; the nearest are 'Beijing'"
