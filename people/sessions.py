"""How long a session lives, and what it owes: to a fixed hour after sign-in, however busy it is; where the settings ask for
it, not past a stretch without any request, and not beyond the second step for who may enter the admin.

The time of the last request is written once a minute at most, so that reading stays reading.
"""

from datetime import timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from people.models import User

SEEN, OWED = "last_seen", "second_step_owed"
WRITTEN_EVERY = 60


def limit_session(request: HttpRequest) -> None:
    """Sets the end of the session; later requests do not move it."""
    request.session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def note_seen(session: SessionBase) -> None:
    """Remembers that its person is there."""
    now = int(timezone.now().timestamp())
    if now - session.get(SEEN, 0) >= WRITTEN_EVERY:
        session[SEEN] = now


def is_idle(session: SessionBase) -> bool:
    """Whether its person has been away for longer than a session waits."""
    limit = timedelta(minutes=settings.SESSION_IDLE_MINUTES).total_seconds()
    return SEEN in session and timezone.now().timestamp() - session[SEEN] > limit


def ask_second_step(request: HttpRequest, person: User) -> None:
    """Marks a session that must add the second step first."""
    if settings.SECOND_STEP_REQUIRED and person.is_staff and not is_mfa_enabled(person):
        request.session[OWED] = True


def owes_second_step(request: HttpRequest) -> bool:
    """Whether the second step is still missing; a session that owes nothing costs no query."""
    if OWED in request.session and is_mfa_enabled(request.user):
        del request.session[OWED]
    return OWED in request.session
