"""The first gate: shapes that Python-Markdown takes quadratic time for are not given to it.

Linear in the length of the text. A text that is refused is shown as plain paragraphs, so a false alarm costs its
author the formatting and nothing else. The CPU limit of the child (pool.py) catches what this file does not know.
"""

import re
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 50_000
MAX_OPEN_BRACKETS_IN_BLOCK = 50
MAX_OPEN_BRACKETS = 2_000
MAX_NESTING = 50
MAX_SPACES_AFTER_FENCE = 200
SPACES_A_LEVEL = 4

_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTE_MARKS = re.compile(r"(?:[ \t]*>)+")
_NESTING_TAG = re.compile(
    r"<(/?)(?:h[2-6]|strong|em|b|i|del|sub|sup|code|pre|blockquote|ul|ol|dl|a|abbr|table|div|span)\b",
    re.IGNORECASE,
)


class Notice(StrEnum):
    """Why a text is shown without formatting; empty where it is shown with it."""

    NONE = ""
    TOO_LONG = "too_long"
    TOO_COMPLEX = "too_complex"
    TOO_SLOW = "too_slow"
    BUSY = "busy"

    @property
    def message(self) -> str | Promise:
        """The reason in words for the reader."""
        return _MESSAGES[self]


_MESSAGES: dict[Notice, str | Promise] = {
    Notice.NONE: "",
    Notice.TOO_LONG: _("This text is longer than 50 kB, so it is shown without formatting."),
    Notice.TOO_COMPLEX: _("This text is nested too deeply to be formatted, so it is shown as it was typed."),
    Notice.TOO_SLOW: _("This text took too long to format, so it is shown as it was typed."),
    Notice.BUSY: _(
        "Many people look at previews just now, so yours is shown as it was typed. Ask again in a moment."
    ),
}


def check(source: str) -> Notice:
    """Why `source` must not be rendered, or `Notice.NONE`."""
    if len(source.encode("utf-8", "replace")) > MAX_BYTES:
        return Notice.TOO_LONG
    if _too_many_brackets(source) or _too_deep(source) or _hollow_fence(source):
        return Notice.TOO_COMPLEX
    return Notice.NONE


def _too_many_brackets(source: str) -> bool:
    total = 0
    for block in _BLANK_LINE.split(source):
        open_at_end, deepest = _brackets(block)
        if max(open_at_end, deepest) > MAX_OPEN_BRACKETS_IN_BLOCK:
            return True
        total += open_at_end
    return total > MAX_OPEN_BRACKETS


def _brackets(block: str) -> tuple[int, int]:
    """How many `[` of a block are left open, and how deep they stand in each other."""
    depth = deepest = 0
    for sign in block:
        if sign == "[":
            depth += 1
            deepest = max(deepest, depth)
        elif sign == "]" and depth:
            depth -= 1
    return depth, deepest


def _too_deep(source: str) -> bool:
    for line in source.split("\n"):
        quotes = _QUOTE_MARKS.match(line)
        if quotes and quotes.group().count(">") > MAX_NESTING:
            return True
        indent = line[: len(line) - len(line.lstrip(" \t"))].expandtabs(SPACES_A_LEVEL)
        if len(indent) > MAX_NESTING * SPACES_A_LEVEL:
            return True
    return _tag_depth(source) > MAX_NESTING


def _tag_depth(source: str) -> int:
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(source):
        depth = max(depth - 1, 0) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _hollow_fence(source: str) -> bool:
    hollow = " " * (MAX_SPACES_AFTER_FENCE + 1)
    return any(hollow in line for line in source.split("\n") if _FENCE.match(line))
