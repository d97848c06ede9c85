"""What follows a request that came to nothing: the mentee's next choice is asked, and after two failures somebody rings.

The mentee is told kindly, never why. A next choice who is not available meanwhile is passed over in silence.
"""

from mentoring.choices import Origin
from mentoring.models import MatchRequest
from mentoring.request_notices import tell_coordinators, tell_of_request
from mentoring.services.request_checks import has_mentor, lock_profiles, may_be_paired
from mentoring.services.send_request import place_request

FAILURES_TO_RING = 2


def ask_next(request: MatchRequest) -> MatchRequest | None:
    """The request to the next choice; None where a coordinator takes over, or nobody is left to ask."""
    failures = request.failures + 1
    if has_mentor(request.mentee_id):
        return None
    if MatchRequest.objects.open().filter(mentee=request.mentee).exists():
        return None
    if failures >= FAILURES_TO_RING:
        tell_coordinators(request)
        tell_of_request(request, "search_with_coordinator", [request.mentee_id])
        return None
    rest = list(request.choices)
    while rest:
        mentor_id = rest.pop(0)
        lock_profiles((mentor_id,))
        if may_be_paired(request.mentee_id, mentor_id):
            following = place_request(
                request.programme,
                request.mentee,
                mentor_id,
                request.message,
                rest,
                origin=Origin.AUTO,
                failures=failures,
            )
            tell_of_request(following, "next_choice_asked", [request.mentee_id])
            return following
    tell_of_request(request, "request_without_mentor", [request.mentee_id])
    return None
