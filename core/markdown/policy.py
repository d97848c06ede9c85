"""What member-written HTML may contain: one allow-list, read by both cleaners.

Everything that is not named here is removed. A link target is judged after its entities are resolved once more, so a
scheme cannot hide behind a second layer of escaping. There are no images, styles, ids or handlers. Pure functions;
no Django, because the rendering child imports this file and starts in a tenth of a second.
"""

import html
import re
from collections.abc import Mapping

EXTENSIONS = ("tables", "fenced_code", "sane_lists", "nl2br")

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
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href", "title"}),
    "abbr": frozenset({"title"}),
    "th": frozenset({"align"}),
    "td": frozenset({"align"}),
    "ol": frozenset({"start"}),
    "code": frozenset({"class"}),
}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow noopener"
ALIGNMENTS = frozenset({"left", "center", "right"})

_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff\\]")
_WEB = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:[/?#]|$)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^:/]", re.IGNORECASE)
_LOCAL = re.compile(r"/(?!/)|#")
_START = re.compile(r"[0-9]{1,9}")
_LANGUAGE = re.compile(r"language-[a-z0-9+#-]{1,20}")


def allowed_href(value: str) -> bool:
    """Whether a link may lead there: web without user data in it, mail, this site, this page."""
    target = html.unescape(value)
    if _UNSEEN.search(target):
        return False
    return any(pattern.match(target) for pattern in (_WEB, _MAIL, _LOCAL))


def allowed_attribute(tag: str, name: str, value: str) -> bool:
    """Whether `tag` may carry this attribute with this value."""
    if name not in ATTRIBUTES.get(tag, ()):
        return False
    match name:
        case "href":
            return allowed_href(value)
        case "align":
            return value in ALIGNMENTS
        case "start":
            return bool(_START.fullmatch(value))
        case "class":
            return bool(_LANGUAGE.fullmatch(value))
    return True
