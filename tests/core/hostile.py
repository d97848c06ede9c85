"""The published attack strings of SHARED_DATA_DIR/hostile. Absent data skips loudly, and fails where CI is set."""

import json
import os
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

MARKDOWN_FILES = ("markdown-xss-1.txt", "markdown-xss-2.md")


def hostile_file(name: str) -> Path:
    """The path of one file of the collection."""
    path: Path = settings.SHARED_DATA_DIR / "hostile" / name
    if not path.exists():
        reason = f"{path} is missing: set SHARED_DATA_DIR, or these attacks are NOT tested."
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@cache
def naughty_strings() -> tuple[str, ...]:
    """Strings that break careless programs."""
    return tuple(json.loads(hostile_file("naughty-strings.json").read_text(encoding="utf-8")))


@cache
def attacks() -> tuple[str, ...]:
    """Every attack as somebody would type it: whole Markdown files, their lines, and the raw HTML payloads."""
    files = [hostile_file(name).read_text(encoding="utf-8", errors="replace") for name in MARKDOWN_FILES]
    lines = [line for text in files for line in text.splitlines() if line.strip()]
    payloads = hostile_file("xss-payloads.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    return (*files, *lines, *(line for line in payloads if line.strip()))
