"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.navigation import FOOT, main_links
from portal.views.preferences import THEMES


def frame(request: HttpRequest) -> dict[str, Any]:
    """Navigation, theme and switches for templates/base.html."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "navigation": main_links(request.path),
        "foot_links": FOOT,
        "show_demo_sign_ins": settings.SHOW_DEMO_SIGN_INS,
    }
