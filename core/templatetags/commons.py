"""Template tags that every room uses: icons, phase classes, dates as people say them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration; with one it is read aloud."""
    return _icon(name, str(label))


@lru_cache(maxsize=1024)
def _icon(name: str, label: str) -> SafeString:
    """Made once a process: a page of a topic has a hundred and fifty, and the address of the sprite stays."""
    sprite = f"{static('icons/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, sprite
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', sprite)


@register.filter
def spoken_date(value: date | datetime | None) -> str:
    """A date as people say it: today, yesterday, "Thu" within a week, "3 Nov", "3 Nov 2025" in other years."""
    if value is None:
        return ""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    today = timezone.localdate()
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    if today - timedelta(days=7) < day < today:
        return date_format(day, "D")
    return date_format(day, "j M" if day.year == today.year else "j M Y")


@register.simple_tag
def spoken_time(value: date | datetime | None) -> str:
    """`<time>` with the spoken date inside and the exact one on hover. Not a template: lists have fifty."""
    return _time(value, spoken_date(value)) if value else ""


@register.simple_tag
def spoken_moment(value: datetime) -> SafeString:
    """The same with the hour."""
    return _time(value, f"{spoken_date(value)}, {date_format(timezone.localtime(value), 'H:i')}")


def _time(value: date | datetime, words: str) -> SafeString:
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    exact = date_format(local, "j F Y, H:i e" if isinstance(value, datetime) else "j F Y")
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, words)
