"""Makes readable plain text of what a source delivers. Nothing here makes HTML: all of it is escaped when shown.

With `plain` mark-up the text stays as typed but for line ends and blank edges. With `html` the tags become paragraphs,
list lines and nothing, characters written as entities become characters, and odd white space is put right.
"""

import re
from html.parser import HTMLParser

from lessons.importing.mapping import ImportMapping

BREAKING = frozenset(
    [
        "p",
        "div",
        "br",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "hr",
        "pre",
    ]
)
SILENT = frozenset({"script", "style", "object"})
ODD_SPACE = re.compile(r"[^\S\n]+")
MANY_LINES = re.compile(r"\n{3,}")
AROUND_LINES = re.compile(r" *\n *")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&[#\w]+;")
MAX_DECODINGS = 2


class _PlainText(HTMLParser):
    """Collects the text between the tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += 1
        elif tag == "li":
            self.parts.append("\n• ")
        elif tag in BREAKING:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br/>` breaks once, and an empty `<script/>` silences nothing."""
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in BREAKING and tag != "li":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def clean(text: str, mapping: ImportMapping) -> str:
    """The text as a reader should get it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for pattern, new in mapping.replace:
        text = pattern.sub(new, text)
    return tidy(without_tags(text)) if mapping.markup == "html" else text.strip()


def without_tags(text: str) -> str:
    """HTML as plain text. Text that was escaped twice at its source is read twice."""
    for _round in range(MAX_DECODINGS):
        if not TAG.search(text):
            break
        parser = _PlainText()
        parser.feed(text)
        parser.close()
        text = "".join(parser.parts)
    return text


def tidy(text: str) -> str:
    """One blank between words, at most one empty line between paragraphs."""
    text = AROUND_LINES.sub("\n", ODD_SPACE.sub(" ", text))
    return MANY_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """The text without line ends, for a title."""
    return " ".join(text.split("\n")).strip()


def first_sentence(text: str, *, limit: int) -> str:
    """The first sentence, cut at a word where it is longer than `limit`."""
    sentence = SENTENCE.split(text.strip(), maxsplit=1)[0].split("\n")[0].strip()
    return shortened(sentence, limit=limit)


def shortened(text: str, *, limit: int) -> str:
    """The text within `limit` characters, cut at a word and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:") + "…"
