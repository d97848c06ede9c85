"""The two cleaners: bleach inside the child, nh3 (another parser) after it. Both read policy.py.

bleach gets no more security fixes, so nh3 has the last word over everything that is stored, and again over everything
that is shown. A test feeds both the same attacks and compares.
"""

import re
from functools import partial
from typing import Any

import nh3
from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner

from core.markdown.policy import ATTRIBUTES, LINK_REL, SCHEMES, TAGS, allowed_attribute, allowed_href

Attributes = dict[Any, str]
HREF = (None, "href")
REL = (None, "rel")
# bleach would also link `report.md` (a top-level domain) and not link intranet hosts without one.
WRITTEN_OUT = re.compile(r"\bhttps?://[^\s<>\"'\\]+", re.IGNORECASE)


def _vouch_for_nothing(attributes: Attributes, new: bool = False) -> Attributes | None:
    """Marks links as not vouched for, and makes none that could not have been typed as one."""
    href = attributes.get(HREF, "")
    if new and not allowed_href(href):
        return None
    attributes[REL] = LINK_REL
    return attributes


CALLBACKS: list[Any] = [_vouch_for_nothing]  # the stubs forget that None means: no link


def _per_tag() -> dict[str, Any]:
    return dict.fromkeys(ATTRIBUTES, allowed_attribute)


_BLEACH = Cleaner(
    tags=TAGS,
    attributes=_per_tag(),
    protocols=SCHEMES,
    strip=True,
    strip_comments=True,
    css_sanitizer=None,
    filters=[
        partial(
            LinkifyFilter,
            url_re=WRITTEN_OUT,
            callbacks=CALLBACKS,
            skip_tags={"pre", "code"},
            parse_email=False,
        )
    ],
)


def _checked(tag: str, name: str, value: str) -> str | None:
    return value if name == "rel" or allowed_attribute(tag, name, value) else None


_NH3 = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_checked,
    url_schemes=set(SCHEMES),
    strip_comments=True,
    link_rel=LINK_REL,
)


def bleach_clean(html: str) -> str:
    """The first cleaning, which also makes links of typed addresses. Only for the child: it can be slow."""
    return str(_BLEACH.clean(html))


def last_word(html: str) -> str:
    """The second cleaning. Fast and linear; changes nothing that it has seen before."""
    return _NH3.clean(html)
