"""Signing in and out, heard from Django's signals and written to the audit trail.

A failed sign-in names the account only where there is one; what a stranger typed is never stored, it may be a password.
"""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from core.services.record import record
from people.models import User
from people.sessions import ask_second_step, limit_session, note_seen

ORIGIN_LENGTH = 80


def origin_of(request: HttpRequest | None) -> str:
    """The address a request came from, as the server sees it."""
    return request.META.get("REMOTE_ADDR", "")[:ORIGIN_LENGTH] if request is not None else ""


def signed_in(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Records a sign-in and sets the end of the session, and what it owes."""
    limit_session(request)
    note_seen(request.session)
    ask_second_step(request, user)
    record(actor=user, action="sign_in", target=user, origin=origin_of(request))


def signed_out(sender: object, request: HttpRequest, user: User | None, **kwargs: Any) -> None:
    """Records a sign-out; a session that was nobody's leaves no row."""
    if user is not None:
        record(actor=user, action="sign_out", target=user, origin=origin_of(request))


def sign_in_failed(
    sender: object, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
) -> None:
    """Records a failed sign-in."""
    typed = str(credentials.get("email") or credentials.get("username") or "")
    person = User.objects.filter(email__iexact=typed).first() if typed else None
    record(actor=None, action="sign_in_failed", target=person or User, origin=origin_of(request))


def connect() -> None:
    """Starts listening; called once when the app is ready."""
    user_logged_in.connect(signed_in, dispatch_uid="people.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="people.signed_out")
    user_login_failed.connect(sign_in_failed, dispatch_uid="people.sign_in_failed")
