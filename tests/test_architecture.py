"""The structure is what docs/architecture.md says: layers, budgets, and where third-party engines are imported."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))

ENGINES = {
    "pyoxigraph": {"formats.py", "index.py", "update.py"},
    "rdflib": {"result.py", "backends/rdflib_graph.py", "check/shapes.py", "reason/reference.py"},
    "pyshacl": {"check/shapes.py"},
    "owlrl": {"reason/reference.py"},
    "SPARQLWrapper": {"backends/remote.py"},
    "argparse": {"cli"},
    "tqdm": {"cli/progress.py"},
    "httpx2": {"push/client.py", "model/client.py"},
    "rapidfuzz": {"names.py", "candidates"},
    "trafilatura": {"documents/html.py"},
    "lxml": {"documents"},
    "pdfminer": {"documents/pdf.py"},
    "mammoth": {"documents/docx.py"},
}


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def runtime(tree: ast.Module) -> ast.Module:
    """The tree without what only type checkers read."""

    class Strip(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:  # the visitor's own name
            return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)

    return Strip().visit(tree)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_opens_with_one_sentence_and_keeps_to_its_budget(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    assert text.count("\n") <= 400
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for node in functions:
        assert node.end_lineno - node.lineno < 60, f"{node.name} is too long to see whole"
    private = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name.startswith("_")]
    inner = {below for node in (*functions, *private) for below in ast.walk(node) if below is not node}
    for node in functions:
        if not node.name.startswith("_") and node not in inner:
            assert ast.get_docstring(node) or _is_overload(node), f"{node.name} has no docstring"


def _is_overload(node: ast.FunctionDef) -> bool:
    return any("overload" in ast.unparse(decorator) for decorator in node.decorator_list)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_third_party_engine_is_imported_only_where_it_belongs(engine):
    allowed = ENGINES[engine]
    for path in MODULES:
        name = path.relative_to(ROOT / "kg").as_posix()
        if engine in imported(runtime(ast.parse(path.read_text(encoding="utf-8")))):
            assert name in allowed or name.partition("/")[0] in allowed, name


def test_nothing_is_left_unfinished():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        for mark in ("TODO", "FIXME", "XXX", "NotImplementedError"):
            assert mark not in text, f"{path}: {mark}"
