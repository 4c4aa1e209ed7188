"""The ontology's reference page is what its files give, and says everything they say."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ontology.md"
GENERATOR = ROOT / "docs" / "generate_ontology.py"


def test_the_reference_page_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, str(GENERATOR), "--check"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_link_within_the_reference_page_leads_somewhere() -> None:
    page = PAGE.read_text(encoding="utf-8")
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', page)) | {"concepts"}
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= anchors


def test_every_term_has_an_entry_with_a_definition_in_three_languages() -> None:
    page = PAGE.read_text(encoding="utf-8")
    terms = re.findall(r"^kg:(\w+) a owl:", (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8"), re.MULTILINE)
    entries = dict(re.findall(r"^### kg:(\w+)\n(.+?)(?=^###? |\Z)", page, re.MULTILINE | re.DOTALL))
    assert set(terms) == set(entries)
    for name, entry in entries.items():
        assert re.search(r"^\| English \| .+ \| .+ \|$", entry, re.MULTILINE), name
        assert re.search(r"^\| Indonesian \| .+ \| .+ \|$", entry, re.MULTILINE), name
        assert re.search(r"^\| Chinese \| .+ \| .+ \|$", entry, re.MULTILINE), name


def test_the_latest_version_in_the_changelog_is_that_of_the_ontology() -> None:
    latest = re.search(r"^## (\S+)", (ROOT / "ontology" / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    stated = re.search(r'owl:versionInfo "([^"]+)"', (ROOT / "ontology" / "core.ttl").read_text(encoding="utf-8"))
    assert latest
    assert stated
    assert latest[1] == stated[1]
