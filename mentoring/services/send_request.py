"""Asks somebody to be one's mentor. They have five of their own working days; the next choices wait behind.

One search of a mentee is open at a time. Whatever stands against a pair, private or not, the answer is one sentence.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import facts
from core.services.again import again_after_deadlock
from core.services.record import record
from mentoring.choices import Origin, RequestState
from mentoring.models import Candidate, MatchRequest, Programme
from mentoring.models.requests import MESSAGE_LENGTH
from mentoring.request_notices import tell_of_request
from mentoring.services.programmes import onboarding_programme
from mentoring.services.request_checks import (
    NotAvailable,
    failures_so_far,
    has_mentor,
    lock_profiles,
    may_be_paired,
)
from mentoring.services.save_profile import look_for_mentor
from mentoring.snapshots import Snapshot, snapshot_now
from people.api import add_working_days
from people.models import User

NUL = "\x00"
MOST_CHOICES = 2


@again_after_deadlock
@transaction.atomic
def send_request(
    *,
    mentee: User,
    mentor_id: int,
    message: str,
    choices: Sequence[int] = (),
    origin: Origin = Origin.SELF,
    shown: Snapshot | None = None,
) -> MatchRequest:
    """The request; the same one where it waits already. Raises `ValidationError`, `NotAvailable` among them.

    `shown` is the card from which the mentee asks; its points are kept as they stood there.
    """
    if len(message) > MESSAGE_LENGTH or NUL in message:
        raise ValidationError({"message": _("Keep it to %(most)d characters.") % {"most": MESSAGE_LENGTH}})
    if not User.objects.present().filter(pk=mentor_id).exists():
        raise NotAvailable
    lock_profiles((mentee.pk, mentor_id))
    look_for_mentor(person=mentee)
    programme = onboarding_programme()
    waiting: MatchRequest | None = MatchRequest.objects.open().filter(mentee=mentee).first()
    if waiting is not None and waiting.mentor_id == mentor_id:
        return waiting
    _check_search(mentee, waiting)
    if not may_be_paired(mentee.pk, mentor_id):
        raise NotAvailable
    rest = [pk for pk in dict.fromkeys(choices) if pk not in (mentor_id, mentee.pk)][:MOST_CHOICES]
    return place_request(
        programme,
        mentee,
        mentor_id,
        message.strip(),
        rest,
        origin=origin,
        failures=failures_so_far(mentee),
        shown=shown if shown is not None and shown.mentor == mentor_id else None,
    )


def place_request(
    programme: Programme,
    mentee: User,
    mentor_id: int,
    message: str,
    choices: list[int],
    *,
    origin: Origin,
    failures: int,
    shown: Snapshot | None = None,
) -> MatchRequest:
    """Writes a request that was checked, with its points, under the locks of the caller, and tells the mentor."""
    mentor = User.objects.select_related("profile").get(pk=mentor_id)
    now = timezone.now()
    request = MatchRequest.objects.create(
        programme=programme,
        mentee=mentee,
        mentor=mentor,
        candidate=_keep(shown or snapshot_now(mentee.pk, mentor_id)),
        origin=origin,
        state=RequestState.SENT,
        message=message,
        choices=choices,
        failures=failures,
        sent=now,
        expires=add_working_days(mentor.profile, now, programme.expiry_days),
    )
    record(actor=mentee, action="mentoring.request", target=request, private_fields=("message",))
    facts.publish(facts.RequestSent(request_id=request.pk))
    tell_of_request(request, "request_sent", [mentor_id], actor=mentee)
    return request


def _keep(shown: Snapshot) -> Candidate:
    kept: Candidate = Candidate.objects.create(
        mentee_id=shown.mentee,
        mentor_id=shown.mentor,
        score=shown.score,
        breakdown=dict(shown.points),
        load=shown.load,
        scarcity=shown.scarcity,
        created=timezone.now(),
    )
    return kept


def _check_search(mentee: User, waiting: MatchRequest | None) -> None:
    """Whatever the programme: nobody looks for a second mentor beside the first."""
    if has_mentor(mentee.pk):
        raise ValidationError(_("You have a mentor already. Close that mentorship first."))
    if waiting is not None:
        raise ValidationError(_("Another request of yours waits for an answer. Withdraw it first."))
