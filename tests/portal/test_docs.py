"""The documentation is complete: what exists is described where people look."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT: Path = settings.BASE_DIR
OURS = ("core", "search", "people", "composer", "notifications", "playbook", "lessons", "forums", "portal")


def variables() -> set[str]:
    """Every environment variable that the settings read."""
    text = "".join(path.read_text() for path in (ROOT / "portal" / "settings").glob("*.py"))
    return set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', text))


def commands() -> set[str]:
    """Every management command of ours."""
    return {name for name, app in get_commands().items() if app in OURS}


@pytest.mark.parametrize("name", sorted(variables()))
def test_each_setting_is_in_the_operators_table(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "operators.md").read_text()


@pytest.mark.parametrize("name", sorted(commands()))
def test_each_command_is_in_a_guide(name: str) -> None:
    guides = "".join(path.read_text() for path in [*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"])
    assert f"manage.py {name}" in guides


def test_each_decision_is_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text()
    records = [path.name for path in folder.glob("0*.md")]
    assert records
    assert [name for name in records if name not in listed] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            if not (path.parent / target).exists():
                broken.append(f"{path.name}: {target}")
    assert broken == []
