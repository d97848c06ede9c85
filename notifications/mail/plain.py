"""Words for mails: what no reader should be sent, the plain text, and one safe line for a header."""

import unicodedata
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "h1", "h2", "ul", "li", "div", "tr", "hr"})
UNSEEN = frozenset({"title", "style", "head"})
CONTROLS = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs"})
"""Control and format characters, bidirectional overrides among them, line and paragraph separators, surrogates."""
UNSENT = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(0x202A, 0x202F)])
"""Controls that terminals obey, and overrides of the direction of writing, by which one word can look like another."""


def without_controls(html: str) -> str:
    """A mail without the characters that nobody sees and programs obey; tabs and line ends stay."""
    return html.translate(UNSENT)


class _Plain(HTMLParser):
    """Collects paragraphs; the address of a link stands on the line after its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.addresses: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in BLOCKS or tag == "br":
            self.lines.append("")
        elif tag == "a":
            self.addresses.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen -= 1
        elif tag == "a" and self.addresses:
            self.lines += [self.addresses.pop(), ""]
        elif tag in BLOCKS:
            self.lines += ["", ""]

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.lines[-1] += data


def plain_text(html: str) -> str:
    """The words of one of our own mail templates, with the addresses of its links; one empty line at most."""
    reader = _Plain()
    reader.feed(html)
    reader.close()
    kept: list[str] = []
    for line in (" ".join(line.split()) for line in reader.lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"


def safe_line(text: str, length: int) -> str:
    """One line without control characters, cut at a length: what somebody wrote, for a header."""
    seen = "".join(" " if unicodedata.category(letter) in CONTROLS else letter for letter in text)
    line = " ".join(seen.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
