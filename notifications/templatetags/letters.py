"""The look of letters. Mail programs know no style sheet, so each element carries its own, from this one list.

The colours are those of the portal by day; letters have no dark look, since mail programs make one of their own.
"""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

INK, INK_SOFT, INK_QUIET = "#1a1d21", "#474c53", "#63686f"
GROUND, SHEET, SUNK, LINE, ACCENT = "#faf8f4", "#ffffff", "#f2efe8", "#e3ded3", "#0d5a4c"
SANS = "Inter,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
SERIF = "'Source Serif 4',Georgia,serif"
QUIET = f"color:{INK_QUIET};font-size:13px"
LINK = f"color:{ACCENT}"
LOOKS: Mapping[str, str] = {
    "page": f"margin:0;padding:0;background:{GROUND};color:{INK};font:400 16px/1.55 {SANS}",
    "ground": f"border-collapse:collapse;background:{GROUND}",
    "margin": "padding:24px 12px",
    "sheet": f"max-width:600px;border-collapse:separate;background:{SHEET};border:1px solid {LINE};border-radius:16px",
    "head": f"padding:20px 28px;border-bottom:1px solid {LINE}",
    "name": f"color:{INK};text-decoration:none;font:600 18px/1.2 {SERIF}",
    "body": "padding:24px 28px",
    "foot": f"padding:18px 28px;border-top:1px solid {LINE};background:{SUNK};border-radius:0 0 16px 16px;"
    f"color:{INK_SOFT};font-size:13px;line-height:1.6",
    "title": f"margin:0 0 16px;color:{INK};font:600 22px/1.25 {SERIF};letter-spacing:-.01em",
    "entry": f"padding:14px 0;border-top:1px solid {LINE}",
    "when": f"margin:0 0 4px;{QUIET}",
    "sentence": "margin:0;font-size:16px",
    "more": f"margin:4px 0 0;{QUIET}",
    "paragraph": "margin:12px 0 0",
    "last": "margin:16px 0 0",
    "setting": "margin:0 0 8px",
    "stop": "margin:0",
    "link": LINK,
    "strong-link": f"{LINK};font-weight:600",
    "plain-link": f"{LINK};font-weight:600;text-decoration:none",
    "button": f"display:inline-block;padding:10px 18px;border-radius:10px;background:{ACCENT};color:{SHEET};"
    "font-weight:600;text-decoration:none",
}

register = template.Library()


@register.simple_tag
def look(name: str) -> SafeString:
    """The `style` of an element of a letter; raises `KeyError` for a look there is not."""
    return format_html('style="{}"', LOOKS[name])
