"""Who is mentioned in a Markdown text: links to people whose words begin with @, as `[@Mei Tanaka](/people/12/)`.

Read from the HTML that the text becomes, so that what looks like a mention is one and nothing else is: not in code,
not escaped, not in a quotation, whose author has told people already.
"""

import re
from html.parser import HTMLParser

from core.markdown import render

MAX_MENTIONS = 20
_PERSON = re.compile(r"/people/([0-9]{1,9})/")


class _Mentions(HTMLParser):
    """Collects the people of links that begin with @, outside of quotations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[int, None] = {}
        self._quotations = 0
        self._person: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._quotations += 1
        elif tag == "a":
            target = _PERSON.fullmatch(dict(attrs).get("href") or "")
            self._person = int(target.group(1)) if target and not self._quotations else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quotations -= 1
        elif tag == "a":
            self._person = None

    def handle_data(self, data: str) -> None:
        if self._person is not None and data.startswith("@"):
            self.found.setdefault(self._person)
        self._person = None


def mentioned_ids(source: str) -> frozenset[int]:
    """The ids of the first twenty people mentioned in a text. Whether they exist and may read it is not asked here."""
    if "/people/" not in source:
        return frozenset()
    mentions = _Mentions()
    mentions.feed(render(source).html)
    mentions.close()
    return frozenset(list(mentions.found)[:MAX_MENTIONS])
