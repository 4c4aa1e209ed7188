"""Documents cannot drift: what they show is run, and what is made from the code is made anew and compared."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import missing

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "docs/authoring.md", "docs/serving.md"]


def sessions(page: str) -> list[tuple[str, str]]:
    """Commands and what they print, in the order of a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        if "pytest" in block:
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


@pytest.mark.skipif(os.name == "nt", reason="the pages show a POSIX shell")
@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(page, tmp_path):
    (tmp_path / "docs").mkdir()
    for name in ("example-report.yaml", "example-report.txt"):
        (tmp_path / "docs" / name).write_bytes((ROOT / "docs" / name).read_bytes())
    shown = sessions(page)
    assert shown
    program = tmp_path / "bin" / "kg"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    if any("curl" in command for command, _ in shown) and not shutil.which("curl"):
        missing("curl")
    try:
        for command, output in shown:
            done = subprocess.run(
                ["sh", "-c", command],
                capture_output=True,
                encoding="utf-8",
                cwd=tmp_path,
                check=False,
                env=os.environ | {"COLUMNS": "100", "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}"},
            )
            assert done.stdout + done.stderr == output, command
    finally:
        for started in tmp_path.glob("*.pid"):
            with suppress(ProcessLookupError):
                os.kill(int(started.read_text()), signal.SIGTERM)


def test_the_python_of_the_readme_gives_what_it_shows():
    pytest.importorskip("pandas")
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    runner.run(test)
    assert runner.failures == 0


@pytest.mark.parametrize(
    "page", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("**/*.md") if ".venv" not in path.parts)
)
def test_links_between_pages_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (ROOT / page).parent.joinpath(target).exists(), target


@pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="argparse words its help differently in each version of Python"
)
def test_the_reference_of_the_command_line_is_up_to_date():
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "generate_cli.py", "--check"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_command_stands_in_the_readme():
    from kg.cli.commands import COMMANDS

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"kg {command}" in text or command == "completion"
