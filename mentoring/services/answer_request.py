"""The mentor's answer: yes, under a lock that makes the last place go to one mentee only, or no, with a code.

Every filter is checked again at the yes. What other requests cannot come true any more is settled in the same
transaction, and whoever asked is led on.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.again import again_after_deadlock
from core.services.record import record
from mentoring.choices import DeclineReason, PairState, RequestState
from mentoring.models import MatchRequest, MentorProfile, Mentorship
from mentoring.places import places_taken
from mentoring.request_notices import tell_of_request
from mentoring.services.ask_next import ask_next
from mentoring.services.keep_status import keep_status
from mentoring.services.request_checks import has_mentor, locked_request, may_be_paired, settle, supersede
from mentoring.services.save_profile import pause_requests
from people.models import User


@again_after_deadlock
@transaction.atomic
def accept_request(
    *, mentor: User, request_id: int, stop: bool = False, away_until: date | None = None
) -> Mentorship | None:
    """The mentorship; None where there is no place any more, or the mentee, who else is led on, has a mentor by now."""
    _check_absence(away_until)
    request = locked_request(request_id, mentor=mentor)
    if has_mentor(request.mentee_id) or not may_be_paired(request.mentee_id, mentor.pk):
        supersede(request)
        ask_next(request)
        return None
    pair = _begin(request)
    settle(request, RequestState.ACCEPTED, actor=mentor)
    tell_of_request(request, "request_accepted", [request.mentee_id], actor=mentor)
    pause_requests(person=mentor, stop=stop, away_until=away_until)
    _settle_siblings(request)
    keep_status([mentor.pk])
    return pair


@again_after_deadlock
@transaction.atomic
def decline_request(
    *, mentor: User, request_id: int, reason: str, stop: bool = False, away_until: date | None = None
) -> MatchRequest | None:
    """The request to the next choice, if there is one. The code is for coordinators; the mentee reads a kind sentence."""
    if reason not in DeclineReason.values:
        raise ValidationError({"reason": _("Choose a reason. Only the coordinator reads it.")})
    _check_absence(away_until)
    request = locked_request(request_id, mentor=mentor)
    settle(request, RequestState.DECLINED, actor=mentor, reason=reason)
    pause_requests(person=mentor, stop=stop, away_until=away_until)
    return ask_next(request)


def _begin(request: MatchRequest) -> Mentorship:
    today = timezone.localdate()
    pair: Mentorship = Mentorship.objects.create(
        programme=request.programme,
        mentee=request.mentee,
        mentor=request.mentor,
        candidate=request.candidate,
        origin=request.origin,
        state=PairState.AGREED,
        began=today,
        due_end=today + timedelta(weeks=request.programme.term_weeks),
    )
    record(actor=request.mentor, action="mentorship.begin", target=pair)
    facts.publish(facts.MentorshipBegan(mentorship_id=pair.pk))
    return pair


def _settle_siblings(accepted: MatchRequest) -> None:
    """Other requests of the mentee end; those to a mentor whose last place this was move on to the next choice."""
    for request in MatchRequest.objects.open().filter(mentee=accepted.mentee).select_for_update():
        supersede(request)
    profile = MentorProfile.objects.get(person=accepted.mentor)
    if profile.capacity > places_taken([profile.person_id]).get(profile.person_id, 0):
        return
    rows = MatchRequest.objects.open().filter(mentor=accepted.mentor)
    for request in rows.select_for_update(of=("self",)).select_related("mentee", "programme"):
        supersede(request)
        ask_next(request)


def _check_absence(until: date | None) -> None:
    if until is not None and until < timezone.localdate():
        raise ValidationError({"away_until": _("Choose a day that is still to come.")})
