"""Judges cleaned HTML with a parser that the pipeline does not use."""

import re

from bs4 import BeautifulSoup, Comment

TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "strong",
        "em",
        "b",
        "i",
        "del",
        "sub",
        "sup",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "a",
        "abbr",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    ]
)
ATTRIBUTES = {
    "a": {"href", "title", "rel"},
    "abbr": {"title"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "code": {"class"},
}
GOOD_TARGET = re.compile(r"(https?://[\w.\[\]:-]+([/?#]|$)|mailto:[^:/]|/(?![/\\])|#)", re.IGNORECASE)


def faults(html: str) -> list[str]:
    """Everything in `html` that may not be there, in words; empty when it is clean."""
    soup = BeautifulSoup(f"<body>{html}</body>", "lxml")
    found = [
        f"comment {comment!r}" for comment in soup.find_all(string=lambda text: isinstance(text, Comment))
    ]
    for tag in soup.find_all(True):
        if tag.name in {"html", "body"} and not tag.attrs:
            continue
        if tag.name not in TAGS:
            found.append(f"tag {tag.name}")
        found += [f"{tag.name} {name}" for name in tag.attrs if name not in ATTRIBUTES.get(tag.name, ())]
        target = tag.attrs.get("href")
        if target is not None and not GOOD_TARGET.match(str(target)):
            found.append(f"target {target!r}")
    return found
