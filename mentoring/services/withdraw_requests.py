"""Takes requests back: the mentee who has thought again, or the portal when the reason to ask has gone."""

from django.db import transaction

from core import facts
from core.services.again import again_after_deadlock
from mentoring.choices import Ending, RequestState
from mentoring.models import MatchRequest, Mentorship
from mentoring.request_notices import tell_of_request
from mentoring.services.ask_next import ask_next
from mentoring.services.close_pair import end_pair
from mentoring.services.keep_status import keep_status
from mentoring.services.request_checks import AlreadyAnswered, locked_request, relock, settle
from people.models import User


@again_after_deadlock
@transaction.atomic
def withdraw_request(*, mentee: User, request_id: int) -> None:
    """The mentee's own, as long as nobody has answered. The mentor is told that nothing is left to do."""
    request = locked_request(request_id, mentee=mentee)
    settle(request, RequestState.WITHDRAWN, actor=mentee)
    tell_of_request(request, "request_closed", [request.mentor_id])


@again_after_deadlock
@transaction.atomic
def withdraw_requests(*, mentee_id: int) -> int:
    """All that wait of one mentee; how many."""
    done = 0
    for seen in MatchRequest.objects.open().filter(mentee=mentee_id):
        try:
            request = relock(seen)
        except AlreadyAnswered:
            continue
        settle(request, RequestState.WITHDRAWN, actor=None)
        tell_of_request(request, "request_closed", [request.mentor_id])
        done += 1
    return done


@again_after_deadlock
@transaction.atomic
def end_for(*, person_id: int) -> int:
    """Ends what somebody who leaves is part of: requests on both sides and mentorships; how much."""
    done = withdraw_requests(mentee_id=person_id)
    for seen in MatchRequest.objects.open().filter(mentor=person_id):
        _move_on(seen)
        done += 1
    rows = Mentorship.objects.open()
    for pair in (rows.filter(mentee=person_id) | rows.filter(mentor=person_id)).select_for_update():
        end_pair(pair, actor=None, ending=Ending.LEFT)
        done += 1
    return done


def person_left(fact: facts.PersonLeft) -> None:
    """Whoever leaves the company holds no place, no request and no pair open; the public word goes, too."""
    end_for(person_id=fact.person_id)
    keep_status([fact.person_id])


def _move_on(seen: MatchRequest) -> None:
    try:
        request = relock(seen)
    except AlreadyAnswered:
        return
    settle(request, RequestState.SUPERSEDED, actor=None)
    ask_next(request)
