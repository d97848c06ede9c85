"""How allauth behaves here: accounts are given, never taken; wrong, unknown and closed read the same."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

ALLOWED_FIRST = "/"
FORBIDDEN_SECOND = ("/", "\\")
LAST_UNPRINTABLE = " "


class ClosedSignUpAdapter(DefaultAccountAdapter):
    """Closes sign-up: accounts come from the company's directory, the administrators or the demo."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only an address on this site, written as a path; stricter than allauth, which also takes our own host."""
        return bool(url) and is_local_path(str(url)) and bool(super().is_safe_url(url))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """The person of these credentials; somebody who left is answered like a wrong password."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None


def is_local_path(url: str) -> bool:
    """Whether `url` is a path here: one slash first, no host, no backslash, space or control character anywhere."""
    if not url.startswith(ALLOWED_FIRST) or url[1:2] in FORBIDDEN_SECOND or "\\" in url:
        return False
    if any(character <= LAST_UNPRINTABLE or character == "\x7f" for character in url):
        return False
    parts = urlsplit(url)
    return not parts.scheme and not parts.netloc
