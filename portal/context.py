"""What the frame around every page needs."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from notifications.api import unread_count
from portal.navigation import FOOT, main_links
from portal.views.preferences import THEMES


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, theme, bell and switches for templates/base.html. Notices are counted only where they are shown."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "navigation": main_links(request.path),
        "foot_links": FOOT,
        "unread_notices": partial(unread_count, getattr(request, "user", None)),
        "show_demo_sign_ins": settings.SHOW_DEMO_SIGN_INS,
    }
