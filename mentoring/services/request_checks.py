"""What the verbs of requests share: locks in one order, the neutral refusal, telling who is concerned.

Locks are taken in one order: the mentoring profiles of both by number, then the request. Whoever holds the mentor's
profile is alone in counting their places.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import facts
from core.services.record import record
from mentoring.choices import FAILED_REQUESTS, RequestState
from mentoring.models import MatchRequest, MentorProfile, Mentorship
from mentoring.pool import codes_of_pair
from mentoring.request_notices import tell_of_request
from people.models import User

NOT_AVAILABLE = _("This mentor is not available for this pairing at present.")


class NotAvailable(ValidationError):
    """The one sentence for every reason, private or not: full, away, excluded, walled, too far apart."""

    def __init__(self) -> None:
        super().__init__(NOT_AVAILABLE)


class AlreadyAnswered(PermissionDenied):
    """Somebody, perhaps the same person in another window, was faster."""


def lock_profiles(person_ids: Iterable[int]) -> None:
    """Holds the mentoring profiles of these people, in order of their numbers, until the transaction ends."""
    ids = sorted(person_ids)
    for pk in ids:
        MentorProfile.objects.get_or_create(person_id=pk)
    list(MentorProfile.objects.select_for_update().filter(person__in=ids).order_by("person_id"))


def locked_request(
    request_id: int, *, mentor: User | None = None, mentee: User | None = None
) -> MatchRequest:
    """A request that waits, of this mentor or mentee; raises `DoesNotExist` for others, `AlreadyAnswered` for settled ones."""
    mine = Q(mentor=mentor) if mentor is not None else Q(mentee=mentee)
    rows = MatchRequest.objects.select_related("mentor__profile", "mentee__profile", "programme")
    seen: MatchRequest = rows.exclude(state=RequestState.DRAFT).get(mine, pk=request_id)
    return relock(seen)


def relock(seen: MatchRequest) -> MatchRequest:
    """The same request under its locks, as it is now."""
    lock_profiles((seen.mentor_id, seen.mentee_id))
    rows = MatchRequest.objects.select_for_update(of=("self",))
    held: MatchRequest = rows.select_related("mentor__profile", "mentee__profile", "programme").get(
        pk=seen.pk
    )
    if held.state != RequestState.SENT:
        raise AlreadyAnswered
    return held


def settle(request: MatchRequest, state: RequestState, *, actor: User | None, reason: str = "") -> None:
    """Ends a request and writes down how; the reason is a code that coordinators read."""
    request.state, request.answered, request.decline_reason = state, timezone.now(), reason
    request.save(update_fields=["state", "answered", "decline_reason"])
    record(actor=actor, action=f"mentoring.request_{state}", target=request, private_fields=_private(reason))
    facts.publish(facts.RequestAnswered(request_id=request.pk, status=state))


def has_mentor(mentee_id: int) -> bool:
    """Whether a mentorship of theirs goes on, from a request, a round or a file, under whichever programme."""
    return Mentorship.objects.open().filter(mentee=mentee_id).exists()


def may_be_paired(mentee_id: int, mentor_id: int) -> bool:
    """Whether no hard filter stands between them now; the reason is nobody's to know here."""
    return not codes_of_pair(mentee_id, mentor_id)


def failures_so_far(mentee: User) -> int:
    """How many requests of the running search came to nothing."""
    last = (
        MatchRequest.objects.filter(mentee=mentee).exclude(state=RequestState.DRAFT).order_by("-pk").first()
    )
    if last is None or last.state == RequestState.ACCEPTED:
        return 0
    return int(last.failures) + (last.state in FAILED_REQUESTS)


def supersede(request: MatchRequest) -> None:
    """A request that cannot come true any more; the mentor is told that nothing is left to do."""
    settle(request, RequestState.SUPERSEDED, actor=None)
    tell_of_request(request, "request_closed", [request.mentor_id])


def _private(reason: str) -> tuple[str, ...]:
    return ("decline_reason",) if reason else ()
