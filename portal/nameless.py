"""Keeps the person out of log lines about writing: somebody may ask in the forums, or tell a lesson, without a name.

Which request posted, changed or accepted something is no secret, and who sent a request is none either; both in one line
would tell who asked. The audit trail names those who act with their name.
"""

import re

from django.http import HttpRequest
from django_structlog import signals
from structlog.contextvars import unbind_contextvars

PREFIXES = ("/forums/", "/compose/", "/lessons/new/")
OWN_LESSON = re.compile(r"/lessons/[^/]+/complete/")


def forget_person(sender: object, request: HttpRequest, **kwargs: object) -> None:
    """Called when a request begins, ends or fails, after its person was bound to the lines that follow."""
    if request.path.startswith(PREFIXES) or OWN_LESSON.fullmatch(request.path):
        unbind_contextvars("user_id")


def connect() -> None:
    """Called once from `AppConfig.ready()`."""
    for signal in (
        signals.bind_extra_request_metadata,
        signals.bind_extra_request_finished_metadata,
        signals.bind_extra_request_failed_metadata,
    ):
        signal.connect(forget_person, dispatch_uid="portal.nameless")
