"""From what was typed to what may be shown. The order is the safety: Markdown first, strict cleaning last."""

import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from threading import BoundedSemaphore

from core.markdown import policy
from core.markdown.clean import last_word
from core.markdown.guard import Notice, check
from core.markdown.pool import pool
from core.markdown.text import to_text

MAX_LINKS = 500
MAX_IMPORTED_BYTES = 200_000
PREVIEWS_AT_ONCE = 4
"""So many threads of a web process may wait for previews: half of them, so that the others go on answering."""
PIPELINE_VERSION = 1

_PARAGRAPHS = re.compile(r"\n[ \t]*\n+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """HTML for element content, the stamp of the rules it was made under, and why it is plain, if it is."""

    html: str
    config_hash: str
    notice: Notice = Notice.NONE

    @property
    def plain(self) -> bool:
        """Whether the text is shown as it was typed."""
        return self.notice is not Notice.NONE


def _config_hash() -> str:
    rules = (
        PIPELINE_VERSION,
        policy.EXTENSIONS,
        sorted(policy.TAGS),
        sorted((tag, sorted(names)) for tag, names in policy.ATTRIBUTES.items()),
        sorted(policy.SCHEMES),
        policy.LINK_REL,
        [version(package) for package in ("markdown", "bleach", "nh3")],
    )
    return hashlib.sha256(repr(rules).encode()).hexdigest()[:12]


CONFIG_HASH = _config_hash()
_previews = BoundedSemaphore(PREVIEWS_AT_ONCE)


def render(source: str) -> Rendered:
    """Safe HTML of a Markdown text. Never raises for any text; what is too much comes back plain, with a notice."""
    text = _typed(source)
    notice = check(text)
    if notice is not Notice.NONE:
        return _plain(text, notice)
    cleaned = pool.render(text)
    if cleaned is None:
        return _plain(text, Notice.TOO_SLOW)
    if cleaned.count("<a ") > MAX_LINKS:
        return _plain(text, Notice.TOO_COMPLEX)
    return Rendered(last_word(cleaned), CONFIG_HASH)


def preview(source: str) -> Rendered:
    """As `render`, for a text that is only looked at: where too many wait already, its words with a notice."""
    if not _previews.acquire(blocking=False):
        return _plain(_typed(source), Notice.BUSY)
    try:
        return render(source)
    finally:
        _previews.release()


def clean_html(html_text: str) -> Rendered:
    """HTML of an import under the same allow-list. Linear: it is not Markdown, so no child is needed."""
    text = _CONTROLS.sub("", html_text)
    if len(text.encode("utf-8", "replace")) > MAX_IMPORTED_BYTES:
        return _plain(to_text(text[:MAX_IMPORTED_BYTES]), Notice.TOO_LONG)
    return Rendered(last_word(text), CONFIG_HASH)


def render_many(sources: Iterable[str]) -> Iterator[Rendered]:
    """Renders texts one after the other through the same children, as imports need it. Lazy: memory stays flat."""
    for source in sources:
        yield render(source)


def source_to_text(source: str) -> str:
    """The words of a Markdown text without its marks, for the index and for excerpts."""
    return to_text(render(source).html)


def plain_paragraphs(text: str) -> str:
    """A text as it was typed, as HTML paragraphs."""
    paragraphs = (part.strip("\n") for part in _PARAGRAPHS.split(text))
    return "".join(
        f"<p>{html.escape(part).replace(chr(10), '<br>')}</p>" for part in paragraphs if part.strip()
    )


def _typed(source: str) -> str:
    """A text with one kind of line end, without controls and lone surrogates."""
    text = _CONTROLS.sub("", source.replace("\r\n", "\n").replace("\r", "\n"))
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(text: str, notice: Notice) -> Rendered:
    return Rendered(last_word(plain_paragraphs(text)), CONFIG_HASH, notice)
