"""How long a session lives: to a fixed hour after sign-in, however busy it is."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def limit_session(request: HttpRequest) -> None:
    """Sets the end of the session; later requests do not move it."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
