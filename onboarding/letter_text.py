"""Fills the letters that facilitators word: {placeholders} from a fixed list of values, never evaluated.

A line with a placeholder that has no value is left out, so that an edited letter is shorter at worst and never shows
braces to anybody. Words before a link and a colon become the words of the link.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notifications.data import LetterPart

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LABELLED = re.compile(r"(?P<label>[^.:?!{}]*[^.:?!{}\s]):\s*\{(?P<name>\w+_link)\}|\{(?P<bare>\w+_link)\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter to one person."""

    subject: str
    paragraphs: tuple[tuple[LetterPart, ...], ...]


def fill(
    subject: str,
    body: str,
    values: Mapping[str, str],
    links: Mapping[str, tuple[str, str]],
    *,
    plain_subject: str = "",
) -> Filled:
    """`links` give the path and the words of those that stand alone, `plain_subject` what is said without a value."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    known = {*values, *links}
    kept = [line for line in lines if set(PLACEHOLDER.findall(line)) <= known]
    lacks = plain_subject and not set(PLACEHOLDER.findall(subject)) <= set(values)
    words = plain_subject if lacks else _filled(subject, values)
    return Filled(" ".join(words.split()), tuple(tuple(_parts(line, values, links)) for line in kept))


def _parts(
    line: str, values: Mapping[str, str], links: Mapping[str, tuple[str, str]]
) -> Iterator[LetterPart]:
    end = 0
    for found in LABELLED.finditer(line):
        name = found["name"] or found["bare"]
        if name not in links:
            continue
        label = found["label"] or ""
        start = found.start() + len(label) - len(label.lstrip())
        yield from _plain(line[end:start], values)
        path, alone = links[name]
        yield LetterPart(_filled(label.strip(), values) or alone, path)
        end = found.end()
    yield from _plain(line[end:], values)


def _plain(text: str, values: Mapping[str, str]) -> Iterator[LetterPart]:
    if text:
        yield LetterPart(_filled(text, values))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[1], ""), text)
