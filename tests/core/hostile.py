"""The published attack strings of SHARED_DATA_DIR/hostile. Absent data skips loudly, and fails where CI is set."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.db import connection

from tests.shared_data import shared

MARKDOWN_FILES = ("markdown-xss-1.txt", "markdown-xss-2.md")


def hostile_file(name: str) -> Path:
    """The path of one file of the collection."""
    return shared("hostile", name)


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


def through_pages(texts: Sequence[str]) -> Sequence[str]:
    """What goes through whole pages: every string on SQLite, a sample on others, where only the storing differs."""
    return texts if connection.vendor == "sqlite" else texts[:: len(texts) // 150 or 1]
