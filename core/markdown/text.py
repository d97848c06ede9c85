"""Plain text of cleaned HTML, for the index, excerpts, titles and mail. Escape it where it is shown, never before."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
    ]
)
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


class _Words(HTMLParser):
    """Collects text; a block starts on its own line, a table cell after a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(_gap(tag))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(_gap(tag))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _gap(tag: str) -> str:
    if tag in _BLOCKS:
        return "\n"
    return " " if tag in _CELLS else ""


def to_text(html: str) -> str:
    """The words of `html`, one block a line, spaces collapsed."""
    words = _Words()
    words.feed(html)
    words.close()
    return _LINES.sub("\n", _SPACES.sub(" ", "".join(words.parts))).strip()
