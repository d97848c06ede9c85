"""What time does to requests: reminders on the mentor's second and fourth working day, the end after the fifth.

Safe to call at any time and again: a reminder is counted before it is told, an expiry happens once. `now` lets a test or
an operator travel.
"""

from datetime import datetime

from django.db import transaction

from core.services.again import again_after_deadlock
from mentoring.choices import RequestState
from mentoring.models import MatchRequest
from mentoring.request_notices import tell_of_request
from mentoring.services.ask_next import ask_next
from mentoring.services.request_checks import AlreadyAnswered, relock, settle
from people.api import add_working_days

REMINDERS = (2, 4)


def remind_mentors(now: datetime) -> int:
    """Every request that waits; how many were reminded of or ended."""
    rows = MatchRequest.objects.open().filter(sent__lte=now).select_related("mentor__profile").order_by("pk")
    return sum(
        _expire(one) if one.expires is not None and one.expires <= now else _remind(one, now) for one in rows
    )


@again_after_deadlock
@transaction.atomic
def _expire(seen: MatchRequest) -> bool:
    try:
        request = relock(seen)
    except AlreadyAnswered:
        return False
    settle(request, RequestState.EXPIRED, actor=None)
    tell_of_request(request, "request_expired", [request.mentor_id])
    ask_next(request)
    return True


@transaction.atomic
def _remind(request: MatchRequest, now: datetime) -> bool:
    if request.sent is None:
        return False
    profile = request.mentor.profile
    due = sum(1 for days in REMINDERS if add_working_days(profile, request.sent, days) <= now)
    rows = MatchRequest.objects.open().filter(pk=request.pk, reminded__lt=due)
    if not rows.update(reminded=due):
        return False
    tell_of_request(request, "request_reminder", [request.mentor_id], key=str(due))
    return True
